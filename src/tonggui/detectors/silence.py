"""长时间无数据: a vehicle of the fleet whose terminal has sent no position for hours.

Basis: 道路运输车辆动态监督管理办法 (2022) 第二十六条, a vehicle whose device cannot stay online must not be sent out.
The regulation gives no number of hours; the usual setting of county platforms is used.
"""

from tonggui.stream.declare import Detector, Story, silent

LONGER_THAN = 4 * 3600
TICK = 1200

silence = Detector(
    "silent",
    "长时间无数据",
    basis="道路运输车辆动态监督管理办法 第二十六条",
    reading="Counted from the last position received, by our clock; only terminals of the fleet are watched.",
    when=lambda terminals: terminals.in_fleet,
    hold=silent(more_than=LONGER_THAN),
    stories=[
        Story("four hours and twenty minutes", every=TICK, in_fleet=True, heard=[True] + [False] * 14, fires_at=[13]),
        Story("heard in time", every=TICK, in_fleet=True, heard=([True] + [False] * 12) * 3, fires_at=[]),
        Story("once for one silence", every=TICK, in_fleet=True, heard=[True] + [False] * 40, fires_at=[13]),
        Story("not one of ours", every=TICK, in_fleet=False, heard=[True] + [False] * 14, fires_at=[]),
        Story("silent again", every=TICK, in_fleet=True, heard=([True] + [False] * 14) * 2, fires_at=[13, 28]),
    ],
)
