"""Checks of single values that come from outside: each returns the value in our form, or raises Problem in words.

A check takes the value as JSON or a sheet gave it and never guesses: a number written as text is a fault unless the
check says that it reads text. The caller adds where the value stood.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from tonggui.base.errors import Problem

Check = Callable[[Any], Any]

# No database keeps all of these: NUL ends a text in PostgreSQL, half a surrogate pair has no form in UTF-8.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def whole(least: int, most: int) -> Check:
    """A whole number from least to most, both included."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            raise Problem(f"应为整数，实为{shown(value)}")
        if not least <= value <= most:
            raise Problem(f"应在 {least} 至 {most} 之间，实为{shown(value)}")
        return int(value)

    return check


def number(least: float, most: float, unit: str = "") -> Check:
    """A finite number from least to most, both included."""

    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise Problem(f"应为数字，实为{shown(value)}")
        if not least <= value <= most:
            raise Problem(f"应在 {least:,} 至 {most:,} {unit}之间，实为{shown(value)}")
        return float(value)

    return check


def flag(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Problem(f"应为 true 或 false，实为{shown(value)}")
    return value


def text(most: int) -> Check:
    """Text of 1 to `most` characters, blanks at its ends taken off; control characters and halves of pairs are none."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Problem(f"应为文字，实为{shown(value)}")
        if _NO_TEXT.search(value.strip()):
            raise Problem("含有不能保存的控制字符或残缺字符", do="请核对设备发送的编码，应为 UTF-8")
        if len(value.strip()) > most:
            raise Problem(f"最长 {most} 个字，实有 {len(value.strip())} 个")
        return value.strip()

    return check


def day(value: Any) -> date:
    """A date written 2026-05-01."""
    if not isinstance(value, str):
        raise Problem(f"应为日期，实为{shown(value)}", do="请写成 2026-12-01 这样的形式")
    return _day(value)


@lru_cache(maxsize=4096)
def _day(value: str) -> date:
    try:
        return date.fromisoformat(value) if len(value) == 10 else date.fromisoformat("")
    except ValueError:
        raise Problem(f"不是日期：{value}", do="请写成 2026-12-01 这样的形式") from None


def shown(value: Any) -> str:
    """A value for a message, cut short."""
    if value is None:
        return "空"
    written = f"“{value}”" if isinstance(value, str) else f" {value}"
    return written if len(written) <= 40 else f"{written[:37]}…"
