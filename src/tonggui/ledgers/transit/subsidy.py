"""补贴拨付台账: subsidy of one carrier for some months of its rural lines, from reckoning to payment.

Basis: 城市公共交通条例 第十六条: subsidy after the evaluation of service and the yearly audit of cost; shown to the
public before it is paid. What is due comes from the monthly rows; what is paid goes back to them, so that neither is
typed twice and late money can be named.
"""

from decimal import Decimal

from django.db.models import F, Q, TextChoices

from tonggui.base import clock
from tonggui.base.money import yuan
from tonggui.ledgers.transit.route_finance import RouteFinance
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Flag,
    Ledger,
    Link,
    LongText,
    Money,
    Month,
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


class Fund(TextChoices):
    CENTRAL = "central", "中央补助"
    PROVINCE = "province", "省级补助"
    COUNTY = "county", "县级财政"


def months_of(subsidy: "Subsidy"):
    """The confirmed monthly rows that the batch pays for."""
    rows = RouteFinance._base_manager.filter(
        enterprise=subsidy.enterprise_id, month__range=(subsidy.from_month, subsidy.to_month), state="confirmed"
    )
    return rows.order_by("month", "pk")


def why_not_show(subsidy: "Subsidy") -> str:
    """Evaluated, audited, and not more than is due."""
    if not subsidy.evaluated or not subsidy.audited:
        return "补贴须在服务质量评价和年度成本审计之后核定（城市公共交通条例第十六条）。"
    if subsidy.granted > subsidy.owed:
        return f"核定金额 {subsidy.granted:f} 元，多于应补未补的 {subsidy.owed:f} 元。"
    return ""


def why_not_pay(subsidy: "Subsidy") -> str:
    if subsidy.displayed_on and subsidy.display_until and subsidy.paid_on <= subsidy.display_until:
        return f"公示至 {subsidy.display_until}，期满无异议后再拨付。"
    return "" if subsidy.granted is None or subsidy.amount <= subsidy.granted else "拨付金额多于核定金额。"


def spread(subsidy: "Subsidy", actor) -> None:
    """Give the money to the months it is for, the oldest first, each up to what it still lacks."""
    left = Decimal(subsidy.amount)
    for row in months_of(subsidy):
        lacks = Decimal(row.subsidy_due or 0) - Decimal(row.subsidy_paid)
        part = max(Decimal(0), min(left, lacks))
        if part:
            row.subsidy_paid = yuan(Decimal(row.subsidy_paid) + part)
            row.save()
            left -= part


class Subsidy(Record):
    """One payment to one carrier for some months."""

    number = Number("BT{year}{seq:04}", year_of="reckoned_on")
    batch_name = Text("补贴批次名称", max_length=60)
    enterprise = Link("parties.Enterprise", "补贴对象")
    fund = Choice(Fund, "补贴资金来源", default=Fund.COUNTY)
    from_month = Month("补贴起始月份")
    to_month = Month("补贴截止月份")
    reckoned_on = Day("补贴测算日期", index=True)
    owed = Money("应补未补", optional=True, least=0)
    evaluated = Flag("服务质量评价完成")
    audited = Flag("年度成本审计完成")
    granted = Money("核定金额", optional=True, least=0)
    grant_basis = LongText("核定依据", optional=True)
    displayed_on = Day("公示开始日期", optional=True)
    display_until = Day("公示截止日期", optional=True)
    pay_subsidy_by = Day("应拨付日期", optional=True, index=True, hint="资金文件要求的日期")
    amount = Money("支付金额", optional=True, least=0)
    paid_on = Day("支付日期", optional=True, index=True)
    voucher = Text("支付凭证号", optional=True, max_length=40)

    @derive("enterprise", "from_month", "to_month")
    def derive_owed(self):
        """What the confirmed months are due and have not yet got, in yuan."""
        rows = months_of(self).values_list("subsidy_due", "subsidy_paid")
        return sum((Decimal(due or 0) - Decimal(paid) for due, paid in rows), Decimal(0))

    @column("拨付迟延", unit="天")
    def days_late(self):
        """Days after the day of the funding paper, up to payment or today."""
        if self.pay_subsidy_by is None:
            return None
        return max(0, ((self.paid_on or clock.today()) - self.pay_subsidy_by).days)

    def faults(self):
        if self.to_month < self.from_month:
            yield "to_month", "“补贴截止月份”早于起始月份。"
        if self.display_until and self.displayed_on and self.display_until < self.displayed_on:
            yield "display_until", "“公示截止日期”早于公示开始日期。"

    class Flow(Workflow):
        reckoned = State("待核定拨付", start=True)
        displayed = State("公示中", due="display_until")
        to_pay = State("待拨付", due="pay_subsidy_by", tone="todo")
        paid_out = State("已拨付", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        display_subsidy = Move(
            reckoned >> displayed,
            "核定公示",
            by="transport_officer",
            takes=("granted", "grant_basis", "displayed_on", "display_until"),
            needs=("granted", "displayed_on", "display_until"),
            check=why_not_show,
        )
        agree_subsidy = Move(
            displayed >> to_pay, "公示无异议", by="director", takes=("pay_subsidy_by",), not_same_as="display_subsidy"
        )
        pay_out = Move(
            to_pay >> paid_out,
            "拨付",
            by=("transport_officer", "clerk"),
            takes=("amount", "paid_on", "voucher"),
            needs=("amount", "paid_on", "voucher"),
            check=why_not_pay,
            then=spread,
            recall=False,
        )
        take_back_subsidy = Move((displayed | to_pay) >> reckoned, "退回重新核定", by="director", comment=True)
        cancel = Move((reckoned | displayed) >> void, "作废", by="director", comment=True)

    class Page(Ledger):
        title = "补贴拨付"
        columns = "number batch_name enterprise fund from_month to_month owed granted amount paid_on days_late state"
        filters = "reckoned_on paid_on unit state enterprise fund pay_subsidy_by"
        search = "number batch_name voucher enterprise__name"
        names = "batch_name"
        form = [
            Section("补贴", "batch_name enterprise fund from_month to_month reckoned_on owed"),
            Section("核定", "evaluated audited granted grant_basis displayed_on display_until"),
            Section("拨付", "pay_subsidy_by amount paid_on voucher"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "补贴拨付导入模板",
            columns="batch_name enterprise fund from_month to_month reckoned_on evaluated audited granted grant_basis",
        )
        exports = (
            "number batch_name enterprise fund from_month to_month reckoned_on owed granted grant_basis displayed_on "
            "display_until pay_subsidy_by amount paid_on voucher days_late state"
        )
        sort = "-reckoned_on"
        unit_from = "enterprise"
        watches = (
            Watch(
                "pay_subsidy_by", "补贴应拨付", lead=15, where=Q(state="to_pay"), tell=("transport_officer", "director")
            ),
        )
        pictures = (
            Board("拨付看板", by="state", card="batch_name enterprise owed"),
            Bars("各企业", by="enterprise", of="amount"),
        )
        example = dict(
            batch_name="2026年一季度农村客运补贴（示例）",
            enterprise=None,
            from_month="2026-01",
            to_month="2026-03",
            reckoned_on="2026-04-08",
            evaluated=True,
            audited=True,
        )

    class Measures:
        paid = Sum("amount", "拨付农村客运补贴", on="paid_on")
        batches = Count("补贴拨付批次", on="paid_on", unit="批")
        in_time = Count("按期拨付批次", on="paid_on", where=Q(paid_on__lte=F("pay_subsidy_by")), unit="批")

    def __str__(self):
        return self.batch_name
