"""制约因素台账: what holds a project up, from which day to which, whose it is, and what is asked for.

Basis: the bureau's 项目调度: every "待…" of a report has one code, so that the same cause is one row and its days can
be counted (PRJ-14). Days lost to water and weather stand apart from delay: nobody can be pressed for them.
"""

from datetime import date

from django.db.models import Q

from tonggui.base import clock
from tonggui.ledgers.works.blocker_flow import BlockerFlow, BlockerKind
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Matrix,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Watch,
    anyone,
    column,
    derive,
)
from tonggui.statutes.works import BLOCKED_LONG

#: Causes whose days are weather days, not delay (P14).
WEATHER = (BlockerKind.WATER, BlockerKind.RAIN, BlockerKind.COLD, BlockerKind.HEAT)


class Blocker(Record):
    """One cause that holds up one project for a time."""

    number = Number("ZY{year}{seq:05}", year_of="blocked_from")
    project = Link("works.Project", "项目")
    blocker = Choice(BlockerKind, "制约因素")
    blocked_from = Day("制约起始日期", index=True)
    blocked_to = Day("制约解除日期", optional=True, index=True)
    blocker_note = LongText("制约说明", optional=True)
    asked = LongText("需协调解决", optional=True)
    solver = Link("parties.Unit", "督办单位", optional=True)
    solver_outside = Text("责任部门", optional=True, max_length=60, hint="本局以外的部门、乡镇或企业")
    solver_person = Link("parties.Person", "督办人员", optional=True)
    solve_by = Day("应解除日期", optional=True, index=True)
    solution = LongText("解除情况", optional=True)
    photos = Photos("制约照片")
    weather_days = Integer("天气天数", unit="天", optional=True, least=0)
    delay_days = Integer("延误天数", unit="天", optional=True, least=0)

    @derive("blocker", "blocked_from", "blocked_to", always=True)
    def derive_weather_days(self):
        """Days lost to water or weather, once it is over; both end days count."""
        return self._days(self.blocked_to) if self.blocked_to and self.blocker in WEATHER else None

    @derive("blocker", "blocked_from", "blocked_to", always=True)
    def derive_delay_days(self):
        """Days lost to everything else, once it is over."""
        return self._days(self.blocked_to) if self.blocked_to and self.blocker not in WEATHER else None

    @column("已制约天数", unit="天")
    def days_so_far(self):
        """Days from the first, up to the last or today; both count."""
        return max(0, self._days(self.blocked_to or clock.today()))

    def _days(self, until: date) -> int:
        return (until - self.blocked_from).days + 1

    def faults(self):
        """It ends, and should end, after it began."""
        if self.blocked_to and self.blocked_to < self.blocked_from:
            yield "blocked_to", f"“制约解除日期”早于制约起始日期 {self.blocked_from}。"
        if self.solve_by and self.solve_by < self.blocked_from:
            yield "solve_by", f"“应解除日期”早于制约起始日期 {self.blocked_from}。"

    class Flow(BlockerFlow):
        pass

    class Page(Ledger):
        title = "制约因素"
        menu = "项目建设"
        columns = "number project blocker blocked_from blocked_to days_so_far solver solve_by asked state"
        filters = "blocked_from project state blocker solver solve_by"
        search = "number project__name blocker_note asked solver_outside"
        form = [
            Section("制约", "project blocker blocked_from blocker_note photos"),
            Section("督办", "asked solver solver_outside solver_person solve_by"),
            Section("解除", "blocked_to solution"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone}
        imports = Sheet(
            "制约因素导入模板",
            columns="project blocker blocked_from blocked_to blocker_note asked solver solver_outside solve_by",
        )
        exports = (
            "number project blocker blocked_from blocked_to days_so_far weather_days delay_days blocker_note asked "
            "solver solver_outside solve_by solution state"
        )
        sort = "-blocked_from"
        watches = (
            Watch(
                "blocked_from",
                "长期制约",
                lead=BLOCKED_LONG,
                tell=("project_officer", "director"),
                where=Q(state="blocking"),
                basis="本局工作约定 项目调度",
            ),
            Watch("solve_by", "制约应解除", lead=7, tell="project_officer", where=Q(state="blocking")),
        )
        pictures = (
            Matrix("制约分布", down="blocker", across="state"),
            Bars("延误天数", by="blocker", of="delay_days"),
            Bars("天气天数", by="project", of="weather_days"),
        )
        follow_ups = (
            FollowUp("works.coordination", "提请协调", {"project": "project", "solves": "self"}, states="blocking"),
        )
        example = dict(
            project=None,
            blocker=BlockerKind.LAND,
            blocked_from="2026-03-05",
            blocker_note="示例村尚有12户房屋未签订征收协议",
            asked="请县政府协调属地加快征收",
        )

    class Measures:
        found = Count("新增制约", on="blocked_from", unit="项")
        projects = Count("受制约项目数", where=Q(state="blocking"), distinct="project", unit="个")
        lifted = Count("解除制约", on="blocked_to", where=Q(state="lifted"), unit="项")
        weather_days = Sum("weather_days", "天气停工天数", on="blocked_to")
        delay_days = Sum("delay_days", "延误停工天数", on="blocked_to")

    def __str__(self):
        return f"{self.project} {BlockerKind(self.blocker).label}"
