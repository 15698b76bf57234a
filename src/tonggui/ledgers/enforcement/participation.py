"""参加单位台账: the further units that took part in an operation which another unit has registered.

A joint operation is one operation however many units send people. The lead unit's record counts it; every other unit
says here whom it sent, and once the lead confirms, its people and vehicles are added to those of the operation
(联合执法不重复计数).
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.ledgers.enforcement.operation import Operation
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Record,
    Section,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    derive,
)


class Part(TextChoices):
    CREW = "crew", "执法力量"
    TECHNICAL = "technical", "技术检测"
    SUPPORT = "support", "后勤保障"


def add_up(participation: "Participation", actor) -> None:
    """Bring the operation's own totals up to the units confirmed so far."""
    operation = Operation._base_manager.select_for_update(of=("self",)).get(pk=participation.operation_id)
    confirmed = Participation._base_manager.filter(operation=operation.pk, state="joined")
    sent = list(confirmed.values_list("sent_staff", "sent_vehicles"))
    operation.joined_staff = sum(staff for staff, _ in sent)
    operation.joined_vehicles = sum(vehicles for _, vehicles in sent)
    operation.save()


class Participation(Record):
    """One further unit in one operation."""

    number = Number("CJ{year}{seq:05}", year_of="operated_on")
    operation = Link("enforcement.Operation", "执法行动")
    operated_on = Day("行动日期", index=True, optional=True)
    joined_unit = Link("parties.Unit", "参加单位", optional=True, hint="确认前须填写，牵头单位已计入，不再登记")
    task_part = Choice(Part, "承担任务", default=Part.CREW)
    sent_staff = Integer("派出人员", unit="人次", least=1, most=500)
    sent_vehicles = Integer("派出车船", unit="台次", least=0, most=200)
    team_leader = Text("带队负责人", max_length=30)

    @derive("operation", always=True)
    def derive_operated_on(self):
        """The day is that of the operation."""
        return self.operation.operated_on

    def faults(self):
        """The unit that leads is counted already; another takes part once."""
        if self.joined_unit_id is None:
            return
        if self.joined_unit_id == self.operation.unit_id:
            yield "joined_unit", f"{self.joined_unit}是牵头单位，人员和车船已计入 {self.operation.number}。"
        others = Participation._base_manager.filter(operation=self.operation_id, joined_unit=self.joined_unit_id)
        if there := others.exclude(pk=self.pk).exclude(state="not_joined").first():
            yield "joined_unit", f"{self.joined_unit}已登记参加这次行动（{there.number}）。"

    class Flow(Workflow):
        to_join = State("待牵头单位确认", start=True)
        joined = State("已确认参加", confirmed=True, tone="done", final=True)
        not_joined = State("未参加", final=True, tone="void")

        join = Move(
            to_join >> joined,
            "确认参加",
            by=(*OFFICERS, "director"),
            needs=("joined_unit",),
            takes=("joined_unit",),
            then=add_up,
        )
        refuse_joining = Move(
            (to_join | joined) >> not_joined,
            "不予确认",
            by=("enforcement_officer", "director"),
            comment=True,
            then=add_up,
        )

    class Page(Ledger):
        title = "行动参加单位"
        columns = "number operated_on operation joined_unit task_part sent_staff sent_vehicles team_leader state"
        filters = "operated_on joined_unit operation task_part state"
        search = "number team_leader operation__zone"
        form = [
            Section("参加", "operation joined_unit task_part team_leader"),
            Section("派出", "sent_staff sent_vehicles"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys(OFFICERS, anyone)
        exports = "number operated_on operation joined_unit task_part sent_staff sent_vehicles team_leader state"
        sort = "-operated_on"
        example = dict(operation=None, sent_staff=3, sent_vehicles=1, team_leader="李示例")

    class Measures:
        units = Count("参加单位", on="operated_on", unit="家次")
        crews = Count("执法力量参加单位", on="operated_on", where=Q(task_part=Part.CREW), unit="家次")
        staff = Sum("sent_staff", "参加单位派出人员", on="operated_on")
        vehicles = Sum("sent_vehicles", "参加单位派出车船", on="operated_on")

    def __str__(self):
        return f"{self.joined_unit or self.number} 参加 {self.operation}"
