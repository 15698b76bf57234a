"""How sailing is stopped and begins again: an order on a reading or a reason, lifted when the reading is back.

Basis: 内河交通安全管理条例 第三十九条; 内河渡口渡船安全管理规定 第三十一条第一款.
"""

from typing import TYPE_CHECKING

from django.db.models import TextChoices

from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.water.suspension import Suspension


class Cause(TextChoices):
    WIND = "wind", "大风"
    FOG = "fog", "大雾"
    HIGH_WATER = "high_water", "高水位"
    LOW_WATER = "low_water", "低水位"
    WARNING = "warning", "气象洪水预警"
    ACCIDENT = "accident", "险情事故"
    WORKS = "works", "施工管制"


MEASURED = {
    Cause.WIND: ("stop_wind", "风力", "级"),
    Cause.FOG: ("stop_visibility", "能见度", "米"),
    Cause.HIGH_WATER: ("stop_level", "水位", "米"),
    Cause.LOW_WATER: ("low_level", "水位", "米"),
}


def why_not_order(order: "Suspension") -> str:
    """A measured cause needs a reading at its line; any other needs its basis in words."""
    if Cause(order.cause) not in MEASURED:
        return "" if order.basis else "不是按实测值停航的，须写明停航依据。"
    if order.reading is None or order.threshold is None:
        return "按实测值停航的，须填实测值和停航限值。"
    word, unit = MEASURED[Cause(order.cause)][1:]
    if order.reaches(order.reading):
        return ""
    return f"{word} {order.reading:f} {unit}，未达到限值 {order.threshold:f} {unit}。"


def why_not_resume(order: "Suspension") -> str:
    """Sailing begins again only when the reading is back within the line."""
    if order.lift_reading is None or order.threshold is None or not order.reaches(order.lift_reading):
        return ""
    return f"实测值 {order.lift_reading:f} 仍达到停航限值 {order.threshold:f}，不能复航。"


class SuspensionFlow(Workflow):
    draft = State("草稿", start=True)
    halted = State("停航中", confirmed=True, tone="todo")
    resumed = State("已复航", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    order = Move(
        draft >> halted,
        "发布停航令",
        by=("water_officer", "duty_officer", "director"),
        numbers={"order_no": "{bureau}停航〔{year}〕{seq}号"},
        check=why_not_order,
        recall=False,
    )
    resume = Move(
        halted >> resumed,
        "复航",
        by=("water_officer", "director"),
        takes=("lift_reading", "lifted_at"),
        needs=("lifted_at",),
        check=why_not_resume,
    )
    cancel = Move(draft >> void, "作废", by=("water_officer", "director"), comment=True)
