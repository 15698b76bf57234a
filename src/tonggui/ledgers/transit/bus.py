"""公交车辆台账: buses and rural coaches of the public fleet, bought, bought back or moved in, until they leave.

Basis: 机动车强制报废标准规定 第五条 (13 years for city buses); 城市公共交通条例 for clean vehicles. Coaches of single
owners that the company buys back (回购) for a conversion are entered here too and count on the day of buying back.
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
    Ledger,
    Link,
    Money,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.licences import PERMIT_LEAD
from tonggui.statutes.passenger import BUS_YEARS


class Energy(TextChoices):
    ELECTRIC = "electric", "纯电动"
    HYBRID = "hybrid", "插电混动"
    GAS = "gas", "天然气"
    DIESEL = "diesel", "柴油"
    HYDROGEN = "hydrogen", "氢燃料"


class Source(TextChoices):
    BOUGHT = "bought", "新购"
    BOUGHT_BACK = "bought_back", "回购"
    MOVED_IN = "moved_in", "调入"
    LEASED = "leased", "租赁"


def count_bought_back(bus: "Bus", actor) -> None:
    """Bring the conversion's count and money up to the coaches bought back so far."""
    from tonggui.ledgers.transit.conversion import Conversion

    if bus.conversion_id is None:
        return
    conversion = Conversion._base_manager.select_for_update(of=("self",)).get(pk=bus.conversion_id)
    rows = Bus._base_manager.filter(conversion=conversion.pk, acquired_by=Source.BOUGHT_BACK).exclude(
        state="ordered_bus"
    )
    prices = list(rows.values_list("price", flat=True))
    conversion.bought_back = len(prices)
    conversion.paid_back = sum(price or 0 for price in prices)
    conversion.save()


class Bus(Record):
    """One vehicle of the public fleet; plate, seats and permit stand in the ledger of vehicles."""

    number = Number("GJC{seq:05}")
    vehicle = Link("fleet.Vehicle", "车辆")
    enterprise = Link("parties.Enterprise", "公交企业", optional=True)
    fleet_no = Text("自编号", optional=True, max_length=20)
    line = Link("transit.BusLine", "公交线路", optional=True)
    energy = Choice(Energy, "能源类型")
    acquired_by = Choice(Source, "车辆来源", default=Source.BOUGHT)
    conversion = Link("transit.Conversion", "班线改公交项目", optional=True)
    model_length_m = Amount("车身长度", unit="米", places=1, least=4, most=19, optional=True, total=False)
    battery_kwh = Amount("电池容量", unit="千瓦时", places=1, least=0, optional=True, total=False)
    low_floor = Flag("低地板无障碍")
    plated_on = Day("车辆登记日期")
    bought_on = Day("购置日期", optional=True, index=True)
    bought_back_on = Day("回购日期", optional=True, index=True)
    former_owner = Text("回购前车主", optional=True, max_length=40)
    price = Money("购置回购价款", optional=True, least=0)
    purchase_subsidy = Money("购车补助", optional=True, least=0)
    in_service_on = Day("投运日期", optional=True, index=True)
    retire_by = Day("应报废日期", optional=True, index=True)
    left_fleet_on = Day("退出车队日期", optional=True)

    @derive("vehicle")
    def derive_enterprise(self):
        return self.vehicle.enterprise

    @derive("plated_on")
    def derive_retire_by(self):
        return BUS_YEARS.due(self.plated_on)

    @column("补助占价款", unit="%")
    def subsidy_share(self):
        return round(100 * self.purchase_subsidy / self.price) if self.price and self.purchase_subsidy else None

    def why_not_take_in(self) -> str:
        """A vehicle is once in the fleet; a coach bought back says from whom and for how much."""
        there = Bus._base_manager.filter(vehicle=self.vehicle_id, state__in=("taken_over", "in_service", "spare"))
        if twin := there.exclude(pk=self.pk).first():
            return f"{self.vehicle}已在车队台账中（{twin.number}）。"
        if self.acquired_by == Source.BOUGHT_BACK and not (self.former_owner and self.price and self.bought_back_on):
            return "回购车辆须填写回购前车主、回购日期和价款。"
        if self.acquired_by == Source.BOUGHT and self.bought_on is None:
            return "新购车辆须填写购置日期。"
        return ""

    def faults(self):
        """Days in order."""
        for name in ("bought_back_on", "in_service_on", "left_fleet_on"):
            day = getattr(self, name)
            if day and day < self.plated_on:
                yield name, f"“{self.kinds[name].label}”早于车辆登记日期 {self.plated_on}。"

    class Flow(Workflow):
        ordered_bus = State("待投运", start=True)
        taken_over = State("已接收待投运", confirmed=True)
        in_service = State("在运", confirmed=True, tone="done")
        spare = State("备用", confirmed=True)
        left_fleet = State("退出车队", final=True, confirmed=True, tone="void")

        take_over_bus = Move(
            ordered_bus >> taken_over,
            "接收车辆",
            by="transport_officer",
            takes=("bought_on", "bought_back_on", "former_owner", "price"),
            check=lambda bus: bus.why_not_take_in(),
            then=count_bought_back,
        )
        put_in_service = Move(
            (taken_over | spare) >> in_service,
            "投入运营",
            by=("transport_officer", "enterprise"),
            takes=("line", "in_service_on"),
            needs=("line", "in_service_on"),
        )
        set_aside_bus = Move(in_service >> spare, "转为备用", by=("transport_officer", "enterprise"))
        leave_fleet = Move(
            (taken_over | in_service | spare) >> left_fleet,
            "报废或转出",
            by="transport_officer",
            takes=("left_fleet_on",),
            needs=("left_fleet_on",),
            comment=True,
        )

    class Page(Ledger):
        title = "公交车辆"
        columns = "number vehicle fleet_no line energy acquired_by in_service_on bought_back_on price retire_by state"
        filters = "in_service_on bought_back_on unit state energy acquired_by line enterprise conversion"
        search = "number fleet_no former_owner vehicle__plate"
        names = "fleet_no"
        form = [
            Section("车辆", "vehicle enterprise fleet_no line energy model_length_m battery_kwh low_floor plated_on"),
            Section("来源", "acquired_by conversion bought_on bought_back_on former_owner price purchase_subsidy"),
            Section("使用", "in_service_on retire_by left_fleet_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "公交车辆导入模板",
            columns="vehicle fleet_no line energy acquired_by conversion model_length_m battery_kwh low_floor "
            "plated_on bought_on bought_back_on former_owner price purchase_subsidy in_service_on",
        )
        exports = (
            "number vehicle enterprise fleet_no line energy acquired_by conversion battery_kwh low_floor "
            "plated_on bought_on bought_back_on former_owner price purchase_subsidy subsidy_share "
            "in_service_on retire_by state"
        )
        sort = "number"
        unit_from = "vehicle"
        watches = (
            Watch(
                "retire_by",
                "公交车使用年限届满",
                lead=PERMIT_LEAD,
                where=~Q(state="left_fleet"),
                basis="报废标准第五条",
            ),
        )
        pictures = (
            Bars("能源结构", by="energy", stack="acquired_by"),
            Board("车辆看板", by="state", card="vehicle line energy"),
        )
        follow_ups = (
            FollowUp("transit.sign", "登记车身标识", {"vehicle": "vehicle", "line": "line"}, states="in_service"),
        )
        example = dict(
            vehicle=None,
            fleet_no="示001",
            energy=Energy.ELECTRIC,
            model_length_m="8.5",
            battery_kwh="162.0",
            plated_on="2026-02-10",
            bought_on="2026-01-20",
            price="520000",
            purchase_subsidy="60000",
        )

    class Measures:
        fleet = Count("公共汽车", where=Q(state__in=("in_service", "spare")), unit="辆")
        electric = Count("纯电动公交车", where=Q(state__in=("in_service", "spare"), energy=Energy.ELECTRIC), unit="辆")
        electric_added = Count("新增纯电动公交车", on="in_service_on", where=Q(energy=Energy.ELECTRIC), unit="辆")
        bought = Count("购置公交车", on="bought_on", where=Q(acquired_by=Source.BOUGHT), unit="辆")
        bought_back = Count("回购农村客车", on="bought_back_on", where=Q(acquired_by=Source.BOUGHT_BACK), unit="辆")
        paid_back = Sum("price", "回购价款", on="bought_back_on", where=Q(acquired_by=Source.BOUGHT_BACK))

    def __str__(self):
        return self.fleet_no or self.number
