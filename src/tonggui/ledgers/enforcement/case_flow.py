"""The procedure of an enforcement case: filed, investigated, reviewed, notified, decided, served, paid, archived.

Basis: 行政处罚法 (2021) 第三十六条, 第四十二条, 第四十四条, 第四十五条, 第五十一条, 第五十四条, 第五十七条, 第五十八条,
第六十一条 to 第六十七条, 第七十二条; 行政强制法 第五十三条, 第五十四条 for the reminder and the court;
交通运输行政执法程序规定 第六十条 to 第六十四条. Who investigated does not review; who decided does not close.
"""

from typing import TYPE_CHECKING

from tonggui.ledgers.enforcement.case_checks import (
    needed_to_close,
    needed_to_decide,
    why_not_apply,
    why_not_close,
    why_not_conclude,
    why_not_decide,
    why_not_file,
    why_not_notice,
    why_not_on_the_spot,
    why_not_remind,
)
from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.enforcement.case import Case

FILED = ("filed_on", "lead_officer", "second_officer")
SPOT = ("filed_on", "lead_officer", "second_officer", "fine", "decided_on", "served_on")
TOLD = ("noticed_on", "noticed_fine")
TELLING = (*TOLD, "hearing_offered", "discretion")
PAID = ("fine_paid", "paid_on", "published_on", "spot_copied_on", "closed_on")


def clue_is_filed(case: "Case", actor) -> None:
    """The clue that led to the case says so by itself."""
    if case.clue_id is not None and case.clue.state == "proven":
        case.clue.ledger.perform(case.clue, "turn", actor, f"已立案：{case.number}")


class CaseFlow(Workflow):
    awaiting_filing = State("待立案", start=True, due="file_by")
    filed = State("调查", due="decide_by", confirmed=True)
    under_review = State("待法制审核", due="decide_by", confirmed=True)
    cleared = State("待告知", due="decide_by", confirmed=True)
    noticed = State("已告知", due="decide_by", confirmed=True)
    decided = State("待送达", due="serve_by", confirmed=True)
    served = State("待缴款", due="pay_by", confirmed=True)
    reminded = State("已催告", due="apply_by", confirmed=True)
    court_applied = State("已申请强制执行", confirmed=True)
    closed = State("已结案", due="archive_by", confirmed=True, tone="done")
    archived = State("已归档", final=True, confirmed=True)
    with_police = State("已移送公安机关", confirmed=True)
    dropped = State("不予处罚", final=True, confirmed=True, tone="void")
    not_filed = State("不予立案", final=True, tone="void")
    void = State("作废", final=True, tone="void")

    open_case = Move(
        awaiting_filing >> filed,
        "批准立案",
        by="director",
        takes=FILED,
        needs=FILED,
        check=why_not_file,
        numbers={"filing_no": "{bureau}立〔{year}〕{seq:04}号"},
        then=clue_is_filed,
    )
    refuse_filing = Move(awaiting_filing >> not_filed, "不予立案", by="director", comment=True)
    punish_on_spot = Move(
        awaiting_filing >> served,
        "当场处罚",
        by=OFFICERS,
        takes=SPOT,
        needs=SPOT,
        sets={"procedure": "spot"},
        check=why_not_on_the_spot,
        numbers={"penalty_no": "{bureau}当罚〔{year}〕{seq:04}号"},
        then=clue_is_filed,
        recall=False,
    )
    propose = Move(
        filed >> under_review,
        "提交法制审核",
        by=OFFICERS,
        takes=("facts", "evidence_list", "discretion", "major"),
        needs=("facts", "evidence_list"),
    )
    conclude_inquiry = Move(
        filed >> cleared,
        "调查终结",
        by=OFFICERS,
        takes=("facts", "evidence_list", "discretion"),
        needs=("facts", "evidence_list"),
        check=why_not_conclude,
    )
    pass_review = Move(
        under_review >> cleared,
        "法制审核通过",
        by="legal_officer",
        takes=("legal_reviewed_on", "review_opinion"),
        needs=("legal_reviewed_on", "review_opinion"),
        not_same_as="propose",
    )
    send_back = Move(under_review >> filed, "退回补充调查", by="legal_officer", comment=True)
    notice = Move(
        cleared >> noticed,
        "告知",
        by=OFFICERS,
        takes=TELLING,
        needs=TOLD,
        check=why_not_notice,
        numbers={"intent_no": "{bureau}违通〔{year}〕{seq:04}号"},
        recall=False,
    )
    renotice = Move(
        noticed >> noticed,
        "重新告知",
        by=OFFICERS,
        takes=TELLING,
        needs=TOLD,
        check=why_not_notice,
        comment=True,
    )
    ask_hearing = Move(
        noticed >> noticed, "受理听证要求", by=OFFICERS, takes=("hearing_asked_on",), needs=("hearing_asked_on",)
    )
    hear = Move(
        noticed >> noticed,
        "举行听证",
        by="legal_officer",
        takes=("hearing_told_on", "hearing_on", "hearing_record"),
        needs=("hearing_told_on", "hearing_on"),
        not_same_as="propose",
    )
    legal_review = Move(
        noticed >> noticed,
        "听证后法制审核",
        by="legal_officer",
        takes=("legal_reviewed_on", "review_opinion"),
        needs=("legal_reviewed_on", "review_opinion"),
        not_same_as="propose",
    )
    extend = Move(
        noticed >> noticed,
        "批准延长期限",
        by="director",
        takes=("paused_days",),
        sets={"extended": True},
        comment=True,
    )
    extend_inquiry = Move(
        filed >> filed,
        "批准调查延期",
        by="director",
        takes=("paused_days",),
        sets={"extended": True},
        comment=True,
    )
    decide = Move(
        noticed >> decided,
        "作出决定",
        by="director",
        takes=("waived", "fine", "confiscated", "reduction_reason", "discussed_on", "discussion", "decided_on"),
        needs=needed_to_decide,
        check=why_not_decide,
        numbers={"penalty_no": "{bureau}罚〔{year}〕{seq:04}号"},
        recall=False,
    )
    serve = Move(
        decided >> served,
        "送达",
        by=OFFICERS,
        takes=("served_on", "served_how", "published_on"),
        needs=("served_on", "served_how"),
        recall=False,
    )
    defer = Move(
        served >> served,
        "批准分期延期缴款",
        by="director",
        takes=("pay_by",),
        needs=("pay_by",),
        comment=True,
    )
    remind = Move(
        served >> reminded,
        "催告",
        by=OFFICERS,
        takes=("reminded_on",),
        needs=("reminded_on",),
        check=why_not_remind,
        recall=False,
    )
    apply = Move(
        reminded >> court_applied,
        "申请强制执行",
        by=OFFICERS,
        takes=("enforcement_asked_on",),
        needs=("enforcement_asked_on",),
        check=why_not_apply,
        recall=False,
    )
    close = Move(
        (served | reminded | court_applied) >> closed,
        "结案",
        by=OFFICERS,
        takes=PAID,
        needs=needed_to_close,
        check=why_not_close,
        not_same_as="decide",
    )
    archive = Move(
        closed >> archived,
        "归档",
        by=OFFICERS,
        takes=("published_on", "archived_on"),
        needs=("published_on", "archived_on"),
    )
    send_to_police = Move(
        (filed | under_review | cleared | noticed) >> with_police,
        "移送公安机关",
        by=(*OFFICERS, "director"),
        comment=True,
        recall=False,
    )
    take_back = Move(with_police >> filed, "退回继续办理", by=(*OFFICERS, "director"), comment=True)
    drop = Move((filed | under_review | cleared | noticed) >> dropped, "不予处罚", by="director", comment=True)
    cancel = Move(
        (awaiting_filing | filed | under_review | cleared | noticed) >> void, "作废", by="director", comment=True
    )
