"""What the machine doubts about a pass, as words for the officer who reviews it. A doubt is never a verdict.

Basis: the quality rules of non-stop detection (straddling, tailgating, axle sums, plates front and rear) and
行政处罚法 article 41 for the scale's certificate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Columns = dict[str, npt.NDArray[Any]]

AXLE_SUM_TOLERANCE = 0.02
SPEED_RANGE_KMH = (0.5, 100.0)
IMPLAUSIBLE_RATE = 4.5
CLAIM_TOLERANCE_KG = 100


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: the rows it concerns, and its words with columns in braces."""

    words: str
    when: Callable[[Columns], npt.NDArray[np.bool_]]


DOUBTS = (
    Doubt("设备检定有效期未登记", lambda row: np.isnat(row["calibrated_to"])),
    Doubt(
        "设备检定已于 {calibrated_to} 到期，不得作为立案依据",
        lambda row: ~row["usable"] & ~np.isnat(row["calibrated_to"]),
    ),
    Doubt("号牌未识别", lambda row: row["plate"] == ""),
    Doubt(
        "前后号牌不一致（{plate}、{plate_rear}）",
        lambda row: (
            (row["plate"] != "")
            & (row["plate_rear"] != "")
            & (row["plate"] != row["plate_rear"])
            & ~np.char.endswith(row["plate_rear"], "挂")
        ),
    ),
    Doubt("跨道行驶", lambda row: row["straddling"]),
    Doubt("跟车过近", lambda row: row["tailgating"]),
    Doubt("设备标记疑似逃检", lambda row: row["evading"]),
    Doubt(
        "车速 {speed_kmh:g} km/h 超出 0.5 至 100 km/h",
        lambda row: (row["speed_kmh"] < SPEED_RANGE_KMH[0]) | (row["speed_kmh"] > SPEED_RANGE_KMH[1]),
    ),
    Doubt(
        "各轴轴重之和与总质量相差 {axle_sum_off:.1%}",
        lambda row: np.abs(row["axle_sum_off"]) > AXLE_SUM_TOLERANCE,
    ),
    Doubt("车型未列明，限值按该轴数最高值", lambda row: ~row["listed"]),
    Doubt("超限率 {rate:.0%}，数据异常", lambda row: row["rate"] > IMPLAUSIBLE_RATE),
    Doubt(
        "设备上报超限 {claimed_excess_kg:.0f} 千克，与平台计算 {excess_kg:.0f} 千克不一致",
        lambda row: np.abs(row["claimed_excess_kg"] - row["excess_kg"]) > CLAIM_TOLERANCE_KG,
    ),
)


def doubt_words(row: Columns) -> list[str]:
    """The doubts of each row, joined by ；, empty where there is none."""
    words: list[list[str]] = [[] for _ in row["plate"]]
    for doubt in DOUBTS:
        for place in np.flatnonzero(doubt.when(row)).tolist():
            words[place].append(doubt.words.format_map({name: column[place] for name, column in row.items()}))
    return ["；".join(found) for found in words]
