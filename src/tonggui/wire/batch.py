"""Batches: all frames of one message as a table of columns, compiled where the message allows it, else row by row."""

from typing import TYPE_CHECKING, Any

import numpy as np

from tonggui.wire.columns import Column, columns_of, merged_columns, rows_of, table_of
from tonggui.wire.framing import FrameBatch, Reason
from tonggui.wire.groups import Repeat
from tonggui.wire.layout import Layout
from tonggui.wire.plan import Plan, plan_of
from tonggui.wire.plan_numpy import number
from tonggui.wire.plan_ops import BROKEN

if TYPE_CHECKING:
    from tonggui.wire.declare import Message
    from tonggui.wire.protocol import Protocol

Columns = dict[str, np.ndarray]


def decode_batch(protocol: "Protocol", batch: FrameBatch, message: "type[Message]") -> Columns:
    """Columns of every whole, plain frame of the message, in the order of the frames.

    `frame` (int64) is each row's place in the batch; `fault` (u1) says what was wrong with it although it could be read
    (see `plan_ops`). A frame in parts, encrypted, or shorter than its table gives no row; a repeated group gives a row
    for each of its members.
    """
    groups = by_layout(protocol, batch, message, usable(protocol, batch, message.id))
    schema = merged_columns(layouts_of(protocol, message))
    tables = [completed(read_bodies(layout, batch, frames), schema) for layout, frames in groups]
    if len(tables) == 1:
        return tables[0]
    empty: Columns = {"frame": np.zeros(0, np.int64), "fault": np.zeros(0, np.uint8)}
    tables.append(completed(empty, schema))
    joined = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    order = np.argsort(joined["frame"], kind="stable")
    return {name: column[order] for name, column in joined.items()}


def layouts_of(protocol: "Protocol", message: "type[Message]") -> tuple[Layout, ...]:
    """Every layout that a body of the message may have."""
    claims = [head.name for head in protocol.framing.heads]
    labels = [label for claim in claims for label in message.editions.get(claim, (claim,))]
    return tuple(dict.fromkeys(message.layout(label) for label in labels))


def completed(table: Columns, schema: tuple[Column, ...]) -> Columns:
    """The table with all columns of the message, those that its edition has not filled with what is missing."""
    rows = len(table["frame"])
    full = {"frame": table["frame"]}
    for column in schema:
        got = table.get(column.name)
        full[column.name] = (
            np.full(rows, column.missing, column.dtype) if got is None else got.astype(column.dtype, copy=False)
        )
    return full | {"fault": table["fault"]}


def usable(protocol: "Protocol", batch: FrameBatch, message_id: int) -> np.ndarray:
    """Places of the frames that carry a whole, plain body of the message."""
    found = np.flatnonzero(
        (batch.reason == Reason.OK) & (batch.head["message_id"] == message_id) & (batch.head["part_total"] <= 1)
    )
    if not protocol.encrypted_mask or not len(found):
        return found
    at = np.array([head.attributes_at for head in protocol.framing.heads])[batch.head["head_layout"][found]]
    attributes = number(batch.clean, batch.start[found] + at, 2)
    return found[attributes & np.uint64(protocol.encrypted_mask) == 0]


def by_layout(protocol: "Protocol", batch: FrameBatch, message: "type[Message]", frames: np.ndarray):
    """The frames in groups of one layout each: by their heads alone where the message lets them, else body by body."""
    groups: dict[Layout, list[np.ndarray]] = {}
    heads = batch.head["head_layout"][frames]
    for place, head in enumerate(protocol.framing.heads):
        here = frames[heads == place]
        candidates = {message.layout(edition) for edition in message.editions.get(head.name, (head.name,))}
        if len(candidates) == 1:
            if len(here):
                groups.setdefault(candidates.pop(), []).append(here)
            continue
        for row in here.tolist():
            layout = message.layout(message.edition_of(head.name, body_of(batch, row)))
            groups.setdefault(layout, []).append(np.array([row]))
    return [(layout, np.sort(np.concatenate(parts))) for layout, parts in groups.items()]


def body_of(batch: FrameBatch, row: int) -> bytes:
    return batch.clean[batch.head["body_start"][row] : batch.head["body_end"][row]].tobytes()


def read_bodies(layout: Layout, batch: FrameBatch, frames: np.ndarray) -> Columns:
    """The table of frames that share a layout."""
    plan = plan_of(layout)
    repeat = layout.fields[-1] if layout.fields and isinstance(layout.fields[-1], Repeat) else None
    members = plan_of(repeat.member_in(layout.edition)) if repeat else None
    if plan is None or (repeat is not None and members is None):
        return read_one_by_one(layout, batch, frames)
    start, end = batch.head["body_start"][frames], batch.head["body_end"][frames]
    whole = end - start >= plan.size
    frames, start, end = frames[whole], start[whole], end[whole]
    table = plan.run(batch.clean, start, end)
    if repeat is None or members is None:
        return {"frame": frames, **table}
    return read_members(repeat, members, batch.clean, {"frame": frames, **table}, start + plan.size, end)


def read_members(
    repeat: Repeat, plan: Plan, clean: np.ndarray, outer: Columns, start: np.ndarray, end: np.ndarray
) -> Columns:
    """Rows of the members of a repeated group, each with the columns of what stands around it."""
    row, begin, stop, short = spans(clean, start, end, outer[repeat.count], repeat.length.bytes_)
    outer["fault"][short] |= BROKEN
    whole = stop - begin >= plan.size
    row, begin, stop = row[whole], begin[whole], stop[whole]
    table = {name: column[row] for name, column in outer.items()}
    inner = plan.run(clean, begin, stop)
    return {**table, **inner, "fault": table["fault"] | inner["fault"]}


def spans(clean: np.ndarray, start: np.ndarray, end: np.ndarray, count: np.ndarray, length_bytes: int):
    """Row, start and end of every member, the members of a row together; and the rows with fewer than they count."""
    found, short = [], [np.zeros(0, np.int64)]
    rows, at, wanted = np.arange(len(start)), start.copy(), count.astype(np.int64)
    ordinal = 0
    while True:
        more = wanted > ordinal
        rows, at, wanted = rows[more], at[more], wanted[more]
        if not len(rows):
            break
        readable = end[rows] - at >= length_bytes
        begin = at + length_bytes
        stop = begin.copy()
        stop[readable] += number(clean, at[readable], length_bytes).astype(np.int64)
        readable &= stop <= end[rows]
        short.append(rows[~readable])
        rows, at, wanted, begin = rows[readable], stop[readable], wanted[readable], begin[readable]
        found.append((rows, begin, at))
        ordinal += 1
    if not found:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, nothing, np.concatenate(short)
    row, begin, stop = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(row, kind="stable")
    return row[order], begin[order], stop[order], np.concatenate(short)


def read_one_by_one(layout: Layout, batch: FrameBatch, frames: np.ndarray) -> Columns:
    """The same table by the plain decoder."""
    rows, places = list[dict[str, Any]](), list[int]()
    for frame in frames.tolist():
        read = layout.read(body_of(batch, frame))
        if read.whole:
            found = rows_of(layout, read)
            rows += found
            places += [frame] * len(found)
    return {"frame": np.array(places, np.int64), **table_of(columns_of(layout), rows)}
