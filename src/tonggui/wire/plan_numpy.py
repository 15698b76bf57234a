"""Plans executed by NumPy: what runs where no compiler or wheel was. The items are walked for all bodies in step."""

import numpy as np

from tonggui.wire.kinds import NO_TIME
from tonggui.wire.plan_ops import BROKEN, INCOMPLETE, MAGNITUDE, TIME, TOP_BIT, TWOS

_BCD = np.array([tens * 10 + ones if tens < 10 and ones < 10 else 255 for tens in range(16) for ones in range(16)])
_DAYS_BEFORE_MONTH = np.array([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334])
_DAYS_IN_MONTH = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_DAYS_TO_2000 = 10957


def run(clean, start, end, size, fixed, items, item_ops, key_bytes, length_bytes, out, fault) -> None:
    """Fill the columns `out` and `fault`; the arguments are those of `Plan.run`."""
    everyone = np.arange(len(start))
    for op in fixed.tolist():
        execute(op, clean, start, everyone, out)
    if key_bytes:
        walk_items(clean, start, end, size, items.tolist(), item_ops.tolist(), key_bytes, length_bytes, out, fault)


def walk_items(clean, start, end, size, items, item_ops, key_bytes, length_bytes, out, fault) -> None:
    """The n-th item of every body at once, until no body has one left."""
    known = {key: (lengths, item_ops[first : first + count]) for key, lengths, first, count in items}
    head = key_bytes + length_bytes
    rows, at = np.arange(len(start)), start + size
    while len(rows):
        left = end[rows] - at
        fault[rows[(left > 0) & (left < head)]] |= INCOMPLETE | BROKEN
        rows, at = rows[left >= head], at[left >= head]
        keys = number(clean, at, key_bytes)
        sizes = number(clean, at + key_bytes, length_bytes).astype(np.int64)
        value_at = at + head
        over = sizes > end[rows] - value_at
        fault[rows[over]] |= INCOMPLETE
        fault[rows[over & np.isin(keys, list(known))]] |= BROKEN
        rows, keys, sizes, value_at = rows[~over], keys[~over], sizes[~over], value_at[~over]
        for key in np.unique(keys).tolist():
            lengths, ops = known.get(key, (0, ()))
            if ops:
                here = (keys == key) & (lengths >> np.minimum(sizes, 63) & 1 == 1)
                for op in ops:
                    fits = here & (op[0] + op[1] <= sizes)
                    execute(op, clean, value_at[fits], rows[fits], out)
        at = value_at + sizes


def execute(op, clean, base, rows, out) -> None:
    """One operation for the rows whose tables start at `base`."""
    at, width, kind, column, _, per, sign_at, sign_mask, shift, mask, zone = op
    if kind == TIME:
        out[column][rows] = times(clean, base + at, zone)
        return
    value = number(clean, base + at, width)
    top = np.uint64(1 << (8 * width - 1))
    if kind == TWOS:
        value = ((value ^ top) - top).astype(np.int64)
    elif kind == TOP_BIT:
        value = np.where(value & top, -((value ^ top).astype(np.int64)), value.astype(np.int64))
    elif kind == MAGNITUDE:
        negative = clean[base + sign_at] & sign_mask != 0
        signed = ((value ^ top) - top).astype(np.int64)
        value = np.where((value & top == 0) & negative, -signed, signed)
    elif mask:
        value = value >> np.uint64(shift) & np.uint64(mask)
    out[column][rows] = value / per if per != 1 else value


def number(clean, at, width) -> np.ndarray:
    """Big-endian unsigned numbers of `width` bytes at each place, as u64."""
    value = np.zeros(len(at), np.uint64)
    for offset in range(width):
        value = value << np.uint64(8) | clean[at + offset]
    return value


def times(clean, at, zone) -> np.ndarray:
    """Microseconds of packed decimal YYMMDDhhmmss; NO_TIME where it is no date."""
    year, month, day, hour, minute, second = (_BCD[clean[at + offset]] for offset in range(6))
    good = (year < 100) & (month >= 1) & (month <= 12) & (hour < 24) & (minute < 60) & (second < 60)
    month = np.where(good, month, 1)
    leap = year % 4 == 0
    good &= (day >= 1) & (day <= _DAYS_IN_MONTH[month] + (leap & (month == 2)))
    days = _DAYS_TO_2000 + 365 * year + (year + 3) // 4 + _DAYS_BEFORE_MONTH[month] + (leap & (month > 2)) + day - 1
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - zone
    return np.where(good, seconds * 1_000_000, NO_TIME)
