"""How a shift runs: begun, handed over with what is left to do, accepted by the next; swapped with leave; missed.

Basis: the bureaus' 24-hour duty: no shift ends before another person has accepted it.
"""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.duty.shift import Shift


def why_not_begin(shift: "Shift") -> str:
    """Within a period of stricter duty a shift has its least number of people."""
    if shift.mode and shift.people < shift.mode.least_staff:
        return f"{shift.mode.name}期间每班不少于 {shift.mode.least_staff} 人，现有 {shift.people} 人。"
    return ""


def why_not_missed(shift: "Shift") -> str:
    """A shift is missed only once its day is over."""
    return "" if shift.duty_on < clock.today() else "值班日期还没有过去，不能认定缺岗。"


def put_substitute(shift: "Shift", actor) -> None:
    """The substitute takes the shift."""
    shift.officer, shift.substitute = shift.substitute, None
    shift.save()


class ShiftFlow(Workflow):
    planned = State("待值班", start=True, due="duty_on")
    swapping = State("调班待批", tone="todo", due="duty_on")
    on_duty = State("值班中", confirmed=True)
    handing = State("待接班", confirmed=True, tone="todo")
    done = State("已交接", final=True, confirmed=True)
    missed = State("缺岗", final=True, tone="void")
    void = State("作废", final=True, tone="void")

    begin = Move(planned >> on_duty, "到岗", by=("duty_officer", "clerk"), check=why_not_begin)
    hand_over = Move(
        on_duty >> handing,
        "交班",
        by=("duty_officer", "clerk"),
        needs=("items",),
        takes=("items", "events"),
        sets={"handed_at": clock.now},
    )
    take_over = Move(
        handing >> done,
        "接班",
        by=("duty_officer", "clerk"),
        takes=("successor",),
        sets={"accepted_at": clock.now},
        not_same_as="hand_over",
    )
    ask_swap = Move(planned >> swapping, "申请调班", by=("duty_officer", "clerk"), needs=("substitute",), comment=True)
    grant_swap = Move(
        swapping >> planned,
        "同意调班",
        by="director",
        not_same_as="ask_swap",
        then=put_substitute,
    )
    deny_swap = Move(swapping >> planned, "不同意调班", by="director", comment=True, sets={"substitute": None})
    miss = Move((planned | swapping) >> missed, "认定缺岗", by="director", comment=True, check=why_not_missed)
    cancel = Move((planned | swapping) >> void, "作废", by=("duty_officer", "director"), comment=True)
