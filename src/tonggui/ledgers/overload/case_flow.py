"""The procedure of an overload case: that of any penalty case, with the owner told first and the copy at the end.

Basis: 行政处罚法 (2021) 第四十四条, 第四十五条 and 第六十二条: no decision before the party was told and heard;
Order 62 第四十四条 for the copy to the place of registration, which comes between closing and the archive. Where the
party is not at hand, the day of the notice follows from the proof of its delivery (`notice.py`).
"""

from tonggui.ledgers.overload.case_checks import (
    why_not_close,
    why_not_copy,
    why_not_decide,
    why_not_notice,
)
from tonggui.ledgers.overload.fourfold_open import open_checks
from tonggui.ledgers.penalty.checks import needed_to_close, needed_to_decide
from tonggui.ledgers.penalty.flow import PAID, TELLING, PenaltyFlow, is_quashed
from tonggui.register.declare import Move, State


class CaseFlow(PenaltyFlow, officers="overload_officer"):
    closed = State("已结案", due="copy_by", confirmed=True, tone="done")
    copied = State("已抄告", due="archive_by", confirmed=True, tone="done")

    notice = Move(
        (PenaltyFlow.filed | PenaltyFlow.cleared) >> PenaltyFlow.noticed,
        "告知",
        by="overload_officer",
        takes=TELLING,
        needs=("noticed_fine",),
        check=why_not_notice,
        numbers={"intent_no": "{bureau}违通〔{year}〕{seq:04}号"},
        recall=False,
    )
    decide = Move(
        PenaltyFlow.noticed >> PenaltyFlow.decided,
        "作出决定",
        by="director",
        takes=("waived", "fine", "reduction_reason", "discussed_on", "discussion", "decided_on"),
        needs=needed_to_decide,
        check=why_not_decide,
        numbers={"penalty_no": "{bureau}罚〔{year}〕{seq:04}号"},
        recall=False,
    )
    close = Move(
        (PenaltyFlow.served | PenaltyFlow.reminded | PenaltyFlow.court_applied) >> closed,
        "结案",
        by="overload_officer",
        takes=PAID,
        needs=needed_to_close,
        check=why_not_close,
        not_same_as="decide",
        then=open_checks,
    )
    end_enforcement = Move(
        (PenaltyFlow.interrupted | PenaltyFlow.court_applied) >> closed,
        "终结执行结案",
        by="director",
        takes=("interruption_reason", "closed_on"),
        needs=("interruption_reason", "closed_on"),
        comment=True,
        then=open_checks,
    )
    quash = Move(
        (
            PenaltyFlow.served
            | PenaltyFlow.reminded
            | PenaltyFlow.court_applied
            | PenaltyFlow.interrupted
            | closed
            | copied
        )
        >> PenaltyFlow.quashed,
        "撤销决定",
        by="director",
        takes=("quashed_on", "withdrawn_on"),
        needs=("quashed_on",),
        comment=True,
        then=is_quashed,
    )
    copy = Move(
        closed >> copied, "抄告", by="overload_officer", takes=("copied_on",), needs=("copied_on",), check=why_not_copy
    )
    archive = Move(
        copied >> PenaltyFlow.archived,
        "归档",
        by="overload_officer",
        takes=("published_on", "archived_on"),
        needs=("published_on", "archived_on"),
    )
