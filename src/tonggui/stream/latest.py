"""Latest positions: where every terminal was last, in memory, by the terminal's number.

Rebuilt from the snapshot and the log after a restart. `payload` is made once a tick and shared by all who ask.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from tonggui.base.clock import SECOND
from tonggui.stream.quality import UNTIMED, Quality
from tonggui.stream.terminals import Terminals

FIELDS = {
    "time": "i8",
    "received_at": "i8",
    "latitude_e6": "i4",
    "longitude_e6": "i4",
    "speed_kmh": "f4",
    "direction": "u2",
    "altitude_m": "i2",
    "alarm": "u4",
    "status": "u4",
    "mileage_km": "f8",
    "quality": "u1",
    "log": "i2",
    "frame_position": "u8",
}


class Latest:
    """Columns by terminal number; `time` is 0 where a terminal has no position yet."""

    def __init__(self) -> None:
        self.columns = {name: np.zeros(0, kind) for name, kind in FIELDS.items()}

    def grow(self, terminals: int) -> None:
        have = len(self.columns["time"])
        if terminals > have:
            room = max(terminals - have, have)
            self.columns = {n: np.concatenate((c, np.zeros(room, c.dtype))) for n, c in self.columns.items()}

    def update(self, rows: dict[str, np.ndarray], order: np.ndarray) -> np.ndarray:
        """Take in rows, `order` being their order by terminal and time; the numbers of terminals that moved on.

        A row whose time or place is worthless is not a position to show, and a late one does not replace a later.
        """
        order = order[(rows["quality"][order] & int(UNTIMED | Quality.NO_PLACE)) == 0]
        terminal = rows["terminal"][order]
        last = order[np.append(terminal[1:] != terminal[:-1], True)] if len(order) else order
        who = rows["terminal"][last]
        later = rows["time"][last] >= self.columns["time"][who]
        who, last = who[later], last[later]
        for name, column in self.columns.items():
            column[who] = rows[name][last]
        return who

    def table(self, terminals: Terminals, logs: Sequence[str], who: np.ndarray | None = None) -> pa.Table:
        """The terminals that have a position (or those numbered `who`) as an Arrow table, coordinates in degrees."""
        if who is None:
            who = np.flatnonzero(self.columns["time"][: len(terminals)] > 0)
        taken = {name: column[who] for name, column in self.columns.items()}
        instant = pa.timestamp("us", "UTC")
        log_names = pa.array(logs, pa.string())
        return pa.table(
            {
                "phone": terminals.phone_texts.take(pa.array(who)),
                "vehicle": terminals.plate_texts.take(pa.array(who)),
                "time": pa.array(taken["time"]).view(instant),
                "received_at": pa.array(taken["received_at"]).view(instant),
                "latitude": taken["latitude_e6"] / 1e6,
                "longitude": taken["longitude_e6"] / 1e6,
                "speed_kmh": taken["speed_kmh"],
                "direction": taken["direction"],
                "altitude_m": taken["altitude_m"],
                "alarm": taken["alarm"],
                "status": taken["status"],
                "mileage_km": taken["mileage_km"],
                "quality": taken["quality"],
                "log": log_names.take(pa.array(taken["log"])) if len(logs) else pa.array([], pa.string()),
                "frame_position": taken["frame_position"],
            }
        )

    def changes(self, terminals: Terminals, who: np.ndarray) -> dict[str, list]:
        """The positions of some terminals as JSON columns, short enough to be sent every second."""
        taken = {name: self.columns[name][who] for name in FIELDS}
        return {
            "phone": [terminals.phones[number] for number in who.tolist()],
            "vehicle": terminals.vehicle[who].tolist(),
            "time": (taken["time"] // SECOND).tolist(),
            "latitude": (taken["latitude_e6"] / 1e6).tolist(),
            "longitude": (taken["longitude_e6"] / 1e6).tolist(),
            "speed_kmh": np.round(taken["speed_kmh"].astype("f8"), 1).tolist(),
            "direction": taken["direction"].tolist(),
            "status": taken["status"].tolist(),
            "alarm": taken["alarm"].tolist(),
            "log": taken["log"].tolist(),
            "frame_position": taken["frame_position"].tolist(),
        }

    def dump(self) -> dict[str, np.ndarray]:
        return dict(self.columns)

    def load(self, dumped: dict[str, np.ndarray]) -> None:
        self.columns |= {name: dumped[name] for name in FIELDS if name in dumped}
