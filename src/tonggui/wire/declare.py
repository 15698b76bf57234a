"""The vocabulary of protocol messages: the body of a `Message` is the table of the standard, line by line.

    class PlatformAnswer(Message, id=0x8001, title="平台通用应答", basis="JT/T 808-2019 8.2"):
        ack_serial = u16("应答流水号")
        ack_id = u16("应答ID", hex=True)
        result = u8("结果", names=RESULTS)

From it come the plain decoder, the batch decoder, the encoder, the explanation of a frame, and its tests.
"""

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from tonggui.wire.columns import column_fields
from tonggui.wire.groups import ITEMS_INCOMPLETE, Item, ItemLayout, Repeat, Tlv, item, repeat, tlv
from tonggui.wire.kinds import (
    BitFlag,
    Bits,
    Field,
    Number,
    bcd_time,
    bits,
    by_edition,
    flags,
    i16,
    i32,
    u8,
    u16,
    u32,
    u64,
)
from tonggui.wire.layout import Layout, Read
from tonggui.wire.mistakes import did_you_mean, mistake
from tonggui.wire.texts import bcd, fixed_text, raw, text

__all__ = [
    "BitFlag", "Example", "Item", "ItemLayout", "Message", "bcd", "bcd_time", "bits", "dialect", "fixed_text", "flags",
    "i16", "i32", "item", "raw", "repeat", "text", "tlv", "u8", "u16", "u32", "u64",
]  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A frame and what it reads as; `reads` names fields, and item fields as they stand in columns."""

    title: str
    frame: str
    reads: Mapping[str, Any] = field(default_factory=dict)
    edition: str = ""


class Message:
    """One message of a protocol. Subclasses are declarations; they are never instantiated.

    Class keywords: `id`; `title`; `basis`, which may differ by edition; `editions`: for the name of a head layout, the
    editions to try in order, the first whose bytes add up being taken (left out: the edition of the head's name).
    """

    id: ClassVar[int]
    title: ClassVar[str]
    basis: ClassVar[str | Mapping[int, str]]
    editions: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    fields: ClassVar[tuple[Field, ...]] = ()
    examples: ClassVar[list[Example]] = []
    maker: ClassVar[str] = ""
    _layouts: ClassVar[dict[str, Layout]]

    def __init_subclass__(
        cls,
        *,
        id: int,
        title: str,
        basis: str | Mapping[int, str],
        editions: Mapping[str, tuple[str, ...]] | None = None,
        **keywords: Any,
    ) -> None:
        super().__init_subclass__(**keywords)
        cls.id, cls.title, cls.basis, cls._layouts = id, title, basis, {}
        cls.editions = editions or cls.editions
        lines = {line.name: line for line in cls.fields}
        for name, value in list(vars(cls).items()):
            if isinstance(value, Field):
                if hasattr(Message, name):
                    raise mistake(cls, f'.{name}: "{name}" is a word of every message; give the field another name.')
                lines[name] = value.named(name)
                setattr(cls, name, lines[name])
        cls.fields = tuple(lines.values())
        check(cls)

    @classmethod
    def layout(cls, edition: str) -> Layout:
        """The lines that an edition has. Editions with the same lines share one layout."""
        if edition not in cls._layouts:
            lines = tuple(line.resolved(edition) for line in cls.fields if line.stands_in(edition))
            same = (known for known in cls._layouts.values() if known.fields == lines)
            cls._layouts[edition] = next(same, None) or Layout(edition, lines)
        return cls._layouts[edition]

    @classmethod
    def basis_of(cls, edition: str) -> str:
        """Standard and clause of the message in an edition."""
        return by_edition(cls.basis, edition)

    @classmethod
    def edition_of(cls, claimed: str, body: bytes) -> str:
        """The edition of a body whose head claims `claimed`: the first candidate whose bytes add up, else the first."""
        candidates = cls.editions.get(claimed, (claimed,))
        if len(candidates) == 1:
            return candidates[0]
        return next((edition for edition in candidates if cls.layout(edition).fits(body)), candidates[0])

    @classmethod
    def write(cls, values: Mapping[str, Any], edition: str) -> bytes:
        """A body; values that only other editions have are left out, unknown names raise ValueError."""
        layout = cls.layout(edition)
        known = [line.name for line in cls.fields]
        for name in values:
            if name not in known:
                raise ValueError(f'{cls.__name__} has no field "{name}".{did_you_mean(name, known)}')
        standing = {line.name for line in layout.fields}
        return layout.write({name: value for name, value in values.items() if name in standing})

    @classmethod
    def plain(cls, read: Read) -> dict[str, Any]:
        """Values as JSON carries them; empty lists of items are left out, problems said."""
        named = {line.name: line for line in cls.fields}
        out = {
            name: named[name].plain(value)
            for name, value in read.values.items()
            if not (isinstance(named[name], Tlv) and not value)
        }
        for problem in read.problems:
            if problem == ITEMS_INCOMPLETE:
                out[problem] = True
            else:
                out["error"] = problem
        return out

    @classmethod
    def frames(cls) -> list[bytes]:
        """The frames of the examples."""
        return [bytes.fromhex(example.frame) for example in cls.examples]


def check(message: type[Message]) -> None:
    """Raise `DeclarationError` where a declaration contradicts itself."""
    check_references(message, message.fields)
    for edition in editions_named(message):
        standing = message.layout(edition).fields
        for line in standing[:-1]:
            if line.runs_on(edition):
                raise mistake(message, f".{line.name} runs to the end of the body, but fields follow it in {edition}.")
    names = [name for name, _ in column_fields(message.fields)]
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled:
        raise mistake(message, f': two fields want the column "{doubled}"; give one of them another name.')
    for example in message.examples:
        try:
            bytes.fromhex(example.frame)
        except ValueError:
            raise mistake(message, f": the frame of the example “{example.title}” is not hexadecimal.") from None


def check_references(message: type[Message], lines: Iterable[Field], place: str = "") -> None:
    """Every name that a line uses is that of an earlier line of its own table; so in the tables of items."""
    before: list[str] = []
    for line in lines:
        for role, name in references(line):
            if name not in before:
                raise mistake(message, f'{place}.{line.name} {role} names "{name}".{did_you_mean(name, before)}')
        before.append(line.name)
        if isinstance(line, Tlv):
            for key, one in line.of.items():
                check_references(message, one.fields, f".{line.name}[0x{key:X}]")


def references(line: Field) -> list[tuple[str, str]]:
    """Names of earlier fields that a line uses, each with the word it uses it by."""
    found = [("when", line.when[0])] if line.when else []
    if isinstance(line, Number) and line.negative_if:
        found.append(("negative_if", line.negative_if[0]))
    if isinstance(line, Bits):
        found.append(("of", line.of))
    if isinstance(line, Repeat):
        found.append(("count", line.count))
    return found


def editions_named(message: type[Message]) -> set[str]:
    """Every edition that the message or one of its lines names; one without a year where none does."""
    named = {label for candidates in message.editions.values() for label in candidates}
    for line in message.fields:
        tables = (table for table in (getattr(line, "size", None), getattr(line, "length", None)))
        years = [line.since, *line.only, *(year for table in tables if isinstance(table, Mapping) for year in table)]
        named |= {str(year) for year in years if year}
    return named or {"0000"}


def dialect(
    base: type[Message],
    *,
    title: str,
    maker: str = "",
    fields: Mapping[str, Field] | None = None,
    items: Mapping[int, ItemLayout] | None = None,
) -> type[Message]:
    """A message as one maker or one reading has it: some fields replaced, some items added.

    Raises `DeclarationError` where a replaced field does not exist or the message has no items.
    """
    known = {line.name: line for line in base.fields}
    body: dict[str, Any] = {"__module__": base.__module__, "maker": maker, "examples": []}
    for name, line in (fields or {}).items():
        if name not in known:
            raise mistake(base, f': the dialect “{title}” replaces "{name}".{did_you_mean(name, known)}')
        body[name] = line
    if items:
        tail = next((line for line in base.fields if isinstance(line, Tlv)), None)
        if tail is None:
            raise mistake(base, f": the dialect “{title}” adds items, but the message has none.")
        body[tail.name] = Tlv(title=tail.title, key=tail.key, length=tail.length, of={**tail.of, **items})
    return types.new_class(
        base.__name__,
        (base,),
        dict(id=base.id, title=f"{base.title}（{title}）", basis=base.basis, editions=base.editions),
        lambda space: space.update(body),
    )
