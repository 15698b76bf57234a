"""How a road problem goes its way: found, given out, fixed, looked at again, struck off by another person (拉单销号).

Basis: 公路安全保护条例 第四十七条, what patrols find is marked at once and repaired; the bureaus' rule that whoever
fixed a thing does not strike it off. What is overdue goes up to a higher road chief (提级督办).
"""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.roads.problem import Problem

ORDER = ("found_on", "fixed_on", "rechecked_on", "closed_on")


def before_finding(problem: "Problem"):
    """Days that come before the day of finding."""
    for name in ("due_on", *ORDER[1:]):
        day = getattr(problem, name)
        if day and day < problem.found_on:
            yield name, f"“{problem.kinds[name].label}”早于发现日期 {problem.found_on}。"


def needed_to_fix(problem: "Problem") -> tuple[str, ...]:
    """A picture of the result; works that are paid for also say what they cost."""
    paid = problem.works in ("medium", "major", "bridge")
    return ("photos_after", "fixed_on", *(("funds",) if paid else ()))


def why_not_escalate(problem: "Problem") -> str:
    """Only what is late goes up."""
    late = problem.due_on and problem.due_on < clock.today()
    return "" if late else f"整改期限是 {problem.due_on}，还没有逾期。"


class ProblemFlow(Workflow):
    found = State("待派发", start=True, confirmed=True)
    ordered = State("待整改", due="due_on", confirmed=True)
    fixed = State("待复查", confirmed=True)
    closed = State("已销号", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    dispatch = Move(
        found >> ordered,
        "派发",
        by="road_officer",
        takes=("meeting", "owner", "enterprise", "works", "due_on", "task_no"),
        needs=("owner", "due_on"),
        sets={"dispatched_on": clock.today},
        numbers={"task_no": "{bureau}养派〔{year}〕{seq}号"},
    )
    escalate = Move(
        ordered >> ordered,
        "提级督办",
        by=("road_officer", "director"),
        takes=("supervisor", "due_on"),
        needs=("supervisor",),
        check=why_not_escalate,
        comment=True,
    )
    fix = Move(
        ordered >> fixed,
        "提交整改",
        by=("road_officer", "road_chief", "enterprise"),
        takes=("photos_after", "fixed_on", "funds", "treated_km"),
        needs=needed_to_fix,
    )
    accept = Move(
        fixed >> closed,
        "销号",
        by=("road_officer", "director"),
        sets={"rechecked_on": clock.today, "closed_on": clock.today},
        not_same_as="fix",
    )
    reject = Move(
        fixed >> ordered,
        "复查不通过",
        by=("road_officer", "director"),
        comment=True,
        sets={"rechecked_on": clock.today},
    )
    cancel = Move((found | ordered) >> void, "作废", by="director", comment=True)
