"""报警处置台账: alarms of the fleet that a person must look at, from being raised to being dealt with.

Basis: 道路运输车辆动态监督管理办法 (2022) 第二十五条, violations are handled in time and recorded; 第三十五条, a
handling rate below 90 % is an offence of the enterprise. The machine opens a record for each alarm of the stream; a
monitor says whether it is true, and what was done.
"""

from datetime import timedelta

from django.db.models import F, Q, TextChoices

from tonggui.base.clock import CHINA, today
from tonggui.register.declare import (
    Amount,
    Choice,
    Count,
    Day,
    Evidence,
    FollowUp,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Place,
    Record,
    Section,
    State,
    Text,
    Workflow,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.dynamic_supervision import ALARM_HANDLING_DAYS


class AlarmKind(TextChoices):
    OVERSPEED = "overspeed", "超速"
    ENTERED = "area_entered", "驶入区域"
    LEFT = "area_left", "驶出区域"
    SILENT = "silent", "长时间无数据"


class Action(TextChoices):
    REMINDED = "reminded", "语音提醒驾驶员"
    CALLED = "called", "电话通知企业"
    STOPPED = "stopped", "要求停车整改"
    REPAIRED = "repaired", "通知检修终端"
    HANDED_OVER = "handed_over", "移交执法"


class Alarm(Record):
    """One alarm of one vehicle. `alarm_id` is the stream's, so an alarm told twice is one record."""

    number = Number("BJ{year}{seq:06}", year_of="raised_on")
    alarm_id = Text("报警标识", unique=True, max_length=64)
    kind = Choice(AlarmKind, "类型")
    vehicle = Link("fleet.Vehicle", "车辆")
    enterprise = Link("parties.Enterprise", "企业", optional=True)
    raised_at = Moment("开始时间", index=True)
    raised_on = Day("报警日期", index=True, optional=True)
    ended_at = Moment("结束时间", optional=True)
    speed_kmh = Amount("最高速度", unit="km/h", optional=True, total=False)
    limit_kmh = Amount("限速", unit="km/h", optional=True, total=False)
    detail = Text("情况", optional=True, max_length=200)
    place = Place("位置", optional=True)
    evidence = Evidence()
    due_on = Day("处置期限", optional=True)
    verified_on = Day("核实日期", optional=True)
    action = Choice(Action, "处置措施", optional=True)
    result = LongText("处置结果", optional=True)
    handled_on = Day("处置日期", optional=True)

    @derive("raised_at", always=True)
    def derive_raised_on(self):
        """The day in China on which the alarm began."""
        return self.raised_at.astimezone(CHINA).date()

    @derive("raised_on")
    def derive_due_on(self):
        """The last day on which the alarm is handled in time, by the bureau's own parameter."""
        return self.raised_on + timedelta(days=ALARM_HANDLING_DAYS.on(self.raised_on))

    def prepare(self):
        """A step whose day was left open was taken today; without a day it could never count as in time."""
        if self.state in ("true", "false", "handled"):
            self.verified_on = self.verified_on or today()
        if self.state == "handled":
            self.handled_on = self.handled_on or today()

    def faults(self):
        """An alarm is verified and handled after it was raised."""
        for name in ("verified_on", "handled_on"):
            day = getattr(self, name)
            if day and day < self.raised_at.astimezone(CHINA).date():
                yield name, f"“{self.kinds[name].label}”早于报警日期，请核对。"

    @column("历时", unit="分钟")
    def minutes(self):
        """Whole minutes from the first to the last frame of the alarm."""
        return None if self.ended_at is None else int((self.ended_at - self.raised_at).total_seconds() // 60)

    class Flow(Workflow):
        raised = State("待核实", start=True, due="due_on")
        true = State("待处置", due="due_on")
        handled = State("已处置", final=True, confirmed=True)
        false = State("误报", final=True, confirmed=True, tone="void")

        verify = Move(raised >> true, "核实属实", by="monitor", takes=("verified_on",))
        dismiss = Move(raised >> false, "判为误报", by="monitor", takes=("verified_on",), comment=True)
        handle = Move(
            true >> handled,
            "处置完毕",
            by=("monitor", "enterprise"),
            needs=("action",),
            takes=("action", "result", "handled_on"),
        )
        reopen = Move(
            (handled | false) >> raised,
            "重新核实",
            by="safety_officer",
            comment=True,
            sets={"verified_on": None, "handled_on": None},
        )

    class Page(Ledger):
        title = "报警处置"
        menu = "车辆监管"
        columns = "number kind vehicle enterprise raised_at minutes speed_kmh limit_kmh due_on state"
        filters = "raised_on enterprise kind state vehicle"
        search = "number vehicle__plate detail"
        form = [
            Section("报警", "kind vehicle enterprise raised_at ended_at speed_kmh limit_kmh detail place alarm_id"),
            Section("处置", "due_on verified_on action result handled_on"),
            Section("依据", "evidence"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"monitor": anyone}
        exports = (
            "number kind vehicle enterprise raised_at ended_at speed_kmh limit_kmh detail action result "
            "handled_on state"
        )
        unit_from = "vehicle"
        sort = "-raised_at"
        map = "place"
        follow_ups = (
            FollowUp(
                "fleet.violation",
                "登记违规处理",
                {"alarm": "self", "vehicle": "vehicle", "violated_on": "raised_on", "detail": "detail"},
                states="true handled",
            ),
        )
        example = dict(
            alarm_id="example-1",
            kind=AlarmKind.OVERSPEED,
            vehicle=None,
            raised_at="2026-06-01T09:12:00+08:00",
            speed_kmh="92.5",
            limit_kmh="80",
        )

    class Measures:
        raised = Count("报警", on="raised_on", confirmed=False, unit="条")
        verified = Count("核实属实", on="raised_on", where=Q(state__in=("true", "handled")), confirmed=False, unit="条")
        handled = Count("已处置", on="raised_on", where=Q(state="handled"), unit="条")
        in_time = Count("按期处置", on="raised_on", where=Q(state="handled", handled_on__lte=F("due_on")), unit="条")

    def __str__(self):
        return f"{self.vehicle.plate} {self.get_kind_display()} {self.raised_at.astimezone(CHINA):%m-%d %H:%M}"
