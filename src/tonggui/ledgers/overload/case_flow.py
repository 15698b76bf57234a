"""The procedure of an overload case: filed, notified, decided, served, paid, closed, copied.

Basis: 行政处罚法 (2021) 第四十四条, 第四十五条 and 第六十二条: no decision before the party was told and heard, and
none heavier because it defended itself; 第六十一条, 第六十七条 and 第七十二条 for service and payment; Order 62
第四十四条 for the copy to the place of registration. Decisions on the spot (简易程序) and hearings are not kept.
"""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow, out_of_order
from tonggui.statutes.enforcement import earliest_decision, late_fine_so_far

if TYPE_CHECKING:
    from tonggui.ledgers.overload.case import Case

TOLD = ("noticed_on", "noticed_fine")
STEPS = ("filed_on", "noticed_on", "decided_on", "served_on", "paid_on", "closed_on", "copied_on")


def steps_out_of_order(case: "Case"):
    """Each step that is dated before one that must come first; publicity follows the decision."""
    yield from out_of_order(case, STEPS)
    if case.published_on and case.decided_on and case.published_on < case.decided_on:
        yield "published_on", f"“公示日期”早于“决定日期”（{case.decided_on}），请核对。"


def needed_to_decide(case: "Case") -> tuple[str, ...]:
    """The decision itself, and a reason where its fine is not the one that the law computes."""
    return ("fine", "decided_on") + (() if case.fine in (None, case.lawful_fine) else ("reduction_reason",))


def needed_to_close(case: "Case") -> tuple[str, ...]:
    """A fine is paid and goods are unloaded before a case is closed; a warning alone is not paid."""
    paid = ("paid_on",) if case.fine else ()
    return (*paid, "closed_on", *(("unloaded_t", "unloaded_on") if case.must_unload else ()))


def why_not_decide(case: "Case") -> str:
    """The party's days for statement and defence are over, or it has waived them; the fine is not above the notice."""
    if case.noticed_on is None or case.noticed_fine is None:
        return "没有告知日期和拟罚款。未告知当事人的，不得作出处罚决定。"
    earliest = earliest_decision(case.noticed_on)
    if case.decided_on < earliest and not case.waived:
        return f"当事人可以陈述、申辩至 {case.defend_by}，放弃的应有书面记录。最早可于 {earliest} 作出决定。"
    if case.fine > case.noticed_fine:
        return (
            f"决定罚款 {case.fine:f} 元，高于告知的 {case.noticed_fine:f} 元。申辩不得加重处罚，确需变更的应重新告知。"
        )
    return ""


def late_fine_of(case: "Case"):
    """加处罚款 in yuan so far, None before the day for payment; reviews and lawsuits are left to the officer."""
    return late_fine_so_far(case.fine, case.decided_on, case.pay_by, case.paid_on or clock.today())


class CaseFlow(Workflow):
    filed = State("调查", start=True, due="decide_by", confirmed=True)
    noticed = State("已告知", due="decide_by", confirmed=True)
    decided = State("待送达", due="serve_by", confirmed=True)
    served = State("待缴款", due="pay_by", confirmed=True)
    closed = State("已结案", due="copy_by", confirmed=True, tone="done")
    copied = State("已抄告", final=True, confirmed=True)
    dropped = State("不予处罚", final=True, confirmed=True, tone="void")
    void = State("作废", final=True, tone="void")

    notice = Move(filed >> noticed, "告知", by="overload_officer", takes=TOLD, needs=TOLD, recall=False)
    renotice = Move(noticed >> noticed, "重新告知", by="overload_officer", takes=TOLD, needs=TOLD, comment=True)
    decide = Move(
        noticed >> decided,
        "作出决定",
        by="overload_officer",
        takes=("waived", "fine", "reduction_reason", "decided_on"),
        needs=needed_to_decide,
        check=why_not_decide,
        recall=False,
    )
    serve = Move(
        decided >> served,
        "送达",
        by="overload_officer",
        takes=("served_on", "published_on"),
        needs=("served_on",),
        recall=False,
    )
    drop = Move((filed | noticed) >> dropped, "不予处罚", by="overload_officer", comment=True, takes=("closed_on",))
    close = Move(
        served >> closed,
        "结案",
        by="overload_officer",
        takes=("published_on", "paid_on", "unloaded_t", "unloaded_on", "closed_on"),
        needs=needed_to_close,
        not_same_as="decide",
    )
    copy = Move(
        closed >> copied,
        "抄告",
        by="overload_officer",
        takes=("published_on", "copied_on"),
        needs=("published_on", "copied_on"),
    )
    cancel = Move((filed | noticed | decided | served) >> void, "作废", by="director", comment=True)
