"""联网联控考核: the monthly score of a supervising authority and of a transport enterprise, out of 100 points.

Basis: 全国重点营运车辆联网联控系统考核管理办法, tables for authorities and enterprises. A rate below its bound scores
zero; provinces may change items and points, so points and bounds are parameters.
"""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.law.declare import Example, Given, Gives, Parameter, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import CHECKED, NETWORK_ASSESSMENT

START = NETWORK_ASSESSMENT.since or date.min
AUTHORITY_TABLE = NETWORK_ASSESSMENT.part("主管部门考核表")
ENTERPRISE_TABLE = NETWORK_ASSESSMENT.part("运输企业考核表")

NETWORK_ZERO = Parameter(
    "车辆入网率零分界限", source=AUTHORITY_TABLE, checked=CHECKED, values={START: 0.90}, note="低于此值得零分。"
)
COMPLETENESS_ZERO = Parameter(
    "轨迹完整率零分界限", source=AUTHORITY_TABLE, checked=CHECKED, values={START: 0.70}, note="低于此值得零分。"
)
QUALITY_ZERO = Parameter(
    "数据合格率零分界限", source=AUTHORITY_TABLE, checked=CHECKED, values={START: 0.80}, note="低于此值得零分。"
)
DRIFT_ZERO = Parameter(
    "漂移车辆率零分界限", source=AUTHORITY_TABLE, checked=CHECKED, values={START: 0.05}, note="高于此值得零分。"
)
AUTHORITY_POINTS = Parameter(
    "主管部门考核分值", unit="分", source=AUTHORITY_TABLE, checked=CHECKED,
    values={START: {"network": 5, "online": 10, "drift": 15, "completeness": 40, "quality": 30}},
)  # fmt: skip
ENTERPRISE_POINTS = Parameter(
    "运输企业考核分值", unit="分", source=ENTERPRISE_TABLE, checked=CHECKED,
    values={
        START: {
            "network": 5, "online": 5, "completeness": 15, "quality": 15, "drift": 10,
            "speeding": 20, "fatigue": 20, "checks": 10,
        }
    },
)  # fmt: skip
ZEROS = (NETWORK_ZERO, COMPLETENESS_ZERO, QUALITY_ZERO, DRIFT_ZERO)
DAY = date(2026, 6, 30)


def rate(name: str, title: str) -> Given:
    return Given(name, title, dtype="float64")


RATES = (
    rate("network", "车辆入网率"),
    rate("online", "车辆上线率"),
    rate("drift", "漂移车辆率"),
    rate("completeness", "轨迹完整率"),
    rate("quality", "数据合格率"),
)
ALL_GOOD = dict(network=1.0, online=1.0, drift=0.0, completeness=1.0, quality=1.0)

Numbers = npt.NDArray[np.float64]


def points_of_rates(on: Any, points: Parameter, network: Numbers, online: Numbers, drift: Numbers,
                    completeness: Numbers, quality: Numbers) -> Numbers:  # fmt: skip
    """Points of the five rates that both tables share: each rate's share of its points, zero beyond its bound."""

    def worth(name: str) -> Numbers:
        return points.at(on, np.full(len(on), name))

    total = np.where(network >= NETWORK_ZERO.on(on), network, 0) * worth("network") + online * worth("online")
    total += np.where(completeness >= COMPLETENESS_ZERO.on(on), completeness, 0) * worth("completeness")
    total += np.where(quality >= QUALITY_ZERO.on(on), quality, 0) * worth("quality")
    return total + np.where(drift <= DRIFT_ZERO.on(on), 1 - drift, 0) * worth("drift")


def points_against_region(own: Numbers, region: Numbers, worth: Numbers) -> Numbers:
    """Full points at none, half at the region's average, none from twice the average.

    Where the region has none at all the table defines nothing: full points for none of one's own, else zero.
    """
    known = region > 0
    share = np.where(known, (2 * region - own) / np.where(known, 2 * region, 1), own <= 0)
    return np.clip(share, 0, 1) * worth


@rule(
    "主管部门联网联控考核得分",
    AUTHORITY_TABLE,
    since=START,
    parameters=(AUTHORITY_POINTS, *ZEROS),
    takes=RATES,
    gives=(Gives("score", "得分", "分"),),
    examples=[
        Example("nothing missing", DAY, ALL_GOOD, dict(score=100.0)),
        Example("network below its bound", DAY, ALL_GOOD | dict(network=0.89), dict(score=95.0)),
        Example("drift at its bound", DAY, ALL_GOOD | dict(drift=0.05), dict(score=99.25)),
        Example("drift above its bound", DAY, ALL_GOOD | dict(drift=0.06), dict(score=85.0)),
        Example("completeness below its bound", DAY, ALL_GOOD | dict(completeness=0.69), dict(score=60.0)),
    ],
)
def authority_score(on: Any, network: Any, online: Any, drift: Any, completeness: Any, quality: Any) -> Columns:
    """The score of each authority from the rates of its vehicles, to two places."""
    points = points_of_rates(on, AUTHORITY_POINTS, network, online, drift, completeness, quality)
    return {"score": np.round(points, 2)}


@rule(
    "运输企业联网联控考核得分",
    ENTERPRISE_TABLE,
    since=START,
    parameters=(ENTERPRISE_POINTS, *ZEROS),
    takes=(
        *RATES,
        rate("speeding", "平均车辆超速次数"),
        rate("speeding_region", "区域平均车辆超速次数"),
        rate("fatigue", "平均疲劳驾驶时长"),
        rate("fatigue_region", "区域平均疲劳驾驶时长"),
        rate("checks", "平台查岗响应率"),
    ),
    gives=(Gives("score", "得分", "分"),),
    reading="Where the region's average is zero, an enterprise without any takes the full points.",
    examples=[
        Example(
            "as the region", DAY,
            ALL_GOOD | dict(speeding=2.0, speeding_region=2.0, fatigue=0.5, fatigue_region=0.5, checks=1.0),
            dict(score=80.0),
        ),
        Example(
            "twice the region's speeding", DAY,
            ALL_GOOD | dict(speeding=4.0, speeding_region=2.0, fatigue=0.0, fatigue_region=0.5, checks=1.0),
            dict(score=80.0),
        ),
        Example(
            "nobody speeds anywhere", DAY,
            ALL_GOOD | dict(speeding=0.0, speeding_region=0.0, fatigue=0.0, fatigue_region=0.0, checks=0.5),
            dict(score=95.0),
        ),
    ],
)  # fmt: skip
def enterprise_score(
    on: Any,
    network: Any,
    online: Any,
    drift: Any,
    completeness: Any,
    quality: Any,
    speeding: Any,
    speeding_region: Any,
    fatigue: Any,
    fatigue_region: Any,
    checks: Any,
) -> Columns:
    """The score of each enterprise, its speeding and fatigue measured against the region, to two places."""

    def worth(name: str) -> Numbers:
        return ENTERPRISE_POINTS.at(on, np.full(len(on), name))

    points = points_of_rates(on, ENTERPRISE_POINTS, network, online, drift, completeness, quality)
    points += points_against_region(speeding, speeding_region, worth("speeding"))
    points += points_against_region(fatigue, fatigue_region, worth("fatigue")) + checks * worth("checks")
    return {"score": np.round(points, 2)}
