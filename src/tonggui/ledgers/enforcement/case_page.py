"""The page of an enforcement case: list, form, permissions, sheets, watched clocks, pictures and what follows."""

from django.db.models import Q

from tonggui.ledgers.enforcement.case_kinds import CaseKind
from tonggui.ledgers.enforcement.case_papers import PAPERS
from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.ledgers.penalty.page import LATER, SECTIONS, WATCHES
from tonggui.ledgers.penalty.words import PartyKind
from tonggui.register.declare import Bars, Board, FollowUp, Ledger, Section, Sheet, Watch, anyone


class CasePage(Ledger):
    title = "执法案件"
    columns = "number kind party plate charge filed_on decide_by fine fine_paid state"
    filters = "received_on kind unit state procedure enterprise filed_on decided_on"
    search = "number party plate charge penalty_no"
    names = "number"
    later = LATER
    form = [
        Section("案源", "kind procedure charge clue operation received_on happened_on scene place"),
        Section("当事人", "party party_kind phone address enterprise yard plate vehicle"),
        Section("事实", "facts evidence_list photos"),
        *SECTIONS,
        Section("结案", "close_by closed_on archive_by archived_on"),
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
    watches = (*WATCHES, Watch("archive_by", "案卷应归档", lead=7, where=Q(state="closed")))
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
