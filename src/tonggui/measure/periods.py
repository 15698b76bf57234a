"""Periods: the days, weeks, months, quarters, halves and years that official figures speak of.

A period has two inclusive days and knows how documents name it (2026年上半年), how commands write it (2026H1), which
period a change is measured against (同比, 环比) and which part of the year has gone by. Weeks are those of ISO 8601
(GB/T 7408): they begin on Monday, and the first of a year holds its first Thursday.
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
    """What a period is; the value is its length in months, below zero in days, 0 for days chosen freely."""

    DAY = -1
    WEEK = -7

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12
    CUSTOM = 0


class PeriodError(ValueError):
    """A text that names no period, with the forms that would."""


_FORMS = "请写成 2026、2026H1、2026Q2、2026-05、2026W26、2026-05-12 或 2026-01-01..2026-03-15 这样的形式"
_WEEK = re.compile(r"(?P<year>\d{4})-?[Ww](?P<n>\d{2})")
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
        if kind is Kind.WEEK:
            try:
                return cls.containing(kind, date.fromisocalendar(year, n, 1))
            except ValueError:
                raise PeriodError(f"{year}年没有第{n}周。") from None
        months = kind.value
        last = n * months
        return cls(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]), kind)

    @classmethod
    def containing(cls, kind: Kind, day: date) -> "Period":
        """The period of a kind in which a day lies."""
        if kind is Kind.DAY:
            return cls(day, day, kind)
        if kind is Kind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(monday, monday + timedelta(days=6), kind)
        return cls.of(kind, day.year, (day.month - 1) // kind.value + 1)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period a command or an address names; PeriodError tells the forms that are understood."""
        text = text.strip()
        for kind, pattern in _PATTERNS.items():
            if match := pattern.fullmatch(text):
                parts = match.groupdict()
                return cls.of(kind, int(parts["year"]), int(parts.get("n") or 1))
        if match := _WEEK.fullmatch(text):
            return cls.of(Kind.WEEK, int(match["year"]), int(match["n"]))
        try:
            days = [date.fromisoformat(part) for part in text.split("..")]
        except ValueError:
            days = []
        if len(days) == 1:
            return cls.containing(Kind.DAY, days[0])
        if len(days) != 2:
            raise PeriodError(f"“{text}”不是期间。{_FORMS}。")
        return cls(*days)

    @property
    def code(self) -> str:
        """The form that `parse` reads: 2026, 2026H1, 2026Q2, 2026-05, 2026W26, 2026-05-12, 2026-01-01..2026-03-15."""
        year, n = self.start.year, self._number
        return {
            Kind.YEAR: f"{year}",
            Kind.HALF: f"{year}H{n}",
            Kind.QUARTER: f"{year}Q{n}",
            Kind.MONTH: f"{year}-{n:02}",
            Kind.WEEK: f"{self.start.isocalendar().year}W{n:02}",
            Kind.DAY: f"{self.start}",
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
            case Kind.WEEK:
                return f"{self.start.isocalendar().year}年第{n}周"
            case Kind.DAY:
                return day_label(self.start)
        end = day_label(self.end)
        return f"{day_label(self.start)}至{end.removeprefix(year)}"

    @property
    def days_label(self) -> str:
        """The days without their year: 6月22日至28日, 6月29日至7月5日; one day alone."""
        if self.start == self.end:
            return self.end_label
        end = self.end_label.split("月", 1)[1] if self.start.month == self.end.month else self.end_label
        return f"{self.start.month}月{self.start.day}日至{end}"

    @property
    def _number(self) -> int:
        if self.kind is Kind.WEEK:
            return self.start.isocalendar().week
        return (self.end.month - 1) // self.kind.value + 1 if self.kind.value > 0 else 0

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
    def is_whole_months(self) -> bool:
        """Whether it begins on the first and ends on the last day of a month."""
        return self.start.day == 1 and (self.end + timedelta(days=1)).day == 1

    @property
    def last_month(self) -> "Period":
        """The calendar month of the last day: where monthly returns hold the state at the end."""
        return Period.of(Kind.MONTH, self.end.year, self.end.month)

    @property
    def until_end(self) -> "Period":
        """Everything up to the last day, for what stands at the end whenever it began."""
        return Period(BEGINNING, self.end)

    @property
    def year_so_far(self) -> "Period":
        """From 1 January of the year of the last day to that day: what forms call 本年累计."""
        return Period(date(self.end.year, 1, 1), self.end)

    @property
    def last_year(self) -> "Period":
        """The same period a year before, the base of 同比; 29 February falls back to the 28th, week 53 to the last."""
        if self.kind is Kind.WEEK:
            year = self.start.isocalendar().year - 1
            last = date(year, 12, 28).isocalendar().week
            return Period.of(Kind.WEEK, year, min(self._number, last))
        if self.kind.value <= 0:
            end = self._months_on(-12).end if self.is_whole_months else _year_before(self.end)
            return Period(_year_before(self.start), end, self.kind)
        return Period.of(self.kind, self.start.year - 1, self._number)

    @property
    def previous(self) -> "Period":
        """The period just before, of the same kind, as many whole months or as many days: the base of 环比."""
        before = self.start - timedelta(days=1)
        if self.kind.value <= 0 and self.is_whole_months:
            return self._months_on(-len(list(self.months())))
        if self.kind.value <= 0:
            return Period(before - (self.end - self.start), before, self.kind)
        return Period.of(self.kind, before.year, (before.month - 1) // self.kind.value + 1)

    @property
    def following(self) -> "Period":
        """The period just after, of the same kind, as many whole months or as many days."""
        after = self.end + timedelta(days=1)
        if self.kind.value <= 0 and self.is_whole_months:
            return self._months_on(len(list(self.months())))
        if self.kind.value <= 0:
            return Period(after, after + (self.end - self.start), self.kind)
        return Period.of(self.kind, after.year, (after.month - 1) // self.kind.value + 1)

    def _months_on(self, n: int) -> "Period":
        """Days of whole months, so many months on."""
        first, last = (divmod(day.year * 12 + day.month - 1 + n, 12) for day in (self.start, self.end))
        end = date(last[0], last[1] + 1, monthrange(last[0], last[1] + 1)[1])
        return Period(date(first[0], first[1] + 1, 1), end, self.kind)

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
