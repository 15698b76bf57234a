"""A layout: the lines of one table in one edition, in order; reads a body into values and writes values as a body.

This is the plain reference, one body at a time. The batch decoders are proved against it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tonggui.wire.cursor import Cursor, Short
from tonggui.wire.kinds import Field

BODY_INCOMPLETE = "body_incomplete"
"""The problem of a body that ends before its table does."""


def has_place(field: Field, values: dict[str, Any]) -> bool:
    """Whether the flags read before let a line stand."""
    return field.when is None or bool(values[field.when[0]] & field.when[1])


@dataclass(frozen=True)
class Read:
    """What one body gave: values by field name, the problems met, and the bytes after the last field."""

    values: dict[str, Any]
    problems: tuple[str, ...]
    trailing: bytes

    @property
    def whole(self) -> bool:
        """Whether every obligatory field was there."""
        return BODY_INCOMPLETE not in self.problems


@dataclass(frozen=True, eq=False)
class Layout:
    """The fields that an edition has; equal only to itself, so that what is made from it can be kept by it."""

    edition: str
    fields: tuple[Field, ...]

    def walk(self, cursor: Cursor, values: dict) -> Iterator[tuple[Field, int, int]]:
        """Read field by field, yielding each with where it began and ended; raises `Short` at the first that is cut."""
        for field in self.fields:
            if (field.optional and not cursor.left) or not has_place(field, values):
                continue
            begin = cursor.at
            try:
                values[field.name] = field.read(cursor, values, self.edition)
            except Short:
                cursor.at = begin
                raise
            yield field, begin, cursor.at

    def read(self, body: bytes) -> Read:
        """The values of a body; a cut one gives those before the cut and the problem `body_incomplete`."""
        cursor, values = Cursor.over(body), dict[str, Any]()
        try:
            for _ in self.walk(cursor, values):
                pass
        except Short:
            cursor.problems.append(BODY_INCOMPLETE)
        return Read(values, tuple(cursor.problems), cursor.rest())

    def fits(self, body: bytes) -> bool:
        """Whether the body has exactly the bytes this layout asks for."""
        read = self.read(body)
        return not read.problems and not read.trailing

    def write(self, values: dict[str, Any]) -> bytes:
        """A body of these values; fields left out are written as nothing, counts and signs follow from the rest."""
        full = self._completed(values)
        return b"".join(
            field.write(full[field.name], full, self.edition)
            for field in self.fields
            if field.name in full and has_place(field, full)
        )

    def _completed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values of all obligatory fields, with what some fields say about others made true."""
        full = {
            field.name: values.get(field.name, field.nothing())
            for field in self.fields
            if field.name in values or not field.optional
        }
        for field in self.fields:
            if field.name in full:
                field.complete(full)
        return full

    @cached_property
    def fixed_size(self) -> int:
        """Bytes of the fields up to the first whose size only the bytes tell, and not counting optional ones."""
        size = 0
        for field in self.fields:
            width = field.width(self.edition)
            if width is None or field.optional or field.when:
                break
            size += width
        return size
