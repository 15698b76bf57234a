"""What the machine doubts about one pass, as words for the officer who reviews it. A doubt is never a verdict.

Basis: the quality rules of non-stop detection (straddling, tailgating, braking, axle sums, plates front and rear) and
行政处罚法 article 41 for the scale's certificate. The figures from which a doubt begins are columns of the row, handed
in with the law (`statutes.overloading.doubts`). What needs other passes or the register is in `bridge.pass_doubts`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Columns = dict[str, npt.NDArray[Any]]
SMALL_COLORS = ("蓝色", "渐变绿色")


class Look(IntEnum):
    """What an officer looks at first. It orders the desk and says nothing about who is right."""

    label: str

    def __new__(cls, value: int, label: str) -> "Look":
        member = int.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    SCALE = 1, "先核设备"
    WEIGHING = 2, "先核称量"
    VEHICLE = 3, "先核车辆"
    NOTE = 4, "留意"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: its lasting code, what to look at, the rows it concerns, and its words with columns in braces."""

    code: str
    look: Look
    words: str
    when: Callable[[Columns], npt.NDArray[np.bool_]]


def _both(row: Columns, *names: str) -> npt.NDArray[np.bool_]:
    return np.logical_and.reduce([row[name] > 0 for name in names])


def _speed_jump(row: Columns) -> npt.NDArray[np.bool_]:
    """The speeds at both ends differ by more than their share of the higher one."""
    higher = np.fmax(row["speed_in_kmh"], row["speed_out_kmh"])
    return np.abs(row["speed_out_kmh"] - row["speed_in_kmh"]) > row["speed_jump_most"] * higher


def _out_of_usual(row: Columns) -> npt.NDArray[np.bool_]:
    outside = (row["speed_kmh"] < row["usual_from_kmh"]) | (row["speed_kmh"] > row["usual_to_kmh"])
    return np.isnan(row["speed_from"]) & np.isnan(row["speed_to"]) & outside


def _too_slow(row: Columns) -> npt.NDArray[np.bool_]:
    """Nearly standing on a scale that is not made for it."""
    moving = ~(row["speed_to"] <= row["low_speed_scale_kmh"])
    return moving & (row["speed_kmh"] >= row["usual_from_kmh"]) & (row["speed_kmh"] < row["slowest_kmh"])


def _plates_differ(row: Columns) -> npt.NDArray[np.bool_]:
    """A trailer has a plate of its own; two other plates should be the same."""
    read = (row["plate"] != "") & (row["plate_rear"] != "")
    return read & (row["plate"] != row["plate_rear"]) & ~np.char.endswith(row["plate_rear"], "挂")


DOUBTS = (
    Doubt("certificate_missing", Look.SCALE, "设备检定有效期未登记", lambda row: np.isnat(row["calibrated_to"])),
    Doubt(
        "certificate_not_yet",
        Look.SCALE,
        "设备检定自 {calibrated_from} 起有效，过车时尚未检定，不得作为立案依据",
        lambda row: row["calibrated_from"] > row["on"],
    ),
    Doubt(
        "certificate_lapsed",
        Look.SCALE,
        "设备检定已于 {calibrated_to} 到期，不得作为立案依据",
        lambda row: row["calibrated_to"] < row["on"],
    ),
    Doubt(
        "speed_not_certified",
        Look.SCALE,
        "车速 {speed_kmh:g} km/h 不在检定速度范围 {speed_from:g} 至 {speed_to:g} km/h 内，不得作为立案依据",
        lambda row: (row["speed_kmh"] < row["speed_from"]) | (row["speed_kmh"] > row["speed_to"]),
    ),
    Doubt("plate_unread", Look.VEHICLE, "号牌未识别", lambda row: row["plate"] == ""),
    Doubt("plates_differ", Look.VEHICLE, "前后号牌不一致（{plate}、{plate_rear}）", _plates_differ),
    Doubt(
        "small_plate",
        Look.VEHICLE,
        "{plate_color}号牌属小型汽车，实测 {axles} 轴",
        lambda row: np.isin(row["plate_color"], SMALL_COLORS) & (row["axles"] > row["small_plate_axles"]),
    ),
    Doubt("straddling", Look.WEIGHING, "跨道行驶", lambda row: row["straddling"]),
    Doubt("tailgating", Look.WEIGHING, "跟车过近", lambda row: row["tailgating"]),
    Doubt("evading", Look.WEIGHING, "设备标记疑似逃检", lambda row: row["evading"]),
    Doubt(
        "speed_unusual",
        Look.WEIGHING,
        "车速 {speed_kmh:g} km/h 超出 {usual_from_kmh:g} 至 {usual_to_kmh:g} km/h",
        _out_of_usual,
    ),
    Doubt("speed_crawling", Look.WEIGHING, "车速仅 {speed_kmh:g} km/h，接近停车", _too_slow),
    Doubt(
        "speed_jump",
        Look.WEIGHING,
        "驶入 {speed_in_kmh:g} km/h、驶出 {speed_out_kmh:g} km/h，过秤中车速突变",
        _speed_jump,
    ),
    Doubt(
        "braking",
        Look.WEIGHING,
        "过秤中制动（加速度 {acceleration_ms2:g} m/s²），轴重前移",
        lambda row: row["acceleration_ms2"] < -row["acceleration_most"],
    ),
    Doubt(
        "accelerating",
        Look.WEIGHING,
        "过秤中加速（加速度 {acceleration_ms2:g} m/s²），轴重后移",
        lambda row: row["acceleration_ms2"] > row["acceleration_most"],
    ),
    Doubt(
        "one_sided",
        Look.WEIGHING,
        "第 {one_sided_axle} 轴左 {left_kg:,.0f}、右 {right_kg:,.0f} 千克，一侧占 {one_sided_share:.0%}",
        lambda row: row["one_sided_share"] > row["one_sided_most"],
    ),
    Doubt(
        "axle_sum",
        Look.WEIGHING,
        "各轴轴重之和与总质量相差 {axle_sum_off:.1%}",
        lambda row: np.abs(row["axle_sum_off"]) > row["axle_sum_most"],
    ),
    Doubt(
        "axles_loads",
        Look.WEIGHING,
        "上报 {axles} 轴，轴重有 {loads_given} 个",
        lambda row: _both(row, "loads_given") & (row["loads_given"] != row["axles"]),
    ),
    Doubt(
        "axles_gaps",
        Look.WEIGHING,
        "上报 {axles} 轴，轴距有 {gaps_given} 个",
        lambda row: _both(row, "gaps_given") & (row["gaps_given"] + 1 != row["axles"]),
    ),
    Doubt(
        "axles_type",
        Look.WEIGHING,
        "上报 {axles} 轴，轴型 {axle_groups} 为 {axles_described} 轴",
        lambda row: _both(row, "axles_described") & (row["axles_described"] != row["axles"]),
    ),
    Doubt(
        "axle_light",
        Look.WEIGHING,
        "第 {lightest_axle} 轴仅 {lightest_kg:,.0f} 千克",
        lambda row: row["lightest_kg"] < row["lightest_axle_least"],
    ),
    Doubt(
        "axle_heavy",
        Look.WEIGHING,
        "第 {heaviest_axle} 轴达 {heaviest_kg:,.0f} 千克",
        lambda row: row["heaviest_kg"] > row["heaviest_axle_most"],
    ),
    Doubt(
        "gap_short",
        Look.WEIGHING,
        "相邻轴距仅 {gap_shortest_mm:,.0f} 毫米",
        lambda row: row["gap_shortest_mm"] < row["gap_least_mm"],
    ),
    Doubt(
        "gap_long",
        Look.WEIGHING,
        "相邻轴距达 {gap_longest_mm:,.0f} 毫米，疑似两车并为一车",
        lambda row: row["gap_longest_mm"] > row["gap_most_mm"],
    ),
    Doubt(
        "wheelbase_long",
        Look.WEIGHING,
        "首末轴距达 {wheelbase_mm:,.0f} 毫米，疑似两车并为一车",
        lambda row: row["wheelbase_mm"] > row["wheelbase_most_mm"],
    ),
    Doubt(
        "below_empty",
        Look.WEIGHING,
        "总质量 {gross_kg:,.0f} 千克，低于 {axles} 轴空车的 {empty_kg:,.0f} 千克",
        lambda row: row["gross_kg"] < row["empty_kg"],
    ),
    Doubt("rate_implausible", Look.WEIGHING, "超限率 {rate:.0%}，数据异常", lambda row: row["rate"] > row["rate_most"]),
    Doubt("type_not_listed", Look.NOTE, "车型未列明，限值按该轴数最高值", lambda row: ~row["listed"]),
    Doubt(
        "claim_differs",
        Look.NOTE,
        "设备上报超限 {claimed_excess_kg:.0f} 千克，与平台计算 {excess_kg:.0f} 千克不一致",
        lambda row: np.abs(row["claimed_excess_kg"] - row["excess_kg"]) > row["claim_off_kg"],
    ),
)
BY_CODE = {doubt.code: doubt for doubt in DOUBTS}


def doubts_of(row: Columns) -> list[list[tuple[str, str]]]:
    """The doubts of each row as (code, words), those about the scale first; empty where there is none."""
    found: list[list[tuple[str, str]]] = [[] for _ in row["plate"]]
    for doubt in sorted(DOUBTS, key=lambda one: one.look):
        for place in np.flatnonzero(doubt.when(row)).tolist():
            words = doubt.words.format_map({name: column[place] for name, column in row.items()})
            found[place].append((doubt.code, words))
    return found


def told(found: list[tuple[str, str]]) -> str:
    """The words of a row's doubts as one text."""
    return "；".join(words for _, words in found)
