"""值班台账: who is on duty when and where, with the leader on the shift, its hand-over and the shift that was missed.

Basis: 生产安全事故应急条例 第十四条: departments with safety duties keep emergency duty. Bureaus keep 24 hours with a
leader (领导带班). A shift ends when the next one has accepted what is left to do; a swap needs approval; hours at a
weighing point count as hours on guard.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.duty.mode import mode_on
from tonggui.ledgers.duty.shift_flow import ShiftFlow
from tonggui.register.declare import (
    Calendar,
    Choice,
    Count,
    Day,
    Every,
    Flag,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Number,
    Phone,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    derive,
    within_unit,
)
from tonggui.statutes.duty import SHIFT_HOURS


class ShiftKind(TextChoices):
    FULL = "full", "24小时"
    DAY = "day", "白班"
    NIGHT = "night", "夜班"


class Shift(Record):
    """One shift at one place. It belongs to the period of stricter duty in which it falls."""

    number = Number("ZBB{year}{seq:05}", year_of="duty_on")
    duty_on = Day("值班日期", index=True)
    kind = Choice(ShiftKind, "班次", default=ShiftKind.FULL)
    post = Text("值班地点", max_length=60, default="局值班室")
    point = Link("overload.WeighingPoint", "值守检测点", optional=True, hint="在治超检测点值守的填写")
    mode = Link("duty.Mode", "应急值守期", optional=True)
    leader = Link("parties.Person", "带班领导")
    officer = Link("parties.Person", "值班人员")
    second = Link("parties.Person", "副班人员", optional=True)
    driver = Link("parties.Person", "值班驾驶员", optional=True)
    phone = Phone("值班电话", optional=True)
    hours = Integer("值守时长", unit="小时", least=1, most=24, optional=True)
    people = Integer("值班人数", unit="人次", least=1, most=50, optional=True)
    asked_at = Moment("抽查时间", optional=True)
    answered = Flag("抽查在岗", optional=True)
    events = LongText("值班记录", optional=True)
    covers_day = Flag("全天有人值班", default=False, editable=False)
    items = LongText("交班事项", optional=True, hint="没有待办事项的写“无”")
    handed_at = Moment("交班时间", optional=True)
    successor = Link("parties.Person", "接班人员", optional=True)
    accepted_at = Moment("接班时间", optional=True)
    substitute = Link("parties.Person", "替班人员", optional=True)

    @derive("kind")
    def derive_hours(self):
        return int(SHIFT_HOURS.at(clock.today(), str(self.kind)))

    @derive("kind", "duty_on", "post", always=True)
    def derive_covers_day(self):
        """Covered all day: by one shift of 24 hours, or by this one and the other half of the day at the same post."""
        if self.kind == ShiftKind.FULL:
            return True
        half = ShiftKind.NIGHT if self.kind == ShiftKind.DAY else ShiftKind.DAY
        same = Shift._base_manager.filter(duty_on=self.duty_on, post=self.post, kind=half)
        return same.filter(state__in=self.ledger.flow.confirmed).exists()

    @derive("duty_on")
    def derive_mode(self):
        return mode_on(self.duty_on)

    @derive("leader", "officer")
    def derive_people(self):
        """Everybody named on the shift."""
        return len({p for p in (self.leader_id, self.officer_id, self.second_id, self.driver_id) if p})

    class Flow(ShiftFlow):
        pass

    class Page(Ledger):
        title = "值班"
        columns = "number duty_on kind post leader officer second people hours mode state"
        filters = "duty_on kind unit state point mode officer"
        search = "number post officer__name leader__name items"
        form = [
            Section("班次", "duty_on kind post point unit mode"),
            Section("人员", "leader officer second driver phone people hours"),
            Section("值班", "asked_at answered events"),
            Section("交接", "items handed_at successor accepted_at"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone, "clerk": within_unit, "overload_officer": within_unit}
        imports = Sheet(
            "值班表导入模板",
            key="duty_on kind post",
            columns="leader officer second driver phone point mode hours people",
        )
        exports = (
            "number duty_on kind post point mode leader officer second driver phone people hours events items "
            "handed_at successor accepted_at state"
        )
        sort = "-duty_on"
        pictures = (Calendar("值班表", on="duty_on", text="kind leader officer"),)
        duties = (
            Every("day", "24小时值班", on="duty_on", where=~Q(state="missed"), tell="duty_officer"),
            Every("day", "应急值守期值班", on="duty_on", per="mode", of=Q(state="running"), tell="duty_officer"),
        )
        handheld = Handheld(
            "值班", "duty_on kind post leader officer events items successor", moves="begin hand_over take_over"
        )
        example = dict(
            duty_on="2026-05-01",
            kind=ShiftKind.FULL,
            post="局值班室",
            leader=None,
            officer=None,
            second=None,
            people=2,
            phone="0512-12345678",
            items="无",
            substitute=None,
        )

    class Measures:
        shifts = Count("值班", on="duty_on", unit="班次")
        days = Count("24小时值班", on="duty_on", where=Q(covers_day=True), distinct="duty_on", unit="天")
        days_led = Count("领导带班", on="duty_on", distinct="duty_on", unit="天")
        missed = Count("缺岗", on="duty_on", where=Q(state="missed"), confirmed=False, unit="班次")
        handed = Count("完成交接", on="duty_on", where=Q(state="done"), unit="班次")
        point_hours = Sum("hours", "检测点值守时长", on="duty_on", where=Q(point__isnull=False))
        people = Sum("people", "值班人次", on="duty_on")

    def faults(self):
        """Nobody has two posts in one shift; the hand-over follows its day, the acceptance the hand-over."""
        if self.handed_at and self.handed_at.astimezone(clock.CHINA).date() < self.duty_on:
            yield "handed_at", "“交班时间”早于值班日期。"
        if self.handed_at and self.accepted_at and self.accepted_at < self.handed_at:
            yield "accepted_at", "“接班时间”早于“交班时间”。"
        elsewhere = Shift._base_manager.filter(officer=self.officer_id, duty_on=self.duty_on, kind=self.kind)
        other = elsewhere.exclude(pk=self.pk).exclude(state__in=("void", "missed")).exclude(post=self.post).first()
        if other:
            yield "officer", f"该值班人员当天已在{other.post}值班（{other.number}）。"

    def __str__(self):
        return f"{self.duty_on} {self.get_kind_display()} {self.post}"
