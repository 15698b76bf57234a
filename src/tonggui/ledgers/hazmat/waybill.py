"""危险货物电子运单台账: one vehicle, one trip, one bill, signed before the start, closed when the goods are given over.

Basis: 危险货物道路运输安全管理办法 第二十二条 to 第二十六条; JT/T 617.5 for the fields. The carrier's clerk makes
it, or it is imported from the carriers' platform; an imported bill that does not hold keeps its faults in words. On the
road it is found by the plate. The checks stand in `waybill_checks.py`, the steps in `waybill_flow.py`.
"""

from datetime import timedelta

from django.db.models import F, Q

from tonggui.base import clock
from tonggui.ledgers.hazmat.goods import GoodsClass, Packaging, PackingGroup
from tonggui.ledgers.hazmat.waybill_checks import delays, obstacles, overlapping
from tonggui.ledgers.hazmat.waybill_flow import WaybillFlow
from tonggui.ledgers.hazmat.waybill_page import WaybillPage
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Link,
    LongText,
    Moment,
    Number,
    Phone,
    Plate,
    Record,
    Sum,
    Text,
    derive,
)
from tonggui.statutes.hazmat import WAYBILL_CLOSED_HOURS, WAYBILL_KEPT


class Waybill(Record):
    """One trip. Carrier, plate and approved load follow the vehicle."""

    number = Number("YD{year}{seq:06}", year_of="departs_at")
    bill_no = Text("电子运单号", optional=True, max_length=40, hint="运单系统的编号；留空时以本台账编号为准")
    vehicle = Link("fleet.Vehicle", "车辆")
    plate = Plate("号牌号码", optional=True, index=True)
    trailer_plate = Plate("挂车号牌", optional=True)
    enterprise = Link("parties.Enterprise", "承运企业", optional=True)
    tank = Link("hazmat.Tank", "罐体", optional=True)
    driver = Link("fleet.Driver", "危货驾驶员")
    escort = Link("fleet.Driver", "押运员")
    consignor = Text("托运人", max_length=60)
    consignor_phone = Phone("托运人电话", optional=True)
    loader = Text("装货人", max_length=60)
    loading_place = Text("装货地点", max_length=100)
    consignee = Text("收货人", max_length=60)
    unloading_place = Text("卸货地点", max_length=100)
    trip_route = LongText("运输路线", hint="途经道路；避开禁行区域、特大桥和特长隧道")
    un_no = Text("联合国编号", max_length=6, hint="UN 加四位数字，如 UN1203")
    goods_name = Text("危险货物名称", max_length=60)
    goods_class = Choice(GoodsClass, "货物类别")
    packing_group = Choice(PackingGroup, "包装类别", default=PackingGroup.NONE)
    packaging = Choice(Packaging, "包装形式", default=Packaging.TANK)
    goods_kg = Integer("货物质量", unit="kg", least=1)
    approved_kg = Integer("核定载质量", unit="kg", least=1, total=False, hint="留空时取该车上一张运单的数")
    toxic = Flag("剧毒化学品")
    toxic_pass_no = Text("剧毒化学品通行证号", optional=True, max_length=40)
    toxic_pass_until = Day("剧毒化学品通行证有效期至", optional=True)
    waste = Flag("危险废物")
    waste_form_no = Text("危险废物转移联单号", optional=True, max_length=40)
    departs_at = Moment("计划起运时间")
    trip_hours = Integer("预计行程时间", unit="小时", least=1, most=240, total=False)
    vehicle_checked = Flag("已作出车前检查")
    briefed = Flag("已作安全告知")
    signed_at = Moment("运单签发时间", optional=True)
    departed_at = Moment("实际起运时间", optional=True)
    arrived_at = Moment("到达时间", optional=True)
    close_by_at = Moment("应办结时间", optional=True)
    received_kg = Integer("实收质量", unit="kg", optional=True, least=0)
    closed_at = Moment("运单办结时间", optional=True)
    keep_until = Day("运单保存期至", optional=True)
    mismatch = LongText("运单不符情况", optional=True)
    mismatched = Flag("运单不符")

    @derive("vehicle", always=True)
    def derive_plate(self):
        return self.vehicle.plate

    @derive("vehicle")
    def derive_enterprise(self):
        return self.vehicle.enterprise

    @derive("vehicle")
    def derive_approved_kg(self):
        """The figure of the vehicle's last bill."""
        last = Waybill._base_manager.filter(vehicle=self.vehicle_id).exclude(pk=self.pk).order_by("-departs_at").first()
        return last.approved_kg if last else None

    @derive("arrived_at", always=True)
    def derive_close_by_at(self):
        hours = WAYBILL_CLOSED_HOURS.on(self.arrived_at.date()) if self.arrived_at else 0
        return self.arrived_at + timedelta(hours=hours) if self.arrived_at else None

    @derive("departs_at", "arrived_at", always=True)
    def derive_keep_until(self):
        """Twelve months from the end of the trip."""
        return WAYBILL_KEPT.due((self.arrived_at or self.departs_at).astimezone(clock.CHINA).date())

    @property
    def until(self):
        """When the trip is over: when it arrived, else when it should."""
        return self.arrived_at or self.departs_at + timedelta(hours=self.trip_hours)

    def prepare(self):
        """What does not hold is kept in words as of the start; what changes later leaves an ended trip alone."""
        self.un_no = self.un_no.upper().replace(" ", "")
        if self.state in ("draft", "bill_signed", "on_road") or self._state.adding:
            self.mismatch = " ".join((*obstacles(self), *delays(self)))
        elif late := " ".join(one for one in delays(self) if one not in self.mismatch):
            self.mismatch = f"{self.mismatch} {late}".strip()
        self.mismatched = bool(self.mismatch)

    def faults(self):
        """One trip at a time, a UN number of four digits, a tank of the vehicle, times in order."""
        if not (len(self.un_no) == 6 and self.un_no.upper().startswith("UN") and self.un_no[2:].isdigit()):
            yield "un_no", f"“{self.un_no}”不是联合国编号，应为 UN 加四位数字。"
        if self.tank and self.tank.vehicle_id != self.vehicle_id:
            yield "tank", f"罐体 {self.tank.tank_no} 不在这辆车上。"
        if (other := overlapping(self)) is not None:
            yield "departs_at", f"{self.plate or self.vehicle.plate} 的行程与运单 {other.number} 重叠，一车一次一单。"
        if self.arrived_at and self.departed_at and self.arrived_at < self.departed_at:
            yield "arrived_at", "“到达时间”早于“实际起运时间”。"

    class Flow(WaybillFlow):
        pass

    class Page(WaybillPage):
        pass

    class Measures:
        bills = Count("危货运单", on="departs_at", unit="份")
        mismatched = Count("不符的危货运单", on="departs_at", where=Q(mismatched=True), unit="份")
        closed = Count("办结危货运单", on="closed_at", where=Q(state="closed"), unit="份")
        closed_in_time = Count(
            "按时办结危货运单", on="closed_at", where=Q(state="closed", closed_at__lte=F("close_by_at")), unit="份"
        )
        goods = Sum("goods_kg", "危险货物运量", on="departs_at")
        vehicles = Count("承运危货车辆", on="departs_at", distinct="vehicle", unit="辆")

    def __str__(self):
        return f"{self.number} {self.plate} {self.goods_name}"
