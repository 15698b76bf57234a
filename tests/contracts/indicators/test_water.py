"""水上交通 WTR: patrols and people, ferry trips signed off, orders to stop, pollutants, equipment that is missing."""

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, add, cases, row, rows_in_value_out, write
from tonggui.measure.indicators import indicator
from tonggui.measure.units import unit_scope
from tonggui.register.registry import ledger

campaign = row("safety.campaign", state="running", name="水上百日行动（示例）", domains=["water"])
meeting = row("office.meeting", state="审核通过", held_on=INSIDE, campaign="水上百日行动（示例）")
patrol = row("water.patrol", state="审核通过", patrolled_on=INSIDE, partners="", staff=4, boats_checked=10)
outing = row("enforcement.operation", state="审核通过", operated_on=INSIDE, kind="water", partners="", staff=5)
voyage = row("water.voyage", state="arrived")
halted = row("water.suspension", state="resumed")
handed = row("water.pollutant", state="disposed", delivered_on=INSIDE)
need = row("water.equipmentneed", state="审核通过", year=2026)

PATROLS = [patrol(), patrol(partners="渔政、公安", staff=6), patrol(state="草稿"), patrol(patrolled_on=AFTER)]
TRIPS = [
    voyage(),
    voyage(sailed_at="2026-03-01 09:10"),
    voyage(sailed_at="2026-03-01 10:10", state="refused"),
    voyage(sailed_at="2026-03-01 11:10", state="draft"),
]
HANDED = [
    handed(volume_m3="1.15"),
    handed(volume_m3="2.5", kind="oily"),
    handed(kind="garbage", volume_m3=None, garbage_kg="840"),
    handed(volume_m3="9", state="void"),
]
NEEDS = [
    need(craft="oil_skimmer", needed=2, owned=0),
    need(craft="pontoon", needed=1, owned=0),
    need(year=2025, needed=9, owned=0),
]
PATROLLED = ("WTR-02N", "WTR-03", "WTR-04", "WTR-04N")

CASES = [
    Case("WTR-01", "of one on the water", [campaign(), meeting(), ("office.meeting", {"state": "审核通过"})], "1次"),
    Case("WTR-01", "of a campaign on the road", [campaign(domains=["road"]), meeting()], "0次"),
    *cases("patrols of the period", PATROLS, {
        "WTR-02N": "10人次", "WTR-03": "20艘次", "WTR-04": "1次", "WTR-04N": "2次",
    }),
    *cases("another period", [patrol(patrolled_on=BEFORE)], dict.fromkeys(PATROLLED, "—")),
    Case("WTR-02E", "enforcement on the water", [outing(), outing(kind="freight", zone="乙", staff=9)], "5人次"),
    Case("WTR-02E", "on land only", [outing(kind="freight")], "0人次"),
    Case("WTR-02", "patrols and enforcement together", [*PATROLS, outing()], "15人次"),
    Case("WTR-02", "patrols alone", PATROLS, "10人次"),
    Case("WTR-02", "neither", [patrol(patrolled_on=BEFORE)], "—"),
    *cases("one of three refused", TRIPS, {"WTR-05": "2班次", "WTR-05P": "66.7%（3航次中2航次）"}),
    *cases("all refused", [voyage(state="refused")], {"WTR-05": "0班次", "WTR-05P": "0%（1航次中0航次）"}),
    Case("WTR-06", "by its first day", [halted(), halted(from_at="2026-07-01 06:00"), halted(state="void")], "1次"),
    Case("WTR-06", "only of another period", [halted(from_at="2025-12-31 06:00")], "—"),
    *cases("what was handed in, in its units", HANDED, {"WTR-07": "3.65立方米", "WTR-07G": "0.84吨"}),
    *cases("water alone is no garbage", HANDED[:1], {"WTR-07": "1.15立方米", "WTR-07G": "0吨"}),
    *cases("of the year's list", NEEDS, {"WTR-08": "3艘", "WTR-08C": "360万元"}),
    *cases("only of another year", NEEDS[2:], {"WTR-08": "—", "WTR-08C": "—"}),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_people_of_both_ledgers_add_up_and_open_both():
    write([*PATROLS, outing()])
    figure = indicator("WTR-02").figure(HALF)
    assert figure.value == sum(indicator(code).figure(HALF).value for code in ("WTR-02N", "WTR-02E"))
    assert len(figure.record_numbers()) == 3 and len(figure.sources()) == 2
    assert indicator("WTR-04").figure(HALF).value <= indicator("WTR-04N").figure(HALF).value


@pytest.mark.django_db
def test_a_unit_counts_the_people_it_sent_itself_to_a_joint_outing_on_the_water():
    units = ledger("parties.unit")
    root = units.example()
    east = units.example(name="示例东所", kind="station", parent=root, unit=root)
    west = units.example(name="示例西所", kind="station", parent=root, unit=root)
    _, values = outing(joined_staff=3, joined_vehicles=1)
    led = add("enforcement.operation", **values, unit=east)
    add("enforcement.participation", operation=led, joined_unit=west, sent_staff=3, sent_vehicles=1, state="joined")
    for code in ("WTR-02E", "WTR-02"):
        told = [indicator(code).figure(HALF, unit_scope(unit)).text for unit in (root, east, west)]
        assert indicator(code).figure(HALF).text == "8人次" and told == ["8人次", "5人次", "3人次"]
    assert len(indicator("WTR-02").figure(HALF, unit_scope(west)).record_numbers()) == 1
