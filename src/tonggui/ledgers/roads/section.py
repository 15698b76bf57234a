"""路段台账: the pieces of a road between which something changes: town, class, surface, width, who keeps it.

Basis: 全国农村公路基础数据和电子地图更新方案, when a section is split and that a roadway shared by several roads
counts once. The length of a section with a broken chain is measured, never the difference of its stakes.
"""

from django.db.models import F, Q

from tonggui.ledgers.roads.road import HARD, RoadClass, Surface
from tonggui.ledgers.roads.stakes import TOLERANCE_KM, kilometres, order_faults
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Count,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Number,
    Place,
    Record,
    Sheet,
    Standing,
    Sum,
    Text,
    Year,
    anyone,
    derive,
)
from tonggui.register.declare import Section as Group


class Section(Record):
    """One section of a road, kept by one unit under one chief."""

    number = Number("LD{seq:05}")
    name = Text("路段名称", max_length=60)
    road = Link("roads.Road", "路线")
    start_stake = Text("起点桩号", max_length=16, hint="如 K12+345")
    end_stake = Text("止点桩号", max_length=16, hint="如 K15+020")
    has_break = Flag("有断链", hint="改线后桩号有重复或跳跃，里程以实测为准")
    road_km = Amount("公路里程", unit="公里", places=3, optional=True, least=0)
    shares_road = Link("roads.Road", "共用主路线", optional=True, hint="与另一路线共用路面的，里程只计入主路线")
    counted_km = Amount("计入里程", unit="公里", places=3, optional=True)
    town = Link("parties.Town", "所在乡镇（村）")
    road_class = Choice(RoadClass, "公路技术等级")
    surface = Choice(Surface, "路面类型", default=Surface.CEMENT)
    surface_width_m = Amount("路面宽度", unit="米", places=1, optional=True, least=1, most=60)
    lane_count = Integer("车道数", unit="条", optional=True, least=1, most=12, total=False)
    rebuilt_year = Year("改建年份", optional=True)
    chief = Link("parties.Person", "责任路长", optional=True, hint="任命路长后自动填写")
    listed = Flag("列养", hint="列入养护计划")
    dead_end = Flag("断头路")
    city_managed = Flag("城管路段")
    bus_line = Flag("通客车", hint="客车、校车通行的路段，隐患优先整治")
    greenable_km = Amount("可绿化里程", unit="公里", places=3, optional=True, least=0)
    greened_km = Amount("已绿化里程", unit="公里", places=3, optional=True, least=0)
    place = Place("位置", optional=True)

    @derive("start_stake", "end_stake")
    def derive_road_km(self):
        """The difference of the stakes, unless the chain is broken and the length measured."""
        return None if self.has_break else kilometres(self.start_stake, self.end_stake)

    @derive("road_km", always=True)
    def derive_counted_km(self):
        """A roadway that two roads share counts once, with the road it belongs to."""
        return 0 if self.shares_road_id else self.road_km

    class Flow(Standing, keeps=("road_officer", "clerk")):
        pass

    class Page(Ledger):
        title = "路段"
        columns = "number road name start_stake end_stake road_km town road_class chief listed state"
        filters = "road town road_class surface listed chief unit state"
        search = "number name road__code road__name start_stake"
        names = "name"
        form = [
            Group("路段", "road name town unit place"),
            Group("桩号与里程", "start_stake end_stake has_break road_km shares_road"),
            Group(
                "技术状况", "road_class surface surface_width_m lane_count rebuilt_year dead_end city_managed bus_line"
            ),
            Group("管养", "chief listed greenable_km greened_km"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "路段导入模板",
            key="name road",
            columns=(
                "start_stake end_stake has_break road_km shares_road town road_class surface surface_width_m "
                "lane_count rebuilt_year listed dead_end city_managed bus_line greenable_km greened_km"
            ),
        )
        exports = (
            "number road name start_stake end_stake has_break road_km shares_road counted_km town road_class surface "
            "surface_width_m lane_count rebuilt_year chief listed dead_end city_managed bus_line greenable_km "
            "greened_km state"
        )
        sort = "number"
        unit_from = "road"
        map = "place"
        pictures = (Bars("各乡镇里程", by="town", of="counted_km", stack="road_class"),)
        follow_ups = (
            FollowUp("roads.patrol", "登记巡查", {"section": "self"}),
            FollowUp("roads.problem", "登记问题", {"section": "self", "place": "place"}),
            FollowUp("roads.site", "登记危险路段", {"section": "self", "place": "place"}),
        )
        dossier = "路段档案"
        example = dict(
            name="示例县道城关段",
            road=None,
            start_stake="K0+000",
            end_stake="K6+200",
            town=None,
            road_class=RoadClass.THIRD,
            surface_width_m="6.5",
            listed=True,
        )

    class Measures:
        sections = Count("路段", unit="段")
        length = Sum("counted_km", "路段里程")
        listed_length = Sum("counted_km", "列养里程", where=Q(listed=True))
        hard_length = Sum("counted_km", "硬化路段里程", where=Q(surface__in=HARD))
        classed_length = Sum("counted_km", "等级路段里程", where=~Q(road_class=RoadClass.BELOW))
        greened_length = Sum("greened_km", "已绿化里程")
        with_chief = Count("已明确路长路段", where=Q(chief__isnull=False), unit="段")
        greened_fully = Count("应绿尽绿路段", where=Q(greened_km__gte=F("greenable_km")), unit="段")

    def faults(self):
        """Stakes rise along the road, and without a broken chain they give the length."""
        yield from order_faults(self)
        by_stakes = None if self.has_break else kilometres(self.start_stake, self.end_stake)
        if by_stakes and self.road_km and abs(self.road_km - by_stakes) > TOLERANCE_KM:
            yield "road_km", f"“公路里程”与桩号之差 {by_stakes} 公里不符。有断链的，请勾选“有断链”。"
        if self.shares_road_id and self.shares_road_id == self.road_id:
            yield "shares_road", "“共用主路线”应是另一条路线。"
        if (self.greened_km or 0) > (self.greenable_km or 0):
            yield "greened_km", "“已绿化里程”大于“可绿化里程”。"

    def __str__(self):
        return f"{self.name}（{self.start_stake}～{self.end_stake}）"
