"""跨境轨迹异常台账: a cross-border truck outside its place or corridor for longer than allowed, to its closing.

Basis: the closed loop for cross-border trucks (督导、轨迹、作业点、人员). The monitor verifies within minutes by
telephone and picture; what is true goes upward within the bureau's time and is closed by a second person once people
and vehicle are back under control.
"""

from datetime import timedelta

from django.db.models import F, Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.health import ANOMALY_REPORT_MINUTES, ANOMALY_VERIFY_MINUTES, OUTSIDE_MINUTES


class StrayCause(TextChoices):
    BREAKDOWN = "breakdown", "车辆故障"
    FUEL = "fuel", "加油维修"
    DIVERSION = "diversion", "道路封闭绕行"
    DEVICE = "device", "设备或信号故障"
    REST = "rest", "擅自停车休息"
    CONTACT = "contact", "擅自上下人员或装卸"


#: What the driver answers for; the rest explains itself.
WILFUL = (StrayCause.REST, StrayCause.CONTACT)


class Anomaly(Record):
    """One stay outside. `minutes_outside` runs from leaving to coming back, or to the finding."""

    number = Number("KJY{year}{seq:05}", year_of="strayed_on")
    vehicle = Link("fleet.Vehicle", "车辆")
    border_point = Link("health.BorderPoint", "跨境作业点")
    strayed_at = Moment("离开范围时间")
    strayed_on = Day("异常日期", optional=True)
    came_back_at = Moment("返回范围时间", optional=True)
    minutes_outside = Integer("范围外时长", unit="分钟", least=0)
    place = Place("位置", optional=True)
    stray_cause = Choice(StrayCause, "异常原因", optional=True)
    verify_stray_by = Moment("应核实异常时间", optional=True)
    stray_checked_at = Moment("异常核实时间", optional=True)
    stray_facts = LongText("异常核实情况", optional=True)
    report_stray_by = Moment("应上报异常时间", optional=True)
    told_above_at = Moment("异常上报时间", optional=True)
    told_above = Text("异常上报单位", optional=True, max_length=60)
    loop_measures = LongText("闭环处置措施", optional=True, hint="车辆、驾驶员、接触人员分别如何处置")
    screenshots = Photos("轨迹截图")

    @derive("strayed_at", always=True)
    def derive_strayed_on(self):
        return self.strayed_at.astimezone(clock.CHINA).date()

    @derive("strayed_at", "came_back_at")
    def derive_minutes_outside(self):
        """Whole minutes from leaving to coming back; None while it is still outside and nobody has said."""
        back = self.came_back_at
        return None if back is None else max(0, int((back - self.strayed_at).total_seconds() // 60))

    @derive("strayed_at", always=True)
    def derive_verify_stray_by(self):
        """The minutes for verifying run from the end of the minutes allowed."""
        day = self.strayed_at.astimezone(clock.CHINA).date()
        return self.strayed_at + timedelta(minutes=OUTSIDE_MINUTES.on(day) + ANOMALY_VERIFY_MINUTES.on(day))

    @derive("strayed_at", always=True)
    def derive_report_stray_by(self):
        day = self.strayed_at.astimezone(clock.CHINA).date()
        return self.strayed_at + timedelta(minutes=OUTSIDE_MINUTES.on(day) + ANOMALY_REPORT_MINUTES.on(day))

    def why_not_true(self) -> str:
        """Minutes within the allowance are no anomaly."""
        allowed = OUTSIDE_MINUTES.on(self.strayed_on)
        return "" if self.minutes_outside > allowed else f"范围外 {self.minutes_outside} 分钟，未超过 {allowed} 分钟。"

    class Flow(Workflow):
        raised = State("待核实", start=True, due="strayed_on")
        true_stray = State("待上报", due="strayed_on", confirmed=True)
        told = State("待闭环", confirmed=True)
        loop_closed = State("已闭环", final=True, confirmed=True)
        false = State("误报", final=True, tone="void")

        confirm_stray = Move(
            raised >> true_stray,
            "核实为异常",
            by=("monitor", "transport_officer"),
            needs=("stray_cause", "stray_facts"),
            sets={"stray_checked_at": clock.now},
            check=lambda anomaly: anomaly.why_not_true(),
        )
        dismiss = Move(raised >> false, "判为误报", by=("monitor", "transport_officer"), comment=True)
        tell_above = Move(
            true_stray >> told,
            "上报异常",
            by=("monitor", "transport_officer"),
            needs=("told_above",),
            sets={"told_above_at": clock.now},
        )
        close_loop = Move(
            told >> loop_closed,
            "闭环销号",
            by=("transport_officer", "safety_officer"),
            needs=("loop_measures",),
            takes=("came_back_at",),
            check=lambda anomaly: "" if anomaly.came_back_at else "车辆还没有返回范围时间，不能闭环。",
            not_same_as=("confirm_stray", "tell_above"),
        )

    class Page(Ledger):
        title = "跨境轨迹异常"
        columns = "number strayed_at vehicle border_point minutes_outside stray_cause report_stray_by state"
        filters = "strayed_on border_point vehicle stray_cause state"
        search = "number vehicle__plate stray_facts"
        form = [
            Section("异常", "vehicle border_point strayed_at came_back_at minutes_outside place screenshots"),
            Section("核实和闭环", "stray_cause stray_facts told_above loop_measures"),
        ]
        read = {"county": anyone}
        write = {"monitor": anyone, "transport_officer": anyone}
        imports = Sheet(
            "跨境轨迹异常导入模板",
            columns="vehicle border_point strayed_at came_back_at minutes_outside stray_cause stray_facts",
        )
        exports = (
            "number vehicle border_point strayed_at came_back_at minutes_outside stray_cause stray_checked_at "
            "stray_facts told_above_at told_above loop_measures state"
        )
        sort = "-strayed_at"
        unit_from = "border_point"
        map = "place"
        pictures = (
            Board("闭环看板", by="state", card="vehicle minutes_outside stray_cause"),
            Bars("异常原因", by="stray_cause", stack="state"),
        )
        follow_ups = (
            FollowUp(
                "enforcement.clue",
                "移交线索",
                {"place": "place", "content": "stray_facts"},
                states="told loop_closed",
            ),
        )
        example = dict(vehicle=None, border_point=None, strayed_at="2026-05-12 14:10", minutes_outside=34)

    class Measures:
        found = Count("跨境轨迹异常", on="strayed_on", unit="起")
        told = Count("上报跨境轨迹异常", on="strayed_on", where=Q(told_above_at__isnull=False), unit="起")
        told_in_time = Count(
            "按时上报跨境轨迹异常", on="strayed_on", where=Q(told_above_at__lte=F("report_stray_by")), unit="起"
        )
        wilful = Count("擅自离开作业范围", on="strayed_on", where=Q(stray_cause__in=WILFUL), unit="起")
        loop_closed = Count("闭环跨境轨迹异常", on="strayed_on", where=Q(state="loop_closed"), unit="起")

    def faults(self):
        """It comes back after it left."""
        if self.came_back_at and self.came_back_at < self.strayed_at:
            yield "came_back_at", "“返回范围时间”早于离开范围时间。"

    def __str__(self):
        return f"{self.number} {self.vehicle.plate}"
