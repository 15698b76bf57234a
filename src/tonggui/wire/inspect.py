"""Inspection: everything that can be read of one frame, good or broken, with what is wrong said by name.

The hot path drops what it cannot use; this is for people and for files of frames, where half an answer is an answer.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tonggui.wire.layout import Layout, Read

if TYPE_CHECKING:
    from tonggui.wire.declare import Message
    from tonggui.wire.framing import Framing, HeadLayout
    from tonggui.wire.protocol import Protocol

INCOMPLETE_FRAME, SHORT_HEADER, CHECKSUM, BODY_LENGTH = "incomplete_frame", "short_header", "checksum", "body_length"


class Unwrapped(NamedTuple):
    """The bytes between the flags: unescaped, the check byte apart (None where no flag closed the frame).

    `lone_escape`: an escape byte meant nothing and was kept. `junk`: bytes before the first flag and after the second.
    """

    clean: bytes
    check: int | None
    lone_escape: bool
    junk: bytes


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """One frame looked at. `error` names the first thing wrong with the frame itself ("" where nothing is), `details`
    the numbers to it.

    `message` is None for an unknown one; `read` is None where the body was not read: in parts, encrypted, damaged,
    unknown. `parts` is (total, index), (0, 0) for a whole message.
    """

    inner: Unwrapped
    error: str
    details: dict[str, Any]
    head_layout: str
    head_table: Layout
    head: Read
    body: bytes = b""
    message: "type[Message] | None" = None
    edition: str = ""
    read: Read | None = None
    parts: tuple[int, int] = (0, 0)
    encrypted: bool = False


def inspect(protocol: "Protocol", raw: bytes) -> Inspection:
    """Look at one frame. Never raises."""
    inner = unwrap(protocol.framing, raw)
    clean = inner.clean
    error, details = fault_of_check(protocol.framing, inner)
    layout = named_head(protocol, clean)
    table = protocol.head.layout(layout.name)
    head = table.read(clean)
    known: dict[str, Any] = {"inner": inner, "head_layout": layout.name, "head_table": table, "head": head}
    if not head.whole:
        return Inspection(**known, error=error or SHORT_HEADER, details=details)
    start, end = layout.body_bounds(clean)
    body = clean[start:]
    if not error and end != len(clean):
        error, details = BODY_LENGTH, {"declared_body_length": end - start, "actual_body_length": len(body)}
    message = protocol.messages.get(head.values["message_id"])
    encrypted = bool(number_at(clean, layout.attributes_at) & protocol.encrypted_mask)
    in_parts = number_at(clean, layout.attributes_at) & layout.parts_mask
    parts = (number_at(clean, layout.size), number_at(clean, layout.size + 2)) if in_parts else (0, 0)
    edition, read = "", None
    if message is not None and not error and not encrypted and parts[0] <= 1:
        edition, read = protocol.read_body(message, layout.name, body)
    return Inspection(
        **known,
        error=error,
        details=details,
        body=body,
        message=message,
        edition=edition,
        read=read,
        parts=parts,
        encrypted=encrypted,
    )


def unwrap(framing: "Framing", raw: bytes) -> Unwrapped:
    """What stands between the first two flags that have anything between them."""
    flag = bytes((framing.flag,))
    opened = raw.find(flag)
    closed = raw.find(flag, opened + 1) if opened >= 0 else -1
    while 0 < closed == opened + 1:
        opened, closed = closed, raw.find(flag, closed + 1)
    if closed < 0:
        clean, lone = framing.unescape(raw[opened + 1 :])
        return Unwrapped(clean, None, lone, raw[: max(opened, 0)].replace(flag, b""))
    clean, lone = framing.unescape(raw[opened + 1 : closed])
    return Unwrapped(clean[:-1], clean[-1], lone, (raw[:opened] + raw[closed + 1 :]).replace(flag, b""))


def fault_of_check(framing: "Framing", inner: Unwrapped) -> tuple[str, dict[str, Any]]:
    """The error of a frame without end or with a wrong check byte, and the numbers to it."""
    if inner.check is None:
        return INCOMPLETE_FRAME, {}
    expected = framing.check(inner.clean)
    if expected == inner.check:
        return "", {}
    return CHECKSUM, {"expected_checksum": f"0x{expected:02X}", "actual_checksum": f"0x{inner.check:02X}"}


def number_at(clean: bytes, at: int) -> int:
    """The u16 at an offset."""
    return int.from_bytes(clean[at : at + 2], "big")


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
