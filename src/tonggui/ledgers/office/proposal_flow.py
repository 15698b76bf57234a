"""The handling of a proposal: shared out, spoken about, replied, judged, and replied again where the member asks
it.

Basis: 代表法 第四十二条 (answer in time, with the member's view asked before) and the bureau's rule of 见面沟通.
"""

from typing import TYPE_CHECKING

from tonggui.ledgers.office.proposal_kinds import Part, Verdict
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.office.proposal import Proposal

HANDLERS = ("clerk", "writer", "transport_officer", "road_officer", "project_officer", "water_officer")


def why_not_reply(proposal: "Proposal") -> str:
    """A member is spoken with before the answer goes out; a helper answers to the lead office and need not."""
    if proposal.handling_part == Part.HELPER or proposal.contacted_on:
        return ""
    return "答复前应先与代表、委员沟通，请登记沟通日期和沟通情况。"


class ProposalFlow(Workflow):
    received = State("待分办", start=True, confirmed=True, due="reply_by")
    doing = State("办理中", confirmed=True, due="reply_by")
    replied = State("已答复", confirmed=True, tone="waiting")
    again = State("再次办理", confirmed=True, due="second_by", tone="todo")
    completed = State("已办结", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    share_out = Move(
        received >> doing,
        "分办",
        by=("writer", "director"),
        takes=("topic", "owner", "person"),
        needs=("owner", "person"),
    )
    contact = Move(
        doing >> doing,
        "登记沟通",
        by=HANDLERS,
        takes=("contacted_on", "contact_notes"),
        needs=("contacted_on", "contact_notes"),
    )
    contact_again = Move(
        again >> again,
        "再次沟通",
        by=HANDLERS,
        takes=("contacted_on", "contact_notes"),
        needs=("contacted_on", "contact_notes"),
    )
    reply = Move(
        (doing | again) >> replied,
        "答复",
        by="director",
        takes=("answer", "outcome_class", "answer_no", "answered_on"),
        needs=("answer", "outcome_class", "answered_on"),
        numbers={"answer_no": "{bureau}函〔{year}〕{seq}号"},
        check=why_not_reply,
    )
    finish = Move(
        replied >> completed,
        "办结",
        by=HANDLERS,
        takes=("member_verdict", "verdict_on", "verdict_note"),
        needs=("member_verdict", "verdict_on"),
        check=lambda one: "评价为不满意的，应再次办理。" if one.member_verdict == Verdict.DISSATISFIED else "",
    )
    handle_again = Move(
        replied >> again,
        "不满意再次办理",
        by=HANDLERS,
        takes=("verdict_on", "verdict_note"),
        needs=("verdict_on", "verdict_note"),
        sets={"member_verdict": Verdict.DISSATISFIED, "contacted_on": None, "answer_no": ""},
    )
    cancel = Move((received | doing) >> void, "作废", by="director", comment=True)
