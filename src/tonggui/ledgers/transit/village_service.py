"""建制村通客车台账: how each administrative village is served, how near, how often, and what happens on call.

Basis: 农村公路条例 and the yearly rural passenger check (建制村通客车率): a village counts when a start, an end or a
stop of a coach, a bus-type line or a bus lies within two kilometres, or when booked service answers. Service that stops
is found again (动态清零).
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Phone,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    column,
    derive,
)
from tonggui.statutes.passenger import BOOKING_MINUTES, FREQUENCY_STEPS, VILLAGE_STOP_KM, VILLAGE_WEEKLY_TRIPS


class Form(TextChoices):
    COACH = "coach", "班线客车"
    BUS = "bus", "公交化运行"
    AREA = "area", "区域经营"
    BOOKED = "booked", "预约响应"
    MARKET = "market", "赶集班"
    MIXED = "mixed", "客货邮融合"


class VillageService(Record):
    """One village as it was found on one day of checking."""

    number = Number("TK{year}{seq:04}", year_of="checked_on")
    served_village = Link("parties.Town", "建制村")
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    form_of_service = Choice(Form, "通客车方式")
    line = Link("transit.BusLine", "公交线路", optional=True)
    coach_line = Link("passenger.CoachLine", "客运班线", optional=True)
    stop_km = Amount("距停靠点", unit="公里", places=1, least=0, most=50, total=False)
    trips_day = Integer("每日班次", unit="趟", least=0, default=0, total=False)
    trips_week = Integer("每周班次", unit="趟", least=0, total=False)
    booking_phone = Phone("预约电话", optional=True)
    booked = Integer("预约次数", unit="次", least=0, default=0)
    served_bookings = Integer("响应次数", unit="次", least=0, default=0)
    wait_minutes = Integer("预约中位等候", unit="分钟", least=0, optional=True, total=False)
    to_county_minutes = Integer("到县城时间", unit="分钟", least=0, optional=True, total=False)
    road_safe = Flag("通行条件合格", default=True)
    connected = Flag("视为通客车")
    checked_on = Day("通客车核查日期", index=True)
    broken_off_on = Day("中断日期", optional=True)
    break_reason = Text("中断原因", optional=True, max_length=80)
    restored_on_day = Day("恢复通车日期", optional=True)

    @derive("served_village")
    def derive_town(self):
        return self.served_village.parent

    @derive("trips_day")
    def derive_trips_week(self):
        return self.trips_day * 7

    @derive("checked_on", "stop_km", "trips_week", "form_of_service", "road_safe", always=True)
    def derive_connected(self):
        """A stop near enough with trips enough, or a number to call that brings a car."""
        if not self.road_safe or self.state == "cut_off":
            return False
        if self.form_of_service == Form.BOOKED:
            return bool(self.booking_phone)
        near = self.stop_km <= VILLAGE_STOP_KM.on(self.checked_on)
        return near and self.trips_week >= VILLAGE_WEEKLY_TRIPS.on(self.checked_on)

    @column("班次等级", numeric=False)
    def frequency(self):
        """The highest step of trips a day that the village reaches."""
        reached = [step for step in FREQUENCY_STEPS.on(self.checked_on) if self.trips_day >= step]
        return f"每日{max(reached)}趟以上" if reached else "每日不足2趟" if self.trips_day else "不定班"

    @column("预约响应率", unit="%")
    def answer_rate(self):
        return round(100 * self.served_bookings / self.booked) if self.booked else None

    def faults(self):
        """Booked service has a number; scheduled service has its line; answers are among the calls."""
        if self.form_of_service == Form.BOOKED and not self.booking_phone:
            yield "booking_phone", "预约响应的，须填预约电话。"
        if self.form_of_service in (Form.COACH, Form.BUS) and not (self.line_id or self.coach_line_id):
            yield "line", "班线客车和公交化运行的，须选择公交线路或客运班线。"
        if self.served_bookings > self.booked:
            yield "served_bookings", "“响应次数”多于“预约次数”。"
        if self.trips_week < self.trips_day:
            yield "trips_week", "“每周班次”少于“每日班次”。"
        if self.wait_minutes is not None and not self.booked:
            yield "wait_minutes", "没有预约，不会有等候时间。"

    @column("等候超时", numeric=False)
    def slow(self):
        if self.wait_minutes is None:
            return None
        return "超时" if self.wait_minutes > BOOKING_MINUTES.on(self.checked_on) else "及时"

    class Flow(Workflow):
        found_out = State("待现场核实", start=True)
        in_order_here = State("已核实", confirmed=True, tone="done")
        cut_off = State("中断整改", confirmed=True, tone="todo")
        outdated_row = State("已被新核查替代", final=True)

        verify_village = Move(found_out >> in_order_here, "核实通车情况", by="transport_officer")
        break_off = Move(
            in_order_here >> cut_off,
            "登记中断",
            by="transport_officer",
            takes=("broken_off_on", "break_reason"),
            needs=("broken_off_on", "break_reason"),
        )
        restore_service = Move(
            cut_off >> in_order_here,
            "恢复通车",
            by="transport_officer",
            takes=("restored_on_day", "line", "coach_line", "trips_day", "trips_week", "booking_phone"),
            needs=("restored_on_day",),
        )
        replace_row = Move(in_order_here >> outdated_row, "以新核查替代", by="transport_officer", comment=True)

    class Page(Ledger):
        title = "建制村通客车"
        columns = (
            "number served_village town form_of_service line coach_line stop_km frequency connected checked_on state"
        )
        filters = "checked_on unit state form_of_service connected town line coach_line"
        search = "number served_village__name"
        form = [
            Section("建制村", "served_village town form_of_service line coach_line stop_km road_safe checked_on"),
            Section("班次", "trips_day trips_week to_county_minutes connected"),
            Section("预约", "booking_phone booked served_bookings wait_minutes"),
            Section("中断", "broken_off_on break_reason restored_on_day"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"transport_officer": anyone, "road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "建制村通客车导入模板",
            columns=(
                "served_village form_of_service line coach_line stop_km trips_day trips_week booking_phone booked "
                "served_bookings wait_minutes to_county_minutes road_safe checked_on"
            ),
        )
        exports = (
            "number served_village town form_of_service line coach_line stop_km trips_day trips_week frequency "
            "booking_phone booked served_bookings answer_rate wait_minutes slow to_county_minutes connected checked_on "
            "broken_off_on break_reason state"
        )
        sort = "-checked_on"
        pictures = (
            Board("通客车看板", by="form_of_service", card="served_village town stop_km"),
            Bars("各乡镇", by="town", stack="form_of_service"),
        )
        follow_ups = (
            FollowUp("transit.sign", "登记站牌", {"line": "line", "coach_line": "coach_line"}, states="in_order_here"),
        )
        handheld = Handheld(
            "通客车核查",
            "served_village form_of_service line coach_line stop_km trips_day booking_phone road_safe checked_on",
            moves="verify_village break_off",
        )
        example = dict(
            served_village=None,
            form_of_service=Form.BOOKED,
            stop_km="1.2",
            trips_week=4,
            booking_phone="13900000010",
            booked=20,
            served_bookings=19,
            wait_minutes=35,
            to_county_minutes=48,
            checked_on="2026-03-20",
        )

    class Measures:
        villages = Count("通客车核查建制村", on="checked_on", distinct="served_village", unit="个")
        connected = Count(
            "通客车建制村", on="checked_on", where=Q(connected=True), distinct="served_village", unit="个"
        )
        booked = Count(
            "预约响应建制村", on="checked_on", where=Q(connected=True, form_of_service=Form.BOOKED),
            distinct="served_village", unit="个",
        )  # fmt: skip
        on_record = Count("在册通客车建制村", distinct="served_village", unit="个")
        broken_off = Count("通客车中断建制村", on="broken_off_on", distinct="served_village", unit="个")

    def __str__(self):
        return f"{self.served_village} {self.checked_on}"
