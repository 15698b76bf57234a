"""Intake: the bytes of many connections in; whole frames, their heads and their answers out.

A connection's transport gives its bytes to a `receiver`; one `split` takes all that came in one turn of a loop. A frame
whose message is declared SPECIAL, or whose identity is not the one its connection is bound to, is handed to the caller;
all others need no Python object of their own. `columns` are what a frame log takes; `answer` sends the general answers,
after the log is durable.

`intake()` gives the compiled form where it is built; `PlainIntake` is its reference and its stand-in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from time import monotonic
from typing import Protocol

from tonggui.base.native import native
from tonggui.wire.framing import Framing, Head, Piece, Reason, Rejected

CHUNKS_A_TURN = 2048
"""Chunks (of 256 KiB at most) that wait for a turn; with more the turn comes at once, so that memory stays bounded."""
SPOILT_LIMIT = 1 << 20
"""Bytes of useless pieces that are kept of one connection; what comes beyond is only counted, so that no sender can
fill the disk with noise."""


class Kind(IntEnum):
    """How a message is answered."""

    GENERAL = 0
    SILENT = 1
    SPECIAL = 2


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The general answer for frames of one head: bytes of head and body with the places to be filled in.

    `copy` (offset, size) is taken from the asking frame at the same offset: version and identity.
    """

    clean: bytes
    copy: tuple[int, int]
    serial_at: int
    answered_serial_at: int
    answered_id_at: int
    result_at: int

    def fill(self, asked: bytes, head: Head, serial: int, result: int) -> bytes:
        """The unescaped answer."""
        at, size = self.copy
        answer = bytearray(self.clean)
        answer[at : at + size] = asked[at : at + size]
        for place, value in (
            (self.serial_at, serial),
            (self.answered_serial_at, head.serial),
            (self.answered_id_at, head.message_id),
        ):
            answer[place : place + 2] = value.to_bytes(2, "big")
        answer[self.result_at] = result
        return bytes(answer)


class Intake(Protocol):
    """The connections of one gateway, by slot: a small number that is used again after `close`."""

    def open(self, slot: int, number: int, descriptor: int, /) -> None:
        """A connection begins; `number` is what the log calls it. `descriptor` is the socket that its answers may be
        sent on, or -1. It must stay open until `close`, which a loop's transport promises until `connection_lost`."""

    def close(self, slot: int, /) -> bytes:
        """A connection ends; returns the bytes behind the flag of a frame that was never closed."""

    def bind(self, slot: int, identity: bytes | None, /) -> None:
        """Frames of this identity (bytes of the head) need no more attention on this connection; None: all do."""

    def receiver(self, slot: int, wake: Callable[[bool], object], /) -> Callable[[bytes], object]:
        """What the transport of a connection calls with its bytes. `wake(False)` is called with the first chunk that
        waits for a `split`, `wake(True)` when so many wait that it must come at once."""

    def waiting(self) -> int:
        """Chunks that wait for the next `split`."""

    def heard_at(self, slot: int, /) -> float:
        """When a connection last sent anything, or began: monotonic seconds."""

    def split(self) -> list[int]:
        """Cut what came, in order. Returns the rows that need attention; all rows last to the next `split`."""

    def row(self, number: int, /) -> tuple[int, bytes]:
        """Slot and unescaped bytes of a row whose frame is good."""

    def mark(self, number: int, reason: int, answer: int | None, /) -> None:
        """Decide on a row: its reason in the log and the result code of its general answer, or None for no answer."""

    def columns(self) -> tuple[bytes, bytes, bytes, bytes]:
        """link, length (little-endian u32), reason (u8) and raw bytes of all rows."""

    def answer(self) -> list[tuple[int, bytes]]:
        """Send the general answers of all rows. Returns what no socket took, by slot, to go through the transports."""

    def hold(self, slot: int, held: bool, /) -> None:
        """While held, answers are returned by `answer`: the transport has bytes waiting that must go first."""

    def next_serial(self, slot: int, /) -> int:
        """Serial for an answer that is written elsewhere."""

    def dropped(self) -> int:
        """Bytes that were not kept because their connection had sent too much that is useless."""


def intake(
    framing: Framing, kinds: Mapping[int, Kind], forms: tuple[AnswerForm, ...], spoilt_limit: int = SPOILT_LIMIT
) -> Intake:
    """An intake for a protocol. Messages absent from `kinds` are GENERAL; `forms` has one entry for each head."""
    if native is None:
        return PlainIntake(framing, kinds, forms, spoilt_limit)
    table = bytearray(1 << 16)
    for message_id, kind in kinds.items():
        table[message_id] = kind
    spec = tuple((f.clean, *f.copy, f.serial_at, f.answered_serial_at, f.answered_id_at, f.result_at) for f in forms)
    return native.Intake(framing.grammar, bytes(table), spec, spoilt_limit)


@dataclass(slots=True)
class _Link:
    number: int
    rest: bytes = b""
    serial: int = 0
    identity: bytes | None = None
    spoilt: int = 0
    heard_at: float = field(default_factory=monotonic)


@dataclass(slots=True)
class _Row:
    slot: int
    raw: bytes
    reason: int
    clean: bytes = b""
    head: Head | None = None
    answer: int | None = None


class PlainIntake:
    """`Intake` in plain Python."""

    def __init__(self, framing: Framing, kinds: Mapping[int, Kind], forms: tuple[AnswerForm, ...], spoilt_limit: int):
        self._framing, self._kinds, self._forms, self._spoilt_limit = framing, dict(kinds), forms, spoilt_limit
        self._links: dict[int, _Link] = {}
        self._chunks: list[tuple[int, bytes]] = []
        self._rows: list[_Row] = []
        self._dropped = 0

    def open(self, slot: int, number: int, descriptor: int) -> None:
        self._links[slot] = _Link(number)

    def close(self, slot: int) -> bytes:
        return self._links.pop(slot).rest[1:]

    def bind(self, slot: int, identity: bytes | None) -> None:
        self._links[slot].identity = None if identity is None else identity.lstrip(b"\0")

    def receiver(self, slot: int, wake: Callable[[bool], object]) -> Callable[[bytes], object]:
        def receive(data: bytes) -> None:
            self._chunks.append((slot, data))
            self._links[slot].heard_at = monotonic()
            if len(self._chunks) == 1 or len(self._chunks) >= CHUNKS_A_TURN:
                wake(len(self._chunks) > 1)

        return receive

    def waiting(self) -> int:
        return len(self._chunks)

    def heard_at(self, slot: int) -> float:
        return self._links[slot].heard_at

    def split(self) -> list[int]:
        chunks, self._chunks = self._chunks, []
        self._rows = []
        special: list[int] = []
        for slot, data in chunks:
            link = self._links[slot]
            pieces, link.rest = self._framing.split_reference(link.rest + data)
            for piece in pieces:
                row = self._read(slot, piece)
                if row.reason != Reason.OK and link.spoilt + len(row.raw) > self._spoilt_limit:
                    self._dropped += len(row.raw)
                    continue
                link.spoilt += len(row.raw) if row.reason != Reason.OK else 0
                if row.head is not None and self._needs_attention(link, row.clean, row.head):
                    special.append(len(self._rows))
                self._rows.append(row)
        return special

    def _read(self, slot: int, piece: Piece) -> _Row:
        if piece.reason != Reason.OK:
            return _Row(slot, piece.raw, piece.reason)
        clean = self._framing.unframe(piece.raw)
        if isinstance(clean, Rejected):
            return _Row(slot, piece.raw, clean.reason)
        head = self._framing.head(clean)
        if isinstance(head, Rejected):
            return _Row(slot, piece.raw, head.reason)
        general = self._kinds.get(head.message_id, Kind.GENERAL) == Kind.GENERAL
        return _Row(slot, piece.raw, Reason.OK, clean, head, 0 if general else None)

    def _needs_attention(self, link: _Link, clean: bytes, head: Head) -> bool:
        at, size = head.layout.identity
        stranger = link.identity is None or clean[at : at + size].lstrip(b"\0") != link.identity
        return stranger or self._kinds.get(head.message_id) == Kind.SPECIAL

    def row(self, number: int) -> tuple[int, bytes]:
        return self._rows[number].slot, self._rows[number].clean

    def mark(self, number: int, reason: int, answer: int | None) -> None:
        self._rows[number].reason, self._rows[number].answer = reason, answer

    def columns(self) -> tuple[bytes, bytes, bytes, bytes]:
        rows = self._rows
        return (
            b"".join(self._links[row.slot].number.to_bytes(4, "little") for row in rows),
            b"".join(len(row.raw).to_bytes(4, "little") for row in rows),
            bytes(row.reason for row in rows),
            b"".join(row.raw for row in rows),
        )

    def hold(self, slot: int, held: bool) -> None:
        """Everything goes through the transports here."""

    def answer(self) -> list[tuple[int, bytes]]:
        found: list[tuple[int, bytes]] = []
        for row in self._rows:
            if row.answer is None or row.head is None:
                continue
            form = self._forms[self._framing.heads.index(row.head.layout)]
            answer = self._framing.frame(form.fill(row.clean, row.head, self.next_serial(row.slot), row.answer))
            if found and found[-1][0] == row.slot:
                found[-1] = (row.slot, found[-1][1] + answer)
            else:
                found.append((row.slot, answer))
        return found

    def next_serial(self, slot: int) -> int:
        link = self._links[slot]
        serial, link.serial = link.serial, (link.serial + 1) & 0xFFFF
        return serial

    def dropped(self) -> int:
        return self._dropped
