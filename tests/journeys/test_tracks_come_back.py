"""A recorded day goes in as terminals over TCP and comes back from the store: every fix, none twice, also over
crashes."""

import csv
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest

from tonggui.run.tracks import Track, read_track

pytestmark = pytest.mark.journey

AUSTIN = Path(__file__).parents[1] / "captures" / "tracks" / "austin_2016-11-25.parquet"
MICRODEGREES = 1e6


@pytest.fixture
def receiving(platform):
    """A platform that takes every terminal and stores what it reports."""
    platform.start("store")
    platform.start("gateway", "--port", "0", "--admission", "open")
    platform.start("stream")
    return platform


def stored(platform, how_many: int) -> list[tuple]:
    """Every stored position, once as many as expected are there (or time runs out)."""
    count = "SELECT count() FROM positions"
    platform.wait_for(f"{how_many} positions in the store", lambda: platform.query(count)[0][0] >= how_many, 60)
    columns = "phone, toUnixTimestamp64Micro(time), latitude_e6, longitude_e6, speed_kmh"
    return platform.query(f"SELECT {columns} FROM positions")


def expected(track: Track, identities: Path) -> list[tuple]:
    """What was driven, as the store should have it: whole seconds, micro-degrees, tenths of km/h."""
    with identities.open() as file:
        phones = {row["vehicle"]: row["phone"].lstrip("0") for row in csv.DictReader(file)}
    return [
        (phones[track.vehicles[v]], t // 1_000_000 * 1_000_000, round(lat * MICRODEGREES), round(lon * MICRODEGREES))
        for v, t, lat, lon in zip(
            track.vehicle.tolist(), track.time.tolist(), track.latitude.tolist(), track.longitude.tolist(), strict=True
        )
    ]


def test_the_austin_day_comes_back_whole(receiving, tmp_path):
    identities = tmp_path / "identities.csv"
    data = str(receiving.site.data)
    said = receiving.run("replay", str(AUSTIN), "--data", data, "--identities", str(identities))
    assert "speed read as mps" in said
    track = read_track(AUSTIN)
    rows = stored(receiving, len(track))
    assert sorted(row[:4] for row in rows) == sorted(expected(track, identities))
    driven = np.sort(np.round(track.speed_kmh, 1))
    assert np.abs(np.sort([row[4] for row in rows]) - driven).max() < 0.051


def test_one_vehicle_can_be_taken_out_as_a_file(receiving, tmp_path):
    small = tmp_path / "small.csv"
    small.write_text(
        "vehicle,time,latitude,longitude,speed\n"
        + "".join(f"7001,2026-06-01 08:{m:02}:00,{30 + m / 1000},{120 + m / 1000},36\n" for m in range(30))
    )
    data = str(receiving.site.data)
    receiving.run("replay", str(small), "--data", data, "--speed-unit", "kmh")
    stored(receiving, 30)
    out = tmp_path / "out.parquet"
    period = ["--from", "2026-06-01T08:10:00+08:00", "--to", "2026-06-01T08:19:59+08:00"]
    receiving.run("positions", "--data", data, "--phone", "000000007001", *period, "--out", str(out))
    rows = pyarrow.parquet.read_table(out).to_pylist()
    assert [row["latitude"] for row in rows] == pytest.approx([30 + m / 1000 for m in range(10, 20)])
    assert {row["phone"] for row in rows} == {"000000007001"} or {row["phone"] for row in rows} == {"7001"}


def test_nothing_is_lost_or_doubled_when_processes_are_killed(receiving, tmp_path):
    """Up to six kills in a run of half a minute; the long form with thirty is in the benches."""
    data = str(receiving.site.data)
    address = receiving.site.address("gateway")
    receiving.options["gateway"] = ("--port", str(address["port"]), "--admission", "open")
    identities = tmp_path / "identities.csv"
    options = ["--port", str(address["port"]), "--speed", "3000", "--identities", str(identities)]
    command = [sys.executable, "-m", "tonggui.run.cli", "replay", str(AUSTIN), "--data", data, *options]
    replay = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    chance, killed = random.Random(11), []
    for name in ("gateway", "stream", "store") * 2:
        time.sleep(chance.uniform(0.5, 1.5))
        if replay.poll() is None:
            receiving.kill(name)
            receiving.restart(name)
            killed.append(name)
    assert {"gateway", "stream", "store"} <= set(killed)
    said, _ = replay.communicate(timeout=240)
    assert replay.returncode == 0, said
    track = read_track(AUSTIN)
    rows = stored(receiving, len(track))
    assert sorted(row[:4] for row in rows) == sorted(expected(track, identities))
