"""称重证据: when a weighing may found a case at all.

Basis: 行政处罚法 article 41: what monitoring equipment recorded is no evidence where it was not reviewed or the
equipment does not meet the standards. A scale whose verification has lapsed, or that weighed at a speed for which it
was not verified, is such equipment; the pass is kept and marked.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import PENALTY_LAW

ARTICLE = PENALTY_LAW.article(41)
DAY = date(2026, 5, 1)
HOLDS = dict(calibrated_to=date(2026, 12, 31))
RANGE = HOLDS | dict(speed_from=5.0, speed_to=80.0)


@rule(
    "称重设备检定在有效期内",
    ARTICLE,
    since=PENALTY_LAW.since or date.min,
    takes=(
        Given("calibrated_to", "检定有效期至", dtype="datetime64[D]", unknown=np.datetime64("NaT")),
        Given("calibrated_from", "检定有效期自", dtype="datetime64[D]", unknown=np.datetime64("NaT")),
        Given("speed_kmh", "车速", dtype="float64", unknown=np.nan),
        Given("speed_from", "检定最低车速", dtype="float64", unknown=np.nan),
        Given("speed_to", "检定最高车速", dtype="float64", unknown=np.nan),
    ),
    gives=(Gives("certified", "检测当日在检定有效期内"), Gives("usable", "可作为立案依据")),
    steps=(
        Step("检定有效期至 {calibrated_to}，检测当日有效", ARTICLE, when=lambda row: row["certified"]),
        Step("称重设备检测当日不在检定有效期内，本次数据不得作为立案依据", ARTICLE, when=lambda row: ~row["certified"]),
        Step(
            "车速 {speed_kmh:g} km/h 不在检定速度范围 {speed_from:g} 至 {speed_to:g} km/h 内，本次数据不得作为立案依据",
            ARTICLE,
            when=lambda row: row["certified"] & ~row["usable"],
        ),
    ),
    reading=(
        "The first and last day named on the certificate still count; an unknown certificate is none. A certificate "
        "covers the speeds it names; one that names none, or a weighing without a speed, is not narrowed by them."
    ),
    examples=[
        Example("valid", DAY, HOLDS, dict(usable=True)),
        Example("the last day", DAY, dict(calibrated_to=DAY), dict(usable=True)),
        Example("lapsed", DAY, dict(calibrated_to=date(2026, 4, 30)), dict(usable=False)),
        Example("unknown", DAY, {}, dict(usable=False)),
        Example("the first day", DAY, HOLDS | dict(calibrated_from=DAY), dict(usable=True)),
        Example("not yet", DAY, HOLDS | dict(calibrated_from=date(2026, 5, 2)), dict(usable=False)),
        Example("at the range's end", DAY, RANGE | dict(speed_kmh=80.0), dict(usable=True)),
        Example("too fast", DAY, RANGE | dict(speed_kmh=80.5), dict(usable=False, certified=True)),
        Example("too slow", DAY, RANGE | dict(speed_kmh=4.9), dict(usable=False)),
        Example("no speed", DAY, RANGE, dict(usable=True)),
    ],
)
def weighing_evidence(
    on: Any, calibrated_to: Any, calibrated_from: Any, speed_kmh: Any, speed_from: Any, speed_to: Any
) -> Columns:
    """Whether the scale was within its verification, by day and by speed, when it weighed."""
    certified = (calibrated_to >= on) & ~(calibrated_from > on)
    return {"certified": certified, "usable": certified & ~((speed_kmh < speed_from) | (speed_kmh > speed_to))}
