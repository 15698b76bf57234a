"""The store: one vehicle's day among 100 million positions, inserts, and the latest position of 100,000 vehicles.

Beside it the same day of a vehicle read from sorted hourly Parquet files, what one would have without a store. Options
make it smaller: `--rows`, `--vehicles`, `--no-peer`. Wants about 5 GB of disk in the temporary folder.
"""

import argparse
import statistics
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from bench.site import running
from tonggui.base.site import Site
from tonggui.stream.feed import Feed
from tonggui.stream.feed_server import FeedApp
from tonggui.stream.fleet import Fleet
from tonggui.stream.memory import Memory
from tonggui.stream.store.client import connect
from tonggui.stream.store.queries import positions
from tonggui.stream.store.tables import POSITIONS
from tonggui.stream.store.writer import as_arrow

DAY = datetime(2026, 3, 2, tzinfo=UTC)
FIRST_PHONE = 13_900_000_000
INSERTED_AT_ONCE = 10_000_000
ROUNDS = 21
# A vehicle's place follows from the row's number: near enough to a walk for compression to mean something.
GENERATE = """
INSERT INTO positions (phone, vehicle, serial, time, received_at, latitude_e6, longitude_e6, speed_kmh, direction,
                       altitude_m, status, mileage_km, log, frame_position)
SELECT toString({first} + number % {vehicles}), concat('示A', leftPad(toString(number % {vehicles}), 5, '0')),
       intDiv(number, {vehicles}) % 65536,
       fromUnixTimestamp64Micro({start} + intDiv(number, {vehicles}) * {every} * 1000000 + number % 1000000) AS at,
       addMilliseconds(at, 800), 31000000 + (number % {vehicles}) * 7 + intDiv(number, {vehicles}) * 90,
       121000000 + (number % {vehicles}) * 5 + sipHash64(number) % 200, sipHash64(number) % 900 / 10,
       number % 360, 5, 3, intDiv(number, {vehicles}) / 10, 'jt808-0', number * 4096
FROM numbers({offset}, {count})
"""


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench store", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--vehicles", type=int, default=50_000)
    parser.add_argument("--latest", type=int, default=100_000, help="vehicles in the table of latest positions")
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args(args)
    every = 86_400 * options.vehicles // options.rows
    with tempfile.TemporaryDirectory() as folder:
        latest(Path(folder), options.latest)
        site = Site.at(Path(folder) / "site")
        with running("store", site), connect(site, wait=30) as client:
            inserts(client)
            fill(client, options.rows, options.vehicles, every)
            peer = None if options.no_peer else parquet(Path(folder), options.rows, options.vehicles, every)
            settle(client)
            vehicle_day(client, options.vehicles, peer)


def inserts(client) -> None:
    """Rows a second by the size of an insert, as the worker makes them."""
    for rows in (1_000, 5_000, 50_000, 200_000):
        batches = [made(rows, number) for number in range(max(3, 500_000 // rows))]
        started = time.perf_counter()
        for number, batch in enumerate(batches):
            client.insert_arrow("positions", batch, settings={"insert_deduplication_token": f"{rows}-{number}"})
        rate = rows * len(batches) / (time.perf_counter() - started)
        stored = client.command("SELECT count() FROM positions")
        print(f"  inserts of {rows:>7,} rows: {rate:>9,.0f} rows/s; {stored:,} of {rows * len(batches):,} stored")
        client.command("TRUNCATE TABLE positions")


def made(rows: int, number: int) -> pa.Table:
    """A batch of reports of many vehicles, sorted as the worker sorts it; each number has a second of its own."""
    random = np.random.default_rng(number)
    vehicles = [str(FIRST_PHONE + number) for number in range(20_000)]
    who = np.sort(random.integers(0, len(vehicles), rows)).astype("i4")
    now = int(DAY.timestamp() * 1e6) + number * 1_000_000
    columns = {name: np.zeros(rows, "u2") for name in ("serial", "item", "direction", "altitude_m", "quality")}
    columns |= {name: np.zeros(rows, "u4") for name in ("alarm", "status")}
    columns |= {"phone": who, "vehicle": who, "log": np.zeros(rows, "i4"), "mileage_km": np.full(rows, np.nan)}
    columns |= {name: now + np.arange(rows) for name in ("time", "received_at")}
    columns |= {
        name: random.integers(31_000_000, 32_000_000, rows).astype("i4") for name in ("latitude_e6", "longitude_e6")
    }
    columns |= {"speed_kmh": random.random(rows, "f4"), "frame_position": np.arange(rows, dtype="u8")}
    texts = pa.array(vehicles)
    return as_arrow(POSITIONS, columns, {"phone": texts, "vehicle": texts, "log": pa.array(["jt808-0"])})


def fill(client, rows: int, vehicles: int, every: int) -> None:
    started = time.perf_counter()
    for offset in range(0, rows, INSERTED_AT_ONCE):
        count = min(INSERTED_AT_ONCE, rows - offset)
        values = {"first": FIRST_PHONE, "vehicles": vehicles, "start": int(DAY.timestamp() * 1e6), "every": every}
        client.command(GENERATE.format(offset=offset, count=count, **values))
    rate = rows / (time.perf_counter() - started)
    size = client.command("SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND table = 'positions'")
    parts = client.command("SELECT count() FROM system.parts WHERE active AND table = 'positions'")
    stored = client.command("SELECT count() FROM positions")
    print(f"  {stored:,} rows made in SQL at {rate:,.0f} rows/s, {size / stored:.1f} bytes a row, {parts} parts")


def settle(client) -> None:
    """Wait for the merges of a load that came a thousand times as fast as a fleet's."""
    until = time.monotonic() + 300
    while client.command("SELECT count() FROM system.merges") and time.monotonic() < until:
        time.sleep(1)


def parquet(folder: Path, rows: int, vehicles: int, every: int) -> Path:
    """The same day in hourly files sorted by vehicle and time, five columns of it."""
    out = folder / "parquet"
    out.mkdir()
    per_hour = rows // vehicles // 24
    for hour in range(24):
        who = np.repeat(np.arange(vehicles), per_hour)
        tick = np.tile(np.arange(per_hour) + hour * per_hour, vehicles)
        table = pa.table(
            {
                "phone": FIRST_PHONE + who,
                "time": int(DAY.timestamp() * 1e6) + tick * every * 1_000_000,
                "latitude_e6": (31_000_000 + who * 7 + tick * 90).astype("i4"),
                "longitude_e6": (121_000_000 + who * 5).astype("i4"),
                "speed_kmh": (tick % 90).astype("f4"),
            }
        )
        pq.write_table(table, out / f"{hour:02}.parquet", compression="zstd", row_group_size=100_000)
    return out


def vehicle_day(client, vehicles: int, peer: Path | None) -> None:
    """Interleaved: another vehicle each round, so that no answer is remembered."""
    ours, theirs = [], []
    random = np.random.default_rng(1)
    for vehicle in random.integers(0, vehicles, ROUNDS).tolist():
        started = time.perf_counter()
        track = positions(client, str(FIRST_PHONE + vehicle), DAY, DAY + timedelta(days=1))
        ours.append(time.perf_counter() - started)
        if peer:
            started = time.perf_counter()
            wanted = pc.field("phone") == FIRST_PHONE + vehicle
            ds.dataset(peer).to_table(filter=wanted)
            theirs.append(time.perf_counter() - started)
    line = f"  one vehicle's day ({track.num_rows:,} rows): {spread(ours)}"
    print(line + (f"; sorted Parquet {spread(theirs)}" if theirs else ""))


def latest(folder: Path, vehicles: int) -> None:
    """The whole table of latest positions over HTTP, as pages fetch it, and what making it costs the worker."""
    memory = Memory(Fleet(Site.at(folder / "latest")), [], sink=None)
    who = memory.take_in(np.array([str(FIRST_PHONE + number).encode() for number in range(vehicles)], "S20"))
    rows = {name: np.ones(vehicles, column.dtype) for name, column in memory.latest.columns.items()}
    rows |= {"terminal": who, "quality": np.zeros(vehicles, "u1"), "log": np.zeros(vehicles, "i2")}
    memory.logs.append("jt808-0")
    memory.latest.update(rows, np.arange(vehicles))
    feed = Feed()
    renewing, fetching = [], []
    with served(FeedApp(feed)) as address, httpx.Client(trust_env=False) as http:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            feed.renew(memory)
            renewing.append(time.perf_counter() - started)
            started = time.perf_counter()
            table = pa.ipc.open_stream(http.get(f"{address}/latest").content).read_all()
            fetching.append(time.perf_counter() - started)
    print(f"  latest position of {table.num_rows:,} vehicles: {spread(fetching)} to fetch and read; "
          f"{spread(renewing)} to make, once a tick")  # fmt: skip


@contextmanager
def served(app):
    """An application in a thread of this process."""
    import socket
    import threading

    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield "http://{}:{}".format(*listener.getsockname()[:2])
    finally:
        server.should_exit = True
        thread.join()


def spread(seconds: list[float]) -> str:
    ordered = sorted(1000 * value for value in seconds)
    return f"{statistics.median(ordered):.1f} ms (slowest {ordered[-1]:.1f})"
