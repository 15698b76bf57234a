"""危货 HZM: firms on the books, those inspected within the period, waybills, the parking area."""

from datetime import date

import pytest

from indicators.cases import BEFORE, HALF, Case, cases, row, rows_in_value_out, write
from tonggui.measure.indicators import indicator

enterprise = row("parties.enterprise", business="hazmat")
firm = row("hazmat.hazmatfirm", state="in_business")
inspected = row("safety.inspection", state="审核通过", visited_on=date(2026, 3, 1))
check = row("hazmat.billcheck", state="审核通过", seen_un_no="UN1203")
parking = row("hazmat.hazmatparking", state="in_use")

FIRMS = [
    enterprise(name="甲"), enterprise(name="乙"), enterprise(name="丙"),
    firm(enterprise="甲", checked_on=date(2026, 3, 1)),
    firm(enterprise="乙", checked_on=BEFORE, state="rectifying"),
    firm(enterprise="丙", checked_on=date(2026, 3, 1), state="licence_returned"),
]  # fmt: skip
GONE = [firm(state="licence_returned")]
person = row("fleet.driver", enterprise="甲", valid_until="2028-01-01")
CARRIER = [
    enterprise(name="甲"),
    firm(enterprise="甲"),
    ("fleet.vehicle", {"plate": "示E00021", "vehicle_class": "hazmat", "enterprise": "甲"}),
    person(name="子示例", certificate="SLH1", qualification="hazmat"),
    person(name="丑示例", certificate="SLH2", qualification="escort"),
]
good = row(
    "hazmat.waybill",
    state="closed",
    vehicle="示E00021",
    driver="子示例",
    escort="丑示例",
    departs_at="2026-03-01 08:30",
)
BILLS = [
    *CARRIER,
    good(),
    good(departs_at="2026-04-01 08:30", goods_kg=99_000),
    good(departs_at="2026-07-01 08:30"),
    good(departs_at="2026-05-01 08:30", state="void"),
]
CHECKS = [check(), check(plate="示E00098"), check(plate="示E00097", seen_un_no=""), check(state="草稿")]

CASES = [
    *cases("two in business, one of them inspected in the period", FIRMS, {
        "HZM-01": "2家", "HZM-02N": "1家", "HZM-02": "50.0%（2家中1家）",
    }),
    *cases("none left in business", GONE, {"HZM-01": "0家", "HZM-02N": "0家", "HZM-02": "—"}),
    *cases("by the day of departure", BILLS, {"HZM-03": "2份", "HZM-03W": "1份", "HZM-03P": "50.0%（2份中1份）"}),
    *cases("bills of another period", [*CARRIER, good(departs_at="2025-12-31 08:30")], {
        "HZM-03": "—", "HZM-03W": "—", "HZM-03P": "—",
    }),
    *cases("loaded and without a bill; an empty one needs none", CHECKS, {"HZM-03C": "3台次", "HZM-03M": "2台次"}),
    *cases("all in order", [check(seen_un_no="")], {"HZM-03C": "1台次", "HZM-03M": "0台次"}),
    Case("HZM-04", "places in use", [parking(area_m2="22000"), parking(name="乙", area_m2="800.5")], "22800.5平方米"),
    Case("HZM-04", "one given up", [parking(), parking(name="乙", state="ended", area_m2="9")], "22000平方米"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_every_firm_inspected_is_a_hundred_per_cent_and_not_before():
    write([enterprise(name="甲"), firm(enterprise="甲", checked_on=date(2026, 3, 1))])
    assert indicator("HZM-02").figure(HALF).text == "100%（1家中1家）"
    write([enterprise(name="乙"), firm(enterprise="乙")])
    assert indicator("HZM-02").figure(HALF).text == "50.0%（2家中1家）"
    assert indicator("HZM-02N").figure(HALF).names == ("甲",)
