"""How waste goes ashore: received, carried away, disposed of, each with its own evidence (联单).

Basis: 长江保护法 第七十二条: reception, transfer and disposal are linked; a large difference is explained first.
"""

from typing import TYPE_CHECKING

from django.db.models import TextChoices

from tonggui.register.declare import Move, State, Workflow
from tonggui.statutes.water import WASTE_DIFFERENCE

if TYPE_CHECKING:
    from tonggui.ledgers.water.pollutant import Pollutant


class Waste(TextChoices):
    SEWAGE = "sewage", "生活污水"
    GARBAGE = "garbage", "生活垃圾"
    OILY = "oily", "含油污水"
    WASHINGS = "washings", "洗舱水"


def why_not_receive(waste: "Pollutant") -> str:
    """What was received is written, and a large difference from what was declared is explained."""
    if waste.received is None:
        return "还没有填写接收数量。"
    limit = WASTE_DIFFERENCE.on(waste.delivered_on)
    if (waste.difference() or 0) > limit and not waste.difference_reason:
        return f"接收数量与申报相差 {waste.difference()}%，超过 {limit}%，须填写差异原因。"
    return ""


def needed_to_dispose(waste: "Pollutant") -> tuple[str, ...]:
    """Oily water goes only to a holder of a hazardous-waste permit, whose number is written."""
    return ("disposed_on", "waste_permit") if waste.kind == Waste.OILY else ("disposed_on",)


class PollutantFlow(Workflow):
    draft = State("草稿", start=True)
    received_here = State("待转运", due="transfer_by", confirmed=True)
    transferred = State("已转运", confirmed=True)
    disposed = State("处置完成", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    receive = Move(
        draft >> received_here,
        "接收确认",
        by=("water_officer", "enterprise"),
        takes=("volume_m3", "garbage_kg", "means", "difference_reason"),
        numbers={"receipt_no": "WRJS{year}{seq:05}"},
        check=why_not_receive,
    )
    transfer = Move(
        received_here >> transferred,
        "转运",
        by=("water_officer", "enterprise"),
        needs=("transferred_on", "transferred_to"),
    )
    dispose = Move(transferred >> disposed, "确认处置", by="water_officer", needs=needed_to_dispose)
    cancel = Move((draft | received_here) >> void, "作废", by="water_officer", comment=True)
