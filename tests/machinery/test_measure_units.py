"""Figures by unit, by any kind of period, and the names of what they counted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tonggui.base import clock
from tonggui.measure import indicators
from tonggui.measure.declare import Period, Total
from tonggui.measure.figures import Figure, Scope
from tonggui.measure.figureset import FigureSet
from tonggui.measure.indicators import NOT_BY_UNIT, indicator
from tonggui.measure.models import NilReturn
from tonggui.measure.reading import NOTHING_REGISTERED, WHOLE_MONTHS
from tonggui.measure.text import Mark
from tonggui.measure.units import own_scope, unit_scope
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
HALF = Period.parse("2026H1")


@pytest.fixture(autouse=True)
def declared_for_the_test(monkeypatch):
    """Indicators that a test declares are gone after it."""
    monkeypatch.setattr(indicators, "_declared", dict(indicators._declared))


@pytest.fixture
def tree():
    """A bureau with two stations, one of them with a post below it."""
    units = ledger("parties.unit")
    root = units.example()
    east, west = (units.example(name=f"示例{name}站", kind="station", parent=root, unit=root) for name in "东西")
    post = units.example(name="示例东一所", kind="station", parent=east, unit=root)
    return {"root": root, "east": east, "west": west, "post": post}


def found_by(unit, n=1, **values):
    for _ in range(n):
        ledger("safety.hazard").example(
            **{"unit": unit, "state": "ordered", "found_on": date(2026, 3, 1), "due_on": date(2026, 4, 1), **values}
        )


def test_a_figure_answers_for_a_unit_with_all_below_it(tree):
    for unit, n in ((tree["root"], 1), (tree["east"], 2), (tree["post"], 3), (tree["west"], 4)):
        found_by(unit, n)
    found = {name: indicator("HAZ-01").figure(HALF, unit_scope(unit)) for name, unit in tree.items()}
    assert {name: figure.value for name, figure in found.items()} == {"root": 10, "east": 5, "west": 4, "post": 3}
    assert found["east"].key == f"HAZ-01/{tree['east'].number}" and len(found["east"].record_numbers()) == 5
    assert indicator("HAZ-01").figure(HALF, own_scope(tree["east"])).value == 2
    assert indicator("HAZ-04").figure(HALF, unit_scope(tree["east"])).text == "0%（5处中0处）"


def test_a_unit_is_read_from_the_past_alike(tree):
    found_by(tree["post"], 2)
    found_by(tree["west"])
    now, then = (
        indicator("HAZ-01").figure(HALF, unit_scope(tree["east"]), as_of=day) for day in (None, date(2099, 1, 1))
    )
    assert now.value == 2 and (now.value, now.numbers) == (then.value, then.numbers)


def test_a_split_by_unit_adds_up_and_names_what_is_the_tops_own(tree):
    for unit, n in ((tree["root"], 1), (tree["east"], 2), (tree["post"], 3), (tree["west"], 4)):
        found_by(unit, n)
    parts = indicator("HAZ-01").split(HALF, "unit")
    assert [(part.scope.label, part.value) for part in parts] == [
        ("示例县交通运输局本级", 1), ("示例东站", 5), ("示例西站", 4),
    ]  # fmt: skip


def test_a_unit_that_registered_nothing_is_unknown_until_its_nil_returns_are_complete(tree):
    found_by(tree["west"])
    asked = lambda: indicator("HAZ-01").figure(HALF, unit_scope(tree["post"]))  # noqa: E731
    assert asked().reason == NOTHING_REGISTERED
    for n in range(1, 7):
        NilReturn.objects.create(
            ledger="safety.hazard",
            unit=tree["east"],
            month=date(2026, n, 1),
            actor_name="示例",
            confirmed_at=clock.now(),
        )
    assert asked().value == 0 and asked().nil
    assert indicator("HAZ-01").figure(HALF, unit_scope(tree["root"])).value == 1


def test_what_telemetry_counts_is_not_by_unit(tree):
    assert indicator("VEH-02").figure(HALF, unit_scope(tree["east"])).reason == NOT_BY_UNIT


@pytest.mark.parametrize(
    ("code", "value"),
    [("2026-03", 1), ("2026Q1", 2), ("2026H1", 3), ("2026", 4), ("2026-01-05..2026-03-20", 2), ("2026-03-01", 1)],
)
def test_any_kind_of_period_is_answered(tree, code, value):
    for day in (date(2026, 1, 5), date(2026, 3, 1), date(2026, 4, 2), date(2026, 8, 1)):
        found_by(tree["east"], found_on=day, due_on=date(2026, 12, 1))
    assert indicator("HAZ-01").figure(Period.parse(code)).value == value


def test_months_are_not_cut_by_a_custom_period():
    monthly = Total("测试-月报", "完成投资", "万元", of=indicator("PRJ-04").of)
    ledger("works.progress").example(month=date(2026, 3, 1), invest_year=5, state="审核通过")
    assert monthly.figure(Period.parse("2026-01-05..2026-03-20")).reason == WHOLE_MONTHS
    assert monthly.figure(Period.parse("2026-01-01..2026-03-31")).value == 50_000


@pytest.mark.parametrize(
    ("code", "previous", "last_year", "following"),
    [
        ("2026-01-01..2026-05-31", "2025-08-01..2025-12-31", "2025-01-01..2025-05-31", "2026-06-01..2026-10-31"),
        ("2025-02-01..2025-02-28", "2025-01-01..2025-01-31", "2024-02-01..2024-02-29", "2025-03-01..2025-03-31"),
        ("2026-01-05..2026-01-14", "2025-12-26..2026-01-04", "2025-01-05..2025-01-14", "2026-01-15..2026-01-24"),
    ],
)
def test_days_of_whole_months_have_whole_months_beside_them(code, previous, last_year, following):
    period = Period.parse(code)
    assert [each.code for each in (period.previous, period.last_year, period.following)] == [
        previous, last_year, following,
    ]  # fmt: skip


# --- names --------------------------------------------------------------------------------------------------------


def named(names: list[str], value: int, counts: bool = True) -> Figure:
    figure = indicator("HAZ-01").figure(HALF)
    return replace(figure, value=Decimal(value), text=f"{value}条", reason="", names=tuple(names), counts_names=counts)


def said(figure: Figure, aspect: str) -> str:
    return FigureSet.of(HALF, [figure]).words(Mark("HAZ-01", aspect))


@pytest.mark.parametrize(
    ("names", "value", "words", "all_words"),
    [
        ("甲", 1, "甲1条", "甲"),
        ("甲乙", 2, "甲、乙2条", "甲、乙"),
        ("甲乙丙", 3, "甲、乙、丙3条", "甲、乙、丙"),
        ("甲乙丙丁", 4, "甲、乙、丙等4条", "甲、乙、丙、丁"),
        ("甲乙", 3, "甲、乙等3条", "甲、乙等3条"),
        ("", 3, "3条", "3条"),
        ("甲乙丙", 2, "2条", "2条"),
    ],
)
def test_names_never_contradict_their_count(names, value, words, all_words):
    figure = named(list(names), value)
    assert (said(figure, "names"), said(figure, "all_names")) == (words, all_words)
    assert Figure.from_json(figure.as_json()) == figure


def test_a_sum_lists_its_names_by_themselves():
    assert said(named(["甲", "乙"], 340, counts=False), "names") == "甲、乙340条"
    assert said(named(["甲", "乙", "丙", "丁"], 2, counts=False), "names") == "甲、乙、丙等2条"


def test_a_total_names_what_it_counted_by_a_field_a_choice_or_a_link(tree):
    firm = ledger("parties.enterprise").example(name="示例运输公司", unit=tree["east"])
    for n in range(3):
        found_by(tree["east"], enterprise=firm, content=f"示例隐患{n}")
    of = indicator("HAZ-01").of
    found = [
        Total(f"测试-{n}", "隐患", "处", of=of, names=path)
        for n, path in enumerate(("content", "enterprise", "enterprise__name", "grade"))
    ]
    figures = [each.figure(HALF) for each in found]
    assert [figure.names for figure in figures] == [
        ("示例隐患0", "示例隐患1", "示例隐患2"), ("示例运输公司",), ("示例运输公司",), (figures[3].names[0],),
    ]  # fmt: skip
    assert figures[3].names[0] in dict(ledger("safety.hazard").kinds["grade"].options()).values()
    assert [each.figure(HALF, as_of=date(2099, 1, 1)).names for each in found] == [figure.names for figure in figures]


def test_only_fifty_names_are_kept(tree):
    for n in range(52):
        found_by(tree["east"], content=f"示例{n:02}")
    figure = Total("测试-多名", "隐患", "处", of=indicator("HAZ-01").of, names="content").figure(HALF)
    assert len(figure.names) == 50 and figure.value == 52
    assert FigureSet.of(HALF, [figure]).words(Mark("测试-多名", "all_names")).endswith("示例49等52处")


def test_a_scope_of_a_unit_survives_its_seal(tree):
    found_by(tree["east"])
    figure = indicator("HAZ-01").figure(HALF, unit_scope(tree["east"]))
    assert Figure.from_json(figure.as_json()) == figure and isinstance(figure.scope, Scope)
