"""通组路摸底台账: hamlets large enough for a road, whether they have one, and how much of it is missing.

Basis: 农村公路条例 for roads to larger hamlets; how large is a local parameter (households or people). Villages list,
the town looks at the place, the county compares with what was built or applied for before, then the list goes up.
Some wait for the superior's document (等上级文件).
"""

from django.db.models import Q

from tonggui.ledgers.parties.town import TownKind
from tonggui.ledgers.roads.hamlet_flow import HamletFlow
from tonggui.ledgers.roads.hamlet_kinds import HasRoad, Obstacle
from tonggui.ledgers.roads.road import Surface
from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
    Choice,
    Choices,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    LongText,
    Money,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Year,
    anyone,
    derive,
    within_unit,
)
from tonggui.statutes.roads import is_large_hamlet

LARGE = Q(large=True)
MISSING = Q(large=True) & ~Q(has_road=HasRoad.YES)


class Hamlet(Record):
    """One hamlet as it was found in one survey."""

    number = Number("TZ{year}{seq:04}", year_of="canvassed_on")
    hamlet = Link("parties.Town", "自然村（组）")
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    households = Integer("户数", unit="户", least=0)
    people = Integer("人口", unit="人", least=0)
    large = Flag("达到规模")
    canvassed_on = Day("摸底日期")
    surveyor = Text("摸底人员", max_length=60, hint="驻村第一书记、村委会成员")
    has_road = Choice(HasRoad, "通路情况")
    surface = Choice(Surface, "路面类型", default=Surface.EARTH)
    surface_width_m = Amount("路面宽度", unit="米", places=1, optional=True, least=1, most=60)
    nearest_km = Amount("距最近硬化路", unit="公里", places=3, optional=True, least=0, total=False)
    gap_km = Amount("待建里程", unit="公里", places=3, optional=True, least=0)
    household_km = Amount("连户路缺口", unit="公里", places=3, optional=True, least=0)
    obstacles = Choices(Obstacle, "制约条件", optional=True)
    estimate = Money("估算费用", optional=True, least=0)
    town_checked_on = Day("乡镇核实日期", optional=True)
    overlaps = LongText("比对情况", optional=True, hint="与公路数据库和以往项目比对，有无遗漏和重复")
    sent_up_on = Day("通组路上报日期", optional=True)
    awaited = Text("待上级文件", optional=True, max_length=120)
    plan_year = Year("计划年度", optional=True)
    project = Link("works.Project", "项目", optional=True)
    built_on = Day("建成日期", optional=True)
    place = Place("位置", optional=True)
    photos = Photos("道路现状照片")

    @derive("hamlet")
    def derive_town(self):
        """The township the hamlet's village belongs to, or the highest place known above it."""
        above = self.hamlet
        while above.parent is not None and above.kind != TownKind.TOWN:
            above = above.parent
        return above

    @derive("hamlet")
    def derive_households(self):
        return self.hamlet.households

    @derive("hamlet")
    def derive_people(self):
        return self.hamlet.people

    @derive("canvassed_on", always=True)
    def derive_large(self):
        """By the bureau's thresholds of the day of the survey."""
        return is_large_hamlet(self.households, self.people, self.canvassed_on)

    class Flow(HamletFlow):
        pass

    class Page(Ledger):
        title = "通组路摸底"
        columns = "number hamlet town households people large has_road gap_km estimate canvassed_on state"
        filters = "canvassed_on town state has_road large obstacles plan_year"
        search = "number hamlet__name surveyor overlaps"
        names = "number"
        form = [
            Section("自然村组", "hamlet town households people canvassed_on surveyor place"),
            Section("通路情况", "has_road surface surface_width_m nearest_km gap_km household_km photos"),
            Section("建设条件", "obstacles estimate"),
            Section("核对上报", "town_checked_on overlaps sent_up_on awaited plan_year project built_on"),
        ]
        read = {"county": anyone, "road_chief": within_unit}
        write = {"road_officer": anyone, "clerk": anyone, "road_chief": within_unit}
        imports = Sheet(
            "通组路摸底导入模板",
            columns=(
                "hamlet households people canvassed_on surveyor has_road surface surface_width_m nearest_km gap_km "
                "household_km obstacles estimate overlaps plan_year"
            ),
        )
        exports = (
            "number hamlet town households people large canvassed_on surveyor has_road surface surface_width_m "
            "nearest_km gap_km household_km obstacles estimate town_checked_on sent_up_on awaited plan_year built_on "
            "state"
        )
        sort = "-canvassed_on"
        map = "place"
        pictures = (
            Bars("各乡镇待建里程", by="town", of="gap_km", stack="has_road"),
            Board("上报进度", by="state", card="hamlet households gap_km"),
        )
        example = dict(
            hamlet=None,
            households=26,
            people=108,
            canvassed_on="2026-03-12",
            surveyor="周示例、吴示例",
            has_road=HasRoad.NO,
            nearest_km="1.850",
            gap_km="1.900",
            household_km="0.600",
            obstacles="forest",
            estimate="760000",
        )

    class Measures:
        towns = Count("摸底乡镇", on="canvassed_on", distinct="town", unit="个")
        surveyed = Count("摸底自然村组", on="canvassed_on", unit="个")
        large = Count("达到规模自然村组", on="canvassed_on", where=LARGE, unit="个")
        missing = Count("未通硬化路自然村组", on="canvassed_on", where=MISSING, unit="个")
        gap = Sum("gap_km", "通组路缺口里程", on="canvassed_on", where=MISSING)
        gap_found = Sum("gap_km", "摸底待建里程", on="canvassed_on")
        built = Count("建成通组路", on="built_on", unit="条")
        built_length = Sum("gap_km", "建成通组路里程", on="built_on")

    def faults(self):
        """The place is a hamlet; where it has no road, the missing length is known, and a built road leaves none."""
        if self.hamlet.kind != TownKind.HAMLET:
            yield "hamlet", f"{self.hamlet.name}是{self.hamlet.get_kind_display()}，请选自然村（组）。"
        if self.has_road != HasRoad.YES and not self.gap_km:
            yield "gap_km", "没有通硬化路的，须填写“待建里程”。"
        if self.has_road == HasRoad.YES and self.gap_km:
            yield "gap_km", "已通硬化路，“待建里程”应为空。"
        if self.built_on and self.built_on < self.canvassed_on:
            yield "built_on", f"“建成日期”早于摸底日期 {self.canvassed_on}。"

    def __str__(self):
        return f"{self.canvassed_on} {self.hamlet.name}"
