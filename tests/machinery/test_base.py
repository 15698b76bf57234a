"""Errors, checks, money and codes: what goes in is either in its normal form or refused in words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonggui.base import codes
from tonggui.base.checks import day, flag, number, text, whole
from tonggui.base.errors import Problem
from tonggui.base.money import yuan

CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def test_a_problem_says_what_where_and_what_to_do():
    problem = Problem("不是日期：2026-13-01", where="“发现日期”", do="请写成 2026-12-01 这样的形式").at("第 12 行")
    assert str(problem) == "第 12 行“发现日期”不是日期：2026-13-01。请写成 2026-12-01 这样的形式。"
    assert problem.as_json() == {
        "error": str(problem),
        "where": "第 12 行“发现日期”",
        "do": "请写成 2026-12-01 这样的形式",
    }


@pytest.mark.parametrize(
    "check", [whole(0, 9), number(0, 9), flag, text(9), day], ids=("whole", "number", "flag", "text", "day")
)
@given(value=JSON)
def test_a_check_answers_or_raises_a_problem(check, value):
    try:
        checked = check(value)
    except Problem as problem:
        assert str(problem).endswith("。")
    else:
        assert isinstance(checked, int | float | bool | str | date)


def test_a_check_does_not_guess():
    for check, value in [(whole(0, 9), "5"), (whole(0, 9), True), (whole(0, 9), 1.5), (number(0, 9), "5"), (flag, 1)]:
        with pytest.raises(Problem):
            check(value)
    assert whole(0, 9)(5.0) == 5
    with pytest.raises(Problem, match="2026-12-01"):
        day("2026-13-01")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_money_is_rounded_once_half_away_from_zero(amount: Decimal):
    rounded = yuan(amount)
    assert abs(rounded - amount) <= Decimal("0.005")
    assert yuan(-amount) == -rounded
    assert rounded == yuan(rounded)


def test_money_of_a_float_is_what_one_reads():
    assert yuan(0.285) == Decimal("0.29")
    assert yuan(-2.675) == Decimal("-2.68")
    assert yuan(1500) == Decimal("1500.00")


@pytest.mark.parametrize(
    ("written", "plate"),
    [
        ("苏e·12345", "苏E12345"),
        (" 苏E 12345 ", "苏E12345"),
        ("苏ED12345", "苏ED12345"),
        ("苏E12345D", "苏E12345D"),
        ("苏E1234挂", "苏E1234挂"),
        ("示A00001", "示A00001"),
        ("示AD00001", "示AD00001"),
    ],
)
def test_plates_have_one_form(written, plate):
    assert codes.plate(written) == plate
    assert codes.plate(plate) == plate


@pytest.mark.parametrize(
    "written", ["", "E12345", "苏E1234", "苏I12345", "苏E1O345", "苏E123456", "苏E12345挂", "ABCDEFG"]
)
def test_what_is_no_plate_is_refused(written):
    with pytest.raises(Problem, match="不是车牌号"):
        codes.plate(written)


def test_example_plates_are_known():
    assert codes.is_example_plate(codes.plate("示A00001"))
    assert not codes.is_example_plate("苏E12345")


@pytest.mark.parametrize("color", codes.PlateColor)
def test_a_colour_is_read_from_its_number_and_its_names(color):
    for written in (color.value, str(color.value), color.label, color.label.removesuffix("色")):
        assert codes.plate_color(written) is color


@given(st.text(alphabet=CREDIT_SIGNS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(CREDIT_SIGNS))
def test_a_changed_sign_of_a_credit_code_is_found(first_17, place, sign):
    code = first_17 + codes.credit_check_sign(first_17)
    assert codes.credit_code(code.lower()) == code
    changed = code[:place] + sign + code[place + 1 :]
    if changed != code:
        with pytest.raises(Problem, match="校验位"):
            codes.credit_code(changed)


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_a_changed_digit_of_a_resident_number_is_found(born, serial, place, by):
    first_17 = f"320509{born:%Y%m%d}{serial:03}"
    number_ = first_17 + codes.resident_check_sign(first_17)
    assert codes.resident_number(number_) == number_
    changed = number_[:place] + str((int(number_[place]) + by) % 10) + number_[place + 1 :]
    with pytest.raises(Problem):
        codes.resident_number(changed)


def test_division_codes_begin_with_a_region():
    assert codes.division_code(320509) == "320509"
    for written in ("32050", "000000", "320509000", "ABCDEF"):
        with pytest.raises(Problem):
            codes.division_code(written)
