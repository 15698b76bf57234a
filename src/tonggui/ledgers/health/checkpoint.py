"""防疫检查点台账: the points at crossroads, stations and quays where vehicles and people are looked at.

Basis: the order that sets a point up (设点文号); who stands there comes from several departments. A point that is
lifted keeps its register.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Bars,
    Choice,
    Choices,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Sum,
    Text,
    anyone,
)


class PointKind(TextChoices):
    CROSSING = "crossing", "高速公路出口"
    ROAD = "road", "国省道卡口"
    STATION = "station", "客运站"
    QUAY = "quay", "渡口码头"
    AIRPORT = "airport", "机场"


class Partner(TextChoices):
    POLICE = "police", "公安"
    HEALTH = "health", "卫健"
    TOWN = "town", "乡镇"
    TRAFFIC = "traffic", "交警"


class Checkpoint(Record):
    """One point."""

    number = Number("JCD{seq:03}")
    name = Text("检查点名称", unique=True, max_length=60)
    kind = Choice(PointKind, "检查点类型")
    set_by_order = Text("设点文号", optional=True, max_length=60)
    set_up_on = Day("设点日期")
    taken_down_on = Day("撤点日期", optional=True)
    guard_hours = Text("值守时段", max_length=60, hint="如 24小时、07:00—22:00")
    a_shift = Integer("每班值守人数", unit="人", least=1, most=200)
    jointly_with = Choices(Partner, "联防部门", optional=True)
    point_head = Link("parties.Person", "检查点负责人")
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    place = Place("位置", optional=True)

    class Flow(Standing, keeps=("clerk", "duty_officer")):
        end = Move(
            Standing.in_use >> Standing.ended,
            "停用",
            by=("clerk", "duty_officer"),
            needs=("taken_down_on",),
            comment=True,
        )

    class Page(Ledger):
        title = "防疫检查点"
        columns = "number name kind town guard_hours a_shift jointly_with point_head set_up_on state"
        filters = "set_up_on kind town state unit"
        search = "number name set_by_order"
        names = "name"
        form = [
            Section("检查点", "name kind set_by_order set_up_on taken_down_on town place unit"),
            Section("值守", "guard_hours a_shift jointly_with point_head"),
        ]
        read = {"county": anyone}
        write = {"clerk": anyone, "duty_officer": anyone}
        imports = Sheet(
            "防疫检查点导入模板",
            key="name",
            columns="kind set_by_order set_up_on town guard_hours a_shift jointly_with point_head unit",
        )
        exports = (
            "number name kind set_by_order set_up_on taken_down_on town guard_hours a_shift jointly_with "
            "point_head state"
        )
        sort = "number"
        map = "place"
        pictures = (Bars("各类检查点", by="kind", stack="state"),)
        follow_ups = (FollowUp("health.passage", "登记车辆人员", {"checkpoint": "self"}, states="in_use"),)
        example = dict(
            name="示例高速城东出口检查点",
            kind=PointKind.CROSSING,
            set_up_on="2026-01-10",
            guard_hours="24小时",
            a_shift=4,
            jointly_with="police,health",
            point_head=None,
        )

    class Measures:
        points = Count("防疫检查点", where=Q(state="in_use"), unit="个")
        stations = Count("站场防疫检查点", where=Q(state="in_use", kind=PointKind.STATION), unit="个")
        guards = Sum("a_shift", "每班值守", where=Q(state="in_use"))

    def faults(self):
        """Taken down after it was set up."""
        if self.taken_down_on and self.taken_down_on < self.set_up_on:
            yield "taken_down_on", "“撤点日期”早于设点日期。"

    def __str__(self):
        return self.name
