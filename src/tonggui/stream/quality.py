"""Quality of a position: what is wrong with it, as bits. Nothing is thrown away; what is wrong is kept and marked.

A record without a bit is a qualified record (合格数据) of the assessment: reasonable time, place, speed and altitude.
Basis: JT/T 809-2011 4.5.8 with the ranges in the notes of the assessment table: time not after now, longitude 73°33'E
to 135°05'E, latitude 3°51'N to 53°33'N, speed 0 to 160 km/h, altitude -200 to 6,500 m.

SPEED_DISAGREES is ours, not the table's, and does not make a record unqualified: the vehicle came further in a straight
line than it could have at the speeds reported at both ends, even had it sped up and braked hard in between. That is how
a speed in metres a second, written where km/h belongs, gives itself away (and a drifting receiver too: the mark says
that the two disagree, not which is wrong). It proves little, so it accuses little: a slow vehicle, or fixes far apart,
stay unmarked. A speed too high is not found this way, since a winding road is longer than its chord.
"""

from collections.abc import Mapping
from enum import IntFlag

import numpy as np

from tonggui.base.clock import SECOND, Micros

# Terminals' clocks run a little ahead of ours; reports within this are taken as made now.
CLOCK_TOLERANCE: Micros = 300 * SECOND
# Nobody had such a terminal before; digits like 00-00-00 become instants before it.
EARLIEST: Micros = 946_684_800 * SECOND  # 2000-01-01
LATITUDE_E6 = (3_850_000, 53_550_000)
LONGITUDE_E6 = (73_550_000, 135_083_333)
SPEED_KMH = (0, 160)
ALTITUDE_M = (-200, 6_500)
# Fixes this close are compared; in a longer time a vehicle may do anything.
COMPARED_WITHIN: Micros = 30 * SECOND
# A car that pulls away and brakes hard. Trucks and coaches do less.
SPEEDING_UP_MS2, BRAKING_MS2 = 2.0, 4.0
# Two fixes of a receiver with a poor sky, and times cut to whole seconds.
NOISE_M = 50.0
# The ground is flat enough over half a minute's drive.
METRES_A_MICRODEGREE = 0.111195


class Quality(IntFlag):
    """The numbers are kept in the store: never change one, only add."""

    FUTURE = 1
    NO_TIME = 2
    NO_PLACE = 4
    OUTSIDE = 8
    SPEED = 16
    ALTITUDE = 32
    SPEED_DISAGREES = 64

    @property
    def label(self) -> str:
        """What a person reads, 正常 for a qualified record."""
        return "、".join(LABELS[bit] for bit in Quality if bit in self) or "正常"


LABELS = {
    Quality.FUTURE: "时间晚于接收时间",
    Quality.NO_TIME: "时间无效",
    Quality.NO_PLACE: "经纬度为零",
    Quality.OUTSIDE: "位置超出国境范围",
    Quality.SPEED: "速度超出合理范围",
    Quality.ALTITUDE: "高程超出合理范围",
    Quality.SPEED_DISAGREES: "所报速度与行驶距离不符",
}
# What the assessment's table counts against a record.
ASSESSED = Quality.FUTURE | Quality.NO_TIME | Quality.NO_PLACE | Quality.OUTSIDE | Quality.SPEED | Quality.ALTITUDE
UNTIMED = Quality.FUTURE | Quality.NO_TIME
# A position with one of these is not looked at by detectors. A wrong altitude does not matter to them.
UNUSABLE = UNTIMED | Quality.NO_PLACE | Quality.OUTSIDE | Quality.SPEED


def mark(columns: Mapping[str, np.ndarray]) -> np.ndarray:
    """The quality (u1) of each row, by its times, its place in micro-degrees, `speed_kmh` and `altitude_m`."""
    time, latitude, longitude = columns["time"], columns["latitude_e6"], columns["longitude_e6"]
    faults = {
        Quality.FUTURE: time > columns["received_at"] + CLOCK_TOLERANCE,
        Quality.NO_TIME: time < EARLIEST,
        Quality.NO_PLACE: (latitude == 0) & (longitude == 0),
        Quality.OUTSIDE: _outside(latitude, LATITUDE_E6) | _outside(longitude, LONGITUDE_E6),
        Quality.SPEED: _outside(columns["speed_kmh"], SPEED_KMH),
        Quality.ALTITUDE: _outside(columns["altitude_m"], ALTITUDE_M),
    }
    marks = np.zeros(len(time), np.uint8)
    for bit, found in faults.items():
        marks[found] |= np.uint8(bit)
    return marks


def further_than_its_speed(before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray]) -> np.ndarray:
    """True where a vehicle came further between two of its fixes than their speeds allow.

    `before` and `after` hold `time`, `latitude_e6`, `longitude_e6` and `speed_kmh` of each pair. Speeding up at a, then
    braking at b, gains a·b/(a+b)·t²/2 over the faster of the two speeds held for t.
    """
    apart = after["time"] - before["time"]
    seconds = apart / SECOND
    fastest = np.maximum(before["speed_kmh"], after["speed_kmh"]) / 3.6
    gained = SPEEDING_UP_MS2 * BRAKING_MS2 / (SPEEDING_UP_MS2 + BRAKING_MS2) * seconds**2 / 2
    north = (after["latitude_e6"] - before["latitude_e6"]) * METRES_A_MICRODEGREE
    east = (after["longitude_e6"] - before["longitude_e6"]) * METRES_A_MICRODEGREE
    came = np.hypot(north, east * np.cos(np.radians(after["latitude_e6"] / 1e6)))
    return (apart > 0) & (apart <= COMPARED_WITHIN) & (came > fastest * seconds + gained + NOISE_M)


def _outside(values: np.ndarray, bounds: tuple[float, float]) -> np.ndarray:
    low, high = bounds
    # Written this way round so that NaN is outside.
    return ~((values >= low) & (values <= high))
