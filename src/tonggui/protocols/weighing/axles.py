"""What equipment measured of the axles of weighed vehicles, as columns: the heaviest, the lightest, the most one-sided,
the distances between them, and how many there should be by each way of describing the vehicle.

Passes tell lists of different lengths; here they become one number a pass, so that doubts are comparisons of columns.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.protocols.weighing.vehicle import GROUP_KINDS

Columns = dict[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float64]

AXLES_OF_KIND = dict(zip(GROUP_KINDS, (1, 1, 2, 2, 2, 3, 3), strict=True))
"""Axles of each kind of group in an axle-group code."""
UNKNOWN = 0


def axle_columns(passes: Sequence[dict[str, Any]]) -> Columns:
    """The columns for doubts about axles; NaN, or 0 for a count, where a pass does not say."""
    loads = _padded([one.get("axle_kg", ()) for one in passes])
    gaps = _padded([one.get("gap_mm", ()) for one in passes])
    return {
        "loads_given": _counts(loads),
        "gaps_given": _counts(gaps),
        "axles_described": np.array([_described(one) for one in passes], dtype=np.int64),
        "lightest_kg": _least(loads),
        "lightest_axle": _place(loads, np.inf, np.argmin),
        "heaviest_kg": -_least(-loads),
        "heaviest_axle": _place(loads, -np.inf, np.argmax),
        "gap_shortest_mm": _least(gaps),
        "gap_longest_mm": -_least(-gaps),
        "wheelbase_mm": np.where(_counts(gaps) > 0, np.nansum(gaps, axis=1), np.nan),
    }


def one_sided(passes: Sequence[dict[str, Any]], from_kg: Floats) -> Columns:
    """Of each pass the axle, of at least `from_kg`, one of whose sides carries the greatest share of it."""
    left = _padded([[pair[0] for pair in one.get("wheel_kg", ())] for one in passes])
    right = _padded([[pair[1] for pair in one.get("wheel_kg", ())] for one in passes])
    whole = left + right
    counted = whole >= np.maximum(from_kg, 1)[:, None]
    share = np.where(counted, np.maximum(left, right) / np.where(counted, whole, 1), np.nan)
    place = _place(share, -np.inf, np.argmax)
    rows = np.arange(len(passes))
    return {
        "one_sided_axle": place,
        "one_sided_share": -_least(-share),
        "left_kg": left[rows, np.maximum(place - 1, 0)],
        "right_kg": right[rows, np.maximum(place - 1, 0)],
    }


def loads_column(passes: Sequence[dict[str, Any]]) -> npt.NDArray[Any]:
    """The loads of each pass as a list of its own, as the store keeps them."""
    column = np.empty(len(passes), dtype=object)
    column[:] = [np.array(one.get("axle_kg", ()), dtype=np.float32) for one in passes] if passes else []
    return column


def _described(one: dict[str, Any]) -> int:
    """How many axles the axle-group code, else the groups, of a pass have together."""
    if "type" in one:
        return sum(AXLES_OF_KIND[kind] for kind in str(one["type"]))
    return sum(map(int, str(one.get("axle_groups", UNKNOWN))))


def _padded(lists: Sequence[Sequence[float]]) -> Floats:
    """Lists of numbers as one table, NaN behind the end of each; at least one column wide."""
    table = np.full((len(lists), max([1, *map(len, lists)])), np.nan)
    for row, values in enumerate(lists):
        table[row, : len(values)] = values
    return table


def _counts(table: Floats) -> npt.NDArray[np.int64]:
    return (~np.isnan(table)).sum(axis=1)


def _least(table: Floats) -> Floats:
    """The least number of each row, NaN where it has none."""
    least = np.where(np.isnan(table), np.inf, table).min(axis=1)
    return np.where(np.isinf(least), np.nan, least)


def _place(table: Floats, absent: float, choose: Any) -> npt.NDArray[np.int64]:
    """Which axle of each row it is, the first being 1; 0 where the row is empty."""
    chosen = choose(np.where(np.isnan(table), absent, table), axis=1) + 1
    return np.where(_counts(table) > 0, chosen, UNKNOWN)
