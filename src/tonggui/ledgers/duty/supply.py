"""应急物资台账: what lies in which depot, until when it is good, who keeps it, and how much there must be.

Basis: 生产安全事故应急条例 第十三条 (equipment and materials are stored, renewed and supplemented). The stock is what
the movements leave (`movement.py`): nobody types it. What is out of date leaves the count until it is scrapped.
"""

from django.db.models import F, Q, TextChoices
from django.db.models import Sum as SqlSum

from tonggui.base import clock
from tonggui.ledgers.duty.supply_flow import SupplyFlow
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Watch,
    anyone,
    column,
    derive,
    within_unit,
)
from tonggui.statutes.duty import SUPPLY_LEAD


class SupplyKind(TextChoices):
    FLOOD = "flood", "防汛物资"
    SNOW = "snow", "融雪除冰物资"
    REPAIR = "repair", "抢险抢通机具"
    RESCUE = "rescue", "水上救生器材"
    SIGNS = "signs", "警示标志和照明"
    FUEL = "fuel", "油料"
    PROTECTION = "protection", "防护医疗用品"
    OIL_SPILL = "oil_spill", "溢油处置物资"


class Supply(Record):
    """One kind of thing in one depot."""

    number = Number("WZ{seq:05}")
    name = Text("物资名称", max_length=60)
    kind = Choice(SupplyKind, "物资类别")
    specification = Text("规格型号", optional=True, max_length=60)
    counted_in = Text("物资计量单位", max_length=10, hint="件、条、吨、台")
    depot = Text("存放仓库", max_length=60)
    place = Place("位置", optional=True)
    keeper = Link("parties.Person", "保管人员")
    stock = Integer("库存数量", optional=True, least=0)
    minimum = Integer("最低储备量", least=0, default=0, total=False)
    produced_on = Day("生产日期", optional=True)
    expires_on = Day("物资有效期至", optional=True, index=True)
    checked_on = Day("最近盘点日期", optional=True)

    @derive("name", always=True)
    def derive_stock(self):
        """What posted movements leave."""
        return self.stock_now() if self.pk else 0

    def stock_now(self) -> int:
        from tonggui.ledgers.duty.movement import SupplyMovement

        posted = SupplyMovement._base_manager.filter(supply=self.pk, state="posted")
        return posted.aggregate(sum=SqlSum("change"))["sum"] or 0

    @column("储备缺口")
    def short(self):
        """How many are missing to the least that must be there."""
        return max(0, self.minimum - (self.stock or 0))

    @column("剩余有效天数", unit="天")
    def days_good(self):
        return (self.expires_on - clock.today()).days if self.expires_on else None

    class Flow(SupplyFlow):
        pass

    class Page(Ledger):
        title = "应急物资"
        columns = "number name kind depot stock counted_in short expires_on days_good keeper state"
        filters = "expires_on kind state unit keeper"
        search = "number name specification depot"
        names = "name"
        form = [
            Section("物资", "name kind specification counted_in minimum"),
            Section("存放", "depot keeper place unit"),
            Section("有效期", "produced_on expires_on checked_on"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone, "road_officer": within_unit, "water_officer": within_unit}
        imports = Sheet(
            "应急物资导入模板",
            key="name depot",
            columns="kind specification counted_in keeper minimum produced_on expires_on checked_on",
        )
        exports = (
            "number name kind specification counted_in depot keeper stock minimum short produced_on expires_on "
            "checked_on place state"
        )
        sort = "number"
        map = "place"
        watches = (
            Watch(
                "expires_on",
                "应急物资到期",
                lead=SUPPLY_LEAD,
                where=Q(stock__gt=0),
                basis="生产安全事故应急条例第十三条",
            ),
        )
        pictures = (Bars("各类物资", by="kind", of="stock"),)
        follow_ups = (FollowUp("duty.supplymovement", "登记出入库", {"supply": "self"}),)
        example = dict(
            name="救生衣",
            kind=SupplyKind.RESCUE,
            specification="船用成人型",
            counted_in="件",
            depot="江口镇应急仓库（示例）",
            keeper=None,
            minimum=50,
            produced_on="2024-06-01",
            expires_on="2029-05-31",
            checked_on="2026-03-10",
        )

    class Measures:
        kinds = Count("应急物资品种", unit="种")
        stock = Sum("stock", "应急物资储备")
        short = Count("储备不足品种", where=Q(stock__lt=F("minimum")), unit="种")

    def faults(self):
        """Things are made before they go bad."""
        if self.produced_on and self.expires_on and self.expires_on <= self.produced_on:
            yield "expires_on", "“物资有效期至”不晚于“生产日期”。"

    def __str__(self):
        return f"{self.name}（{self.depot}）"
