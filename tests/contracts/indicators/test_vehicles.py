"""动态监控 VEH: terminals installed, alarms handled, and the rates that the telemetry plane hands in."""

from datetime import date

import pytest

from indicators.cases import HALF, cases, row, rows_in_value_out
from tonggui.measure import providers
from tonggui.measure.indicators import indicator

alarm = row("fleet.alarm", raised_at="2026-06-01T09:12:00+08:00")
ALARMS = [
    alarm(alarm_id="a", state="handled", handled_on=date(2026, 6, 1)),
    alarm(alarm_id="b", state="handled", handled_on=date(2026, 6, 30)),
    alarm(alarm_id="c", state="true"),
    alarm(alarm_id="d", state="false"),
    alarm(alarm_id="e", state="raised"),
    alarm(alarm_id="f", state="true", raised_at="2026-07-01T09:12:00+08:00"),
]
FALSE = [alarm(alarm_id="a", state="false")]
FLEET = [("fleet.vehicle", {}), ("fleet.vehicle", {"plate": "示E00002"}), ("fleet.terminal", {})]
TAKEN_OUT = [("fleet.vehicle", {}), ("fleet.terminal", {"state": "ended"})]

CASES = [
    *cases("one of two has its terminal", FLEET, {
        "VEH-01M": "2辆", "VEH-01N": "1辆", "VEH-01": "50.0%（2辆中1辆）",
    }),
    *cases("a terminal taken out", TAKEN_OUT, {"VEH-01M": "1辆", "VEH-01N": "0辆", "VEH-01": "0%（1辆中0辆）"}),
    *cases("handled within the time, of those found true", ALARMS, {
        "VEH-06": "5条", "VEH-06V": "3条", "VEH-06T": "33.3%（3条中1条）",
    }),
    *cases("false ones alone", FALSE, {"VEH-06": "1条", "VEH-06V": "0条", "VEH-06T": "—"}),
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


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["VEH-02", "VEH-03", "VEH-04", "VEH-05", "VEH-05D", "VEH-07"])
def test_every_rate_of_telemetry_says_that_it_waits(code):
    figure = indicator(code).figure(HALF)
    assert figure.text == "—" and figure.value is None and figure.reason == providers.WAITING
