"""超限罚款: what exceeding the limits costs, and when it costs only a warning.

Basis: 超限运输车辆行驶公路管理规定 article 43: up to 1,000 kg over is a warning; beyond that 500 yuan for each
1,000 kg; together with what the dimensions cost at most 30,000 yuan. A province may have its own scale: 浙江省公路条例
article 53 asks nothing up to 20 % over the limit, 300 yuan a tonne from there to 50 %, 500 yuan a tonne above.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import BUREAU, CHECKED, OVERLIMIT_ORDER, ZHEJIANG_ROADS

START = OVERLIMIT_ORDER.since or date.min
ARTICLE = OVERLIMIT_ORDER.article(43, 1, 2)
TOGETHER = OVERLIMIT_ORDER.article(43)

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

ZHEJIANG = ZHEJIANG_ROADS.article(53)
ZHEJIANG_SHARES = Parameter(
    "浙江超限罚款分段",
    source=ZHEJIANG,
    checked=CHECKED,
    values={ZHEJIANG_ROADS.since or START: (0.2, 0.5)},
    note="占限值的比例：第一段以内教育纠正，可以不予处罚。",
)
ZHEJIANG_PER_TONNE = Parameter(
    "浙江超限每吨罚款",
    unit="元",
    source=ZHEJIANG,
    checked=CHECKED,
    values={ZHEJIANG_ROADS.since or START: (300, 500)},
    note="依次为两段之间和第二段以上的部分；理解为按吨数比例计。",
)
SCHEME = Reading(
    "scheme",
    "超限罚款的计算办法",
    BUREAU.part("行政处罚裁量基准"),
    {"national": "按第62号令第四十三条", "zhejiang": "按浙江省公路条例第五十三条分段计算"},
    default="national",
)
DAY = date(2024, 5, 1)


@rule(
    "超限罚款",
    ARTICLE,
    since=START,
    parameters=(WARNING_UP_TO, FINE_STEP, FINE_PER_STEP, FINE_CAP, ZHEJIANG_SHARES, ZHEJIANG_PER_TONNE),
    readings=(FINE_STEPS, SCHEME),
    takes=(
        Given("gross_kg", "车货总质量", dtype="float64", unit="kg"),
        Given("limit_kg", "限值", dtype="float64", unit="kg"),
        Given("size_fine_yuan", "外廓超限罚款", dtype="float64", unit="元", unknown=0),
    ),
    gives=(
        Gives("excess_kg", "超限质量", "kg"),
        Gives("rate", "超限率"),
        Gives("mass_fine_yuan", "质量超限罚款", "元"),
        Gives("fine_yuan", "罚款", "元"),
        Gives("warning", "警告"),
        Gives("graduated", "分段计算"),
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
        Step("超限未超过 1000 千克，予以警告", ARTICLE, when=lambda row: row["warning"] & ~row["graduated"]),
        Step(
            "每超 1000 千克罚款 500 元，计 {mass_fine_yuan} 元",
            ARTICLE,
            when=lambda row: (row["mass_fine_yuan"] > 0) & ~row["graduated"],
        ),
        Step("超限未超过 20%，教育纠正，可以不予处罚", ZHEJIANG, when=lambda row: row["warning"] & row["graduated"]),
        Step(
            "超过限值 20% 至 50% 的部分每吨罚款 300 元，超过 50% 的部分每吨罚款 500 元，计 {mass_fine_yuan} 元",
            ZHEJIANG,
            when=lambda row: (row["mass_fine_yuan"] > 0) & row["graduated"],
        ),
        Step(
            "与外廓超限罚款 {size_fine_yuan} 元合并，计 {fine_yuan} 元",
            TOGETHER,
            when=lambda row: (row["size_fine_yuan"] > 0) & (row["mass_fine_yuan"] > 0),
        ),
        Step("已达罚款上限", TOGETHER, when=lambda row: row["fine_yuan"] >= FINE_CAP.on(row["on"])),
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
        Example(
            "with its width",
            DAY,
            dict(gross_kg=52_400, limit_kg=49_000, size_fine_yuan=200),
            dict(mass_fine_yuan=1_500, fine_yuan=1_700),
        ),
        Example(
            "together under the cap",
            DAY,
            dict(gross_kg=108_000, limit_kg=49_000, size_fine_yuan=1_000),
            dict(mass_fine_yuan=29_500, fine_yuan=30_000),
        ),
        Example(
            "31 t over by the bands of Zhejiang",
            DAY,
            dict(gross_kg=80_000, limit_kg=49_000),
            dict(fine_yuan=7_660, warning=False),
            readings={"scheme": "zhejiang"},
        ),
        Example(
            "a fifth over by the bands of Zhejiang",
            DAY,
            dict(gross_kg=58_800, limit_kg=49_000),
            dict(fine_yuan=0, warning=True),
            readings={"scheme": "zhejiang"},
        ),
    ],
)
def overload_fine(on: Any, gross_kg: Any, limit_kg: Any, size_fine_yuan: Any, readings: Any) -> Columns:
    """Excess, rate and fine in yuan of each weighing; a warning where the excess is small.

    The rate is a part of the limit (0.2102 is 21.02 %), to six places. `gross_kg` is the mass judged, after what the
    bureau takes off for the scale.
    """
    excess = np.maximum(gross_kg - limit_kg, 0)
    steps = excess / FINE_STEP.on(on)
    steps = {"floor": np.floor, "up": np.ceil, "proportional": np.positive}[FINE_STEPS.chosen(readings)](steps)
    warning = (excess > 0) & (excess <= WARNING_UP_TO.on(on))
    mass_fine = np.where(warning, 0, np.round(steps * FINE_PER_STEP.on(on), 2))
    graduated = ZHEJIANG_SHARES.in_force(on) & (SCHEME.chosen(readings) == "zhejiang")
    if graduated.any():
        mass_fine[graduated], warning[graduated] = _graduated(on[graduated], excess[graduated], limit_kg[graduated])
    cap = FINE_CAP.on(on)
    return {
        "excess_kg": excess,
        "rate": np.round(excess / limit_kg, 6),
        "mass_fine_yuan": np.minimum(mass_fine, cap),
        "fine_yuan": np.minimum(mass_fine + size_fine_yuan, cap),
        "warning": warning,
        "graduated": graduated,
    }


def _graduated(on: Any, excess: Any, limit_kg: Any) -> tuple[Any, Any]:
    """Fine and warning by the bands of a share of the limit, each band priced by the tonne."""
    first, second = (ZHEJIANG_SHARES.on(on) * limit_kg[:, None]).round(3).T
    middle, upper = ZHEJIANG_PER_TONNE.on(on).T
    fine = np.clip(excess - first, 0, second - first) / 1_000 * middle + np.maximum(excess - second, 0) / 1_000 * upper
    return np.round(fine, 2), (excess > 0) & (excess <= first)
