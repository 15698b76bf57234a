"""How a pass lies in the frame log: one line of our own about how it came, then the item exactly as it was sent.

The first line is a JSON object of the intake: the device that signed and the end of its calibration as registered then,
or file and row. Everything behind the first line feed is the sender's, byte for byte.
"""

import json
from collections.abc import Mapping
from typing import Any


def wrap(note: Mapping[str, Any], item: str) -> bytes:
    """The frame of an item with the intake's note."""
    return json.dumps(note, ensure_ascii=False).encode() + b"\n" + item.encode()


def unwrap(raw: bytes) -> tuple[dict[str, Any], str, Any]:
    """The note, the item's text and its value; ({}, "", None) where the bytes are not such a frame."""
    head, _, body = raw.partition(b"\n")
    try:
        note, text = json.loads(head), body.decode()
        return (note, text, json.loads(text)) if isinstance(note, dict) else ({}, "", None)
    except (ValueError, RecursionError):
        return {}, "", None
