"""The page of an enforcement case: list, form, permissions, sheets, watched clocks, pictures and what follows."""

from django.db.models import Q

from tonggui.ledgers.enforcement.case_kinds import CaseKind, PartyKind
from tonggui.ledgers.enforcement.case_papers import PAPERS
from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.register.declare import Bars, Board, FollowUp, Ledger, Section, Sheet, Watch, anyone

UNDECIDED = Q(state__in=("filed", "under_review", "cleared", "noticed"))


class CasePage(Ledger):
    title = "执法案件"
    columns = "number kind party plate charge filed_on decide_by fine fine_paid state"
    filters = "received_on kind unit state procedure enterprise filed_on decided_on"
    search = "number party plate charge penalty_no"
    names = "number"
    form = [
        Section("案源", "kind procedure charge clue operation received_on happened_on grave scene place"),
        Section("当事人", "party party_kind enterprise yard plate vehicle"),
        Section("立案", "unit file_by limitation_until filed_on filing_no lead_officer second_officer"),
        Section("调查", "facts evidence_list photos discretion major legal_reviewed_on review_opinion"),
        Section("告知", "noticed_on noticed_fine intent_no defend_by waived"),
        Section(
            "听证",
            "hearing_offered hearing_by hearing_asked_on hearing_notice_by hearing_told_on hearing_on hearing_record",
        ),
        Section(
            "决定",
            "decide_by extended paused_days discussed_on discussion fine confiscated reduction_reason penalty_no "
            "decided_on spot_copy_by spot_copied_on",
        ),
        Section("送达公示", "serve_by served_on served_how publish_by published_on"),
        Section("执行", "pay_by fine_paid paid_on reminded_on apply_from apply_by enforcement_asked_on"),
        Section("归档", "closed_on archive_by archived_on"),
    ]
    read = {"county": anyone}
    write = dict.fromkeys((*OFFICERS, "legal_officer"), anyone)
    imports = Sheet(
        "执法案件导入模板",
        key="party happened_on charge",
        columns="kind procedure party_kind enterprise plate received_on scene filed_on facts evidence_list unit",
    )
    exports = (
        "number kind procedure charge party party_kind enterprise plate received_on happened_on scene filed_on "
        "noticed_on noticed_fine fine fine_paid penalty_no decided_on served_on published_on paid_on late_fine "
        "closed_on archived_on unit state"
    )
    sort = "-received_on"
    map = "place"
    watches = (
        Watch(
            "file_by",
            "应决定立案",
            lead=2,
            where=Q(state="awaiting_filing"),
            basis="行政处罚法第五十四条，日数由本局定",
        ),
        Watch(
            "limitation_until", "追究时效届满", lead=60, where=Q(state="awaiting_filing"), basis="行政处罚法第三十六条"
        ),
        Watch("decide_by", "应作出处罚决定", lead=30, where=UNDECIDED, basis="行政处罚法第六十条"),
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
        Watch("publish_by", "应公示处罚结果", lead=2, where=Q(published_on__isnull=True), basis="国办发〔2018〕118号"),
        Watch("pay_by", "应缴款", lead=5, where=Q(state="served"), basis="行政处罚法第六十七条"),
        Watch(
            "apply_by",
            "申请强制执行期限届满",
            lead=45,
            where=Q(state__in=("served", "reminded")),
            tell=("enforcement_officer", "legal_officer", "director"),
            basis="行政强制法第五十三条，逾期丧失申请权",
        ),
        Watch("archive_by", "案卷应归档", lead=7, where=Q(state="closed")),
    )
    papers = PAPERS
    pictures = (Board("办案进度", by="state", card="kind party decide_by fine"), Bars("案件构成", by="kind"))
    follow_ups = (
        FollowUp(
            "enforcement.seizure",
            "扣押或登记保存",
            {"case": "self", "party": "party", "plate": "plate", "scene": "scene"},
        ),
        FollowUp("enforcement.referral", "移送公安机关", {"case": "self"}, states="filed under_review cleared noticed"),
    )
    example = dict(
        kind=CaseKind.UNLICENSED,
        charge="未取得道路客运经营许可从事客运经营",
        party="李示例",
        party_kind=PartyKind.PERSON,
        plate="示F00017",
        received_on="2026-05-06",
        happened_on="2026-05-06",
        scene="示例县汽车客运中心出站口",
        filed_on="2026-05-08",
        lead_officer=None,
        facts="当日七时四十分载客四人至江口镇，每人收费十五元，不能出示经营许可（示例）。",
        evidence_list="现场笔录；乘客询问笔录两份；收款截图；执法记录仪视频",
        noticed_on="2026-05-20",
        noticed_fine="10000",
        hearing_offered=True,
        hearing_told_on="2026-06-20",
        reminded_on="2026-07-01",
    )
