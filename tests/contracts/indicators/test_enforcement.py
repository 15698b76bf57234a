"""执法 ENF: outings counted once however many units came, cases by what became of them, days to close."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, add, cases, row, rows_in_value_out, write
from tonggui.measure.indicators import indicator
from tonggui.measure.units import unit_scope
from tonggui.register.registry import ledger

outing = row(
    "enforcement.operation",
    state="审核通过",
    operated_on=INSIDE,
    partners="",
    suspected=0,
    guided=0,
    found_over=0,
    reloaded=0,
)
joined = row("enforcement.participation", state="joined")
filed = row("enforcement.case", state="filed", filed_on=INSIDE)
referred = row("enforcement.referral", state="handed", referred_at="2026-03-01 10:00")
campaign = row("safety.campaign", state="running", name="打非治违（示例）")


def decided(fine: int, **values):
    return filed(**{"state": "served", "decided_on": date(2026, 3, 10), "fine": fine, **values})


OUTINGS = [
    campaign(),
    outing(zone="甲", kind="illegal", campaign="打非治违（示例）", staff=6, vehicles=2, checked=10, corrected=1),
    outing(zone="乙", kind="freight", staff=4, vehicles=1, checked=30, corrected=6, partners="公安交警"),
    outing(zone="丙", kind="overload", staff=3, vehicles=1, checked=5, corrected=0),
    outing(zone="丁", staff=9, vehicles=3, state="待审核"),
    outing(zone="戊", staff=9, vehicles=3, operated_on=BEFORE),
]
ELSEWHEN = [outing(operated_on=AFTER), outing(zone="乙", state="草稿")]

CAUGHT = [
    decided(3000, kind="unlicensed", plate="示F00001"),
    decided(5000, kind="ride_hailing", plate="示F00002", decided_on=AFTER),
    filed(kind="unlicensed", plate="示F00003"),
    decided(500, kind="taxi", plate="示T00001", paid_on=date(2026, 3, 20), fine_paid=500),
    decided(1000, kind="freight", plate="示H00001"),
    decided(1000, kind="freight", plate="示H00001", happened_on=date(2026, 3, 9), decided_on=date(2026, 4, 1)),
    decided(0, kind="freight", plate="示H00002"),
    filed(kind="unlicensed", plate="示F00004", state="void"),
    filed(kind="unlicensed", plate="示F00005", state="dropped"),
    filed(kind="taxi", plate="示T00002", state="dropped"),
]
IN_PART = [decided(500, kind="passenger", paid_on=date(2026, 3, 20), fine_paid=200)]
NONE_FINED = [filed(kind="passenger"), filed(kind="unlicensed", plate="示F00009", filed_on=BEFORE)]

CASES = [
    *cases("confirmed outings of the period add up", OUTINGS, {
        "ENF-01": "4台次", "ENF-02": "13人次", "ENF-03": "3次", "ENF-03J": "1次", "ENF-03C": "1次", "ENF-04": "2台次",
        "ENF-04C": "6人次", "ENF-05": "35辆", "ENF-06": "6辆",
    }),
    *cases("outings after the period and drafts are not of it", ELSEWHEN, dict.fromkeys((
        "ENF-01", "ENF-02", "ENF-03", "ENF-03J", "ENF-03C", "ENF-04", "ENF-04C", "ENF-05", "ENF-06",
    ), "—")),
    Case("ENF-03", "of one kind", OUTINGS, "1次", by="kind", of="打击非法营运"),
    *cases("a vehicle fined twice is one, a fine of nothing is none, a decision after the end is not yet", CAUGHT, {
        "ENF-07": "1辆", "ENF-08": "3台次", "ENF-09": "1台次", "ENF-09P": "33.3%（3台次中1台次）", "ENF-10": "1台次",
        "ENF-11": "0.55万元", "ENF-11N": "0.05万元", "ENF-11P": "9.1%",
    }),
    *cases("a fine that was paid in part is not paid", IN_PART, {"ENF-11N": "0万元", "ENF-11P": "0%"}),
    *cases("cases of other kinds and of other periods", NONE_FINED, {
        "ENF-07": "—", "ENF-08": "0台次", "ENF-09": "0台次", "ENF-09P": "—", "ENF-10": "0台次", "ENF-11": "—",
        "ENF-11N": "—", "ENF-11P": "—",
    }),
    Case("ENF-12", "handed over in the period", [referred(), referred(referred_at="2026-07-01 10:00")], "1件"),
    Case("ENF-12", "approved and not yet handed over", [("enforcement.referral", {"state": "approved"})], "—"),
    Case("ENF-13", "the middle of 10, 20 and 90 days", [
        decided(0, state="closed", filed_on=INSIDE, closed_on=day, plate=f"示K0000{n}")
        for n, day in enumerate((date(2026, 3, 11), date(2026, 3, 21), date(2026, 5, 30)))
    ], "20天"),
    Case("ENF-13", "between two of them", [
        decided(0, state="closed", closed_on=date(2026, 3, 12)),
        decided(0, state="closed", closed_on=date(2026, 3, 21), plate="示K00002"),
    ], "15.5天"),
    Case("ENF-13", "none closed in the period", [decided(0, state="closed", closed_on=AFTER), filed()], "—"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_a_joint_outing_counts_once_in_the_bureau_and_for_each_unit_its_own_people():
    units = ledger("parties.unit")
    root = units.example()
    east = units.example(name="示例东站", kind="station", parent=root, unit=root)
    west = units.example(name="示例西站", kind="station", parent=root, unit=root)
    _, values = outing(zone="甲", staff=6, vehicles=2, joined_staff=3, joined_vehicles=1)
    led = add("enforcement.operation", **values, unit=east)
    add("enforcement.participation", operation=led, joined_unit=west, sent_staff=3, sent_vehicles=1, state="joined")
    add("enforcement.participation", operation=led, joined_unit=root, sent_staff=9, sent_vehicles=9, state="to_join")
    staff, vehicles = indicator("ENF-02"), indicator("ENF-01")
    told = [staff.figure(HALF, unit_scope(unit)).text for unit in (root, east, west)]
    assert staff.figure(HALF).text == "9人次" and told == ["9人次", "6人次", "3人次"]
    assert vehicles.figure(HALF).text == "3台次" and vehicles.figure(HALF, unit_scope(west)).text == "1台次"
    assert [part.text for part in staff.split(HALF, "unit")] == ["6人次", "3人次"]
    assert staff.figure(HALF, unit_scope(west)).record_numbers()
    assert indicator("ENF-04").figure(HALF, unit_scope(west)).reason
    assert indicator("ENF-03").figure(HALF).text == "1次"


@pytest.mark.django_db
def test_people_sent_to_an_outing_that_was_withdrawn_do_not_count():
    units = ledger("parties.unit")
    root = units.example()
    west = units.example(name="示例西站", kind="station", parent=root, unit=root)
    _, values = outing(state="void")
    void = add("enforcement.operation", **values, unit=root)
    add("enforcement.participation", operation=void, joined_unit=west, sent_staff=3, sent_vehicles=1, state="joined")
    assert not indicator("ENF-02").figure(HALF, unit_scope(west)).known


@pytest.mark.django_db
def test_parts_lie_within_their_wholes():
    write([*OUTINGS, *CAUGHT])
    value = {code: indicator(code).figure(HALF).value for code in (
        "ENF-01", "ENF-02", "ENF-03", "ENF-03C", "ENF-03J", "ENF-04", "ENF-04C", "ENF-05", "ENF-06", "ENF-08", "ENF-09",
        "ENF-11", "ENF-11N",
    )}  # fmt: skip
    for less, more in (
        ("ENF-04", "ENF-01"), ("ENF-04C", "ENF-02"), ("ENF-03C", "ENF-03"), ("ENF-03J", "ENF-03"),
        ("ENF-06", "ENF-05"), ("ENF-09", "ENF-08"), ("ENF-11N", "ENF-11"),
    ):  # fmt: skip
        assert value[less] <= value[more], (less, more)
    for code in ("ENF-01", "ENF-02", "ENF-03", "ENF-05", "ENF-08", "ENF-11"):
        assert sum((part.value for part in indicator(code).split(HALF, "kind")), Decimal(0)) == value[code]
