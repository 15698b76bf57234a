"""Rows: the fixes of one batch as columns, ready for detectors.

Sorted by terminal and time. A column is an attribute (`row.speed_kmh`), so a condition that reads like one vehicle runs
for all of them. Columns that cost something (the limit in force, the areas a fix lies in) are worked out once, when
asked for.
"""

import difflib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tonggui.base.clock import CHINA, SECOND, Micros

DAY: Micros = 86_400 * SECOND
CHINA_OFFSET: Micros = int(CHINA.utcoffset(None).total_seconds()) * SECOND


class Rows:
    """Columns of equal length, at least `terminal` (i4, number of the terminal) and `time` (i8 micros).

    `log` (i2) and `frame_position` (u8) say where the frame of a row lies. `inside` is a pair of arrays (row, area
    number): every area a fix lies in and that concerns its vehicle.
    """

    def __init__(
        self, columns: Mapping[str, Any], derived: Mapping[str, Callable[["Rows"], Any]] | None = None
    ) -> None:
        self._columns = dict(columns)
        self._derived = dict(derived or {})

    def __len__(self) -> int:
        return len(self._columns["time"])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._columns:
            if name not in self._derived:
                near = difflib.get_close_matches(name, [*self._columns, *self._derived], 1)
                raise AttributeError(f"rows have no column {name!r}." + (f' Did you mean "{near[0]}"?' if near else ""))
            self._columns[name] = self._derived[name](self)
        return self._columns[name]

    @property
    def second_of_day(self) -> np.ndarray:
        """Seconds since midnight in China (i8)."""
        return (self.time + CHINA_OFFSET) % DAY // SECOND

    def first_of_terminal(self) -> np.ndarray:
        """True for the first row of each terminal in the batch."""
        terminal = self.terminal
        return np.concatenate((np.ones(min(len(terminal), 1), bool), terminal[1:] != terminal[:-1]))


def shifted(column: np.ndarray, first: np.ndarray, before: np.ndarray) -> np.ndarray:
    """The value a row earlier of the same terminal; for a terminal's first row the one carried from the last batch."""
    earlier = np.empty_like(column)
    earlier[1:] = column[:-1]
    return np.where(first, before.astype(column.dtype, copy=False), earlier)
