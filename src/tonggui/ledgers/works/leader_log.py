"""项目负责人带班台账: on how many days of each month the leader of a project was on site, against the least required.

Basis: 公路水运工程施工企业项目负责人施工现场带班生产制度: a leader is on site on a share of the days on which there is
work (LEADER_SHARE); leave needs a deputy who is named. A month without a row is a month missed.
"""

from calendar import monthrange

from django.db.models import F, Q

from tonggui.register.declare import (
    Bars,
    Confirming,
    Count,
    Every,
    Files,
    Integer,
    Ledger,
    Link,
    LongText,
    Month,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    anyone,
    column,
    derive,
)
from tonggui.statutes.works import LEADER_ON_SITE, REPORT_GRACE, leader_days


class LeaderLog(Record):
    """One leader on one project in one month."""

    number = Number("DB{year}{seq:05}", year_of="month")
    project = Link("works.Project", "项目")
    month = Month("月份", index=True)
    site_leader = Link("parties.Person", "带班负责人")
    work_days = Integer("施工天数", unit="天", least=0, most=31)
    site_days = Integer("现场带班天数", unit="天", least=0, most=31)
    least_days = Integer("应带班天数", unit="天", optional=True, least=0)
    deputy = Link("parties.Person", "代班人员", optional=True)
    away_reason = LongText("离岗说明", optional=True)
    site_matters = LongText("带班处置事项", optional=True, hint="带班中发现和处置的问题")
    log_files = Files("带班记录附件")

    @derive("work_days", "month", always=True)
    def derive_least_days(self):
        """What the share in force asks of this month's working days."""
        return leader_days(self.work_days, self.month)

    @column("带班差额", unit="天")
    def short_days(self):
        """Days short of the least; None where enough."""
        return max(0, (self.least_days or 0) - self.site_days) or None

    def faults(self):
        """Days fit into the month and the working days; who falls short says why and who stood in."""
        if self.work_days > monthrange(self.month.year, self.month.month)[1]:
            yield "work_days", f"{self.month:%Y-%m}没有这么多天。"
        if self.site_days > self.work_days:
            yield "site_days", "“现场带班天数”大于施工天数。"
        if self.site_days < leader_days(self.work_days, self.month) and not self.away_reason:
            least = leader_days(self.work_days, self.month)
            yield "away_reason", f"应带班不少于 {least} 天，不足的须写明离岗说明和代班人员。"
        if self.deputy_id and self.deputy_id == self.site_leader_id:
            yield "deputy", "代班人员不能是本人。"

    class Flow(Confirming, enters="project_officer", checks=("director", "safety_officer")):
        pass

    class Page(Ledger):
        title = "项目负责人带班"
        menu = "项目建设"
        columns = "number project month site_leader work_days site_days least_days short_days deputy state"
        filters = "month project site_leader state"
        search = "number project__name away_reason site_matters"
        form = [
            Section("带班", "project month site_leader work_days site_days"),
            Section("离岗", "away_reason deputy"),
            Section("记录", "site_matters log_files"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "safety_officer": anyone, "director": anyone}
        imports = Sheet(
            "项目负责人带班导入模板",
            key="project month",
            columns="site_leader work_days site_days deputy away_reason site_matters",
        )
        exports = (
            "number project month site_leader work_days site_days least_days short_days deputy away_reason "
            "site_matters state"
        )
        sort = "-month"
        duties = (
            Every(
                "month",
                "项目负责人带班记录",
                on="month",
                per="project",
                of=Q(stage="building"),
                grace=REPORT_GRACE,
                tell="project_officer",
                basis=LEADER_ON_SITE.part("带班时间").short,
            ),
        )
        pictures = (Bars("带班天数", by="project", of="site_days"),)
        example = dict(project=None, month="2026-05", site_leader=None, work_days=26, site_days=22)

    class Measures:
        months = Count("带班记录", on="month", unit="份")
        days = Sum("site_days", "带班天数", on="month")
        short = Count("带班不足", on="month", where=Q(site_days__lt=F("least_days")), unit="份")

    class Meta:
        unique_together = [("project", "month")]

    def __str__(self):
        return f"{self.project} {self.month:%Y-%m}"
