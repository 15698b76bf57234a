"""货运 FRT, 维修 RPR and 驾培 DRV: firms that came and left, electronic files, rescue points, fences and hours."""

from datetime import datetime

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, row, rows_in_value_out, value, write
from tonggui.base import clock
from tonggui.measure.indicators import indicator

firm = row("freight.freightfirm", state="in_business", founded_on=BEFORE)
left = row("freight.freightfirm", founded_on=BEFORE, exited_on=INSIDE)
job = row("repair.repairjob", state="uploaded", uploaded_at=datetime(2026, 6, 30, 23, 59, tzinfo=clock.CHINA))
session = row("training.trainingsession", state="to_review", minutes_out=90, train_minutes=120)


def business(name: str):
    """An enterprise."""
    return "parties.enterprise", {"name": name}


def shop(name: str, **values):
    """A filed repair shop of the enterprise of a name."""
    return "repair.repairshop", {"enterprise": name, "state": "filed_shop", "uploads": True, **values}


def school(name: str, **values):
    """A driving school of the enterprise of a name."""
    return "training.drivingschool", {"enterprise": name, "state": "school_open", **values}


def fence(name: str, of: str, **values):
    """A fence of a school."""
    return "training.trainingfence", {"name": name, "school": of, "state": "in_force", **values}


def point(name: str, **values):
    """A rescue point."""
    return "repair.rescuepoint", {"name": name, **values}


FIRMS = [business("甲"), business("乙"), business("丙")]
GONE = [
    *FIRMS,
    left(enterprise="甲", state="licence_revoked"),
    left(enterprise="乙", state="licence_returned"),
    left(enterprise="丙", state="licence_revoked", exited_on=AFTER),
]
SHOPS = [
    *FIRMS,
    shop("甲", shop_class="first"),
    shop("乙", uploads=False, uploads_since=None),
    shop("丙", state="filing_ended", exited_on=BEFORE),
]
SCHOOLS = [
    *FIRMS,
    school("甲"),
    school("乙", state="school_halted", relocated_on=INSIDE, old_address="旧址"),
    school("丙", state="filing_ended", relocated_on=AFTER, old_address="旧址"),
    fence("甲场", "甲"),
    fence("甲线", "甲", kind="route"),
    fence("乙场", "乙", state="lifted"),
    fence("丙场", "丙"),
]
OUTSIDE = [session(), session(state="counted", hours_out="1.5"), session(state="to_review", hours_out="4")]
NOTHING = "—"

CASES = [
    Case("FRT-01", "opened in the period, also if gone since", [
        *FIRMS, firm(enterprise="甲", founded_on=INSIDE), firm(enterprise="乙"),
        left(enterprise="丙", founded_on=INSIDE, exited_on=AFTER, state="licence_returned"),
    ], "2家"),
    Case("FRT-01", "waiting for its licence", [firm(founded_on=INSIDE, state="registered")], NOTHING),
    Case("FRT-02", "revoked in the period, not given back", GONE, "1家"),
    Case("FRT-02", "none revoked", [left(state="licence_returned")], "0家"),
    Case("FRT-02L", "given back", GONE, "1家"),
    Case("FRT-02L", "none left", [firm()], NOTHING),
    Case("FRT-03", "five trucks and in the action", [
        *FIRMS,
        firm(enterprise="甲", truck_count=5, heavy_trucks=0),
        firm(enterprise="乙", truck_count=4, heavy_trucks=0),
        firm(enterprise="丙", truck_count=30, hazard_zero=False),
    ], "1家"),
    Case("FRT-03", "in the action and gone", [left(state="licence_revoked")], "0家"),
    Case("RPR-01", "filed shops with files", SHOPS, "1家"),
    Case("RPR-01", "not filed yet", [business("甲"), shop("甲", state="to_file")], NOTHING),
    Case("RPR-01S", "filed shops", SHOPS, "2家"),
    Case("RPR-01S", "of one class", SHOPS, "1家", "shop_class", "一类"),
    Case("RPR-01P", "one of two", SHOPS, "50.0%（2家中1家）"),
    Case("RPR-01P", "no shop, no rate", FIRMS, NOTHING),
    Case("RPR-02", "uploaded up to the last minute", [job(), job(state="released", uploaded_at=None)], "1条"),
    Case("RPR-02", "uploaded after the end", [job(uploaded_at=datetime(2026, 7, 1, tzinfo=clock.CHINA))], NOTHING),
    Case("RPR-03", "points in use", [point("甲"), point("乙"), point("丙", state="ended")], "2个"),
    Case("RPR-03", "all given up", [point("甲", state="ended")], "0个"),
    Case("DRV-01", "a school with two fences counts once", SCHOOLS, "1所"),
    Case("DRV-01", "its fence is not in force", [*FIRMS, school("甲"), fence("甲场", "甲", state="drawn")], NOTHING),
    Case("DRV-01S", "open or halted", SCHOOLS, "2所"),
    Case("DRV-01S", "none filed", [business("甲"), school("甲", state="to_file")], NOTHING),
    Case("DRV-01P", "one of two", SCHOOLS, "50.0%（2所中1所）"),
    Case("DRV-01P", "no fence known", [business("甲"), school("甲")], NOTHING),
    Case("DRV-02", "reviewed sessions, in hours", OUTSIDE, "1.5小时"),
    Case("DRV-02", "not reviewed yet", OUTSIDE[:1], NOTHING),
    Case("DRV-04", "moved in the period", SCHOOLS, "1所"),
    Case("DRV-04", "never moved", [business("甲"), school("甲")], NOTHING),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)
pytestmark = pytest.mark.django_db


def test_revoked_and_returned_licences_are_told_apart():
    write(GONE)
    revoked, returned = (indicator(code).figure(HALF) for code in ("FRT-02", "FRT-02L"))
    assert (revoked.names, returned.names) == (("甲",), ("乙",))


def test_shops_with_files_and_fenced_schools_are_among_all_of_them():
    write([*SHOPS, *SCHOOLS[3:]])
    for part, whole, rate in (("RPR-01", "RPR-01S", "RPR-01P"), ("DRV-01", "DRV-01S", "DRV-01P")):
        assert value(part) <= value(whole) and value(rate) == value(part) / value(whole)
