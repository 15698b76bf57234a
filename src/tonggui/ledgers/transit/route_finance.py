"""农村客运盈亏台账: what a rural line took and cost each month, what subsidy it is due, and whether it may stop.

Basis: 城市公共交通条例 第十四条, 第十六条 (price with cost supervision; subsidy after evaluation and cost audit),
第五十四条 for town and countryside. How the subsidy is computed is a reading of the bureau. A line that still loses
money month after month is named before it stops.
"""

from decimal import Decimal

from django.db.models import Q, TextChoices

from tonggui.law.deadlines import add_months
from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
    Choice,
    Confirming,
    Count,
    Every,
    Flag,
    Integer,
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
    column,
    derive,
    own,
)
from tonggui.statutes.passenger import LOSS_MONTHS, LOW_LOAD, subsidy_due


class StopRisk(TextChoices):
    NONE = "none", "正常"
    WATCH = "watch", "关注"
    HIGH = "high", "停运风险"


COSTS = ("driver_cost", "energy_cost", "repair_cost", "insurance_cost", "depreciation", "other_cost")


def why_not_submit(row: "RouteFinance") -> str:
    """A line that may stop says why it loses money."""
    return "有停运风险的线路须填写亏损原因。" if row.stop_risk == StopRisk.HIGH and not row.loss_reason else ""


class RouteFinance(Record):
    """One rural line in one month."""

    number = Number("NK{year}{seq:05}", year_of="month")
    month = Month("月份")
    coach_line = Link("passenger.CoachLine", "客运班线", optional=True)
    line = Link("transit.BusLine", "公交线路", optional=True)
    enterprise = Link("parties.Enterprise", "运营企业", optional=True)
    trips_agreed = Integer("应发班次", unit="班", least=0)
    trips_run = Integer("实发班次", unit="班", least=0)
    km_run = Amount("完成里程", unit="公里", places=1, least=0)
    riders = Integer("运送旅客", unit="人次", least=0)
    free_riders = Integer("免费优惠旅客", unit="人次", least=0, default=0)
    fares = Money("票款收入", least=0)
    other_income = Money("其他收入", default=0, least=0, hint="广告、小件快运、邮政补偿")
    driver_cost = Money("人工成本", default=0, least=0)
    energy_cost = Money("能耗成本", default=0, least=0)
    repair_cost = Money("维修成本", default=0, least=0)
    insurance_cost = Money("保险成本", default=0, least=0)
    depreciation = Money("折旧", default=0, least=0)
    other_cost = Money("管理及其他成本", default=0, least=0)
    total_cost = Money("总成本", optional=True, least=0)
    quality_score = Integer("服务质量考核得分", unit="分", least=0, most=100, default=90, total=False)
    subsidy_due = Money("应补金额", optional=True, least=0)
    subsidy_paid = Money("已补金额", default=0, least=0, hint="由补贴拨付台账写入")
    stop_risk = Choice(StopRisk, "停运风险", default=StopRisk.NONE)
    suspended_line = Flag("当月停运")
    loss_reason = Text("亏损原因", optional=True, max_length=120, hint="客流少、单向空驶、油价、临时停运")

    @derive("line")
    def derive_enterprise(self):
        return self.line.enterprise

    @derive(*COSTS, always=True)
    def derive_total_cost(self):
        return sum((getattr(self, name) for name in COSTS), Decimal(0))

    @derive("month", "km_run", "fares", "other_income", "quality_score")
    def derive_subsidy_due(self):
        """By the method in force; the officer may set another after the yearly audit."""
        income = Decimal(self.fares) + Decimal(self.other_income)
        return subsidy_due(self.month, km=Decimal(self.km_run), income=income, score=self.quality_score)

    @property
    def balance(self) -> Decimal:
        """Income and the subsidy that has arrived, less cost."""
        income = Decimal(self.fares) + Decimal(self.other_income) + Decimal(self.subsidy_paid)
        return income - Decimal(self.total_cost or 0)

    @column("盈亏", unit="元")
    def profit(self):
        """What is left of the income without subsidy, in yuan."""
        return self.balance - Decimal(self.subsidy_paid)

    @column("班均旅客", unit="人")
    def mean_load(self):
        return round(self.riders / self.trips_run, 1) if self.trips_run else None

    @column("运力建议", numeric=False)
    def capacity_advice(self):
        load = self.mean_load()
        return "宜改预约响应" if load is not None and load < LOW_LOAD.on(self.month) else None

    def prepare(self):
        """An enterprise of its own line, and the warning: a loss that lasts is a line that stops."""
        if self.enterprise is None and self.coach_line is not None:
            self.enterprise = self.coach_line.enterprise
        self.stop_risk = self._risk()

    def _risk(self) -> str:
        """Loss after subsidy this month is to be watched; as many months of it as the bureau says are a risk."""
        if self.balance >= 0:
            return StopRisk.NONE
        months = LOSS_MONTHS.on(self.month)
        since = add_months(self.month, 1 - months)
        earlier = RouteFinance._base_manager.filter(month__gte=since, month__lt=self.month, **self._of_line())
        losses = [one for one in earlier.exclude(state="void").exclude(pk=self.pk) if one.balance < 0]
        return StopRisk.HIGH if len({one.month for one in losses}) >= months - 1 else StopRisk.WATCH

    def _of_line(self) -> dict:
        return {"line": self.line_id, "coach_line": self.coach_line_id}

    def faults(self):
        """One line, once a month; a line that ran has kilometres; people on free passes are among the passengers."""
        if (self.line_id is None) == (self.coach_line_id is None):
            yield "coach_line", "客运班线和公交线路填其中一个。"
            return
        same = RouteFinance._base_manager.filter(month=self.month, **self._of_line()).exclude(state="void")
        if there := same.exclude(pk=self.pk).first():
            yield "month", f"这条线路本月已有盈亏记录 {there.number}。"
        if self.trips_run > 0 and not self.km_run:
            yield "km_run", "有实发班次的月份，“完成里程”不能为零。"
        if self.suspended_line and self.trips_run:
            yield "trips_run", "当月停运的线路没有实发班次。"
        if self.free_riders > self.riders:
            yield "free_riders", "“免费优惠旅客”多于“运送旅客”。"

    class Flow(
        Confirming, enters=("enterprise", "clerk", "transport_officer"), checks=("transport_officer", "director")
    ):
        submit = Move(
            (Confirming.draft | Confirming.amending) >> Confirming.submitted,
            "提交审核",
            by=("enterprise", "clerk", "transport_officer"),
            check=why_not_submit,
        )

    class Page(Ledger):
        title = "农村客运盈亏"
        columns = (
            "number month coach_line line trips_run riders total_cost profit subsidy_due subsidy_paid stop_risk state"
        )
        filters = "month unit state enterprise stop_risk coach_line line suspended_line"
        search = "number coach_line__name line__name enterprise__name"
        form = [
            Section("线路", "month coach_line line enterprise trips_agreed trips_run suspended_line km_run"),
            Section("客流收入", "riders free_riders fares other_income"),
            Section("成本", "driver_cost energy_cost repair_cost insurance_cost depreciation other_cost total_cost"),
            Section("补贴", "quality_score subsidy_due subsidy_paid stop_risk loss_reason"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone, "enterprise": own("enterprise")}
        imports = Sheet(
            "农村客运盈亏导入模板",
            key="month coach_line line",
            columns=(
                "month coach_line line trips_agreed trips_run km_run riders free_riders fares other_income driver_cost "
                "energy_cost repair_cost insurance_cost depreciation other_cost quality_score suspended_line "
                "loss_reason"
            ),
        )
        exports = (
            "number month coach_line line enterprise trips_agreed trips_run km_run riders free_riders mean_load fares "
            "other_income driver_cost energy_cost repair_cost insurance_cost depreciation other_cost total_cost profit "
            "quality_score subsidy_due subsidy_paid stop_risk capacity_advice suspended_line loss_reason state"
        )
        sort = "-month"
        unit_from = "coach_line"
        duties = (
            Every(
                "month",
                "农村客运盈亏",
                on="month",
                per="coach_line",
                of=Q(rural=True, state__in=("operating", "suspended")),
                grace=15,
                tell="transport_officer",
            ),
        )
        pictures = (
            Board("停运风险", by="stop_risk", card="coach_line line month riders"),
            Bars("各月应补", by="month", of="subsidy_due"),
        )
        example = dict(
            month="2026-02",
            coach_line=None,
            trips_agreed=360,
            trips_run=348,
            km_run="9918.0",
            riders=5220,
            free_riders=610,
            fares="24300",
            other_income="1200",
            driver_cost="18600",
            energy_cost="9800",
            repair_cost="3200",
            insurance_cost="2600",
            depreciation="5400",
            other_cost="1500",
        )

    class Measures:
        subsidy_due = Sum("subsidy_due", "农村客运应补资金", on="month")
        subsidy_paid = Sum("subsidy_paid", "农村客运已补资金", on="month")
        riders = Sum("riders", "农村客运旅客", on="month")
        costs = Sum("total_cost", "农村客运成本", on="month")
        at_risk = Count("有停运风险线路", on="month", where=Q(stop_risk=StopRisk.HIGH), unit="条月")
        suspended = Count("当月停运农村线路", on="month", where=Q(suspended_line=True), unit="条月")

    def __str__(self):
        return f"{self.month:%Y-%m} {self.coach_line or self.line}"
