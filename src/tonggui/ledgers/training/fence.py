"""驾培电子围栏台账: the ground and the road routes on which a school may train; hours outside of them do not count.

Basis: 机动车驾驶员培训管理规定 and JT/T 1302 (out-of-area teaching is refused); 道路交通安全法实施条例 第二十条:
on roads training keeps to the routes and times that the traffic police fix.
"""

import shapely
from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Amount,
    Area,
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
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    derive,
    own,
    within_unit,
)


class FenceKind(TextChoices):
    GROUND = "ground", "训练场"
    ROUTE = "route", "道路训练路线"


class TrainingFence(Record):
    """One ground or one route of one school, as a polygon and the hours in which it may be used."""

    number = Number("XL{seq:04}")
    name = Text("围栏名称", unique=True, max_length=60)
    school = Link("training.DrivingSchool", "驾校")
    enterprise = Link("parties.Enterprise", "驾培企业", optional=True)
    kind = Choice(FenceKind, "围栏类别", default=FenceKind.GROUND)
    polygon = Area("范围")
    route_km = Amount("路线长度", unit="km", optional=True, least=0, total=False)
    from_hour = Integer("起始钟点", unit="时", least=0, most=23, total=False, default=7)
    to_hour = Integer("截止钟点", unit="时", least=1, most=24, total=False, default=21)
    most_cars = Integer("同时训练车辆上限", unit="辆", optional=True, least=1, total=False)
    police_approval = Text("公安交管批准文号", optional=True, max_length=40)
    approved_until = Day("路线批准期限至", optional=True, index=True)
    in_force_from = Day("启用日期", optional=True, index=True)
    lifted_on = Day("解除日期", optional=True)

    @derive("school")
    def derive_enterprise(self):
        return self.school.enterprise

    def holds(self, point) -> bool:
        """Whether a point (WGS-84) lies on the ground or route, border included."""
        return bool(shapely.geometry.shape(self.polygon).covers(shapely.Point(point.longitude, point.latitude)))

    def why_closed(self, day) -> str:
        """Why training here does not count on a day, or the empty string."""
        if self.state != "in_force" or (self.in_force_from and day < self.in_force_from):
            return f"围栏“{self.name}”在 {day} 没有启用"
        if self.approved_until and self.approved_until < day:
            return f"路线“{self.name}”的批准已于 {self.approved_until} 到期"
        return ""

    def faults(self):
        """Hours in order."""
        if self.to_hour <= self.from_hour:
            yield "to_hour", "“截止钟点”不晚于起始钟点。"

    class Flow(Workflow):
        drawn = State("待启用", start=True)
        in_force = State("启用", confirmed=True, tone="done")
        lifted = State("已解除", final=True, confirmed=True, tone="void")

        enforce = Move(
            drawn >> in_force,
            "启用",
            by=("transport_officer", "monitor"),
            takes=("in_force_from",),
            needs=lambda fence: (
                ("in_force_from", "police_approval") if fence.kind == FenceKind.ROUTE else ("in_force_from",)
            ),
        )
        lift = Move(in_force >> lifted, "解除", by=("transport_officer", "monitor"), takes=("lifted_on",), comment=True)

    class Page(Ledger):
        title = "驾培电子围栏"
        columns = "number name school kind from_hour to_hour police_approval approved_until in_force_from state"
        filters = "in_force_from unit enterprise school kind state approved_until"
        search = "number name police_approval school__name"
        names = "name"
        form = [
            Section("围栏", "name school enterprise kind polygon"),
            Section("使用", "from_hour to_hour most_cars route_km"),
            Section("批准", "police_approval approved_until in_force_from lifted_on"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "monitor": within_unit}
        imports = Sheet(
            "驾培电子围栏导入模板",
            key="name",
            columns="school kind polygon route_km from_hour to_hour most_cars police_approval approved_until",
        )
        exports = (
            "number name school kind polygon route_km from_hour to_hour most_cars police_approval approved_until "
            "in_force_from lifted_on state"
        )
        sort = "number"
        unit_from = "school"
        map = "polygon"
        watches = (
            Watch(
                "approved_until",
                "道路训练路线批准到期",
                lead=30,
                where=Q(state="in_force"),
                basis="道路交通安全法实施条例第二十条",
            ),
        )
        example = dict(
            name="示例驾校训练场",
            school=None,
            polygon={
                "type": "Polygon",
                "coordinates": [[[121.40, 31.20], [121.42, 31.20], [121.42, 31.22], [121.40, 31.22], [121.40, 31.20]]],
            },
        )

    class Measures:
        fences = Count("启用的驾培围栏", where=Q(state="in_force"), unit="个")
        fenced_schools = Count("设有电子围栏的驾校", where=Q(state="in_force"), distinct="school", unit="所")
        routes = Count("道路训练路线", where=Q(state="in_force", kind=FenceKind.ROUTE), unit="条")

    def __str__(self):
        return self.name
