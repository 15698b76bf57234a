"""The frame log: everything that arrived, as it arrived, durable before it is answered.

A log is a folder of segments; a segment is a row of blocks (`stream.block`), one for each turn of the gateway's loop. A
segment's name is the offset of its first byte in the whole log.

One process writes (a lock says so), any number read while it does. A writer that opens a log cuts a torn tail into a
file beside it, and goes on in a new segment some way further, so that no position is ever given twice, even where a
reader saw blocks that a power cut took away.
"""

import fcntl
import os
import struct
import time
from bisect import bisect_right
from pathlib import Path

from tonggui.base.clock import Micros
from tonggui.stream.block import (
    Block,
    Bytes,
    LoggedFrames,
    StoredFrame,
    blocks_from,
    columns,
    is_damaged,
    pack,
    padded,
    place_of,
    position_of,
)
from tonggui.wire.framing import Reason

SEGMENT_BYTES = 256 << 20
GAP_BYTES = 16 << 20
SUFFIX = ".frames"
PARTS_A_WRITE = 512
"""Below what one call of the system takes (IOV_MAX, 1,024 on Linux)."""


class LogDamaged(Exception):
    """A block inside a log (not its growing end) cannot be read; the message names the file and the byte."""


class LogInUse(Exception):
    """Another process writes this log."""


def segments(folder: Path) -> list[tuple[int, Path]]:
    """The segments of a log with the offset each begins at, in order."""
    return sorted((int(path.stem), path) for path in folder.glob(f"*{SUFFIX}"))


class FrameLogWriter:
    """Appends to a log. `append*` writes, `sync` makes durable; only what a finished `sync` covers may be answered.

    OSError (a full or failing disk) leaves the log whole as of the last `sync`; a later append tries again.
    """

    def __init__(self, folder: Path, segment_bytes: int = SEGMENT_BYTES):
        self.folder = folder
        self.segment_bytes = segment_bytes
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(folder / "writer.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise LogInUse(f"{folder}: another process writes this log") from None
        self._file: int | None = None
        self._base = 0
        self.end = self._recovered_end()
        """Offset in the log where the next block goes."""
        self._durable = self.end

    def append(
        self, raw: bytes, *, link: int = 0, reason: Reason = Reason.OK, received_at: Micros | None = None
    ) -> int:
        """Write one frame and return its position."""
        return self.append_frames(
            time.time_ns() // 1000 if received_at is None else received_at,
            struct.pack("<I", link),
            struct.pack("<I", len(raw)),
            bytes((reason,)),
            raw,
        )

    def append_frames(self, received_at: Micros, link: bytes, length: bytes, reason: bytes, raw: bytes) -> int:
        """Write the frames of one turn and return the position of the first.

        Columns as bytes: `link` and `length` little-endian u32 each, `reason` u8 each; `raw` all frames in order.
        """
        count = len(reason)
        if len(link) != 4 * count or len(length) != 4 * count:
            raise ValueError(f"columns of {len(link) // 4}, {len(length) // 4} and {count} frames")
        first = self.end
        try:
            self._write(pack(first, received_at, link, length, reason, raw))
        except OSError:
            self._give_up()
            raise
        return position_of(first, 0)

    def sync(self) -> None:
        """Make everything appended durable (fdatasync)."""
        if self._durable == self.end or self._file is None:
            return
        try:
            os.fdatasync(self._file)
        except OSError:
            self._give_up()
            raise
        self._durable = self.end

    def close(self) -> None:
        if self._file is not None:
            self.sync()
            os.close(self._file)
            self._file = None
        os.close(self._lock)

    def __enter__(self) -> "FrameLogWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, parts: list[Bytes]) -> None:
        size = sum(map(len, parts))
        if self._file is not None and self.end - self._base + size > self.segment_bytes and self.end > self._base:
            self.sync()
            os.close(self._file)
            self._file = None
        file = self._begun_segment() if self._file is None else self._file
        written = sum(os.writev(file, parts[at : at + PARTS_A_WRITE]) for at in range(0, len(parts), PARTS_A_WRITE))
        if written != size:
            raise OSError(f"{self.folder}: {written} of {size} bytes written; the disk is probably full")
        self.end += size

    def _begun_segment(self) -> int:
        path = self.folder / f"{self.end:020d}{SUFFIX}"
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC, 0o644)
        self._base = self._durable = self.end
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return self._file

    def _give_up(self) -> None:
        """After a failed write or sync: take back what is not durable, go on later in a new segment."""
        if self._file is None:
            return
        try:
            os.ftruncate(self._file, self._durable - self._base)
        finally:
            os.close(self._file)
            self._file = None
            self.end = self._durable = padded(self.end + GAP_BYTES)

    def _recovered_end(self) -> int:
        """Cut the torn tail of the last segment and say where a new one may begin."""
        existing = segments(self.folder)
        if not existing:
            return 0
        base, path = existing[-1]
        whole = base
        with path.open("r+b") as file:
            size = os.fstat(file.fileno()).st_size
            for block in blocks_from(file.fileno(), base, base, size):
                whole = block.offset + block.size
            if whole - base < size:
                file.seek(whole - base)
                path.with_suffix(f".torn-{whole}").write_bytes(file.read())
                file.truncate(whole - base)
                os.fsync(file.fileno())
        return padded(whole + GAP_BYTES)


class FrameLogReader:
    """Reads a log, also while it is written."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._file: int | None = None
        self._base = -1

    def read(self, position: int, limit_bytes: int = 4 << 20) -> tuple[LoggedFrames, int]:
        """Frames from a position on, in order, and the position to go on from.

        About `limit_bytes` at most, whole blocks at least one; none when the end is reached. LogDamaged where a block
        that is not the growing end cannot be read.
        """
        offset, skip = place_of(position)
        blocks: list[Block] = []
        while not blocks:
            known = segments(self.folder)
            at = bisect_right(known, offset, key=lambda segment: segment[0]) - 1
            if at < 0 and not known:
                return columns([], 0), position
            if at < 0:
                at, offset, skip = 0, known[0][0], 0
            base, path = known[at]
            file = self._opened(base, path)
            blocks = list(blocks_from(file, base, offset, limit_bytes))
            if blocks:
                break
            grows = at + 1 == len(known)
            if is_damaged(file, base, offset) if grows else offset - base < os.fstat(file).st_size:
                raise LogDamaged(f"{path}: no whole block at byte {offset - base}")
            if grows:
                return columns([], 0), position
            offset, skip = known[at + 1][0], 0
        return columns(blocks, skip), position_of(blocks[-1].offset + blocks[-1].size, 0)

    def frame_at(self, position: int) -> StoredFrame:
        """The frame of a position; KeyError where there is none."""
        offset, index = place_of(position)
        known = segments(self.folder)
        at = bisect_right(known, offset, key=lambda segment: segment[0]) - 1
        if at < 0:
            raise KeyError(position)
        block = next(blocks_from(self._opened(*known[at]), known[at][0], offset, 1), None)
        if block is None or index >= len(block.reason):
            raise KeyError(position)
        end = int(block.length[: index + 1].sum())
        raw = block.raw[end - int(block.length[index]) : end].tobytes()
        return StoredFrame(position, raw, block.received_at, Reason(block.reason[index]), int(block.link[index]))

    def end(self) -> int:
        """The position behind the last whole block: what a reader that wants only news begins with."""
        known = segments(self.folder)
        if not known:
            return 0
        base, path = known[-1]
        file = self._opened(base, path)
        last = base
        for block in blocks_from(file, base, base, os.fstat(file).st_size):
            last = block.offset + block.size
        return position_of(last, 0)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> "FrameLogReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self, base: int, path: Path) -> int:
        if self._base != base or self._file is None:
            self.close()
            self._file = os.open(path, os.O_RDONLY)
            self._base = base
        return self._file
