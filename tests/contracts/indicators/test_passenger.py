"""城乡客运 PAX and 公交 BUS: lines changed, villages served, subsidy, signs, buses, charging points."""

from datetime import date

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, parts, row, rows_in_value_out, value, write
from indicators.rows import project
from tonggui.measure.indicators import indicator

finance = row("transit.routefinance", state="审核通过", month=INSIDE)
bus = row("transit.bus", state="in_service", in_service_on=INSIDE, energy="electric")
back = row("transit.bus", state="taken_over", acquired_by="bought_back", bought_back_on=INSIDE)
board = row("transit.sign", kind="zp", state="worn", stop=None, issued_on=BEFORE, put_up_at=INSIDE)
clothes = row("transit.sign", kind="gf", state="made", issued_on=INSIDE, quantity_made=2, size="L")
badge = row("transit.sign", kind="gp", state="made", issued_on=INSIDE)
served = row("transit.villageservice", state="in_order_here", checked_on=INSIDE)


def village(name: str, **values):
    """A village below the example town."""
    return "parties.town", {"name": name, "kind": "village", "parent": "示例镇", **values}


def line(name: str):
    """A bus line."""
    return "transit.busline", {"name": name}


def change(action: str, name: str, kind: str = "city", **values):
    """A change of a line carried out in March."""
    chosen = {"state": "in_effect", "effective_on": INSIDE, "line": None, **values}
    return "transit.linechange", {"action": action, "changed_name": name, "line_kind": kind, **chosen}


def charger(number: str, **values):
    """A charging point in use since March."""
    chosen = {"asset_no": number, "state": "charging", "commissioned_on": INSIDE, **values}
    return "transit.charger", chosen


ADDED = [
    change("add", "跨市1路", "cross_city"),
    change("add", "城乡1路", "rural"),
    change("add", "城乡2路", "rural", state="reviewed_line"),
    change("add", "微1路", "micro"),
    change("add", "下半年线", "rural", effective_on=AFTER),
    change("add", "已公告线", "cross_city", state="announced"),
]
LINES = [line("1路"), line("2路")]
TWICE = [
    *LINES,
    *(change(action, name, line=name) for action in ("optimise", "densify", "extend") for name in ("1路", "2路")),
    *(change(action, "1路", line="1路") for action in ("optimise", "densify", "extend")),
    change("densify", "2路", line="2路", state="dropped"),
]
TOWNS = [
    ("parties.town", {"name": "示例镇", "kind": "town"}),
    *(village(name) for name in ("甲村", "乙村", "丙村")),
    village("并入的村", state="ended"),
]
SERVED = [
    *TOWNS,
    served(served_village="甲村"),
    served(served_village="乙村", checked_on=BEFORE),
    served(served_village="乙村", road_safe=False),
    served(served_village="丙村", state="found_out"),
    served(served_village="并入的村"),
]
SUBSIDY = [
    finance(subsidy_due=60_000, subsidy_paid=45_000),
    finance(subsidy_due=20_000, subsidy_paid=0, month=date(2026, 6, 1)),
    finance(subsidy_due=90_000, subsidy_paid=90_000, month=AFTER),
    finance(subsidy_due=70_000, subsidy_paid=70_000, state="草稿"),
]
BOARDS = [
    *LINES,
    ("passenger.coachline", {"name": "示例班线"}),
    board(line="1路"),
    board(line="1路"),
    board(line="2路", serves="booked"),
    board(line=None, coach_line="示例班线", serves="coach"),
    board(line="2路", put_up_at=AFTER),
    board(line="2路", state="made", put_up_at=None, issued_on=INSIDE),
    badge(),
]
CHARGERS = [
    charger("甲"),
    charger("乙", state="broken"),
    charger("丙", state="dismantled"),
    charger("丁", commissioned_on=BEFORE),
]
NOTHING = "—"

CASES = [
    Case("PAX-03", "carried out in the period", [
        change("convert", "甲线"), change("convert", "乙线", effective_on=AFTER),
    ], "1条"),
    Case("PAX-03", "still announced", [change("convert", "甲线", state="announced")], NOTHING),
    Case("PAX-04", "bought back in the period", [back(), back(bought_back_on=BEFORE), bus()], "1辆"),
    Case("PAX-04", "not taken over yet", [back(state="ordered_bus")], NOTHING),
    Case("PAX-06", "stations started in the period", [
        project("甲站", 1, kind="service_point", started_on=INSIDE),
        project("乙站", 1, kind="service_point", started_on=AFTER),
        project("丙路", 1, started_on=INSIDE),
    ], "1个"),
    Case("PAX-06", "planned only", [project("甲站", 1, kind="service_point", started_on=None)], NOTHING),
    Case("PAX-07", "by the newest check, of villages that still are", SERVED, "1个"),
    Case("PAX-07", "checked and not confirmed", [*TOWNS, served(served_village="甲村", state="found_out")], NOTHING),
    Case("PAX-07", "cut off", [*TOWNS, served(served_village="甲村", state="cut_off")], "0个"),
    Case("PAX-07V", "villages in use, not towns", SERVED, "3个"),
    Case("PAX-07V", "no village", [("parties.town", {"name": "示例镇", "kind": "town"})], "0个"),
    Case("PAX-07P", "one of three", SERVED, "33.3%（3个中1个）"),
    Case("PAX-07P", "every village", [*TOWNS[:2], served(served_village="甲村")], "100%（1个中1个）"),
    Case("PAX-08", "due for the months of the period", SUBSIDY, "8万元"),
    Case("PAX-08", "months not checked", [finance(subsidy_due=1, state="草稿")], NOTHING),
    Case("PAX-08A", "paid of it", SUBSIDY, "4.5万元"),
    Case("PAX-08A", "nothing paid", [finance(subsidy_due=60_000, subsidy_paid=0)], "0万元"),
    Case("PAX-08P", "the share", SUBSIDY, "56.3%"),
    Case("PAX-08P", "nothing due, no share", [finance(subsidy_due=0, subsidy_paid=0)], NOTHING),
    Case("PAX-09", "suspended in the period", [change("suspend", "甲线"), change("resume", "甲线")], "1条"),
    Case("PAX-09", "called off", [change("suspend", "甲线", state="dropped")], NOTHING),
    Case("PAX-10", "put up in the period, whenever made", BOARDS, "4个"),
    Case("PAX-10", "made and not put up", [board(put_up_at=None, state="made")], NOTHING),
    Case("PAX-11", "a line with two boards counts once", BOARDS, "2条"),
    Case("PAX-11", "of another period", [*LINES, board(line="1路", put_up_at=AFTER)], NOTHING),
    Case("PAX-11R", "bus lines between town and country", BOARDS, "1条"),
    Case("PAX-11R", "only booked service", [*LINES, board(line="1路", serves="booked")], "0条"),
    Case("PAX-11C", "coach lines", BOARDS, "1条"),
    Case("PAX-11C", "none", [*LINES, board(line="1路")], "0条"),
    Case("PAX-12", "sets, not pieces", [clothes(), clothes(quantity_made=1), badge()], "3套"),
    Case("PAX-12", "made before", [clothes(issued_on=BEFORE)], NOTHING),
    Case("PAX-13", "badges", [badge(), badge(), clothes()], "2个"),
    Case("PAX-13", "none", [clothes()], "0个"),
    Case("BUS-01", "carried out in the period", ADDED, "1条"),
    Case("BUS-01", "other lines only", [change("add", "城乡1路", "rural")], "0条"),
    Case("BUS-02", "with those looked at again", ADDED, "2条"),
    Case("BUS-02", "after the end", [change("add", "下半年线", "rural", effective_on=AFTER)], NOTHING),
    Case("BUS-03", "micro lines", ADDED, "1条"),
    Case("BUS-03", "adjusted, not new", [*LINES, change("optimise", "1路", "micro", line="1路")], "0条"),
    Case("BUS-04", "a line adjusted twice counts once", TWICE, "2条"),
    Case("BUS-04", "nothing carried out", LINES, NOTHING),
    Case("BUS-05", "renamed", [*LINES, change("rename", "新1路", line="1路")], "1条"),
    Case("BUS-05", "not carried out", [*LINES, change("rename", "新1路", line="1路", state="asking")], NOTHING),
    Case("BUS-06", "electric, new in service", [bus(), bus(energy="gas"), bus(in_service_on=BEFORE)], "1辆"),
    Case("BUS-06", "bought and not in service", [bus(state="ordered_bus", in_service_on=None)], NOTHING),
    Case("BUS-07", "a line made denser twice counts once", TWICE, "2条"),
    Case("BUS-07", "other changes only", ADDED, "0条"),
    Case("BUS-08", "a line extended twice counts once", TWICE, "2条"),
    Case("BUS-08", "other changes only", ADDED, "0条"),
    Case("BUS-09", "standing, also while broken", CHARGERS, "3个"),
    Case("BUS-09", "being built", [charger("甲", state="under_construction", commissioned_on=None)], NOTHING),
    Case("BUS-09N", "built in the period", CHARGERS, "3个"),
    Case("BUS-09N", "built before", [charger("甲", commissioned_on=BEFORE)], NOTHING),
    Case("BUS-09W", "of the standing ones", CHARGERS, "2个"),
    Case("BUS-09W", "all broken", [charger("甲", state="broken")], "0个"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)
pytestmark = pytest.mark.django_db


def test_villages_served_are_among_the_villages_and_the_rate_is_their_quotient():
    write(SERVED)
    assert value("PAX-07") <= value("PAX-07V") and value("PAX-07P") == value("PAX-07") / value("PAX-07V")
    assert sum(parts("PAX-07V", "town")) == value("PAX-07V")


def test_what_was_paid_is_not_more_than_what_is_due():
    write(SUBSIDY)
    assert value("PAX-08A") <= value("PAX-08") and value("PAX-08P") == value("PAX-08A") / value("PAX-08")


def test_lines_covered_are_not_more_than_the_boards():
    write(BOARDS)
    assert value("PAX-11R") <= value("PAX-11") and value("PAX-11") + value("PAX-11C") <= value("PAX-10")


def test_names_of_lines_and_stations_agree_with_their_count():
    write([*ADDED, project("甲站", 1, kind="service_point", started_on=INSIDE)])
    assert indicator("BUS-02").figure(HALF).names == ("城乡1路", "城乡2路")
    assert indicator("PAX-06").figure(HALF).names == ("甲站",)


def test_working_charging_points_are_among_the_standing_ones():
    write(CHARGERS)
    assert value("BUS-09W") <= value("BUS-09") == sum(parts("BUS-09", "site_kind"))
