"""充电桩台账: charging points of bus yards, stations and service areas, and whether they work.

Basis: 城市公共交通条例 on facilities of bus service; JJG 1148 / JJG 1149 for the meters of AC and DC charging points,
verified in turn (待核对). A charging point is counted from the day it was handed over.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Flag,
    Handheld,
    Integer,
    Ledger,
    Link,
    Money,
    Move,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
    own,
)
from tonggui.statutes.licences import SCALE_LEAD


class Site(TextChoices):
    BUS_YARD = "bus_yard", "公交场站"
    COACH_STATION = "coach_station", "客运站"
    SERVICE_AREA = "service_area", "公路服务区"
    TOWN = "town", "乡镇运输站"
    TAXI = "taxi", "出租服务区"


class Current(TextChoices):
    DC = "dc", "直流快充"
    AC = "ac", "交流慢充"


class Charger(Record):
    """One charging point; its guns are counted by themselves."""

    number = Number("CD{seq:04}")
    asset_no = Text("桩体编号", unique=True, max_length=40)
    site_kind = Choice(Site, "充电桩所在场所", default=Site.BUS_YARD)
    station = Link("passenger.Station", "所在客运站", optional=True)
    enterprise = Link("parties.Enterprise", "充电桩运营企业", optional=True)
    project = Link("works.Project", "项目", optional=True)
    place = Place("位置", optional=True)
    current = Choice(Current, "充电方式", default=Current.DC)
    rated_kw = Amount("额定功率", unit="千瓦", places=1, least=1, most=2_000, total=False)
    guns = Integer("充电枪", unit="把", least=1, most=20, default=1)
    open_to_all = Flag("对社会开放")
    built_cost = Money("充电桩造价", optional=True, least=0)
    commissioned_on = Day("充电桩投运日期", optional=True, index=True)
    meter_due = Day("电能计量检定有效期至", optional=True, index=True)
    earthing_checked_on = Day("接地绝缘检测日期", optional=True)
    broken_on = Day("故障日期", optional=True)
    broken_days = Integer("累计故障天数", unit="天", least=0, default=0)

    @column("单枪功率", unit="千瓦")
    def kw_per_gun(self):
        return round(self.rated_kw / self.guns, 1) if self.guns else None

    def faults(self):
        """A station's charging point names its station; slow charging is not a hundred kilowatts."""
        if self.site_kind == Site.COACH_STATION and self.station_id is None:
            yield "station", "设在客运站的充电桩须选择所在客运站。"
        if self.current == Current.AC and self.rated_kw > 50:
            yield "rated_kw", "交流慢充的额定功率不会这样大，请核对充电方式。"
        if self.broken_on and self.commissioned_on and self.broken_on < self.commissioned_on:
            yield "broken_on", "“故障日期”早于充电桩投运日期。"

    def why_not_commission(self) -> str:
        return "" if self.earthing_checked_on else "没有接地绝缘检测记录，不得投运。"

    class Flow(Workflow):
        under_construction = State("建设安装", start=True)
        charging = State("可用", confirmed=True, tone="done")
        broken = State("故障停用", confirmed=True, tone="todo")
        dismantled = State("拆除退出", final=True, confirmed=True, tone="void")

        commission = Move(
            under_construction >> charging,
            "投运",
            by=("transport_officer", "project_officer"),
            takes=("earthing_checked_on", "commissioned_on"),
            needs=("commissioned_on",),
            check=lambda charger: charger.why_not_commission(),
        )
        break_down = Move(
            charging >> broken,
            "报充电故障",
            by=("transport_officer", "enterprise"),
            takes=("broken_on",),
            needs=("broken_on",),
            comment=True,
        )
        back_in_use = Move(
            broken >> charging,
            "修复可用",
            by=("transport_officer", "enterprise"),
            takes=("broken_days", "earthing_checked_on"),
            needs=("broken_days",),
        )
        dismantle = Move((charging | broken) >> dismantled, "拆除退出", by="transport_officer", comment=True)

    class Page(Ledger):
        title = "充电桩"
        columns = "number asset_no site_kind station enterprise current rated_kw guns commissioned_on state"
        filters = "commissioned_on meter_due state site_kind station current enterprise"
        search = "number asset_no enterprise__name"
        names = "asset_no"
        form = [
            Section("充电桩", "asset_no site_kind station enterprise project place"),
            Section("参数", "current rated_kw guns open_to_all built_cost"),
            Section("运行", "commissioned_on meter_due earthing_checked_on broken_on broken_days"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "project_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "充电桩导入模板",
            key="asset_no",
            columns="site_kind station enterprise project place current rated_kw guns open_to_all built_cost "
            "commissioned_on meter_due earthing_checked_on",
        )
        exports = (
            "number asset_no site_kind station enterprise project current rated_kw guns kw_per_gun open_to_all "
            "built_cost commissioned_on meter_due earthing_checked_on broken_days state"
        )
        sort = "number"
        unit_from = "enterprise"
        map = "place"
        watches = (Watch("meter_due", "充电桩计量检定到期", lead=SCALE_LEAD, where=Q(state="charging")),)
        pictures = (
            Board("充电桩看板", by="state", card="site_kind rated_kw guns"),
            Bars("各场所", by="site_kind", of="guns"),
        )
        handheld = Handheld(
            "充电桩巡检", "asset_no site_kind place current rated_kw guns", moves="break_down back_in_use"
        )
        example = dict(
            asset_no="示-CD-001",
            site_kind=Site.BUS_YARD,
            rated_kw="120.0",
            guns=2,
            open_to_all=True,
            earthing_checked_on="2026-02-20",
            place="121.452, 31.240",
        )

    class Measures:
        points = Count("可用充电桩", where=Q(state__in=("charging", "broken")), unit="个")
        built = Count("建成充电桩", on="commissioned_on", unit="个")
        guns = Sum("guns", "充电枪", where=Q(state__in=("charging", "broken")))
        public = Count("社会开放充电桩", where=Q(state="charging", open_to_all=True), unit="个")

    def __str__(self):
        return self.asset_no
