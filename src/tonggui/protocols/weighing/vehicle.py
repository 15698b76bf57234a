"""What equipment says about a weighed vehicle, read into the columns that the law of mass limits takes.

Names and forms are those of a weighing pass and of `tonggui judge`; the columns are those of the rule 车货总质量限值.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from tonggui.base.checks import Check, flag, number, shown, whole
from tonggui.base.errors import Problem
from tonggui.law.rules import NO, UNKNOWN, YES

KILOGRAMS = number(1, 1_000_000, "千克")
METRES = number(0.1, 200, "米")
GROUP_KINDS = "1234567"
"""Axle groups of an axle-group code (轴型代码): single axle with single or twin tyres, tandems, tri-axles."""


def type_code(value: Any) -> int:
    """An axle-group code, "157", as a number."""
    digits = str(value).strip()
    if not digits or len(digits) > 18 or any(digit not in GROUP_KINDS for digit in digits):
        raise Problem(f"应为轴型代码，实为{shown(value)}", do="轴型代码每位为 1 至 7，如 157")
    return int(digits)


def group_sizes(value: Any) -> int:
    """Groups of axles, front to back, as digits of one number: [[6500], [9000, 9000]] and [1, 2] are both 12."""
    if not isinstance(value, list):
        raise Problem(f"应为各轴组的列表，实为{shown(value)}", do="如 [[6500], [9000, 9000]]")
    sizes = [len(group) if isinstance(group, list) else group for group in value]
    number = _digits(tuple(sizes)) if set(map(type, sizes)) <= {int} else None
    if number is None:
        raise Problem(f"每个轴组应有 1 至 9 个轴，实为{shown(value)}")
    return number


@lru_cache(maxsize=4096)
def _digits(sizes: tuple[int, ...]) -> int | None:
    """Sizes as the digits of one number, None where one is no digit or there are too many."""
    if len(sizes) > 18 or not all(1 <= size <= 9 for size in sizes):
        return None
    return int("".join(map(str, sizes)) or "0")


def combination(value: Any) -> int:
    """Whether the vehicle is a combination (汽车列车)."""
    return YES if flag(value) else NO


@dataclass(frozen=True, slots=True)
class Trait:
    """One key of the vehicle: the column it fills, its check, its value where absent or null, its unit for readers."""

    key: str
    title: str
    column: str
    check: Check
    absent: Any
    unit: str = ""


TRAITS = (
    Trait("type", "轴型代码", "type_code", type_code, 0),
    Trait("axle_groups", "各轴组", "group_sizes", group_sizes, 0),
    Trait("combination", "是否汽车列车", "combination", combination, UNKNOWN),
    Trait("driven_axles", "驱动轴数", "driven_axles", whole(0, 30), UNKNOWN, "轴"),
    Trait("single_tyre_axles", "单轮胎轴数", "single_tyre_axles", whole(0, 12), 0, "轴"),
    Trait("wide_tyres", "单轮胎为宽轮胎", "wide_tyres", flag, False),
    Trait("air_suspension", "空气悬架", "air_suspension", flag, False),
    Trait("trailer_spacing_mm", "半挂车轴距", "trailer_spacing_mm", number(0, 20_000, "毫米"), np.nan, "mm"),
    Trait("licence_kg", "行驶证总质量", "licence_kg", KILOGRAMS, np.nan, "kg"),
    Trait("by_licence", "拖拉机、农用车、低速货车", "by_licence", flag, False),
    Trait("exempt", "冷藏车、专用作业车等", "exempt", flag, False),
    Trait("height_m", "车货总高", "height_m", METRES, np.nan, "m"),
    Trait("width_m", "车货总宽", "width_m", METRES, np.nan, "m"),
    Trait("length_m", "车货总长", "length_m", METRES, np.nan, "m"),
    Trait("posted_kg", "路段限载", "posted_kg", KILOGRAMS, np.nan, "kg"),
    Trait("permit_kg", "通行证总质量", "permit_kg", KILOGRAMS, np.nan, "kg"),
)
