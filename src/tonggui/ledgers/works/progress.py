"""项目月进度台账: what each project has done by the end of each month. A confirmed month is locked.

Basis: 政府投资条例 (2019) 第二十七条; 完成投资 is the value of the work done, not the money paid. A correction of a
confirmed month is a new version with its reason, so last month's report can be printed again as it was.
"""

from decimal import Decimal

from django.db.models import F, Q

from tonggui.register.declare import (
    Amount,
    Confirming,
    Count,
    Handheld,
    Ledger,
    Link,
    LongText,
    Money,
    Month,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Sum,
    anyone,
    column,
)


class Progress(Record):
    """One project in one month; the cumulative sums are entered as reported, so a gap in the months shows."""

    number = Number("JD{year}{seq:05}", year_of="month")
    project = Link("works.Project", "项目")
    month = Month("月份", index=True)
    invest_month = Money("本月完成投资", unit="元")
    invest_year = Money("年初至今完成投资", unit="元")
    invest_all = Money("开工至今完成投资", unit="元")
    physical = LongText("形象进度", optional=True)
    physical_share = Amount("形象进度比例", unit="%", least=0, most=100, optional=True, total=False)
    problems = LongText("存在问题", optional=True)
    next_plan = LongText("下月计划", optional=True)
    photos = Photos("现场照片")

    @column("年度完成率", unit="%")
    def year_rate(self):
        """Done since January against the year's plan, one decimal; None where the plan is nothing."""
        target = self.project.year_target
        return f"{Decimal(self.invest_year) / target * 100:.1f}" if target else None

    def faults(self):
        """A month is part of its year, and a year of the whole."""
        if self.invest_year < self.invest_month:
            yield "invest_year", "“年初至今完成投资”小于本月完成投资，请核对。"
        if self.invest_all < self.invest_year:
            yield "invest_all", "“开工至今完成投资”小于年初至今完成投资，请核对。"

    class Flow(Confirming, enters="project_officer", checks="director"):
        pass

    class Page(Ledger):
        title = "项目月进度"
        menu = "项目建设"
        columns = "number project month invest_month invest_year year_rate physical problems state"
        filters = "month project state"
        search = "number project__name physical problems"
        form = [
            Section("进度", "project month invest_month invest_year invest_all physical physical_share"),
            Section("问题与计划", "problems next_plan photos"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone}
        imports = Sheet(
            "项目月进度导入模板",
            key="project month",
            columns="invest_month invest_year invest_all physical physical_share problems next_plan",
        )
        exports = (
            "number project month invest_month invest_year invest_all physical physical_share problems next_plan state"
        )
        sort = "-month"
        handheld = Handheld(
            "项目月进度",
            "project month invest_month invest_year invest_all physical_share physical problems photos",
            then="submit",
        )
        example = dict(
            project=None, month="2026-06", invest_month="4200000", invest_year="15800000", invest_all="31000000"
        )

    class Measures:
        months = Count("已报月份", on="month", unit="个")
        done = Sum("invest_month", "完成投资", on="month")
        done_key = Sum("invest_month", "重点项目完成投资", on="month", where=Q(project__is_key=True))
        done_other = Sum("invest_month", "其他项目完成投资", on="month", where=Q(project__is_key=False))
        year_to_date = Sum("invest_year", "年初至今完成投资", on="month")
        over_total = Count("累计超过总投资", on="month", where=Q(invest_all__gt=F("project__total")), unit="项")

    class Meta:
        unique_together = [("project", "month")]

    def __str__(self):
        return f"{self.project} {self.month:%Y-%m}"
