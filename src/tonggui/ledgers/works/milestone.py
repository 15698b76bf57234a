"""前期工作节点台账: each step of a project's chain with its planned and real day, its paper and its evidence.

Basis: 政府投资条例 第九条, 第十一条 and 第十三条; 公路法 第二十三条, 第二十五条. Entry: a step begins when those it
rests on are done. Exit: it is done with its day, its document number and its file. What runs in parallel (并联) or
is let through with papers to follow (容缺) says so and why; works never begin, and are never accepted, on such a
promise.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.works.milestone_gate import tell_of_step, why_not_begin, why_not_finish
from tonggui.ledgers.works.steps import NEVER_WAIVED, Step, place_of
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Files,
    FollowUp,
    Ledger,
    Link,
    LongText,
    Matrix,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
)


class Handling(TextChoices):
    IN_ORDER = "in_order", "依次办理"
    PARALLEL = "parallel", "并联办理"
    WAIVED = "waived", "容缺受理"


class Milestone(Record):
    """One step of one project."""

    number = Number("JDQ{year}{seq:05}")
    project = Link("works.Project", "项目")
    node = Choice(Step, "节点")
    handling = Choice(Handling, "办理方式", default=Handling.IN_ORDER)
    handling_reason = Text("并联容缺依据", optional=True, max_length=100, hint="并联或容缺的文件依据、补齐期限")
    planned_on = Day("计划办结日期", optional=True, index=True)
    begun_on = Day("开始办理日期", optional=True)
    done_on = Day("实际办结日期", optional=True, index=True)
    approver = Text("审批单位", optional=True, max_length=60)
    approval_doc_no = Text("批复文号", optional=True, max_length=60, hint="没有文号的写会议纪要或合同编号")
    approval_files = Files("批复附件")
    processor = Link("parties.Person", "经办人员", optional=True)
    handling_note = LongText("节点办理情况", optional=True)

    @column("办结相差天数", unit="天")
    def days_off(self):
        """Days from the planned day to the real one or, while it is open, to today; negative: early."""
        if self.planned_on is None or (self.done_on is None and self.planned_on > clock.today()):
            return None
        return ((self.done_on or clock.today()) - self.planned_on).days

    def faults(self):
        """A step ends after it begins; what is out of turn names its ground."""
        if self.begun_on and self.done_on and self.done_on < self.begun_on:
            yield "done_on", f"“实际办结日期”早于开始办理日期 {self.begun_on}。"
        if self.done_on and self.done_on > clock.today():
            yield "done_on", "“实际办结日期”在今天以后。"
        if self.handling != Handling.IN_ORDER and not self.handling_reason:
            yield "handling_reason", "并联办理、容缺受理的，须写明依据。"
        if self.handling == Handling.WAIVED and self.node in NEVER_WAIVED:
            yield "handling", f"“{Step(self.node).label}”不得容缺受理。"

    def others(self):
        """The other steps of the project; those it does not need are left out."""
        rows = Milestone._base_manager.filter(project=self.project_id).exclude(pk=self.pk)
        return rows.exclude(state="not_needed")

    def before(self):
        """Steps of the project that stand before this one in the chain, in its order."""
        found = [other for other in self.others() if place_of(other.node) < place_of(self.node)]
        return sorted(found, key=lambda other: place_of(other.node))

    class Flow(Workflow):
        not_begun = State("未开始", start=True, due="planned_on")
        doing = State("办理中", due="planned_on")
        step_done = State("节点办结", final=True, confirmed=True)
        not_needed = State("无需办理", final=True, tone="void")

        begin_step = Move(
            not_begun >> doing,
            "开始办理",
            by="project_officer",
            takes=("begun_on", "handling", "handling_reason"),
            needs=("planned_on", "begun_on"),
            check=why_not_begin,
        )
        finish_step = Move(
            doing >> step_done,
            "办结节点",
            by="project_officer",
            takes=("done_on", "approver", "approval_doc_no", "approval_files"),
            needs=("done_on", "approval_doc_no"),
            check=why_not_finish,
            then=tell_of_step,
        )
        reopen_step = Move(step_done >> doing, "重新办理", by="director", comment=True, sets={"done_on": lambda: None})
        skip = Move((not_begun | doing) >> not_needed, "无需办理", by="project_officer", comment=True)

    class Page(Ledger):
        title = "前期工作节点"
        menu = "项目建设"
        columns = "number project node handling planned_on done_on days_off approval_doc_no processor state"
        filters = "planned_on done_on project state node handling"
        search = "number project__name approval_doc_no approver"
        form = [
            Section("节点", "project node planned_on handling handling_reason processor"),
            Section("办理", "begun_on done_on approver approval_doc_no approval_files handling_note"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone}
        imports = Sheet(
            "前期工作节点导入模板",
            columns="project node handling handling_reason planned_on begun_on approver approval_doc_no handling_note",
        )
        exports = (
            "number project node handling handling_reason planned_on begun_on done_on days_off approver "
            "approval_doc_no state"
        )
        sort = "planned_on"
        watches = (
            Watch("planned_on", "节点办结", lead=15, tell="project_officer", where=Q(state__in=["not_begun", "doing"])),
        )
        pictures = (
            Board("节点看板", by="node", card="planned_on done_on approval_doc_no"),
            Matrix("节点进展", down="node", across="state"),
        )
        follow_ups = (FollowUp("works.safetystep", "同步安排安全", {"milestone": "self", "project": "project"}),)
        example = dict(project=None, node=Step.APPROVED, planned_on="2026-04-30", approver="示例县发展和改革局")

    class Measures:
        reached = Count("办结节点", on="done_on", unit="个")
        started = Count("开工项目", on="done_on", where=Q(node=Step.START), unit="个")
        handed_over = Count("交工验收项目", on="done_on", where=Q(node=Step.HANDOVER), unit="个")
        completed = Count("竣工验收项目", on="done_on", where=Q(node=Step.COMPLETION), unit="个")
        to_complete = Count(
            "计划竣工验收项目", where=Q(node=Step.COMPLETION) & ~Q(state="not_needed"), confirmed=False, unit="个"
        )

    def __str__(self):
        return f"{self.project} {Step(self.node).label}"
