"""A protocol: how its frames look and which messages it has; decodes, encodes and explains them.

Head, parts and encryption are the framing's business; what a body means is the messages'. Bad input is a value
(`Rejected`), never an exception.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tonggui.wire.declare import Message
from tonggui.wire.framing import FrameBatch, Framing, Head, HeadLayout, Reason, Rejected
from tonggui.wire.kinds import year_of
from tonggui.wire.layout import Read

if TYPE_CHECKING:
    from tonggui.wire.explain import Line


@dataclass(frozen=True, slots=True)
class Decoded:
    """A frame that could be used. `values` is empty where the body is one part of several, or encrypted."""

    message: type[Message]
    edition: str
    head: Head
    body: bytes
    values: dict[str, Any]
    problems: tuple[str, ...] = ()
    trailing: bytes = b""

    @property
    def message_id(self) -> int:
        return self.head.message_id


class Protocol:
    """Framing, head and messages under one name.

    `head` is the table of the head, its editions named as the framing's heads are. `encrypted_mask` marks the attribute
    bits that name a cipher; an encrypted body is kept, not read.
    """

    def __init__(
        self,
        name: str,
        framing: Framing,
        head: type[Message],
        messages: Iterable[type[Message]],
        encrypted_mask: int = 0,
    ) -> None:
        self.name, self.framing, self.head, self.encrypted_mask = name, framing, head, encrypted_mask
        self.messages: dict[int, type[Message]] = {message.id: message for message in messages}

    def __repr__(self) -> str:
        return f"Protocol({self.name}, {len(self.messages)} messages)"

    def with_messages(self, *messages: type[Message]) -> "Protocol":
        """This protocol with some messages replaced or added: a maker's dialect, another reading."""
        merged = {**self.messages, **{message.id: message for message in messages}}
        return Protocol(self.name, self.framing, self.head, merged.values(), self.encrypted_mask)

    def is_encrypted(self, head: Head, clean: bytes) -> bool:
        at = head.layout.attributes_at
        return bool(int.from_bytes(clean[at : at + 2], "big") & self.encrypted_mask)

    def decode_one(self, frame: bytes) -> Decoded | Rejected:
        """Decode one raw frame, flags included: the plain reference of `decode_batch`."""
        clean = self.framing.unframe(frame)
        if isinstance(clean, Rejected):
            return clean
        head = self.framing.head(clean)
        if isinstance(head, Rejected):
            return Rejected(head.reason, frame)
        message = self.messages.get(head.message_id)
        if message is None:
            return Rejected(Reason.UNKNOWN_MESSAGE, frame, f"0x{head.message_id:04X}")
        body = clean[head.body_start : head.body_end]
        if head.part_total > 1 or self.is_encrypted(head, clean):
            return Decoded(message, head.layout.name, head, body, {})
        edition, read = self.read_body(message, head.layout.name, body)
        if not read.whole:
            return Rejected(Reason.BAD_BODY, frame, f"0x{head.message_id:04X}")
        return Decoded(message, edition, head, body, read.values, read.problems, read.trailing)

    def read_body(self, message: type[Message], claimed: str, body: bytes) -> tuple[str, Read]:
        """The edition of a whole body, and what it reads as."""
        edition = message.edition_of(claimed, body)
        return edition, message.layout(edition).read(body)

    def decode_batch(self, batch: FrameBatch, message: type[Message] | int) -> dict[str, np.ndarray]:
        """Columns of all whole, plain frames of one message; see `wire.batch`."""
        from tonggui.wire.batch import decode_batch

        return decode_batch(self, batch, self.messages[message] if isinstance(message, int) else message)

    def explain(self, frame: bytes) -> "list[Line]":
        """The lines of one frame, good or broken; `wire.explain.explain` also says what is wrong, in sentences."""
        from tonggui.wire.explain import explain

        return list(explain(self, frame).lines)

    def encode(self, message_id: int, values: Mapping[str, Any], head: Mapping[str, Any]) -> bytes:
        """A whole escaped frame.

        `head`: `phone` (digits); if wanted `serial` (0), `edition` ("2013"; names the head and the body's table) and
        `part` (total, index from 1). Raises ValueError for a name the message does not have, a value that does not fit
        its field, or a body longer than one frame can say: `encode_parts` splits those.
        """
        edition = str(head.get("edition", "2013"))
        return self.frame_of(message_id, self.messages[message_id].write(values, edition), head)

    def encode_parts(self, message_id: int, values: Mapping[str, Any], head: Mapping[str, Any]) -> list[bytes]:
        """The frames of a message: one, or as many parts as its body needs, with consecutive serials."""
        edition, first = str(head.get("edition", "2013")), head.get("serial", 0)
        body = self.messages[message_id].write(values, edition)
        most = self.head_layout(edition).length_mask
        pieces = [body[at : at + most] for at in range(0, len(body), most)]
        if len(pieces) <= 1:
            return [self.frame_of(message_id, body, head)]
        return [
            self.frame_of(
                message_id, piece, {**head, "serial": (first + before) & 0xFFFF, "part": (len(pieces), before + 1)}
            )
            for before, piece in enumerate(pieces)
        ]

    def frame_of(self, message_id: int, body: bytes, head: Mapping[str, Any]) -> bytes:
        """The frame of a body that is already bytes; `head` as for `encode`."""
        layout, part = self.head_layout(str(head.get("edition", "2013"))), head.get("part")
        if len(body) > layout.length_mask:
            raise ValueError(f"a body of {len(body)} bytes; one frame has room for {layout.length_mask}")
        attributes = len(body) | layout.value | (layout.parts_mask if part else 0)
        values = {
            "message_id": message_id,
            "attributes": attributes,
            "protocol_version": 1,
            "phone": head["phone"],
            "serial": head.get("serial", 0),
        }
        if part:
            values |= {"package_total": part[0], "package_index": part[1]}
        return self.framing.frame(self.head.write(values, layout.name) + body)

    def head_layout(self, edition: str) -> HeadLayout:
        """The head that an edition uses: its own, or the latest before it, or the first there is."""
        names = {int(head.name): head for head in self.framing.heads}
        return names[max((year for year in names if year <= year_of(edition)), default=min(names))]
