"""出站检查台账: each trip of a coach at its station, let out only with every pass (三不进站、六不出站).

Basis: 汽车客运站安全生产规范 第二十六条, 第二十七条; 道路运输条例 第七十条. The refusals stand in
`departure_gate.py`. The registration form is signed by the gatekeeper and the driver before the gate opens (H-13); a
coach found unsafe goes back to repair and comes out only with a new check.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.passenger.departure_gate import hours_before, last_check, why_not_leave
from tonggui.register.declare import (
    Amount,
    Bars,
    Calendar,
    Choices,
    Count,
    Day,
    Flag,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Paper,
    Photos,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    column,
    derive,
    own,
)


class Refusal(TextChoices):
    OVERLOAD = "overload", "超载客车"
    UNCHECKED = "unchecked", "安全例检不合格"
    DRIVER = "driver", "驾驶员资格不符合要求"
    PAPERS = "papers", "客车证件不齐全"
    UNSIGNED = "unsigned", "出站登记表未经审核签字"
    BELTS = "belts", "旅客未系安全带"


FORM = """{station}　班次：{trip_no}　{coach_line}

- 发车时间 | {scheduled_at} | 车辆 | {vehicle}
- 驾驶员 | {driver} | 副班驾驶员 | {second_driver}
- 例检通知单 | {safety_check} | 行包安检 | {luggage_checked}
- 旅客 | {passengers} | 免票儿童 | {free_children}
- 安全带 | {belted} | 证件齐全 | {papers_complete}

【查获违禁品：{banned_items}】"""

GATE = ("enterprise", "transport_officer")


class Departure(Record):
    """One trip at the gate. The pass notice and the driver's hours come from the ledgers by themselves."""

    number = Number("CZ{year}{seq:06}", year_of="departs_on")
    station = Link("passenger.Station", "出站客运站")
    enterprise = Link("parties.Enterprise", "站场企业", optional=True)
    coach_line = Link("passenger.CoachLine", "客运班线")
    trip_no = Text("班次号", max_length=20)
    scheduled_at = Moment("计划发车时间")
    departs_on = Day("发车日期", optional=True, index=True)
    vehicle = Link("fleet.Vehicle", "车辆")
    driver = Link("fleet.Driver", "当班驾驶员")
    second_driver = Link("fleet.Driver", "副班驾驶员", optional=True)
    safety_check = Link("passenger.SafetyCheck", "例检合格通知单", optional=True)
    driven_hours = Amount("此前已驾驶时间", unit="小时", places=1, optional=True, least=0, most=24, total=False)
    rest_minutes = Integer("班前休息时间", unit="分钟", optional=True, least=0, total=False)
    sober = Flag("酒精检测合格")
    papers_complete = Flag("证件齐全")
    real_name_done = Flag("实名验票完成")
    luggage_checked = Flag("行包安检合格")
    bags = Integer("安检行包", unit="件", least=0, default=0)
    banned_items = Text("查获违禁品", optional=True, max_length=120, hint="名称、数量和处理情况")
    passengers = Integer("乘客人数", unit="人", least=0, most=200, default=0)
    free_children = Integer("免票儿童", unit="人", least=0, default=0)
    crew = Integer("随车驾乘人员", unit="人", least=1, most=5, default=1, hint="核定载客含驾驶员，一并计算")
    belted = Flag("全员系好安全带")
    gate_signature = Photos("出站检查员签名")
    driver_signature = Photos("驾驶员签名")
    photos = Photos("出站照片")
    gate_refusals = Choices(Refusal, "不准出站原因", optional=True)
    coach_fault = LongText("车辆故障情况", optional=True)
    returned_at = Moment("退回维修时间", optional=True)
    left_at = Moment("实际出站时间", optional=True)

    @derive("station")
    def derive_enterprise(self):
        return self.station.enterprise

    @derive("scheduled_at", always=True)
    def derive_departs_on(self):
        return self.scheduled_at.astimezone(clock.CHINA).date()

    @derive("vehicle", "scheduled_at")
    def derive_safety_check(self):
        return last_check(self)

    @derive("driver", "scheduled_at")
    def derive_driven_hours(self):
        return hours_before(self)

    def others(self):
        """All other trips at any gate."""
        return Departure._base_manager.exclude(pk=self.pk)

    @property
    def aboard(self) -> int:
        return self.passengers + self.crew + self.free_children

    @column("剩余座位", unit="个")
    def free_seats(self):
        return None if self.vehicle.seats is None else self.vehicle.seats - self.passengers - self.crew

    def why_not_return(self) -> str:
        """Back at the gate only with a check made after it was sent to repair."""
        check = self.safety_check
        passed_at = check and (check.repaired_at or check.checked_at)
        if check is None or check.state != "check_passed" or passed_at < self.returned_at:
            return "退回维修后须重新例检合格，现有合格通知单早于退回时间。"
        return ""

    def faults(self):
        """Two different drivers; what was found is named; no trip stands twice in the book."""
        if self.second_driver_id and self.second_driver_id == self.driver_id:
            yield "second_driver", "副班驾驶员与当班驾驶员是同一人。"
        if self.scheduled_at and self.coach_line_id and self._twin():
            yield "trip_no", "同一班线同一时间已有这个班次。"

    def _twin(self):
        same = self.others().filter(coach_line=self.coach_line_id, scheduled_at=self.scheduled_at, trip_no=self.trip_no)
        return same.exclude(state__in=("refused", "void")).exists()

    class Flow(Workflow):
        at_gate = State("待检查放行", start=True)
        departed = State("已出站", final=True, confirmed=True)
        in_repair = State("退回维修", tone="todo")
        refused = State("不准出站", final=True, confirmed=True, tone="void")
        void = State("作废", final=True, tone="void")

        let_out = Move(
            at_gate >> departed,
            "放行出站",
            by=GATE,
            check=why_not_leave,
            sets={"left_at": clock.now},
            recall=False,
        )
        refuse = Move(at_gate >> refused, "不准出站", by=GATE, takes=("gate_refusals",), needs=("gate_refusals",))
        to_repair = Move(
            at_gate >> in_repair,
            "退回车辆维修",
            by=GATE,
            takes=("coach_fault",),
            needs=("coach_fault",),
            sets={"returned_at": clock.now},
        )
        back_from_repair = Move(
            in_repair >> at_gate,
            "修复后重新报班",
            by=GATE,
            takes=("safety_check",),
            needs=("safety_check",),
            check=lambda trip: trip.why_not_return(),
        )
        cancel = Move((at_gate | in_repair) >> void, "作废", by="transport_officer", comment=True)

    class Page(Ledger):
        title = "出站检查"
        columns = "number scheduled_at station coach_line vehicle driver passengers free_seats safety_check state"
        filters = "departs_on unit station state coach_line vehicle driver gate_refusals"
        search = "number trip_no vehicle__plate"
        form = [
            Section("班次", "station coach_line trip_no scheduled_at vehicle safety_check"),
            Section("驾驶员", "driver second_driver driven_hours rest_minutes sober"),
            Section("安检与证件", "papers_complete real_name_done luggage_checked bags banned_items"),
            Section("乘载", "passengers free_children crew belted photos"),
            Section("签字", "gate_signature driver_signature"),
            Section("不准出站", "gate_refusals coach_fault"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "enterprise": own("enterprise")}
        imports = Sheet(
            "出站检查导入模板",
            key="coach_line scheduled_at trip_no",
            columns=(
                "station coach_line trip_no scheduled_at vehicle driver second_driver rest_minutes sober "
                "papers_complete real_name_done luggage_checked bags banned_items passengers free_children crew belted"
            ),
        )
        exports = (
            "number station coach_line trip_no scheduled_at left_at vehicle driver second_driver safety_check "
            "driven_hours rest_minutes sober papers_complete real_name_done luggage_checked bags banned_items "
            "passengers free_children crew belted gate_refusals coach_fault state"
        )
        sort = "-scheduled_at"
        unit_from = "station"
        papers = (Paper("客车出站登记表", FORM, states="departed", signs="出站检查员 驾驶员"),)
        pictures = (
            Calendar("发车日历", on="departs_on", text="coach_line vehicle"),
            Bars("各班线发送旅客", by="coach_line", of="passengers"),
        )
        handheld = Handheld(
            "出站检查",
            "station coach_line trip_no scheduled_at vehicle driver second_driver rest_minutes sober papers_complete "
            "real_name_done luggage_checked bags banned_items passengers free_children crew belted photos "
            "gate_signature driver_signature",
            moves="let_out refuse to_repair back_from_repair",
            big="let_out",
            nearest="station",
            signs="gate_signature driver_signature",
        )
        example = dict(
            station=None,
            coach_line=None,
            trip_no="K001",
            scheduled_at="2026-03-01 08:00",
            vehicle=None,
            driver=None,
            sober=True,
            papers_complete=True,
            real_name_done=True,
            luggage_checked=True,
            bags=18,
            passengers=32,
            free_children=2,
            belted=True,
        )

    class Measures:
        departures = Count("检查出站", on="departs_on", where=Q(state="departed"), unit="班次")
        refused = Count("不准出站", on="departs_on", where=Q(state="refused"), unit="班次")
        passengers = Sum("passengers", "班车发送旅客", on="departs_on", where=Q(state="departed"))
        bags = Sum("bags", "安检行包", on="departs_on")
        banned = Count("查获违禁品", on="departs_on", where=~Q(banned_items=""), unit="班次")

    def __str__(self):
        return f"{self.trip_no} {self.scheduled_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"
