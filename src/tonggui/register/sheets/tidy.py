"""Cells as bureaus write them, put into the form that the kinds read: 十六台, 1.2万, 二〇二四年三月五日, 24.3.5.

What cannot be read for certain is left as it stands, so that the check names the cell and shows what was written.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from tonggui.base.numerals import number_of, year_of
from tonggui.register.kinds import Choice, Day, Flag, Kind, Month, Text, Year

_PART = r"[0-9〇零一二三四五六七八九十]"
_DATE = re.compile(rf"({_PART}{{2,4}})[-/.年]({_PART}{{1,3}})[-/.月]({_PART}{{1,3}})[日号]?")
_MONTH = re.compile(rf"({_PART}{{4}})[-/.年]({_PART}{{1,3}})月?份?")
_PLAIN_DATE = re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
#: Marks by which forms say yes and no, besides the words that the kind knows itself.
_MARKS = dict.fromkeys(("✓", "✔", "☑", "已", "已完成"), "是") | dict.fromkeys(("✗", "☐", "未", "未完成"), "否")


def tidied(kind: Kind, raw: Any, factor: Decimal | None = None) -> Any:
    """The cell's value as the kind can read it; `factor` turns the sheet's unit into the kind's."""
    if raw is None:
        return None
    if isinstance(raw, str):
        raw = raw.replace("\n", " ").strip() if not kind.wide else raw.strip()
        if raw in ("—", "——", "-", "/", "无数据") and not isinstance(kind, Text):
            return None
    if kind.numeric and not isinstance(kind, Year):
        return _quantity(kind, raw, factor)
    if isinstance(raw, str):
        if isinstance(kind, Day):
            return _day(raw)
        if isinstance(kind, Month):
            return _month(raw)
        if isinstance(kind, Year):
            return year_of(raw.removesuffix("年")) or raw
        if isinstance(kind, Flag):
            return _MARKS.get(raw, raw)
        if isinstance(kind, Choice):
            words = {word for option in kind.options() for word in option}
            return raw if raw in words else raw.replace(" ", "")
    return raw


def _quantity(kind: Kind, raw: Any, factor: Decimal | None) -> Any:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        plain = unicodedata.normalize("NFKC", raw).replace(" ", "")
        number = number_of(plain.removesuffix(kind.unit) if kind.unit else plain)
        if number is None:
            return raw
    elif factor is None or factor == 1:
        return raw
    else:
        number = Decimal(f"{raw:.12g}") if isinstance(raw, float) else Decimal(raw)
    scaled = number * (factor or 1)
    return format(scaled.normalize(), "f")


def _day(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if found := _PLAIN_DATE.fullmatch(plain):
        return "-".join(found.groups())
    found = _DATE.fullmatch(plain)
    if not found:
        return text
    year, month, day = _year(found[1]), number_of(found[2]), number_of(found[3])
    return text if year is None or month is None or day is None else f"{year}-{int(month):02}-{int(day):02}"


def _month(text: str) -> str:
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    month = number_of(found[2]) if found else None
    return text if month is None or _year(found[1]) is None else f"{_year(found[1])}-{int(month):02}"


def _year(text: str) -> int | None:
    """Four digits, or the two of a year of this century."""
    return 2000 + int(text) if re.fullmatch("[0-9]{2}", text) else year_of(text)
