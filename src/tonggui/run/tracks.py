"""Track files of any origin as columns: which vehicle was where and when, and how fast.

Reads Parquet and CSV. Column names differ by origin, so each column has the names it is known by. The speed's unit is
not trusted: one agency sent miles an hour one year and metres a second the next under the same name. Where the reader
is not told, it compares the reported speed with distance over time between neighbouring fixes and takes the unit that
fits.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from tonggui.base.clock import SECOND

NAMES = {
    "vehicle": ("vehicle", "vehicle_id", "phone", "device", "device_id", "id", "plate", "车牌号"),
    "time": ("time", "timestamp", "datetime", "gps_time", "定位时间"),
    "latitude": ("latitude", "lat", "纬度"),
    "longitude": ("longitude", "lon", "lng", "经度"),
    "speed": ("speed", "speed_kmh", "speed_mps", "speed_mph", "velocity", "速度"),
    "direction": ("direction", "heading", "bearing", "course", "方向"),
}
REQUIRED = ("vehicle", "time", "latitude", "longitude")
KMH_PER = {"kmh": 1.0, "mps": 3.6, "mph": 1.609344}
# Neighbouring fixes further apart in time than this say little about the speed at either of them.
COMPARED_WITHIN_SECONDS = 180


class TrackError(ValueError):
    """A track file that cannot be read, in words for its owner."""


@dataclass(frozen=True, slots=True)
class Track:
    """Fixes in time order: names of vehicles, and for each fix the vehicle's number, micros, degrees, km/h, degrees."""

    vehicles: list[str]
    vehicle: np.ndarray
    time: np.ndarray
    latitude: np.ndarray
    longitude: np.ndarray
    speed_kmh: np.ndarray
    direction: np.ndarray
    speed_unit: str
    left_out: int

    def __len__(self) -> int:
        return len(self.time)


def read_track(path: Path, speed_unit: str = "auto", zone: str = "+08:00") -> Track:
    """Read a track file. `zone` is for times that carry none. Rows without vehicle, time or place are left out,
    counted."""
    table = _load(path)
    columns = {want: _find(table, want, path) for want in NAMES}
    time = _micros(columns["time"], zone)
    keep = pc.and_(pc.is_valid(time), pc.is_valid(columns["vehicle"]))
    for place in ("latitude", "longitude"):
        columns[place] = pc.cast(columns[place], pa.float64(), safe=False)
        keep = pc.and_(keep, pc.is_finite(pc.fill_null(columns[place], float("nan"))))
    mask = np.asarray(keep)

    def numbers(want: str) -> np.ndarray:
        if columns[want] is None:
            return np.zeros(int(mask.sum()))
        values = pc.fill_null(pc.cast(columns[want], pa.float64(), safe=False), 0.0)
        return np.nan_to_num(values.to_numpy(zero_copy_only=False)[mask])

    names = pc.cast(columns["vehicle"], pa.string()).filter(pa.array(mask)).combine_chunks().dictionary_encode()
    numbers_of = names.indices.to_numpy(zero_copy_only=False)
    when = time.to_numpy(zero_copy_only=False)[mask].astype(np.int64)
    order = np.lexsort((numbers_of, when))
    vehicle, when = numbers_of[order], when[order]
    latitude, longitude = numbers("latitude")[order], numbers("longitude")[order]
    speed, direction = numbers("speed")[order], numbers("direction")[order].astype(np.int64) % 360
    unit = _unit(speed_unit, vehicle, when, latitude, longitude, speed)
    return Track(
        vehicles=names.dictionary.to_pylist(),
        vehicle=vehicle,
        time=when,
        latitude=latitude,
        longitude=longitude,
        speed_kmh=speed * KMH_PER[unit],
        direction=direction,
        speed_unit=unit,
        left_out=int(len(mask) - mask.sum()),
    )


def _load(path: Path) -> pa.Table:
    try:
        if path.suffix == ".parquet":
            return pa.parquet.read_table(path)
        if path.suffix in (".csv", ".gz"):
            return pa.csv.read_csv(path)
    except (OSError, pa.ArrowInvalid) as problem:
        raise TrackError(f"{path.name} cannot be read: {problem}") from problem
    raise TrackError(f"{path.name}: a track file ends in .parquet, .csv or .csv.gz")


def _find(table: pa.Table, want: str, path: Path) -> pa.ChunkedArray | None:
    lower = {name.lower(): name for name in table.column_names}
    for name in NAMES[want]:
        if name in lower:
            return table[lower[name]]
    if want in REQUIRED:
        raise TrackError(
            f"{path.name} has no column for {want} (known names: {', '.join(NAMES[want])}); "
            f"its columns are {', '.join(table.column_names)}"
        )
    return None


def _micros(column: pa.ChunkedArray, zone: str) -> pa.ChunkedArray:
    kind = pa.timestamp("us", tz="UTC")
    if pa.types.is_timestamp(column.type):
        return pc.cast(column if column.type.tz else pc.assume_timezone(column, zone), kind, safe=False).cast(
            pa.int64()
        )
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        # Seconds or milliseconds since 1970: no track of ours is older than 1973 in milliseconds.
        values = pc.cast(column, pa.float64())
        scale = 1_000 if (pc.max(values).as_py() or 0) > 1e11 else SECOND
        return pc.cast(pc.round(pc.multiply(values, float(scale))), pa.int64())
    text = pc.replace_substring(pc.cast(column, pa.string()), " ", "T")
    zoned = pc.match_substring_regex(text, r"(Z|[+-]\d{2}:?\d{2})$")
    return pc.cast(pc.if_else(zoned, text, pc.binary_join_element_wise(text, zone, "")), kind).cast(pa.int64())


def _unit(
    asked: str, vehicle: np.ndarray, time: np.ndarray, lat: np.ndarray, lon: np.ndarray, speed: np.ndarray
) -> str:
    if asked != "auto":
        return asked
    order = np.lexsort((time, vehicle))
    gap = np.diff(time[order]) / SECOND
    near = (np.diff(vehicle[order]) == 0) & (gap > 0) & (gap <= COMPARED_WITHIN_SECONDS)
    east = np.diff(lon[order]) * np.cos(np.radians(lat[order][1:]))
    metres = np.hypot(east, np.diff(lat[order])) * 111_320
    reported = (speed[order][1:] + speed[order][:-1]) / 2
    driven = np.divide(metres, gap, out=np.zeros_like(metres), where=gap > 0) * 3.6
    moving = near & (driven > 10) & (reported > 2)
    if moving.sum() < 30:
        return "kmh"
    # The straight line between two fixes is shorter than the road, so the ratio reads a little low for every unit.
    ratio = float(np.median(driven[moving] / reported[moving]))
    return min(KMH_PER, key=lambda unit: abs(np.log(ratio / KMH_PER[unit])))
