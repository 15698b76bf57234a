"""Framing: where one message ends and the next begins, whether its bytes arrived whole, and whose it is.

A protocol says how its frames look (`Framing`) and how their heads read (`HeadLayout`); nothing here knows a message.
The functions of `Framing` are the plain reference, one frame at a time. `Framing.batch` gives the same for many frames
as columns, compiled where `tonggui._native` is built.

Every non-empty piece between two flags counts as a frame, so one flag may close a frame and open the next, and bytes
that make no sense spoil only the piece they stand in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tonggui.base.native import native


class Reason(IntEnum):
    """Why a frame can or cannot be used. The numbers are kept in frame logs: never change one, only add."""

    OK = 0, "正常"
    CHECKSUM = 1, "校验码不符"
    LENGTH = 2, "消息体长度与声明不符"
    ESCAPE = 3, "转义错误"
    SHORT_HEAD = 4, "消息头不完整"
    OVERSIZE = 5, "超长，未见结束标识"
    UNKNOWN_MESSAGE = 6, "未知消息"
    UNKNOWN_TERMINAL = 7, "终端未登记"
    NOT_AUTHENTICATED = 8, "终端未鉴权"
    FOREIGN_PROTOCOL = 9, "非本协议数据"
    INCOMPLETE = 10, "连接中断，帧不完整"
    BAD_BODY = 11, "消息体内容无法解析"

    label: str

    def __new__(cls, value: int, label: str = "") -> "Reason":
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Rejected:
    """A frame that could not be used, kept so that it can be looked at and decoded later."""

    reason: Reason
    raw: bytes
    detail: str = ""


class Piece(NamedTuple):
    """A part of the byte stream: a frame with both flags (OK), or bytes that are none (the reason says why)."""

    raw: bytes
    reason: Reason


@dataclass(frozen=True, slots=True)
class HeadLayout:
    """One edition of a protocol's head; it applies where `u16 at attributes_at & mask == value`.

    Offsets and sizes are in bytes from the start of the unescaped frame; integers are big-endian u16. Where the
    attributes carry `parts_mask`, two more u16 follow the head: how many parts the message has, and which this is.
    """

    name: str
    mask: int
    value: int
    identity: tuple[int, int]
    serial_at: int
    size: int
    id_at: int = 0
    attributes_at: int = 2
    length_mask: int = 0x3FF
    parts_mask: int = 0x2000

    def applies(self, clean: bytes) -> bool:
        at = self.attributes_at
        return len(clean) >= at + 2 and int.from_bytes(clean[at : at + 2], "big") & self.mask == self.value

    def body_bounds(self, clean: bytes) -> tuple[int, int]:
        """Where the body starts and, by the declared length, ends; the end may lie beyond the bytes that came."""
        attributes = int.from_bytes(clean[self.attributes_at : self.attributes_at + 2], "big")
        start = self.size + (4 if attributes & self.parts_mask else 0)
        return start, start + (attributes & self.length_mask)


class Head(NamedTuple):
    """What the head of one frame says. `identity` is hex text without leading zeros, so both editions agree on it."""

    layout: HeadLayout
    message_id: int
    identity: str
    serial: int
    body_start: int
    body_end: int
    part_total: int
    part_index: int


@dataclass(slots=True)
class FrameBatch:
    """Many frames as columns, row for row as given to `Framing.batch`.

    `clean` (uint8) holds the unescaped bytes, head to body without the check byte; row i has `clean[start[i]:end[i]]`
    (int64). `reason` (uint8) is a `Reason`; rows that are not OK have zeros in `head`. `head` holds `message_id` u16,
    `head_layout` u8 (index into `Framing.heads`), `identity` S<n> (hex, no leading zeros), `serial` u16, `body_start`
    and `body_end` i64 (offsets into `clean`), `part_total` and `part_index` u16 (0 where the message is whole).
    """

    clean: np.ndarray
    start: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    head: dict[str, np.ndarray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.start)

    def frame(self, row: int) -> bytes:
        """The unescaped bytes of one row."""
        return self.clean[self.start[row] : self.end[row]].tobytes()


def xor8(data: bytes) -> int:
    """The exclusive or of all bytes."""
    value = 0
    for byte in data:
        value ^= byte
    return value


FRAME_COLUMNS = {"clean": "u1", "start": "i8", "end": "i8", "reason": "u1"}
CHECKSUMS = {"xor8": xor8}


@dataclass(frozen=True)
class Framing:
    """Flag, escape, check byte and heads of a protocol whose frames lie between flags.

    `escapes` maps the byte after the escape byte to the byte that is meant. `max_frame` is the longest frame in raw
    bytes, flags included; more without a closing flag is given up as OVERSIZE.
    """

    heads: tuple[HeadLayout, ...]
    flag: int = 0x7E
    escape: int = 0x7D
    escapes: dict[int, int] = field(default_factory=lambda: {1: 0x7D, 2: 0x7E})
    checksum: str = "xor8"
    max_frame: int = 4096

    def split_reference(self, buffer: bytes) -> tuple[list[Piece], bytes]:
        """Cut the bytes of a connection into pieces and the rest to put before its next bytes.

        The rest begins with the flag that opened it, or is empty where no frame is open. Bytes outside any frame come
        back as FOREIGN_PROTOCOL, a run without a closing flag as OVERSIZE.
        """
        flag = bytes((self.flag,))
        first = buffer.find(flag)
        if first < 0:
            return ([Piece(buffer, Reason.FOREIGN_PROTOCOL)] if buffer else []), b""
        pieces = [Piece(buffer[:first], Reason.FOREIGN_PROTOCOL)] if first else []
        opened = first
        while (closed := buffer.find(flag, opened + 1)) >= 0:
            if closed > opened + 1:
                raw = buffer[opened : closed + 1]
                pieces.append(Piece(raw, Reason.OK if len(raw) <= self.max_frame else Reason.OVERSIZE))
            opened = closed
        rest = buffer[opened:]
        if len(rest) >= self.max_frame:
            pieces.append(Piece(rest, Reason.OVERSIZE))
            rest = b""
        return pieces, rest

    def unescape(self, inner: bytes) -> tuple[bytes, bool]:
        """The bytes meant, and whether an escape byte stood alone. A lone one is kept as it is: some terminals leave
        their check byte unescaped, and the checksum tells whether that was meant."""
        clean, lone, at = bytearray(), False, 0
        while at < len(inner):
            byte = inner[at]
            meant = self.escapes.get(inner[at + 1]) if byte == self.escape and at + 1 < len(inner) else None
            if meant is not None:
                clean.append(meant)
                at += 2
                continue
            lone = lone or byte == self.escape
            clean.append(byte)
            at += 1
        return bytes(clean), lone

    def unframe(self, raw: bytes) -> bytes | Rejected:
        """Head and body of one raw frame (with both flags), its check byte proved and taken off."""
        if len(raw) < 2 or raw[0] != self.flag or raw[-1] != self.flag:
            return Rejected(Reason.FOREIGN_PROTOCOL, raw)
        if len(raw) > self.max_frame:
            return Rejected(Reason.OVERSIZE, raw)
        clean, lone = self.unescape(raw[1:-1])
        if not clean:
            return Rejected(Reason.SHORT_HEAD, raw)
        if self.check(clean[:-1]) != clean[-1]:
            return Rejected(Reason.ESCAPE if lone else Reason.CHECKSUM, raw)
        clean = clean[:-1]
        layout = self.layout_of(clean)
        if isinstance(layout, Reason):
            return Rejected(layout, raw)
        return clean

    def layout_of(self, clean: bytes) -> HeadLayout | Reason:
        """The head that fits: the one the attributes name, else an earlier one whose declared length is right.

        Some 2013 terminals set the bit of the 2019 head by mistake; their lengths give them away. The other way round
        is not known to happen, and a wrong length there stays one.
        """
        named = next((head for head in self.heads if head.applies(clean)), None)
        earlier = self.heads if named is None else self.heads[: self.heads.index(named)]
        for head in (named, *earlier) if named else earlier:
            if len(clean) >= head.size and head.body_bounds(clean)[1] == len(clean):
                return head
        smallest = named.size if named else min(head.size for head in self.heads)
        return Reason.SHORT_HEAD if len(clean) < smallest else Reason.LENGTH

    def head(self, clean: bytes) -> Head | Rejected:
        """Read the head of an unescaped frame."""
        layout = self.layout_of(clean)
        if isinstance(layout, Reason):
            return Rejected(layout, clean)
        number = lambda at: int.from_bytes(clean[at : at + 2], "big")  # noqa: E731
        start, end = layout.body_bounds(clean)
        at, size = layout.identity
        parts = (number(layout.size), number(layout.size + 2)) if start > layout.size else (0, 0)
        identity = clean[at : at + size].hex().lstrip("0") or "0"
        return Head(layout, number(layout.id_at), identity, number(layout.serial_at), start, end, *parts)

    def check(self, clean: bytes) -> int:
        return CHECKSUMS[self.checksum](clean)

    def frame(self, clean: bytes) -> bytes:
        """Head and body as they go over the wire: check byte added, escaped, between flags."""
        inner = clean + bytes((self.check(clean),))
        escaped = inner.replace(bytes((self.escape,)), self._replacements[self.escape])
        for meant, pair in self._replacements.items():
            if meant != self.escape:
                escaped = escaped.replace(bytes((meant,)), pair)
        flag = bytes((self.flag,))
        return flag + escaped + flag

    @cached_property
    def _replacements(self) -> dict[int, bytes]:
        """Byte that must not stand in a frame -> the pair that stands for it."""
        return {meant: bytes((self.escape, code)) for code, meant in self.escapes.items()}

    @property
    def identity_digits(self) -> int:
        """Width of the identity column: the longest identity as hex text."""
        return 2 * max(head.identity[1] for head in self.heads)

    def batch(self, raw: np.ndarray, start: np.ndarray, end: np.ndarray) -> FrameBatch:
        """Unescape, check and read the heads of many raw frames: row i is `raw[start[i]:end[i]]`, flags included."""
        if native is None:
            return self.batch_reference(raw, start, end)
        columns = native.unframe_batch(
            self.grammar,
            np.ascontiguousarray(raw, dtype=np.uint8),
            np.ascontiguousarray(start, dtype=np.int64),
            np.ascontiguousarray(end, dtype=np.int64),
        )
        types = (*FRAME_COLUMNS.values(), *self._head_columns.values())
        clean, begin, stop, reason, *head = (
            np.frombuffer(column, dtype) for column, dtype in zip(columns, types, strict=True)
        )
        return FrameBatch(clean, begin, stop, reason, dict(zip(self._head_columns, head, strict=True)))

    @cached_property
    def grammar(self) -> tuple:
        """The framing as the compiled module takes it."""
        heads = tuple(
            (h.mask, h.value, h.length_mask, h.parts_mask, h.id_at, h.attributes_at, *h.identity, h.serial_at, h.size)
            for h in self.heads
        )
        return (self.flag, self.escape, tuple(self.escapes.items()), self.max_frame, heads)

    @cached_property
    def _head_columns(self) -> dict[str, str]:
        """Columns of `FrameBatch.head` with their types, in the order of the compiled module."""
        return {
            "message_id": "u2",
            "head_layout": "u1",
            "identity": f"S{self.identity_digits}",
            "serial": "u2",
            "body_start": "i8",
            "body_end": "i8",
            "part_total": "u2",
            "part_index": "u2",
        }

    def batch_reference(self, raw: np.ndarray, start: np.ndarray, end: np.ndarray) -> FrameBatch:
        """`batch`, frame by frame in plain Python: what the compiled form is compared with."""
        data = np.ascontiguousarray(raw, dtype=np.uint8).tobytes()
        rows = list(self._rows(data, start, end))
        count = len(rows)
        sizes = np.fromiter((len(clean) for clean, _, _ in rows), np.int64, count)
        ends = np.cumsum(sizes)
        starts = ends - sizes
        heads = [head for _, _, head in rows]

        def column(dtype, read):
            return np.fromiter((read(head) if head else 0 for head in heads), dtype, count)

        body = [
            (at + head.body_start, at + head.body_end) if head else (0, 0)
            for at, head in zip(starts, heads, strict=True)
        ]
        return FrameBatch(
            clean=np.frombuffer(b"".join(clean for clean, _, _ in rows), np.uint8),
            start=starts,
            end=ends,
            reason=np.fromiter((reason for _, reason, _ in rows), np.uint8, count),
            head={
                "message_id": column(np.uint16, lambda head: head.message_id),
                "head_layout": column(np.uint8, lambda head: self.heads.index(head.layout)),
                "identity": np.array(
                    [head.identity.encode() if head else b"" for head in heads], f"S{self.identity_digits}"
                ),
                "serial": column(np.uint16, lambda head: head.serial),
                "body_start": np.fromiter((a for a, _ in body), np.int64, count),
                "body_end": np.fromiter((b for _, b in body), np.int64, count),
                "part_total": column(np.uint16, lambda head: head.part_total),
                "part_index": column(np.uint16, lambda head: head.part_index),
            },
        )

    def _rows(self, data: bytes, start: np.ndarray, end: np.ndarray) -> Iterator[tuple[bytes, Reason, Head | None]]:
        for begin, stop in zip(start.tolist(), end.tolist(), strict=True):
            clean = self.unframe(data[begin:stop])
            if isinstance(clean, Rejected):
                yield b"", clean.reason, None
                continue
            head = self.head(clean)
            yield (b"", head.reason, None) if isinstance(head, Rejected) else (clean, Reason.OK, head)
