"""污染物购买服务合同台账: the service by which the county has ships' waste fetched, with its unit prices and its
payments.

Basis: 政府采购法 (service bought by contract); 长江保护法 第七十二条. What has been paid follows from the payments
and never passes the contract's sum.
"""

from decimal import Decimal

from django.db.models import Sum as SqlSum
from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Confirming,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    Money,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Watch,
    anyone,
    column,
    derive,
    own,
)


class Procurement(TextChoices):
    OPEN = "open", "公开招标"
    NEGOTIATED = "negotiated", "竞争性磋商"
    INQUIRY = "inquiry", "询价"
    SINGLE = "single", "单一来源"
    CATALOGUE = "catalogue", "政府购买服务目录内直接委托"


class ServiceContract(Record):
    """One contract with one receiver, at a price for each kind of waste."""

    number = Number("FW{year}{seq:03}", year_of="signed_on")
    name = Text("合同名称", max_length=80)
    contract_no = Text("合同编号", max_length=40)
    enterprise = Link("parties.Enterprise", "污染物接收单位")
    procurement = Choice(Procurement, "采购方式")
    signed_on = Day("合同签订日期", index=True)
    begins_on = Day("服务起始日期")
    ends_on = Day("服务截止日期", index=True)
    sewage_price = Money("污水每立方米单价", unit="元", least=0)
    garbage_price = Money("垃圾每吨单价", unit="元", least=0)
    total = Money("合同总额", unit="元", least=0)
    paid = Money("合同已付金额", unit="元", optional=True, least=0)
    fund_source = Text("合同资金来源", max_length=60)
    files = Files("合同文本")

    @derive("number", always=True)
    def derive_paid(self):
        """What approved payments of this contract come to."""
        return self.paid_so_far() if self.pk else Decimal(0)

    def paid_so_far(self) -> Decimal:
        from tonggui.ledgers.water.payment import ServicePayment

        paid = ServicePayment._base_manager.filter(contract=self.pk, state="confirmed")
        return paid.aggregate(sum=SqlSum("amount"))["sum"] or Decimal(0)

    @column("合同余额", unit="元")
    def left(self):
        return self.total - (self.paid or Decimal(0))

    class Flow(Confirming, enters="water_officer", checks="director"):
        pass

    class Page(Ledger):
        title = "污染物服务合同"
        columns = "number name enterprise signed_on ends_on sewage_price garbage_price total paid left state"
        filters = "signed_on ends_on enterprise procurement state"
        search = "number name contract_no"
        names = "name"
        form = [
            Section("合同", "name contract_no enterprise procurement signed_on begins_on ends_on"),
            Section("价款", "sewage_price garbage_price total fund_source files"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"water_officer": anyone}
        imports = Sheet(
            "污染物服务合同导入模板",
            key="contract_no",
            columns=(
                "name enterprise procurement signed_on begins_on ends_on sewage_price garbage_price total fund_source"
            ),
        )
        exports = (
            "number name contract_no enterprise procurement signed_on begins_on ends_on sewage_price garbage_price "
            "total paid left fund_source state"
        )
        sort = "-signed_on"
        watches = (Watch("ends_on", "污染物服务合同到期", lead=60),)
        example = dict(
            name="示例县船舶污染物接收服务",
            contract_no="示水污2026-01",
            enterprise=None,
            procurement=Procurement.NEGOTIATED,
            signed_on="2026-01-20",
            begins_on="2026-02-01",
            ends_on="2027-01-31",
            sewage_price="85",
            garbage_price="620",
            total="180000",
            fund_source="县级财政",
        )

    class Measures:
        signed = Count("签订服务合同", on="signed_on", unit="份")
        total = Sum("total", "服务合同金额", on="signed_on")

    def faults(self):
        """The service begins before it ends."""
        if self.ends_on < self.begins_on:
            yield "ends_on", f"“服务截止日期”早于“服务起始日期”（{self.begins_on}）。"

    def __str__(self):
        return self.name
