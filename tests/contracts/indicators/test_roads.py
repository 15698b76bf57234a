"""农村公路 RRD: hamlets and their missing roads, township roads, patrols and what they found, demonstrations."""

from datetime import date

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, parts, row, rows_in_value_out, value, write
from indicators.rows import problem, project
from tonggui.measure.indicators import indicator

patrol = row("roads.patrol", state="审核通过", walked_on=INSIDE, kind="chief", chief_on_road=None)
named = row("roads.demonstration", state="named", kind="town", named_on=INSIDE)


def place(name: str, kind: str, parent: str | None = None):
    """A town, village or hamlet of the administrative tree."""
    return "parties.town", {"name": name, "kind": kind, **({"parent": parent} if parent else {})}


def survey(hamlet: str, on: date = INSIDE, households: int = 26, **values):
    """A hamlet as it was found; without a road 1.5 km are missing."""
    usual = {"state": "compared", "has_road": "no", "gap_km": "1.5", "people": 60}
    return "roads.hamlet", {"hamlet": hamlet, "canvassed_on": on, "households": households, **usual, **values}


def township(name: str, stage: str, **values):
    """A township road of the year's plan."""
    usual = {"kind": "township", "is_key": False, "works_km": "6.2", "total": 1_200}
    return project(name, 1, stage=stage, **{**usual, **values})


TREE = [
    place("示例镇", "town"),
    place("示例村", "village", "示例镇"),
    place("另一镇", "town"),
    *(place(f"{name}组", "hamlet", "示例村") for name in "甲乙丙丁"),
    place("戊组", "hamlet", "另一镇"),
]
SURVEYS = [
    *TREE,
    survey("甲组"),
    survey("乙组", has_road="partly", gap_km="0.75"),
    survey("丙组", households=8),
    survey("丁组", date(2025, 5, 1)),
    survey("丁组", date(2026, 5, 1), has_road="yes", gap_km=None),
    survey("戊组", date(2025, 5, 1), state="built", built_on=AFTER),
    survey("戊组", INSIDE, state="draft"),
]
PLANNED = [
    township("甲", "building"),
    township("乙", "completed"),
    township("丙", "tender"),
    township("丁", "building", plan_year=2025),
    project("戊", 1, stage="building"),
]
WITHOUT_CHIEF = ("roads.patrol", {"state": "审核通过", "walked_on": INSIDE})
PATROLLED = [
    patrol(),
    problem(patrol=None),
    problem(patrol=None, closed_on=HALF.end),
    problem(patrol=None, closed_on=AFTER),
    problem(),
]
NAMED = [
    named(name="甲镇"),
    named(name="乙村", kind="village"),
    named(name="丙路", kind="road", road=None),
    named(name="丁路", kind="beautiful", road=None),
    named(name="戊镇", named_on=BEFORE),
    named(name="己镇", state="revoked"),
]
NOTHING = "—"

CASES = [
    Case("RRD-01", "towns of the surveys of the period, checked", SURVEYS, "1个"),
    Case("RRD-01", "surveyed earlier only", [*TREE, survey("甲组", BEFORE)], NOTHING),
    Case("RRD-02", "large by the newest survey, whenever it was", SURVEYS, "4个"),
    Case("RRD-02", "grown too small since", [*TREE, survey("甲组", BEFORE), survey("甲组", households=8)], "0个"),
    Case("RRD-02", "of one town", SURVEYS, "3个", "town", "示例镇"),
    Case("RRD-03", "no hard road by the newest survey; built after the end still lacks it", SURVEYS, "3个"),
    Case("RRD-03", "built by the end", [*TREE, survey("甲组", state="built", built_on=HALF.end)], "0个"),
    Case("RRD-03", "nothing surveyed", TREE, NOTHING),
    Case("RRD-03L", "the gap of those, each hamlet once", SURVEYS, "3.75公里"),
    Case("RRD-03L", "the newest of two surveys", [*TREE, survey("甲组", BEFORE), survey("甲组", gap_km=2)], "2公里"),
    Case("RRD-04", "township roads of the year's plan", PLANNED, "3条"),
    Case("RRD-04", "no plan of the year", [township("丁", "building", plan_year=2025)], NOTHING),
    Case("RRD-05", "their length", PLANNED, "18.6公里"),
    Case("RRD-05", "of one road", PLANNED, "6.2公里", "project", "丙"),
    Case("RRD-05", "no length filled in", [township("丙", "tender", works_km=None)], NOTHING),
    Case("RRD-06", "their investment", PLANNED, "3600万元"),
    Case("RRD-06", "from one 亿 on", [township("甲", "building", total=10_000)], "1.00亿元"),
    Case("RRD-07", "under construction or further", PLANNED, "2条"),
    Case("RRD-07", "none yet", [township("丙", "tender")], "0条"),
    Case("RRD-07R", "the rest", PLANNED, "1条"),
    Case("RRD-07R", "none left", [township("甲", "building")], "0条"),
    Case("RRD-08", "with a chief, checked", [patrol(), patrol(kind="upkeep"), WITHOUT_CHIEF], "2次"),
    Case("RRD-08", "of another period", [patrol(walked_on=AFTER)], NOTHING),
    Case("RRD-09", "found on a patrol", PATROLLED, "3处"),
    Case("RRD-09", "found otherwise", [problem()], "0处"),
    Case("RRD-09N", "struck off by the end", PATROLLED, "1处"),
    Case("RRD-09N", "nothing found", [patrol()], NOTHING),
    Case("RRD-09P", "one of three", PATROLLED, "33.3%（3处中1处）"),
    Case("RRD-09P", "no problem, no rate", [problem()], NOTHING),
    Case("RRD-10", "named in the period and not revoked", NAMED, "4个"),
    Case("RRD-10", "only recommended", [named(state="recommended", named_on=None)], NOTHING),
    Case("RRD-10T", "towns", NAMED, "1个"),
    Case("RRD-10T", "roads are none", [named(kind="road", road=None)], "0个"),
    Case("RRD-10V", "villages", NAMED, "1个"),
    Case("RRD-10V", "named after the end", [named(kind="village", named_on=AFTER)], NOTHING),
    Case("RRD-10R", "roads of both kinds", NAMED, "2条"),
    Case("RRD-10R", "none", [named()], "0条"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)
pytestmark = pytest.mark.django_db


def test_started_and_not_started_are_all_township_roads():
    write(PLANNED)
    assert value("RRD-07") + value("RRD-07R") == value("RRD-04")


def test_hamlets_without_a_road_are_among_the_large_ones():
    write(SURVEYS)
    assert value("RRD-03") <= value("RRD-02")


def test_what_was_closed_is_among_what_was_found_and_the_rate_is_their_quotient():
    write(PATROLLED)
    assert value("RRD-09N") <= value("RRD-09") <= value("MNT-01")
    assert value("RRD-09P") == value("RRD-09N") / value("RRD-09")


def test_demonstrations_are_their_kinds():
    write(NAMED)
    assert value("RRD-10") == value("RRD-10T") + value("RRD-10V") + value("RRD-10R") == sum(parts("RRD-10", "kind"))


def test_hamlets_without_a_road_are_named():
    write(SURVEYS)
    assert indicator("RRD-03").figure(HALF).names == ("戊组", "甲组", "乙组")
