"""The page of an overload case: list, form, permissions, sheets, watched clocks, pictures, what follows, the phone."""

from django.db.models import Q

from tonggui.ledgers.overload.case_kinds import Found
from tonggui.ledgers.overload.papers import CASE_PAPERS
from tonggui.ledgers.penalty.page import AFTER_CLOSING, LATER, SECTIONS, WATCHES
from tonggui.ledgers.penalty.words import PartyKind
from tonggui.register.declare import Bars, Board, FollowUp, Handheld, Ledger, Section, Sheet, Watch, anyone

AT_WORK = "filed under_review cleared noticed"
BEFORE_END = f"awaiting_filing {AT_WORK} decided served reminded court_applied"


class CasePage(Ledger):
    title = "超限案件"
    menu = "治超管理"
    columns = "number received_on filed_on plate enterprise gross_kg limit_kg fine decided_on paid_on unloaded_t state"
    filters = "filed_on unit enterprise point state found_by procedure received_on decided_on"
    search = "number plate driver_name source penalty_no"
    names = "number plate"
    later = f"{LATER} repeat_no"
    form = [
        Section(
            "案源",
            "found_by procedure doubted_pass point received_on happened_on acted_at scene jurisdiction "
            "jurisdiction_note separate_act charge",
        ),
        Section("当事人", "plate vehicle enterprise party party_kind phone address driver driver_name yard source"),
        Section("事实", "gross_kg limit_kg lawful_fine repeat_no must_unload facts evidence_list photos"),
        Section("告知车主", "tell_by told_on comes_by"),
        *SECTIONS,
        Section("卸载", "unloaded_t unloaded_on"),
        Section("结案", "close_by closed_on copy_by copied_on archive_by archived_on"),
    ]
    read = {"county": anyone}
    write = dict.fromkeys(("overload_officer", "legal_officer"), anyone)
    imports = Sheet(
        "超限案件导入模板",
        key="plate happened_on",
        columns=(
            "found_by point enterprise party party_kind driver_name source received_on scene "
            "filed_on gross_kg limit_kg must_unload"
        ),
    )
    exports = (
        "number found_by procedure point plate enterprise party driver_name source received_on happened_on filed_on "
        "gross_kg limit_kg excess_kg lawful_fine noticed_on fine fine_paid penalty_no decided_on served_on "
        "published_on "
        "paid_on late_fine must_unload unloaded_t unloaded_on closed_on copied_on archived_on unit state"
    )
    sort = "-received_on"
    watches = (
        *WATCHES,
        Watch(
            "tell_by",
            "应告知车主",
            lead=1,
            where=Q(told_on__isnull=True, state="awaiting_filing"),
            basis="行政处罚法第四十一条，日数由本局定",
        ),
        Watch(
            "comes_by",
            "当事人应到案",
            lead=3,
            where=Q(state="awaiting_filing"),
            basis="日数由本局定，取浙江省公路条例第四十条",
        ),
        Watch(
            "copy_by",
            "应抄告车籍地",
            lead=2,
            where=Q(state="closed"),
            basis="超限运输车辆行驶公路管理规定第四十四条",
        ),
        Watch("archive_by", "案卷应归档", lead=7, where=Q(state__in=AFTER_CLOSING)),
    )
    papers = CASE_PAPERS
    detail = "overload/case_beside.html"
    pictures = (Board("办案进度", by="state", card="party decide_by fine"), Bars("案件来源", by="found_by"))
    follow_ups = (
        FollowUp(
            "overload.notice",
            "告知、催告",
            {"overload_case": "self", "plate": "plate", "told_party": "party", "phone": "phone", "address": "address"},
            states=f"awaiting_filing {AT_WORK}",
        ),
        FollowUp(
            "overload.argument", "登记申辩意见", {"overload_case": "self", "argued_by": "party"}, states="noticed"
        ),
        FollowUp(
            "overload.unloading",
            "登记卸载",
            {"overload_case": "self", "plate": "plate", "before_kg": "gross_kg"},
            states=BEFORE_END,
        ),
        FollowUp(
            "overload.copying",
            "抄告、移交",
            {"overload_case": "self", "plate": "plate"},
            states=f"{BEFORE_END} closed",
        ),
        FollowUp(
            "enforcement.seizure",
            "扣押或登记保存",
            {"overload_case": "self", "party": "party", "plate": "plate", "scene": "scene"},
            states=AT_WORK,
        ),
        FollowUp("enforcement.referral", "移送公安机关", {"overload_case": "self"}, states=AT_WORK),
    )
    handheld = Handheld(
        "路面超限处罚",
        "found_by plate party party_kind driver_name phone point scene received_on happened_on acted_at gross_kg "
        "limit_kg must_unload photos",
        moves="punish_on_spot",
        big="new",
        nearest="point",
        signs="party_signature",
    )
    example = dict(
        found_by=Found.ROADSIDE,
        plate="沪A00001",
        party="钱示例",
        party_kind=PartyKind.PERSON,
        driver_name="钱示例",
        received_on="2026-06-01",
        happened_on="2026-06-01",
        scene="示例大道 K3+200",
        filed_on="2026-06-01",
        gross_kg=52_400,
        limit_kg=49_000,
        must_unload=True,
        lead_officer=None,
        evidence_list="称重检测数据；现场照片；驾驶员询问笔录（示例）",
        noticed_on="2026-06-03",
        noticed_fine="1500",
        hearing_told_on="2026-06-20",
        reminded_on="2026-07-01",
    )
