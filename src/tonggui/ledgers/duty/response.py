"""应急响应台账: a plan called up: from whom, at which level, with its steps copied out to be ticked off, until its
end.

Basis: 生产安全事故应急条例 第十七条 and 第十八条; 突发事件应对法 (2024) on levels I to IV. Raising the level adds the
steps that the higher level calls for; a response ends when every step is done or set aside with its reason.
"""

from datetime import timedelta

from tonggui.base import clock
from tonggui.ledgers.duty.mode import Level
from tonggui.ledgers.duty.step import PlanStep
from tonggui.register.declare import (
    Choice,
    Count,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Workflow,
    anyone,
    column,
)


class Response(Record):
    """One response by one plan."""

    number = Number("XY{year}{seq:03}")
    plan = Link("duty.Plan", "适用预案")
    response_level = Choice(Level, "应急响应级别", default=Level.IV)
    reason = LongText("启动原因")
    warning = Link("duty.Warning", "来源预警", optional=True)
    incident = Link("duty.Incident", "相关事件", optional=True)
    commander = Link("parties.Person", "指挥长", optional=True)
    started_at = Moment("启动时间", optional=True)
    ended_at = Moment("终止时间", optional=True)
    people = Integer("投入人员", unit="人次", optional=True, least=0)
    vehicles = Integer("投入车辆", unit="台次", optional=True, least=0)
    summary = LongText("响应小结", optional=True, hint="处置经过、效果、存在问题")

    @column("响应时长", unit="小时")
    def hours_running(self):
        if not self.started_at:
            return None
        return round(((self.ended_at or clock.now()) - self.started_at).total_seconds() / 3600, 1)

    def steps(self):
        """The steps of this response, ticked off or not."""
        from tonggui.ledgers.duty.action import ResponseStep

        return ResponseStep._base_manager.filter(response=self.pk)

    def copy_steps(self) -> None:
        """Copy the plan's steps that the level calls for and that are not here yet."""
        from tonggui.ledgers.duty.action import ResponseStep

        there = set(self.steps().values_list("step", flat=True))
        order = list(Level.values)
        called = order[: order.index(self.response_level) + 1]
        wanted = PlanStep._base_manager.filter(plan=self.plan_id, state="in_use", from_level__in=called)
        begun = clock.now()
        for step in wanted.exclude(pk__in=there).order_by("order"):
            ResponseStep(
                response=self,
                step=step,
                order=step.order,
                what=step.what,
                who=step.who,
                person=step.person,
                due_at=begun + timedelta(minutes=step.within_minutes),
                unit=self.unit,
            ).save()

    def why_not_end(self) -> str:
        """Every step has been done or set aside."""
        left = self.steps().filter(state="open").count()
        return f"还有 {left} 个步骤没有完成或注明无需执行。" if left else ""

    class Flow(Workflow):
        draft = State("草稿", start=True)
        running = State("响应中", confirmed=True, tone="todo")
        over = State("响应终止", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        start = Move(
            draft >> running,
            "启动响应",
            by=("duty_officer", "director"),
            needs=("commander",),
            sets={"started_at": clock.now},
            then=lambda response, actor: response.copy_steps(),
        )
        adjust = Move(
            running >> running,
            "调整级别",
            by=("duty_officer", "director"),
            takes=("response_level",),
            comment=True,
            then=lambda response, actor: response.copy_steps(),
        )
        finish = Move(
            running >> over,
            "终止响应",
            by="director",
            needs=("summary",),
            takes=("summary", "people", "vehicles"),
            sets={"ended_at": clock.now},
            check=lambda response: response.why_not_end(),
        )
        cancel = Move(draft >> void, "作废", by="duty_officer", comment=True)

    class Page(Ledger):
        title = "应急响应"
        columns = "number plan response_level started_at ended_at hours_running commander people vehicles state"
        filters = "started_at plan response_level state incident"
        search = "number reason summary"
        form = [
            Section("启动", "plan response_level reason warning incident commander started_at"),
            Section("终止", "ended_at people vehicles summary"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone}
        imports = Sheet(
            "应急响应导入模板", columns="plan response_level reason commander started_at ended_at people vehicles"
        )
        exports = (
            "number plan response_level reason warning incident commander started_at ended_at hours_running people "
            "vehicles summary state"
        )
        sort = "-number"
        unit_from = "plan"
        example = dict(
            plan=None,
            response_level=Level.III,
            reason="县气象台发布暴雨橙色预警，示例江水位逼近警戒线",
            commander=None,
        )

    class Measures:
        started = Count("启动应急响应", on="started_at", unit="次")
        people = Sum("people", "应急投入人员", on="started_at")
        vehicles = Sum("vehicles", "应急投入车辆", on="started_at")

    def faults(self):
        """A response ends after it began."""
        if self.ended_at and self.started_at and self.ended_at < self.started_at:
            yield "ended_at", "“终止时间”早于“启动时间”。"

    def __str__(self):
        return f"{self.number} {self.plan.name}"
