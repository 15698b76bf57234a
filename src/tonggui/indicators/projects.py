"""重点项目指标 PRJ: what projects were to invest this year, what they have done, the rate, and its lead over time.

Basis: 政府投资条例 (2019) 第十六条 to 第十八条 (the year's plan), 第二十七条 (progress returns). 完成率 is measured
against the target of the whole year; half of it is the reference at the half-year (时间过半、任务过半). The plan, and
the stage of each project, are those of the period's last day: a plan changed in autumn leaves the half-year as it was.
Every sum stands for the county, for a project, for a class of projects and for a level of key projects. Stages, steps
and what blocks a project stand in `project_stages.py`, its works and its card in `project_works.py`.
"""

from django.db.models import Q

from tonggui.ledgers.works.progress import Progress
from tonggui.ledgers.works.project import Project
from tonggui.measure.declare import AT_END, LAST_MONTH, SELF, Lead, Ratio, Total
from tonggui.statutes.works import time_share

PLAN = "政府投资年度计划"
RETURNS = "建设项目月报"
PLAN_YEAR = "plan_year"

# Splits of a figure over projects, and of one over their months, whose class and level are those of the plan.
BY_PLAN = {"project": SELF, "kind": "kind", "level": "level"}
BY_RETURN = {"project": "project", "kind": "project__kind", "level": "project__level"}

key_projects = Total(
    "PRJ-01",
    "重点项目数",
    "个",
    of=Project.Measures.key,
    during=AT_END,
    year=PLAN_YEAR,
    by=BY_PLAN,
    names="name",
    basis=PLAN,
)

project_total = Total(
    "PRJ-02",
    "总投资",
    "亿元",
    of=Project.Measures.total,
    during=AT_END,
    year=PLAN_YEAR,
    where=Q(is_key=True),
    by=BY_PLAN,
    basis=PLAN,
)

year_target = Total(
    "PRJ-03",
    "重点项目年度计划投资",
    "亿元",
    of=Project.Measures.key_target,
    during=AT_END,
    year=PLAN_YEAR,
    by=BY_PLAN,
    basis=PLAN,
)

year_done = Total(
    "PRJ-04",
    "重点项目累计完成投资",
    "亿元",
    of=Progress.Measures.year_to_date,
    during=LAST_MONTH,
    among=("project", key_projects),
    by=BY_RETURN,
    beside=year_target,
    basis=RETURNS,
)

other_done = Total(
    "PRJ-05",
    "其他项目累计完成投资",
    "亿元",
    of=Progress.Measures.year_to_date,
    during=LAST_MONTH,
    apart_from=("project", key_projects),
    by=("project",),
    basis=RETURNS,
)

project_target = Total(
    "PRJ-06",
    "年度计划投资",
    "亿元",
    of=Project.Measures.key_target,
    during=AT_END,
    year=PLAN_YEAR,
    by=BY_PLAN,
    basis=PLAN,
)

project_done = Total(
    "PRJ-07",
    "累计完成投资",
    "亿元",
    of=Progress.Measures.year_to_date,
    during=LAST_MONTH,
    among=("project", key_projects),
    by=BY_RETURN,
    beside=project_target,
    basis=RETURNS,
)

done_in_month = Total(
    "PRJ-07M",
    "当月完成投资",
    "亿元",
    of=Progress.Measures.done,
    during=LAST_MONTH,
    among=("project", key_projects),
    by=BY_RETURN,
    basis=RETURNS,
)

project_rate = Ratio("PRJ-08", "年度计划完成率", over=project_done, under=project_target, basis=RETURNS)

year_rate = Ratio("PRJ-09", "重点项目年度计划完成率", over=year_done, under=year_target, basis=RETURNS)

done_since_start = Total(
    "PRJ-11",
    "开工至今完成投资",
    "亿元",
    of=Progress.Measures.since_start,
    during=LAST_MONTH,
    among=("project", key_projects),
    by=BY_RETURN,
    beside=project_total,
    basis=RETURNS,
)

share_since_start = Ratio(
    "PRJ-11P", "开工至今完成投资占总投资", over=done_since_start, under=project_total, basis=RETURNS
)

lead = Lead(
    "PRJ-17",
    "投资进度超前滞后",
    rate=project_rate,
    asked=time_share,
    asked_title="时间进度",
    basis="政府投资条例第二十七条；时间进度按本局认定的算法",
)
