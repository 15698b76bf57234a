"""半年工作总结: the half-year work summary of a county transport bureau.

Order and headings follow published half-year summaries; each section stands where its figures have a ledger. What no
ledger holds yet is not written, and is said at the end of the draft only by its absence: no sentence claims it.
"""

from pathlib import Path

from tonggui.indicators import (
    funds,
    hazards,
    problems,
    project_stages,
    project_works,
    projects,
    safety,
    tasks,
)
from tonggui.ledgers.parties.unit import Unit
from tonggui.measure.declare import (
    CUSTOM,
    HALF,
    QUARTER,
    YEAR,
    AtMost,
    NotFalling,
    RateOf,
    Report,
    SumOf,
    named_in,
)
from tonggui.register.actor import Actor
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
    checks=[
        SumOf("R1", total="HAZ-01", parts="HAZ-01"),
        SumOf("R2", total="PRJ-03", parts="PRJ-06"),
        SumOf("R2", total="PRJ-04", parts="PRJ-07"),
        RateOf("R3", rate="PRJ-09", part="PRJ-04", whole="PRJ-03"),
        RateOf("R3", rate="PRJ-08", part="PRJ-07", whole="PRJ-06"),
        AtMost("R4", less="HAZ-03", more="HAZ-01"),
        AtMost("R4", less="HAZ-02", more="HAZ-01"),
        AtMost("R4", less="HAZ-05R", more="HAZ-01"),
        AtMost("R4", less="OVR-09P", more="OVR-09"),
        AtMost("R4", less="VEH-01N", more="VEH-01M"),
        NotFalling("R9", of="PRJ-07"),
        AtMost("R19", less="VEH-06V", more="VEH-06"),
    ],
)
