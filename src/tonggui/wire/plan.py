"""Plans: a layout compiled into a small table of operations, which reads many bodies at once into columns.

An operation says where a number stands, how wide it is, how it is signed and scaled, and into which column it goes. The
table is executed by C (`tonggui._native`) or by NumPy; neither knows any protocol. A layout with text or parts that may
be missing has no plan: such messages come once a connection and are read row by row.

`bench decode` measures it: 7 million location reports a second compiled, 1.7 by NumPy, 0.015 by the plain decoder, in
batches of 50,000 on one core; a call costs 80 microseconds, so small batches are dear.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np

from tonggui.base.native import native
from tonggui.wire import plan_numpy
from tonggui.wire.columns import Column, columns_of
from tonggui.wire.groups import Repeat, Tlv
from tonggui.wire.kinds import BcdTime, Bits, Field, Number
from tonggui.wire.layout import Layout
from tonggui.wire.plan_ops import DEFAULTS, DTYPES, MAGNITUDE, OPERATION, TIME, TOP_BIT, TWOS, UNSIGNED

execute = plan_numpy.run if native is None else native.run_plan


@dataclass(frozen=True, eq=False)
class Plan:
    """What to read of every body: `size` fixed bytes by `fixed`, then items of `key_bytes` and `length_bytes`.

    `items` has a row for each known key: key, bit mask of the lengths it may have, first operation and number of
    operations in `item_ops`. `key_bytes` is 0 where there is no tail.
    """

    columns: tuple[Column, ...]
    size: int
    fixed: np.ndarray
    items: np.ndarray
    item_ops: np.ndarray
    key_bytes: int = 0
    length_bytes: int = 0

    def run(self, clean: np.ndarray, start: np.ndarray, end: np.ndarray) -> dict[str, np.ndarray]:
        """Columns of the bodies `clean[start[i]:end[i]]`, each at least `size` long, and the column `fault`.

        `fault` (u1) is 0 or a sum of INCOMPLETE (the item list could not be read to its end) and BROKEN (it
        contradicts itself).
        """
        rows = len(start)
        out = {c.name: np.full(rows, c.missing, c.dtype) for c in self.columns}
        fault = np.zeros(rows, np.uint8)
        execute(
            np.ascontiguousarray(clean, np.uint8),
            np.ascontiguousarray(start, np.int64),
            np.ascontiguousarray(end, np.int64),
            self.size,
            self.fixed,
            self.items,
            self.item_ops,
            self.key_bytes,
            self.length_bytes,
            tuple(out.values()),
            fault,
        )
        return {**out, "fault": fault}


@cache
def plan_of(layout: Layout) -> Plan | None:
    """The plan of a layout up to a repeated group, or None where it has to be read row by row."""
    tail = layout.fields[-1] if layout.fields and isinstance(layout.fields[-1], Tlv | Repeat) else None
    table = layout.fields if tail is None else layout.fields[:-1]
    if not all(isinstance(line, Number | Bits | BcdTime) and not (line.optional or line.when) for line in table):
        return None
    columns = columns_of(layout) if isinstance(tail, Tlv) else columns_of(Layout(layout.edition, table))
    places = {column.name: (place, column.dtype) for place, column in enumerate(columns)}
    items, item_ops = list[tuple[int, ...]](), list[tuple[int, ...]]()
    for key, one in tail.of.items() if isinstance(tail, Tlv) else ():
        ops = operations(one.fields, places) if len(one.fields) == 1 and one.fields[0].name in places else []
        lengths = sum(1 << length for length in one.lengths(layout.edition) if length is not None and length < 63)
        items.append((key, lengths, len(item_ops), len(ops)))
        item_ops += ops
    return Plan(
        columns=columns,
        size=sum(line.width(layout.edition) or 0 for line in table),
        fixed=table_of_ints(operations(table, places), len(OPERATION)),
        items=table_of_ints(sorted(items), 4),
        item_ops=table_of_ints(item_ops, len(OPERATION)),
        key_bytes=tail.key.bytes_ if isinstance(tail, Tlv) else 0,
        length_bytes=tail.length.bytes_ if isinstance(tail, Tlv) else 0,
    )


def operations(lines: Iterable[Field], places: dict[str, tuple[int, np.dtype]]) -> list[tuple[int, ...]]:
    """One operation for each line, in the order of OPERATION."""
    at, numbers, found = 0, dict[str, tuple[int, int]](), list[tuple[int, ...]]()
    for line in lines:
        column, dtype = places[line.name]
        goes_to = {"column": column, "dtype": DTYPES[dtype.str[1:]]}
        if isinstance(line, BcdTime):
            zone = int(line.zone.utcoffset(None).total_seconds())
            found.append(operation(at=at, width=6, kind=TIME, zone=zone, **goes_to))
            at += 6
        elif isinstance(line, Bits):
            base_at, base_width = numbers[line.of]
            mask = (1 << line.count) - 1
            found.append(operation(at=base_at, width=base_width, kind=UNSIGNED, shift=line.low, mask=mask, **goes_to))
        elif isinstance(line, Number):
            numbers[line.name] = at, line.bytes_
            kind, sign_at, sign_mask = {"": UNSIGNED, "twos": TWOS, "top": TOP_BIT}[line.sign], 0, 0
            if line.negative_if:
                kind = MAGNITUDE
                flags_at, flags_width = numbers[line.negative_if[0]]
                bit = int(line.negative_if[1]).bit_length() - 1
                sign_at, sign_mask = flags_at + flags_width - 1 - bit // 8, 1 << bit % 8
            op = operation(
                at=at, width=line.bytes_, kind=kind, per=line.per, sign_at=sign_at, sign_mask=sign_mask, **goes_to
            )
            found.append(op)
            at += line.bytes_
    return found


def operation(**parts: int) -> tuple[int, ...]:
    """An operation as a row of numbers, what is not said being 0 (a scale of 1, no mask)."""
    return tuple(parts.get(name, DEFAULTS.get(name, 0)) for name in OPERATION)


def table_of_ints(rows: list, width: int) -> np.ndarray:
    return np.array(rows, np.int64).reshape(len(rows), width)
