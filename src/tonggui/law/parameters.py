"""Dated values: what a limit, a deadline or an amount was on a day, where it stands and who last compared it when.

A value holds from its day until the day of the next one. Asking for a day before the first value is an error that
says so: the law of that day is not known here, and guessing would be worse.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.base.errors import Problem
from tonggui.law import overrides
from tonggui.law.acts import Article

Days = date | npt.NDArray[np.datetime64]

_parameters: dict[str, "Parameter"] = {}
_words: dict[str, Mapping[Any, str]] = {}


class Parameter:
    """A named value of the law with its history.

    `values` maps the first day of each value to the value: a number, a word, or a table (a mapping from key to
    number). `checked` is the day somebody last compared the values with the official text. A `local` parameter is
    the bureau's own decision, or a number the national text leaves open; what a bureau has decided (`overrides.py`)
    takes the place of the declared values from its first day on. `check` raises Problem for a word that is no
    value of it. Titles are unique.
    """

    def __init__(
        self,
        title: str,
        *,
        unit: str = "",
        source: Article,
        checked: date,
        values: Mapping[date, Any],
        local: bool = False,
        note: str = "",
        check: Callable[[str], None] | None = None,
    ) -> None:
        if not values:
            raise ValueError(f"parameter {title!r} has no value")
        if title in _parameters:
            raise ValueError(f"two parameters are called {title!r}")
        if checked < source_day(source):
            raise ValueError(f"parameter {title!r} was checked on {checked}, before its source existed")
        self.title, self.unit, self.source, self.checked = title, unit, source, checked
        self.local, self.note, self.check = local, note, check
        self.values = dict(sorted(values.items()))
        self._version = 0
        self._lay_out(self.values)
        _parameters[title] = self

    def _lay_out(self, values: Mapping[date, Any]) -> None:
        """The days and values that hold, ready for bisecting."""
        self.starts = list(values)
        self._starts = np.array(self.starts, dtype="datetime64[D]")
        self._history = list(values.values())

    def _follow(self) -> None:
        """Lay out again where the bureau's own values have changed."""
        if self.local and self._version != overrides.version():
            decided = {one.since: one.value for one in overrides.of(self.title)}
            first = min(decided, default=date.max)
            self._version = overrides.version()
            self._lay_out({day: value for day, value in self.values.items() if day < first} | decided)

    def basis_on(self, day: date) -> str:
        """Where the value of a day stands: the bureau's own decision, or the article."""
        decided = overrides.at(self.title, day) if self.local else None
        return str(decided) if decided else self.source.short

    @property
    def words(self) -> Mapping[Any, str]:
        """What the keys of its table, or values that are identifiers, are called (`name_keys`)."""
        return _words.get(self.title, {})

    def __repr__(self) -> str:
        return f"Parameter({self.title!r})"

    def in_force(self, days: Days) -> Any:
        """Whether a value is known: a bool for a date, an array of bool for an array of dates."""
        self._follow()
        return np.datetime64(days, "D") >= self._starts[0] if isinstance(days, date) else days >= self._starts[0]

    def on(self, days: Days) -> Any:
        """The value on a date; for an array of dates (datetime64), an array of values.

        For a table and an array of dates use `at`. Raises Problem for a day before the first value.
        """
        self._follow()
        if isinstance(days, date):
            version = bisect_right(self.starts, days) - 1
            if version < 0:
                raise self._unknown(days)
            return self._history[version]
        return np.asarray(self._history)[self._versions(days)]

    def at(self, days: Days, keys: Any) -> Any:
        """The entries of a table: one for a date and a key, an array for arrays of dates and keys.

        A key that the table of that day lacks raises Problem.
        """
        if isinstance(days, date):
            return self._entry(self.on(days), keys)
        self._follow()
        keys = np.asarray(keys)
        versions = self._versions(days)
        found = np.full(len(keys), np.nan)
        for version in np.unique(versions):
            table = self._history[version]
            names = np.array(sorted(table))
            entries = np.array([table[name] for name in names.tolist()], dtype=np.float64)
            place = np.searchsorted(names, keys).clip(max=len(names) - 1)
            found = np.where((versions == version) & (names[place] == keys), entries[place], found)
        missing = np.isnan(found)
        if missing.any():
            self._entry(self._history[versions[missing][0]], keys[missing][0].item())
        return found

    def _entry(self, table: Mapping[Any, Any], key: Any) -> Any:
        if key not in table:
            raise Problem(f"“{self.title}”没有“{key}”这一项", do=f"可用的项：{'、'.join(map(str, table))}")
        return table[key]

    def _versions(self, days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.intp]:
        days = np.asarray(days, dtype="datetime64[D]")
        versions = np.searchsorted(self._starts, days, side="right") - 1
        if len(versions) and versions.min() < 0:
            raise self._unknown(days[versions < 0][0].item())
        return versions

    def _unknown(self, day: date) -> Problem:
        return Problem(
            f"“{self.title}”在 {day} 没有已知的值：最早的值自 {self.starts[0]} 起施行（{self.source.short}）",
            do="请核对日期；确需按当时规定处理的，先补录当时有效的规定",
        )


def source_day(source: Article) -> date:
    """The first day of the act a value comes from; the earliest date where the act does not say."""
    return source.act.since or date.min


def name_keys(words: Mapping[str, Mapping[Any, str]]) -> None:
    """Give parameters, by their title, the words for their keys."""
    _words.update(words)


def all_parameters() -> list[Parameter]:
    """Every parameter declared so far, in the order of declaration."""
    return list(_parameters.values())
