"""重点项目 PRJ: the year's plan, what was done, the rate, the stage, and what is said of each project."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.cases import HALF, Case, add, at, rows_in_value_out, write
from indicators.rows import TWO_PROJECTS, TWO_RETURNS, month, project
from tonggui.base import clock
from tonggui.measure.declare import Period
from tonggui.measure.indicators import indicator
from tonggui.register.actor import Actor, acting

pytestmark = pytest.mark.django_db

CASES = [
    Case("PRJ-01", "key, of this year's plan, confirmed", TWO_PROJECTS, "2个"),
    Case("PRJ-03", "targets of those", TWO_PROJECTS, "3.00亿元"),
    Case("PRJ-04", "the last month's cumulative sums of key projects", TWO_RETURNS, "1.50亿元"),
    Case("PRJ-04", "no return of the last month", [*TWO_PROJECTS, month("甲", 1, date(2026, 5, 1))], "—"),
    Case("PRJ-05", "the others; under one 亿 in 万元", TWO_RETURNS, "1000万元"),
    Case("PRJ-04", "less than one 亿, in the unit of its target", [*TWO_PROJECTS, month("甲", 90_000_000)], "0.90亿元"),
    Case("PRJ-04", "both below one 亿", [project("甲", 82_000_000), month("甲", 42_000_000)], "4200万元"),
    Case("PRJ-09", "done over target", TWO_RETURNS, "50.0%"),
    Case("PRJ-09", "no target, no rate", [project("甲", 0), month("甲", 5)], "—"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


def test_a_split_by_project_gives_each_its_target_sum_and_rate():
    write(TWO_RETURNS)
    rates = indicator("PRJ-08").split(HALF, "project")
    assert {figure.scope.label: figure.text for figure in rates} == {"甲": "45.0%", "乙": "60.0%"}
    assert sum(figure.value for figure in indicator("PRJ-07").split(HALF, "project")) == Decimal(150_000_000)


def test_words_of_a_project_are_figures_too():
    write([*TWO_PROJECTS, month("甲", 1, physical="路基完成 K3+200 至 K5+000。")])
    (told,) = indicator("PRJ-13P").split(HALF, "project")
    assert told.text == "路基完成 K3+200 至 K5+000" and told.known and told.records().get().project.name == "甲"


def test_a_plan_changed_after_the_end_leaves_the_half_year_as_it_was():
    with clock.pretending(at(date(2026, 2, 1))):
        _, values = project("甲", 200_000_000, stage="tender")
        made = add("works.project", **values)
        write_month = {"project": made, "month": date(2026, 6, 1), "invest_year": 9_000, "state": "审核通过"}
        add("works.progress", **write_month)
    with clock.pretending(at(date(2026, 9, 1))), acting(Actor.system("年中调整"), "调整计划"):
        made.year_target, made.stage = 100_000_000, "building"
        made.save()
    scope = indicator("PRJ-06").scopes(HALF, "project")[0]
    told = [indicator(code).figure(HALF, scope).text for code in ("PRJ-06", "PRJ-07", "PRJ-08", "PRJ-13")]
    assert told == ["2.00亿元", "0.90亿元", "45.0%", "招标投标"]
    assert indicator("PRJ-03").figure(HALF).text == "2.00亿元"
    assert indicator("PRJ-03").figure(Period.parse("2026")).text == "1.00亿元"
