"""维修救援网点台账: the points of the repair-rescue network on the map, what each covers and the phone that answers.

Basis: 机动车维修管理规定 (round-the-clock rescue is encouraged and its charges are shown); the bureau's plan of the
network. A point belongs to a filed shop; a call is answered within the minutes it promises.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Amount,
    Area,
    Choices,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Phone,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Sum,
    Text,
    Watch,
    derive,
    own,
    within_unit,
)


class Service(TextChoices):
    TOW = "tow", "拖车牵引"
    TYRE = "tyre", "更换轮胎"
    BATTERY = "battery", "搭电换电瓶"
    FUEL = "fuel", "送油送水"
    REPAIR = "repair", "现场抢修"
    LIFT = "lift", "吊装救援"


class RescuePoint(Record):
    """One point. Its radius tells what it covers where no area is drawn."""

    number = Number("JY{seq:03}")
    shop = Link("repair.RepairShop", "依托维修企业")
    enterprise = Link("parties.Enterprise", "维修企业", optional=True)
    name = Text("救援网点名称", unique=True, max_length=60)
    rescue_phone = Phone("救援电话")
    round_the_clock = Flag("二十四小时服务")
    services = Choices(Service, "救援项目")
    rescue_trucks = Integer("救援车辆数", unit="辆", least=0)
    rescuers = Integer("救援人员数", unit="人", least=0)
    radius_km = Amount("覆盖半径", unit="km", least=0, total=False)
    coverage = Area("覆盖范围", optional=True)
    covered_roads = LongText("覆盖路段", optional=True)
    arrival_minutes = Integer("承诺到达时间", unit="分钟", least=1, most=600, total=False)
    prices_shown = Flag("收费已公示")
    listed_from = Day("入网日期", index=True)
    agreement_until = Day("应急协议有效期至", optional=True, index=True)
    place = Place("位置")

    @derive("shop")
    def derive_enterprise(self):
        return self.shop.enterprise

    def faults(self):
        """Towing wants a truck; a point promises what it can keep."""
        if ",tow," in self.services and not self.rescue_trucks:
            yield "rescue_trucks", "提供拖车牵引的网点须有救援车辆。"
        if self.agreement_until and self.agreement_until < self.listed_from:
            yield "agreement_until", f"“应急协议有效期至”早于入网日期 {self.listed_from}。"

    class Flow(Standing, keeps=("transport_officer", "clerk")):
        pass

    class Page(Ledger):
        title = "维修救援网点"
        columns = "number name shop rescue_phone round_the_clock rescue_trucks radius_km arrival_minutes state"
        filters = "listed_from unit enterprise services round_the_clock state agreement_until"
        search = "number name rescue_phone covered_roads"
        names = "name"
        form = [
            Section("网点", "name shop enterprise rescue_phone round_the_clock services listed_from agreement_until"),
            Section("能力", "rescue_trucks rescuers arrival_minutes prices_shown"),
            Section("覆盖", "place radius_km coverage covered_roads"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "维修救援网点导入模板",
            key="name",
            columns=(
                "shop rescue_phone round_the_clock services rescue_trucks rescuers radius_km arrival_minutes "
                "prices_shown covered_roads listed_from agreement_until place"
            ),
        )
        exports = (
            "number name shop rescue_phone round_the_clock services rescue_trucks rescuers radius_km arrival_minutes "
            "prices_shown covered_roads listed_from agreement_until place state"
        )
        sort = "number"
        unit_from = "shop"
        map = "place"
        watches = (Watch("agreement_until", "救援网点协议到期", lead=30, basis="本局维修救援网络约定"),)
        example = dict(
            shop=None,
            name="示例城关救援网点",
            rescue_phone="13800000041",
            round_the_clock=True,
            services=["tow", "tyre", "battery"],
            rescue_trucks=2,
            rescuers=4,
            radius_km="25",
            arrival_minutes=45,
            prices_shown=True,
            listed_from="2025-01-01",
            place="121.4737, 31.2304",
        )

    class Measures:
        points = Count("维修救援网点", unit="个")
        all_day = Count("二十四小时救援网点", where=Q(round_the_clock=True), unit="个")
        trucks = Sum("rescue_trucks", "救援车辆")

    def __str__(self):
        return self.name
