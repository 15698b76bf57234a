"""Blocks of a frame log: what came in one turn of the gateway's loop, as bytes that prove themselves.

    magic 4 | crc32 4 | payload length 4 | frame count 4 | received at, micros 8 | offset in the log 8    (the head)
    link u32 × n | length u32 × n | reason u8 × n | raw bytes of the frames                               (the payload)

All integers are little-endian, blocks begin at multiples of 16 bytes, the checksum covers everything behind itself. A
frame's position is `offset of its block / 16 << 12 | index in the block`: unique, rising, below 2**53 for the first
35 TB of a log, and found again with one read.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tonggui.base.clock import Micros
from tonggui.wire.framing import Reason

MAGIC = b"TGF1"
HEAD = struct.Struct("<4sIIIqQ")
CHECKED_FROM = 8
ALIGN = 16
INDEX_BITS = 12
FRAMES_A_BLOCK = 1 << INDEX_BITS
PER_FRAME = 9
"""Bytes of the payload that a frame takes beside its own: link, length, reason."""
READ_BYTES = 4 << 20


Bytes = bytes | bytearray | memoryview


class StoredFrame(NamedTuple):
    """One frame as it came: `raw` has its flags and escapes, `link` numbers the connection in its gateway's life."""

    position: int
    raw: bytes
    received_at: Micros
    reason: Reason
    link: int


@dataclass(slots=True)
class LoggedFrames:
    """Frames as columns: `position` u64, `received_at` i64 micros, `link` u32, `reason` u8; `raw` uint8 holds the bytes
    of row i at `start[i]:end[i]` (i64)."""

    position: np.ndarray
    received_at: np.ndarray
    link: np.ndarray
    reason: np.ndarray
    raw: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def __len__(self) -> int:
        return len(self.position)


class Block(NamedTuple):
    """One block of a log with its columns; `offset` is its place in the whole log, `size` its bytes with padding."""

    offset: int
    size: int
    received_at: Micros
    link: np.ndarray
    length: np.ndarray
    reason: np.ndarray
    raw: np.ndarray


def position_of(offset: int, index: int) -> int:
    """The position of a frame from its block's offset and its index there."""
    return offset // ALIGN << INDEX_BITS | index


def place_of(position: int) -> tuple[int, int]:
    """Block offset and index of a position."""
    return (position >> INDEX_BITS) * ALIGN, position & (FRAMES_A_BLOCK - 1)


def padded(size: int) -> int:
    return -(-size // ALIGN) * ALIGN


def pack(offset: int, received_at: Micros, link: Bytes, length: Bytes, reason: Bytes, raw: Bytes) -> list[Bytes]:
    """The frames of one turn as parts to be written one behind the other; columns as in `FrameLogWriter.append_frames`.

    More frames than one block may hold become several blocks.
    """
    if len(reason) <= FRAMES_A_BLOCK:
        return _pack_one(offset, received_at, link, length, reason, raw)
    link, length, reason, raw = memoryview(link), memoryview(length), memoryview(reason), memoryview(raw)
    ends = np.cumsum(np.frombuffer(length, "<u4"), dtype=np.int64)
    parts: list[Bytes] = []
    begin = 0
    for row in range(0, len(reason), FRAMES_A_BLOCK):
        stop = min(row + FRAMES_A_BLOCK, len(reason))
        end = int(ends[stop - 1])
        four = slice(4 * row, 4 * stop)
        block = _pack_one(offset, received_at, link[four], length[four], reason[row:stop], raw[begin:end])
        offset += sum(map(len, block))
        parts += block
        begin = end
    return parts


def _pack_one(offset: int, received_at: Micros, link: Bytes, length: Bytes, reason: Bytes, raw: Bytes) -> list[Bytes]:
    payload = PER_FRAME * len(reason) + len(raw)
    head = bytearray(HEAD.pack(MAGIC, 0, payload, len(reason), received_at, offset))
    crc = zlib.crc32(memoryview(head)[CHECKED_FROM:])
    for part in (link, length, reason, raw):
        crc = zlib.crc32(part, crc)
    head[4:8] = crc.to_bytes(4, "little")
    return [head, link, length, reason, raw, bytes(-(HEAD.size + payload) % ALIGN)]


def blocks_from(file: int, base: int, offset: int, limit_bytes: int) -> Iterator[Block]:
    """Whole blocks of a segment from an offset of the log on: about `limit_bytes`, at least one if it is whole."""
    wanted = limit_bytes
    while wanted > 0:
        data = os.pread(file, max(min(wanted, READ_BYTES), HEAD.size), offset - base)
        taken = 0
        while (block := _parse(data, taken, offset + taken)) is not None:
            taken += block.size
            yield block
        if not taken:
            size = _declared_size(data)
            if not size or size <= len(data):
                return
            data = os.pread(file, size, offset - base)
            block = _parse(data, 0, offset)
            if block is None:
                return
            taken = block.size
            yield block
        offset += taken
        wanted -= taken


def is_damaged(file: int, base: int, offset: int) -> bool:
    """Whether bytes stand at an offset that can never become a whole block, in a segment that still grows."""
    size = os.fstat(file).st_size - (offset - base)
    head = os.pread(file, HEAD.size, offset - base)
    if len(head) < HEAD.size:
        return False
    declared = _declared_size(head)
    return not declared or declared < size


def _declared_size(data: bytes) -> int:
    """Bytes of the block that begins here, with padding, if a head stands here; else 0."""
    if len(data) < HEAD.size or data[:4] != MAGIC:
        return 0
    return padded(HEAD.size + HEAD.unpack_from(data)[2])


def _parse(data: bytes, at: int, offset: int) -> Block | None:
    """The block at `data[at:]`, or None where it is not all there or not what was written."""
    if len(data) < at + HEAD.size:
        return None
    magic, crc, payload, count, received_at, own_offset = HEAD.unpack_from(data, at)
    body, end = at + HEAD.size, at + HEAD.size + payload
    if magic != MAGIC or own_offset != offset or end > len(data) or count * PER_FRAME > payload:
        return None
    if zlib.crc32(memoryview(data)[at + CHECKED_FROM : end]) != crc:
        return None
    link = np.frombuffer(data, "<u4", count, body)
    length = np.frombuffer(data, "<u4", count, body + 4 * count)
    reason = np.frombuffer(data, np.uint8, count, body + 8 * count)
    raw = np.frombuffer(data, np.uint8, payload - PER_FRAME * count, body + PER_FRAME * count)
    return Block(offset, padded(HEAD.size + payload), received_at, link, length, reason, raw)


def columns(blocks: list[Block], skip: int) -> LoggedFrames:
    """Blocks as one table, without the first `skip` frames."""

    def joined(arrays: list[np.ndarray], dtype) -> np.ndarray:
        return np.concatenate(arrays).astype(dtype, copy=False) if arrays else np.zeros(0, dtype)

    counts = [len(block.reason) for block in blocks]
    first = [position_of(block.offset, 0) for block in blocks]
    length = joined([block.length for block in blocks], np.int64)
    end = np.cumsum(length)
    position = [np.arange(at, at + count, dtype=np.uint64) for at, count in zip(first, counts, strict=True)]
    frames = LoggedFrames(
        position=joined(position, np.uint64),
        received_at=np.repeat(np.array([block.received_at for block in blocks], np.int64), counts),
        link=joined([block.link for block in blocks], np.uint32),
        reason=joined([block.reason for block in blocks], np.uint8),
        raw=joined([block.raw for block in blocks], np.uint8),
        start=end - length,
        end=end,
    )
    for name in ("position", "received_at", "link", "reason", "start", "end") if skip else ():
        setattr(frames, name, getattr(frames, name)[skip:])
    return frames
