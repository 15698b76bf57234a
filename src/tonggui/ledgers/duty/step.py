"""预案步骤台账: a plan taken apart into what is done, by whom, within how many minutes, with what.

Basis: 生产安全事故应急条例 第六条第二款: a plan says command, resources, measures and steps so that it can be worked
by. When a response starts, the steps that its level calls for are copied into it and ticked off there.
"""

from tonggui.ledgers.duty.mode import Level
from tonggui.register.declare import (
    Choice,
    Count,
    Integer,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    anyone,
)


class PlanStep(Record):
    """One step. It applies from its level upwards: a step of level III is also taken at II and I."""

    number = Number("YB{seq:05}")
    plan = Link("duty.Plan", "适用预案")
    order = Integer("步骤序号", least=1, most=200, total=False)
    from_level = Choice(Level, "适用级别", default=Level.IV, hint="该级别及以上响应时执行")
    what = Text("步骤内容", max_length=120)
    who = Text("责任岗位", max_length=60)
    person = Link("parties.Person", "责任人员", optional=True)
    within_minutes = Integer("完成时限", unit="分钟", least=1, most=20_000, total=False)
    team = Link("duty.Team", "承担队伍", optional=True)
    resources = Text("所需资源", optional=True)

    class Flow(Standing, keeps=("duty_officer", "safety_officer")):
        pass

    class Page(Ledger):
        title = "预案步骤"
        columns = "number plan order from_level what who within_minutes team resources state"
        filters = "plan from_level state team"
        search = "number what who"
        names = "what"
        form = [
            Section("步骤", "plan order from_level what within_minutes"),
            Section("力量", "who person team resources"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone, "safety_officer": anyone}
        imports = Sheet(
            "预案步骤导入模板", key="plan order", columns="from_level what who person within_minutes team resources"
        )
        exports = "number plan order from_level what who person within_minutes team resources state"
        sort = "order"
        unit_from = "plan"
        example = dict(
            plan=None,
            order=1,
            from_level=Level.IV,
            what="通知各渡口停航并核对渡船靠泊",
            who="水路事务中心值班员",
            within_minutes=30,
            resources="值班电话、短信平台",
        )

    class Measures:
        steps = Count("预案步骤", unit="步")

    def faults(self):
        """No two steps of a plan have the same place."""
        others = PlanStep._base_manager.filter(plan=self.plan_id, order=self.order, state="in_use")
        if others.exclude(pk=self.pk).exists():
            yield "order", f"本预案已有第 {self.order} 步。"

    def __str__(self):
        return f"{self.order}. {self.what}"
