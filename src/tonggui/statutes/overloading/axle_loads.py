"""轴荷: what an axle or a group of axles may carry, and what all of a vehicle's may carry together.

Basis: GB 1589-2016, to which article 3 paragraph 2 item 3 of Order 62 refers: the gross mass never exceeds the sum of
the greatest axle loads. The national fine rests on gross mass and dimensions alone; the sum binds only where a bureau
reads the item so (`annex.AXLE_SUM`).
"""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.law.declare import Parameter
from tonggui.statutes.sources import CHECKED, VEHICLE_LIMITS

STEERING, TWIN, DRIVEN = "单轴单轮胎", "单轴双轮胎", "驱动轴双轮胎"
TANDEM_SINGLE, TANDEM_MIXED, TANDEM = "二轴组单轮胎", "二轴组单双轮胎", "二轴组"
TRI_SINGLE, TRI = "三轴组单轮胎", "三轴组"

AXLE_LOADS = Parameter(
    "最大允许轴荷",
    unit="kg",
    source=VEHICLE_LIMITS.part("轴荷限值"),
    checked=CHECKED,
    values={
        date(2016, 7, 26): {
            STEERING: 7_000,
            TWIN: 10_000,
            DRIVEN: 11_500,
            TANDEM_SINGLE: 14_000,
            TANDEM_MIXED: 17_000,
            TANDEM: 18_000,
            TRI_SINGLE: 21_000,
            TRI: 24_000,
        }
    },
    note="标准原文未读，数值待核对；二轴组取轴距1300至1800毫米，三轴组取轴距1300至1400毫米。",
)
GROUP_OF_DIGIT = dict(
    zip("1234567", (STEERING, TWIN, TANDEM_SINGLE, TANDEM_MIXED, TANDEM, TRI_SINGLE, TRI), strict=True)
)
GROUP_OF_SIZE = {"1": DRIVEN, "2": TANDEM, "3": TRI}


def groups_of(code: int, sizes: int) -> list[str]:
    """The groups of a vehicle, front to back: by its code, else by their sizes; empty where a group is unlike any.

    The first single axle with twin tyres is the driven one. By sizes alone the first single axle steers and the rest
    count as driven, since the doubt is the driver's.
    """
    if code:
        groups = [GROUP_OF_DIGIT[digit] for digit in str(code)]
        return (
            [DRIVEN if n == groups.index(TWIN) else group for n, group in enumerate(groups)]
            if TWIN in groups
            else groups
        )
    groups = [GROUP_OF_SIZE.get(size, "") for size in str(sizes)]
    return [STEERING, *groups[1:]] if groups[0] == DRIVEN and all(groups) else groups if all(groups) else []


def axle_sum(on: Any, code: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """What the axles of each vehicle may carry together, NaN where its groups are not known."""
    codes, of_code = np.unique(code, return_inverse=True)
    kinds, of_sizes = np.unique(sizes, return_inverse=True)
    pairs, row = np.unique(of_code * len(kinds) + of_sizes, return_inverse=True)
    groups = [groups_of(int(codes[pair // len(kinds)]), int(kinds[pair % len(kinds)])) for pair in pairs.tolist()]
    total = np.zeros(len(on))
    for group in dict.fromkeys(group for each in groups for group in each):
        count = np.array([each.count(group) for each in groups])[row]
        total += count * AXLE_LOADS.at(on, np.full(len(on), group))
    return np.where(np.array([bool(each) for each in groups])[row], total, np.nan)
