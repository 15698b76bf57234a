"""Working days: weekends and holidays off, transferred weekends on, from a table that is kept up year by year.

The State Council publishes each year's table in the autumn before. For a year without a table only weekends and the
holidays of a fixed date are known; days counted there are provisional, and `covers` says so.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.base.errors import Problem

FIRST, LAST = date(2010, 1, 1), date(2060, 12, 31)
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Holidays that fall on the same date every year (全国年节及纪念日放假办法), as month and day."""


class WorkingCalendar:
    """Working days from FIRST to LAST. Tables are added by year, in the form of `statutes/working_days.json`."""

    def __init__(self) -> None:
        self.sources: dict[int, str] = {}
        span = np.arange(np.datetime64(FIRST), np.datetime64(LAST) + 1)
        self._working = np.is_busday(span)
        for year in range(FIRST.year, LAST.year + 1):
            self._mark((date(year, month, day) for month, day in FIXED), working=False)

    def extend_from(self, path: Path) -> "WorkingCalendar":
        """Add the years of a file, each replacing what was known of that year. A day outside its year is an error."""
        for year, table in json.loads(path.read_text(encoding="utf-8")).items():
            self.extend(int(year), table["off"], table["on"], table["source"])
        return self

    def extend(self, year: int, off: Iterable[str], on: Iterable[str], source: str) -> None:
        """Add one year: days off and weekend days worked, as "2026-05-01" or "2026-05-01/2026-05-05"."""
        closed, open_ = list(_days(off, year)), list(_days(on, year))
        whole_year = list(_between(date(year, 1, 1), date(year, 12, 31)))
        self._mark((day for day in whole_year if day.weekday() >= 5), working=False)
        self._mark((day for day in whole_year if day.weekday() < 5), working=True)
        self._mark(closed, working=False)
        self._mark(open_, working=True)
        self.sources[year] = source

    def covers(self, day: date) -> bool:
        """Whether the official table of the day's year is known, so that counting to this day is final."""
        return day.year in self.sources

    def is_working(self, day: date) -> bool:
        return bool(self._working[_place(day)])

    def after(self, days: Any, count: int) -> Any:
        """The working day `count` working days after each day, which itself is not counted. Negative counts backwards.

        A date gives a date, an array of datetime64[D] an array.
        """
        working = np.flatnonzero(self._working)
        start = np.asarray(days, dtype="datetime64[D]").astype(np.int64) - np.datetime64(FIRST).astype(np.int64)
        if np.any((start < abs(count) * 2 + 20) | (start > (LAST - FIRST).days - abs(count) * 2 - 20)):
            raise Problem(f"工作日只计算到 {FIRST} 至 {LAST} 之间", do="请核对日期")
        before = np.searchsorted(working, start, side="right" if count >= 0 else "left")
        found = np.datetime64(FIRST) + working[before + count - (count > 0)] if count else np.datetime64(FIRST) + start
        return found.item() if isinstance(days, date) else found

    def from_here(self, day: date) -> date:
        """The day itself where it is a working day, else the first working day after it."""
        return day if self.is_working(day) else self.after(day, 1)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`."""
        return int(self._working[_place(start) + 1 : _place(end) + 1].sum())

    def _mark(self, days: Iterable[date], *, working: bool) -> None:
        places: npt.NDArray[np.int64] = np.array([_place(day) for day in days], dtype=np.int64)
        self._working[places] = working


def _place(day: date) -> int:
    if not FIRST <= day <= LAST:
        raise Problem(f"工作日只计算到 {FIRST} 至 {LAST} 之间，不含 {day}", do="请核对日期")
    return (day - FIRST).days


def _days(written: Iterable[str], year: int) -> Iterable[date]:
    for text in written:
        first, _, last = text.partition("/")
        for day in _between(date.fromisoformat(first), date.fromisoformat(last or first)):
            if day.year != year:
                raise ValueError(f"{day} stands in the table of {year}")
            yield day


def _between(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
