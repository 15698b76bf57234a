"""外廓超限罚款: what a vehicle too high, too wide or too long costs beside its mass.

Basis: 超限运输车辆行驶公路管理规定 article 3 (4.0 m high, 2.55 m wide, 18.1 m long) and article 43 paragraph 1 item 1,
which grades the excess by three bounds and leaves the amount within each grade to discretion. Trains of a truck and a
trailer that keep to GB 1589 (20 m) are not over the limit.
"""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.overloading.layouts import Layout
from tonggui.statutes.sources import CHECKED, OVERLIMIT_ORDER, VEHICLE_LIMITS

START = OVERLIMIT_ORDER.since or date.min
ARTICLE = OVERLIMIT_ORDER.article(43, 1, 1)

SIZE_LIMIT = Parameter(
    "外廓尺寸限值",
    unit="m",
    source=OVERLIMIT_ORDER.article(3, 1),
    checked=CHECKED,
    values={START: (4.0, 2.55, 18.1)},
    note="依次为高、宽、长。",
)
TRAIN_LENGTH = Parameter(
    "货车列车长度限值", unit="m", source=VEHICLE_LIMITS.part("外廓尺寸"), checked=CHECKED, values={START: 20.0}
)
SIZE_GRADES = Parameter(
    "外廓超限分档上限",
    unit="m",
    source=ARTICLE,
    checked=CHECKED,
    values={START: ((4.2, 3.0, 20.0), (4.5, 3.75, 28.0))},
    note="每档依次为高、宽、长；超过第二档任何一项的为第三档。",
)
SIZE_FINES = Parameter(
    "外廓超限各档罚款幅度",
    unit="元",
    source=ARTICLE,
    checked=CHECKED,
    values={START: ((0, 200), (200, 1_000), (1_000, 3_000))},
)
SIZE_AMOUNT = Reading(
    "size_amount",
    "外廓超限罚款在幅度内的取值",
    ARTICLE,
    {"least": "取幅度下限，由办案人员裁量", "middle": "取幅度中值", "most": "取幅度上限"},
    default="least",
)
TRAINS = (Layout.CENTRE_AXLE_3_1, Layout.FULL_TRAILER_4)
DAY = date(2026, 5, 1)


def _bounds(on: Any, layout: Any) -> Any:
    """Height, width and length that each vehicle may have."""
    bounds = SIZE_LIMIT.on(on)
    bounds[:, 2] = np.where(np.isin(layout, TRAINS), np.maximum(TRAIN_LENGTH.on(on), bounds[:, 2]), bounds[:, 2])
    return bounds


def _over_step(name: str, column: str, place: int) -> Step:
    """The sentence on one dimension, said of vehicles that exceed it."""

    def exceeds(row: Columns) -> npt.NDArray[np.bool_]:
        over = np.zeros(len(row["on"]), bool)
        found = np.flatnonzero(row["size_grade"] > 0)
        if len(found):
            over[found] = row[column][found] > _bounds(row["on"][found], row["layout"][found])[:, place]
        return over

    return Step(f"总{name} {{{column}}} 米，超过限值", OVERLIMIT_ORDER.article(3, 1, place + 1), when=exceeds)


@rule(
    "外廓超限罚款",
    ARTICLE,
    since=START,
    parameters=(SIZE_LIMIT, TRAIN_LENGTH, SIZE_GRADES, SIZE_FINES),
    readings=(SIZE_AMOUNT,),
    takes=(
        Given("height_m", "车货总高度", dtype="float64", unit="m", unknown=np.nan),
        Given("width_m", "车货总宽度", dtype="float64", unit="m", unknown=np.nan),
        Given("length_m", "车货总长度", dtype="float64", unit="m", unknown=np.nan),
        Given("layout", "车型", unknown=0),
        Given("permit_kg", "通行证总质量", dtype="float64", unit="kg", unknown=np.nan),
    ),
    gives=(
        Gives("size_grade", "外廓超限档次"),
        Gives("size_least_yuan", "外廓超限罚款下限", "元"),
        Gives("size_most_yuan", "外廓超限罚款上限", "元"),
        Gives("size_fine_yuan", "外廓超限罚款", "元"),
    ),
    steps=(
        _over_step("高度", "height_m", 0),
        _over_step("宽度", "width_m", 1),
        _over_step("长度", "length_m", 2),
        Step(
            "外廓超限第 {size_grade} 档，罚款幅度 {size_least_yuan} 至 {size_most_yuan} 元，计 {size_fine_yuan} 元",
            ARTICLE,
            when=lambda row: row["size_grade"] > 0,
        ),
    ),
    examples=[
        Example("within all", DAY, dict(height_m=4.0, width_m=2.55, length_m=18.1), dict(size_grade=0)),
        Example("not measured", DAY, {}, dict(size_grade=0, size_fine_yuan=0)),
        Example(
            "a little too high", DAY, dict(height_m=4.15), dict(size_grade=1, size_least_yuan=0, size_most_yuan=200)
        ),
        Example("wider than three metres", DAY, dict(width_m=3.2), dict(size_grade=2, size_fine_yuan=200)),
        Example("longer than 28 m", DAY, dict(length_m=28.5), dict(size_grade=3, size_fine_yuan=1_000)),
        Example(
            "at the top of its grade",
            DAY,
            dict(height_m=4.6),
            dict(size_grade=3, size_fine_yuan=3_000),
            readings={"size_amount": "most"},
        ),
        Example("with a permit", DAY, dict(height_m=4.6, permit_kg=80_000), dict(size_grade=0, size_fine_yuan=0)),
        Example("a train of 20 m", DAY, dict(length_m=20.0, layout=Layout.CENTRE_AXLE_3_1), dict(size_grade=0)),
    ],
)
def size_fine(
    on: Any, height_m: Any, width_m: Any, length_m: Any, layout: Any, permit_kg: Any, readings: Any
) -> Columns:
    """Grade of each vehicle's dimensions (0 within the limits) and the fine between its bounds. Unknown is within.

    Who holds a permit may exceed the limits by what it says; the officer compares it, no fine is computed.
    """
    grade, least, most = np.zeros(len(on), np.int64), np.zeros(len(on)), np.zeros(len(on))
    measured = np.flatnonzero(np.isnan(permit_kg) & ~(np.isnan(height_m) & np.isnan(width_m) & np.isnan(length_m)))
    if len(measured):
        days = on[measured]
        size = np.stack([height_m[measured], width_m[measured], length_m[measured]], axis=1)
        grades = SIZE_GRADES.on(days)
        over = (size > _bounds(days, layout[measured])).any(axis=1)
        found = 1 + (size > grades[:, 0]).any(axis=1) + (size > grades[:, 1]).any(axis=1)
        grade[measured] = np.where(over, found, 0)
        fines = SIZE_FINES.on(days)[np.arange(len(days)), found - 1]
        least[measured], most[measured] = np.where(over, fines.T, 0)
    share = {"least": 0.0, "middle": 0.5, "most": 1.0}[SIZE_AMOUNT.chosen(readings)]
    return {
        "size_grade": grade,
        "size_least_yuan": least,
        "size_most_yuan": most,
        "size_fine_yuan": least + share * (most - least),
    }
