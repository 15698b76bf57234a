"""Kinds of field that hold characters or plain bytes: GBK text, packed decimal digits, raw bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tonggui.wire.cursor import Cursor
from tonggui.wire.kinds import Field, Integer, by_edition


def decode_text(raw: bytes) -> str:
    """Text by the standard's GBK, pad zeros stripped on both sides; a sender's UTF-8 is recognised.

    UTF-8 is believed only where every character beyond ASCII is a Chinese one of three bytes: "鲁" and "豫" in GBK are
    valid UTF-8 by accident, a run of three-byte characters is not. Bytes that are no text at all become "�".
    """
    raw = raw.strip(b"\x00")
    try:
        text = raw.decode("utf-8")
        if all(char < "\x80" or "\u3000" <= char <= "\uffef" for char in text):
            return text
    except UnicodeDecodeError:
        pass
    return raw.decode("gb18030", errors="replace")


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """GBK text: of a fixed size (padded with 00), behind a length, or running to the end of the body."""

    size: int | Mapping | None = None
    length: Integer | Mapping | None = None

    def resolved(self, edition: str) -> "Text":
        return replace(self, size=by_edition(self.size, edition), length=by_edition(self.length, edition))

    def width(self, edition: str) -> int | None:
        return by_edition(self.size, edition)

    def runs_on(self, edition: str) -> bool:
        return self.width(edition) is None and by_edition(self.length, edition) is None

    def read(self, cursor: Cursor, values: dict, edition: str) -> str:
        size, length = self.width(edition), by_edition(self.length, edition)
        if length is not None:
            size = cursor.number(length.bytes_)
        return decode_text(cursor.rest() if size is None else cursor.take(size))

    def write(self, value: str, values: dict, edition: str) -> bytes:
        raw = value.encode("gb18030")
        size = self.width(edition)
        if size is not None:
            if len(raw) > size:
                raise ValueError(f"{self.name}: {value!r} needs {len(raw)} bytes, the field has {size}")
            return raw.ljust(size, b"\x00")
        length = by_edition(self.length, edition)
        return raw if length is None else len(raw).to_bytes(length.bytes_, "big") + raw

    def nothing(self) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class Bcd(Field):
    """Digits, two a byte. Nibbles that are no digits are kept as their hexadecimal letters: real devices send them."""

    size: int | Mapping

    def resolved(self, edition: str) -> "Bcd":
        return replace(self, size=by_edition(self.size, edition))

    def width(self, edition: str) -> int:
        return by_edition(self.size, edition)

    def read(self, cursor: Cursor, values: dict, edition: str) -> str:
        return cursor.take(self.width(edition)).hex()

    def write(self, value: str, values: dict, edition: str) -> bytes:
        size = self.width(edition)
        if len(value) > 2 * size:
            raise ValueError(f"{self.name}: {value!r} has more than {2 * size} digits")
        return bytes.fromhex(value.zfill(2 * size))

    def nothing(self) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class Raw(Field):
    """Bytes kept as they are: `size` of them, or all to the end."""

    size: int | Mapping | None = None

    def resolved(self, edition: str) -> "Raw":
        return replace(self, size=by_edition(self.size, edition))

    def width(self, edition: str) -> int | None:
        return by_edition(self.size, edition)

    def runs_on(self, edition: str) -> bool:
        return self.width(edition) is None

    def read(self, cursor: Cursor, values: dict, edition: str) -> bytes:
        size = self.width(edition)
        return cursor.rest() if size is None else cursor.take(size)

    def write(self, value: bytes, values: dict, edition: str) -> bytes:
        size = self.width(edition)
        if size is not None and len(value) != size:
            raise ValueError(f"{self.name}: {len(value)} bytes given, the field has {size}")
        return value

    def plain(self, value: bytes) -> str:
        return value.hex()

    def nothing(self) -> bytes:
        return bytes(self.size) if isinstance(self.size, int) else b""


def text(title: str, *, length: Integer | Mapping | None = None, **details: Any) -> Text:
    """GBK text to the end of the body, or behind a length; by edition: `length={2011: None, 2019: u8}`."""
    return Text(title=title, length=length, **details)


def fixed_text(title: str, size: int | Mapping, **details: Any) -> Text:
    """GBK text in a fixed number of bytes, which may differ by edition: `size={2011: 8, 2013: 20}`."""
    return Text(title=title, size=size, **details)


def bcd(title: str, size: int | Mapping, **details: Any) -> Bcd:
    """`size` bytes of packed decimal digits."""
    return Bcd(title=title, size=size, **details)


def raw(title: str, size: int | Mapping | None = None, **details: Any) -> Raw:
    """Bytes as they are."""
    return Raw(title=title, size=size, **details)
