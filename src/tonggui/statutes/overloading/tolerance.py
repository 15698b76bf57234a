"""称重允许误差: what is taken off the measured mass before it is judged, if the bureau takes anything off.

Basis: no national text sets a tolerance. Some bureaus take off the greatest error of the scale's accuracy class in
service (JJG 907-2006), some a percentage of the limit, some a fixed mass; the national default takes off nothing. The
measured mass is never changed: measured, tolerance and adjusted mass stand side by side.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import BUREAU, CHECKED, OVERLIMIT_ORDER, WEIGHING_RULE

START = OVERLIMIT_ORDER.since or date.min
DECIDED = BUREAU.part("称重允许误差")
OTHER = "其他"
KINDS = ("不停车检测点", "固定超限检测站", "流动检测点", "源头称重点", OTHER)
"""The kinds of weighing point a tolerance may differ by; a point of unknown kind is the last."""

CLASS_ERROR = Parameter(
    "动态汽车衡使用中最大允许误差",
    unit="%",
    source=WEIGHING_RULE.part("总质量准确度等级"),
    checked=CHECKED,
    values={START: {0.2: 0.2, 0.5: 0.5, 1.0: 1.0, 2.0: 2.0, 5.0: 5.0, 10.0: 10.0}},
    note="按准确度等级，占称量的百分比；0.2级至2级和10级由首次检定误差加倍推得，原文待核对。",
)
TOLERANCE_PERCENT = Parameter(
    "允许误差（限值的百分比）",
    unit="%",
    source=DECIDED,
    checked=CHECKED,
    values={START: dict.fromkeys(KINDS, 0.0)},
    local=True,
    note="允许误差按限值百分比扣除时采用，可按检测点类别分别设定。",
)
TOLERANCE_KG = Parameter(
    "允许误差（固定质量）",
    unit="千克",
    source=DECIDED,
    checked=CHECKED,
    values={START: dict.fromkeys(KINDS, 0)},
    local=True,
    note="允许误差按固定质量扣除时采用，可按检测点类别分别设定。",
)
TOLERANCE = Reading(
    "tolerance",
    "称重允许误差的扣除",
    DECIDED,
    {
        "none": "不扣除，按称量判定",
        "percent": "扣除限值的一个百分比",
        "class_error": "扣除称重设备准确度等级的使用中最大允许误差",
        "fixed_kg": "扣除固定质量",
    },
    default="none",
)
DAY = date(2026, 5, 1)


@rule(
    "称重允许误差",
    DECIDED,
    since=START,
    parameters=(CLASS_ERROR, TOLERANCE_PERCENT, TOLERANCE_KG),
    readings=(TOLERANCE,),
    takes=(
        Given("measured_kg", "称量", dtype="float64", unit="kg"),
        Given("limit_kg", "限值", dtype="float64", unit="kg"),
        Given("accuracy", "准确度等级", dtype="float64", unknown=np.nan),
        Given("site_kind", "检测点类别", dtype="str", unknown=""),
    ),
    gives=(Gives("tolerance_kg", "允许误差", "kg"), Gives("adjusted_kg", "扣除误差后总质量", "kg")),
    steps=(
        Step(
            "称量 {measured_kg} 千克，扣除允许误差 {tolerance_kg} 千克，按 {adjusted_kg} 千克判定",
            DECIDED,
            when=lambda row: row["tolerance_kg"] > 0,
        ),
    ),
    examples=[
        Example(
            "nothing is taken off", DAY, dict(measured_kg=52_400, limit_kg=49_000, accuracy=5), dict(adjusted_kg=52_400)
        ),
        Example(
            "the error of class 5",
            DAY,
            dict(measured_kg=52_400, limit_kg=49_000, accuracy=5),
            dict(tolerance_kg=2_620, adjusted_kg=49_780),
            readings={"tolerance": "class_error"},
        ),
        Example(
            "of an unknown class",
            DAY,
            dict(measured_kg=52_400, limit_kg=49_000),
            dict(tolerance_kg=0, adjusted_kg=52_400),
            readings={"tolerance": "class_error"},
        ),
        Example(
            "a percentage not yet set",
            DAY,
            dict(measured_kg=52_400, limit_kg=49_000, site_kind="不停车检测点"),
            dict(tolerance_kg=0),
            readings={"tolerance": "percent"},
        ),
    ],
)
def mass_tolerance(on: Any, measured_kg: Any, limit_kg: Any, accuracy: Any, site_kind: Any, readings: Any) -> Columns:
    """Tolerance and adjusted mass of each weighing in kg, to the gram. A class that is not known has no error."""
    mode = TOLERANCE.chosen(readings)
    if mode == "none":
        return {"tolerance_kg": np.zeros(len(on)), "adjusted_kg": measured_kg}
    if mode == "class_error":
        known = np.isin(accuracy, list(CLASS_ERROR.on(on[0].item()))) if len(on) else np.zeros(0, bool)
        tolerance = np.zeros(len(on))
        tolerance[known] = CLASS_ERROR.at(on[known], accuracy[known]) / 100 * measured_kg[known]
    else:
        kind = np.where(np.isin(site_kind, KINDS), site_kind, OTHER)
        set_for = (TOLERANCE_PERCENT if mode == "percent" else TOLERANCE_KG).at(on, kind)
        tolerance = set_for / 100 * limit_kg if mode == "percent" else set_for
    tolerance = np.round(np.minimum(tolerance, measured_kg), 3)
    return {"tolerance_kg": tolerance, "adjusted_kg": np.round(measured_kg - tolerance, 3)}
