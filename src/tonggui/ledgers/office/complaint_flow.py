"""The handling of a complaint: accepted or handed on, looked into, replied, and closed when its asker was called
back.

Basis: 信访工作条例 第二十三条, 第三十四条: the asker is told of acceptance; an extension needs the head of the
bureau.
"""

from typing import TYPE_CHECKING

from tonggui.ledgers.office.complaint_clocks import Avenue, reply_due
from tonggui.register.declare import Move, State, Workflow
from tonggui.statutes.office import PETITION_EXTENSION

if TYPE_CHECKING:
    from tonggui.ledgers.office.complaint import Complaint

HANDLERS = (
    "clerk", "duty_officer", "transport_officer", "enforcement_officer", "road_officer", "water_officer",
)  # fmt: skip


def too_long(one: "Complaint") -> str:
    """Why a day is later than an extension may reach: thirty days past a petition's limit; others have none."""
    if one.avenue != Avenue.PETITION:
        return "只有信访事项可以延长办理期限。"
    latest = PETITION_EXTENSION.due(reply_due(one.avenue, one.received_on, one.accepted_on))
    return f"最多延长至 {latest}。" if one.reply_by > latest else ""


class ComplaintFlow(Workflow):
    applied = State("待受理", start=True, confirmed=True, due="accept_by")
    doing = State("办理中", confirmed=True, due="reply_by")
    replied = State("已答复", confirmed=True, tone="waiting")
    completed = State("已办结", confirmed=True, final=True)
    not_taken = State("不予受理", confirmed=True, final=True, tone="void")
    handed_on = State("已转交其他部门", confirmed=True, final=True)
    void = State("作废", final=True, tone="void")

    take_in = Move(
        applied >> doing, "受理", by=HANDLERS, takes=("accepted_on", "person"), needs=("accepted_on", "person")
    )
    turn_down = Move(applied >> not_taken, "不予受理", by=HANDLERS, takes=("answered_on",), comment=True)
    hand_on = Move(
        (applied | doing) >> handed_on,
        "转交其他部门",
        by=HANDLERS,
        takes=("receiver", "answered_on"),
        needs=("receiver",),
    )
    extend = Move(
        doing >> doing,
        "批准延长期限",
        by="director",
        takes=("reply_by",),
        needs=("reply_by",),
        comment=True,
        check=too_long,
    )
    answer_it = Move(
        doing >> replied,
        "登记答复",
        by=HANDLERS,
        takes=("verification", "answer", "answered_on"),
        needs=("verification", "answer", "answered_on"),
    )
    work_again = Move(replied >> doing, "继续办理", by=HANDLERS, comment=True)
    finish = Move(replied >> completed, "办结", by=HANDLERS, takes=("asker_verdict",), needs=("asker_verdict",))
    cancel = Move(applied >> void, "作废", by="director", comment=True)
