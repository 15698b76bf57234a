"""Kinds of field made of others: a tail of keyed items, and a repeated group."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tonggui.wire.cursor import Cursor, Short
from tonggui.wire.kinds import Field, Integer
from tonggui.wire.layout import Layout, Read

if TYPE_CHECKING:
    from tonggui.wire.declare import Message

ITEMS_BROKEN = "extras"
"""The item list contradicts its own lengths: a standard item runs past the end, or too little is left for an item."""

ITEMS_INCOMPLETE = "extras_incomplete"
"""The item list could not be read to its end."""

COUNT_WRONG = "items"
"""A repeated group has not the number of members its count says."""


@dataclass(frozen=True)
class ItemLayout:
    """What one key of an item list means. Senders reuse keys, so it holds only for the lengths the fields allow.

    `kept_raw`: JSON carries the bytes, because senders disagree on how to read them; values and pages have our reading.
    """

    title: str
    fields: tuple[Field, ...]
    kept_raw: bool = False
    since: int | None = None
    basis: str = ""
    reading: str = ""

    def lengths(self, edition: str) -> tuple[int | None, ...]:
        """The lengths an item of this key may have; None: any."""
        total, allowed = 0, []
        for line in self.fields:
            if line.optional:
                allowed.append(total)
            width = line.width(edition)
            if width is None:
                return (None,)
            total += width
        return (*allowed, total)

    def read(self, body: bytes, edition: str) -> dict[str, Any] | None:
        """The values, or None where the length is not one of ours."""
        read = Layout(edition, self.fields).read(body)
        return read.values if read.whole and not read.trailing else None


@dataclass(frozen=True)
class Item:
    """One item as it came: its key, its bytes, and its values where the key is known and the length right."""

    key: int
    raw: bytes
    values: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Tlv(Field):
    """Items of key, length and value to the end of the body; unknown ones keep their bytes, order and repeats stay."""

    key: Integer
    length: Integer
    of: Mapping[int, ItemLayout] = field(default_factory=dict)

    def runs_on(self, edition: str) -> bool:
        return True

    def read(self, cursor: Cursor, values: dict, edition: str) -> list[Item]:
        items, head = list[Item](), self.key.bytes_ + self.length.bytes_
        while cursor.left >= head:
            begin = cursor.at
            key, size = cursor.number(self.key.bytes_), cursor.number(self.length.bytes_)
            if size > cursor.left:
                cursor.at = begin
                # A maker's own item may count its length in another way; a standard one has no such excuse.
                cursor.problems += [ITEMS_INCOMPLETE] + [ITEMS_BROKEN] * (key in self.of)
                return items
            raw = cursor.take(size)
            known = self.of.get(key)
            items.append(Item(key, raw, known.read(raw, edition) if known else None))
        if cursor.left:
            cursor.problems += [ITEMS_INCOMPLETE, ITEMS_BROKEN]
        return items

    def write(self, value: list[Item] | Mapping[int, dict | bytes], values: dict, edition: str) -> bytes:
        if isinstance(value, Mapping):
            value = [Item(key, one) if isinstance(one, bytes) else Item(key, b"", one) for key, one in value.items()]
        return b"".join(
            item.key.to_bytes(self.key.bytes_, "big") + len(raw).to_bytes(self.length.bytes_, "big") + raw
            for item in value
            for raw in [self.raw_of(item, edition)]
        )

    def raw_of(self, item: Item, edition: str) -> bytes:
        """The bytes of an item: of its values where it has any."""
        if item.values is None:
            return item.raw
        return Layout(edition, self.of[item.key].fields).write(item.values)

    def nothing(self) -> list[Item]:
        return []

    def plain(self, value: list[Item]) -> dict[str, Any]:
        """`{"0x01": {"mileage_km": 10.0}, "0xEB": {"raw": "0001"}}`; a repeated key has a list."""
        out: dict[str, Any] = {}
        for item in value:
            name = f"0x{item.key:0{2 * self.key.bytes_}X}"
            one = self._plain_item(item)
            if name not in out:
                out[name] = one
            elif isinstance(out[name], list):
                out[name].append(one)
            else:
                out[name] = [out[name], one]
        return out

    def _plain_item(self, item: Item) -> dict[str, Any]:
        if item.values is None or self.of[item.key].kept_raw:
            return {"raw": item.raw.hex()}
        return {
            line.name: line.plain(item.values[line.name])
            for line in self.of[item.key].fields
            if line.name in item.values
        }


@dataclass(frozen=True, kw_only=True)
class Repeat(Field):
    """A group that stands as often as the field `count` says, each member behind its length: a body of message `of`."""

    of: "type[Message]"
    count: str
    length: Integer
    member: Layout | None = None

    def resolved(self, edition: str) -> "Repeat":
        return replace(self, member=self.of.layout(edition))

    def member_in(self, edition: str) -> Layout:
        """The table of a member."""
        return self.member or self.of.layout(edition)

    def read(self, cursor: Cursor, values: dict, edition: str) -> list[Read]:
        members: list[Read] = []
        layout = self.member_in(edition)
        while len(members) < values[self.count]:
            begin = cursor.at
            try:
                members.append(layout.read(cursor.take(cursor.number(self.length.bytes_))))
            except Short:
                cursor.at = begin
                cursor.problems.append(COUNT_WRONG)
                break
        return members

    def write(self, value: list[Read | dict[str, Any]], values: dict, edition: str) -> bytes:
        layout = self.member_in(edition)
        bodies = [layout.write(one.values if isinstance(one, Read) else one) for one in value]
        return b"".join(len(body).to_bytes(self.length.bytes_, "big") + body for body in bodies)

    def complete(self, values: dict) -> None:
        values[self.count] = len(values[self.name])

    def nothing(self) -> list[Read]:
        return []

    def plain(self, value: list[Read]) -> list[dict[str, Any]]:
        return [self.of.plain(read) for read in value]

    def show(self, value: list[Read], edition: str = "") -> str:
        return f"{len(value)} 项"


def item(
    title: str = "",
    *,
    kept_raw: bool = False,
    since: int | None = None,
    basis: str = "",
    reading: str = "",
    **fields: Field,
) -> ItemLayout:
    """What a key means: its fields by name. The title may be left out where there is one field."""
    named = tuple(line.named(name) for name, line in fields.items())
    return ItemLayout(title or named[0].title, named, kept_raw, since, basis, reading)


def tlv(title: str, *, key: Integer, length: Integer, of: Mapping[int, ItemLayout], **details: Any) -> Tlv:
    """Items to the end of the body."""
    return Tlv(title=title, key=key, length=length, of=of, **details)


def repeat(title: str, *, of: "type[Message]", count: str, length: Integer, **details: Any) -> Repeat:
    """A group counted by an earlier field."""
    return Repeat(title=title, of=of, count=count, length=length, **details)
