"""巡游出租车台账: cruising taxis, the right under which each runs, its meter, its roof light and its service.

Basis: 巡游出租汽车经营服务管理规定 (the right to run has a term and may not be passed on without leave); JJG 517 for
the meter, verified once a year; the rule that a taxi whose meter is out of date may not carry.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Flag,
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
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.licences import CERTIFICATE_LEAD, PERMIT_LEAD
from tonggui.statutes.passenger import METER_CHECK


class RightKind(TextChoices):
    FREE = "free", "无偿使用"
    PAID = "paid", "有偿使用"
    TENDER = "tender", "服务质量招投标"


class Mode(TextChoices):
    COMPANY = "company", "公车公营"
    CONTRACT = "contract", "承包经营"
    ATTACHED = "attached", "个体挂靠"


def why_not_run(taxi: "CruiseTaxi") -> str:
    """A taxi goes out with a verified meter, its light, its satellite device and a right that still holds."""
    found = []
    if taxi.meter_until is None or taxi.meter_until < taxi.taken_over_on:
        found.append("计价器检定已过期或者没有检定")
    if not taxi.roof_light_no:
        found.append("没有顶灯编号")
    if not taxi.satellite_fitted:
        found.append("没有安装卫星定位装置")
    if taxi.right_until < taxi.taken_over_on:
        found.append(f"经营权已于 {taxi.right_until} 到期")
    return f"{'；'.join(found)}。" if found else ""


class CruiseTaxi(Record):
    """One taxi under one right to run; the next car under the same right is another row."""

    number = Number("XYC{seq:04}")
    vehicle = Link("fleet.Vehicle", "车辆")
    enterprise = Link("parties.Enterprise", "所属企业", optional=True)
    right_no = Text("经营权证号", max_length=40)
    right_kind = Choice(RightKind, "经营权取得方式", default=RightKind.FREE)
    right_from = Day("经营权起始日期")
    right_until = Day("经营权有效期至", index=True)
    run_mode = Choice(Mode, "出租车经营模式", default=Mode.COMPANY)
    roof_light_no = Text("顶灯编号", optional=True, max_length=20)
    meter_checked_on = Day("计价器检定日期", optional=True)
    meter_until = Day("计价器检定有效期至", optional=True, index=True)
    satellite_fitted = Flag("已装卫星定位")
    accessible = Flag("无障碍车辆")
    taken_over_on = Day("车辆投入营运日期", index=True)
    replaced_on = Day("车辆更新日期", optional=True)

    @derive("vehicle")
    def derive_enterprise(self):
        return self.vehicle.enterprise

    @derive("meter_checked_on")
    def derive_meter_until(self):
        return METER_CHECK.due(self.meter_checked_on)

    @column("经营权年限", unit="年")
    def right_years(self):
        return self.right_until.year - self.right_from.year

    def faults(self):
        """A right ends after it began, and one right has one taxi on the road."""
        if self.right_until <= self.right_from:
            yield "right_until", "“经营权有效期至”应晚于起始日期。"
        same = CruiseTaxi._base_manager.filter(right_no=self.right_no, state__in=("waiting_road", "on_road"))
        if self.state in ("", "waiting_road", "on_road") and (there := same.exclude(pk=self.pk).first()):
            yield "right_no", f"这个经营权已用于 {there.vehicle}（{there.number}），更新车辆应先办理退出。"

    class Flow(Workflow):
        waiting_road = State("待投入营运", start=True)
        on_road = State("巡游营运", confirmed=True, tone="done")
        stopped = State("暂停巡游", confirmed=True, tone="todo")
        left_service = State("退出营运", final=True, confirmed=True, tone="void")

        put_on_road = Move(waiting_road >> on_road, "投入营运", by="transport_officer", check=why_not_run)
        stop = Move(on_road >> stopped, "责令暂停", by="transport_officer", comment=True)
        go_on = Move(
            stopped >> on_road,
            "恢复巡游",
            by="transport_officer",
            takes=("meter_checked_on",),
            check=why_not_run,
        )
        leave_service = Move(
            (waiting_road | on_road | stopped) >> left_service,
            "退出营运",
            by="transport_officer",
            takes=("replaced_on",),
            comment=True,
        )

    class Page(Ledger):
        title = "巡游出租车"
        columns = (
            "number vehicle enterprise right_no right_until run_mode roof_light_no meter_until taken_over_on state"
        )
        filters = "right_until meter_until unit state enterprise run_mode right_kind"
        search = "number right_no roof_light_no vehicle__plate"
        names = "roof_light_no"
        form = [
            Section("车辆", "vehicle enterprise run_mode roof_light_no satellite_fitted accessible taken_over_on"),
            Section("经营权", "right_no right_kind right_from right_until"),
            Section("计价器", "meter_checked_on meter_until replaced_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "巡游出租车导入模板",
            key="right_no taken_over_on",
            columns="vehicle right_no right_kind right_from right_until run_mode roof_light_no meter_checked_on "
            "satellite_fitted accessible taken_over_on",
        )
        exports = (
            "number vehicle enterprise right_no right_kind right_from right_until right_years run_mode roof_light_no "
            "meter_checked_on meter_until satellite_fitted accessible taken_over_on replaced_on state"
        )
        sort = "number"
        unit_from = "vehicle"
        watches = (
            Watch("right_until", "出租车经营权到期", lead=PERMIT_LEAD, where=Q(state="on_road")),
            Watch("meter_until", "计价器检定到期", lead=CERTIFICATE_LEAD, where=Q(state="on_road"), basis="JJG 517"),
        )
        example = dict(
            vehicle=None,
            right_no="示出租权0001",
            right_from="2022-01-01",
            right_until="2030-01-01",
            roof_light_no="示T001",
            meter_checked_on="2026-01-15",
            satellite_fitted=True,
            taken_over_on="2026-02-01",
        )

    class Measures:
        taxis = Count("巡游出租车", where=Q(state="on_road"), unit="辆")
        put_on = Count("投入营运巡游出租车", on="taken_over_on", where=~Q(state="waiting_road"), unit="辆")
        company_run = Count("公车公营出租车", where=Q(state="on_road", run_mode=Mode.COMPANY), unit="辆")

    def __str__(self):
        return self.roof_light_no or self.number
