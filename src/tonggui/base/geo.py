"""Points on the ground and the three systems in which Chinese maps give them.

WGS-84 and CGCS2000 agree within centimetres and are stored as they are. GCJ-02 (Amap, Tencent, most public maps) is
shifted by up to some 700 m, BD-09 (Baidu) by more; both are brought to WGS-84 at the edge and the original is kept.
Longitude comes first, in degrees, east and north positive. Functions take numbers or arrays and give the same.

The shift is the widely published approximation of GCJ-02 on the Krasovsky 1940 ellipsoid; its inverse is found by
iteration and returns to the start within a centimetre.
"""

from dataclasses import dataclass
from math import pi
from typing import Any

import numpy as np

SYSTEMS = {"WGS84": "WGS-84", "CGCS2000": "CGCS2000", "GCJ02": "GCJ-02（高德、腾讯）", "BD09": "BD-09（百度）"}

_EARTH_RADIUS_M = 6_371_008.8
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
        return cls(round(float(x), 7), round(float(y), 7), system, (longitude, latitude))


def in_china(longitude: Any, latitude: Any) -> Any:
    """Roughly where the GCJ-02 shift applies; outside it the systems agree."""
    return (longitude >= 72.004) & (longitude <= 137.8347) & (latitude >= 0.8293) & (latitude <= 55.8271)


def wgs84_to_gcj02(longitude: Any, latitude: Any) -> tuple[Any, Any]:
    """Degrees in GCJ-02 of degrees in WGS-84."""
    east, north = _shift(longitude, latitude)
    shifted = in_china(longitude, latitude)
    return np.where(shifted, longitude + east, longitude)[()], np.where(shifted, latitude + north, latitude)[()]


def _shift(longitude: Any, latitude: Any) -> tuple[Any, Any]:
    """The shift east and north in degrees."""
    x, y = longitude - 105.0, latitude - 35.0
    wave = (20.0 * np.sin(6.0 * x * pi) + 20.0 * np.sin(2.0 * x * pi)) * 2.0 / 3.0
    root = np.sqrt(np.abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20.0 * np.sin(y * pi) + 40.0 * np.sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * pi) + 320 * np.sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20.0 * np.sin(x * pi) + 40.0 * np.sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * pi) + 300.0 * np.sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = np.radians(latitude)
    w2 = 1 - _ECCENTRICITY2 * np.sin(phi) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY2) / (w2 * np.sqrt(w2)) * pi
    parallel = _AXIS / np.sqrt(w2) * np.cos(phi) * pi
    return east * 180.0 / parallel, north * 180.0 / meridian


def gcj02_to_wgs84(longitude: Any, latitude: Any) -> tuple[Any, Any]:
    """Degrees in WGS-84 of degrees in GCJ-02."""
    x, y = longitude, latitude
    for _ in range(6):
        shifted_x, shifted_y = wgs84_to_gcj02(x, y)
        x, y = x + longitude - shifted_x, y + latitude - shifted_y
    return x, y


def bd09_to_gcj02(longitude: Any, latitude: Any) -> tuple[Any, Any]:
    """Degrees in GCJ-02 of degrees in BD-09."""
    x, y = longitude - 0.0065, latitude - 0.006
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * _BD_TURN)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * _BD_TURN)
    return radius * np.cos(angle), radius * np.sin(angle)


def to_wgs84(longitude: Any, latitude: Any, system: str) -> tuple[Any, Any]:
    """Degrees in WGS-84 of degrees in one of SYSTEMS."""
    if system == "BD09":
        longitude, latitude = bd09_to_gcj02(longitude, latitude)
    return gcj02_to_wgs84(longitude, latitude) if system in ("BD09", "GCJ02") else (longitude, latitude)


def distance_m(longitude: Any, latitude: Any, other_longitude: Any, other_latitude: Any) -> Any:
    """Great-circle distance in metres on a sphere of the earth's mean radius; within 0.6 % of the ellipsoid's."""
    phi, other_phi = np.radians(latitude), np.radians(other_latitude)
    half = np.sin((other_phi - phi) / 2) ** 2
    half = half + np.cos(phi) * np.cos(other_phi) * np.sin(np.radians(other_longitude - longitude) / 2) ** 2
    return 2 * _EARTH_RADIUS_M * np.arcsin(np.sqrt(half))
