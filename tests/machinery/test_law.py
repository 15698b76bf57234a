"""The machinery of law: citations, dated values, declarations that speak up, working days and deadlines."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonggui.base.errors import Problem
from tonggui.law import parameters as parameters_module
from tonggui.law import rules as rules_module
from tonggui.law.acts import numeral
from tonggui.law.calendar import FIRST, LAST, WorkingCalendar
from tonggui.law.deadlines import Unit, add_months
from tonggui.law.declare import Act, Example, Given, Gives, Parameter, Reading, Step, rule
from tonggui.statutes import enforcement, hazards
from tonggui.statutes.working_days import CALENDAR

ACT = Act("示例条例", "示例第1号", since=date(2020, 1, 1))
ARTICLE = ACT.article(43, 1, 2)
CHECKED = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def declarations_of_a_test_stay_in_it(monkeypatch):
    monkeypatch.setattr(parameters_module, "_parameters", {})
    monkeypatch.setattr(rules_module, "_rules", {})


def test_an_article_is_cited_as_documents_cite_it():
    assert str(ARTICLE) == "《示例条例》（示例第1号）第四十三条第一款第二项"
    assert ACT.article(3).short == "《示例条例》第三条"
    assert str(ACT.part("附件一")) == "《示例条例》（示例第1号）附件一"
    assert [numeral(n) for n in (1, 10, 11, 20, 62, 100, 101, 110, 985)] == (
        ["一", "十", "十一", "二十", "六十二", "一百", "一百零一", "一百一十", "九百八十五"]
    )


def limit(**more):
    values = {date(2020, 1, 1): 10, date(2022, 7, 1): 20, date(2025, 1, 1): 30}
    return Parameter("限值", unit="kg", source=ARTICLE, checked=CHECKED, values=values, **more)


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1, max_size=20))
def test_an_array_of_days_has_the_values_of_its_days(days):
    parameters_module._parameters.clear()
    parameter = limit()
    together = parameter.on(np.array(days, dtype="datetime64[D]"))
    assert together.tolist() == [parameter.on(day) for day in days]


def test_a_value_changes_on_its_day():
    parameter = limit()
    assert [parameter.on(date(2022, 6, 30)), parameter.on(date(2022, 7, 1))] == [10, 20]


def test_a_day_without_law_is_an_error_in_words():
    parameter = limit()
    with pytest.raises(Problem, match="“限值”在 2019-12-31 没有已知的值：最早的值自 2020-01-01 起施行"):
        parameter.on(date(2019, 12, 31))
    with pytest.raises(Problem, match="2019-12-31"):
        parameter.on(np.array(["2020-01-01", "2019-12-31"], dtype="datetime64[D]"))
    assert parameter.in_force(np.array(["2020-01-01", "2019-12-31"], dtype="datetime64[D]")).tolist() == [True, False]


def test_a_table_is_read_by_day_and_key():
    values = {date(2020, 1, 1): {2: 18, 3: 25}, date(2022, 1, 1): {2: 19, 3: 26}}
    table = Parameter("表", source=ARTICLE, checked=CHECKED, values=values)
    days = np.array(["2021-01-01", "2022-01-01", "2022-01-01"], dtype="datetime64[D]")
    assert table.at(days, np.array([2, 2, 3])).tolist() == [18, 19, 26]
    assert table.at(date(2021, 1, 1), 3) == 25
    for keys in ([2, 2, 4], [2, 2, -1]):
        with pytest.raises(Problem, match="“表”没有"):
            table.at(days, np.array(keys))


def test_a_parameter_that_cannot_be_right_is_refused():
    limit()
    with pytest.raises(ValueError, match="two parameters"):
        limit()
    with pytest.raises(ValueError, match="before its source existed"):
        Parameter("旧", source=ARTICLE, checked=date(2019, 1, 1), values={date(2020, 1, 1): 1})


STEPS = Reading("steps", "计算方法", ARTICLE, {"floor": "舍", "up": "进"}, default="floor")


def declared(**changes):
    parts = {
        "since": date(2020, 1, 1),
        "takes": (Given("mass", "质量", dtype="float64"), Given("known", "已知", dtype="int8", unknown=-1)),
        "gives": (Gives("over", "超出"),),
        "readings": (STEPS,),
        "steps": (Step("超出 {over} 吨，质量 {mass} 千克", ARTICLE, when=lambda row: row["over"] > 0),),
        "examples": [Example("over", date(2024, 1, 1), dict(mass=3_500), dict(over=3))],
    } | changes

    @rule("示例规则", ARTICLE, **parts)
    def example_rule(on, mass, known, readings):
        return {"over": (np.ceil if STEPS.chosen(readings) == "up" else np.floor)(mass / 1000)}

    return example_rule


def test_scalars_give_scalars_and_arrays_arrays():
    example_rule = declared()
    assert example_rule(date(2024, 1, 1), mass=3_500) == {"over": 3.0}
    assert example_rule(date(2024, 1, 1), mass=[3_500, 900])["over"].tolist() == [3, 0]
    assert example_rule(date(2024, 1, 1), mass=[3_500], readings={"steps": "up"})["over"].tolist() == [4]


def test_none_is_unknown():
    taken = declared().taken(date(2024, 1, 1), dict(mass=[1, 2], known=[None, 1]))
    assert taken["known"].tolist() == [-1, 1]


def test_a_trace_names_only_the_steps_taken():
    example_rule = declared()
    taken = example_rule.taken(date(2024, 1, 1), dict(mass=[3_500, 900]))
    traces = example_rule.trace(taken, example_rule.columns(date(2024, 1, 1), mass=[3_500, 900]))
    assert traces == [[("超出 3 吨，质量 3500 千克", ARTICLE)], []]


def test_an_example_that_does_not_come_out_is_told():
    wrong = declared(examples=[Example("over", date(2024, 1, 1), dict(mass=3_500), dict(over=4))])
    assert wrong.failures() == ["example_rule: over: over is 3.0, not 4"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"examples": []}, "has no example"),
        ({"examples": [Example("x", CHECKED, dict(maas=1), {})]}, 'names "maas". Did you mean "mass"?'),
        ({"examples": [Example("x", CHECKED, dict(mass=1), dict(ovr=1))]}, 'names "ovr". Did you mean "over"?'),
        ({"steps": (Step("{ovr}", ARTICLE),)}, 'a step names "ovr"'),
        ({"takes": (Given("mass", "质量"),)}, "has the arguments"),
    ],
)
def test_a_mistake_in_a_declaration_speaks_up(changes, message):
    with pytest.raises(ValueError) as caught:
        declared(**changes)
    assert message in str(caught.value) and "example_rule" in str(caught.value)


def test_columns_a_rule_does_not_know_or_lacks():
    with pytest.raises(TypeError, match='Did you mean "mass"'):
        declared()(date(2024, 1, 1), maas=1)
    with pytest.raises(TypeError, match="needs the column 'mass'"):
        declared()(date(2024, 1, 1))


DAYS = st.dates(date(2011, 1, 1), date(2059, 1, 1))


def counted_one_by_one(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1 if count > 0 else -1)
        if CALENDAR.is_working(day):
            count -= 1 if count > 0 else -1
    return day


@given(DAYS, st.integers(-30, 30))
def test_working_days_are_those_one_counts_on_the_calendar(day, count):
    assert CALENDAR.after(day, count) == counted_one_by_one(day, count)


@given(st.lists(DAYS, min_size=1, max_size=10), st.integers(-10, 10))
def test_an_array_of_days_counts_alike(days, count):
    together = CALENDAR.after(np.array(days, dtype="datetime64[D]"), count)
    assert together.tolist() == [CALENDAR.after(day, count) for day in days]


@given(DAYS, st.integers(0, 30))
def test_working_days_between_undo_working_days_after(day, count):
    assert CALENDAR.between(day, CALENDAR.after(day, count)) == count


def test_holidays_and_transferred_days_of_2026():
    assert not CALENDAR.is_working(date(2026, 2, 16))
    assert CALENDAR.is_working(date(2026, 2, 14)) and date(2026, 2, 14).weekday() == 5
    assert CALENDAR.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CALENDAR.covers(date(2026, 12, 31)) and not CALENDAR.covers(date(2030, 1, 1))


def test_a_year_is_added_from_a_file_of_the_same_form(tmp_path):
    table = tmp_path / "2031.json"
    table.write_text(json.dumps({"2031": {"source": "示例", "off": ["2031-01-01/2031-01-03"], "on": ["2031-01-04"]}}))
    calendar = WorkingCalendar().extend_from(table)
    assert calendar.covers(date(2031, 6, 1))
    assert calendar.after(date(2030, 12, 31), 1) == date(2031, 1, 4)
    with pytest.raises(ValueError, match="2032-01-01 stands in the table of 2031"):
        calendar.extend(2031, ["2032-01-01"], [], "示例")


def test_the_calendar_spans_what_it_says():
    for day in (FIRST - timedelta(days=1), LAST + timedelta(days=1)):
        with pytest.raises(Problem, match="工作日只计算到"):
            CALENDAR.is_working(day)
        with pytest.raises(Problem, match="工作日只计算到"):
            CALENDAR.after(day, 5)


def test_the_clocks_of_a_case():
    start = date(2026, 11, 5)
    assert enforcement.DEFENCE.due(start) == date(2026, 11, 12)
    assert enforcement.DECISION.due(start) == date(2027, 2, 3)
    assert enforcement.DECISION.due(start, paused_days=10) == date(2027, 2, 13)
    assert enforcement.PAYMENT.due(start) == date(2026, 11, 20)
    assert enforcement.PAYMENT.due(date(2026, 9, 18)) == date(2026, 10, 8), "an end in the holidays moves behind them"
    assert enforcement.SEIZURE.due(start) == date(2026, 12, 5), "the authority's own limit does not move"
    assert enforcement.COPYING.due(date(2026, 9, 24)) == date(2026, 10, 12)
    assert enforcement.HEARING_NOTICE.latest(date(2026, 11, 12)) == date(2026, 11, 3)
    assert enforcement.COURT_ENFORCEMENT.due(date(2026, 11, 30)) == date(2027, 2, 28)
    assert enforcement.LIMITATION.due(date(2024, 2, 29)) == date(2026, 2, 28)
    assert enforcement.earliest_decision(start) == date(2026, 11, 13)


def test_a_deadline_that_rests_on_an_unpublished_year_is_not_final():
    assert enforcement.COPYING.is_final(date(2026, 11, 5))
    far = date(max(CALENDAR.sources), 12, 30)
    assert not enforcement.COPYING.is_final(far)
    assert enforcement.DECISION.is_final(far)


def test_months_end_where_a_month_ends():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 3, 15), -3) == date(2025, 12, 15)
    assert [unit.value for unit in Unit] == ["工作日", "日", "个月", "年"]


def test_a_hazard_has_the_days_of_its_grade():
    assert hazards.rectification_deadline("general", date(2026, 10, 1)) == date(2026, 10, 16)
    assert hazards.rectification_deadline("major", date(2026, 10, 1)) == date(2026, 10, 31)
    with pytest.raises(Problem, match="没有"):
        hazards.rectification_deadline("middling", date(2026, 10, 1))
