"""The mirror: the latest position of every terminal, as columns, kept by one thread and read by all.

Rows are never moved or removed, so a row's index names its terminal for as long as this process lives; browsers are
told the index and learn its plate once.
"""

import threading
import time
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tonggui.base.clock import SECOND, Micros, from_micros
from tonggui.web.live.scope import Scope

# A vehicle that has not been heard of for five minutes is drawn as stale (the same limit stands in map/states.ts).
STALE_SECONDS = 300
MOVING_KMH = 1.0
# The stream process says something every 15 seconds at least.
AWAY_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes of one moment as columns of n: degrees (WGS-84), km/h, degrees from north, micros since the epoch."""

    phone: list[str]
    plate: list[str]
    longitude: np.ndarray
    latitude: np.ndarray
    speed_kmh: np.ndarray
    direction: np.ndarray
    alarm: np.ndarray
    time: np.ndarray
    received_at: np.ndarray


@dataclass(frozen=True, slots=True)
class Counts:
    """Vehicles in a scope: `known` have a position; each is moving, stopped or stale; alarms lie across."""

    known: int = 0
    moving: int = 0
    stopped: int = 0
    stale: int = 0
    alarm: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """Whether the source is there, and when it last spoke."""

    is_away: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that changed with a batch, and where they stood before (micro-degrees; `was_known` False for new rows)."""

    rows: np.ndarray
    old_longitude: np.ndarray
    old_latitude: np.ndarray
    was_known: np.ndarray


# The columns of the mirror: micro-degrees, tenths of km/h, degrees, flag bits, micros.
COLUMNS = {
    "longitude": "i4",
    "latitude": "i4",
    "speed": "i4",
    "direction": "i4",
    "alarm": "u4",
    "time": "i8",
    "received": "i8",
}


class Mirror:
    """Latest positions of all terminals. `apply` is called by one thread; everything else may be called by any."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.phones: list[str] = []
        self.plates: list[str] = []
        self._row_of: dict[str, int] = {}
        self._row_of_plate: dict[str, int] = {}
        self._columns = {name: np.zeros(1024, form) for name, form in COLUMNS.items()}
        self._heard, self._is_away = 0.0, True

    def __len__(self) -> int:
        return len(self.phones)

    def column(self, name: str) -> np.ndarray:
        """One of COLUMNS, a view of n rows."""
        return self._columns[name][: len(self.phones)]

    def heard(self) -> None:
        """The source spoke, with or without changes."""
        self._heard, self._is_away = time.time(), False

    def lost(self) -> None:
        """The source broke off."""
        self._is_away = True

    def state(self) -> State:
        at = from_micros(int(self._heard * SECOND)) if self._heard else None
        return State(self._is_away or time.time() - self._heard > AWAY_SECONDS, at)

    def apply(self, batch: Batch) -> Changes:
        """Take a batch in. Of two rows of one terminal the later one in the batch holds; an older fix is left out."""
        with self.lock:
            known_before = len(self.phones)
            rows = np.fromiter((self._row(*pair) for pair in zip(batch.phone, batch.plate, strict=True)), np.int64)
            last = len(rows) - 1 - np.unique(rows[::-1], return_index=True)[1]
            fresh = np.sort(last[batch.time[last] >= self._columns["time"][rows[last]]])
            rows = rows[fresh]
            changes = Changes(
                rows,
                self._columns["longitude"][rows].copy(),
                self._columns["latitude"][rows].copy(),
                rows < known_before,
            )
            self._write(rows, batch, fresh)
            return changes

    def _write(self, rows: np.ndarray, batch: Batch, chosen: np.ndarray) -> None:
        columns = self._columns
        columns["longitude"][rows] = np.rint(batch.longitude[chosen] * 1e6)
        columns["latitude"][rows] = np.rint(batch.latitude[chosen] * 1e6)
        columns["speed"][rows] = np.rint(batch.speed_kmh[chosen] * 10)
        columns["direction"][rows] = batch.direction[chosen]
        columns["alarm"][rows] = batch.alarm[chosen]
        columns["time"][rows] = batch.time[chosen]
        columns["received"][rows] = batch.received_at[chosen]

    def _row(self, phone: str, plate: str) -> int:
        row = self._row_of.get(phone)
        if row is None:
            row = self._row_of[phone] = len(self.phones)
            if row == len(self._columns["time"]):
                self._columns = {name: np.concatenate((old, np.zeros_like(old))) for name, old in self._columns.items()}
            self.phones.append(phone)
            self.plates.append(plate)
        elif self.plates[row] != plate:
            # Taken out of its vehicle, it is no longer for the eyes of that vehicle's owner.
            self.plates[row] = plate
        if plate:
            self._row_of_plate[plate] = row
        return row

    def within(self, scope: Scope) -> np.ndarray:
        """Mask of n: rows that the scope may see."""
        if scope.plates is None:
            return np.ones(len(self.phones), bool)
        return np.fromiter((plate in scope.plates for plate in self.plates), bool, len(self.phones))

    def stale(self, now: Micros) -> np.ndarray:
        """Mask of n: rows not heard of for STALE_SECONDS."""
        return self.column("received") < now - STALE_SECONDS * SECOND

    def counts(self, scope: Scope) -> Counts:
        with self.lock:
            seen = self.within(scope)
            stale = self.stale(int(time.time() * SECOND)) & seen
            moving = (self.column("speed") >= MOVING_KMH * 10) & seen & ~stale
            alarm = (self.column("alarm") != 0) & seen & ~stale
            known, late, going = int(seen.sum()), int(stale.sum()), int(moving.sum())
            return Counts(known, going, known - late - going, late, int(alarm.sum()))

    def find(self, text: str, scope: Scope, limit: int = 8) -> list[dict]:
        """Vehicles whose plate or terminal number holds the text, those that begin with it first."""
        text = text.strip().upper()
        if not text:
            return []
        with self.lock:
            hits = [
                row
                for row, (plate, phone) in enumerate(zip(self.plates, self.phones, strict=True))
                if (text in plate.upper() or text in phone) and scope.sees(plate)
            ]
            hits.sort(key=lambda row: (not self.plates[row].upper().startswith(text), self.plates[row], row))
            return [self.describe(row) for row in hits[:limit]]

    def row_of_plate(self, plate: str) -> int | None:
        return self._row_of_plate.get(plate)

    def row_of_phone(self, phone: str) -> int | None:
        return self._row_of.get(phone)

    def describe(self, row: int) -> dict:
        """One row in words of the browser's shape."""
        columns = self._columns
        return {
            "id": row,
            "plate": self.plates[row],
            "phone": self.phones[row],
            "longitude": int(columns["longitude"][row]) / 1e6,
            "latitude": int(columns["latitude"][row]) / 1e6,
            "speed_kmh": int(columns["speed"][row]) / 10,
            "direction": int(columns["direction"][row]),
            "alarm": int(columns["alarm"][row]),
            "time": int(columns["time"][row]),
            "received_at": int(columns["received"][row]),
        }


mirror = Mirror()
