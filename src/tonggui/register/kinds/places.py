"""Kinds that lie on the ground: Place (a point) and Area (a polygon). Stored in WGS-84, longitude first.

A Place is two plain columns, so that any database can find what lies in a map window, and a third that keeps the
system and the numbers in which the point was given.
"""

import json
import math
import re
from typing import Any

import shapely
from django.db import models
from django.db.models import Q

from tonggui.base.geo import SYSTEMS, Point
from tonggui.register.errors import Invalid
from tonggui.register.kinds.base import Kind, Reading

KM_PER_DEGREE = 111.32
_PAIR = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,，;； ]\s*(-?\d+(?:\.\d+)?)\s*(?:[（(]?\s*([A-Za-z0-9-]+)\s*[）)]?)?\s*")


class Place(Kind):
    """A point. Reads "120.654196, 31.123581", with GCJ02 or BD09 behind it where it came from such a map.

    `record.place` is a `Point` or None; the columns are `place_lon`, `place_lat` and `place_given`.
    """

    control, filter, api_type = "place", "", dict
    unique, indexed, null, preset = False, False, True, None

    def __init__(self, label: str = "", *, optional: bool = False, hint: str = ""):
        self.label, self.optional, self.hint, self.unit = label, optional, hint, ""

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        self.name = self.attname = name
        self.lon, self.lat, self.given = f"{name}_lon", f"{name}_lat", f"{name}_given"
        for part in (self.lon, self.lat):
            model.add_to_class(part, models.FloatField(null=True, editable=False))
        model.add_to_class(self.given, models.JSONField(default=dict, editable=False))
        # A real property, so that Django's constructor takes `place=…` like any other value.
        setattr(model, name, property(self._get, self._set))
        model._places = {**getattr(model, "_places", {}), name: self}

    def _get(self, record: Any) -> Point | None:
        longitude, latitude = getattr(record, self.lon), getattr(record, self.lat)
        if longitude is None or latitude is None:
            return None
        given = getattr(record, self.given) or {}
        original = given.get("original")
        return Point(longitude, latitude, given.get("system", "WGS84"), tuple(original) if original else None)

    def _set(self, record: Any, point: Point | None) -> None:
        setattr(record, self.lon, None if point is None else point.longitude)
        setattr(record, self.lat, None if point is None else point.latitude)
        given: dict[str, Any] = {} if point is None else {"system": point.system}
        if point is not None and point.original:
            given["original"] = list(point.original)
        setattr(record, self.given, given)

    def read(self, raw: Any, reading: Reading) -> Point:
        if isinstance(raw, Point):
            return raw
        if isinstance(raw, dict):
            raw = f"{raw.get('longitude')},{raw.get('latitude')} {raw.get('system') or 'WGS84'}"
        found = _PAIR.fullmatch(str(raw))
        system = ((found and found[3]) or "WGS84").upper().replace("-", "")
        if not found or system not in SYSTEMS:
            raise Invalid(f"不是坐标：{raw}。请写成“经度, 纬度”，如 120.654196, 31.123581；火星坐标后面加 GCJ02。")
        try:
            return Point.given(float(found[1]), float(found[2]), system)
        except ValueError:
            raise Invalid(f"坐标不在地球上：{raw}。请先写经度，后写纬度。") from None

    def show(self, value: Any) -> str:
        return f"{value.longitude:.6f}, {value.latitude:.6f}" if value else ""

    def entry(self, value: Any) -> Any:
        if value is None:
            return ""
        if value.original:
            return f"{value.original[0]!r}, {value.original[1]!r} {value.system}"
        return f"{value.longitude!r}, {value.latitude!r}" + ("" if value.system == "WGS84" else f" {value.system}")

    def cell(self, value: Any) -> Any:
        return self.entry(value) or None

    def dump(self, value: Any) -> Any:
        if value is None:
            return None
        return {
            "longitude": value.longitude,
            "latitude": value.latitude,
            "system": value.system,
            "original": list(value.original) if value.original else None,
        }

    def load(self, data: Any) -> Any:
        if not data:
            return None
        original = data.get("original")
        return Point(data["longitude"], data["latitude"], data["system"], tuple(original) if original else None)

    def within(self, west: float, south: float, east: float, north: float) -> Q:
        """Records whose point lies in a map window."""
        return Q(
            **{f"{self.lon}__gte": west, f"{self.lon}__lte": east, f"{self.lat}__gte": south, f"{self.lat}__lte": north}
        )

    def note(self) -> str:
        return self.hint or "经度, 纬度；高德、腾讯坐标后加 GCJ02，百度坐标后加 BD09"


class Area(Kind, models.JSONField):
    """A polygon, kept as a GeoJSON geometry (Polygon or MultiPolygon) in WGS-84."""

    control, filter, wide, api_type, column_class = "area", "", True, dict, "JSONField"
    column_keys = ()

    def read(self, raw: Any, reading: Reading) -> dict:
        try:
            shape = json.loads(raw) if isinstance(raw, str) else raw
            polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
            rings = [ring for polygon in polygons for ring in polygon]
            sound = shape["type"] in ("Polygon", "MultiPolygon") and rings and all(map(self._is_ring, rings))
        except (ValueError, TypeError, KeyError):
            sound = False
        if not sound:
            raise Invalid("不是区域：请在地图上画出，或粘贴 GeoJSON 的 Polygon，首尾点相同。")
        if not shapely.is_valid(shapely.from_geojson(json.dumps(shape))):
            raise Invalid("区域的边线互相交叉或重叠，分不清里外。请重画，使边线不交叉。")
        return {"type": shape["type"], "coordinates": shape["coordinates"]}

    @staticmethod
    def _is_ring(ring: list) -> bool:
        on_earth = all(-180 <= float(p[0]) <= 180 and -90 <= float(p[1]) <= 90 for p in ring)
        return len(ring) >= 4 and list(ring[0]) == list(ring[-1]) and on_earth

    def show(self, value: Any) -> str:
        """What can be said of an area in a line; its shape is for the map."""
        if not value:
            return ""
        shape = shapely.from_geojson(json.dumps(value))
        km2 = shape.area * math.cos(math.radians(shape.centroid.y)) * KM_PER_DEGREE**2
        corners = sum(len(part.exterior.coords) - 1 for part in getattr(shape, "geoms", [shape]))
        size = f"{km2:,.2f} 平方公里" if km2 >= 0.1 else f"{km2 * 1e6:,.0f} 平方米"
        return f"{corners} 个角点，约 {size}"

    def cell(self, value: Any) -> Any:
        return json.dumps(value, separators=(",", ":")) if value else None

    def entry(self, value: Any) -> Any:
        return self.cell(value) or ""

    def note(self) -> str:
        return self.hint or "坐标为 WGS-84，先经度后纬度"
