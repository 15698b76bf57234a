"""资金台账: the money of projects by source and batch: planned, arrived, used, and what is missing.

Basis: 政府投资条例 第十七条 (sources stand in the plan) and 第二十二条 (money arrives as planned; nobody builds on the
contractor's account). More used than arrived, or more arrived than planned, is not refused but said: it happens, and
must be explained (FIN-01 to FIN-03).
"""

from django.db.models import F, Q

from tonggui.ledgers.works.steps import SUPERIOR, FundSource
from tonggui.register.declare import (
    Bars,
    Choice,
    Confirming,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    Matrix,
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
)


class Fund(Record):
    """One batch of money from one source, for a project or for a named purpose."""

    number = Number("ZJ{year}{seq:05}")
    project = Link("works.Project", "项目", optional=True)
    fund_purpose = Text("资金用途", max_length=80, hint="不属于某个项目的，写明用途，如 农村公路日常养护")
    money_source = Choice(FundSource, "资金来源")
    fund_batch = Text("资金批次", optional=True, max_length=40, hint="如 2026年第一批")
    fund_no = Text("资金文号", optional=True, max_length=60)
    request = Link("works.FundRequest", "争取事项", optional=True)
    planned_fund = Money("计划资金", unit="万元", least=0)
    due_on = Day("应到位日期", optional=True, index=True)
    arrived_fund = Money("到位资金", unit="万元", least=0, default=0)
    arrived_on = Day("到位日期", optional=True, index=True)
    used_fund = Money("已用资金", unit="万元", least=0, default=0)
    fund_files = Files("资金文件附件")
    fund_doubt = Text("资金提示", optional=True, max_length=120)

    @derive("planned_fund", "arrived_fund", "used_fund", always=True)
    def derive_fund_doubt(self):
        """Used ≤ arrived ≤ planned; what does not hold is said in words."""
        said = []
        if (self.used_fund or 0) > (self.arrived_fund or 0):
            said.append("已用大于到位，是否垫资")
        if (self.arrived_fund or 0) > (self.planned_fund or 0):
            said.append("到位大于计划，计划是否调整")
        return "；".join(said)

    @column("资金缺口", unit="万元")
    def fund_gap(self):
        """Planned less arrived in 万元; nothing where all has arrived."""
        missing = self.planned_fund - self.arrived_fund
        return f"{missing / 10_000:.2f}" if missing > 0 else None

    def faults(self):
        """Money that arrived has its day."""
        if self.arrived_fund and not self.arrived_on:
            yield "arrived_on", "资金已到位的，须填到位日期。"

    class Flow(Confirming, enters=("project_officer", "clerk"), checks="director"):
        pass

    class Page(Ledger):
        title = "项目资金"
        menu = "项目建设"
        columns = (
            "number project money_source fund_batch planned_fund arrived_fund fund_gap used_fund "
            "fund_doubt arrived_on state"
        )
        filters = "arrived_on project money_source state due_on"
        search = "number fund_purpose fund_batch fund_no project__name"
        form = [
            Section("资金", "project fund_purpose money_source fund_batch fund_no request"),
            Section("计划", "planned_fund due_on"),
            Section("到位与使用", "arrived_fund arrived_on used_fund fund_files"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "clerk": anyone, "director": anyone}
        imports = Sheet(
            "项目资金导入模板",
            columns=(
                "project fund_purpose money_source fund_batch fund_no planned_fund due_on arrived_fund "
                "arrived_on used_fund"
            ),
        )
        exports = (
            "number project fund_purpose money_source fund_batch fund_no planned_fund due_on "
            "arrived_fund arrived_on used_fund fund_gap "
            "fund_doubt state"
        )
        watches = (
            Watch(
                "due_on",
                "资金应到位",
                lead=15,
                tell="project_officer",
                where=Q(arrived_fund__lt=F("planned_fund")),
                basis="政府投资条例第二十二条",
            ),
        )
        pictures = (
            Bars("各来源到位", by="money_source", of="arrived_fund"),
            Bars("各项目计划", by="project", of="planned_fund", stack="money_source"),
            Matrix("来源与状态", down="money_source", across="state"),
        )
        example = dict(
            fund_purpose="示例县道改造补助",
            money_source=FundSource.PROVINCE,
            fund_batch="2026年第一批",
            fund_no="示财建〔2026〕12号",
            planned_fund="1200",
            arrived_fund="800",
            arrived_on="2026-05-20",
            used_fund="460.5",
        )

    class Measures:
        planned = Sum("planned_fund", "计划资金")
        arrived = Sum("arrived_fund", "到位资金", on="arrived_on")
        superior = Sum("arrived_fund", "上级补助到位资金", on="arrived_on", where=Q(money_source__in=SUPERIOR))
        arrived_all = Sum("arrived_fund", "累计到位资金")
        used = Sum("used_fund", "已用资金")
        short = Count("有缺口资金", where=Q(arrived_fund__lt=F("planned_fund")), unit="笔")

    def __str__(self):
        return f"{self.fund_purpose} {FundSource(self.money_source).label}"
