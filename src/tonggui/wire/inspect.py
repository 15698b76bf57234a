"""Inspection: everything that can be read of one frame, good or broken, with what is wrong said by name.

The hot path drops what it cannot use; this is for people and for files of frames, where half an answer is an answer.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tonggui.wire.layout import Layout, Read

if TYPE_CHECKING:
    from tonggui.wire.declare import Message
    from tonggui.wire.framing import HeadLayout
    from tonggui.wire.protocol import Protocol

INCOMPLETE_FRAME, SHORT_HEADER, CHECKSUM, BODY_LENGTH = "incomplete_frame", "short_header", "checksum", "body_length"


@dataclass(frozen=True)
class Inspection:
    """One frame looked at. `clean` is head and body unescaped, `check` its check byte (None where it has none).

    `error` names the first thing wrong with the frame itself ("" where nothing is), `details` the numbers to it.
    `message` is None for an unknown one; `read` is None where the body was not read: in parts, encrypted, damaged,
    unknown.
    """

    raw: bytes
    clean: bytes
    check: int | None
    error: str
    details: dict[str, Any]
    head_layout: str
    head_table: Layout
    head: Read
    body: bytes
    message: "type[Message] | None" = None
    edition: str = ""
    read: Read | None = None
    lone_escape: bool = False
    parts: tuple[int, int] = (0, 0)
    encrypted: bool = False
    junk: bytes = field(default=b"", repr=False)


def inspect(protocol: "Protocol", raw: bytes) -> Inspection:
    """Look at one frame; bytes before its first flag and after its second are set aside. Never raises."""
    framing = protocol.framing
    flag = bytes((framing.flag,))
    opened = raw.find(flag)
    closed = raw.find(flag, opened + 1) if opened >= 0 else -1
    while closed == opened + 1 and closed > 0:
        opened, closed = closed, raw.find(flag, closed + 1)
    error, details = "", dict[str, Any]()
    if closed < 0:
        error, inner, junk = INCOMPLETE_FRAME, raw[opened + 1 :], b""
        clean, lone = framing.unescape(inner)
        check = None
    else:
        junk = raw[:opened] + raw[closed + 1 :]
        clean, lone = framing.unescape(raw[opened + 1 : closed])
        clean, check = clean[:-1], clean[-1]
        expected = framing.check(clean)
        if expected != check:
            error = CHECKSUM
            details = {"expected_checksum": f"0x{expected:02X}", "actual_checksum": f"0x{check:02X}"}
    head_layout = named_head(protocol, clean)
    head_table = protocol.head.layout(head_layout.name)
    head = head_table.read(clean)
    if not head.whole:
        return Inspection(
            raw, clean, check, error or SHORT_HEADER, details, head_layout.name, head_table, head, b"", junk=junk
        )
    start, end = head_layout.body_bounds(clean)
    body = clean[start:]
    if not error and end != len(clean):
        error, details = BODY_LENGTH, {"declared_body_length": end - start, "actual_body_length": len(body)}
    message = protocol.messages.get(head.values["message_id"])
    attributes = int.from_bytes(clean[head_layout.attributes_at : head_layout.attributes_at + 2], "big")
    encrypted = bool(attributes & protocol.encrypted_mask)
    parts = (0, 0)
    if attributes & head_layout.parts_mask:
        at = head_layout.size
        parts = int.from_bytes(clean[at : at + 2], "big"), int.from_bytes(clean[at + 2 : at + 4], "big")
    edition, read = "", None
    if message is not None and not error and not encrypted and parts[0] <= 1:
        edition, read = protocol.read_body(message, head_layout.name, body)
    return Inspection(
        raw,
        clean,
        check,
        error,
        details,
        head_layout.name,
        head_table,
        head,
        body,
        message,
        edition,
        read,
        lone,
        parts,
        encrypted,
        junk,
    )


def named_head(protocol: "Protocol", clean: bytes) -> "HeadLayout":
    """The head that fits, else the one the attributes name, else the first."""
    from tonggui.wire.framing import HeadLayout

    fitting = protocol.framing.layout_of(clean)
    if isinstance(fitting, HeadLayout):
        return fitting
    heads = protocol.framing.heads
    return next((head for head in heads if head.applies(clean)), heads[0])


def as_json(protocol: "Protocol", seen: Inspection) -> dict[str, Any]:
    """The frame as one JSON object: head, body by the names of its fields, and `error` where something is wrong.

    A part of a message has `fragment_hex`, an encrypted or unknown body `body` (hex), an unknown message
    `unknown_message`, bytes after the last field `trailing`.
    """
    out = protocol.head.plain(seen.head)
    out.pop("error", None)
    if seen.parts[0]:
        out |= {"fragment_body_length": len(seen.body), "fragment_hex": seen.body.hex()}
    if seen.head.whole and seen.message is None:
        out["unknown_message"] = True
    if seen.read is not None and seen.message is not None:
        out |= seen.message.plain(seen.read)
        if seen.read.trailing:
            out["trailing"] = seen.read.trailing.hex()
    elif seen.body and not seen.parts[0]:
        out["body"] = seen.body.hex()
    if seen.error:
        out["error"] = seen.error
    return out | seen.details
