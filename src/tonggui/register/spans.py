"""Spans of days as people ask for them in a query bar: 本月, 上半年, 2026-10, two days with .. between."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tonggui.base import clock

SHORTCUTS: dict[str, str] = {
    "today": "今天",
    "this_week": "本周",
    "this_month": "本月",
    "last_month": "上月",
    "this_quarter": "本季",
    "first_half": "上半年",
    "second_half": "下半年",
    "this_year": "今年",
    "last_year": "去年",
}


@dataclass(frozen=True, slots=True)
class Days:
    """Two inclusive days; either may be open. `label` is what people call it."""

    start: date | None
    end: date | None
    label: str = ""

    def __str__(self) -> str:
        return self.label or f"{self.start or ''} 至 {self.end or ''}".strip()


def months(year: int, first: int, last: int, label: str = "") -> Days:
    return Days(date(year, first, 1), date(year, last, monthrange(year, last)[1]), label)


def shortcut(code: str, today: date | None = None) -> Days:
    """The span of one of SHORTCUTS, counted from today; weeks begin on Monday. KeyError for another code."""
    day = today or clock.today()
    label = SHORTCUTS[code]
    monday = day - timedelta(days=day.weekday())
    quarter = (day.month - 1) // 3 * 3 + 1
    before = date(day.year, day.month, 1) - timedelta(days=1)
    return {
        "today": lambda: Days(day, day, label),
        "this_week": lambda: Days(monday, monday + timedelta(days=6), label),
        "this_month": lambda: months(day.year, day.month, day.month, label),
        "last_month": lambda: months(before.year, before.month, before.month, label),
        "this_quarter": lambda: months(day.year, quarter, quarter + 2, label),
        "first_half": lambda: months(day.year, 1, 6, label),
        "second_half": lambda: months(day.year, 7, 12, label),
        "this_year": lambda: months(day.year, 1, 12, label),
        "last_year": lambda: months(day.year - 1, 1, 12, label),
    }[code]()


def days(text: str, today: date | None = None) -> Days | None:
    """The span that a text in an address means, or None when it means none.

    A shortcut, a year (2026), half (2026H1), quarter (2026Q3), month (2026-10), day, or `first..last` with either
    side left open.
    """
    text = text.strip()
    if text in SHORTCUTS:
        return shortcut(text, today)
    if ".." in text:
        first, last = (clock.day_of(part) for part in text.split("..", 1))
        return Days(first, last) if first or last else None
    if found := re.fullmatch(r"(\d{4})(?:([HQ])([1-4])|-(\d{2}))?", text):
        return _named(int(found[1]), found[2], found[3], found[4])
    day = clock.day_of(text)
    return Days(day, day, text) if day else None


def _named(year: int, kind: str | None, n: str | None, month: str | None) -> Days | None:
    if not clock.FIRST_DAY.year <= year <= clock.LAST_DAY.year:
        return None
    try:
        if kind == "H":
            return months(year, int(n) * 6 - 5, int(n) * 6, f"{year}年{'上下'[int(n) - 1]}半年")
        if kind == "Q":
            return months(year, int(n) * 3 - 2, int(n) * 3, f"{year}年第{n}季度")
        if month:
            return months(year, int(month), int(month), f"{year}年{int(month)}月")
        return months(year, 1, 12, f"{year}年")
    except (ValueError, IndexError):
        return None
