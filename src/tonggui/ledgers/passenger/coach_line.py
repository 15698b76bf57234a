"""客运班线台账: licensed coach lines, from where to where, of which class, until when, and what they ask of a trip.

Basis: 道路运输条例 第十四条 (the licence of a line holds 4 to 8 years), 第十五条 (stopping a line is told 30 days
before); 道路旅客运输及客运站管理规定 for the four classes; 道路旅客运输企业安全管理规范 第三十八条 for two drivers.
"""

from datetime import date

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.law.deadlines import add_months
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
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
    derive,
    own,
)
from tonggui.statutes.licences import BUSINESS_LICENCE_LEAD, LINE_LICENCE_YEARS, STOPPING_NOTICE
from tonggui.statutes.passenger import REAL_NAME_CLASSES, TRIP_CHECK_KM, TWO_DRIVERS_KM, line_class


class Reach(TextChoices):
    PROVINCE = "province", "跨省"
    CITY = "city", "跨设区的市"
    COUNTY = "county", "跨县"
    NEIGHBOUR = "neighbour", "毗邻县之间"
    WITHIN = "within", "县内"


class LineClass(TextChoices):
    ONE = "one", "一类班线"
    TWO = "two", "二类班线"
    THREE = "three", "三类班线"
    FOUR = "four", "四类班线"


def why_not_end(line: "CoachLine") -> str:
    """Who stops a line says so early enough."""
    latest = STOPPING_NOTICE.latest(line.line_ended_on)
    if line.end_told_on > latest:
        return f"终止经营应提前告知：{line.line_ended_on} 终止的，应不迟于 {latest} 告知，实际为 {line.end_told_on}。"
    return ""


class CoachLine(Record):
    """One licensed line of one carrier."""

    number = Number("BX{seq:04}")
    name = Text("班线名称", unique=True, max_length=60, hint="起点至止点，如 示例县至江口镇")
    enterprise = Link("parties.Enterprise", "班线经营者")
    station = Link("passenger.Station", "始发客运站", optional=True)
    start_place = Text("起点", max_length=40)
    end_place = Text("止点", max_length=40)
    reach = Choice(Reach, "营运区域")
    line_class = Choice(LineClass, "班线类型")
    rural = Flag("农村客运班线")
    expressway = Flag("高速公路直达")
    line_km = Amount("线路里程", unit="公里", places=1, least=1, most=5_000, total=False)
    run_hours = Amount("单程运行时间", unit="小时", places=1, least=0, most=72, total=False)
    daily_trips = Integer("日发班次", unit="班", least=0, most=500)
    vehicles = Integer("许可客车", unit="辆", least=1, most=500)
    licence = Text("班线许可证号", max_length=40)
    licence_from = Day("班线许可起始日期")
    licence_years = Integer("班线许可年限", unit="年", total=False)
    licence_until = Day("班线许可有效期至", optional=True, index=True)
    two_drivers = Flag("须配两名驾驶员")
    trip_check = Flag("须趟趟例检")
    real_name = Flag("须实名验票")
    end_told_on = Day("终止经营告知日期", optional=True)
    line_ended_on = Day("终止经营日期", optional=True, index=True)

    @derive("reach")
    def derive_line_class(self):
        return line_class(self.reach)

    @derive("licence_from", "licence_years")
    def derive_licence_until(self):
        """The last day of so many years."""
        return add_months(self.licence_from, 12 * self.licence_years)

    @derive("line_km", "expressway", always=True)
    def derive_two_drivers(self):
        return self.line_km > TWO_DRIVERS_KM.on(clock.today())["expressway" if self.expressway else "road"]

    @derive("line_km", always=True)
    def derive_trip_check(self):
        return self.line_km >= TRIP_CHECK_KM.on(clock.today())

    @derive("line_class", always=True)
    def derive_real_name(self):
        return self.line_class in REAL_NAME_CLASSES.on(clock.today())

    def may_run(self, on: date) -> str:
        """Why no coach of the line may leave on a day; "" when it may."""
        if self.state != "operating":
            return f"{self.name}{self.state_now.label}。"
        if self.licence_until and self.licence_until < on:
            return f"{self.name}的班线许可已于 {self.licence_until} 到期。"
        return ""

    def faults(self):
        """The licence holds as long as the regulation allows."""
        least, most = LINE_LICENCE_YEARS.on(self.licence_from)
        if not least <= self.licence_years <= most:
            yield "licence_years", f"班线许可期限为 {least} 年至 {most} 年。"
        if self.line_ended_on and self.end_told_on and self.line_ended_on < self.end_told_on:
            yield "line_ended_on", f"“终止经营日期”早于告知日期 {self.end_told_on}。"

    class Flow(Workflow):
        operating = State("营运", start=True, confirmed=True, tone="done")
        suspended = State("停运", confirmed=True)
        converted = State("已改公交", final=True, confirmed=True)
        ended = State("终止经营", final=True, confirmed=True, tone="void")

        suspend = Move(operating >> suspended, "报停", by=("transport_officer", "clerk"), comment=True)
        resume = Move(suspended >> operating, "恢复营运", by=("transport_officer", "clerk"))
        convert = Move((operating | suspended) >> converted, "改为公交", by="transport_officer", comment=True)
        end = Move(
            (operating | suspended) >> ended,
            "终止经营",
            by="transport_officer",
            takes=("end_told_on", "line_ended_on"),
            needs=("end_told_on", "line_ended_on"),
            check=why_not_end,
        )

    class Page(Ledger):
        title = "客运班线"
        columns = "number name enterprise line_class line_km daily_trips vehicles licence_until two_drivers state"
        filters = "licence_until unit state line_class enterprise station rural two_drivers"
        search = "number name licence enterprise__name"
        names = "name"
        form = [
            Section("班线", "name enterprise station start_place end_place reach line_class rural expressway"),
            Section("运行", "line_km run_hours daily_trips vehicles two_drivers trip_check real_name"),
            Section("许可", "licence licence_from licence_years licence_until end_told_on line_ended_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"clerk": anyone, "transport_officer": anyone}
        imports = Sheet(
            "客运班线导入模板",
            key="name",
            columns=(
                "enterprise station start_place end_place reach line_class rural expressway line_km run_hours "
                "daily_trips vehicles licence licence_from licence_years"
            ),
        )
        exports = (
            "number name enterprise station start_place end_place reach line_class rural expressway line_km run_hours "
            "daily_trips vehicles licence licence_from licence_years licence_until two_drivers trip_check "
            "real_name state"
        )
        sort = "number"
        unit_from = "enterprise"
        watches = (
            Watch(
                "licence_until",
                "班线许可到期",
                lead=BUSINESS_LICENCE_LEAD,
                where=Q(state__in=("operating", "suspended")),
                basis="道路运输条例第十四条",
            ),
        )
        pictures = (Bars("各类班线", by="line_class"), Bars("各经营者班次", by="enterprise", of="daily_trips"))
        follow_ups = (
            FollowUp("transit.conversion", "班线改公交", {"coach_line": "self"}, states="operating suspended"),
            FollowUp("transit.routefinance", "填报运营盈亏", {"coach_line": "self"}, states="operating suspended"),
        )
        example = dict(
            name="示例县至江口镇（示例）",
            enterprise=None,
            station=None,
            start_place="示例县",
            end_place="江口镇",
            reach=Reach.WITHIN,
            rural=True,
            line_km="28.5",
            run_hours="0.8",
            daily_trips=12,
            vehicles=4,
            licence="示班字000001号",
            licence_from="2023-05-01",
            licence_years=6,
        )

    class Measures:
        lines = Count("客运班线", where=Q(state="operating"), unit="条")
        rural = Count("农村客运班线", where=Q(state="operating", rural=True), unit="条")
        suspended = Count("停运客运班线", where=Q(state="suspended"), unit="条")
        daily_trips = Sum("daily_trips", "日发班次", where=Q(state="operating"))
        ended = Count("终止经营的客运班线", on="line_ended_on", where=Q(state="ended"), unit="条")

    def __str__(self):
        return self.name
