"""船舶污染物接收台账: what a ship hands over, who carried it away and who disposed of it, as one joint form (联单).

Basis: 长江保护法 第七十二条 (reception, transfer and disposal are linked). Liquids are counted in m³, garbage in kg.
A large difference between what was declared and what was received is explained before the waste goes on, and oily
water goes only to a holder of a hazardous-waste permit.
"""

from decimal import Decimal

from django.db.models import Q, TextChoices

from tonggui.ledgers.water.papers import WASTE_PAPERS
from tonggui.ledgers.water.pollutant_flow import PollutantFlow, Waste
from tonggui.register.declare import (
    Amount,
    Choice,
    Count,
    Day,
    Every,
    Handheld,
    Integer,
    Ledger,
    Link,
    Money,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.water import WASTE_TRANSFER


class Means(TextChoices):
    METER = "meter", "流量计"
    SCALE = "scale", "称重"
    ESTIMATE = "estimate", "估算"


class Pollutant(Record):
    """One delivery of one kind of waste by one ship, up to its disposal."""

    number = Number("WR{year}{seq:05}", year_of="delivered_on")
    receipt_no = Text("接收单证号", optional=True, max_length=40)
    boat = Link("water.Boat", "交付船舶")
    kind = Choice(Waste, "污染物种类")
    delivered_on = Day("交付日期", index=True)
    wharf = Link("water.Wharf", "接收地点", optional=True)
    enterprise = Link("parties.Enterprise", "污染物接收单位")
    contract = Link("water.ServiceContract", "服务合同", optional=True)
    aboard = Integer("在船人数", unit="人", optional=True, least=0, total=False)
    declared = Amount("申报数量", least=0, total=False, hint="污水填 m³，垃圾填 kg")
    volume_m3 = Amount("接收污水量", unit="m³", optional=True, least=0)
    garbage_kg = Amount("接收垃圾量", unit="kg", optional=True, least=0)
    means = Choice(Means, "计量方式", default=Means.ESTIMATE)
    difference_reason = Text("差异原因", optional=True)
    transfer_by = Day("应转运日期", optional=True, index=True)
    transferred_on = Day("转运日期", optional=True)
    transferred_to = Text("转运去向", optional=True, max_length=60)
    disposed_on = Day("污染物处置日期", optional=True)
    waste_permit = Text("危险废物经营许可证号", optional=True, max_length=40)
    fee = Money("接收费用", unit="元", optional=True, least=0)
    subsidy = Money("申请补助", unit="元", optional=True, least=0)
    photos = Photos("交接照片")

    @derive("delivered_on")
    def derive_transfer_by(self):
        return WASTE_TRANSFER.due(self.delivered_on)

    @derive("contract", always=True)
    def derive_fee(self):
        """Quantity times the unit price of the contract; without a contract the officer says what was paid."""
        volume = (self.volume_m3 or 0) * self.contract.sewage_price
        garbage = (self.garbage_kg or 0) * self.contract.garbage_price / 1000
        return (volume + garbage).quantize(Decimal("0.01"))

    @property
    def received(self) -> Decimal | None:
        """What was received, in the unit of its kind."""
        return self.garbage_kg if self.kind == Waste.GARBAGE else self.volume_m3

    @column("申报差异", unit="%")
    def difference(self):
        """How far the quantity received lies from the one declared, as a share of the latter; None where unknown."""
        if not self.declared or self.received is None:
            return None
        return round(abs(self.received - self.declared) * 100 / self.declared, 1)

    class Flow(PollutantFlow):
        pass

    class Page(Ledger):
        title = "船舶污染物接收"
        columns = "number delivered_on boat kind volume_m3 garbage_kg difference enterprise transfer_by fee state"
        filters = "delivered_on kind boat enterprise wharf state"
        search = "number receipt_no transferred_to"
        form = [
            Section("交付", "boat kind delivered_on wharf aboard declared"),
            Section("接收", "enterprise contract volume_m3 garbage_kg means difference_reason photos"),
            Section("转运处置", "transfer_by transferred_on transferred_to disposed_on waste_permit"),
            Section("费用", "fee subsidy"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"water_officer": anyone, "enterprise": own("enterprise")}
        imports = Sheet(
            "船舶污染物接收导入模板",
            columns=(
                "boat kind delivered_on wharf enterprise contract declared volume_m3 garbage_kg means transferred_on "
                "transferred_to disposed_on fee subsidy"
            ),
        )
        exports = (
            "number receipt_no boat kind delivered_on wharf enterprise contract declared volume_m3 garbage_kg means "
            "difference_reason transfer_by transferred_on transferred_to disposed_on fee subsidy state"
        )
        sort = "-delivered_on"
        papers = WASTE_PAPERS
        duties = (Every("month", "船舶污染物交付", on="delivered_on", per="boat", of=Q(gives_waste=True)),)
        handheld = Handheld(
            "船舶污染物接收", "boat kind delivered_on wharf enterprise declared volume_m3 garbage_kg photos"
        )
        example = dict(
            boat=None,
            kind=Waste.SEWAGE,
            delivered_on="2026-04-10",
            wharf=None,
            enterprise=None,
            contract=None,
            aboard=5,
            declared="1.2",
            volume_m3="1.15",
            means=Means.METER,
        )

    class Measures:
        deliveries = Count("接收船舶污染物", on="delivered_on", unit="艘次")
        volume = Sum("volume_m3", "接收船舶污水", on="delivered_on")
        oily = Sum("volume_m3", "接收含油污水", on="delivered_on", where=Q(kind="oily"))
        garbage = Sum("garbage_kg", "接收船舶垃圾", on="delivered_on")
        disposed = Count("处置完成", on="delivered_on", where=Q(state="disposed"), unit="艘次")
        fees = Sum("fee", "污染物接收费用", on="delivered_on")
        subsidies = Sum("subsidy", "申请补助", on="delivered_on")

    def faults(self):
        """Garbage is weighed, all else is measured in m³; the steps follow one another."""
        wrong = "volume_m3" if self.kind == Waste.GARBAGE else "garbage_kg"
        if getattr(self, wrong) is not None:
            yield wrong, f"{self.get_kind_display()}不填“{self.kinds[wrong].label}”。"
        for name in ("transferred_on", "disposed_on"):
            day = getattr(self, name)
            if day and day < self.delivered_on:
                yield name, f"“{self.kinds[name].label}”早于“交付日期”（{self.delivered_on}）。"
        if self.contract and self.contract.enterprise_id != self.enterprise_id:
            yield "contract", f"该合同是与{self.contract.enterprise.short_name}签订的，不是本接收单位。"

    def __str__(self):
        return f"{self.delivered_on} {self.boat.name} {self.get_kind_display()}"
