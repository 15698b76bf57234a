"""党建活动台账: every meeting, lesson, talk and theme day of a branch, who came, and what was said.

Basis: 中国共产党支部工作条例（试行）, 三会一课, 主题党日, 组织生活会 and 谈心谈话; 理论学习中心组学习规则. The
branch's clerk enters it from the minute book on the day; the section chief of the branch checks. What each branch owes
in a month or a quarter follows from the periods the bureau has set.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Calendar,
    Choice,
    Confirming,
    Count,
    Day,
    Every,
    Files,
    Flag,
    Integer,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    column,
    within_unit,
)
from tonggui.statutes.party import ACTIVITY_PERIOD, BRANCH_GRACE, VOTING_ATTENDANCE


class ActivityKind(TextChoices):
    GENERAL_MEETING = "general_meeting", "党员大会"
    COMMITTEE = "committee", "支委会"
    GROUP_MEETING = "group_meeting", "党小组会"
    LESSON = "lesson", "党课"
    THEME_DAY = "theme_day", "主题党日"
    CENTRAL_GROUP = "central_group", "中心组学习"
    DEMOCRATIC_LIFE = "democratic_life", "民主生活会"
    ORGANISATION_LIFE = "organisation_life", "组织生活会"
    TALK = "talk", "谈心谈话"
    CLEAN = "clean", "廉政教育"
    CULTURE = "culture", "文体活动"


#: What the leading group of the whole bureau does once, not every branch.
OF_THE_BUREAU = (ActivityKind.CENTRAL_GROUP, ActivityKind.DEMOCRATIC_LIFE)
SELF_CRITICAL = (ActivityKind.DEMOCRATIC_LIFE, ActivityKind.ORGANISATION_LIFE)


def branch_duties():
    """What the bureau, or each branch, owes by the periods in force."""
    for kind, period in ACTIVITY_PERIOD.on(clock.today()).items():
        yield Every(
            period,
            ActivityKind(kind).label,
            on="held_on",
            where=Q(kind=kind),
            per="" if kind in OF_THE_BUREAU else "unit",
            of=Q() if kind in OF_THE_BUREAU else Q(kind__in=("centre", "brigade"), state="in_use"),
            grace=BRANCH_GRACE,
            tell="party_officer",
            basis=ACTIVITY_PERIOD.source.short,
        )


class Activity(Record):
    """One activity. `unit` is the unit whose branch holds it."""

    number = Number("DHD{year}{seq:04}", year_of="held_on")
    kind = Choice(ActivityKind, "活动类别")
    subject = Text("活动主题", max_length=100)
    held_on = Day("活动日期")
    branch = Text("党支部", max_length=40)
    chair = Link("parties.Person", "主持人")
    expected = Integer("应到人数", unit="人", least=1, most=2000)
    present = Integer("实到人数", unit="人", least=0, most=2000)
    absent_because = Text("缺席说明", optional=True, max_length=200)
    has_vote = Flag("有表决事项")
    talked_with = Link("parties.Person", "谈话对象", optional=True)
    faults_listed = Integer("查摆问题", unit="条", optional=True, least=0)
    proceedings = LongText("活动记录", optional=True)
    minutes_files = Files("会议记录扫描件")
    photos = Photos("活动照片")

    @column("到会率", unit="%")
    def attendance(self):
        """Who came of those who should, in percent to one decimal."""
        return round(100 * self.present / self.expected, 1)

    class Flow(Confirming, enters=("party_officer", "clerk"), checks=("party_officer", "director")):
        submit = Move(
            (Confirming.draft | Confirming.amending) >> Confirming.submitted,
            "提交审核",
            by=("party_officer", "clerk"),
            needs=("proceedings",),
        )

    class Page(Ledger):
        title = "党建活动"
        columns = "number held_on kind subject branch expected present attendance state"
        filters = "held_on unit kind state chair"
        search = "number subject branch proceedings"
        form = [
            Section("活动", "kind subject held_on unit branch chair talked_with"),
            Section("到会", "expected present absent_because has_vote"),
            Section("记录", "faults_listed proceedings minutes_files photos"),
        ]
        read = {"county": within_unit}
        write = {"party_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "党建活动导入模板",
            columns="kind subject held_on unit branch chair expected present absent_because proceedings",
        )
        exports = (
            "number kind subject held_on unit branch chair talked_with expected present attendance "
            "absent_because faults_listed proceedings state"
        )
        sort = "-held_on"
        duties = tuple(branch_duties())
        pictures = (
            Calendar("党建日历", on="held_on", text="branch kind subject"),
            Bars("各支部活动", by="branch", stack="kind"),
        )
        example = dict(
            kind=ActivityKind.THEME_DAY,
            subject="学习党的创新理论，清扫客运站周边（示例）",
            held_on="2026-05-08",
            branch="机关党支部（示例）",
            chair=None,
            expected=24,
            present=22,
            absent_because="两人值班",
            proceedings="集中学习一小时，随后到县客运站开展志愿服务。",
        )

    class Measures:
        activities = Count("党建活动", on="held_on", unit="次")
        theme_days = Count("主题党日", on="held_on", where=Q(kind=ActivityKind.THEME_DAY), unit="次")
        central_group = Count("中心组学习", on="held_on", where=Q(kind=ActivityKind.CENTRAL_GROUP), unit="次")
        clean = Count("廉政教育", on="held_on", where=Q(kind=ActivityKind.CLEAN), unit="次")
        culture = Count("文体活动", on="held_on", where=Q(kind=ActivityKind.CULTURE), unit="次")
        present = Sum("present", "参加党建活动", on="held_on")

    def faults(self):
        """No more come than should; absence is explained; a vote has its quorum; a talk has two people."""
        if self.present > self.expected:
            yield "present", f"“实到人数”多于应到的 {self.expected} 人。"
        elif self.present < self.expected and not self.absent_because:
            yield "absent_because", f"缺席 {self.expected - self.present} 人，请说明。"
        least = VOTING_ATTENDANCE.on(self.held_on)
        if self.has_vote and self.attendance() <= least:
            yield "present", f"到会率 {self.attendance()}%，未超过 {least}%，不能表决。"
        if self.kind == ActivityKind.TALK and self.talked_with is None:
            yield "talked_with", "谈心谈话须写明谈话对象。"
        elif self.talked_with_id is not None and self.talked_with_id == self.chair_id:
            yield "talked_with", "谈话人和谈话对象不能是同一人。"
        if self.kind in SELF_CRITICAL and not self.faults_listed:
            yield "faults_listed", f"{ActivityKind(self.kind).label}须写明查摆问题的条数。"

    def __str__(self):
        return f"{self.held_on} {self.subject}"
