"""执法行动台账: every outing of officers, alone or with other departments, and what came of it.

Basis: 行政处罚法 (2021) 第四十二条 (two officers); 公路安全保护条例 第四十条, 第七十三条: vehicles are led to the
nearest station and normal traffic is not stopped at will. It gives the 人次 and 台次 of every summary. A joint
operation is one record, whoever else goes along; a second one for the same day, place and departments is refused and
the first is named, so that nothing is counted twice.
"""

from itertools import pairwise

from django.db.models import Q

from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.ledgers.enforcement.operation_kinds import OPERATION_DUTIES, OperationKind
from tonggui.ledgers.parties.departments import Department
from tonggui.register.declare import (
    Amount,
    Bars,
    Calendar,
    Choice,
    Choices,
    Confirming,
    Count,
    Day,
    Flag,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    derive,
)

FUNNEL = ("checked", "suspected", "guided", "found_over", "reloaded")


class Operation(Record):
    """One outing. `unit` leads it; units that go along stand in the ledger of participations."""

    number = Number("XD{year}{seq:05}", year_of="operated_on")
    kind = Choice(OperationKind, "行动类别")
    campaign = Link("safety.Campaign", "专项行动", optional=True)
    operated_on = Day("行动日期", index=True)
    operation_hours = Amount("行动时长", unit="小时", places=1, least=0, most=240)
    zone = Text("行动区域", max_length=60, hint="路段、场站、水域或乡镇的名称")
    place = Place("位置", optional=True)
    point = Link("overload.WeighingPoint", "检测点", optional=True)
    yard = Link("overload.Yard", "货运源头单位", optional=True, hint="源头巡查须填")
    leading_officer = Link("enforcement.Officer", "带队执法人员", optional=True)
    partners = Choices(Department, "联合单位", optional=True, hint="局外部门；局内其他单位登记为参加单位")
    joint = Flag("联合行动", hint="有联合单位的即为联合行动")
    staff = Integer("出动人员", unit="人次", least=2, most=500, hint="牵头单位人员，不少于两名执法人员")
    vehicles = Integer("出动车辆", unit="车次", least=0, most=200)
    joined_staff = Integer("参加单位人员", unit="人次", default=0, least=0)
    joined_vehicles = Integer("参加单位车船", unit="台次", default=0, least=0)
    all_staff = Integer("出动总人次", unit="人次", default=0)
    all_vehicles = Integer("出动总台次", unit="台次", default=0)
    checked = Integer("检查车船", unit="台", least=0)
    corrected = Integer("当场纠正", unit="台", least=0, default=0)
    suspected = Integer("疑似超限车辆", unit="台", least=0, default=0)
    guided = Integer("引导至站检测", unit="台", least=0, default=0)
    found_over = Integer("确认超限车辆", unit="台", least=0, default=0)
    reloaded = Integer("监督卸载车辆", unit="台", least=0, default=0)
    findings = LongText("检查情况", optional=True)
    photos = Photos("现场照片")

    @derive("operated_on", always=True)
    def derive_joint(self):
        """Another department took part."""
        return bool(self.partners)

    @derive("staff", "joined_staff", always=True)
    def derive_all_staff(self):
        """The lead unit's people and those of the units that joined."""
        return self.staff + self.joined_staff

    @derive("vehicles", "joined_vehicles", always=True)
    def derive_all_vehicles(self):
        """The lead unit's vehicles and those of the units that joined."""
        return self.vehicles + self.joined_vehicles

    def faults(self):
        """A joint operation stands once; a yard is named; each count lies within the one before it."""
        if twin := self.twin():
            yield (
                "partners",
                (
                    f"{self.operated_on} 在“{self.zone}”的联合行动已由{twin.unit or '牵头单位'}登记为 {twin.number}。"
                    "同一次联合行动只登记一次，请改为登记参加单位。"
                ),
            )
        if self.kind == OperationKind.SOURCE and self.yard_id is None:
            yield "yard", "源头巡查请填写“货运源头单位”。"
        if self.corrected > self.checked:
            yield "corrected", "“当场纠正”多于“检查车船”，请核对。"
        for wider, narrower in pairwise(FUNNEL):
            if getattr(self, narrower) > getattr(self, wider):
                first, then = self.kinds[wider].label, self.kinds[narrower].label
                yield narrower, f"“{then}”多于“{first}”，请核对。"

    def twin(self) -> "Operation | None":
        """Another record of the same joint operation: same day and place, with a department in common."""
        if not self.partners:
            return None
        same = Operation._base_manager.filter(operated_on=self.operated_on, zone=self.zone.strip(), joint=True)
        shared = Q()
        for code in self.kinds["partners"].codes(self.partners):
            shared |= Q(partners__contains=f",{code},")
        return same.filter(shared).exclude(pk=self.pk).exclude(state="void").select_related("unit").first()

    class Flow(Confirming, enters=OFFICERS, checks=("director", "enforcement_officer")):
        pass

    class Page(Ledger):
        title = "执法行动"
        columns = "number operated_on kind zone unit partners all_staff all_vehicles checked state"
        filters = "operated_on unit kind campaign joint yard state"
        search = "number zone campaign__name"
        names = "number"
        form = [
            Section("行动", "kind campaign operated_on operation_hours unit leading_officer zone place point yard"),
            Section("出动", "partners staff vehicles joined_staff joined_vehicles"),
            Section("结果", "checked corrected suspected guided found_over reloaded findings photos"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys((*OFFICERS, "director"), anyone)
        imports = Sheet(
            "执法行动导入模板",
            key="operated_on zone",
            columns=(
                "kind campaign unit operation_hours point yard partners staff vehicles checked corrected suspected "
                "guided found_over reloaded findings"
            ),
        )
        exports = (
            "number operated_on kind campaign zone unit partners operation_hours staff vehicles joined_staff "
            "joined_vehicles all_staff all_vehicles checked corrected suspected guided found_over reloaded findings "
            "state"
        )
        sort = "-operated_on"
        map = "place"
        duties = OPERATION_DUTIES
        pictures = (
            Calendar("行动日历", on="operated_on", text="kind zone all_staff"),
            Bars("各类行动", by="kind", of="all_vehicles"),
        )
        follow_ups = (
            FollowUp("enforcement.participation", "登记参加单位", {"operation": "self"}),
            FollowUp(
                "enforcement.case", "立案查处", {"operation": "self", "received_on": "operated_on", "scene": "zone"}
            ),
            FollowUp("enforcement.seizure", "登记扣押", {"operation": "self"}),
            FollowUp("overload.modifiedtruck", "登记改型车", {"found_on": "operated_on", "scene": "zone"}),
        )
        handheld = Handheld(
            "执法出动",
            "kind operated_on operation_hours zone partners staff vehicles checked corrected guided found_over "
            "findings photos place",
            moves="submit",
        )
        example = dict(
            kind=OperationKind.OVERLOAD,
            operated_on="2026-05-12",
            operation_hours="4.5",
            zone="示例大道 K3+200",
            partners="公安交警、路政",
            staff=8,
            vehicles=2,
            checked=46,
            corrected=5,
            suspected=9,
            guided=6,
            found_over=4,
            reloaded=3,
        )

    class Measures:
        operations = Count("执法行动", on="operated_on", unit="次")
        joint = Count("联合执法行动", on="operated_on", where=Q(joint=True), unit="次")
        joint_overload = Count(
            "联合治超行动", on="operated_on", where=Q(joint=True, kind=OperationKind.OVERLOAD), unit="次"
        )
        yard_visits = Count("源头巡查", on="operated_on", where=Q(kind=OperationKind.SOURCE), unit="次")
        staff = Sum("all_staff", "出动执法人员", on="operated_on")
        vehicles = Sum("all_vehicles", "出动执法车船", on="operated_on")
        own_staff = Sum("staff", "牵头单位出动人员", on="operated_on")
        own_vehicles = Sum("vehicles", "牵头单位出动车船", on="operated_on")
        operation_hours = Sum("operation_hours", "执法时长", on="operated_on")
        guard_hours = Sum("operation_hours", "检测点值守时长", on="operated_on", where=Q(point__isnull=False))
        checked = Sum("checked", "检查车船", on="operated_on")
        corrected = Sum("corrected", "当场纠正", on="operated_on")
        suspected = Sum("suspected", "疑似超限车辆", on="operated_on")
        guided = Sum("guided", "引导至站检测", on="operated_on")
        found_over = Sum("found_over", "确认超限车辆", on="operated_on")

    def __str__(self):
        return f"{self.operated_on} {self.zone}"
