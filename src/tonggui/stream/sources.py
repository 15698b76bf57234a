"""Sources: which frame logs are followed, how their frames become rows, and into which table the rows go.

A protocol is handed in as an object; a new one is one more `Source`. Positions go through the whole pipeline; rows of
other tables are stored as they are read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tonggui.base.clock import Micros
from tonggui.stream.block import LoggedFrames
from tonggui.stream.store.tables import POSITIONS, Table
from tonggui.wire.framing import Reason
from tonggui.wire.protocol import Protocol

Columns = dict[str, Any]


@dataclass(slots=True)
class Read:
    """What a source reads from frames: `rows` as columns, with `frame` the place of each row's frame in the input, and
    for every frame its `reason` (u1, OK where usable), `phone` and `message_id` where the head could be read."""

    rows: Columns
    reason: np.ndarray
    phone: np.ndarray
    message_id: np.ndarray


@dataclass(frozen=True)
class Source:
    """Logs by name (a pattern such as `jt808-*`), the reading of their frames, the table of their rows."""

    logs: str
    read: Callable[[LoggedFrames], Read]
    table: Table = POSITIONS
    title: str = field(default="", compare=False)


def positions_of(protocol: Protocol, *messages: int) -> Callable[[LoggedFrames], Read]:
    """A reading of position reports: rows of all these messages in the order of their frames.

    Gives `phone_code` (i4, into `phones`), `serial`, `item`, `time`, `received_at`, `latitude_e6`, `longitude_e6`,
    `speed_kmh`, `direction`, `altitude_m`, `alarm`, `status`, `mileage_km`, `frame`.
    """

    def read(frames: LoggedFrames) -> Read:
        batch = protocol.framing.batch(frames.raw, frames.start, frames.end)
        reason = np.where(frames.reason == Reason.OK, batch.reason, frames.reason).astype(np.uint8)
        batch.reason = reason
        tables = [_table(protocol.decode_batch(batch, message)) for message in messages]
        rows = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
        order = np.argsort(rows["frame"], kind="stable")
        rows = {name: column[order] for name, column in rows.items()}
        rows["received_at"] = frames.received_at[rows["frame"]]
        rows["serial"] = batch.head["serial"][rows["frame"]]
        rows["identity"] = batch.head["identity"][rows["frame"]]
        # A whole report that gave no row is one whose body is no report; parts and ciphers are not read here.
        whole = (reason == Reason.OK) & (batch.head["part_total"] <= 1)
        empty = whole & np.isin(batch.head["message_id"], messages)
        empty[rows["frame"]] = False
        reason[empty] = Reason.BAD_BODY
        return Read(rows, reason, batch.head["identity"], batch.head["message_id"])

    return read


def _table(decoded: dict[str, np.ndarray]) -> Columns:
    frame = decoded["frame"]
    first = np.flatnonzero(np.append(True, frame[1:] != frame[:-1])) if len(frame) else np.zeros(0, np.int64)
    item = np.arange(len(frame)) - np.repeat(first, np.diff(np.append(first, len(frame))))
    return {
        "frame": frame,
        "item": item.astype(np.uint16),
        "time": decoded["time"],
        "latitude_e6": np.rint(decoded["latitude"] * 1e6).astype(np.int32),
        "longitude_e6": np.rint(decoded["longitude"] * 1e6).astype(np.int32),
        **{name: decoded[name] for name in ("speed_kmh", "direction", "altitude_m", "alarm", "status", "mileage_km")},
    }


def newest(frames: LoggedFrames) -> Micros:
    """When the newest of these frames was received; 0 where there are none."""
    return int(frames.received_at.max()) if len(frames) else 0
