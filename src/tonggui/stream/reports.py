"""Position reports: frames of a protocol become rows of positions, whole messages and those that came in parts."""

from typing import Any

import numpy as np

from tonggui.stream.block import LoggedFrames
from tonggui.stream.sources import Columns, Read
from tonggui.wire.framing import FrameBatch, Reason
from tonggui.wire.parts import Assembly
from tonggui.wire.protocol import Protocol


class PositionReports:
    """The reading of a `Source` of positions: rows of all these messages in the order of their frames.

    Rows have `identity` (S<n>), `serial`, `item` (place in the message), `time`, `received_at`, `latitude_e6`,
    `longitude_e6`, `speed_kmh`, `direction`, `altitude_m`, `alarm`, `status`, `mileage_km` and `frame`. The rows of a
    message in parts belong to the frame that completed it and carry the serial of its first part, so that the same
    message sent again is known again.
    """

    def __init__(self, protocol: Protocol, *messages: int) -> None:
        self._protocol, self._messages = protocol, messages
        self._parts = Assembly()

    def read(self, frames: LoggedFrames) -> Read:
        """Rows and the fate of every frame."""
        batch = self._protocol.framing.batch(frames.raw, frames.start, frames.end)
        reason = batch.reason = np.where(frames.reason == Reason.OK, batch.reason, frames.reason).astype(np.uint8)
        rows = self._rows(batch, np.arange(len(batch)))
        ours = (reason == Reason.OK) & np.isin(batch.head["message_id"], self._messages)
        in_parts = np.flatnonzero(ours & (batch.head["part_total"] > 1))
        if len(in_parts):
            joined, last = self._join(batch, in_parts)
            late = self._rows(joined, last)
            order = np.argsort(np.concatenate((rows["frame"], late["frame"])), kind="stable")
            rows = {name: np.concatenate((column, late[name]))[order] for name, column in rows.items()}
        rows["received_at"] = frames.received_at[rows["frame"]]
        # A whole report that gave no row is one whose body is no report.
        empty = ours & (batch.head["part_total"] <= 1)
        empty[rows["frame"]] = False
        reason[empty] = Reason.BAD_BODY
        return Read(rows, reason, batch.head["identity"], batch.head["message_id"])

    def dump(self) -> list[Any]:
        """Parts of messages that are still coming."""
        return self._parts.dump()

    def load(self, dumped: list[Any]) -> None:
        self._parts.load(dumped)

    def _rows(self, batch: FrameBatch, frame: np.ndarray) -> Columns:
        """Rows of a batch; `frame` is the place of each of its frames in the input."""
        tables = [_table(self._protocol.decode_batch(batch, message)) for message in self._messages]
        rows = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
        order = np.argsort(rows["frame"], kind="stable")
        rows = {name: column[order] for name, column in rows.items()}
        place = rows["frame"]
        rows["serial"], rows["identity"] = batch.head["serial"][place], batch.head["identity"][place]
        rows["frame"] = frame[place]
        return rows

    def _join(self, batch: FrameBatch, in_parts: np.ndarray) -> tuple[FrameBatch, np.ndarray]:
        """The messages that these parts complete as a batch of whole frames, and the frame that completed each."""
        clean, last, first_serial, sizes = [], [], [], []
        head = batch.head
        for row in in_parts.tolist():
            start, body, end = int(batch.start[row]), int(head["body_start"][row]), int(head["body_end"][row])
            serial, index = int(head["serial"][row]), int(head["part_index"][row])
            whole = self._parts.add(
                head["identity"][row].decode(),
                int(head["message_id"][row]),
                serial,
                int(head["part_total"][row]),
                index,
                batch.clean[body:end].tobytes(),
            )
            if whole is not None:
                clean.append(batch.clean[start:body].tobytes() + whole)
                sizes.append((body - start, len(clean[-1])))
                last.append(row)
                first_serial.append((serial - index + 1) & 0xFFFF)
        place = np.array(last, np.int64)
        return _whole(batch, place, clean, sizes, first_serial), place


def _whole(
    batch: FrameBatch, place: np.ndarray, clean: list[bytes], sizes: list[tuple[int, int]], first_serial: list[int]
) -> FrameBatch:
    """Joined messages as frames of their own, behind the head of the part at `place`; sizes are of head and of all."""
    head_size, size = np.array(sizes, np.int64).reshape(-1, 2).T
    end = np.cumsum(size)
    head = {name: column[place] for name, column in batch.head.items()}
    head |= {"serial": np.array(first_serial, np.uint16), "part_total": np.zeros(len(place), np.uint16)}
    head |= {"body_start": end - size + head_size, "body_end": end}
    return FrameBatch(np.frombuffer(b"".join(clean), np.uint8), end - size, end, np.zeros(len(place), np.uint8), head)


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
