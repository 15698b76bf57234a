"""超速报警: a vehicle above its limit for longer than half a minute.

Basis: 道路运输车辆动态监督管理办法 (2022), duty to set limits of speed and to watch them. The count follows note 2 of
the assessment table (全国重点营运车辆联网联控系统考核管理办法): over the limit continuously for more than 30 s, several
within one minute are one. Coaches drive at night at 80 % of the day's limit at most.
"""

import numpy as np

from tonggui.stream.declare import Detector, Rows, Story, lasting, night

LONGER_THAN = 30
MERGE_WITHIN = 60
# Fixes further apart prove nothing about the time between them. Terminals report every 10 to 30 s while moving.
WIDEST_GAP = 60
NIGHT_SHARE = 0.8


def limit_in_force(row: Rows) -> np.ndarray:
    """The lowest limit known for the vehicle and the areas it is in, km/h; NaN where there is none."""
    reduced = night(row) & row.carries_passengers
    return row.limit_kmh * np.where(reduced, NIGHT_SHARE, 1.0)


overspeed = Detector(
    "overspeed",
    "超速报警",
    basis="全国重点营运车辆联网联控系统考核管理办法 考核表注2；道路旅客运输企业安全管理规范 夜间限速",
    when=lambda row: row.speed_kmh > limit_in_force(row),
    hold=lasting(more_than=LONGER_THAN, gap=WIDEST_GAP),
    merge=MERGE_WITHIN,
    peak="speed_kmh",
    evidence="speed_kmh limit_kmh latitude longitude",
    worked_out={"limit_kmh": limit_in_force},
    reading="The night share is applied to whatever limit is in force, also one of an area. Where no limit is known "
    "there is no speeding.",
    stories=[
        Story("more than thirty seconds above", every=10, limit_kmh=80, speed_kmh=[85, 86, 88, 90, 60], fires_at=[]),
        Story("and one fix further", every=10, limit_kmh=80, speed_kmh=[85, 86, 88, 90, 84, 60], fires_at=[4]),
        Story("one bad fix is not an alarm", every=10, limit_kmh=80, speed_kmh=[79, 140, 79, 78], fires_at=[]),
        Story("one alarm for one stretch", every=10, limit_kmh=80, speed_kmh=[90] * 20, fires_at=[4]),
        Story("a short dip is the same event", every=10, limit_kmh=80,
              speed_kmh=[90] * 6 + [70] * 2 + [90] * 6, fires_at=[4]),
        Story("a minute and a half later it is another", every=10, limit_kmh=80,
              speed_kmh=[90] * 6 + [70] * 9 + [90] * 6, fires_at=[4, 19]),
        Story("fixes four minutes apart prove nothing", every=240, limit_kmh=80, speed_kmh=[90] * 10, fires_at=[]),
        Story("at the limit is within it", every=10, limit_kmh=80, speed_kmh=[80] * 10, fires_at=[]),
        Story("no limit known", every=10, limit_kmh=float("nan"), speed_kmh=[120] * 10, fires_at=[]),
        Story("a coach at night", every=10, start="2026-03-02 23:00:00", carries_passengers=True, limit_kmh=100,
              speed_kmh=[85] * 6, fires_at=[4]),
        Story("a lorry at night", every=10, start="2026-03-02 23:00:00", limit_kmh=100,
              speed_kmh=[85] * 6, fires_at=[]),
    ],
)  # fmt: skip
