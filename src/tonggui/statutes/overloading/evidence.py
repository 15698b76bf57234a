"""称重证据: when a weighing may found a case at all.

Basis: 行政处罚法 article 41: what monitoring equipment recorded is no evidence where it was not reviewed or the
equipment does not meet the standards. A scale whose verification has lapsed is such equipment; the pass is kept and
marked.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import PENALTY_LAW

ARTICLE = PENALTY_LAW.article(41)
DAY = date(2026, 5, 1)


@rule(
    "称重设备检定在有效期内",
    ARTICLE,
    since=PENALTY_LAW.since or date.min,
    takes=(Given("calibrated_to", "检定有效期至", dtype="datetime64[D]", unknown=np.datetime64("NaT")),),
    gives=(Gives("usable", "可作为立案依据"),),
    steps=(
        Step("检定有效期至 {calibrated_to}，检测当日有效", ARTICLE, when=lambda row: row["usable"]),
        Step("称重设备检测当日不在检定有效期内，本次数据不得作为立案依据", ARTICLE, when=lambda row: ~row["usable"]),
    ),
    reading="The last day named on the certificate still counts; an unknown certificate is none.",
    examples=[
        Example("valid", DAY, dict(calibrated_to=date(2026, 12, 31)), dict(usable=True)),
        Example("the last day", DAY, dict(calibrated_to=DAY), dict(usable=True)),
        Example("lapsed", DAY, dict(calibrated_to=date(2026, 4, 30)), dict(usable=False)),
        Example("unknown", DAY, {}, dict(usable=False)),
    ],
)
def weighing_evidence(on: Any, calibrated_to: Any) -> Columns:
    """Whether the scale was within its verification on the day of the weighing."""
    return {"usable": calibrated_to >= on}
