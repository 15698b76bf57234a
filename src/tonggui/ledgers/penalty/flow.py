"""The procedure of a penalty case: filed, investigated, reviewed, notified, decided, served, paid, archived.

Basis: 行政处罚法 (2021) 第三十六条, 第四十二条, 第四十四条, 第四十五条, 第五十一条, 第五十四条, 第五十七条, 第五十八条,
第六十一条 to 第六十七条, 第七十二条; 行政强制法 第三十九条, 第五十条, 第五十三条, 第五十四条 for what follows an unpaid
fine; 交通运输行政执法程序规定 第六十条 to 第六十四条. Who investigated does not review; who decided does not close. A
trade says who its officers are (`class Flow(PenaltyFlow, officers=…)`) and names again the moves that differ.
"""

from typing import TYPE_CHECKING

from tonggui.ledgers.penalty.checks import (
    needed_on_the_spot,
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
from tonggui.register.declare import Duty, Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.penalty.case import PenaltyCase

OFFICERS = Duty("officers")
FILED = ("filed_on", "lead_officer", "second_officer")
SPOT = (
    *FILED,
    "spoken",
    "fine",
    "reduction_reason",
    "decided_on",
    "served_on",
    "cash_ground",
    "fine_paid",
    "paid_on",
    "party_signature",
)
TOLD = ("noticed_on", "noticed_fine")
TELLING = (*TOLD, "hearing_offered", "discretion")
HEARD = ("legal_reviewed_on", "review_opinion")
PAID = ("fine_paid", "paid_on", "cash_on", "banked_on", "published_on", "spot_copied_on", "closed_on")


def is_filed(case: "PenaltyCase", actor) -> None:
    """What the trade does elsewhere when a case is filed."""
    case.when_filed(actor)


def is_served(case: "PenaltyCase", actor) -> None:
    case.when_served(actor)


def is_filed_and_served(case: "PenaltyCase", actor) -> None:
    """On the spot both happen at once."""
    case.when_filed(actor)
    case.when_served(actor)


def is_quashed(case: "PenaltyCase", actor) -> None:
    case.when_quashed(actor)


class PenaltyFlow(Workflow):
    awaiting_filing = State("待立案", start=True, due="file_by")
    filed = State("调查", due="decide_by", confirmed=True)
    under_review = State("待法制审核", due="decide_by", confirmed=True)
    cleared = State("待告知", due="decide_by", confirmed=True)
    noticed = State("已告知", due="decide_by", confirmed=True)
    decided = State("待送达", due="serve_by", confirmed=True)
    served = State("待缴款", due="pay_by", confirmed=True)
    reminded = State("已催告", due="apply_by", confirmed=True)
    court_applied = State("已申请强制执行", confirmed=True)
    interrupted = State("已中止执行", due="interrupted_until", confirmed=True)
    closed = State("已结案", due="archive_by", confirmed=True, tone="done")
    quashed = State("决定已撤销", final=True, tone="void")
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
        then=is_filed,
    )
    order_correction = Move(
        filed >> filed,
        "责令改正",
        by=OFFICERS,
        takes=("correct_by",),
        needs=("correct_by",),
        numbers={"correction_no": "{bureau}责改〔{year}〕{seq:04}号"},
        recall=False,
    )
    refuse_filing = Move(awaiting_filing >> not_filed, "不予立案", by="director", comment=True)
    punish_on_spot = Move(
        awaiting_filing >> served,
        "当场处罚",
        by=OFFICERS,
        takes=SPOT,
        needs=needed_on_the_spot,
        sets={"procedure": "spot", "served_how": "direct"},
        check=why_not_on_the_spot,
        numbers={"penalty_no": "{bureau}当罚〔{year}〕{seq:04}号"},
        then=is_filed_and_served,
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
        takes=HEARD,
        needs=HEARD,
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
    call_hearing = Move(
        noticed >> noticed,
        "通知听证",
        by="legal_officer",
        takes=("hearing_told_on", "hearing_on"),
        needs=("hearing_told_on", "hearing_on"),
        numbers={"hearing_no": "{bureau}听通〔{year}〕{seq:04}号"},
        recall=False,
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
        takes=HEARD,
        needs=HEARD,
        not_same_as="propose",
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
    serve = Move(
        decided >> served,
        "送达",
        by=OFFICERS,
        takes=("served_on", "served_how", "published_on"),
        needs=("served_on", "served_how"),
        then=is_served,
        recall=False,
    )
    defer = Move(
        served >> served,
        "批准分期延期缴款",
        by="director",
        takes=("pay_by", "instalments"),
        needs=("pay_by", "instalments"),
        numbers={"deferral_no": "{bureau}缓缴〔{year}〕{seq:04}号"},
        comment=True,
        recall=False,
    )
    remind = Move(
        served >> reminded,
        "催告",
        by=OFFICERS,
        takes=("reminded_on",),
        needs=("reminded_on",),
        check=why_not_remind,
        numbers={"reminder_no": "{bureau}催〔{year}〕{seq:04}号"},
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
    compel = Move(
        reminded >> reminded,
        "作出强制执行决定",
        by="director",
        takes=("compelled_on",),
        needs=("compelled_on",),
        numbers={"compulsion_no": "{bureau}强执〔{year}〕{seq:04}号"},
        comment=True,
        recall=False,
    )
    substitute = Move(
        reminded >> reminded,
        "决定代履行",
        by="director",
        takes=("substitute_work", "substitute_on"),
        needs=("substitute_work", "substitute_on"),
        numbers={"substitute_no": "{bureau}代履〔{year}〕{seq:04}号"},
        recall=False,
    )
    interrupt = Move(
        (reminded | court_applied) >> interrupted,
        "中止执行",
        by="director",
        takes=("interrupted_on", "interruption_reason"),
        needs=("interrupted_on", "interruption_reason"),
        numbers={"interruption_no": "{bureau}中执〔{year}〕{seq:04}号"},
        recall=False,
    )
    resume = Move(interrupted >> reminded, "恢复执行", by="director", comment=True)
    end_enforcement = Move(
        (interrupted | court_applied) >> closed,
        "终结执行结案",
        by="director",
        takes=("interruption_reason", "closed_on"),
        needs=("interruption_reason", "closed_on"),
        comment=True,
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
    quash = Move(
        (served | reminded | court_applied | interrupted | closed) >> quashed,
        "撤销决定",
        by="director",
        takes=("quashed_on", "withdrawn_on"),
        needs=("quashed_on",),
        comment=True,
        then=is_quashed,
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
        by=(OFFICERS, "director"),
        comment=True,
        recall=False,
    )
    take_back = Move(with_police >> filed, "退回继续办理", by=(OFFICERS, "director"), comment=True)
    drop = Move((filed | under_review | cleared | noticed) >> dropped, "不予处罚", by="director", comment=True)
    cancel = Move(
        (awaiting_filing | filed | under_review | cleared | noticed) >> void, "作废", by="director", comment=True
    )
