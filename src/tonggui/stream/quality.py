"""Quality of a position: what is wrong with it, as bits. Nothing is thrown away; what is wrong is kept and marked.

A record without a bit is a qualified record (合格数据) of the assessment: reasonable time, place, speed and altitude.
Basis: JT/T 809-2011 4.5.8 with the ranges in the notes of the assessment table: time not after now, longitude 73°33'E
to 135°05'E, latitude 3°51'N to 53°33'N, speed 0 to 160 km/h, altitude -200 to 6,500 m.
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


class Quality(IntFlag):
    """The numbers are kept in the store: never change one, only add."""

    FUTURE = 1
    NO_TIME = 2
    NO_PLACE = 4
    OUTSIDE = 8
    SPEED = 16
    ALTITUDE = 32

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
}
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


def _outside(values: np.ndarray, bounds: tuple[float, float]) -> np.ndarray:
    low, high = bounds
    # Written this way round so that NaN is outside.
    return ~((values >= low) & (values <= high))
