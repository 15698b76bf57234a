"""The handling of a violation: the firm says what it did, another person looks at it, the driver is trained."""

from typing import TYPE_CHECKING

from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.fleet.violation import Violation


def why_not_close(violation: "Violation") -> str:
    """A driver who must be trained again has been, before the row is closed."""
    if violation.must_retrain and violation.retrained_on is None:
        return "驾驶员违规次数已达到须培训的次数，请先登记培训完成日期。"
    return ""


class ViolationFlow(Workflow):
    found = State("待处理", start=True, confirmed=True, due="due_on")
    to_look = State("待核对", confirmed=True)
    finished = State("已处理", final=True, confirmed=True)
    unfounded = State("查无实据", final=True, confirmed=True, tone="void")
    void = State("作废", final=True, tone="void")

    deal = Move(
        found >> to_look,
        "登记处理",
        by=("enterprise", "monitor"),
        takes=("driver", "steps", "firm_fine", "halted_days", "handled_on", "retrained_on", "files"),
        needs=("driver", "steps", "handled_on"),
    )
    look_over = Move(
        to_look >> finished,
        "核对通过",
        by=("monitor", "safety_officer"),
        takes=("retrained_on",),
        check=why_not_close,
        not_same_as="deal",
    )
    send_back = Move(to_look >> found, "退回", by=("monitor", "safety_officer"), comment=True)
    disprove = Move(found >> unfounded, "查无实据", by=("monitor", "safety_officer"), comment=True)
    cancel = Move(found >> void, "作废", by="safety_officer", comment=True)
