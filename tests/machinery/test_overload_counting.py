"""一超四罚: the year that is counted, by both readings, and the numbers that make somebody stop."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonggui.law import overrides
from tonggui.statutes.overloading import COUNTING_YEAR, counting, counting_window

DAYS = st.dates(date(2017, 1, 1), date(2040, 12, 31))


def windows(on, issued):
    return {reading: counting_window(on, issued, reading) for reading in COUNTING_YEAR.choices}


def test_both_years_stand_side_by_side():
    assert windows(date(2026, 5, 1), date(2019, 11, 3)) == {
        "rolling": (date(2025, 5, 2), date(2026, 5, 1)),
        "anniversary": (date(2025, 11, 3), date(2026, 11, 2)),
    }


@given(DAYS, st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_a_day_lies_in_its_own_year_and_the_next_year_begins_behind_it(on, issued):
    for first, last in windows(on, issued).values():
        assert first <= on <= last
        assert (last - first).days + 1 in (365, 366)
    first, last = counting_window(on, issued, "anniversary")
    if issued <= on:
        assert counting_window(last + timedelta(days=1), issued, "anniversary")[0] == last + timedelta(days=1)
        assert (first.month, first.day) == (issued.month, issued.day) or (issued.month, issued.day) == (2, 29)
    assert counting.look_back(on) <= first


def test_the_bureau_chooses_from_a_day_on(tmp_path):
    decided = overrides.Override(COUNTING_YEAR.code, date(2026, 6, 1), "anniversary", "CS20260007")
    file = tmp_path / "values.json"
    file.write_bytes(overrides.written([decided]))
    overrides.read_from(file)
    try:
        assert counting_window(date(2026, 5, 31), date(2020, 1, 1)) == (date(2025, 6, 1), date(2026, 5, 31))
        assert counting_window(date(2026, 6, 1), date(2020, 1, 1)) == (date(2026, 1, 1), date(2026, 12, 31))
    finally:
        overrides.read_from(None)


@pytest.mark.parametrize(
    ("acts", "warned", "exceeded"), [(1, False, False), (2, True, False), (3, True, False), (4, False, True)]
)
def test_a_warning_at_two_and_the_measure_at_the_fourth(acts, warned, exceeded):
    day = date(2026, 5, 1)
    assert (counting.warned(day, acts), counting.exceeded(day, acts)) == (warned, exceeded)


@pytest.mark.parametrize(("over", "vehicles", "exceeded"), [(1, 10, False), (2, 19, True), (1, 9, True), (0, 0, False)])
def test_an_enterprise_is_stopped_above_a_tenth_of_its_vehicles(over, vehicles, exceeded):
    assert counting.share_exceeded(date(2026, 5, 1), over, vehicles) is exceeded
