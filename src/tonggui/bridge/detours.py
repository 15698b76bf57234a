"""Tracks that cross the surroundings of a station without passing it.

A visit is a run of fixes within the reach of the station without a gap. It is a detour where its nearest fix stays
beyond the distance that counts as passing, and where it leaves on another side than it came from: who turns back, or
loads within the reach, drove around nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from clickhouse_connect.driver.client import Client

from tonggui.base.geo import distance_m
from tonggui.statutes.overloading import evasion as law

GAP_SECONDS = 900
FEWEST_FIXES = 4
DEGREE_M = 111_320.0

# One fix a quarter of a minute is enough to see a way, and keeps a month of a fleet small.
NEAR = """
SELECT vehicle, toUnixTimestamp(any(time)) AS at, any(latitude) AS lat, any(longitude) AS lon
FROM positions
WHERE time >= {since:DateTime64(6, 'UTC')} AND has({plates:Array(String)}, vehicle)
  AND latitude BETWEEN {south:Float64} AND {north:Float64} AND longitude BETWEEN {west:Float64} AND {east:Float64}
GROUP BY vehicle, intDiv(toUnixTimestamp(time), 15) AS slot ORDER BY vehicle, slot
"""


@dataclass(frozen=True, slots=True)
class Detour:
    """One way around: the truck, when it was nearest, and how near in metres."""

    plate: str
    at: datetime
    metres: float


def detours(client: Client, place: Any, plates: list[str], since: datetime, today: date) -> Iterator[Detour]:
    """Detours of these trucks around a place, in the order of trucks and time."""
    longitude, latitude = place.longitude, place.latitude
    reach, passed = float(law.STATION_REACH_M.on(today)), float(law.STATION_PASSED_M.on(today))
    high = reach / DEGREE_M
    wide = high / np.cos(np.radians(latitude))
    box = {"south": latitude - high, "north": latitude + high, "west": longitude - wide, "east": longitude + wide}
    rows = client.query(NEAR, parameters={"since": since, "plates": plates, **box}, column_oriented=True).result_columns
    if not rows:
        return
    vehicle, at, lat, lon = np.array(rows[0]), *(np.array(column, dtype=np.float64) for column in rows[1:])
    metres = distance_m(longitude, latitude, lon, lat)
    inside = metres <= reach
    vehicle, at, lat, lon, metres = (column[inside] for column in (vehicle, at, lat, lon, metres))
    starts = np.flatnonzero(np.r_[True, (vehicle[1:] != vehicle[:-1]) | (np.diff(at) > GAP_SECONDS)])
    bearing = np.degrees(np.arctan2((lon - longitude) * np.cos(np.radians(latitude)), lat - latitude))
    turn = float(law.TURN_BACK_DEGREES.on(today))
    for first, end in zip(starts, np.r_[starts[1:], len(at)], strict=True):
        if end - first >= FEWEST_FIXES and _crossed(bearing[first:end], turn):
            nearest = first + int(np.argmin(metres[first:end]))
            if metres[nearest] > passed:
                yield Detour(str(vehicle[nearest]), datetime.fromtimestamp(at[nearest], UTC), float(metres[nearest]))


def _crossed(bearing: npt.NDArray[np.float64], turn: float) -> bool:
    """Whether the way left on another side than it came from, in degrees as seen from the station."""
    between = abs(bearing[-1] - bearing[0]) % 360
    return bool(min(between, 360 - between) >= turn)
