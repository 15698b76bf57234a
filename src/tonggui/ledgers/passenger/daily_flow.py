"""客流日报台账: how many passengers a station sent each day, held against its crowd line, and what was done in a crowd.

Basis: 城市公共交通条例 第三十四条 (flow is watched; in a crowd people are guided, entrances limited), taken for coach
stations as well; 汽车客运站安全生产规范. A report at or over the line goes no further until it says what was done.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Board,
    Calendar,
    Choice,
    Choices,
    Confirming,
    Count,
    Day,
    Every,
    Integer,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.passenger import CROWD


class Season(TextChoices):
    ORDINARY = "ordinary", "平日"
    WEEKEND = "weekend", "周末"
    SPRING = "spring", "春运"
    HOLIDAY = "holiday", "节假日"
    SCHOOL = "school", "开学放假"
    EVENT = "event", "大型活动"


class CrowdLevel(TextChoices):
    NORMAL = "normal", "正常"
    YELLOW = "yellow", "黄色预警"
    ORANGE = "orange", "橙色预警"


class CrowdStep(TextChoices):
    EXTRA = "extra", "加开班次"
    GATES = "gates", "增开售检票口"
    GUIDES = "guides", "增派疏导人员"
    LIMIT = "limit", "限流进站"
    BUSES = "buses", "调公交接驳"
    HALL = "hall", "启用备用候车区"
    CLOSE = "close", "临时关闭车站"


def why_not_submit(report: "DailyFlow") -> str:
    """A crowd without a word of what was done is no report."""
    if report.crowd_level != CrowdLevel.NORMAL and not report.crowd_steps:
        return f"当日客流达到{report.get_crowd_level_display()}，须填写疏运措施。"
    return ""


class DailyFlow(Record):
    """One station on one day."""

    number = Number("KL{year}{seq:05}", year_of="flow_on")
    station = Link("passenger.Station", "客运站")
    enterprise = Link("parties.Enterprise", "站场企业", optional=True)
    flow_on = Day("客流日期", index=True)
    season = Choice(Season, "客流时段", default=Season.ORDINARY)
    sent = Integer("发送旅客", unit="人次", least=0)
    arrived = Integer("到达旅客", unit="人次", least=0, default=0)
    trips_sent = Integer("发送班次", unit="班", least=0)
    extra_trips = Integer("加班车班次", unit="班", least=0, default=0)
    peak_hour = Integer("高峰小时客流", unit="人次", least=0, optional=True, total=False)
    stranded = Integer("滞留旅客", unit="人", least=0, default=0)
    crowd_line = Integer("大客流阈值", unit="人次", least=1, optional=True, total=False)
    crowd_level = Choice(CrowdLevel, "客流预警", default=CrowdLevel.NORMAL)
    crowd_steps = Choices(CrowdStep, "疏运措施", optional=True)
    crowd_note = LongText("疏运情况", optional=True)

    @derive("station")
    def derive_enterprise(self):
        return self.station.enterprise

    @derive("station")
    def derive_crowd_line(self):
        """The station's own line."""
        return self.station.crowd_line

    @derive("sent", "crowd_line", "flow_on", always=True)
    def derive_crowd_level(self):
        """Yellow at the line, orange well above it; people left behind are at least yellow."""
        share, steps = 100 * self.sent / self.crowd_line, CROWD.on(self.flow_on)
        if share >= steps["orange"]:
            return CrowdLevel.ORANGE
        return CrowdLevel.YELLOW if share >= steps["yellow"] or self.stranded else CrowdLevel.NORMAL

    @column("占阈值比例", unit="%")
    def crowd_share(self):
        return round(100 * self.sent / self.crowd_line) if self.crowd_line else None

    @column("班均旅客", unit="人")
    def mean_load(self):
        return round(self.sent / self.trips_sent, 1) if self.trips_sent else None

    def faults(self):
        """One report a day; an hour is not more than its day; extra trips are among the trips."""
        if self.peak_hour is not None and self.peak_hour > self.sent + self.arrived:
            yield "peak_hour", "“高峰小时客流”多于当日发送与到达之和。"
        if self.extra_trips > self.trips_sent:
            yield "extra_trips", "“加班车班次”多于“发送班次”。"
        same = DailyFlow._base_manager.filter(station=self.station_id, flow_on=self.flow_on).exclude(state="void")
        if there := same.exclude(pk=self.pk).first():
            yield "flow_on", f"{self.station}这一天已有日报 {there.number}。"
        if self.flow_on and self.flow_on > clock.today():
            yield "flow_on", "还没有到这一天。"

    class Flow(
        Confirming, enters=("enterprise", "clerk", "transport_officer"), checks=("transport_officer", "director")
    ):
        submit = Move(
            (Confirming.draft | Confirming.amending) >> Confirming.submitted,
            "提交审核",
            by=("enterprise", "clerk", "transport_officer"),
            check=why_not_submit,
        )

    class Page(Ledger):
        title = "客流日报"
        columns = "number flow_on station season sent crowd_line crowd_share crowd_level trips_sent stranded state"
        filters = "flow_on unit station state season crowd_level"
        search = "number station__name"
        form = [
            Section("客流", "station flow_on season sent arrived peak_hour"),
            Section("班次", "trips_sent extra_trips stranded"),
            Section("大客流", "crowd_line crowd_level crowd_steps crowd_note"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone, "enterprise": own("enterprise")}
        imports = Sheet(
            "客流日报导入模板",
            key="station flow_on",
            columns="season sent arrived trips_sent extra_trips peak_hour stranded crowd_steps crowd_note",
        )
        exports = (
            "number station flow_on season sent arrived trips_sent extra_trips peak_hour stranded crowd_line "
            "crowd_share crowd_level mean_load crowd_steps crowd_note state"
        )
        sort = "-flow_on"
        unit_from = "station"
        duties = (
            Every(
                "day",
                "客流日报",
                on="flow_on",
                per="station",
                of=Q(grade__in=("first", "second", "third"), state="in_use"),
                grace=1,
                tell="transport_officer",
                basis="客流日报制度（本局自定）",
            ),
        )
        pictures = (
            Calendar("客流日历", on="flow_on", text="station sent"),
            Bars("各月发送旅客", by="flow_on", of="sent", stack="season"),
            Board("预警看板", by="crowd_level", card="station flow_on sent"),
        )
        example = dict(
            station=None,
            flow_on="2026-02-14",
            season=Season.SPRING,
            sent=1320,
            arrived=980,
            trips_sent=66,
            extra_trips=4,
            peak_hour=260,
        )

    class Measures:
        sent = Sum("sent", "客运站发送旅客", on="flow_on")
        spring = Sum("sent", "春运发送旅客", on="flow_on", where=Q(season=Season.SPRING))
        trips = Sum("trips_sent", "客运站发送班次", on="flow_on")
        extra = Sum("extra_trips", "加开班次", on="flow_on")
        crowded = Count("大客流日", on="flow_on", where=~Q(crowd_level=CrowdLevel.NORMAL), unit="站日")
        stranded = Sum("stranded", "滞留旅客", on="flow_on")

    def __str__(self):
        return f"{self.flow_on} {self.station}"
