"""Kinds of field: numbers, flags and times; each knows its width, how to read, write, show and print itself as JSON.

A field is one line of a standard's table. It is made by calling a kind with the line's Chinese title:
`speed_kmh = u16("速度", scale=0.1, unit="km/h")`. Everything else (columns, explanations, encoders) follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from enum import IntFlag
from typing import Any

from tonggui.base.clock import CHINA, from_micros, to_micros
from tonggui.wire.cursor import Cursor

NO_TIME = -(2**63)
"""The time column's value where the digits on the wire are no date (NumPy's NaT)."""


def year_of(edition: str) -> int:
    """The year an edition's label begins with: "2019" and its variant "2019-wide" both give 2019."""
    return int(edition[:4])


def by_edition(table: Any, edition: str) -> Any:
    """A value that differs by edition: that of the exact label, else of the latest year not after it."""
    if not isinstance(table, Mapping):
        return table
    if edition in table:
        return table[edition]
    years = [year for year in table if isinstance(year, int) and year <= year_of(edition)]
    return table[max(years)] if years else table[min(y for y in table if isinstance(y, int))]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One line of a table. `since` and `only` are years of editions; `reading` says how an unclear clause is read.

    `when=(field, mask)`: the line stands only where an earlier field has one of those bits. `optional`: it may be
    missing at the end of the body.
    """

    title: str
    name: str = ""
    unit: str = ""
    since: int | None = None
    only: tuple[int, ...] = ()
    optional: bool = False
    when: tuple[str, int] | None = None
    basis: str = ""
    reading: str = ""

    def named(self, name: str) -> "Field":
        return replace(self, name=name)

    def stands_in(self, edition: str) -> bool:
        """Whether the edition has this line."""
        year = year_of(edition)
        return (self.since is None or year >= self.since) and (not self.only or year in self.only)

    def resolved(self, edition: str) -> "Field":
        """The line as one edition has it."""
        return self

    def width(self, edition: str) -> int | None:
        """Bytes on the wire; None where only the bytes themselves tell."""
        return None

    def runs_on(self, edition: str) -> bool:
        """Whether the field takes everything to the end of the body, so that none can follow."""
        return False

    def read(self, cursor: Cursor, values: dict, edition: str) -> Any:
        raise NotImplementedError

    def write(self, value: Any, values: dict, edition: str) -> bytes:
        raise NotImplementedError

    def complete(self, values: dict) -> None:
        """Before writing: set what earlier fields must say because of this one (a sign's flag, a count)."""

    def plain(self, value: Any) -> Any:
        """The value as JSON carries it."""
        return value

    def show(self, value: Any, edition: str = "") -> str:
        """The value for a reader's eye, without its unit."""
        return "" if value is None else str(self.plain(value))

    def nothing(self) -> Any:
        """What the encoder writes for a field left out."""
        return 0


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A big-endian integer, perhaps scaled; `per` is how many steps make one unit (10 for tenths).

    `negative_if=(field, flag)`: the number is a magnitude whose sign is a flag of an earlier field. No such magnitude
    has its top bit set: then it is read as two's complement, which some terminals send.
    `sign` is "" (unsigned), "twos" (two's complement) or "top" (top bit set means negative, the rest is magnitude).
    """

    bytes_: int
    per: int = 1
    sign: str = ""
    negative_if: tuple[str, int] | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    hex: bool = False
    column: str = ""

    def width(self, edition: str) -> int:
        return self.bytes_

    def read(self, cursor: Cursor, values: dict, edition: str) -> int | float:
        number = cursor.number(self.bytes_)
        top = 1 << (8 * self.bytes_ - 1)
        if self.sign == "top":
            number = -(number ^ top) if number & top else number
        elif number & top and (self.sign == "twos" or self.negative_if):
            number -= top << 1
        elif self.negative_if and values[self.negative_if[0]] & self.negative_if[1]:
            number = -number
        return number / self.per if self.per != 1 else number

    def write(self, value: int | float, values: dict, edition: str) -> bytes:
        number = round(value * self.per)
        if self.negative_if:
            number = abs(number)
        elif number < 0 and self.sign == "top":
            number = -number | 1 << (8 * self.bytes_ - 1)
        elif number < 0:
            number += 1 << (8 * self.bytes_)
        return number.to_bytes(self.bytes_, "big")

    def complete(self, values: dict) -> None:
        if self.negative_if and values[self.name]:
            flags, flag = self.negative_if
            values[flags] = values[flags] | flag if values[self.name] < 0 else values[flags] & ~int(flag)

    def plain(self, value: int | float) -> Any:
        return f"0x{value:0{2 * self.bytes_}X}" if self.hex else value

    def show(self, value: int | float, edition: str = "") -> str:
        return with_name(self.plain(value), self.names.get(value) if isinstance(value, int) else None)


@dataclass(frozen=True, kw_only=True)
class Bits(Field):
    """Some bits of the number `of` read before, under a name of their own; takes no bytes."""

    of: str
    low: int
    count: int
    names: Mapping[int, str] = field(default_factory=dict)

    def width(self, edition: str) -> int:
        return 0

    def read(self, cursor: Cursor, values: dict, edition: str) -> int:
        return values[self.of] >> self.low & (1 << self.count) - 1

    def write(self, value: int, values: dict, edition: str) -> bytes:
        return b""

    def show(self, value: int, edition: str = "") -> str:
        return with_name(value, self.names.get(value))


def with_name(value: Any, name: str | None) -> str:
    """`2（黄色）`: a code with what it means, where that is known."""
    return f"{value}（{name}）" if name else str(value)


class BitFlag(IntFlag):
    """Flags declared as `NAME = bit, "label"` or `NAME = bit, "label", {2019: "label since 2019"}`."""

    labels: Mapping[int, str]

    def __new__(cls, bit: int, label: str = "", later: Mapping[int, str] | None = None) -> "BitFlag":
        member = int.__new__(cls, 1 << bit)
        member._value_ = 1 << bit
        member.labels = {0: label, **(later or {})}
        return member

    def label(self, edition: str = "") -> str:
        """What the edition calls this flag (the newest edition where none is said)."""
        year = year_of(edition) if edition else 9999
        return self.labels[max(y for y in self.labels if y <= year)]

    @classmethod
    def named(cls, value: int, edition: str = "") -> list[str]:
        """What the set bits of a value are called, the lowest first; a bit without a name says its number."""
        names = {flag.value: flag.label(edition) for flag in cls}
        return [names.get(1 << bit, f"第{bit}位") for bit in range(value.bit_length()) if value >> bit & 1]


@dataclass(frozen=True, kw_only=True)
class Flags(Number):
    """A number whose bits have names."""

    flags: type[BitFlag]

    def show(self, value: Any, edition: str = "") -> str:
        digits = f"0x{value:0{2 * self.bytes_}X}"
        named = self.flags.named(value, edition)
        return f"{digits}（{'、'.join(named)}）" if named else digits


@dataclass(frozen=True, kw_only=True)
class BcdTime(Field):
    """`YYMMDDhhmmss` in packed decimal, of this century; an int of microseconds since 1970 UTC.

    Digits that are no date are kept as `bytes`: they occur in the field and must not be lost.
    """

    zone: timezone = CHINA

    def width(self, edition: str) -> int:
        return 6

    def read(self, cursor: Cursor, values: dict, edition: str) -> int | bytes:
        raw = cursor.take(6)
        try:
            parts = [int(f"{byte:02x}") for byte in raw]
            year, month, day, hour, minute, second = parts
            return to_micros(datetime(2000 + year, month, day, hour, minute, second, tzinfo=self.zone))
        except ValueError:
            return raw

    def write(self, value: int | bytes, values: dict, edition: str) -> bytes:
        if isinstance(value, bytes):
            return value
        return bytes.fromhex(from_micros(value).astimezone(self.zone).strftime("%y%m%d%H%M%S"))

    def plain(self, value: int | bytes) -> str:
        return f"raw:{value.hex()}" if isinstance(value, bytes) else from_micros(value).isoformat()

    def show(self, value: int | bytes, edition: str = "") -> str:
        if isinstance(value, bytes):
            return f"{value.hex()}（不是有效时间）"
        return from_micros(value).strftime("%Y-%m-%d %H:%M:%S")

    def nothing(self) -> int:
        return to_micros(datetime(2000, 1, 1, tzinfo=UTC))


def zone_of(text: str) -> timezone:
    """ "+08:00" as a timezone."""
    hours, minutes = text[1:].split(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return CHINA if text == "+08:00" else timezone(-offset if text[0] == "-" else offset)


def steps_of(scale: float) -> int:
    """How many steps make one unit, so that a value is a division: exact where a product with 0.1 is not."""
    per = round(1 / scale)
    if abs(per * scale - 1) > 1e-9:
        raise ValueError(f"scale={scale} is not one over a whole number")
    return per


@dataclass(frozen=True)
class Integer:
    """The kind of an integer of some width; calling it with a title makes the field."""

    bytes_: int
    sign: str = ""

    def __call__(self, title: str, *, scale: float = 1, **details: Any) -> Number:
        return Number(
            title=title, bytes_=self.bytes_, sign=details.pop("sign", self.sign), per=steps_of(scale), **details
        )


u8, u16, u32, u64 = Integer(1), Integer(2), Integer(4), Integer(8)
i16, i32 = Integer(2, "twos"), Integer(4, "twos")


def flags(kind: Integer, vocabulary: type[BitFlag], title: str, **details: Any) -> Flags:
    """A number of flags."""
    return Flags(title=title, bytes_=kind.bytes_, flags=vocabulary, **details)


def bits(of: str, low: int, count: int, title: str, **details: Any) -> Bits:
    """Bits `low` … `low + count - 1` of the field `of`."""
    return Bits(title=title, of=of, low=low, count=count, **details)


def bcd_time(title: str, *, zone: str = "+08:00", **details: Any) -> BcdTime:
    """Six bytes of packed decimal, local time of the zone."""
    return BcdTime(title=title, zone=zone_of(zone), **details)
