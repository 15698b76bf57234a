"""Which kind of vehicle a weighing saw, as far as its mass limit depends on it.

Basis: 公路货运车辆超限超载认定标准, whose drawings give each layout of axles its limit, and article 3 of Order 62.
Equipment describes a vehicle by an axle-group code (one digit a group, 轴型代码), by the sizes of its groups, or only
by a count of axles; the more is known, the closer the layout.
"""

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tonggui.law.rules import NO, UNKNOWN, YES

Ints = npt.NDArray[np.int64]


class Layout(IntEnum):
    """A drawing of the annex, or the entry of article 3 it belongs to."""

    label: str

    def __new__(cls, value: int, label: str) -> "Layout":
        member = int.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    def __str__(self) -> str:
        return self.label

    TRUCK_2 = 20, "二轴货车"
    TRUCK_3 = 30, "三轴货车"
    TRAIN_3 = 31, "三轴汽车列车"
    TRUCK_4 = 40, "四轴货车"
    TRAIN_4 = 41, "四轴汽车列车"
    CENTRE_AXLE_3_1 = 42, "三轴货车加一轴中置轴挂车"
    FULL_TRAILER_4 = 43, "四轴全挂列车"
    TRAIN_5 = 51, "五轴汽车列车"
    ARTICULATED_2_3 = 52, "二轴牵引车加三轴半挂车"
    TRAIN_6 = 61, "六轴及以上汽车列车"
    TRAIN_6_SINGLE_DRIVE = 62, "六轴及以上汽车列车（单驱动轴）"


AXLES_OF_DIGIT = {1: 1, 2: 1, 3: 2, 4: 2, 5: 2, 6: 3, 7: 3}
"""Axles of each axle group of the code: 1 single axle single tyres, 2 twin tyres; 3 to 5 tandem; 6 and 7 tri-axle.

No text in force that numbers the groups could be read (待核对); the seven are those of the repealed rule of 2000.
"""

BY_CODE = {
    12: Layout.TRUCK_2,
    15: Layout.TRUCK_3,
    112: Layout.TRUCK_3,
    122: Layout.TRAIN_3,
    115: Layout.TRUCK_4,
    125: Layout.TRAIN_4,
    1222: Layout.FULL_TRAILER_4,
    152: Layout.CENTRE_AXLE_3_1,
    155: Layout.TRAIN_5,
    127: Layout.ARTICULATED_2_3,
    157: Layout.TRAIN_6,
    1127: Layout.TRAIN_6_SINGLE_DRIVE,
    1227: Layout.TRAIN_6_SINGLE_DRIVE,
}
"""Axle-group codes that name one layout whatever else is known."""

BY_SIZES = {
    (12, UNKNOWN): Layout.TRUCK_3,
    (121, UNKNOWN): Layout.CENTRE_AXLE_3_1,
    (121, YES): Layout.CENTRE_AXLE_3_1,
    (113, UNKNOWN): Layout.ARTICULATED_2_3,
    (113, YES): Layout.ARTICULATED_2_3,
    (23, UNKNOWN): Layout.ARTICULATED_2_3,
    (23, YES): Layout.ARTICULATED_2_3,
    (1113, UNKNOWN): Layout.TRAIN_6_SINGLE_DRIVE,
    (1113, YES): Layout.TRAIN_6_SINGLE_DRIVE,
}
"""Group sizes, front to back, that name one layout, by whether the vehicle is a combination (汽车列车)."""

BY_COUNT = {
    (2, NO): Layout.TRUCK_2,
    (3, NO): Layout.TRUCK_3,
    (3, YES): Layout.TRAIN_3,
    (4, NO): Layout.TRUCK_4,
    (4, YES): Layout.TRAIN_4,
    (5, YES): Layout.TRAIN_5,
    (6, YES): Layout.TRAIN_6,
}
"""A count of axles (six stands for more) and the kind of body. What is not listed takes the highest of its count."""

HIGHEST = {2: Layout.TRUCK_2, 3: Layout.TRAIN_3, 4: Layout.TRAIN_4, 5: Layout.TRAIN_5, 6: Layout.TRAIN_6}
"""Where the body is not known the doubt is the driver's."""


class Described(IntEnum):
    """How far an axle-group code describes the vehicle."""

    NOT = 0
    DRAWN = 1
    NOT_DRAWN = 2
    CONTRADICTED = 3


def agreeing(axles: Ints, code: Ints, sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Code and sizes of groups, 0 where their axles do not add up to the count, and how far the code describes.

    The code tells the sizes of its groups; where it agrees, they go before the sizes measured.
    """
    codes = np.unique(code).tolist()
    sizes_of_code = _mapped(code, {known: _sizes(known) for known in codes}, 0)
    fits = (sizes_of_code > 0) & (_axles(sizes_of_code) == axles)
    sizes = np.where(fits, sizes_of_code, np.where(_axles(sizes) == axles, sizes, 0))
    drawn = _mapped(code, dict.fromkeys(BY_CODE, Described.DRAWN), Described.NOT_DRAWN)
    described = np.where(code == 0, Described.NOT, np.where(fits, drawn, Described.CONTRADICTED))
    return np.where(fits, code, 0), sizes, described


def layout_of(
    axles: Ints, code: Ints, sizes: Ints, combination: npt.NDArray[np.int8], driven_axles: Ints
) -> npt.NDArray[np.int64]:
    """The layout of each vehicle, from the closest description there is of it.

    `code` and `sizes` are digits read as a number (157, 123), 0 where unknown or contradicted (`agreeing`);
    `combination` is YES, NO or UNKNOWN. On six axles a single driven one is a layout of its own, whether the drawing
    says so or the count of driven axles; where only the sizes speak for it, two driven axles speak against it.
    """
    body = combination.astype(np.int64)
    count = np.minimum(axles, 6)
    found = _mapped(count, HIGHEST, 0)
    found = _mapped(count * 10 + body, {n * 10 + kind: layout for (n, kind), layout in BY_COUNT.items()}, found)
    found = _mapped(sizes * 10 + body, {known * 10 + kind: layout for (known, kind), layout in BY_SIZES.items()}, found)
    found = np.where((found == Layout.TRAIN_6_SINGLE_DRIVE) & (driven_axles > 1), Layout.TRAIN_6, found)
    found = _mapped(code, BY_CODE, found)
    return np.where((found == Layout.TRAIN_6) & (driven_axles == 1), Layout.TRAIN_6_SINGLE_DRIVE, found)


def is_listed(axles: Ints, combination: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
    """False where neither article nor annex has the vehicle: five axles or more that are no combination."""
    return (axles >= 2) & ~((axles >= 5) & (combination == NO))


def _sizes(code: int) -> int:
    """The sizes of the groups of an axle-group code: 157 is 123; 0 for a code with an unknown digit."""
    digits = [AXLES_OF_DIGIT.get(int(digit), 0) for digit in str(code)]
    return int("".join(map(str, digits))) if all(digits) else 0


def _axles(sizes: Ints) -> Ints:
    """How many axles the groups of each vehicle have together."""
    return _mapped(sizes, {known: sum(map(int, str(known))) for known in np.unique(sizes).tolist()}, 0)


def _mapped(keys: Ints, mapping: Mapping[int, int], otherwise: Ints | int) -> Ints:
    """Each key's entry, or `otherwise`."""
    names = np.array(sorted(mapping), dtype=np.int64)
    entries = np.array([mapping[name] for name in names.tolist()], dtype=np.int64)
    place = np.searchsorted(names, keys).clip(max=len(names) - 1)
    return np.where(names[place] == keys, entries[place], otherwise)
