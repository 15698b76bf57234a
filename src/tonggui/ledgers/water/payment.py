"""污染物服务费支付台账: a month of a service contract, what it received, and what is paid for it.

The quantities and the sum come from the receipts of the month (已接收 rows of the contract), so that nothing is typed
twice; the officer may pay less and then says why. Basis: the contract; 政府采购法 on payment as agreed.
"""

from decimal import Decimal

from django.db.models import Sum as SqlSum

from tonggui.ledgers.water.pollutant import Pollutant
from tonggui.register.declare import (
    Amount,
    Confirming,
    Day,
    Ledger,
    Link,
    Money,
    Month,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    derive,
)


class ServicePayment(Record):
    """One payment for one month."""

    number = Number("FZ{year}{seq:03}", year_of="month")
    contract = Link("water.ServiceContract", "服务合同")
    month = Month("服务月份")
    volume_m3 = Amount("接收污水量", unit="m³", optional=True, least=0)
    garbage_kg = Amount("接收垃圾量", unit="kg", optional=True, least=0)
    payable = Money("应付服务费", unit="元", optional=True, least=0)
    amount = Money("支付金额", unit="元", optional=True, least=0)
    deduction_reason = Text("扣减原因", optional=True)
    paid_on = Day("支付日期", optional=True)
    voucher = Text("支付凭证号", optional=True, max_length=40)

    def receipts(self):
        """Receipts of the contract in the month that are confirmed."""
        states = Pollutant.ledger.flow.confirmed
        day = self.month
        return Pollutant._base_manager.filter(
            contract=self.contract, state__in=states, delivered_on__year=day.year, delivered_on__month=day.month
        )

    def _sum(self, field: str) -> Decimal:
        return self.receipts().aggregate(sum=SqlSum(field))["sum"] or Decimal(0)

    @derive("contract", "month")
    def derive_volume_m3(self):
        return self._sum("volume_m3")

    @derive("contract", "month")
    def derive_garbage_kg(self):
        return self._sum("garbage_kg")

    @derive("contract", "volume_m3", "garbage_kg", always=True)
    def derive_payable(self):
        """Quantities at the contract's prices."""
        contract = self.contract
        owed = self.volume_m3 * contract.sewage_price + self.garbage_kg * contract.garbage_price / 1000
        return owed.quantize(Decimal("0.01"))

    @derive("payable")
    def derive_amount(self):
        return self.payable

    def why_not_approve(self) -> str:
        """All payments together stay within the contract's sum."""
        left = self.contract.total - self.contract.paid_so_far()
        return "" if self.amount <= left else f"支付 {self.amount:f} 元，超过合同余额 {left:f} 元。"

    def told_contract(self, actor) -> None:
        """The contract's own sum paid is computed again when it is written."""
        self.contract.save()

    class Flow(Confirming, enters="water_officer", checks="director"):
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by="director",
            not_same_as="submit",
            check=lambda payment: payment.why_not_approve(),
            then=lambda payment, actor: payment.told_contract(actor),
        )

    class Page(Ledger):
        title = "污染物服务费支付"
        columns = "number contract month volume_m3 garbage_kg payable amount paid_on state"
        filters = "month contract paid_on state"
        search = "number voucher deduction_reason"
        form = [
            Section("服务", "contract month volume_m3 garbage_kg"),
            Section("支付", "amount deduction_reason paid_on voucher"),
        ]
        read = {"county": anyone}
        write = {"water_officer": anyone}
        imports = Sheet(
            "污染物服务费支付导入模板", columns="contract month volume_m3 garbage_kg amount paid_on voucher"
        )
        exports = "number contract month volume_m3 garbage_kg payable amount deduction_reason paid_on voucher state"
        sort = "-month"
        unit_from = "contract"
        example = dict(contract=None, month="2026-04", volume_m3="126.5", garbage_kg="840", voucher="示付0001")

    class Measures:
        paid = Sum("amount", "支付污染物服务费", on="month")

    def faults(self):
        """Less than what is due needs its reason; more is never paid."""
        if self.amount is None or self.payable is None:
            return
        if self.amount > self.payable:
            yield "amount", f"“支付金额”高于应付服务费 {self.payable:f} 元。"
        elif self.amount < self.payable and not self.deduction_reason:
            yield "deduction_reason", "支付金额低于应付服务费的，须写明扣减原因。"

    def __str__(self):
        return f"{self.contract.name} {self.month:%Y-%m}"
