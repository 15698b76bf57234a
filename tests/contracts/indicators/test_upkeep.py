"""养护 MNT and 路域环境 RAD: problems, repairs and their money, bridges, dangerous sites, road land."""

from datetime import date

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, parts, row, rows_in_value_out, value, write
from indicators.rows import problem
from tonggui.measure.indicators import indicator

bridge = row("roads.bridge", state="barred", rebuilt_on=INSIDE)
stall = row("roads.roadside", state="closed", kind="stall", found_on=INSIDE, cleared_on=INSIDE)


def repaired(on: date = INSIDE, **values):
    """Medium repair of the example road, struck off on a day."""
    return problem(works="medium", closed_on=on, funds=2_000_000, **values)


def site(remedies: str, **values):
    """A dangerous place accepted in March with its measures."""
    chosen = {"state": "works_passed", "works_passed_on": INSIDE, "remedies": remedies, "kind": "bend", **values}
    return "roads.site", {"treated_km": "0.5", "funds": 50_000, **chosen}


FOUND = [
    problem(kind="bridge"),
    problem(closed_on=HALF.end),
    problem(closed_on=AFTER),
    problem(state="void"),
    problem(found_on=BEFORE, closed_on=INSIDE),
]
REPAIRS = [repaired(), repaired(), repaired(AFTER), problem(closed_on=INSIDE, funds=3_000)]
BRIDGE_WORKS = problem(works="bridge", bridge=None, closed_on=INSIDE, funds=800_000)
# Seven sites with eight measures: three bends, two walls, three guardrails.
SEVEN = [
    *(site("curve", name=f"急弯{n}") for n in range(2)),
    site("curve,guard", name="急弯护栏", guard_m=120),
    *(site("wall", name=f"挡墙{n}") for n in range(2)),
    *(site("guard", name=f"护栏{n}") for n in range(2)),
    site("guard", name="下半年", works_passed_on=AFTER),
    site("guard", name="待验收", state="to_be_accepted"),
]
GATES = [
    site("light,hump", name="甲村口", kind="village"),
    site("hump,guard", name="乙村口", kind="village"),
    site("mirror", name="丙村口", kind="village"),
    site("hump", name="急弯"),
]
NOTHING = "—"

CASES = [
    Case("MNT-01", "found in the period, not void", FOUND, "3项"),
    Case("MNT-01", "of one kind", FOUND, "1项", "kind", "桥涵"),
    Case("MNT-02", "of those, struck off by the end", FOUND, "1项"),
    Case("MNT-02", "found before the period", [problem(found_on=BEFORE, closed_on=INSIDE)], NOTHING),
    Case("MNT-02P", "one of three", FOUND, "33.3%（3项中1项）"),
    Case("MNT-02P", "all", [problem(closed_on=HALF.end)], "100%（1项中1项）"),
    Case("MNT-03", "a road with two repairs counts once", REPAIRS, "1条"),
    Case("MNT-03", "minor repairs do not count", [problem(closed_on=INSIDE)], "0条"),
    Case("MNT-05", "all works struck off in the period", REPAIRS, "400.3万元"),
    Case("MNT-05", "of one class of works", REPAIRS, "0.3万元", "works", "小修"),
    Case("MNT-05R", "medium and major repair", REPAIRS, "400万元"),
    Case("MNT-05R", "struck off after the end", [repaired(AFTER)], NOTHING),
    Case("MNT-05B", "dangerous bridges", [*REPAIRS, BRIDGE_WORKS], "80万元"),
    Case("MNT-05B", "no bridge", REPAIRS, "0万元"),
    Case("MNT-05S", "sites accepted", SEVEN, "35万元"),
    Case("MNT-05S", "none entered", [site("guard", funds=None)], NOTHING),
    Case("MNT-05", "none entered", [problem(closed_on=INSIDE, funds=None)], NOTHING),
    Case("MNT-08", "none entered", [site("guard", treated_km=None)], NOTHING),
    Case("MNT-05S", "not accepted yet", [site("guard", state="building", works_passed_on=None)], NOTHING),
    Case("MNT-06", "rebuilt in the period", [bridge(), bridge(name="乙桥"), bridge(rebuilt_on=AFTER)], "2座"),
    Case("MNT-06", "still being rebuilt", [bridge(state="rebuilding", rebuilt_on=None)], NOTHING),
    Case("MNT-07", "sites count once, whatever was built", SEVEN, "7处"),
    Case("MNT-07", "none accepted", [site("guard", state="building", works_passed_on=None)], NOTHING),
    Case("MNT-07C", "bends", SEVEN, "3处"),
    Case("MNT-07C", "none", GATES, "0处"),
    Case("MNT-07W", "walls", SEVEN, "2处"),
    Case("MNT-07W", "none", GATES, "0处"),
    Case("MNT-07G", "guardrails", SEVEN, "3处"),
    Case("MNT-07G", "one beside humps", GATES, "1处"),
    Case("MNT-07H", "humps, at gates and bends", GATES, "3处"),
    Case("MNT-07H", "none", SEVEN, "0处"),
    Case("MNT-07L", "lights", GATES, "1处"),
    Case("MNT-07L", "none", SEVEN, "0处"),
    Case("MNT-08", "kilometres of the sites", SEVEN, "3.5公里"),
    Case("MNT-08", "metres are kept", [site("guard", treated_km="17.205")], "17.205公里"),
    Case("MNT-09", "village gates", GATES, "3处"),
    Case("MNT-09", "no gate among them", SEVEN, "0处"),
    Case("MNT-09L", "lights", GATES, "1处"),
    Case("MNT-09L", "a light elsewhere", [site("light")], "0处"),
    Case("MNT-09H", "humps", GATES, "2处"),
    Case("MNT-09H", "a hump elsewhere", [site("hump")], "0处"),
    Case("MNT-09G", "rails", GATES, "1处"),
    Case("MNT-09G", "not accepted", [site("guard", kind="village", state="building", works_passed_on=None)], NOTHING),
    Case("RAD-01", "cleared in the period", [stall(), stall(found_on=BEFORE), stall(cleared_on=AFTER)], "2次"),
    Case("RAD-01", "found and not cleared", [stall(state="ordered", cleared_on=None)], NOTHING),
    Case("RAD-02", "found in the period, cleared or not", [
        stall(kind="billboard"), stall(kind="billboard", state="found", cleared_on=None), stall(),
    ], "2处"),
    Case("RAD-02", "found before", [stall(kind="billboard", found_on=BEFORE)], NOTHING),
    Case("RAD-03", "works on the road", [stall(kind="works"), stall(kind="works", state="referred")], "2处"),
    Case("RAD-03", "void", [stall(kind="works", state="void")], NOTHING),
    Case("RAD-04", "threshing", [stall(kind="threshing")], "1处"),
    Case("RAD-04", "none where others were found", [stall()], "0处"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)
pytestmark = pytest.mark.django_db


def test_what_was_struck_off_is_among_what_was_found_and_the_rate_is_their_quotient():
    write(FOUND)
    assert value("MNT-02") <= value("MNT-01") and value("MNT-02P") == value("MNT-02") / value("MNT-01")


def test_a_bridge_rebuilt_is_named():
    write([bridge(name="示例北桥")])
    assert indicator("MNT-06").figure(HALF).names == ("示例北桥",)


def test_seven_sites_carry_eight_measures_and_the_figure_says_so():
    write(SEVEN)
    measures = [indicator(f"MNT-07{letter}") for letter in "CWGHL"]
    assert value("MNT-07") == 7 and sum(each.figure(HALF).value for each in measures) == 8
    assert all("一处可有多项措施" in each.basis for each in measures)


def test_money_of_repairs_and_bridges_is_among_the_money_of_all_works():
    write([*REPAIRS, BRIDGE_WORKS])
    assert value("MNT-05R") + value("MNT-05B") <= value("MNT-05") == sum(parts("MNT-05", "works"))
