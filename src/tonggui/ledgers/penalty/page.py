"""The page of a penalty case as far as the trades agree: sections of its form and the legal clocks that are watched."""

from django.db.models import Q

from tonggui.register.declare import Section, Watch
from tonggui.statutes.enforcement import COURT_LEAD, DECISION_LEAD

UNDECIDED = Q(state__in=("filed", "under_review", "cleared", "noticed"))
AFTER_CLOSING = ("closed", "copied")
#: Counted while the case runs: an extension takes the days (`flow.py`), and filing knows nothing of them.
LATER = "paused_days"
SECTIONS = (
    Section("立案", "unit file_by limitation_until grave filed_on filing_no lead_officer second_officer"),
    Section("调查审核", "correction_no correct_by discretion major legal_reviewed_on review_opinion"),
    Section("告知", "noticed_on noticed_fine intent_no defend_by waived spoken party_signature"),
    Section(
        "听证",
        "hearing_offered hearing_by hearing_asked_on hearing_no hearing_notice_by hearing_told_on hearing_on "
        "hearing_record",
    ),
    Section(
        "决定",
        "decide_by extended paused_days discussed_on discussion fine confiscated reduction_reason penalty_no "
        "decided_on spot_copy_by spot_copied_on",
    ),
    Section("送达公示", "serve_by served_on served_how publish_by published_on"),
    Section("缴款", "pay_by instalments deferral_no fine_paid paid_on cash_ground cash_by cash_on bank_by banked_on"),
    Section(
        "强制执行",
        "reminded_on reminder_no apply_from apply_by enforcement_asked_on compulsion_no compelled_on substitute_no "
        "substitute_work substitute_on interruption_no interrupted_on interruption_reason interrupted_until",
    ),
    Section("撤销", "quashed_on withdraw_by withdrawn_on"),
)
WATCHES = (
    Watch(
        "file_by",
        "应决定立案",
        lead=2,
        where=Q(state="awaiting_filing"),
        basis="行政处罚法第五十四条，日数由本局定",
    ),
    Watch("limitation_until", "追究时效届满", lead=60, where=Q(state="awaiting_filing"), basis="行政处罚法第三十六条"),
    Watch("correct_by", "违法行为应改正", lead=2, where=UNDECIDED),
    Watch("decide_by", "应作出处罚决定", lead=DECISION_LEAD, where=UNDECIDED, basis="行政处罚法第六十条"),
    Watch(
        "hearing_notice_by",
        "最迟通知听证",
        lead=3,
        where=Q(hearing_told_on__isnull=True),
        basis="行政处罚法第六十四条",
    ),
    Watch("serve_by", "应送达决定书", lead=2, where=Q(served_on__isnull=True), basis="行政处罚法第六十一条"),
    Watch(
        "spot_copy_by",
        "当场处罚应备案",
        lead=2,
        where=Q(spot_copied_on__isnull=True),
        basis="交通运输行政执法程序规定第六十一条",
    ),
    Watch(
        "cash_by",
        "当场收缴罚款应交回",
        lead=1,
        where=Q(cash_on__isnull=True),
        basis="行政处罚法第七十一条",
    ),
    Watch("bank_by", "罚款应缴存银行", lead=1, where=Q(banked_on__isnull=True), basis="行政处罚法第七十一条"),
    Watch("publish_by", "应公示处罚结果", lead=2, where=Q(published_on__isnull=True), basis="国办发〔2018〕118号"),
    Watch("pay_by", "应缴款", lead=5, where=Q(state="served", paid_on__isnull=True), basis="行政处罚法第六十七条"),
    Watch(
        "apply_by",
        "申请强制执行期限届满",
        lead=COURT_LEAD,
        where=Q(state__in=("served", "reminded"), fine__gt=0, paid_on__isnull=True),
        tell=("enforcement_officer", "overload_officer", "legal_officer", "director"),
        basis="行政强制法第五十三条，逾期丧失申请权",
    ),
    Watch("interrupted_until", "中止执行期满", lead=90, where=Q(state="interrupted"), basis="行政强制法第三十九条"),
    Watch("withdraw_by", "应撤回公示", lead=1, where=Q(withdrawn_on__isnull=True), basis="行政处罚法第四十八条"),
    Watch("close_by", "应结案", lead=3, where=Q(closed_on__isnull=True)),
)
