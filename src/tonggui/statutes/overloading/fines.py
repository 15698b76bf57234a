"""超限罚款: what exceeding the mass limit costs, and when it costs only a warning.

Basis: 超限运输车辆行驶公路管理规定 article 43: up to 1,000 kg over is a warning; beyond that 500 yuan for each
1,000 kg, at most 30,000 yuan.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import CHECKED, OVERLIMIT_ORDER

START = OVERLIMIT_ORDER.since or date.min
ARTICLE = OVERLIMIT_ORDER.article(43, 1, 2)

WARNING_UP_TO = Parameter("仅予警告的超限质量", unit="kg", source=ARTICLE, checked=CHECKED, values={START: 1_000})
FINE_STEP = Parameter("罚款计量单位", unit="kg", source=ARTICLE, checked=CHECKED, values={START: 1_000})
FINE_PER_STEP = Parameter("每超1000千克罚款", unit="元", source=ARTICLE, checked=CHECKED, values={START: 500})
FINE_CAP = Parameter("超限罚款上限", unit="元", source=ARTICLE, checked=CHECKED, values={START: 30_000})

FINE_STEPS = Reading(
    "fine_steps",
    "“每超1000千克”的计算",
    ARTICLE,
    {
        "floor": "只计整千千克，不足一千千克的部分不计",
        "proportional": "按超限质量的比例计算",
        "up": "不足一千千克的部分按一千千克计",
    },
    default="floor",
)
DAY = date(2024, 5, 1)


@rule(
    "超限罚款",
    ARTICLE,
    since=START,
    parameters=(WARNING_UP_TO, FINE_STEP, FINE_PER_STEP, FINE_CAP),
    readings=(FINE_STEPS,),
    takes=(
        Given("gross_kg", "车货总质量", dtype="float64", unit="kg"),
        Given("limit_kg", "限值", dtype="float64", unit="kg"),
    ),
    gives=(
        Gives("excess_kg", "超限质量", "kg"),
        Gives("rate", "超限率"),
        Gives("fine_yuan", "罚款", "元"),
        Gives("warning", "警告"),
    ),
    steps=(
        Step(
            "车货总质量 {gross_kg} 千克，未超过限值",
            OVERLIMIT_ORDER.article(3, 1),
            when=lambda row: row["excess_kg"] == 0,
        ),
        Step(
            "车货总质量 {gross_kg} 千克，超限 {excess_kg} 千克，超限率 {rate:.2%}",
            OVERLIMIT_ORDER.article(3, 1),
            when=lambda row: row["excess_kg"] > 0,
        ),
        Step("超限未超过 1000 千克，予以警告", ARTICLE, when=lambda row: row["warning"]),
        Step("每超 1000 千克罚款 500 元，计 {fine_yuan} 元", ARTICLE, when=lambda row: row["fine_yuan"] > 0),
        Step("已达罚款上限", ARTICLE, when=lambda row: row["fine_yuan"] >= FINE_CAP.on(row["on"])),
    ),
    examples=[
        Example(
            "at the limit", DAY, dict(gross_kg=49_000, limit_kg=49_000), dict(excess_kg=0, fine_yuan=0, warning=False)
        ),
        Example("less than a tonne over", DAY, dict(gross_kg=49_900, limit_kg=49_000), dict(fine_yuan=0, warning=True)),
        Example(
            "a tonne over is still a warning",
            DAY,
            dict(gross_kg=50_000, limit_kg=49_000),
            dict(fine_yuan=0, warning=True),
        ),
        Example("more than a tonne", DAY, dict(gross_kg=50_600, limit_kg=49_000), dict(fine_yuan=500, warning=False)),
        Example("3.4 t over: three steps", DAY, dict(gross_kg=52_400, limit_kg=49_000), dict(fine_yuan=1_500)),
        Example("10.3 t over", DAY, dict(gross_kg=59_300, limit_kg=49_000), dict(fine_yuan=5_000, excess_kg=10_300)),
        Example("31 t over", DAY, dict(gross_kg=80_000, limit_kg=49_000), dict(fine_yuan=15_500)),
        Example("far over: the cap", DAY, dict(gross_kg=120_000, limit_kg=49_000), dict(fine_yuan=30_000)),
        Example(
            "3.4 t over, in proportion",
            DAY,
            dict(gross_kg=52_400, limit_kg=49_000),
            dict(fine_yuan=1_700),
            readings={"fine_steps": "proportional"},
        ),
        Example(
            "3.4 t over, rounded up",
            DAY,
            dict(gross_kg=52_400, limit_kg=49_000),
            dict(fine_yuan=2_000),
            readings={"fine_steps": "up"},
        ),
    ],
)
def overload_fine(on: Any, gross_kg: Any, limit_kg: Any, readings: Any) -> Columns:
    """Excess, rate and fine in yuan of each weighing; a warning where the excess is small.

    The rate is a part of the limit (0.2102 is 21.02 %), to six places.
    """
    excess = np.maximum(gross_kg - limit_kg, 0)
    steps = excess / FINE_STEP.on(on)
    steps = {"floor": np.floor, "up": np.ceil, "proportional": np.positive}[FINE_STEPS.chosen(readings)](steps)
    warning = (excess > 0) & (excess <= WARNING_UP_TO.on(on))
    fine = np.minimum(np.round(steps * FINE_PER_STEP.on(on), 2), FINE_CAP.on(on))
    return {
        "excess_kg": excess,
        "rate": np.round(excess / limit_kg, 6),
        "fine_yuan": np.where(warning, 0, fine),
        "warning": warning,
    }
