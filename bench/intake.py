"""Weighing passes in: 500 a second singly, 50 a second with a photo of 200 kB, and in bulk; all counted in the end.

Points send over kept connections at a fixed pace, whatever is answered; an answer's time counts from when its pass was
due, so waiting in line is seen. Each load goes to the intake, with stream and store behind it, and to a peer that only
keeps the bytes durably (`intake_peer`), by turns. In the end the store's rows and the photos are counted.
"""

import argparse
import asyncio
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.site import cpu_seconds, memory_mb, running
from tonggui.base.clock import now
from tonggui.base.site import Site
from tonggui.stream.devices import enrol, sign
from tonggui.stream.media import Media
from tonggui.stream.store.client import connect

DEVICE = "SL0001-W1"
PHOTO_BYTES = 200_000
BULK = 500


@dataclass
class Load:
    """One load as it was answered: seconds from due to answered, requests not answered well, seconds in all."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    took: float = 0.0

    def ms(self, part: float) -> float:
        return 1e3 * float(np.quantile(self.seconds, part))


def told(rounds: list[Load], each: int) -> str:
    """Passes a second over all rounds, and the median of the rounds' quantiles with their spread."""
    sent, took = each * sum(len(one.seconds) for one in rounds), sum(one.took for one in rounds)
    slow = []
    for name, part in (("p50", 0.5), ("p99", 0.99)):
        found = sorted(one.ms(part) for one in rounds)
        slow.append(f"{name} {found[len(found) // 2]:.1f} ({found[0]:.1f} to {found[-1]:.1f})")
    return f"{sent / took:8,.0f} a second; ms {', '.join(slow)}; failed {sum(one.failed for one in rounds)}"


class Sender:
    """A device that signs and sends; the same requests go to the peer, which looks at nothing."""

    def __init__(self, key: bytes, port: int) -> None:
        self.key, self.port = key, port

    def request(self, method: str, path: str, body: bytes) -> bytes:
        moment = str(int(time.time()))
        return (
            f"{method} {path} HTTP/1.1\r\nHost: intake\r\nContent-Type: application/json\r\n"
            f"X-Tonggui-Device: {DEVICE}\r\nX-Tonggui-Time: {moment}\r\n"
            f"X-Tonggui-Signature: {sign(self.key, moment, body)}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    async def drive(self, links: int, rate: float, count: int, send: Callable[[int], list[bytes]]) -> Load:
        """Send `count` turns, each of one or more requests, at a pace of `rate` a second over so many connections."""
        load, started = Load(), time.monotonic() + (0.2 if rate else 0.0)

        async def link(number: int) -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            for turn in range(number, count, links):
                due = started + turn / rate if rate else time.monotonic()
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                good = True
                for request in send(turn):
                    writer.write(request)
                    head = await reader.readuntil(b"\r\n\r\n")
                    await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]))
                    good = good and head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201"))
                load.seconds.append(time.monotonic() - due)
                load.failed += not good
            writer.close()

        await asyncio.gather(*(link(number) for number in range(links)))
        load.took = time.monotonic() - started
        return load


def a_pass(prefix: str, number: int, **more: object) -> dict[str, object]:
    return {
        "record_no": f"{prefix}-{number:09}",
        "site": "SL0001",
        "time": f"{now():%Y-%m-%d %H:%M:%S}",
        "lane": "1",
        "plate": f"示A{number % 100_000:05}",
        "plate_color": "黄色",
        "axles": 6,
        "type": "157",
        "axle_kg": [6400, 9200, 9200, 9200, 9200, 9200],
        "gross_kg": 52_400,
        "speed_kmh": 62.5,
        **more,
    }


def photo(number: int) -> bytes:
    """A content of its own each time, as a JPEG begins."""
    return b"\xff\xd8\xff\xe0" + number.to_bytes(8, "big") + np.random.default_rng(number).bytes(PHOTO_BYTES - 12)


def singly(to: Sender, number: int) -> list[bytes]:
    return [to.request("POST", "/passes", json.dumps([a_pass("one", number)]).encode())]


def with_photo(to: Sender, number: int) -> list[bytes]:
    content = photo(number)
    name = hashlib.sha256(content).hexdigest()
    one = a_pass("photo", number, media=[{"kind": "front", "sha256": name}])
    return [to.request("PUT", f"/media/{name}", content), to.request("POST", "/passes", json.dumps([one]).encode())]


def in_bulk(to: Sender, number: int) -> list[bytes]:
    items = [a_pass("bulk", number * BULK + place) for place in range(BULK)]
    return [to.request("POST", "/passes", json.dumps(items).encode())]


def one_round(
    to: Sender, send: Callable[[Sender, int], list[bytes]], rate: float, count: int, turn: int, points: int
) -> Load:
    """One turn of a load; numbers go on where the last turn ended."""
    return asyncio.run(to.drive(points if rate else 4, rate, count, lambda number: send(to, turn * count + number)))


@contextmanager
def peer(folder: Path) -> Iterator[tuple[int, int]]:
    """Process number and port of the peer."""
    folder.mkdir()
    process = subprocess.Popen([sys.executable, "-m", "bench.intake_peer", str(folder)], stdout=subprocess.PIPE)
    assert process.stdout
    try:
        yield process.pid, int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(30)


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench intake", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each load, intake and peer one after the other")
    parser.add_argument("--seconds", type=float, default=12, help="length of a turn of each paced load")
    parser.add_argument("--rate", type=float, default=500, help="passes a second, sent singly")
    parser.add_argument("--photo-rate", type=float, default=50, help="passes a second with a photo each")
    parser.add_argument("--bulk", type=int, default=40, help=f"requests a turn of {BULK} passes, as fast as they go")
    parser.add_argument("--points", type=int, default=16, help="kept connections")
    options = parser.parse_args(args)
    loads = (
        ("singly", singly, options.rate, int(options.rate * options.seconds), 1),
        ("with a photo", with_photo, options.photo_rate, int(options.photo_rate * options.seconds), 1),
        (f"{BULK} at once", in_bulk, 0.0, options.bulk, BULK),
    )
    with tempfile.TemporaryDirectory() as folder:
        site = Site.at(Path(folder) / "site")
        key = bytes.fromhex(enrol(site, DEVICE))
        quiet = ("--host", "127.0.0.1", "--port", "0")
        with (
            running("store", site),
            running("stream", site),
            running("intake", site, *quiet) as intake,
            peer(Path(folder) / "peer") as (peer_pid, peer_port),
            connect(site, wait=30) as client,
        ):
            targets = (("intake", intake.pid, site.address("intake")["port"]), ("peer", peer_pid, peer_port))
            for title, send, rate, count, each in loads:
                rounds: dict[str, list[Load]] = {name: [] for name, *_ in targets}
                used = {name: cpu_seconds(pid) for name, pid, _ in targets}
                for turn in range(options.rounds):
                    for name, _, port in targets:
                        rounds[name].append(one_round(Sender(key, port), send, rate, count, turn, options.points))
                for name, pid, _ in targets:
                    cpu = 1e6 * (cpu_seconds(pid) - used[name]) / (count * each * options.rounds)
                    print(f"  {title:<13}{name:<8}{told(rounds[name], each)}; CPU {cpu:,.0f} us a pass, "
                          f"{memory_mb(pid):.0f} MB", flush=True)  # fmt: skip
            sent = options.rounds * sum(count * each for *_, count, each in loads)
            tell_store(site, client, sent, options.rounds * loads[1][3])


def tell_store(site: Site, client, sent: int, photos: int) -> None:
    """Wait for the store to have everything, and count."""
    until = time.monotonic() + 120
    asked = "SELECT count(), uniqExact(record_no) FROM passes"
    while (found := client.query(asked).first_row)[1] < sent and time.monotonic() < until:
        time.sleep(0.5)
    kept = sum(1 for _ in Media(site).every())
    print(
        f"  sent {sent:,}; rows in the store {found[0]:,}, different {found[1]:,}; photos kept {kept:,} of {photos:,}"
    )
    if (*found, kept) != (sent, sent, photos):
        sys.exit("something is missing or doubled")
