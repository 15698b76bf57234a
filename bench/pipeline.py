"""From terminals to the store: 30,000 reports a second in open loop, and how fast a full log is worked off.

First a frame log is filled and the stream process reads it as fast as it can (log, decode, match, detect, store): rows
a second and CPU a report of stream and store; the pipeline without the store beside it. Then reports go over TCP to a
gateway at a fixed pace, whatever it answers, for `--minutes`; every ten seconds a line with what is sent, answered and
stored, the backlog, and the memory of each process. In the end the store is counted: nothing missing, nothing doubled.
"""

import argparse
import json
import selectors
import socket
import sys
import tempfile
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import httpx
import numpy as np

from bench.frames import Reports
from bench.site import cpu_seconds, memory_mb, running
from tonggui.base.clock import SECOND, now, to_micros
from tonggui.base.site import Site
from tonggui.run.telemetry import DETECTORS, SOURCES
from tonggui.stream import pipeline
from tonggui.stream.batch import Batch
from tonggui.stream.checkpoint import Plan
from tonggui.stream.fleet import GROUP_OF_CLASS, Fleet
from tonggui.stream.log import FrameLogWriter
from tonggui.stream.memory import Memory
from tonggui.stream.store.client import connect
from tonggui.stream.tails import Tails

BLOCK = 500
TICK = 0.02
QUIET = ("--admission", "open", "--host", "127.0.0.1", "--port", "0")


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench pipeline", description=__doc__)
    parser.add_argument("--rate", type=int, default=30_000, help="reports a second of the open loop")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--vehicles", type=int, default=20_000)
    parser.add_argument("--areas", type=int, default=500, help="watched areas in the way of the fleet")
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--reports", type=int, default=1_000_000, help="reports in the log that is worked off")
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory() as folder:
        work_off(Site.at(Path(folder) / "log"), options)
        open_loop(Site.at(Path(folder) / "loop"), options)


def make_fleet(site: Site, options: argparse.Namespace) -> None:
    """A fleet with limits, and areas side by side along its way, so that most fixes lie in one."""
    classes = list(GROUP_OF_CLASS)
    terminals = [
        {"phone": str(13_900_000_000 + n), "plate": f"示A{n:05}", "vehicle_class": classes[n % 5], "limit_kmh": 80}
        for n in range(options.vehicles)
    ]
    (site.fleet / "terminals.json").write_text(json.dumps({"terminals": terminals}))
    features = []
    wide, high = 5e-6 * options.vehicles / options.areas, 7e-6 * options.vehicles / options.areas
    for number in range(options.areas):
        x, y = 121 + number * wide, 31 + number * high
        ring = [[x, y], [x + wide, y], [x + wide, y + high], [x, y + high], [x, y]]
        about = {"id": f"WL{number:04}", "kind": "watched", "applies_to": "all"}
        features.append(
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": about}
        )
    (site.fleet / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def work_off(site: Site, options: argparse.Namespace) -> None:
    """A log of reports, each vehicle every ten seconds, worked off by a stream process."""
    make_fleet(site, options)
    fill_log(site, options)
    no_store(site, options)
    with running("store", site) as store, connect(site, wait=30) as client:
        before = cpu_seconds(store.pid)
        started = time.perf_counter()
        with running("stream", site) as stream:
            health = wait_for(site, options.reports)
            seconds = time.perf_counter() - started
            cpu = {"stream": cpu_seconds(stream.pid), "store": cpu_seconds(store.pid) - before}
        stored = client.command("SELECT count() FROM positions")
        each = "  ".join(f"{name} {1e6 * used / options.reports:.2f} us" for name, used in cpu.items())
        print(f"  log to store: {options.reports / seconds:,.0f} reports/s from the start of the process; CPU each: "
              f"{each}; {stored:,} stored, {health['counts']['alarms']:,} alarms")  # fmt: skip


def fill_log(site: Site, options: argparse.Namespace) -> None:
    reports = Reports(options.vehicles)
    started = to_micros(now()) - options.reports // options.vehicles * 10 * SECOND
    with FrameLogWriter(site.frame_logs / "jt808-0") as log:
        for first in range(0, options.reports, BLOCK):
            count = min(BLOCK, options.reports - first)
            at = started + np.arange(first, first + count) * 10 * SECOND // options.vehicles
            raw, length = reports.make(first, count, at)
            log.append_frames(int(at[-1]) + SECOND, bytes(4 * count), length.tobytes(), bytes(count), raw)
    print(f"  {options.reports:,} reports in the log")


class Nowhere:
    """A sink that keeps nothing: what the pipeline costs without the store."""

    def store(self, batch: Batch) -> None: ...

    def publish(self, batch: Batch) -> None: ...


def no_store(site: Site, options: argparse.Namespace) -> None:
    """The same pipeline in this process with no store behind it, step by step."""
    memory = Memory(Fleet(site), DETECTORS, Nowhere())
    tails = Tails(site, SOURCES, {})
    tails.discover()
    used = dict.fromkeys((step.__name__ for step in pipeline.PIPELINE), 0.0)
    number, reading = 0, time.process_time()
    while stretches := tails.read(4 << 20):
        number += 1
        batch = Batch(Plan(number, {}, int(stretches[0].frames.received_at.max())), stretches)
        for step in pipeline.PIPELINE:
            began = time.process_time()
            step(memory, batch)
            used[step.__name__] += time.process_time() - began
    total = time.process_time() - reading
    used["read"] = total - sum(used.values())
    each = "  ".join(f"{name} {1e6 * spent / options.reports:.2f}" for name, spent in used.items())
    print(f"  pipeline without a store: {1e6 * total / options.reports:.2f} us CPU a report ({each})")


def open_loop(site: Site, options: argparse.Namespace) -> None:
    make_fleet(site, options)
    with (
        running("store", site) as store,
        running("gateway", site, *QUIET) as gateway,
        running("stream", site) as stream,
        connect(site, wait=30) as client,
    ):
        pids = {"gateway": gateway.pid, "stream": stream.pid, "store": store.pid}
        used = {name: cpu_seconds(pid) for name, pid in pids.items()}
        sent, answered = drive(site, pids, options)
        health = wait_for(site, sent)
        cpu = "  ".join(f"{n} {1e6 * (cpu_seconds(p) - used[n]) / sent:.2f}" for n, p in pids.items())
        stored, different = client.query(
            "SELECT count(), uniqExact(phone, time, serial, item) FROM positions"
        ).first_row
        print(f"  sent {sent:,}, answered {answered:,}, stored {stored:,}, different {different:,}; "
              f"backlog {health['backlog_bytes']} bytes; CPU us a report: {cpu}")  # fmt: skip


def drive(site: Site, pids: dict[str, int], options: argparse.Namespace) -> tuple[int, int]:
    """Send at the pace, answers or not; returns reports sent and answers received."""
    reports = Reports(options.vehicles)
    links = Links(site.address("gateway")["port"], options.connections)
    sent = 0
    started = said = time.monotonic()
    while (passed := time.monotonic() - started) < 60 * options.minutes:
        due = int(options.rate * passed) - sent
        raw, length = reports.make(sent, due, np.full(due, to_micros(now())))
        ends = np.cumsum(length).tolist()
        for number, (begin, end) in enumerate(pairwise([0, *ends])):
            # A vehicle always reports over the same connection, as a terminal does.
            links.give((sent + number) % options.vehicles, raw[begin:end])
        sent += due
        links.exchange(0)
        if time.monotonic() - said > 10:
            said = time.monotonic()
            tell(site, pids, passed, sent, links.answered)
        time.sleep(max(0.0, TICK - (time.monotonic() - started - passed)))
    until = time.monotonic() + 30
    while links.answered < sent and time.monotonic() < until:
        links.exchange(0.1)
    links.close()
    return sent, links.answered


class Links:
    """Connections to the gateway, none of which is ever waited for."""

    def __init__(self, port: int, count: int) -> None:
        self._links = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
        self._unsent = [bytearray() for _ in self._links]
        self._readable = selectors.DefaultSelector()
        self._flags = 0
        for link in self._links:
            link.setblocking(False)
            self._readable.register(link, selectors.EVENT_READ)

    @property
    def answered(self) -> int:
        return self._flags // 2

    def give(self, vehicle: int, frame: bytes) -> None:
        self._unsent[vehicle % len(self._unsent)] += frame

    def exchange(self, patience: float) -> None:
        """Send what can be sent, take what has come."""
        for link, waiting in zip(self._links, self._unsent, strict=True):
            if waiting:
                with suppress(BlockingIOError):
                    del waiting[: link.send(waiting)]
        for key, _ in self._readable.select(patience):
            self._flags += key.fileobj.recv(1 << 20).count(b"\x7e")

    def close(self) -> None:
        for link in self._links:
            link.close()


def tell(site: Site, pids: dict[str, int], passed: float, sent: int, answered: int) -> None:
    health = ask(site)
    stored = health["counts"]["positions"]
    memory = "  ".join(f"{name} {memory_mb(pid):.0f}" for name, pid in pids.items())
    print(f"  {passed:4.0f} s  sent {sent:>10,}  answered {answered:>10,}  stored {stored:>10,}  "
          f"backlog {health['backlog_bytes'] / 1e6:6.1f} MB  memory MB: {memory}", flush=True)  # fmt: skip


def ask(site: Site) -> dict:
    address = site.address("stream")
    return httpx.get(f"http://{address['host']}:{address['port']}/health", trust_env=False, timeout=30).json()


def wait_for(site: Site, positions: int) -> dict:
    """Health of the stream once it has stored so many positions."""
    until = time.monotonic() + 600
    while time.monotonic() < until:
        health = ask(site)
        if health.get("counts", {}).get("positions", 0) >= positions:
            return health
        time.sleep(0.1)
    sys.exit(f"the stream is at {health} after ten minutes")
