"""Periods: the months, quarters, halves and years that official figures speak of.

A period has two inclusive days and knows how documents name it (2026年上半年), how commands write it (2026H1), which
period a change is measured against (同比, 环比) and which part of the year has gone by.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

# Before any record of any ledger: where a period reaches back without end.
BEGINNING = date(1900, 1, 1)


class Kind(Enum):
    """What a period is; the value is its length in months, 0 for days chosen freely."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12
    CUSTOM = 0


class PeriodError(ValueError):
    """A text that names no period, with the forms that would."""


_FORMS = "请写成 2026、2026H1、2026Q2、2026-05 或 2026-01-01..2026-03-15 这样的形式"
_PATTERNS = {
    Kind.YEAR: re.compile(r"(?P<year>\d{4})"),
    Kind.HALF: re.compile(r"(?P<year>\d{4})[Hh](?P<n>[12])"),
    Kind.QUARTER: re.compile(r"(?P<year>\d{4})[Qq](?P<n>[1-4])"),
    Kind.MONTH: re.compile(r"(?P<year>\d{4})-?[Mm]?(?P<n>0[1-9]|1[0-2])"),
}
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date
    kind: Kind = Kind.CUSTOM

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodError(f"期间的结束日 {self.end} 早于开始日 {self.start}")

    @classmethod
    def of(cls, kind: Kind, year: int, n: int = 1) -> "Period":
        """The n-th period of a kind in a year: `of(Kind.HALF, 2026, 1)` is the first half of 2026."""
        months = kind.value
        last = n * months
        return cls(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]), kind)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period a command or an address names; PeriodError tells the forms that are understood."""
        text = text.strip()
        for kind, pattern in _PATTERNS.items():
            if match := pattern.fullmatch(text):
                parts = match.groupdict()
                return cls.of(kind, int(parts["year"]), int(parts.get("n") or 1))
        try:
            start, end = (date.fromisoformat(part) for part in text.split(".."))
        except ValueError:
            raise PeriodError(f"“{text}”不是期间。{_FORMS}。") from None
        return cls(start, end)

    @property
    def code(self) -> str:
        """The form that `parse` reads: 2026, 2026H1, 2026Q2, 2026-05, 2026-01-01..2026-03-15."""
        year, n = self.start.year, self._number
        return {
            Kind.YEAR: f"{year}",
            Kind.HALF: f"{year}H{n}",
            Kind.QUARTER: f"{year}Q{n}",
            Kind.MONTH: f"{year}-{n:02}",
            Kind.CUSTOM: f"{self.start}..{self.end}",
        }[self.kind]

    @property
    def label(self) -> str:
        """The period as a document names it: 2026年上半年, 2026年第二季度, 2026年5月."""
        year, n = f"{self.start.year}年", self._number
        match self.kind:
            case Kind.YEAR:
                return year
            case Kind.HALF:
                return year + "上下"[n - 1] + "半年"
            case Kind.QUARTER:
                return f"{year}第{_QUARTERS[n - 1]}季度"
            case Kind.MONTH:
                return f"{year}{n}月"
        end = day_label(self.end)
        return f"{day_label(self.start)}至{end.removeprefix(year)}"

    @property
    def _number(self) -> int:
        return (self.end.month - 1) // self.kind.value + 1 if self.kind.value else 0

    @property
    def end_label(self) -> str:
        """The last day without its year, for 截至6月30日."""
        return f"{self.end.month}月{self.end.day}日"

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.code

    def months(self) -> Iterator["Period"]:
        """Every calendar month the period touches, in order."""
        year, month = self.start.year, self.start.month
        while (year, month) <= (self.end.year, self.end.month):
            yield Period.of(Kind.MONTH, year, month)
            year, month = year + month // 12, month % 12 + 1

    @property
    def last_month(self) -> "Period":
        """The calendar month of the last day: where monthly returns hold the state at the end."""
        return Period.of(Kind.MONTH, self.end.year, self.end.month)

    @property
    def until_end(self) -> "Period":
        """Everything up to the last day, for what stands at the end whenever it began."""
        return Period(BEGINNING, self.end)

    @property
    def last_year(self) -> "Period":
        """The same period a year before, the base of 同比; 29 February falls back to the 28th."""
        if self.kind is Kind.CUSTOM:
            return Period(_year_before(self.start), _year_before(self.end))
        return Period.of(self.kind, self.start.year - 1, self._number)

    @property
    def previous(self) -> "Period":
        """The period just before, of the same kind or as many days, the base of 环比."""
        before = self.start - timedelta(days=1)
        if self.kind is Kind.CUSTOM:
            return Period(before - (self.end - self.start), before)
        return Period.of(self.kind, before.year, (before.month - 1) // self.kind.value + 1)

    @property
    def following(self) -> "Period":
        """The period just after, of the same kind or as many days."""
        after = self.end + timedelta(days=1)
        if self.kind is Kind.CUSTOM:
            return Period(after, after + (self.end - self.start))
        return Period.of(self.kind, after.year, (after.month - 1) // self.kind.value + 1)

    @property
    def year_days(self) -> tuple[int, int]:
        """Days of the year gone by at the end, and days of that year: the share of time (时间进度)."""
        return self.end.timetuple().tm_yday, 366 if isleap(self.end.year) else 365


def day_label(day: date) -> str:
    """2026年6月30日: in full and without leading zeros (GB/T 9704-2012, 成文日期)."""
    return f"{day.year}年{day.month}月{day.day}日"


def latest_half(today: date) -> Period:
    """The last half-year that is over."""
    return Period.of(Kind.HALF, today.year, 1) if today.month > 6 else Period.of(Kind.HALF, today.year - 1, 2)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
