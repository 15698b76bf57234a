"""Columns: what a table of many messages looks like, and how one message's values become a row of it.

A column is a field of the message, or the single number of an item. Items of several fields live in JSON and on
pages only. Times are int64 microseconds (NO_TIME where the digits are no date). What may be missing is a float, missing
as NaN: f4 holds every u16 exactly, f8 every u32. Texts and bytes are Python objects, in messages that come once a
connection.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from tonggui.wire.groups import COUNT_WRONG, ITEMS_BROKEN, ITEMS_INCOMPLETE, Repeat, Tlv
from tonggui.wire.kinds import NO_TIME, BcdTime, Bits, Field, Number
from tonggui.wire.layout import Layout, Read
from tonggui.wire.plan_ops import BROKEN, INCOMPLETE


@dataclass(frozen=True)
class Column:
    """A column and, by `missing`, what it holds where a row has nothing for it."""

    name: str
    dtype: np.dtype
    missing: Any = 0


FAULT = Column("fault", np.dtype("u1"))


def column_fields(fields: Iterable[Field]) -> list[tuple[str, Field]]:
    """Fields that are columns, by column name: those of the table, and those of items that have one number."""
    found: list[tuple[str, Field]] = []
    for line in fields:
        if isinstance(line, Tlv):
            single = [one.fields[0] for one in line.of.values() if len(one.fields) == 1]
            found += [(only.name, only) for only in single if isinstance(only, Number)]
        elif not isinstance(line, Repeat):
            found.append((line.name, line))
    return found


def column_of(name: str, line: Field, sure: bool) -> Column:
    """The column of a field; `sure`: every row has it."""
    if isinstance(line, BcdTime):
        return Column(name, np.dtype("i8"), NO_TIME)
    if isinstance(line, Number):
        if line.column:
            return Column(name, np.dtype(line.column), 0 if sure else np.nan)
        if line.per != 1:
            return Column(name, np.dtype("f8"), 0 if sure else np.nan)
        if not sure:
            return Column(name, np.dtype("f4" if line.bytes_ <= 2 else "f8"), np.nan)
        return Column(name, np.dtype(f"{'i' if line.sign else 'u'}{line.bytes_}"))
    if isinstance(line, Bits):
        return Column(name, np.dtype("u4" if sure else "f8"), 0 if sure else np.nan)
    return Column(name, np.dtype(object), None)


@cache
def columns_of(layout: Layout) -> tuple[Column, ...]:
    """All columns of a layout, in order; of a repeated group, those of its members after those around them."""
    sure = {line.name for line in layout.fields if not (line.optional or line.when)}
    own = [column_of(name, line, name in sure) for name, line in column_fields(layout.fields)]
    for line in layout.fields:
        if isinstance(line, Repeat):
            own += columns_of(line.member_in(layout.edition))
    return tuple(own)


@cache
def merged_columns(layouts: tuple[Layout, ...]) -> tuple[Column, ...]:
    """The columns of a message over its editions; a number that some edition lacks may be missing, so it is a float."""
    merged: dict[str, Column] = {}
    for layout in layouts:
        for column in columns_of(layout):
            merged.setdefault(column.name, column)
    everywhere = [{column.name for column in columns_of(layout)} for layout in layouts]
    for name, column in merged.items():
        if column.dtype.kind in "iu" and column.missing == 0 and not all(name in names for names in everywhere):
            merged[name] = Column(name, np.dtype("f4" if column.dtype.itemsize <= 2 else "f8"), np.nan)
    return tuple(merged.values())


def fault_of(read: Read) -> int:
    """What the column `fault` says of a body: see `plan_ops`."""
    broken = ITEMS_BROKEN in read.problems or COUNT_WRONG in read.problems
    return INCOMPLETE * (ITEMS_INCOMPLETE in read.problems) | BROKEN * broken


def rows_of(layout: Layout, read: Read) -> list[dict[str, Any]]:
    """The rows that one body gives, `fault` included: one, or one for each whole member of a repeated group.

    The reference of the batch decoders.
    """
    row: dict[str, Any] = {"fault": fault_of(read)}
    members = None
    for line in layout.fields:
        value = read.values.get(line.name)
        if isinstance(line, Tlv):
            for item in value or ():
                if item.values is not None and len(line.of[item.key].fields) == 1:
                    row |= item.values
        elif isinstance(line, Repeat):
            member = line.member_in(layout.edition)
            members = [inner for one in value or () if one.whole for inner in rows_of(member, one)]
        elif value is not None:
            row[line.name] = NO_TIME if isinstance(line, BcdTime) and isinstance(value, bytes) else value
    if members is None:
        return [row]
    return [{**row, **member, "fault": row["fault"] | member["fault"]} for member in members]


def table_of(columns: Iterable[Column], rows: list[dict[str, Any]]) -> dict[str, np.ndarray]:
    """Rows as columns, `fault` among them."""
    return {
        column.name: np.fromiter((row.get(column.name, column.missing) for row in rows), column.dtype, len(rows))
        for column in (*columns, FAULT)
    }
