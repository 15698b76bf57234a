"""重点项目 PRJ: the year's plan, what was done, the rate, the stage, and what is said of each project."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.cases import AFTER, HALF, INSIDE, Case, add, at, parts, rows_in_value_out, value, write
from indicators.rows import TWO_PROJECTS, TWO_RETURNS, blocker, milestone, month, project
from tonggui.base import clock
from tonggui.measure.declare import Period
from tonggui.measure.indicators import indicator
from tonggui.register.actor import Actor, acting

pytestmark = pytest.mark.django_db


def signed(item: str, number: int, done: int, **values):
    """What was done of an item in a month of 2026."""
    chosen = {"quantity_item": item, "month": date(2026, number, 1), "done_month": done, "state": "审核通过", **values}
    return "works.quantitymonth", chosen


LEVELS = [
    project("甲", 100_000_000, kind="county", level="province", total=8_600),
    project("乙", 50_000_000, kind="county", level="city"),
    project("丙", 80_000_000, kind="trunk", level="province"),
    month("甲", 50_000_000),
    month("乙", 20_000_000),
    month("丙", 40_000_000),
]
STARTED = [project("甲", 100_000_000, total=20_000), month("甲", 60_000_000, invest_all=12_000)]
STAGES = [
    project("甲", 1, stage="building", latest_step="start"),
    project("乙", 1, stage="building", latest_step="start"),
    project("丙", 1, stage="tender", latest_step="drawings_check"),
    project("丁", 1, stage="building", is_key=False),
]
STEPS = [
    project("甲", 1),
    project("乙", 1, is_key=False),
    milestone("甲", "completion", planned_on=date(2027, 6, 30)),
    milestone("甲", "tender", done_on=date(2026, 5, 20)),
    milestone("甲", "drawings_check", done_on=INSIDE),
    milestone("甲", "start", done_on=AFTER),
    milestone("乙", "tender", done_on=INSIDE),
]
BLOCKED = [
    project("甲", 1),
    project("乙", 1),
    project("丙", 1),
    project("丁", 1, is_key=False),
    blocker("甲", date(2026, 3, 5)),
    blocker("甲", date(2026, 6, 1), "rain"),
    blocker("乙", date(2026, 6, 1)),
    blocker("丙", INSIDE, blocked_to=date(2026, 4, 1)),
    blocker("丁", date(2026, 6, 1), "rain"),
]
QUANTITY = ("works.quantity", {"name": "示例桩基", "state": "审核通过", "measured_in": "pieces"})
PILES = [
    (QUANTITY[0], {**QUANTITY[1], "planned_quantity": 128, "changed_quantity": 160, "change_no": "示变1号"}),
    (QUANTITY[0], {"name": "示例路基", "state": "审核通过", "measured_in": "km", "planned_quantity": "3.5"}),
    signed("示例桩基", 1, 100),
    signed("示例桩基", 6, 20),
    signed("示例桩基", 5, 7, state="待审核"),
    signed("示例桩基", 7, 30),
]
CARDS = [
    project("甲", 1, works_km="12.4", formation_m="8.5", bridges_m="128.5", earthwork_wm3=None),
    project("乙", 1, works_km="3.2", floor_area="3200.5", capacity_wkw="4.8", earthwork_wm3="86.5", berths_built=3),
    project("丙", 1, works_km=None, kind="parking", parking_area=22_000),
]

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
    Case("PRJ-01", "none of the year's plan", [project("丁", 70_000_000, plan_year=2025)], "—"),
    Case("PRJ-01", "of one level", LEVELS, "2个", "level", "省重点"),
    Case("PRJ-02", "of key projects", [project("甲", 1, total=12_345), project("乙", 1, is_key=False)], "1.23亿元"),
    Case("PRJ-02", "of one project", LEVELS, "8600万元", "project", "甲"),
    Case("PRJ-03", "of one class", LEVELS, "1.50亿元", "kind", "县道改造"),
    Case("PRJ-04", "of one class, in the unit of its target", LEVELS, "0.70亿元", "kind", "县道改造"),
    Case("PRJ-04", "of one level", LEVELS, "0.90亿元", "level", "省重点"),
    Case("PRJ-05", "none but key projects returned", [project("甲", 1), month("甲", 1)], "—"),
    Case("PRJ-05", "of one project", TWO_RETURNS, "1000万元", "project", "丙"),
    Case("PRJ-06", "of one project", LEVELS, "1.00亿元", "project", "甲"),
    Case("PRJ-06", "a project without money this year", [project("甲", 0)], "0万元", "project", "甲"),
    Case("PRJ-07", "of one project, in the unit of its target", LEVELS, "0.50亿元", "project", "甲"),
    Case("PRJ-07", "no return of the last month", [project("甲", 1), month("甲", 1, date(2026, 5, 1))], "—"),
    Case("PRJ-08", "of one class", LEVELS, "46.7%", "kind", "县道改造"),
    Case("PRJ-08", "more was done than planned", [project("甲", 100), month("甲", 120)], "120.0%"),
    Case("PRJ-10", "one item by the end, with its change of design", PILES, "75.0%", "item", "示例桩基"),
    Case("PRJ-10", "items of different units have no rate together", PILES, "—"),
    Case("PRJ-10", "nothing signed yet", [QUANTITY], "—", "item", "示例桩基"),
    Case("PRJ-10D", "as changed", PILES, "160根", "item", "示例桩基"),
    Case("PRJ-10D", "as designed", PILES, "3.5公里", "item", "示例路基"),
    Case("PRJ-10N", "months up to the end, confirmed", PILES, "120根", "item", "示例桩基"),
    Case("PRJ-10N", "none of the item", [QUANTITY], "—"),
    Case("PRJ-11", "since the start, in the unit of the total", STARTED, "1.20亿元"),
    Case("PRJ-11", "no return", TWO_PROJECTS, "—"),
    Case("PRJ-11P", "of the total", STARTED, "60.0%"),
    Case("PRJ-11P", "of one project without a return", [*STARTED, project("乙", 1)], "—", "project", "乙"),
    Case("PRJ-12", "in one stage at the end", STAGES, "2个", "stage", "在建"),
    Case("PRJ-12", "by the furthest step", STAGES, "1个", "step", "图审"),
    Case("PRJ-12N", "steps done in the period, of key projects", STEPS, "2个"),
    Case("PRJ-12N", "one step", STEPS, "1个", "step", "招标"),
    Case("PRJ-13", "the stage of a project", STAGES, "招标投标", "project", "丙"),
    Case("PRJ-13", "several projects have none together", STAGES, "—"),
    Case("PRJ-13N", "the last by its day, whatever was entered last", STEPS, "招标", "project", "甲"),
    Case("PRJ-13N", "nothing done by the end", [project("甲", 1), milestone("甲", "start", done_on=AFTER)], "—"),
    Case("PRJ-13P", "said in the return", [project("甲", 1), month("甲", 1, physical="路基完成。")], "路基完成"),
    Case("PRJ-13P", "not said", [project("甲", 1), month("甲", 1)], "—"),
    Case("PRJ-14", "both days count, and it lasts at the end", BLOCKED, "118天", "project", "甲"),
    Case("PRJ-14", "lifted on the last day", [project("甲", 1), blocker("甲", INSIDE, blocked_to=HALF.end)], "0天"),
    Case("PRJ-14", "lifted after the end", [project("甲", 1), blocker("甲", HALF.end, blocked_to=AFTER)], "1天"),
    Case("PRJ-14", "not settled yet", [project("甲", 1), blocker("甲", INSIDE, state="noted")], "—"),
    Case("PRJ-14K", "all that still blocks", BLOCKED, "征拆、雨天", "project", "甲"),
    Case("PRJ-14K", "nothing registered", TWO_PROJECTS, "—"),
    Case("PRJ-14N", "key projects, one with two causes once", BLOCKED, "2个"),
    Case("PRJ-14N", "by cause", BLOCKED, "1个", "blocker", "雨天"),
    Case("PRJ-14T", "said in the return", [project("甲", 1), month("甲", 1, problems="征地滞后。")], "征地滞后"),
    Case("PRJ-14T", "not said", [project("甲", 1), month("甲", 1)], "—"),
    Case("PRJ-15", "kilometres of the year's plan", CARDS, "15.6公里"),
    Case("PRJ-15", "of one project", CARDS, "12.4公里", "project", "甲"),
    Case("PRJ-15A", "square metres", CARDS, "3200.5平方米"),
    Case("PRJ-15A", "no card says it", [project("甲", 1)], "—"),
    Case("PRJ-15B", "metres of bridge", CARDS, "128.5米"),
    Case("PRJ-15B", "no plan of the year", [project("甲", 1, plan_year=2025)], "—"),
    Case("PRJ-15E", "megawatts in ten thousands of kilowatts", CARDS, "4.8万千瓦"),
    Case("PRJ-15E", "not confirmed", [project("甲", 1, capacity_wkw="4.8", state="草稿")], "—"),
    Case("PRJ-15K", "car parks", CARDS, "22000平方米"),
    Case("PRJ-15K", "of one class", CARDS, "22000平方米", "kind", "停车场"),
    Case("PRJ-15Q", "berths", CARDS, "3个"),
    Case("PRJ-15Q", "its card does not say it", CARDS, "—", "project", "甲"),
    Case("PRJ-15V", "earth moved", CARDS, "86.5万立方米"),
    Case("PRJ-15V", "its card does not say it", CARDS, "—", "project", "甲"),
    Case("PRJ-15W", "a width is told, never added", CARDS, "8.5米", "project", "甲"),
    Case("PRJ-15W", "not filled in", CARDS, "—", "project", "乙"),
    Case("PRJ-16", "the day planned for the last step", STEPS, "2027年6月30日", "project", "甲"),
    Case("PRJ-16", "not needed", [project("甲", 1), milestone("甲", "completion", state="not_needed")], "—"),
    Case("PRJ-16F", "the card's day", [project("甲", 1)], "2027年6月30日"),
    Case("PRJ-16F", "no project", [], "—"),
    Case("PRJ-16N", "said in the return", [project("甲", 1), month("甲", 1, next_plan="架梁。")], "架梁"),
    Case("PRJ-16N", "not said", [project("甲", 1), month("甲", 1)], "—"),
    Case("PRJ-17", "45 % done, 49.59 % of the year gone", TWO_RETURNS, "滞后4.6个百分点", "project", "甲"),
    Case("PRJ-17", "60 % done", TWO_RETURNS, "超前10.4个百分点", "project", "乙"),
    Case("PRJ-17", "no return, no lead", TWO_PROJECTS, "—"),
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


def test_the_stages_classes_and_levels_of_projects_add_up_to_all_of_them():
    write(STAGES)
    assert value("PRJ-12") == value("PRJ-01") == sum(parts("PRJ-12", "stage")) == sum(parts("PRJ-01", "kind")) == 3


@pytest.mark.parametrize("by", ["project", "kind", "level"])
def test_targets_and_sums_of_the_parts_are_the_headline_and_each_rate_is_its_own_quotient(by):
    write(LEVELS)
    assert sum(parts("PRJ-06", by)) == value("PRJ-03") and sum(parts("PRJ-07", by)) == value("PRJ-04")
    quotients = [done / target for done, target in zip(parts("PRJ-07", by), parts("PRJ-06", by), strict=True)]
    assert parts("PRJ-08", by) == quotients and value("PRJ-09") == value("PRJ-04") / value("PRJ-03")


def test_a_class_changed_after_the_end_does_not_tear_target_and_sum_apart():
    with clock.pretending(at(date(2026, 2, 1))):
        made = write([project("甲", 100_000_000, kind="county")])["works.project", "甲"]
    with clock.pretending(at(date(2026, 7, 3))):
        write([("works.progress", {**month("甲", 40_000_000)[1], "project": made})])
    with clock.pretending(at(date(2026, 9, 1))), acting(Actor.system("调整类别"), "调整类别"):
        made.kind = "trunk"
        made.save()
    (rate,) = indicator("PRJ-08").split(HALF, "kind")
    assert (rate.scope.label, rate.text) == ("县道改造", "40.0%")


def test_a_lead_is_the_rate_less_the_share_of_the_year_and_names_both():
    write(TWO_RETURNS)
    lead, rate = indicator("PRJ-17").figure(HALF), indicator("PRJ-09").figure(HALF)
    assert lead.value == Decimal("0.4") == (rate.value * 100 - Decimal("49.59")).quantize(Decimal("0.1"))
    assert lead.expression == "年度计划完成率（PRJ-08）－时间进度（2026-06-30为49.59%）"


def test_what_blocks_is_named_with_its_days():
    write(BLOCKED)
    figure = next(each for each in indicator("PRJ-14").split(HALF, "project") if each.scope.label == "甲")
    assert figure.names == ("征拆", "雨天") and figure.expression.endswith("自最早一日起算至2026-06-30")
