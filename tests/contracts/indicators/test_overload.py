"""治超 OVR: points, guard, operations, cases, fines, unloading, yards, reviews of passes, and what stands open."""

from datetime import date, datetime

import pytest

from indicators.cases import AFTER, BEFORE, HALF, Case, add, at, row, rows_in_value_out
from indicators.rows import case, decided
from tonggui.base import clock
from tonggui.measure.declare import Period
from tonggui.measure.indicators import indicator
from tonggui.register.actor import Actor, acting

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 1, tzinfo=clock.CHINA)
MORNING = datetime(2026, 3, 1, 9, tzinfo=clock.CHINA)

# `joint` of an operation follows from its partners.
outing = row("enforcement.operation", kind="overload", operated_on=date(2026, 5, 12), state="审核通过", partners="")
fault = row("overload.devicefault", broken_at=MORNING, state="under_repair")


def passed(n: int, state: str, **values):
    """A pass that is suspected of overload."""
    return "overload.doubtedpass", {"record_no": f"r{n}", "passed_at": MORNING, "state": state, **values}


def yard(name: str, **values):
    """A loading yard."""
    return "overload.yard", {"name": name, **values}


def fined(fine: int):
    """A penalty case against the example yard, decided in March."""
    return "enforcement.case", {"yard": None, "fine": fine, "decided_on": date(2026, 3, 10), "state": "decided"}


CASES = [
    Case(
        "OVR-01",
        "points in use, not those given up",
        [("overload.weighingpoint", {}), ("overload.weighingpoint", {"code": "SL0002", "state": "ended"})],
        "1个",
    ),
    Case(
        "OVR-05",
        "a vehicle caught twice on a day counts once, on two days twice",
        [
            case(plate="示A00001"),
            case(plate="示A00001"),
            case(plate="示A00001", filed_on=date(2026, 3, 2)),
            case(plate="示A00001", happened_on=date(2026, 2, 26)),
            case(plate="示A00002", state="dropped"),
            case(plate="示A00003", state="void"),
        ],
        "2台",
    ),
    Case("OVR-07", "filed in the period", [case(), case(filed_on=BEFORE), case(filed_on=AFTER)], "1宗"),
    Case(
        "OVR-08",
        "goods unloaded on the day of unloading",
        [case(unloaded_t="3.4", unloaded_on=date(2026, 3, 3)), case(unloaded_t="9", unloaded_on=AFTER)],
        "3.4吨",
    ),
    Case("OVR-09", "fines on the day of decision", [decided(1500), decided(30_000), case(fine=500)], "3.15万元"),
    Case("OVR-09P", "paid by the end", [decided(1500, paid_on=HALF.end), decided(500, paid_on=AFTER)], "0.15万元"),
    Case("OVR-09P", "paid in part", [decided(1500, paid_on=HALF.end, fine_paid=500)], "0万元"),
    Case("OVR-10", "paid in part", [decided(1500, paid_on=HALF.end, fine_paid=500)], "0%（1宗中0宗）"),
    Case(
        "OVR-10",
        "two of three decided cases are paid by the end",
        [
            decided(500, paid_on=date(2026, 3, 12)),
            decided(500, paid_on=date(2026, 6, 30)),
            decided(500, paid_on=AFTER),
            case(),
        ],
        "66.7%（3宗中2宗）",
    ),
    Case(
        "OVR-11",
        "of those that must unload",
        [
            case(must_unload=True, unloaded_on=date(2026, 3, 3), unloaded_t="1"),
            case(must_unload=True),
            case(must_unload=False),
        ],
        "50.0%（2台中1台）",
    ),
    Case("OVR-02", "hours of shifts at a point, not of those at the office", [
        ("duty.shift", {"state": "done", "post": "局值班室"}),
        ("duty.shift", {"state": "done", "post": "甲", "point": None}),
    ], "24小时"),
    Case("OVR-03", "guided by all operations", [outing(guided=6), outing(zone="乙", guided=2)], "8台"),
    Case("OVR-04", "vehicles held on grounds of overload", [
        ("enforcement.seizure", {"ground": "oversize", "state": "held"}),
        ("enforcement.seizure", {"ground": "no_permit", "state": "held", "plate": "示F00018"}),
    ], "1台"),
    Case("OVR-06", "with partners and against overload", [
        outing(partners="公安交警"), outing(zone="乙"), outing(zone="丙", kind="passenger", partners="公安交警"),
    ], "1次"),
    Case("OVR-12", "found and not as approved again", [
        ("overload.modifiedtruck", {"state": "told_to_restore"}),
        ("overload.modifiedtruck", {"plate": "示G00013", "state": "as_approved"}),
    ], "1台"),
    Case("OVR-15", "published and not taken off", [
        yard("甲", state="published"), yard("乙"), yard("丙", state="ended"),
    ], "1家"),
    Case("OVR-17", "the most within a year", [
        ("overload.fourfold", {"repeat_no": 4, "state": "to_verify"}),
        ("overload.fourfold", {"repeat_no": 2, "state": "to_verify"}),
    ], "4次"),
    Case("OVR-17N", "the second and later", [
        ("overload.fourfold", {"repeat_no": 2, "state": "to_verify"}),
        ("overload.fourfold", {"repeat_no": 1, "state": "to_verify"}),
    ], "1项"),
    Case("OVR-18", "of what was reviewed, by the day of the pass", [
        passed(1, "accepted"), passed(2, "rejected", reject_reason="unclear"), passed(3, "found"),
        passed(4, "accepted"),
    ], "33.3%（3条中1条）"),
    Case("OVR-31", "off-site cases closed with a fine", [
        decided(1500, found_by="off_site", closed_on=date(2026, 4, 1), state="closed"),
        decided(1500, closed_on=date(2026, 4, 1), state="closed"),
    ], "1宗"),
    Case("OVR-40", "trucks checked on the road against overload", [
        outing(checked=46), outing(zone="乙", kind="passenger", checked=9),
    ], "46台"),
    Case("OVR-41S", "of those checked", [outing(checked=40, suspected=10)], "25.0%"),
    Case("OVR-43S", "nobody was guided, no conversion", [outing(guided=0, found_over=0, reloaded=0)], "—"),
    Case("OVR-44", "filed in the period on the road and fined by its end", [
        decided(500), decided(0), decided(500, found_by="off_site"), case(),
    ], "1台"),
    Case("OVR-45", "unloaded by the end", [
        case(unloaded_t="1", unloaded_on=HALF.end), case(unloaded_t="1", unloaded_on=AFTER),
    ], "1台"),
    Case("OVR-44S", "fined of those confirmed", [outing(found_over=4, reloaded=3), decided(500)], "25.0%"),
    Case("OVR-46", "accepted, by the day of the pass", [passed(1, "accepted"), passed(2, "reviewed")], "1台次"),
    Case("OVR-47S", "cases of those accepted", [
        passed(1, "accepted"), passed(2, "accepted"), case(found_by="off_site"),
    ], "50.0%"),
    Case("OVR-48", "off-site fines", [decided(500, found_by="off_site"), decided(500)], "1台"),
    Case("OVR-50", "both reviews wait", [passed(1, "found"), passed(2, "reviewed"), passed(3, "accepted")], "2条"),
    Case("OVR-51", "open at the end, whenever filed", [
        case(filed_on=BEFORE), decided(500, closed_on=AFTER, state="closed"),
        decided(500, closed_on=HALF.end, state="closed"), case(state="dropped"), case(filed_on=AFTER),
    ], "2宗"),
    Case("OVR-52", "past the day of decision and not decided by the end", [
        case(filed_on=date(2026, 1, 5)), decided(500, filed_on=date(2026, 1, 5)), case(filed_on=date(2026, 6, 20)),
    ], "1宗"),
    Case("OVR-53", "served, past the day for payment, not paid", [
        decided(500, served_on=date(2026, 3, 12), state="served"),
        decided(500, served_on=date(2026, 3, 12), state="served", paid_on=date(2026, 3, 20)),
    ], "1宗"),
    Case("OVR-60", "received and not filed", [
        case(state="awaiting_filing", filed_on=None, received_on=date(2026, 6, 29)), case(),
    ], "1宗"),
    Case("OVR-61", "of those past the day for it", [
        case(state="awaiting_filing", filed_on=None, received_on=date(2026, 6, 29)),
        case(plate="示A00009", state="awaiting_filing", filed_on=None, received_on=date(2026, 5, 1)),
    ], "1宗"),
    Case("OVR-54", "to be decided in the half-year after", [case(filed_on=date(2026, 6, 20)), decided(500)], "1宗"),
    Case("OVR-56", "certificates that ended before the last day", [
        ("overload.weighingpoint", {"calibrated_to": date(2026, 6, 1)}),
        ("overload.weighingpoint", {"code": "SL0002", "calibrated_to": date(2026, 6, 30)}),
        ("overload.weighingpoint", {"code": "SL0003", "calibrated_to": date(2026, 6, 1), "state": "ended"}),
    ], "1台"),
    Case("OVR-57", "certificates that end in the half-year after", [
        ("overload.weighingpoint", {"calibrated_to": AFTER}),
    ], "1台"),
    Case("OVR-58", "broken at the end", [
        fault(), fault(repaired_on=HALF.end, repair_done="换件", state="repaired"),
        fault(repaired_on=AFTER, repair_done="换件", state="repaired"),
    ], "2处"),
    Case("OVR-59", "of those past the day of repair", [
        fault(), fault(broken_at=datetime(2026, 6, 29, 9, tzinfo=clock.CHINA)),
    ], "1处"),
    Case("OVR-01", "none in use", [("overload.weighingpoint", {"state": "ended"})], "0个"),
    Case("OVR-02", "shifts not done yet", [("duty.shift", {"state": "planned", "post": "甲", "point": None})], "—"),
    Case("OVR-03", "of other kinds of operation only", [outing(kind="passenger", guided=0)], "0台"),
    Case("OVR-04", "held on other grounds", [("enforcement.seizure", {"ground": "no_permit", "state": "held"})], "0台"),
    Case("OVR-05", "dropped cases only", [case(state="dropped")], "0台"),
    Case("OVR-06", "nobody took part", [outing()], "0次"),
    Case("OVR-07", "void", [case(state="void")], "—"),
    Case("OVR-08", "nothing unloaded", [case()], "—"),
    Case("OVR-09", "no decision", [case(fine=500)], "—"),
    Case("OVR-09P", "nothing paid", [decided(1500)], "0万元"),
    Case("OVR-10", "warned, not fined", [decided(0)], "—"),
    Case("OVR-11", "none must unload", [case(must_unload=False)], "—"),
    Case("OVR-12", "all as approved again", [("overload.modifiedtruck", {"state": "as_approved"})], "0台"),
    Case("OVR-13", "yards visited", [outing(kind="source", yard=None), outing(zone="乙")], "1次"),
    Case("OVR-14", "a yard fined twice counts once", [fined(1500), fined(500)], "1家"),
    Case("OVR-14", "warned, not fined", [fined(0)], "0家"),
    Case("OVR-13", "no yard among the places", [outing()], "0次"),
    Case("OVR-15", "taken off the list", [yard("甲", state="ended")], "0家"),
    Case("OVR-17", "no repeat", [("overload.fourfold", {"repeat_no": 0, "state": "to_verify"})], "—"),
    Case("OVR-17N", "none of them again", [("overload.fourfold", {"repeat_no": 1, "state": "to_verify"})], "0项"),
    Case("OVR-18", "all wait for review", [passed(1, "found")], "—"),
    Case("OVR-18N", "reviewed", [passed(1, "accepted"), passed(2, "rejected"), passed(3, "found")], "2条"),
    Case("OVR-18N", "of another period", [passed(1, "accepted", passed_at=JULY)], "—"),
    Case("OVR-18R", "not taken", [passed(1, "accepted"), passed(2, "rejected", reject_reason="unclear")], "1条"),
    Case("OVR-18R", "all taken", [passed(1, "accepted")], "0条"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


def test_a_ledger_begun_just_after_the_end_counts_as_it_is_and_a_later_one_not_at_all():
    with clock.pretending(at(date(2026, 7, 10))):
        add("overload.weighingpoint")
        assert indicator("OVR-01").figure(HALF).text == "1个"
    with clock.pretending(at(date(2027, 1, 10))):
        assert indicator("OVR-01").figure(HALF.last_year).text == "—"


def test_what_stood_at_the_end_is_read_from_the_past():
    """A point put up in May and one in July; the first given up in August. In June one point stood."""
    with clock.pretending(at(date(2026, 5, 1))):
        first = add("overload.weighingpoint")
    with clock.pretending(at(date(2026, 7, 15))):
        add("overload.weighingpoint", code="SL0002")
    with clock.pretending(at(date(2026, 8, 1))), acting(Actor.system("停用")):
        first.state = "ended"
        first.save()
    points = indicator("OVR-01")
    assert points.figure(HALF).record_numbers() == [first.number]
    with clock.pretending(at(date(2026, 7, 2))):
        assert points.figure(HALF).text == "1个"
    assert points.figure(Period.parse("2026H2")).text == "1个"


def test_what_was_paid_in_full_is_told_of_the_past_as_of_today():
    _, whole = decided(1500, paid_on=HALF.end, fine_paid=1500)
    _, in_part = decided(900, paid_on=HALF.end, fine_paid=300, plate="示A00002")
    for values in (whole, in_part):
        add("overload.case", **values)
    for code, text in (("OVR-09P", "0.15万元"), ("OVR-10", "50.0%（2宗中1宗）")):
        now, then = indicator(code).figure(HALF), indicator(code).figure(HALF, as_of=date(2099, 1, 1))
        assert now.text == then.text == text
