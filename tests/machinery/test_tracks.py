"""Track files of any origin: columns by their known names, times with and without zone, the unit of the speed."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from tonggui.base.clock import SECOND
from tonggui.run.tracks import TrackError, read_track

START = 1_750_000_000


def drive(kmh: float, reported: float, fixes: int = 60, every: int = 60) -> dict:
    """A vehicle going north at a steady speed, reporting `reported` whatever that means."""
    step = kmh / 3.6 * every / 111_320
    return {
        "vehicle_id": ["a"] * fixes,
        "timestamp": [START + every * i for i in range(fixes)],
        "latitude": [30 + step * i for i in range(fixes)],
        "longitude": [120.0] * fixes,
        "speed": [reported] * fixes,
    }


def save(path, columns):
    pyarrow.parquet.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize(("unit", "reported"), [("kmh", 60.0), ("mps", 60 / 3.6), ("mph", 60 / 1.609344)])
def test_the_speed_is_read_in_the_unit_that_fits_the_distance(tmp_path, unit, reported):
    track = read_track(save(tmp_path / "t.parquet", drive(60, reported)))
    assert track.speed_unit == unit
    assert track.speed_kmh == pytest.approx(np.full(60, 60.0))


def test_a_file_too_short_to_tell_is_taken_as_kmh(tmp_path):
    assert read_track(save(tmp_path / "t.parquet", drive(60, 60 / 3.6, fixes=5))).speed_unit == "kmh"


def test_times_with_zone_keep_it_and_times_without_are_chinas(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,time,lat,lon\n1,2026-06-01T08:00:00-05:00,30,120\n2,2026-06-01 08:00:00,30,120\n")
    track = read_track(path)
    hours = track.time / SECOND / 3600 % 24
    assert dict(zip([track.vehicles[v] for v in track.vehicle], hours, strict=True)) == {"1": 13, "2": 0}


def test_rows_without_a_place_are_left_out_and_counted(tmp_path):
    columns = drive(60, 60)
    columns["latitude"][3] = None
    track = read_track(save(tmp_path / "t.parquet", columns))
    assert (len(track), track.left_out) == (59, 1)


def test_a_missing_column_is_named_with_the_names_it_could_have(tmp_path):
    columns = drive(60, 60)
    del columns["latitude"]
    with pytest.raises(TrackError, match=r"no column for latitude \(known names: latitude, lat"):
        read_track(save(tmp_path / "t.parquet", columns))


def test_fixes_come_in_time_order(tmp_path):
    columns = {name: list(reversed(values)) for name, values in drive(60, 60).items()}
    assert (np.diff(read_track(save(tmp_path / "t.parquet", columns)).time) > 0).all()
