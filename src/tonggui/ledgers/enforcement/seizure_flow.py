"""How a seizure runs: taken, approved, perhaps extended once, lifted and given back, or dealt with by law.

Basis: 行政强制法 (2011) 第十八条, 第十九条, 第二十五条, 第二十八条; 行政处罚法 (2021) 第五十六条 for evidence
kept by registration.
"""

from typing import TYPE_CHECKING

from django.db.models import TextChoices

from tonggui.base import clock
from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.register.declare import Move, State, Workflow
from tonggui.statutes.compulsion import hold_until

if TYPE_CHECKING:
    from tonggui.ledgers.enforcement.seizure import Seizure


class Measure(TextChoices):
    VEHICLE = "vehicle", "扣押车船"
    GOODS = "goods", "扣押物品"
    EVIDENCE = "evidence", "先行登记保存"


def why_not_extend(seizure: "Seizure") -> str:
    """A seizure is extended once, before its first term is over; registered evidence never."""
    if seizure.kind == Measure.EVIDENCE:
        return f"先行登记保存应当在 {seizure.due_on} 前作出处理决定，不能延长。"
    if seizure.loaded.get("extended_on"):
        return "已经延长过一次，不能再延长。"
    first = hold_until(False, seizure.taken_on, False, seizure.tested_days)
    return f"期限已于 {first} 届满，应当解除，不能再延长。" if seizure.extended_on > first else ""


class SeizureFlow(Workflow):
    taken = State("已实施待批准", start=True, due="due_on", confirmed=True)
    held = State("扣押保存中", due="due_on", confirmed=True)
    lifted = State("已解除", confirmed=True)
    given_back = State("已返还", final=True, confirmed=True)
    dealt_with = State("已依法处理", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    authorise = Move(
        taken >> held,
        "批准措施",
        by="director",
        takes=("approved_at",),
        needs=("approved_at",),
        numbers={"measure_no": "{bureau}强措〔{year}〕{seq:04}号"},
        recall=False,
    )
    deny_measure = Move(
        taken >> lifted, "不予批准并解除", by="director", comment=True, sets={"released_at": clock.now}, recall=False
    )
    extend = Move(
        held >> held,
        "批准延长期限",
        by="director",
        comment=True,
        takes=("extended_on",),
        needs=("extended_on",),
        check=why_not_extend,
    )
    lift = Move(
        held >> lifted, "解除", by=(*OFFICERS, "director"), comment=True, sets={"released_at": clock.now}, recall=False
    )
    return_goods = Move(lifted >> given_back, "返还财物", by=OFFICERS, takes=("returned_on",), needs=("returned_on",))
    deal_with = Move(held >> dealt_with, "依法处理", by="director", takes=("disposal",), needs=("disposal",))
    cancel = Move(taken >> void, "作废", by="director", comment=True)
