"""半年工作总结: the half-year work summary of a county transport bureau.

Order and headings follow published half-year summaries: the last plan is answered first, then the fields of work, what
stands in the way and what is asked, and the next plan with owners and days. A section stands where a ledger holds
something for it; what no ledger holds is not written, and no sentence claims it.
"""

from pathlib import Path

from tonggui.indicators import funds, hazards, problems, project_stages, project_works, projects, safety, tasks
from tonggui.ledgers.parties.unit import Unit
from tonggui.measure.declare import CUSTOM, HALF, QUARTER, YEAR, Report, named_in
from tonggui.register.actor import Actor
from tonggui.reports.half_year_checks import CHECKS
from tonggui.reports.worded import rows, titled

UNNAMED = "交通运输局"


def issuer_of_site():
    """The name of the unit at the top of the tree; a plain 交通运输局 where no unit is entered."""
    top = Unit.objects.visible_to(Actor.system("文书署名")).filter(parent=None).order_by("number").first()
    return top.name if top else UNNAMED


WORDING = Path(__file__).with_name("half_year.txt")

half_year = Report(
    code="half_year",
    name="半年工作总结",
    every=(HALF, YEAR, QUARTER, CUSTOM),
    title=titled("工作总结"),
    wording=WORDING,
    figures=named_in(WORDING),
    splits=[
        rows(WORDING, "tasks", "上期任务", "task", tasks.due),
        rows(WORDING, "stages", "项目阶段", "stage", project_stages.by_stage),
        rows(WORDING, "projects", "重点项目", "project", projects.key_projects),
        rows(WORDING, "work_items", "工程内容", "work_item", project_works.quantity_done),
        rows(WORDING, "domains", "领域", "domain", hazards.found),
        rows(WORDING, "campaigns", "专项行动", "campaign", safety.campaigns),
        rows(WORDING, "money", "资金来源", "money_source", funds.arrived),
        rows(WORDING, "problems", "困难问题", "problem", problems.problems),
        rows(WORDING, "next_tasks", "下期任务", "next_task", tasks.planned),
    ],
    checks=CHECKS,
)
