"""督办任务台账: each promise of a summary, item of a meeting or order from above, until the next summary has answered
it.

Basis: the bureau's rule of 督办; a summary's part 下半年打算 becomes tasks here, and the next one opens with the fate
of each: done, done in part, carried over. A task carried over ends with its period and goes on as a new one that
names it, so that no promise is quietly dropped and none is counted twice.
"""

from datetime import timedelta

from django.db.models import F, Q, TextChoices
from django.utils.text import Truncator

from tonggui.base import clock
from tonggui.ledgers.office.task_flow import DOERS, TaskFlow
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Files,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    Tree,
    Watch,
    anyone,
    column,
)
from tonggui.statutes.office import PROGRESS_REPORT_DAYS, TASK_LEAD

OPEN = ("assigned", "under_way", "to_confirm")
ANSWERED = ("part_done", "carried", "achieved")


class Origin(TextChoices):
    SUMMARY = "summary", "总结中的打算"
    PLAN = "plan", "年度工作要点"
    MEETING = "meeting", "会议议定"
    SUPERIOR = "superior", "上级交办"
    LEADER = "leader", "领导批示"


class Task(Record):
    """One task. Where it comes from is named as the reader would look it up: document, period, section."""

    number = Number("RW{year}{seq:04}", year_of="assigned_on")
    task_source = Choice(Origin, "任务来源")
    source_title = Text("来源文件", optional=True, max_length=100)
    source_period = Text("来源期间", optional=True, max_length=30, hint="如 2026 年上半年")
    source_section = Text("来源章节", optional=True, max_length=60, hint="如 三、下半年打算（二）")
    meeting = Link("office.Meeting", "议定会议", optional=True)
    earlier = Link("office.Task", "结转自", optional=True, hint="上一期没有完成的同一任务")
    content = LongText("任务内容")
    standard = Text("完成标准", optional=True, max_length=120)
    owner = Link("parties.Unit", "责任单位")
    person = Link("parties.Person", "责任人员")
    leader = Link("parties.Person", "牵头领导", optional=True)
    assigned_on = Day("交办日期", index=True)
    due_on = Day("完成期限", index=True)
    progress = LongText("最新进展", optional=True)
    progress_on = Day("进展日期", optional=True)
    done_rate = Integer("完成比例", unit="%", optional=True, least=0, most=100, total=False)
    done_note = LongText("完成情况", optional=True)
    evidence_files = Files("佐证材料")
    achieved_on = Day("完成日期", optional=True, index=True)
    carried_to = Day("结转期限", optional=True, hint="结转后新任务的完成期限")

    @column("逾期天数", unit="天")
    def overdue_days(self):
        """Whole days past the day, up to the day done or today; nothing once it has been answered otherwise."""
        if self.state in ("part_done", "carried", "void"):
            return None
        return max(0, ((self.achieved_on or clock.today()) - self.due_on).days)

    @column("应报进展日期", numeric=False)
    def progress_by(self):
        """The day by which an open task is next reported on, by the bureau's own interval."""
        if self.state not in ("assigned", "under_way"):
            return None
        since = self.progress_on or self.assigned_on
        return f"{since + timedelta(days=PROGRESS_REPORT_DAYS.on(since))}"

    def faults(self):
        """Days in order; the source can be found; a task is carried from an earlier one of another period."""
        if self.due_on < self.assigned_on:
            yield "due_on", f"“完成期限”早于交办日期 {self.assigned_on}。"
        if self.task_source in (Origin.SUMMARY, Origin.PLAN) and not (self.source_title and self.source_period):
            yield "source_title", "来自总结或年度要点的任务，请写明来源文件和来源期间。"
        if self.task_source == Origin.MEETING and self.meeting is None:
            yield "meeting", "会议议定的任务，请写明是哪一次会议。"
        if self.earlier is not None and (self.earlier_id == self.pk or self.earlier.assigned_on > self.assigned_on):
            yield "earlier", "“结转自”应是交办在先的另一任务。"

    class Flow(TaskFlow):
        pass

    class Page(Ledger):
        title = "督办任务"
        columns = "number task_source content owner person due_on done_rate progress_by overdue_days state"
        filters = "due_on assigned_on task_source owner person leader state source_period"
        search = "number content source_title source_section progress"
        form = [
            Section("来源", "task_source source_title source_period source_section meeting earlier"),
            Section("任务", "content standard owner person leader assigned_on due_on"),
            Section("进展", "progress progress_on done_rate"),
            Section("完成", "done_note evidence_files achieved_on"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys(("clerk", "writer", "safety_officer", "director"), anyone)
        imports = Sheet(
            "督办任务导入模板",
            columns="task_source source_title source_period source_section content standard owner person leader "
            "assigned_on due_on",
        )
        exports = (
            "number task_source source_title source_period source_section meeting "
            "earlier content standard owner person "
            "leader assigned_on due_on progress progress_on done_rate done_note achieved_on state"
        )
        sort = "due_on"
        unit_from = "owner"
        watches = (Watch("due_on", "督办任务到期", lead=TASK_LEAD, where=Q(state__in=OPEN), tell=(*DOERS, "writer")),)
        pictures = (
            Board("督办看板", by="state", card="owner due_on done_rate"),
            Bars("各单位任务", by="owner", stack="state"),
            Tree("结转关系", parent="earlier", note="due_on"),
        )
        follow_ups = (
            FollowUp(
                "office.difficulty", "登记困难问题", {"task": "self"}, states="assigned under_way part_done carried"
            ),
        )
        example = dict(
            task_source=Origin.SUMMARY,
            source_title="2025 年工作总结（示例）",
            source_period="2025 年",
            source_section="三、下一步打算（一）",
            content="完成县乡道危桥改造前期工作",
            owner=None,
            person=None,
            assigned_on="2026-01-10",
            due_on="2026-06-30",
        )

    class Measures:
        due = Count("到期督办任务", on="due_on", unit="项")
        done = Count("完成督办任务", on="due_on", where=Q(state="achieved"), unit="项")
        in_time = Count(
            "按期完成督办任务", on="due_on", where=Q(state="achieved", achieved_on__lte=F("due_on")), unit="项"
        )
        part = Count("部分完成督办任务", on="due_on", where=Q(state="part_done"), unit="项")
        carried = Count("结转督办任务", on="due_on", where=Q(state="carried"), unit="项")
        answered = Count("已有结果的督办任务", on="due_on", where=Q(state__in=ANSWERED), unit="项")

    def __str__(self):
        return f"{self.number} {Truncator(self.content).chars(22)}"
