"""项目月进度台账: what each project has done by the end of each month. A submitted month is locked.

Basis: 政府投资条例 (2019) 第二十七条; 完成投资 is the value of the work done, not the money paid. A month that was
handed in is opened again only by 更正, with its reason, so last month's report can be printed again as it was. Years
are the sum of their months, and nothing that was done becomes less.
"""

from decimal import Decimal

from django.db.models import F, Q

from tonggui.base import clock
from tonggui.ledgers.works.progress_checks import doubts, is_late, tell_of_month, why_not_submit
from tonggui.register.declare import (
    Amount,
    Bars,
    Confirming,
    Count,
    Day,
    Every,
    Flag,
    Handheld,
    Ledger,
    Link,
    LongText,
    Money,
    Month,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
)
from tonggui.statutes.works import MONTHLY_RETURN, REPORT_GRACE


class Progress(Record):
    """One project in one month; sums are typed as they are reported, so that a gap in the months shows."""

    number = Number("JD{year}{seq:05}", year_of="month")
    project = Link("works.Project", "项目")
    month = Month("月份", index=True)
    invest_month = Money("本月完成投资", unit="万元")
    invest_year = Money("年初至今完成投资", unit="万元")
    invest_all = Money("开工至今完成投资", unit="万元")
    paid_month = Money("本月支付", unit="万元", optional=True, least=0, hint="实际付出的工程款，与完成投资分开")
    physical = LongText("形象进度", optional=True)
    physical_share = Amount("形象进度比例", unit="%", least=0, most=100, optional=True, total=False)
    problems = LongText("存在问题", optional=True)
    next_plan = LongText("下月计划", optional=True)
    photos = Photos("现场照片")
    month_returned_on = Day("月报报送日期", optional=True, editable=False)
    late_return = Flag("月报迟报", editable=False)
    remarks = Text("核对提示", optional=True, max_length=300, editable=False)

    @column("年度完成率", unit="%")
    def year_rate(self):
        """Done since January against the year's plan, one decimal; None where the plan is nothing."""
        target = self.project.year_target
        return f"{Decimal(self.invest_year) / target * 100:.1f}" if target else None

    def prepare(self):
        """The day of the first submission decides whether the month was late; doubts are said, not refused."""
        if self.state == "submitted":
            self.month_returned_on = self.month_returned_on or clock.today()
            self.late_return = is_late(self)
            self.remarks = "；".join(doubts(self))[:300]

    def faults(self):
        """A month is part of its year, a year of the whole; in January the year is the month."""
        if self.invest_year < self.invest_month:
            yield "invest_year", "“年初至今完成投资”小于本月完成投资，请核对。"
        if self.invest_all < self.invest_year:
            yield "invest_all", "“开工至今完成投资”小于年初至今完成投资，请核对。"
        if self.month.month == 1 and self.invest_year != self.invest_month:
            yield "invest_year", "一月份的“年初至今完成投资”就是本月完成投资。"

    class Flow(Confirming, enters="project_officer", checks="director"):
        submit = Move(
            (Confirming.draft | Confirming.amending) >> Confirming.submitted,
            "提交审核",
            by="project_officer",
            check=why_not_submit,
        )
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by="director",
            not_same_as="submit",
            then=tell_of_month,
        )
        amend = Move(
            (Confirming.submitted | Confirming.confirmed) >> Confirming.amending,
            "更正",
            by="project_officer",
            comment=True,
        )

    class Page(Ledger):
        title = "项目月进度"
        menu = "项目建设"
        columns = "number project month invest_month invest_year year_rate physical late_return remarks state"
        filters = "month project state late_return"
        search = "number project__name physical problems"
        form = [
            Section("进度", "project month invest_month invest_year invest_all paid_month physical physical_share"),
            Section("问题与计划", "problems next_plan photos"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone}
        imports = Sheet(
            "项目月进度导入模板",
            key="project month",
            columns="invest_month invest_year invest_all paid_month physical physical_share problems next_plan",
        )
        exports = (
            "number project month invest_month invest_year invest_all paid_month physical physical_share problems "
            "next_plan month_returned_on late_return state"
        )
        sort = "-month"
        handheld = Handheld(
            "项目月进度",
            "project month invest_month invest_year invest_all physical_share physical problems photos",
            then="submit",
        )
        duties = (
            Every(
                "month",
                "项目月报",
                on="month",
                where=~Q(state__in=["draft", "void"]),
                per="project",
                of=Q(stage="building"),
                grace=REPORT_GRACE,
                tell="project_officer",
                basis=MONTHLY_RETURN.short,
            ),
        )
        pictures = (Bars("各月完成投资", by="month", of="invest_month"),)
        example = dict(project=None, month="2026-06", invest_month="420", invest_year="1580", invest_all="3100")

    class Measures:
        months = Count("已报月份", on="month", unit="个")
        late_return = Count("迟报月份", on="month", where=Q(late_return=True), unit="个")
        done = Sum("invest_month", "完成投资", on="month")
        done_key = Sum("invest_month", "重点项目完成投资", on="month", where=Q(project__is_key=True))
        done_other = Sum("invest_month", "其他项目完成投资", on="month", where=Q(project__is_key=False))
        paid = Sum("paid_month", "支付投资", on="month")
        year_to_date = Sum("invest_year", "年初至今完成投资", on="month")
        since_start = Sum("invest_all", "开工至今完成投资", on="month")
        over_total = Count("累计超过总投资", on="month", where=Q(invest_all__gt=F("project__total")), unit="项")

    class Meta:
        unique_together = [("project", "month")]

    def __str__(self):
        return f"{self.project} {self.month:%Y-%m}"
