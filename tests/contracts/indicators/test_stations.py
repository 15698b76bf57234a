"""站场 STN: stations told by the object of the visit, and coaches checked before they leave."""

from datetime import date

import pytest

from indicators.cases import AFTER, HALF, Case, cases, row, rows_in_value_out, write
from indicators.rows import visit
from tonggui.measure.indicators import indicator

checked = row("passenger.safetycheck", state="check_passed")
VISITS = [
    visit(domain="station", subject="示例东站", staff=3),
    visit(domain="station", subject="示例东站", staff=2, visited_on=date(2026, 6, 1)),
    visit(domain="station", subject="示例西站", staff=2),
    visit(domain="road", subject="示例客运公司", staff=9),
    visit(domain="station", subject="示例南站", state="草稿"),
]
ELSEWHERE = [visit(domain="road"), visit(domain="station", visited_on=AFTER)]
CHECKS = [
    checked(),
    checked(failed_items="制动系、轮胎", state="in_repair"),
    checked(state="void"),
    checked(checked_at="2026-07-01 06:20"),
]

CASES = [
    *cases("a station visited twice is one station and two visits", VISITS, {
        "STN-01": "2个", "STN-02": "3次", "STN-03": "7人次",
    }),
    *cases("no station among the visits", ELSEWHERE, {"STN-01": "0个", "STN-02": "0次", "STN-03": "0人次"}),
    *cases("one of two failed", CHECKS, {"STN-04": "2车次", "STN-04F": "1车次", "STN-04P": "50.0%（2车次中1车次）"}),
    *cases("none failed is a fact", [checked()], {"STN-04F": "0车次", "STN-04P": "0%（1车次中0车次）"}),
    Case("STN-04", "checks of another period", [checked(checked_at="2025-12-31 06:20")], "—"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_stations_are_named_and_no_more_than_the_visits():
    write(VISITS)
    stations = indicator("STN-01").figure(HALF)
    assert stations.names == ("示例东站", "示例西站")
    assert stations.value <= indicator("STN-02").figure(HALF).value
