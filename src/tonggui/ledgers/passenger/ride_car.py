"""网约车运输证台账: cars with a ride-hailing permit, what they must be, and the day on which they must leave.

Basis: 网络预约出租汽车经营服务管理暂行办法 第十二条 (at most seven seats, satellite positioning and alarm, the
safety that the law asks), 第三十九条: 600,000 km and the car is scrapped; eight years and it leaves ride-hailing.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Flag,
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
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.passenger import RIDE_CAR_KM, RIDE_CAR_SEATS, RIDE_CAR_YEARS


class Power(TextChoices):
    ELECTRIC = "electric", "纯电动"
    HYBRID = "hybrid", "插电混动"
    PETROL = "petrol", "燃油"
    GAS = "gas", "天然气"


class Title(TextChoices):
    COMPANY = "company", "平台公司自有"
    LEASED = "leased", "租赁公司"
    PERSON = "person", "个人"


def why_not_permit(car: "RideCar") -> str:
    """What the car lacks for a permit."""
    found = []
    if (car.vehicle.seats or 0) > (most := RIDE_CAR_SEATS.on(car.asked_on)):
        found.append(f"核定载客超过 {most} 人")
    if not car.alarm_fitted:
        found.append("没有安装卫星定位和应急报警装置")
    if not car.hailing_use:
        found.append("使用性质没有登记为预约出租客运")
    if not car.commercial_insurance:
        found.append("没有营业性交强险和乘客意外险")
    return f"{'；'.join(found)}。" if found else ""


class RideCar(Record):
    """One car and its permit. A car that works for two platforms has one permit."""

    number = Number("WYC{seq:05}")
    vehicle = Link("fleet.Vehicle", "车辆")
    platform = Link("passenger.Platform", "所属平台")
    enterprise = Link("parties.Enterprise", "平台企业", optional=True)
    title_kind = Choice(Title, "车辆产权", default=Title.PERSON)
    power = Choice(Power, "动力类型")
    car_registered_on = Day("车辆初次登记日期")
    asked_on = Day("申请日期", index=True)
    alarm_fitted = Flag("卫星定位和应急报警装置")
    hailing_use = Flag("使用性质为预约出租客运")
    commercial_insurance = Flag("营业性保险有效")
    ride_permit_no = Text("网约车运输证号", optional=True, max_length=40)
    permitted_on = Day("运输证核发日期", optional=True, index=True)
    mileage_km = Integer("累计行驶里程", unit="公里", least=0, default=0, total=False)
    leave_by = Day("应退出网约日期", optional=True, index=True)
    exited_on = Day("退出日期", optional=True, index=True)

    @derive("platform")
    def derive_enterprise(self):
        return self.platform.enterprise

    @derive("car_registered_on")
    def derive_leave_by(self):
        """Eight years after the first registration."""
        return RIDE_CAR_YEARS.due(self.car_registered_on)

    @column("距报废里程", unit="公里")
    def km_left(self):
        return max(0, RIDE_CAR_KM.on(clock.today()) - self.mileage_km)

    def faults(self):
        if self.car_registered_on and self.asked_on and self.asked_on < self.car_registered_on:
            yield "asked_on", "“申请日期”早于车辆初次登记日期。"
        if self.leave_by and self.permitted_on and self.permitted_on >= self.leave_by:
            yield "permitted_on", f"车辆已满网约车年限（{self.leave_by}），不能核发运输证。"

    def why_not_go_on(self) -> str:
        """A car past its kilometres is scrapped, not put back to work."""
        return "" if self.km_left() else "累计行驶里程已达到强制报废标准。"

    class Flow(Workflow):
        to_permit = State("待核发", start=True)
        permitted = State("持证营运", confirmed=True, tone="done", due="leave_by")
        paused = State("暂停网约", confirmed=True)
        exited = State("已退出", final=True, confirmed=True, tone="void")
        denied = State("不予许可", final=True, tone="void")

        permit_car = Move(
            to_permit >> permitted,
            "核发运输证",
            by="transport_officer",
            takes=("ride_permit_no", "permitted_on"),
            needs=("permitted_on",),
            check=why_not_permit,
            numbers={"ride_permit_no": "网运证〔{year}〕{seq}号"},
        )
        deny = Move(to_permit >> denied, "不予许可", by="transport_officer", comment=True)
        pause_car = Move(permitted >> paused, "暂停网约", by="transport_officer", comment=True)
        resume_car = Move(
            paused >> permitted, "恢复网约", by="transport_officer", check=lambda car: car.why_not_go_on()
        )
        exit_car = Move(
            (permitted | paused) >> exited,
            "退出网约",
            by="transport_officer",
            takes=("exited_on", "mileage_km"),
            needs=("exited_on",),
            comment=True,
        )

    class Page(Ledger):
        title = "网约车运输证"
        columns = "number vehicle platform power ride_permit_no permitted_on leave_by mileage_km km_left state"
        filters = "leave_by permitted_on state platform power title_kind"
        search = "number ride_permit_no vehicle__plate platform__brand"
        names = "ride_permit_no"
        form = [
            Section("车辆", "vehicle platform title_kind power car_registered_on mileage_km"),
            Section("条件", "asked_on alarm_fitted hailing_use commercial_insurance"),
            Section("运输证", "ride_permit_no permitted_on leave_by exited_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "网约车运输证导入模板",
            columns="vehicle platform title_kind power car_registered_on asked_on alarm_fitted hailing_use "
            "commercial_insurance ride_permit_no permitted_on mileage_km",
        )
        exports = (
            "number vehicle platform title_kind power car_registered_on asked_on ride_permit_no permitted_on "
            "mileage_km leave_by exited_on state"
        )
        sort = "number"
        unit_from = "platform"
        watches = (Watch("leave_by", "网约车年限届满", lead=90, where=Q(state__in=("permitted", "paused"))),)
        pictures = (Bars("各平台车辆", by="platform", stack="power"),)
        example = dict(
            vehicle=None,
            platform=None,
            power=Power.ELECTRIC,
            car_registered_on="2023-04-01",
            asked_on="2026-01-12",
            alarm_fitted=True,
            hailing_use=True,
            commercial_insurance=True,
            mileage_km=86_000,
        )

    class Measures:
        permitted = Count("持证网约车", where=Q(state="permitted"), unit="辆")
        issued = Count("核发网约车运输证", on="permitted_on", unit="本")
        exited = Count("退出网约车", on="exited_on", unit="辆")
        electric = Count("纯电动网约车", where=Q(state="permitted", power=Power.ELECTRIC), unit="辆")

    def __str__(self):
        return self.ride_permit_no or self.number
