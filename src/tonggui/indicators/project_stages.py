"""项目阶段指标 PRJ-12 to PRJ-14, PRJ-16: where each project stands, which steps it reached, and what holds it up.

Basis: 政府投资条例 (2019) 第二十七条; the bureau's 项目调度. The stage is that of the period's last day; a step counts
on the day it was done, whenever it was entered. A blocker counts as long as it lasts: its first day and the last day
of the period are both days on which the project stood.
"""

from django.db.models import Q

from tonggui.indicators.projects import BY_PLAN, PLAN, PLAN_YEAR, RETURNS, key_projects
from tonggui.ledgers.works.blocker import Blocker
from tonggui.ledgers.works.milestone import Milestone
from tonggui.ledgers.works.progress import Progress
from tonggui.ledgers.works.project import Project
from tonggui.measure.declare import AT_END, LAST_MONTH, SELF, UNTIL_END, Elapsed, Told, Total

STEPS = "前期工作节点台账"
BLOCKERS = "制约因素台账"
BY_BLOCKER = ("project", "blocker")


def blocking_at(period):
    """Not lifted by the end of the period's last day."""
    return Q(blocked_to=None) | Q(blocked_to__gt=period.end)


def _of_card(code: str, title: str, field: str) -> Told:
    """What the card of a project says, as it stood on the last day."""
    return Told(code, title, of=Project.Measures.listed, field=field, during=AT_END, by={"project": SELF}, basis=PLAN)


def _of_return(code: str, title: str, field: str) -> Told:
    """What the return of the last month says of a project."""
    return Told(
        code, title, of=Progress.Measures.months, field=field, during=LAST_MONTH, by=("project",), basis=RETURNS
    )


by_stage = Total(
    "PRJ-12",
    "各阶段重点项目",
    "个",
    of=Project.Measures.key,
    during=AT_END,
    year=PLAN_YEAR,
    by={"stage": "stage", "step": "latest_step", **BY_PLAN},
    names="name",
    basis=PLAN,
)

steps_reached = Total(
    "PRJ-12N",
    "期内办结节点",
    "个",
    of=Milestone.Measures.reached,
    among=("project", key_projects),
    by={"step": "node", "project": "project", "kind": "project__kind", "level": "project__level"},
    basis=STEPS,
)

stage = Told(
    "PRJ-13", "当前阶段", of=Project.Measures.key, field="stage", during=AT_END, by={"project": SELF}, basis=PLAN
)

last_step = Told(
    "PRJ-13N",
    "最近办结节点",
    of=Milestone.Measures.reached,
    field="node",
    during=UNTIL_END,
    latest="done_on",
    by=("project",),
    basis=STEPS,
)

physical = _of_return("PRJ-13P", "形象进度", "physical")

blocked_days = Elapsed(
    "PRJ-14",
    "项目受制约天数",
    of=Blocker.Measures.found,
    where=blocking_at,
    by=BY_BLOCKER,
    names="blocker",
    basis=BLOCKERS,
)

blockers = Told(
    "PRJ-14K",
    "制约因素",
    of=Blocker.Measures.found,
    field="blocker",
    during=UNTIL_END,
    where=blocking_at,
    joined=True,
    by=("project",),
    basis=BLOCKERS,
)

blocked_projects = Total(
    "PRJ-14N",
    "受制约重点项目",
    "个",
    of=Blocker.Measures.found,
    during=UNTIL_END,
    where=blocking_at,
    among=("project", key_projects),
    distinct=("project",),
    by=BY_BLOCKER,
    names="project__name",
    basis=BLOCKERS,
)

problems = _of_return("PRJ-14T", "存在问题", "problems")

planned_finish = Told(
    "PRJ-16",
    "计划竣工日期",
    of=Milestone.Measures.to_complete,
    field="planned_on",
    during=AT_END,
    by=("project",),
    basis=STEPS,
)

planned_end_of_works = _of_card("PRJ-16F", "计划完工日期", "planned_finish")

next_plan = _of_return("PRJ-16N", "下月计划", "next_plan")

level = _of_card("PRJ-01G", "项目级别", "level")
owner = _of_card("PRJ-01W", "项目责任单位", "owner")
lead = _of_card("PRJ-01L", "项目负责人", "lead")
