"""路域环境台账: what stands, lies or is done on road land and beside it that must not, from finding to clearing.

Basis: 公路安全保护条例 第十六条 (stalls, heaps, threshing), 第十三条 (building in the control zone), 第二十七条
(works without a permit); 公路法 第五十四条 (signs other than road signs). How wide the control zone is follows from
the road's grade.
"""

from django.db.models import Q
from django.utils.text import Truncator

from tonggui.ledgers.roads.papers import CORRECTION
from tonggui.ledgers.roads.roadside_flow import RoadsideFlow
from tonggui.ledgers.roads.roadside_kinds import _LAND, CLAUSES, Clearing, RoadsideKind
from tonggui.ledgers.roads.stakes import stake_faults
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Phone,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    derive,
    within_unit,
)
from tonggui.statutes.roads import CLEARANCE, control_zone


def gone(kind):
    """Rows of this kind that were cleared."""
    return Q(kind=kind, cleared_on__isnull=False)


class Roadside(Record):
    """One thing found on road land or beside it."""

    number = Number("LY{year}{seq:05}", year_of="found_on")
    kind = Choice(RoadsideKind, "路域问题类别")
    section = Link("roads.Section", "路段")
    road = Link("roads.Road", "路线", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    stake = Text("桩号", optional=True, max_length=20, hint="如 K12+345")
    place = Place("位置", optional=True)
    patrol = Link("roads.Patrol", "巡查记录", optional=True, hint="在哪一次巡查中发现")
    found_on = Day("发现日期")
    content = LongText("路域问题描述")
    occupied_m2 = Amount("占用面积", unit="平方米", places=1, optional=True, least=0)
    set_back_m = Amount("距公路用地外缘", unit="米", places=1, optional=True, least=0, total=False)
    in_zone = Flag("在建筑控制区内")
    party = Text("当事人", optional=True, max_length=60)
    phone = Phone("联系电话", optional=True)
    clause = Text("违反条款", max_length=60)
    notice_no = Text("整改通知书号", optional=True, max_length=40)
    due_on = Day("整改期限", optional=True)
    clearing = Choice(Clearing, "清理方式", optional=True)
    staff = Integer("出动人员", unit="人次", optional=True, least=0, most=500)
    vehicles = Integer("出动车辆", unit="车次", optional=True, least=0, most=200)
    cleared_on = Day("清理日期", optional=True)
    closed_on = Day("销号日期", optional=True)
    photos_before = Photos("整治前照片")
    photos_after = Photos("整治后照片")

    @derive("section")
    def derive_road(self):
        return self.section.road

    @derive("section")
    def derive_town(self):
        return self.section.town

    @derive("kind")
    def derive_clause(self):
        return CLAUSES.get(self.kind, _LAND)

    @derive("found_on")
    def derive_due_on(self):
        return CLEARANCE.due(self.found_on)

    @derive("section", "set_back_m", "found_on", always=True)
    def derive_in_zone(self):
        """Whether it stands nearer to the road land than the zone of the road's grade is wide."""
        width = control_zone(self.section.road.admin_grade, self.found_on)
        return width is not None and self.set_back_m < width

    class Flow(RoadsideFlow):
        pass

    class Page(Ledger):
        title = "路域环境"
        columns = "number found_on section town kind content party due_on cleared_on state"
        filters = "found_on cleared_on town road state kind clearing in_zone due_on"
        search = "number content party notice_no section__name"
        names = "number"
        form = [
            Section("问题", "kind content section road town stake place set_back_m occupied_m2"),
            Section("发现", "found_on patrol photos_before"),
            Section("整改", "party phone clause notice_no due_on"),
            Section("清理", "clearing staff vehicles cleared_on photos_after"),
        ]
        read = {"county": anyone, "road_chief": within_unit}
        write = {
            "road_officer": anyone,
            "clerk": anyone,
            "enforcement_officer": anyone,
            "road_chief": within_unit,
        }
        imports = Sheet(
            "路域环境导入模板",
            columns=(
                "kind content section stake found_on occupied_m2 set_back_m party phone notice_no due_on clearing "
                "staff vehicles cleared_on"
            ),
        )
        exports = (
            "number kind content section road town stake found_on occupied_m2 set_back_m in_zone party clause "
            "notice_no due_on clearing staff vehicles cleared_on closed_on state"
        )
        sort = "-found_on"
        unit_from = "section"
        map = "place"
        papers = (CORRECTION,)
        pictures = (Bars("路域问题类别", by="kind", stack="state"),)
        follow_ups = (
            FollowUp("roads.permit", "补办施工许可", {"section": "section", "content": "content"}, "ordered"),
            FollowUp("safety.hazard", "登记隐患", {"content": "content", "place": "place", "found_on": "found_on"}),
        )
        handheld = Handheld(
            "路域环境",
            "kind section stake content found_on party place photos_before",
            moves="clear accept reject",
            nearest="section",
        )
        example = dict(
            kind=RoadsideKind.STALL,
            section=None,
            stake="K2+460",
            found_on="2026-05-16",
            content="赶集日占用路肩摆摊六处",
            occupied_m2="36.0",
            party="示例摊主",
        )

    class Measures:
        found = Count("发现路域问题", on="found_on", unit="处")
        cleared = Count("清理路域问题", on="cleared_on", unit="处")
        stalls_cleared = Count("清理摆摊设点", on="cleared_on", where=gone("stall"), unit="次")
        billboards = Count("查处广告牌", on="found_on", where=Q(kind="billboard"), unit="处")
        billboards_cleared = Count("拆除广告牌", on="cleared_on", where=gone("billboard"), unit="处")
        works = Count("查处涉路施工", on="found_on", where=Q(kind="works"), unit="处")
        threshing = Count("查处打场晒粮", on="found_on", where=Q(kind="threshing"), unit="处")
        threshing_cleared = Count("清理打场晒粮", on="cleared_on", where=gone("threshing"), unit="处")
        buildings = Count("控制区内违法建筑", on="found_on", where=Q(kind="building", in_zone=True), unit="处")
        area = Sum("occupied_m2", "清理占用面积", on="cleared_on")

    def faults(self):
        """A building is measured from the road land, and cleared after it was found."""
        yield from stake_faults(self, "stake")
        if self.kind == RoadsideKind.BUILDING and self.set_back_m is None:
            yield "set_back_m", "控制区内建筑须填写“距公路用地外缘”。"
        if self.cleared_on and self.cleared_on < self.found_on:
            yield "cleared_on", f"“清理日期”早于发现日期 {self.found_on}。"

    def __str__(self):
        return f"{self.number} {Truncator(self.content).chars(22)}"
