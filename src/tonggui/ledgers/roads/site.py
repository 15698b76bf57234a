"""危险路段整治台账: dangerous places on the roads and the measures that make them safe.

Basis: 国办发〔2014〕55号, the works that protect life on the roads; 农村公路条例 for warning signs and speed-reducing
devices at junctions and village passages. One site may carry several measures, so sites and measures are counted
apart: seven sites may well be three bends, two walls and three guardrails.
"""

from django.db.models import Q

from tonggui.base import clock
from tonggui.ledgers.roads.site_flow import QUANTITY, Remedy, SiteFlow
from tonggui.ledgers.roads.site_kinds import DesignSpeed, SiteKind
from tonggui.ledgers.roads.stakes import stake_faults
from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
    Choice,
    Choices,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
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
)
from tonggui.statutes.roads import is_sharp, needs_guard

PASSED = Q(state="works_passed")


def having(remedy):
    """Sites made safe by this measure, beside whatever else was built there."""
    return PASSED & Q(remedies__contains=f",{remedy},")


class Site(Record):
    """One dangerous place, with all the measures it was given."""

    number = Number("WX{year}{seq:04}", year_of="found_on")
    name = Text("点位名称", max_length=60)
    kind = Choice(SiteKind, "危险类型")
    section = Link("roads.Section", "路段")
    road = Link("roads.Road", "路线", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    stake = Text("桩号", optional=True, max_length=20, hint="如 K12+345")
    place = Place("位置", optional=True)
    found_on = Day("发现日期")
    problem = Link("roads.Problem", "来源问题", optional=True)
    design_speed = Choice(DesignSpeed, "设计速度", default=DesignSpeed.TWENTY)
    radius_m = Amount("平曲线半径", unit="米", places=1, optional=True, least=0, total=False)
    slope_percent = Amount("纵坡", unit="%", places=1, optional=True, least=0, most=40, total=False)
    drop_m = Amount("路侧高差", unit="米", places=1, optional=True, least=0, total=False)
    below_standard = Flag("线形超标", default=False)
    must_guard = Flag("应设防护", default=False)
    school_bus = Flag("通行校车或客车")
    accidents = Integer("近三年事故", unit="起", optional=True, least=0)
    remedies = Choices(Remedy, "治理措施", optional=True, hint="一处可有多项")
    plan_year = Year("计划年度", optional=True)
    project = Link("works.Project", "项目", optional=True)
    enterprise = Link("parties.Enterprise", "施工单位", optional=True)
    wall_m = Amount("挡墙长度", unit="米", places=1, optional=True, least=0)
    guard_m = Amount("护栏长度", unit="米", places=1, optional=True, least=0)
    humps = Integer("减速带数量", unit="道", optional=True, least=0)
    lights = Integer("信号灯数量", unit="组", optional=True, least=0)
    treated_km = Amount("整治里程", unit="公里", places=3, optional=True, least=0)
    funds = Money("整改资金", optional=True, least=0)
    photos_before = Photos("整治前照片")
    photos_after = Photos("整治后照片")
    finish_by = Day("计划完成日期", optional=True)
    finished_on = Day("完工日期", optional=True)
    works_passed_on = Day("工程验收日期", optional=True)

    @derive("section")
    def derive_road(self):
        return self.section.road

    @derive("section")
    def derive_town(self):
        return self.section.town

    @derive("found_on", "design_speed", always=True)
    def derive_below_standard(self):
        """A bend tighter or a slope steeper than the speed the road was designed for allows."""
        return is_sharp(self.design_speed, self.radius_m, self.slope_percent, self.found_on)

    @derive("found_on", "kind", always=True)
    def derive_must_guard(self):
        return needs_guard(self.kind, self.drop_m, self.found_on)

    class Flow(SiteFlow):
        pass

    class Page(Ledger):
        title = "危险路段整治"
        columns = "number name section town kind remedies treated_km funds finish_by state"
        filters = "found_on works_passed_on town road state kind remedies must_guard plan_year"
        search = "number name stake section__name"
        names = "name"
        form = [
            Section("点位", "name kind section road town stake place problem found_on"),
            Section("险情", "design_speed radius_m slope_percent drop_m school_bus accidents photos_before"),
            Section("计划", "remedies plan_year project finish_by enterprise"),
            Section("完成量", "wall_m guard_m humps lights treated_km funds photos_after finished_on works_passed_on"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "危险路段整治导入模板",
            columns=(
                "name kind section stake found_on design_speed radius_m slope_percent drop_m school_bus accidents "
                "remedies plan_year finish_by wall_m guard_m humps lights treated_km funds finished_on"
            ),
        )
        exports = (
            "number name kind section road town stake found_on design_speed radius_m slope_percent drop_m "
            "below_standard must_guard school_bus accidents remedies plan_year finish_by wall_m guard_m humps lights "
            "treated_km funds finished_on works_passed_on state"
        )
        sort = "-found_on"
        unit_from = "section"
        map = "place"
        pictures = (
            Board("整治进度", by="state", card="section kind remedies finish_by"),
            Bars("各乡镇整治里程", by="town", of="treated_km", stack="kind"),
        )
        follow_ups = (FollowUp("safety.hazard", "登记隐患", {"place": "place", "found_on": "found_on"}, "surveyed"),)
        example = dict(
            name="示例水库临水段",
            kind=SiteKind.WATER,
            section=None,
            stake="K4+250",
            found_on="2026-02-11",
            drop_m="3.2",
            school_bus=True,
            remedies="guard,sign",
            plan_year=2026,
            finish_by="2026-10-31",
            guard_m="240.0",
            treated_km="0.260",
            funds="86000",
        )

    class Measures:
        found = Count("排查危险路段", on="found_on", unit="处")
        treated = Count("整治危险路段", on="works_passed_on", where=PASSED, unit="处")
        length = Sum("treated_km", "整治危险路段里程", on="works_passed_on", where=PASSED)
        funds = Sum("funds", "危险路段整治投入", on="works_passed_on", where=PASSED)
        curves = Count("急弯改造点位", on="works_passed_on", where=having("curve"), unit="处")
        walls = Count("修建挡墙点位", on="works_passed_on", where=having("wall"), unit="处")
        guards = Count("安装护栏点位", on="works_passed_on", where=having("guard"), unit="处")
        humps = Count("设置减速带点位", on="works_passed_on", where=having("hump"), unit="处")
        lights = Count("安装信号灯点位", on="works_passed_on", where=having("light"), unit="处")
        guard_length = Sum("guard_m", "安装护栏长度", on="works_passed_on", where=PASSED)
        village_gates = Count("整治村口路口", on="works_passed_on", where=PASSED & Q(kind=SiteKind.VILLAGE), unit="处")
        unguarded = Count("应设防护未整治", where=Q(must_guard=True) & ~PASSED, unit="处")

    def faults(self):
        """Each measure has its quantity once the works are done, and days follow one another."""
        yield from stake_faults(self, "stake")
        chosen = Choices.codes(self.remedies)
        for remedy, name in QUANTITY.items():
            if getattr(self, name) and remedy not in chosen:
                yield name, f"填写了“{self.kinds[name].label}”，治理措施中没有“{remedy.label}”。"
            elif self.finished_on and remedy in chosen and not getattr(self, name):
                yield name, f"治理措施有“{remedy.label}”，完工须填写“{self.kinds[name].label}”。"
        for name, before in (("finished_on", "found_on"), ("works_passed_on", "finished_on")):
            earlier, later = getattr(self, before), getattr(self, name)
            if earlier and later and later < earlier:
                yield name, f"“{self.kinds[name].label}”早于“{self.kinds[before].label}”（{earlier}）。"
        if self.finished_on and self.finished_on > clock.today():
            yield "finished_on", "“完工日期”还没有到。"

    def __str__(self):
        return f"{self.name}（{self.stake}）" if self.stake else self.name
