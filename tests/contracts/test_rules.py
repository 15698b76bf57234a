"""Every rule and every parameter of the law goes through the same promises."""

import re
from datetime import date, timedelta

import numpy as np
import pytest

import tonggui.statutes  # noqa: F401 - declares them all
from tonggui.base.errors import Problem
from tonggui.law import parameters
from tonggui.law.deadlines import Deadline, Unit, all_deadlines
from tonggui.law.declare import Parameter, Rule, all_parameters, all_rules
from tonggui.law.reference import doubts, pages, shown

RULES = all_rules()
PARAMETERS = all_parameters()


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_examples_come_out_as_they_say(rule: Rule):
    assert rule.failures() == []


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_year_of_rows_is_the_same_call_as_one(rule: Rule):
    for readings in {tuple(sorted(example.readings.items())): example.readings for example in rule.examples}.values():
        examples = [example for example in rule.examples if example.readings == readings]
        names = {name for example in examples for name in example.given}
        known = {column.name: column.unknown for column in rule.takes}
        columns = {name: np.array([example.given.get(name, known[name]) for example in examples]) for name in names}
        days = np.array([example.on for example in examples], dtype="datetime64[D]")
        together = rule(days, readings=readings, **columns)
        for row, example in enumerate(examples):
            for name, value in example.expect.items():
                assert together[name][row].item() == value, example.title


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_day_before_the_rule_says_so(rule: Rule):
    example = rule.examples[0]
    with pytest.raises(Problem, match="施行"):
        rule(rule.since - timedelta(days=1), readings=example.readings, **example.given)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_choice_of_a_reading_can_be_taken(rule: Rule):
    example = rule.examples[0]
    for reading in rule.readings:
        for choice in reading.choices:
            rule(example.on, readings={reading.code: choice}, **example.given)
        with pytest.raises(Problem):
            rule(example.on, readings={reading.code: "nonsense"}, **example.given)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_result_can_be_explained(rule: Rule):
    for example in rule.examples if rule.steps else ():
        taken = rule.taken(example.on, example.given)
        trace = rule.trace(taken, rule.columns(example.on, readings=example.readings, **example.given))
        for sentence, basis in trace[0]:
            assert sentence and "{" not in sentence and "nan" not in sentence
            assert basis.act.title in str(basis)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=repr)
def test_a_value_holds_from_its_day_and_not_before(parameter: Parameter):
    first = parameter.starts[0]
    assert parameter.on(first) == parameter.values[first]
    assert parameter.on(parameter.starts[-1] + timedelta(days=3650)) == parameter.values[parameter.starts[-1]]
    if first > date.min:
        assert not parameter.in_force(first - timedelta(days=1))
        with pytest.raises(Problem, match=str(first)):
            parameter.on(first - timedelta(days=1))


@pytest.mark.parametrize("parameter", PARAMETERS, ids=repr)
def test_a_value_was_checked_and_is_not_from_the_future(parameter: Parameter):
    assert parameter.checked <= date.today()  # noqa: DTZ011 - a day is enough
    assert parameter.source.place


@pytest.mark.parametrize("deadline", all_deadlines(), ids=repr)
def test_a_deadline_lies_behind_its_event(deadline: Deadline):
    start = date(2026, 11, 5)
    due = deadline.due(start)
    assert due > start
    assert deadline.latest(start) < start
    if deadline.unit is Unit.WORKING_DAY or deadline.moves:
        assert deadline.calendar.is_working(due)


def test_every_rule_and_parameter_has_its_place_in_the_reference():
    written = "\n".join(pages().values())
    for rule in RULES:
        assert f"# {rule.title}" in written
    for parameter in PARAMETERS:
        assert parameter.title in written


def test_what_was_not_read_in_an_official_text_says_so():
    told = dict(doubts())
    assert {"处罚决定延长期限", "处罚结果公示期限", "夜间时段"} <= set(told)
    assert any("109号" in source for source in told) and any("160号" in source for source in told)
    assert all("待核对" in words for words in told.values())


@pytest.mark.parametrize("parameter", all_parameters(), ids=lambda parameter: parameter.title)
def test_what_people_read_of_a_parameter_is_in_words_and_not_in_identifiers(parameter: Parameter):
    for value in parameter.values.values():
        assert not re.search("[a-z]{2}", shown(value, parameter.words))


def test_words_are_given_only_to_parameters_that_are():
    assert set(parameters._words) <= {parameter.title for parameter in all_parameters()}
