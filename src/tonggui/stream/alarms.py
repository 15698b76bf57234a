"""Alarms: what the changes that detectors report become in the store.

An alarm is one row that is written when it is raised and again when it ends; the later version holds. Its id follows
from what it is about, so a replay finds the same alarm again and the ledgers never open it twice.
"""

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tonggui.base.clock import SECOND, Micros
from tonggui.stream.holds import Change, Ended, Raised

AlarmRow = dict[str, Any]


def alarm_id(detector: str, phone: str, area: str, started_at: Micros) -> str:
    """20 hex digits: a collision among ten million alarms has a chance of one in 10**10."""
    what = "\x1f".join((detector, phone, area, str(started_at)))
    return hashlib.blake2b(what.encode(), digest_size=10).hexdigest()


@dataclass
class AlarmBook:
    """The alarms of one detector that are under way or may go on: a new stretch that begins within `merge` of the end
    of the last one is the same alarm ("several reports within 1 minute count as 1", note 2 of the assessment table)."""

    detector: str
    merge: Micros = 0
    latest: dict[tuple[int, int], AlarmRow] = field(default_factory=dict)
    opened: int = 0
    """Alarms raised for the first time, since the process began."""

    def write(self, changes: list[Change], describe: Callable[[Raised], AlarmRow]) -> list[AlarmRow]:
        """Rows to store, one an alarm touched: its state after these changes. Times are micros."""
        touched: dict[str, AlarmRow] = {}
        for change in changes:
            key = (change.terminal, change.area)
            row = self._raise(key, change, describe) if isinstance(change, Raised) else self._end(key, change)
            if row is not None:
                touched[row["alarm_id"]] = row
        return [dict(row) for row in touched.values()]

    def forget(self, clock: Micros) -> None:
        """Let go of alarms that ended so long ago that nothing can join them (a day, for data that come late)."""
        for key, row in list(self.latest.items()):
            if row["ended_at"] is not None and clock - row["ended_at"] > self.merge + 86_400 * SECOND:
                del self.latest[key]

    def _raise(self, key: tuple[int, int], change: Raised, describe: Callable[[Raised], AlarmRow]) -> AlarmRow:
        known = self.latest.get(key)
        if known is not None and known["ended_at"] is not None and self._is_the_same(known, change):
            known["ended_at"] = None
            known["peak"] = _greater(known["peak"], change.peak)
            return known
        row = describe(change)
        row |= {
            "alarm_id": alarm_id(self.detector, row["phone"], row["area"], change.started_at),
            "type": self.detector,
            "started_at": change.started_at,
            "raised_at": change.raised_at,
            "ended_at": None,
            "peak": change.peak,
        }
        self.latest[key] = row
        self.opened += 1
        return row

    def _is_the_same(self, known: AlarmRow, change: Raised) -> bool:
        """A stretch that was taken for over and goes on, or one close enough behind it."""
        goes_on = change.started_at == known["started_at"]
        return goes_on or (self.merge > 0 and change.started_at - known["ended_at"] <= self.merge)

    def _end(self, key: tuple[int, int], change: Ended) -> AlarmRow | None:
        row = self.latest.get(key)
        if row is None or row["ended_at"] is not None:
            return None
        row["ended_at"] = max(change.ended_at, row["started_at"])
        row["peak"] = _greater(row["peak"], change.peak)
        return row

    def dump(self) -> list[Any]:
        """The book as JSON values."""
        return [[*key, row] for key, row in self.latest.items()]

    def load(self, dumped: list[Any]) -> None:
        self.latest = {(terminal, area): row for terminal, area, row in dumped}


def as_evidence(values: dict[str, Any]) -> str:
    """Evidence as it is stored: a JSON object with numbers rounded to six places and NaN as null."""
    return json.dumps({name: _tidy(value) for name, value in values.items()}, ensure_ascii=False)


def _tidy(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6)
    return value.decode() if isinstance(value, bytes) else value


def _greater(a: float, b: float) -> float:
    return b if math.isnan(a) or b > a else a
