"""动态监控 VEH: terminals installed, alarms handled, and the rates that the telemetry plane hands in."""

from datetime import date

import pytest

from indicators.cases import HALF, Case, rows_in_value_out
from tonggui.measure import providers
from tonggui.measure.indicators import indicator

CASES = [
    Case("VEH-01M", "operating and bound to report", [("fleet.vehicle", {})], "1辆"),
    Case("VEH-01", "one of two has its terminal", [
        ("fleet.vehicle", {}), ("fleet.vehicle", {"plate": "示E00002"}), ("fleet.terminal", {}),
    ], "50.0%（2辆中1辆）"),
    Case(
        "VEH-06T",
        "handled within the time, of those found true",
        [
            ("fleet.alarm", {"alarm_id": "a", "state": "handled", "handled_on": date(2026, 6, 1)}),
            ("fleet.alarm", {"alarm_id": "b", "state": "handled", "handled_on": date(2026, 6, 30)}),
            ("fleet.alarm", {"alarm_id": "c", "state": "true"}),
            ("fleet.alarm", {"alarm_id": "d", "state": "false"}),
        ],
        "33.3%（3条中1条）",
    ),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_rates_of_positions_wait_until_somebody_provides_them():
    online = indicator("VEH-02")
    assert online.figure(HALF).reason == providers.WAITING
    providers.provide("vehicles.online", lambda period: providers.Counts(1991, 2000))
    try:
        figure = online.figure(HALF)
        assert figure.text == "99.55%" and figure.stamp.counts == {"上线车辆": 1991, "入网车辆": 2000}
    finally:
        providers.withdraw("vehicles.online")
