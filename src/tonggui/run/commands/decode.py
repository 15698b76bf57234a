"""Hex frames, one a line on stdin → one JSON object a line: head, fields by name, errors as {"error": …}.

A line may hold several frames: of one message in parts it gives the message, else {"frames", "pending_bytes",
"messages"}. The frame that completes a message begun on earlier lines gives the whole message too. Every line has its
object, whatever stands on it.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from tonggui.protocols.jt808 import JT808
from tonggui.wire.framing import Reason
from tonggui.wire.inspect import Inspection, as_json, inspect
from tonggui.wire.parts import Assembly


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: the frames come on stdin."""


def run(options: argparse.Namespace) -> None:
    for found in decode_lines(sys.stdin.buffer):
        print(json.dumps(found, ensure_ascii=False), flush=True)


def decode_lines(lines: Iterable[bytes | str]) -> Iterator[dict[str, Any]]:
    """One object for each line."""
    parts = Assembly()
    for line in lines:
        text = line.decode("ascii", errors="replace") if isinstance(line, bytes) else line
        try:
            raw = bytes.fromhex(text.strip().removeprefix("0x"))
        except ValueError:
            yield {"error": "not_hex"}
            continue
        yield decode_line(raw, parts)


def decode_line(raw: bytes, parts: Assembly) -> dict[str, Any]:
    """The object of one line's bytes."""
    pieces, rest = JT808.framing.split_reference(raw)
    frames = [piece.raw for piece in pieces if piece.reason is Reason.OK]
    if len(frames) <= 1:
        return decode_frame(inspect(JT808, raw), parts)
    seen = [inspect(JT808, frame) for frame in frames]
    messages = [decode_frame(one, parts) for one in seen]
    pending = len(rest) if len(rest) > 1 else 0  # a closing flag may open the next frame; alone it waits for nothing
    several: dict[str, Any] = {"frames": [frame.hex() for frame in frames], "pending_bytes": pending}
    whole = [message for message in messages if "reassembled_body_length" in message]
    if len(whole) == 1 and whole[0]["package_total"] == len(frames):
        return several | whole[0]
    return several | {"messages": messages}


def decode_frame(seen: Inspection, parts: Assembly) -> dict[str, Any]:
    """The object of one frame; of the whole message where this was its last missing part."""
    out = as_json(JT808, seen)
    total, index = seen.parts
    if total <= 1 or seen.error or seen.encrypted:
        return out
    serial, message_id = seen.head.values["serial"], seen.head.values["message_id"]
    body = parts.add(seen.head.values["phone"], message_id, serial, total, index, seen.body)
    if body is None:
        return out
    first = (serial - index + 1) & 0xFFFF
    out |= {"serials": [(first + number) & 0xFFFF for number in range(total)], "reassembled_body_length": len(body)}
    if seen.message is None:
        return out | {"body": body.hex()}
    return out | seen.message.plain(JT808.read_body(seen.message, seen.head_layout, body)[1])
