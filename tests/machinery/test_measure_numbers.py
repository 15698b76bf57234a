"""Periods and numbers are written as official documents write them."""

from datetime import date
from decimal import Decimal

import pytest

from tonggui.measure.numbers import change, money, money_unit, over_money, percent, plain, points, rounded
from tonggui.measure.periods import Kind, Period, PeriodError, day_label, latest_half


@pytest.mark.parametrize(
    "code, start, end, label",
    [
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        ("2025H2", date(2025, 7, 1), date(2025, 12, 31), "2025年下半年"),
        ("2026Q2", date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        ("2026-01-01..2026-03-15", date(2026, 1, 1), date(2026, 3, 15), "2026年1月1日至3月15日"),
    ],
)
def test_a_period_is_read_and_named(code, start, end, label):
    period = Period.parse(code)
    assert (period.start, period.end, period.label, period.code) == (start, end, label, code)


@pytest.mark.parametrize("text", ["", "2026H3", "2026Q5", "2026-13", "半年", "2026-03-15..2026-01-01"])
def test_what_names_no_period_is_refused_with_words(text):
    with pytest.raises(PeriodError):
        Period.parse(text)


def test_the_bases_of_changes():
    half = Period.parse("2026H1")
    assert half.last_year.code == "2025H1" and half.previous.code == "2025H2"
    assert Period.parse("2026-01").previous.code == "2025-12"
    assert Period.parse("2024-02-29..2024-03-10").last_year.start == date(2023, 2, 28)
    assert [month.start.month for month in half.months()] == [1, 2, 3, 4, 5, 6]
    assert half.last_month.code == "2026-06" and half.year_days == (181, 365)
    assert latest_half(date(2026, 7, 1)) == half and latest_half(date(2026, 6, 30)).code == "2025H2"
    assert Period.of(Kind.QUARTER, 2026, 2).previous.code == "2026Q1"


@pytest.mark.parametrize("value, places, expected", [
    (Decimal("2.5"), 0, "3"), (Decimal("-2.5"), 0, "-3"), (Decimal("0.125"), 2, "0.13"), (Decimal("1.005"), 2, "1.01"),
])  # fmt: skip
def test_rounding_is_half_away_from_zero(value, places, expected):
    assert str(rounded(value, places)) == expected


def test_a_binary_float_is_refused():
    with pytest.raises(TypeError):
        rounded(0.1, 1)


@pytest.mark.parametrize(
    "yuan, text",
    [
        (0, "0万元"),
        (30, "30元"),
        (5_000, "0.5万元"),
        (1_234_500, "123.45万元"),
        (99_999_400, "9999.94万元"),
        (99_999_999, "1.00亿元"),
        (345_600_000, "3.46亿元"),
    ],
)
def test_money_is_written_in_wan_and_yi(yuan, text):
    assert money(yuan) == text


def test_one_comparison_keeps_one_unit():
    unit = money_unit(345_600_000, 1_000_000)
    assert money(1_000_000, unit) == "0.01亿元"


@pytest.mark.parametrize("part, whole, text", [
    (5, 6, "83.3%"), (6, 6, "100%"), (0, 6, "0%"), (9_996, 10_000, "99.96%"), (1, 100_000, "0.001%"), (3, 2, "150.0%"),
])  # fmt: skip
def test_only_the_whole_is_a_hundred_per_cent(part, whole, text):
    assert percent(part, whole) == text


def test_a_share_of_nothing_cannot_be_written():
    with pytest.raises(ZeroDivisionError):
        percent(0, 0)


@pytest.mark.parametrize(
    "now, base, words",
    [
        (120, 100, "同比增长20.0%"),
        (80, 100, "同比下降20.0%"),
        (100, 100, "同比持平"),
        (5, 0, "无可比基数，同比增加5处"),
        (5, None, "无可比基数"),
        (Decimal(1), Decimal(-4), "同比增加5处"),
    ],
)
def test_a_change_needs_a_base(now, base, words):
    assert change(now, base, "5处").words == words


def test_differences_of_shares_are_percentage_points():
    assert points(Decimal("0.946"), Decimal("0.921")) == "同比提高2.5个百分点"
    assert points(Decimal("0.9"), Decimal("0.92")) == "同比降低2个百分点"
    assert points(Decimal("0.9"), Decimal("0.9")) == "同比持平"


def test_digits_and_days():
    assert (plain(1200), plain(Decimal("12.50"), 2), plain(Decimal("-0.001"), 2)) == ("1200", "12.5", "0")
    assert day_label(date(2026, 7, 5)) == "2026年7月5日"


@pytest.mark.parametrize(
    "yuan, words",
    [
        (254_300, "25余万元"),
        (250_000, "25万元"),
        (10_000, "1万元"),
        (62_700, "6.27万元"),
        (1_500, "0.15万元"),
        (100_000_000, "1.00亿元"),
        (99_999_999, "9999余万元"),
    ],
)
def test_more_than_a_round_sum_is_said_only_of_a_real_remainder(yuan, words):
    assert over_money(yuan) == words
