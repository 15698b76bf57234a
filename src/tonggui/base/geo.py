"""Points on the ground and the three systems in which Chinese maps give them.

WGS-84 and CGCS2000 agree within centimetres and are stored as they are. GCJ-02 (Amap, Tencent, most public maps) is
shifted by up to some 700 m, BD-09 (Baidu) by more; both are brought to WGS-84 at the edge and the original is kept.
Longitude comes first, in degrees, east and north positive.

The shift is the widely published approximation of GCJ-02 on the Krasovsky 1940 ellipsoid; its inverse is found by
iteration and returns to the start within a centimetre.
"""

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, radians, sin, sqrt

SYSTEMS = {"WGS84": "WGS-84", "CGCS2000": "CGCS2000", "GCJ02": "GCJ-02（高德、腾讯）", "BD09": "BD-09（百度）"}

_AXIS, _ECCENTRICITY2 = 6378245.0, 0.00669342162296594323
_BD_TURN = pi * 3000.0 / 180.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place in WGS-84, with the system and the numbers in which it was first given."""

    longitude: float
    latitude: float
    system: str = "WGS84"
    original: tuple[float, float] | None = None

    @classmethod
    def given(cls, longitude: float, latitude: float, system: str = "WGS84") -> "Point":
        """A point read in any of SYSTEMS; ValueError outside the earth or for an unknown system."""
        if system not in SYSTEMS:
            raise ValueError(f"no such system: {system}")
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise ValueError(f"not on earth: {longitude}, {latitude}")
        if system in ("WGS84", "CGCS2000"):
            return cls(longitude, latitude, system)
        x, y = to_wgs84(longitude, latitude, system)
        return cls(round(x, 7), round(y, 7), system, (longitude, latitude))


def in_china(longitude: float, latitude: float) -> bool:
    """Roughly where the GCJ-02 shift applies; outside it the systems agree."""
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def wgs84_to_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    if not in_china(longitude, latitude):
        return longitude, latitude
    x, y = longitude - 105.0, latitude - 35.0
    wave = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = radians(latitude)
    w2 = 1 - _ECCENTRICITY2 * sin(phi) ** 2
    north = north * 180.0 / (_AXIS * (1 - _ECCENTRICITY2) / (w2 * sqrt(w2)) * pi)
    east = east * 180.0 / (_AXIS / sqrt(w2) * cos(phi) * pi)
    return longitude + east, latitude + north


def gcj02_to_wgs84(longitude: float, latitude: float) -> tuple[float, float]:
    x, y = longitude, latitude
    for _ in range(6):
        shifted_x, shifted_y = wgs84_to_gcj02(x, y)
        x, y = x + longitude - shifted_x, y + latitude - shifted_y
    return x, y


def bd09_to_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    x, y = longitude - 0.0065, latitude - 0.006
    radius = hypot(x, y) - 0.00002 * sin(y * _BD_TURN)
    angle = atan2(y, x) - 0.000003 * cos(x * _BD_TURN)
    return radius * cos(angle), radius * sin(angle)


def to_wgs84(longitude: float, latitude: float, system: str) -> tuple[float, float]:
    """Degrees in WGS-84 of degrees in one of SYSTEMS."""
    if system == "BD09":
        longitude, latitude = bd09_to_gcj02(longitude, latitude)
    return gcj02_to_wgs84(longitude, latitude) if system in ("BD09", "GCJ02") else (longitude, latitude)
