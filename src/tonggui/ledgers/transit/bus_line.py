"""公交线路台账: bus lines of every kind, from where to where, how often and how late, with how many vehicles.

Basis: 城市公共交通条例 第十条 (layout), 第二十条 (route, stops, hours, headway published), 第二十二条 and 第二十七条:
none of them is changed by the operator alone. So the line is changed by the ledger of line changes.
"""

import re

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Money,
    Move,
    Number,
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
from tonggui.statutes.licences import BUSINESS_LICENCE_LEAD
from tonggui.statutes.passenger import DETOUR_MOST

CLOCK_TIME = re.compile(r"(?:[01]?\d|2[0-6]):[0-5]\d")


class LineKind(TextChoices):
    CITY = "city", "城市公交"
    RURAL = "rural", "城乡公交"
    CROSS_CITY = "cross_city", "跨市公交"
    MICRO = "micro", "微循环公交"
    COMMUNITY = "community", "社区公交"
    SCHOOL = "school", "学生专线"


def wrong_times(record, first: str, last: str):
    """Times of day that are none, and a last bus before the first; 24:30 is half past midnight."""
    for name in (first, last):
        if (said := getattr(record, name)) and not CLOCK_TIME.fullmatch(said):
            yield name, f"不是班次时间：{said}。请写成 06:30 这样的形式，次日凌晨写成 24:30。"
            return
    if getattr(record, first) and getattr(record, last) and minutes(record, last) <= minutes(record, first):
        yield last, f"“{record.kinds[last].label}”应晚于“{record.kinds[first].label}”。"


def minutes(record, name: str) -> int:
    """Minutes after midnight of a time such as 06:30."""
    hour, minute = getattr(record, name).split(":")
    return 60 * int(hour) + int(minute)


class BusLine(Record):
    """One line as it runs now; how it came to run so stands in its changes."""

    number = Number("GJ{seq:04}")
    name = Text("线路名称", unique=True, max_length=40)
    kind = Choice(LineKind, "线路类型")
    enterprise = Link("parties.Enterprise", "公交企业")
    start_place = Text("起点", max_length=40)
    end_place = Text("止点", max_length=40)
    towns_served = Text("途经乡镇", optional=True, max_length=120)
    line_km = Amount("线路里程", unit="公里", places=1, least=0, most=300)
    straight_km = Amount("首末站直线距离", unit="公里", places=1, least=0, optional=True, total=False)
    stops = Integer("停靠站点", unit="个", least=2, most=200)
    headway = Integer("发车间隔", unit="分钟", least=1, most=720, total=False, hint="高峰时段")
    first_bus = Text("首班时间", max_length=5, hint="如 06:30")
    last_bus = Text("末班时间", max_length=5)
    daily_trips = Integer("日发班次", unit="班", least=0, most=2000)
    vehicles = Integer("配车数", unit="辆", least=0, most=500)
    fare = Money("线路票价", optional=True, least=0)
    launched_on = Day("开通日期", index=True)
    line_agreement_until = Day("公交服务协议有效期至", optional=True, index=True)
    former_line = Link("passenger.CoachLine", "原客运班线", optional=True)
    post_shared = Flag("客货邮融合")

    @column("非直线系数")
    def detour_ratio(self):
        """Length over the straight distance of the ends, to two decimals; loops have none."""
        return round(self.line_km / self.straight_km, 2) if self.straight_km else None

    @column("绕行", numeric=False)
    def detour_word(self):
        if self.detour_ratio() is None:
            return None
        return "偏绕" if self.detour_ratio() > DETOUR_MOST.on(clock.today()) else "合适"

    @column("服务时长", unit="小时")
    def service_hours(self):
        return round((minutes(self, "last_bus") - minutes(self, "first_bus")) / 60, 1)

    def faults(self):
        yield from wrong_times(self, "first_bus", "last_bus")
        if self.straight_km and self.straight_km > self.line_km:
            yield "straight_km", "“首末站直线距离”大于“线路里程”。"

    class Flow(Workflow):
        operating = State("营运", start=True, confirmed=True, tone="done")
        suspended = State("停运", confirmed=True)
        withdrawn_line = State("已撤线", final=True, confirmed=True, tone="void")

        suspend = Move(operating >> suspended, "报停", by="transport_officer", comment=True)
        resume = Move(suspended >> operating, "恢复营运", by="transport_officer", comment=True)
        withdraw_line = Move(
            (operating | suspended) >> withdrawn_line, "撤销线路", by="transport_officer", comment=True
        )

    class Page(Ledger):
        title = "公交线路"
        columns = "number name kind enterprise line_km stops headway first_bus last_bus vehicles state"
        filters = "launched_on line_agreement_until unit state kind enterprise post_shared"
        search = "number name start_place end_place towns_served"
        names = "name"
        form = [
            Section("线路", "name kind enterprise start_place end_place towns_served line_km straight_km stops"),
            Section("运行", "headway first_bus last_bus daily_trips vehicles fare"),
            Section("来历", "launched_on line_agreement_until former_line post_shared"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "公交线路导入模板",
            key="name",
            columns=(
                "kind enterprise start_place end_place towns_served line_km straight_km stops headway first_bus "
                "last_bus daily_trips vehicles fare launched_on line_agreement_until former_line"
            ),
        )
        exports = (
            "number name kind enterprise start_place end_place towns_served line_km straight_km detour_ratio "
            "detour_word stops headway first_bus last_bus service_hours daily_trips vehicles fare launched_on "
            "line_agreement_until former_line post_shared state"
        )
        sort = "number"
        unit_from = "enterprise"
        watches = (
            Watch(
                "line_agreement_until",
                "公交服务协议到期",
                lead=BUSINESS_LICENCE_LEAD,
                where=~Q(state="withdrawn_line"),
                basis="城市公共交通条例第十八条",
            ),
        )
        pictures = (
            Bars("各类线路里程", by="kind", of="line_km"),
            Bars("各企业配车", by="enterprise", of="vehicles", stack="kind"),
            Board("线路看板", by="kind", card="start_place end_place headway vehicles"),
        )
        follow_ups = (
            FollowUp("transit.linechange", "登记线路调整", {"line": "self"}, states="operating suspended"),
            FollowUp("transit.routefinance", "填报运营盈亏", {"line": "self"}, states="operating suspended"),
        )
        example = dict(
            name="示例1路",
            kind=LineKind.CITY,
            enterprise=None,
            start_place="示例客运中心",
            end_place="示例政务中心",
            line_km="9.6",
            straight_km="7.2",
            stops=18,
            headway=12,
            first_bus="06:30",
            last_bus="20:30",
            daily_trips=64,
            vehicles=8,
            fare="2.00",
            launched_on="2019-05-01",
        )

    class Measures:
        lines = Count("公交线路", where=Q(state="operating"), unit="条")
        rural = Count("城乡公交线路", where=Q(state="operating", kind=LineKind.RURAL), unit="条")
        cross_city = Count("跨市公交线路", where=Q(state="operating", kind=LineKind.CROSS_CITY), unit="条")
        launched = Count("开通公交线路", on="launched_on", unit="条")
        km = Sum("line_km", "公交线路总里程", where=Q(state="operating"))
        vehicles = Sum("vehicles", "公交线路配车", where=Q(state="operating"))
        post_shared = Count("客货邮融合线路", where=Q(state="operating", post_shared=True), unit="条")

    def __str__(self):
        return self.name
