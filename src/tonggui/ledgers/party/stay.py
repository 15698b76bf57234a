"""驻村考勤台账: how many days of a month each member of a team was in the village, and what was done there.

Basis: the local minimum of days on site. Who stays below it says why; approved leave is not counted against anyone. A
member signs in on the phone with place and picture, the village side confirms the month.
"""

from calendar import monthrange

from django.db.models import F, Q

from tonggui.register.declare import (
    Bars,
    Confirming,
    Count,
    Every,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Month,
    Move,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
    derive,
    within_unit,
)
from tonggui.statutes.party import STAY_DAYS, STAY_GRACE


class Stay(Record):
    """One member in one month."""

    number = Number("ZCK{year}{seq:05}", year_of="month")
    help_team = Link("party.HelpTeam", "驻村帮扶队")
    helper = Link("parties.Person", "驻村队员")
    month = Month("月份")
    days_in_village = Integer("在村天数", unit="天", least=0, most=31)
    leave_days = Integer("批准请假天数", unit="天", least=0, most=31, default=0)
    days_owed = Integer("应在村天数", unit="天", optional=True, total=False)
    visits_made = Integer("走访农户", unit="户次", least=0, default=0)
    matters_solved = Integer("办理实事", unit="件", least=0, default=0)
    village_work = LongText("驻村工作情况", optional=True)
    short_because = Text("天数不足原因", optional=True, max_length=200)
    photos = Photos("驻村照片")
    place = Place("位置", optional=True)

    @derive("month", "leave_days", always=True)
    def derive_days_owed(self):
        """The month's minimum less approved leave, never below nothing."""
        return max(0, int(STAY_DAYS.on(self.month)) - self.leave_days)

    @column("欠缺天数", unit="天")
    def days_short(self):
        return max(0, self.derive_days_owed() - self.days_in_village)

    def entered_twice(self) -> str:
        """A sentence when the same member's month already stands in another row."""
        same = Stay._base_manager.filter(helper=self.helper_id, month=self.month).exclude(pk=self.pk)
        other = same.exclude(state__in=("draft", "void")).first()
        return f"{self.helper.name} {self.month:%Y年%m月} 的考勤已登记在 {other.number}。" if other else ""

    class Flow(Confirming, enters=("party_officer", "clerk"), checks=("party_officer", "director")):
        submit = Move(
            (Confirming.draft | Confirming.amending) >> Confirming.submitted,
            "提交审核",
            by=("party_officer", "clerk"),
            check=lambda stay: stay.entered_twice(),
        )

    class Page(Ledger):
        title = "驻村考勤"
        columns = "number month help_team helper days_in_village leave_days days_short visits_made matters_solved state"
        filters = "month help_team helper state"
        search = "number helper__name village_work"
        form = [
            Section("考勤", "help_team helper month days_in_village leave_days short_because"),
            Section("工作", "visits_made matters_solved village_work photos place"),
        ]
        read = {"county": anyone}
        write = {"party_officer": anyone, "clerk": within_unit}
        imports = Sheet(
            "驻村考勤导入模板",
            key="help_team helper month",
            columns="days_in_village leave_days visits_made matters_solved village_work short_because",
        )
        exports = (
            "number help_team helper month days_in_village leave_days days_owed days_short visits_made matters_solved "
            "village_work short_because state"
        )
        sort = "-month"
        unit_from = "help_team"
        map = "place"
        duties = (
            Every(
                "month",
                "驻村考勤",
                on="month",
                per="help_team",
                of=Q(state="in_use"),
                grace=STAY_GRACE,
                tell="party_officer",
            ),
        )
        pictures = (Bars("各月在村天数", by="month", of="days_in_village"),)
        handheld = Handheld(
            "驻村签到",
            "help_team helper month days_in_village visits_made village_work short_because photos place",
        )
        example = dict(
            help_team=None,
            helper=None,
            month="2026-05",
            days_in_village=22,
            visits_made=31,
            matters_solved=3,
            village_work="走访监测户，修通组道路路肩塌方一处（示例）",
        )

    class Measures:
        days = Sum("days_in_village", "驻村", on="month")
        visits = Sum("visits_made", "驻村走访", on="month")
        solved = Sum("matters_solved", "驻村办理实事", on="month")
        short = Count("驻村天数不足", on="month", where=Q(days_in_village__lt=F("days_owed")), unit="人次")

    def faults(self):
        """Days fit into the month, and a shortfall is explained."""
        most = monthrange(self.month.year, self.month.month)[1]
        if self.days_in_village + self.leave_days > most:
            yield "days_in_village", f"在村和请假合计多于当月的 {most} 天。"
        if self.days_short() and not self.short_because:
            yield "short_because", f"少于应在村的 {self.derive_days_owed()} 天，请写明原因。"

    def __str__(self):
        return f"{self.month:%Y-%m} {self.helper.name}"
