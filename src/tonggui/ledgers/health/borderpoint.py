"""跨境作业点台账: the places at which cross-border trucks may stop, load and change drivers, and the area they keep to.

Basis: the closed-loop rules for cross-border trucks (定点停靠、定点装卸). A point outside its area raises an anomaly;
the number of points is cut back, and each that is left is visited in turn.
"""

from datetime import timedelta

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Area,
    Choice,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    derive,
    own,
)
from tonggui.statutes.health import SUPERVISION_DAYS


class BorderKind(TextChoices):
    LOADING = "loading", "装卸点"
    CHANGING = "changing", "接驳换驾点"
    PARKING = "parking", "停车休息点"
    CORRIDOR = "corridor", "通行走廊"


class BorderPoint(Record):
    """One place or corridor."""

    number = Number("KJD{seq:03}")
    name = Text("作业点名称", unique=True, max_length=60)
    kind = Choice(BorderKind, "作业点类型")
    enterprise = Link("parties.Enterprise", "企业", optional=True)
    approved_as = Text("设置批文", optional=True, max_length=60)
    approved_from = Day("启用作业日期")
    address = Text("地址", optional=True, max_length=120)
    place = Place("位置", optional=True)
    polygon = Area("范围", optional=True)
    truck_slots = Integer("货车泊位", unit="个", least=0, default=0)
    loop_head = Link("parties.Person", "闭环管理负责人", optional=True)
    supervised_on = Day("最近督导日期", optional=True)
    supervise_by = Day("应督导日期", optional=True)
    supervision_note = LongText("督导情况", optional=True)

    @derive("approved_from", always=True)
    def derive_supervise_by(self):
        """The days between visits from the last one, or from the first day."""
        since = self.supervised_on or self.approved_from
        return since + timedelta(days=int(SUPERVISION_DAYS.on(since)))

    class Flow(Workflow):
        in_use = State("在用", start=True, confirmed=True, tone="done")
        cut_back = State("已压减", final=True, confirmed=True, tone="void")

        supervise = Move(
            in_use >> in_use,
            "督导检查",
            by=("transport_officer", "safety_officer"),
            needs=("supervised_on", "supervision_note"),
        )
        reduce = Move(in_use >> cut_back, "压减", by=("transport_officer", "director"), comment=True)

    class Page(Ledger):
        title = "跨境作业点"
        columns = "number name kind enterprise truck_slots approved_from supervised_on supervise_by unit state"
        filters = "approved_from kind enterprise state supervise_by"
        search = "number name address"
        names = "name"
        form = [
            Section("作业点", "name kind enterprise unit approved_as approved_from truck_slots"),
            Section("位置", "address place polygon"),
            Section("闭环管理", "loop_head supervised_on supervision_note"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "safety_officer": anyone}
        imports = Sheet(
            "跨境作业点导入模板",
            key="name",
            columns="kind enterprise unit approved_as approved_from truck_slots address place loop_head",
        )
        exports = (
            "number name kind enterprise unit approved_as approved_from truck_slots address place loop_head "
            "supervised_on supervise_by supervision_note state"
        )
        sort = "number"
        map = "polygon"
        watches = (
            Watch("supervise_by", "跨境作业点应督导", lead=2, where=Q(state="in_use"), tell="transport_officer"),
        )
        follow_ups = (FollowUp("health.anomaly", "登记轨迹异常", {"border_point": "self"}, states="in_use"),)
        example = dict(
            name="示例物流园跨境装卸点",
            kind=BorderKind.LOADING,
            approved_from="2026-01-15",
            truck_slots=6,
            polygon={
                "type": "Polygon",
                "coordinates": [[[114.10, 22.61], [114.11, 22.61], [114.11, 22.62], [114.10, 22.62], [114.10, 22.61]]],
            },
        )

    class Measures:
        in_use = Count("在用跨境作业点", where=Q(state="in_use"), unit="家")
        cut_back = Count("压减跨境作业点", where=Q(state="cut_back"), unit="家")
        supervised = Count("督导跨境作业点", on="supervised_on", unit="家")

    def faults(self):
        """A corridor is drawn; a place of work has somebody in charge of its loop once it is visited."""
        if self.kind == BorderKind.CORRIDOR and not self.polygon:
            yield "polygon", "通行走廊须画出范围。"
        if self.supervised_on and self.supervised_on < self.approved_from:
            yield "supervised_on", "“最近督导日期”早于启用作业日期。"

    def __str__(self):
        return self.name
