"""The record of a weighing pass (过车数据), declared once: our own form and its checks.

Basis: the field list of published data standards for non-stop detection points, and 行政处罚法 article 41 for what must
be true of it. Our own form has JSON numbers and booleans; forms of vendors are declared in `vendors/`, one file each.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tonggui.base import codes
from tonggui.base.checks import Check, day, flag, number, shown, text, whole
from tonggui.base.clock import CHINA
from tonggui.base.errors import Problem
from tonggui.protocols.weighing.media import media
from tonggui.protocols.weighing.vehicle import KILOGRAMS, TRAITS

NO_PLATE = {"", "无牌", "无牌车", "未识别", "无法识别", "无车牌", "未知"}
MOST_AXLES = 30


def instant(value: Any) -> datetime:
    """A time as 2026-05-01 08:30:00 in China, or ISO 8601 with its zone."""
    try:
        at = datetime.fromisoformat(value.strip()) if isinstance(value, str) and len(value.strip()) >= 16 else None
    except ValueError:
        at = None
    if at is None:
        raise Problem(f"不是时间：{value}", do="请写成 2026-12-01 08:30:00 这样的形式")
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def plate(value: Any) -> str:
    """A plate in its normal form; empty where the camera says that it could not read one."""
    if not isinstance(value, str):
        raise Problem(f"应为文字，实为{shown(value)}")
    return "" if value.strip() in NO_PLATE else codes.plate(value)


def color(value: Any) -> str:
    return codes.plate_color(value).label


def identifier(most: int) -> Check:
    """Letters, digits and - _ . : only, so that a number of a record or device is the same everywhere."""

    def check(value: Any) -> str:
        written = text(most)(str(value) if type(value) is int else value)
        if not re.fullmatch(r"[\w.:-]+", written):
            raise Problem(f"只能由字母、数字和 - _ . : 组成，实为{shown(value)}")
        return written

    return check


def axle_masses(value: Any) -> list[float]:
    """Axle loads in kg, front to back."""
    if not isinstance(value, list) or not 2 <= len(value) <= MOST_AXLES:
        raise Problem(f"应为各轴轴重的列表，实为{shown(value)}", do="如 [6500, 9000, 9000]")
    return [number(0, 100_000, "千克")(load) for load in value]


def wheel_masses(value: Any) -> list[list[float]]:
    """Wheel loads in kg, left and right of each axle, front to back."""
    if not isinstance(value, list) or not 2 <= len(value) <= MOST_AXLES:
        raise Problem(f"应为各轴左右轮重的列表，实为{shown(value)}", do="如 [[3200, 3300], [4600, 4400]]")
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise Problem(f"每个轴应有左、右两个轮重，实为{shown(value)}", do="如 [[3200, 3300], [4600, 4400]]")
    return [[number(0, 100_000, "千克")(load) for load in pair] for pair in value]


def axle_gaps(value: Any) -> list[float]:
    """Distances from each axle to the next in mm, front to back."""
    if not isinstance(value, list) or not 1 <= len(value) < MOST_AXLES:
        raise Problem(f"应为相邻轴距的列表，实为{shown(value)}", do="如 [3400, 1350]")
    return [number(0, 100_000, "毫米")(gap) for gap in value]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a pass: its check, whether it must be there, and its unit for readers."""

    name: str
    title: str
    check: Check
    required: bool = False
    unit: str = ""


FIELDS = (
    Field("record_no", "检测记录号", identifier(50), required=True),
    Field("site", "站点编码", identifier(50), required=True),
    Field("device", "称重设备编号", identifier(50)),
    Field("lane", "车道", identifier(20)),
    Field("direction", "方向", text(20)),
    Field("time", "检测时间", instant, required=True),
    Field("plate", "前牌号码", plate),
    Field("plate_rear", "后牌号码", plate),
    Field("plate_color", "号牌颜色", color),
    Field("axles", "轴数", whole(2, MOST_AXLES), required=True, unit="轴"),
    Field("axle_kg", "各轴轴重", axle_masses, unit="kg"),
    Field("gross_kg", "车货总质量", KILOGRAMS, required=True, unit="kg"),
    Field("speed_kmh", "车速", number(0, 300, "km/h"), unit="km/h"),
    Field("claimed_excess_kg", "设备计算的超限质量", number(0, 1_000_000, "千克"), unit="kg"),
    Field("wheel_kg", "各轴左右轮重", wheel_masses, unit="kg"),
    Field("gap_mm", "相邻轴距", axle_gaps, unit="mm"),
    Field("speed_in_kmh", "驶入车速", number(0, 300, "km/h"), unit="km/h"),
    Field("speed_out_kmh", "驶出车速", number(0, 300, "km/h"), unit="km/h"),
    Field("acceleration_ms2", "加速度", number(-20, 20, "米每二次方秒"), unit="m/s²"),
    Field("calibrated_to", "检定有效期至", day),
    Field("straddling", "跨道行驶", flag),
    Field("tailgating", "跟车过近", flag),
    Field("evading", "疑似逃检", flag),
    Field("media", "影像", media),
    *(Field(trait.key, trait.title, trait.check, unit=trait.unit) for trait in TRAITS),
)

_NUMBERS = {"axles", "gross_kg", "speed_kmh", "claimed_excess_kg", "driven_axles", "single_tyre_axles"}
_NUMBERS |= {"trailer_spacing_mm", "licence_kg", "posted_kg", "permit_kg", "height_m", "width_m", "length_m"}
_NUMBERS |= {"speed_in_kmh", "speed_out_kmh", "acceleration_ms2"}
_FLAGS = {"straddling", "tailgating", "evading", "combination", "air_suspension", "by_licence", "wide_tyres", "exempt"}
_TRUTH = {"1": True, "true": True, "是": True, "0": False, "false": False, "否": False}


def from_text(name: str, written: Any) -> Any:
    """The value that a text cell or a vendor's text means, for a field; what it does not mean is left as it is."""
    if isinstance(written, int) and not isinstance(written, bool) and name in _FLAGS:
        written = str(written)
    if not isinstance(written, str):
        return written
    stripped = written.strip()
    if not stripped and name not in ("plate", "plate_rear"):
        return None
    if name in _NUMBERS:
        return as_number(stripped)
    if name in _FLAGS:
        return _TRUTH.get(stripped.lower(), written)
    if name in ("axle_kg", "gap_mm", "media"):
        parts = [part for part in re.split(r"[,;，；\s]+", stripped) if part]
        return parts if name == "media" else [as_number(part) for part in parts]
    if name == "wheel_kg":
        pairs = [pair for pair in re.split(r"[,;，；\s]+", stripped) if pair]
        return [[as_number(part) for part in pair.split("/")] for pair in pairs]
    if name == "axle_groups":
        return [int(part) if part.isdigit() else part for part in re.split(r"[+,;，；\s]+", stripped)]
    return stripped


def as_number(written: str) -> Any:
    """Digits as a number, anything else as it is, so that the check can show it."""
    return (
        (float(written) if "." in written else int(written))
        if re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", written)
        else written
    )
