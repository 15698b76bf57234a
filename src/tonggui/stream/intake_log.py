"""Records into a frame log, each once: the part of the intake that must never lose or double anything.

A record is known by its key (point and number); one that says the same under it is the same, however it is written. The
frame log is the truth; beside it lies a small index of keys, which is brought up to the log's end when it is opened, so
that a crash between the two leaves nothing in doubt.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from tonggui.base.clock import Micros
from tonggui.stream.block import FRAMES_A_BLOCK, position_of
from tonggui.stream.log import FrameLogReader, FrameLogWriter
from tonggui.wire.framing import Reason

EDITION = 2
"""Of the index: rises when what its digests are made of changes, and the index is then made anew from the log."""
OTHER = "该检测记录号已有内容不同的记录，未覆盖。请核对后换新号重报。"


class Read(Protocol):
    """A record as read by its protocol: the key it is known by, its values, and its faults in words."""

    values: dict[str, Any]
    faults: list[str]

    @property
    def key(self) -> str: ...


class RecordProtocol(Protocol):
    """What the intake must know of the records it takes in."""

    def read(self, item: Any, received_at: Micros) -> Read: ...
    def lighten(self, item: Any, keep: Callable[[bytes], str]) -> tuple[Any, list[str]]: ...
    def frame(self, note: Mapping[str, Any], item: str) -> bytes: ...
    def unframe(self, raw: bytes) -> tuple[str, Any]: ...


class Status(StrEnum):
    """What became of one record."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(slots=True)
class Record:
    """One record on its way in: its JSON text, its value, our note beside it, and the hashes of the media it names."""

    text: str
    item: Any
    note: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    faults: list[str] = field(default_factory=list)
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a record; `position` is its place in the log, None where it was there before."""

    status: Status
    key: str
    position: int | None = None
    faults: tuple[str, ...] = ()


class IntakeLog:
    """Takes records into `weighing-0` and the like. One process at a time, as the log's writer demands (LogInUse)."""

    def __init__(self, folder: Path, index: Path, protocol: RecordProtocol) -> None:
        self.protocol = protocol
        self.writer = FrameLogWriter(folder)
        self.index = sqlite3.connect(index, check_same_thread=False, isolation_level=None)
        self.index.execute("PRAGMA journal_mode = WAL")
        self.index.execute("PRAGMA synchronous = NORMAL")
        if self.index.execute("PRAGMA user_version").fetchone()[0] != EDITION:
            # Digests of another edition mean nothing; the log has all that the index knows.
            self.index.executescript(
                f"DROP TABLE IF EXISTS records; DROP TABLE IF EXISTS read_to; PRAGMA user_version = {EDITION}"
            )
        self.index.execute(
            "CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID"
        )
        self.index.execute("CREATE TABLE IF NOT EXISTS read_to (position INTEGER NOT NULL)")
        self._catch_up(FrameLogReader(folder))

    def take(self, records: Iterable[Record], received_at: Micros) -> list[Result]:
        """Log every record, good or not, make the log durable, and say what became of each.

        A record that is there already with the same content is not logged again; one with the same key and another is
        refused. Raises OSError where the disk fails; then nothing of the call counts and it may be repeated.
        """
        judged: list[tuple[Status, Record, tuple[str, ...]]] = []
        fresh: dict[str, bytes] = {}
        for record in records:
            digest = b"" if record.faults else digest_of(record.item)
            known = (fresh.get(record.key) or self._known(record.key)) if record.key else None
            if record.faults:
                judged.append((Status.REFUSED, record, tuple(record.faults)))
            elif known is None:
                fresh[record.key] = digest
                judged.append((Status.STORED, record, ()))
            else:
                judged.append((Status.DUPLICATE, record, ()) if known == digest else (Status.REFUSED, record, (OTHER,)))
        positions = iter(self._log([(status, record) for status, record, _ in judged], received_at))
        self._remember(fresh.items(), position_of(self.writer.end, 0))
        return [
            Result(status, record.key, None if status is Status.DUPLICATE else next(positions), faults)
            for status, record, faults in judged
        ]

    def _log(self, judged: list[tuple[Status, Record]], received_at: Micros) -> list[int]:
        """Append all but what is there already, make it durable, and give the positions in order."""
        frames = [
            (self.protocol.frame(record.note, record.text), Reason.OK if status is Status.STORED else Reason.BAD_BODY)
            for status, record in judged
            if status is not Status.DUPLICATE
        ]
        positions: list[int] = []
        for at in range(0, len(frames), FRAMES_A_BLOCK):
            part = frames[at : at + FRAMES_A_BLOCK]
            first = self.writer.append_frames(
                received_at,
                bytes(4 * len(part)),
                b"".join(len(raw).to_bytes(4, "little") for raw, _ in part),
                bytes(reason for _, reason in part),
                b"".join(raw for raw, _ in part),
            )
            positions += range(first, first + len(part))
        self.writer.sync()
        return positions

    def close(self) -> None:
        self.writer.close()
        self.index.close()

    def _known(self, key: str) -> bytes | None:
        row = self.index.execute("SELECT digest FROM records WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _remember(self, digests: Iterable[tuple[str, bytes]], read_to: int) -> None:
        self.index.execute("BEGIN")
        self.index.executemany("INSERT OR IGNORE INTO records VALUES (?, ?)", digests)
        self.index.execute("DELETE FROM read_to")
        self.index.execute("INSERT INTO read_to VALUES (?)", (read_to,))
        self.index.execute("COMMIT")

    def _catch_up(self, log: FrameLogReader) -> None:
        """Index what the log holds behind the place up to which the index has read it."""
        row = self.index.execute("SELECT position FROM read_to").fetchone()
        position = row[0] if row else 0
        with log:
            while True:
                frames, next_position = log.read(position)
                if not len(frames):
                    return
                self._remember(self._digests(frames), next_position)
                position = next_position

    def _digests(self, frames: Any) -> Iterator[tuple[str, bytes]]:
        for place in range(len(frames)):
            if frames.reason[place] == Reason.OK:
                _, item = self.protocol.unframe(frames.raw[frames.start[place] : frames.end[place]].tobytes())
                key = self.protocol.read(item, int(frames.received_at[place])).key
                yield key, digest_of(item)


def digest_of(item: Any) -> bytes:
    """Enough of a SHA-256 to tell two contents of one number apart; the order of keys and blanks do not count."""
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).digest()[:16]


def as_text(item: Any) -> str:
    """An item as JSON text that can be written as UTF-8, whatever its strings hold."""
    text = json.dumps(item, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(item)
    return text


def read_records(
    protocol: RecordProtocol,
    items: Iterable[tuple[str, Any]],
    note: Callable[[dict[str, Any]], dict[str, Any]],
    received_at: Micros,
) -> list[Record]:
    """Each item's text and value as a record, checked; `note` gives what is noted beside it, or raises Problem."""
    records = []
    for text, item in items:
        read = protocol.read(item, received_at)
        named = tuple(one["sha256"] for one in read.values.get("media", ()) if "sha256" in one)
        record = Record(text, item, key=read.key, faults=list(read.faults), media=named)
        try:
            record.note = note(read.values)
        except ValueError as problem:
            record.faults.append(str(problem))
        records.append(record)
    return records
