"""重点项目指标 PRJ: what key projects were to invest this year, what they have done, and where each stands.

Basis: 政府投资条例 (2019) 第十六条 to 第十八条 (the year's plan), 第二十七条 (progress returns). 完成率 is measured
against the target of the whole year; half of it is the reference at the half-year (时间过半、任务过半). The plan, and
the stage of each project, are those of the period's last day: a plan changed in autumn leaves the half-year as it was.
"""

from django.db.models import Q

from tonggui.ledgers.works.progress import Progress
from tonggui.ledgers.works.project import Project
from tonggui.measure.declare import AT_END, LAST_MONTH, SELF, Ratio, Told, Total

PLAN = "政府投资年度计划"
RETURNS = "建设项目月报"
PLAN_YEAR = "plan_year"

key_projects = Total("PRJ-01", "重点项目数", "个", of=Project.Measures.key, during=AT_END, year=PLAN_YEAR, basis=PLAN)

project_total = Total(
    "PRJ-02",
    "总投资",
    "亿元",
    of=Project.Measures.total,
    during=AT_END,
    year=PLAN_YEAR,
    where=Q(is_key=True),
    by={"project": SELF},
    basis=PLAN,
)

year_target = Total(
    "PRJ-03",
    "重点项目年度计划投资",
    "亿元",
    of=Project.Measures.key_target,
    during=AT_END,
    year=PLAN_YEAR,
    basis=PLAN,
)

year_done = Total(
    "PRJ-04",
    "重点项目累计完成投资",
    "亿元",
    of=Progress.Measures.year_to_date,
    during=LAST_MONTH,
    among=("project", key_projects),
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
    basis=RETURNS,
)

project_target = Total(
    "PRJ-06",
    "年度计划投资",
    "亿元",
    of=Project.Measures.key_target,
    during=AT_END,
    year=PLAN_YEAR,
    by={"project": SELF},
    basis=PLAN,
)

project_done = Total(
    "PRJ-07",
    "累计完成投资",
    "亿元",
    of=Progress.Measures.year_to_date,
    during=LAST_MONTH,
    among=("project", key_projects),
    by=("project",),
    beside=project_target,
    basis=RETURNS,
)

project_rate = Ratio("PRJ-08", "年度计划完成率", over=project_done, under=project_target, basis=RETURNS)

year_rate = Ratio("PRJ-09", "重点项目年度计划完成率", over=year_done, under=year_target, basis=RETURNS)

stage = Told(
    "PRJ-13", "当前阶段", of=Project.Measures.key, field="stage", during=AT_END, by={"project": SELF}, basis=PLAN
)

physical = Told(
    "PRJ-13P",
    "形象进度",
    of=Progress.Measures.months,
    field="physical",
    during=LAST_MONTH,
    by=("project",),
    basis=RETURNS,
)

problems = Told(
    "PRJ-14",
    "存在问题",
    of=Progress.Measures.months,
    field="problems",
    during=LAST_MONTH,
    by=("project",),
    basis=RETURNS,
)

next_plan = Told(
    "PRJ-16",
    "下月计划",
    of=Progress.Measures.months,
    field="next_plan",
    during=LAST_MONTH,
    by=("project",),
    basis=RETURNS,
)
