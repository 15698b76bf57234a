"""重点项目调度表: a row for each key project: plan, month, year so far, lead over time, stage, blocker, who answers.

Basis: 政府投资条例 (2019) 第二十七条 and the bureau's monthly 项目调度. The lead is the year's rate less the share of
the plan that the day asks for, in 百分点.
"""

from pathlib import Path

from tonggui.indicators import projects
from tonggui.measure.declare import FORM, MONTH, NotFalling, RateOf, Report, SumOf, named_in
from tonggui.reports.worded import rows, titled

WORDING = Path(__file__).with_name("project_dispatch.txt")

project_dispatch = Report(
    code="project_dispatch",
    name="重点项目调度表",
    every=MONTH,
    title=titled("重点项目调度表"),
    wording=WORDING,
    figures=named_in(WORDING),
    splits=[rows(WORDING, "projects", "重点项目", "project", projects.key_projects)],
    checks=[
        SumOf("R2", total="PRJ-03", parts="PRJ-06"),
        SumOf("R2", total="PRJ-04", parts="PRJ-07"),
        RateOf("R3", rate="PRJ-08", part="PRJ-07", whole="PRJ-06"),
        NotFalling("R9", of="PRJ-07"),
    ],
    skin=FORM,
    landscape=True,
)
