"""转运护送台账: groups brought from an airport or a station by convoy, sorted by class and handed over.

Basis: the county's transfer plan (机场旅客分类分通道、转运护送) and 突发事件应对法 (2024) for emergencies. The count by
class, the count in the vehicles and the count handed over must be one and the same; the vehicles stand in
`transfer_vehicle.py`.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Calendar,
    Choice,
    Count,
    Day,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Paper,
    Photos,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    column,
    derive,
)


class TransferKind(TextChoices):
    AIRPORT = "airport", "机场旅客"
    RAILWAY = "railway", "火车站旅客"
    STUDENTS = "students", "学生团体"
    WORKERS = "workers", "务工人员"
    RESETTLED = "resettled", "避险转移群众"


CLASSES = ("ordinary", "watched", "isolated", "assisted")

MANIFEST = """{flight}　{from_place}至{to_place}

- 普通旅客 | {ordinary} | 重点旅客 | {watched}
- 须隔离旅客 | {isolated} | 老幼病残孕 | {assisted}
- 合计 | {all_passengers} | 车辆 | {convoy_vehicles}

护送负责人：{escort}；出发：{set_off_at}；交接：{handed_over_at}，接收单位：{taken_in_by}，实收{received_count}人。

【差异说明：{difference_reason}】"""


def why_not_set_off(transfer: "Transfer") -> str:
    """Everybody has a seat before the convoy leaves, and somebody escorts it."""
    seated = transfer.seated()
    if not transfer.convoy_vehicles:
        return "还没有登记转运车辆。"
    if seated != transfer.all_passengers:
        return f"各车已乘 {seated} 人，与旅客合计 {transfer.all_passengers} 人不符，不能出发。"
    return ""


def why_not_hand_over(transfer: "Transfer") -> str:
    """As many arrive as set off, or it is said why not."""
    if transfer.received_count != transfer.all_passengers and not transfer.difference_reason:
        return f"出发 {transfer.all_passengers} 人，实收 {transfer.received_count} 人，须写明差异原因。"
    return ""


class Transfer(Record):
    """One group, from its flight to the place that takes it in."""

    number = Number("ZY{year}{seq:04}", year_of="moved_people_on")
    kind = Choice(TransferKind, "转运类别", default=TransferKind.AIRPORT)
    flight = Text("航班车次", max_length=30)
    landed_at = Moment("到达口岸时间")
    moved_people_on = Day("转运护送日期", optional=True, index=True)
    from_place = Text("转运起点", max_length=60)
    to_place = Text("转运终点", max_length=60)
    channel_used = Text("分流通道", optional=True, max_length=40, hint="分类分通道时使用的通道")
    ordinary = Integer("普通旅客", unit="人", least=0, default=0)
    watched = Integer("重点旅客", unit="人", least=0, default=0)
    isolated = Integer("须隔离旅客", unit="人", least=0, default=0)
    assisted = Integer("老幼病残孕旅客", unit="人", least=0, default=0)
    all_passengers = Integer("旅客合计", unit="人", optional=True, least=0)
    convoy_vehicles = Integer("转运车辆数", unit="辆", least=0, default=0, hint="由转运车辆台账汇总")
    escort = Link("parties.Person", "护送负责人", optional=True)
    police_escort = Text("公安护送", optional=True, max_length=60)
    set_off_at = Moment("车队出发时间", optional=True)
    handed_over_at = Moment("移交时间", optional=True)
    taken_in_by = Text("接收单位", optional=True, max_length=60)
    received_count = Integer("实收人数", unit="人", optional=True, least=0)
    difference_reason = LongText("差异原因", optional=True)
    disinfected = LongText("车辆消毒情况", optional=True)
    photos = Photos("移交照片")

    @derive("landed_at", always=True)
    def derive_moved_people_on(self):
        return self.landed_at.astimezone(clock.CHINA).date()

    @derive("ordinary", "watched", "isolated", "assisted", always=True)
    def derive_all_passengers(self):
        return sum(getattr(self, name) for name in CLASSES)

    def seated(self) -> int:
        """People in the vehicles of the convoy."""
        from tonggui.ledgers.passenger.transfer_vehicle import TransferVehicle

        rows = TransferVehicle._base_manager.filter(transfer=self.pk, state="boarded_up")
        return sum(rows.values_list("boarded", flat=True))

    @column("历时", unit="分钟")
    def minutes(self):
        """Minutes from arrival to hand-over; None before."""
        return int((self.handed_over_at - self.landed_at).total_seconds() // 60) if self.handed_over_at else None

    def faults(self):
        for name, after in (("set_off_at", "landed_at"), ("handed_over_at", "set_off_at")):
            later, earlier = getattr(self, name), getattr(self, after)
            if later and earlier and later < earlier:
                yield name, f"“{self.kinds[name].label}”早于“{self.kinds[after].label}”。"

    class Flow(Workflow):
        assembling = State("集结中", start=True)
        on_the_way = State("转运途中", tone="todo")
        delivered = State("已移交接收", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        set_off = Move(
            assembling >> on_the_way,
            "车队出发",
            by=("transport_officer", "duty_officer"),
            takes=("escort", "police_escort", "set_off_at"),
            needs=("escort", "set_off_at"),
            check=why_not_set_off,
        )
        deliver = Move(
            on_the_way >> delivered,
            "移交接收",
            by=("transport_officer", "duty_officer"),
            takes=("taken_in_by", "received_count", "handed_over_at", "difference_reason", "disinfected"),
            needs=("taken_in_by", "received_count", "handed_over_at"),
            check=why_not_hand_over,
        )
        cancel = Move((assembling | on_the_way) >> void, "作废", by=("transport_officer", "director"), comment=True)

    class Page(Ledger):
        title = "转运护送"
        columns = "number moved_people_on kind flight to_place all_passengers convoy_vehicles escort minutes state"
        filters = "moved_people_on unit state kind escort"
        search = "number flight from_place to_place taken_in_by"
        names = "flight"
        form = [
            Section("航班车次", "kind flight landed_at from_place to_place channel_used"),
            Section("旅客", "ordinary watched isolated assisted all_passengers"),
            Section("车队", "convoy_vehicles escort police_escort set_off_at"),
            Section("移交", "taken_in_by received_count handed_over_at difference_reason disinfected photos"),
        ]
        read = {"county": anyone}
        write = {"transport_officer": anyone, "duty_officer": anyone}
        imports = Sheet(
            "转运护送导入模板",
            columns="kind flight landed_at from_place to_place channel_used ordinary watched isolated assisted",
        )
        exports = (
            "number kind flight landed_at from_place to_place channel_used ordinary watched isolated assisted "
            "all_passengers convoy_vehicles escort police_escort set_off_at taken_in_by received_count handed_over_at "
            "difference_reason disinfected state"
        )
        sort = "-landed_at"
        papers = (Paper("旅客转运交接单", MANIFEST, states="on_the_way delivered", signs="护送负责人 接收人"),)
        pictures = (
            Calendar("转运日历", on="moved_people_on", text="flight all_passengers"),
            Bars("各类转运", by="kind"),
        )
        follow_ups = (FollowUp("passenger.transfervehicle", "登记转运车辆", {"transfer": "self"}, "assembling"),)
        handheld = Handheld(
            "转运护送",
            "kind flight landed_at from_place to_place channel_used ordinary watched isolated assisted photos",
            moves="set_off deliver",
        )
        example = dict(
            flight="示A1234",
            landed_at="2026-03-01 06:40",
            from_place="示例机场",
            to_place="示例县客运中心",
            ordinary=36,
            assisted=4,
        )

    class Measures:
        transfers = Count("转运护送", on="moved_people_on", unit="批次")
        passengers = Sum("all_passengers", "转运旅客", on="moved_people_on")
        vehicles = Sum("convoy_vehicles", "转运出动车辆", on="moved_people_on")
        isolated = Count("含须隔离旅客的转运", on="moved_people_on", where=Q(isolated__gt=0), unit="批次")

    def __str__(self):
        return f"{self.flight} {self.moved_people_on}"
