"""How a hazard is put right: checked, ordered in writing, fixed, looked at again and struck off by another person.

Basis: 安全生产法 (2021) 第六十五条第一款第三项; 交通运输安全生产事故隐患治理监督管理办法: a major hazard has its five
settled (五落实) before the notice goes out.
"""

from django.db.models import TextChoices

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow


class Grade(TextChoices):
    GENERAL = "general", "一般隐患"
    MAJOR = "major", "重大隐患"


FIVE_SETTLED = ("responsible", "measures", "funds", "due_on", "emergency_plan")


def settled_before_order(hazard):
    """What must be filled before the notice goes out: all five for a major hazard, the deadline for a general one."""
    if hazard.grade == Grade.MAJOR:
        return ("criterion", *FIVE_SETTLED)
    return ("due_on",)


class HazardFlow(Workflow):
    draft = State("草稿", start=True)
    found = State("待下达", confirmed=True)
    ordered = State("待整改", due="due_on", confirmed=True)
    fixed = State("待复查", confirmed=True)
    closed = State("已销号", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    approve = Move(draft >> found, "审核通过", by=("safety_officer", "director"))
    order = Move(
        found >> ordered,
        "下达整改",
        by="safety_officer",
        needs=settled_before_order,
        takes=("notice_no", "criterion", *FIVE_SETTLED),
        numbers={"notice_no": "{bureau}安改〔{year}〕{seq}号"},
        recall=False,
    )
    fix = Move(
        ordered >> fixed,
        "提交整改",
        by=("enterprise", "safety_officer"),
        needs=("photos",),
        takes=("photos", "measures", "fixed_on"),
    )
    accept = Move(
        fixed >> closed,
        "销号",
        by="safety_officer",
        sets={"rechecked_on": clock.today, "closed_on": clock.today},
        not_same_as=("fix", "approve"),
    )
    reject = Move(fixed >> ordered, "复查不通过", by="safety_officer", comment=True, sets={"rechecked_on": clock.today})
    cancel = Move((draft | found | ordered) >> void, "作废", by="director", comment=True)
