"""The procedure of an enforcement case: filed, investigated, reviewed, notified, decided, served, paid, archived.

Basis: 行政处罚法 (2021) 第三十六条, 第四十二条, 第四十四条, 第四十五条, 第五十一条, 第五十四条, 第五十七条, 第五十八条,
第六十一条 to 第六十七条, 第七十二条; 行政强制法 第五十三条, 第五十四条 for the reminder and the court;
交通运输行政执法程序规定 第六十条 to 第六十四条. Who investigated does not review; who decided does not close.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.register.declare import Move, State, Workflow
from tonggui.statutes.enforcement import HEARING_FINE, HEARING_REQUEST, REMINDER, SPOT_FINE, earliest_decision

if TYPE_CHECKING:
    from tonggui.ledgers.enforcement.case import Case

FILED = ("filed_on", "lead_officer", "second_officer")
SPOT = ("filed_on", "lead_officer", "second_officer", "fine", "decided_on", "served_on")
TOLD = ("noticed_on", "noticed_fine")
TELLING = (*TOLD, "hearing_offered", "discretion")
PAID = ("fine_paid", "paid_on", "published_on", "spot_copied_on", "closed_on")
STEPS = ("happened_on", "filed_on", "noticed_on", "decided_on", "served_on", "closed_on", "archived_on")


def out_of_order(case: "Case"):
    """Each step dated before one that must come first, with a sentence."""
    dated = [name for name in STEPS if getattr(case, name)]
    for earlier, later in pairwise(dated):
        first, then = getattr(case, earlier), getattr(case, later)
        if then < first:
            yield later, f"“{case.kinds[later].label}”早于“{case.kinds[earlier].label}”（{first}），请核对。"


def why_not_file(case: "Case") -> str:
    """Two officers, both with a certificate on the day of filing; the act is not time-barred."""
    if case.lead_officer_id == case.second_officer_id:
        return "主办和协办是同一人。执法应当由两名以上具有执法资格的人员进行。"
    for lead_officer in (case.lead_officer, case.second_officer):
        if not lead_officer.certified_on(case.filed_on):
            return f"{lead_officer}在 {case.filed_on} 没有有效的执法证。"
    if case.filed_on > case.limitation_until:
        return f"违法行为的追究时效已于 {case.limitation_until} 届满，不再给予行政处罚。"
    return ""


def why_not_on_the_spot(case: "Case") -> str:
    """The simple procedure ends at its limit, by citizen or entity; the officers are those of any case."""
    most = SPOT_FINE.at(case.decided_on, case.party_kind)
    if case.fine > most:
        return f"对{case.get_party_kind_display()}当场罚款不得超过 {most} 元。请改用普通程序。"
    return why_not_file(case)


def needs_review(case: "Case") -> bool:
    """Whether no decision may be made without legal review: a major case, or one with a hearing."""
    return bool(case.major or case.hearing_on)


def why_not_conclude(case: "Case") -> str:
    return "重大执法决定应当经法制审核，请提交法制审核。" if needs_review(case) else ""


def why_not_notice(case: "Case") -> str:
    """A larger fine is not announced without telling the party that it may ask for a hearing."""
    least = HEARING_FINE.at(case.noticed_on, case.party_kind)
    if case.noticed_fine >= least and not case.hearing_offered:
        return f"拟罚款达到 {least} 元，属较大数额，应当同时告知当事人有要求听证的权利。"
    return ""


def needed_to_decide(case: "Case") -> tuple[str, ...]:
    """The decision; its reason where it leaves the band; a discussion where it leaves the band or the case is major."""
    outside = case.outside_band()
    reason = ("reduction_reason",) if outside else ()
    discussed = ("discussed_on", "discussion") if outside or case.major else ()
    return ("fine", "decided_on", *reason, *discussed)


def why_not_decide(case: "Case") -> str:
    """The party was told and heard, reviewed is what must be, and the fine is not above the notice."""
    if case.noticed_on is None or case.noticed_fine is None:
        return "没有告知日期和拟罚款。未告知当事人的，不得作出处罚决定。"
    if case.hearing_asked_on and case.hearing_on is None:
        return f"当事人已于 {case.hearing_asked_on} 要求听证，听证前不得作出处罚决定。"
    earliest = earliest_decision(case.noticed_on)
    if not case.waived and case.decided_on < earliest:
        until = HEARING_REQUEST.due(case.noticed_on)
        return f"当事人可以陈述、申辩和要求听证至 {until}，放弃的应有书面记录。最早可于 {earliest} 作出决定。"
    if needs_review(case) and case.legal_reviewed_on is None:
        return "未经法制审核或者审核未通过的，不得作出决定。"
    if case.fine > case.noticed_fine:
        return f"决定罚款 {case.fine:f} 元，高于告知的 {case.noticed_fine:f} 元。确需变更的应重新告知。"
    return ""


def why_not_remind(case: "Case") -> str:
    late = case.reminded_on > case.pay_by if case.pay_by else True
    return "" if late else f"缴款期限为 {case.pay_by}，期满未缴才催告。"


def why_not_apply(case: "Case") -> str:
    """After the ten working days of the reminder and before the window of the court closes."""
    if case.reminded_on is None:
        return "没有催告日期。申请法院强制执行前应当催告当事人。"
    if case.enforcement_asked_on <= (first := REMINDER.due(case.reminded_on)):
        return f"催告书送达十个工作日后（{first} 之后）才可以申请。"
    if case.apply_by and case.enforcement_asked_on > case.apply_by:
        return f"申请期限已于 {case.apply_by} 届满。"
    return ""


def needed_to_close(case: "Case") -> tuple[str, ...]:
    """The fine is paid; a decision on the spot is with the unit; the day of closing is said."""
    paid = ("fine_paid", "paid_on") if case.fine else ()
    return (*paid, *(("spot_copied_on",) if case.procedure == "spot" else ()), "closed_on")


def why_not_close(case: "Case") -> str:
    if case.fine and case.fine_paid < case.fine and case.state != "court_applied":
        return f"决定罚款 {case.fine:f} 元，实缴 {case.fine_paid:f} 元。未缴清的应催告、申请强制执行。"
    return ""


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
