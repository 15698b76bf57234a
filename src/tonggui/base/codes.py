"""Codes that people and vehicles carry: plates, social credit codes, resident numbers, division codes.

Each reader takes what was written, returns it in its one normal form, or raises Problem saying what is wrong. Basis:
GA 36-2018 (plates), GB 32100-2015 (credit codes), GB 11643-1999 (resident numbers), GB/T 2260 (divisions).
"""

import re
from datetime import date
from enum import IntEnum

from tonggui.base.clock import today
from tonggui.base.errors import Problem

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
EXAMPLE_PROVINCE = "示"
"""The province of invented plates; no vehicle on a road has it."""

_BLANKS = re.compile(r"[\s·•.\-]")
_SIGN = "[A-HJ-NP-Z0-9]"
_PLATE = re.compile(rf"[{PROVINCES}{EXAMPLE_PROVINCE}][A-HJ-NP-Z](?:{_SIGN}{{5}}|{_SIGN}{{4}}[挂学警港澳])")
# The first sign (small vehicles) or the last (large ones) of a new-energy plate is a letter.
_NEW_ENERGY = re.compile(rf"[{PROVINCES}{EXAMPLE_PROVINCE}][A-HJ-NP-Z](?:[A-HJK]{_SIGN}\d{{4}}|\d{{5}}[A-HJK])")

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_DIVISION_REGIONS = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)}
_DIVISION_REGIONS |= {71, 81, 82}


class PlateColor(IntEnum):
    """Colours of plates as terminals and exchanges number them (JT/T 808-2019, JT/T 697.7)."""

    label: str

    def __new__(cls, value: int, label: str) -> "PlateColor":
        member = int.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    NONE = 0, "未上牌"
    BLUE = 1, "蓝色"
    YELLOW = 2, "黄色"
    BLACK = 3, "黑色"
    WHITE = 4, "白色"
    GREEN = 5, "绿色"
    OTHER = 9, "其他"
    YELLOW_GREEN = 93, "黄绿色"
    SHADED_GREEN = 94, "渐变绿色"


def plate(written: str) -> str:
    """A plate without blanks and dots, in capitals: province, letter, five signs, six for new energy, or with 挂."""
    text = _BLANKS.sub("", written).upper()
    if not (_PLATE.fullmatch(text) or _NEW_ENERGY.fullmatch(text)):
        raise Problem(f"不是车牌号：{written}", do="请写成 苏E12345、苏ED12345 或 苏E1234挂 这样的形式")
    return text


def is_example_plate(text: str) -> bool:
    """Whether a plate is an invented one of a demo."""
    return text.startswith(EXAMPLE_PROVINCE)


def plate_color(written: str | int) -> PlateColor:
    """A colour from its number or its name, with or without 色."""
    text = str(written).strip()
    for color in PlateColor:
        if text in (str(color.value), color.label, color.label.removesuffix("色"), f"{color.label}牌"):
            return color
    raise Problem(f"不是号牌颜色：{written}", do=f"可选：{'、'.join(color.label for color in PlateColor)}")


def credit_check_sign(first_17: str) -> str:
    """The eighteenth sign of a social credit code; the weights are powers of three modulo 31."""
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_17))
    return _CREDIT_SIGNS[-total % 31]


def credit_code(written: str) -> str:
    """A unified social credit code (统一社会信用代码) whose last sign agrees with the others."""
    text = re.sub(r"\s", "", written).upper()
    if len(text) != 18 or any(sign not in _CREDIT_SIGNS for sign in text):
        raise Problem(f"不是统一社会信用代码：{written}", do="应为 18 位数字和大写字母，不含 I O S V Z")
    if credit_check_sign(text[:17]) != text[17]:
        raise Problem(f"统一社会信用代码的校验位不对：{text}", do="请对照营业执照检查有没有写错")
    return text


def resident_check_sign(first_17: str) -> str:
    """The eighteenth sign of a resident number."""
    total = sum(int(sign) * weight for sign, weight in zip(first_17, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def resident_number(written: str) -> str:
    """A resident identity number (公民身份号码) with a real birthday and an agreeing last sign."""
    text = re.sub(r"\s", "", written).upper()
    if not re.fullmatch(r"\d{17}[\dX]", text, re.ASCII):
        raise Problem("公民身份号码应为 18 位，末位可为 X", do="请对照身份证检查")
    if int(text[:2]) not in _DIVISION_REGIONS or not _is_birthday(text[6:14]):
        raise Problem("公民身份号码的地区或出生日期不对", do="请对照身份证检查")
    if resident_check_sign(text[:17]) != text[17]:
        raise Problem("公民身份号码的校验位不对", do="请对照身份证检查有没有写错")
    return text


def division_code(written: str | int) -> str:
    """A county-level or higher division code: six digits that begin with a region of GB/T 2260."""
    text = str(written).strip()
    if not re.fullmatch(r"\d{6}", text, re.ASCII) or int(text[:2]) not in _DIVISION_REGIONS:
        raise Problem(f"不是行政区划代码：{written}", do="应为 6 位数字，如 320509")
    return text


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1880, 1, 1) <= born <= today()
