"""Kill -9 of every process under load, thirty times by default: what was answered is there, once.

The whole platform runs under its supervisor. Terminals report over TCP, a scale sends passes over HTTP, a program
writes ledger records over the API; meanwhile gateway, stream, store, intake, tasks and web are killed in a shuffled
order at random moments, and started again by the supervisor alone. In the end the store and the ledgers are compared
with what was answered. Everything missing or doubled should be 0; the exit code is 1 where it is not.
"""

import argparse
import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.crash_load import Bureau, Clerk, Scale, Terminals
from tonggui.base.clock import to_micros
from tonggui.base.site import Site
from tonggui.stream.store.client import connect

VICTIMS = ("gateway", "stream", "store", "intake", "tasks", "web")


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between kills, on average")
    parser.add_argument("--vehicles", type=int, default=200)
    parser.add_argument("--rate", type=float, default=500, help="reports a second of the whole fleet")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TONGGUI_DATA"] = folder
        site = Site.at(folder)
        from tonggui.run.setup import prepare_ledgers

        prepare_ledgers()
        bureau = Bureau.make(site, options.vehicles)
        ports = free_ports(3)
        terminals, scale, clerk = Terminals(bureau, ports[1], options.rate), Scale(bureau), Clerk(bureau, ports[0])
        with platform(site, ports):
            started = time.monotonic()
            kills = under_load(site, terminals, scale, clerk, options)
            told = ", ".join(f"{name} {count}" for name, count in sorted(kills.items()))
            print(
                f"  {sum(kills.values())} kills ({told}) in {time.monotonic() - started:.0f} s under load", flush=True
            )
            sound = compare(site, terminals, scale, clerk)
    if not sound:
        sys.exit(1)


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@contextmanager
def platform(site: Site, ports: list[int]) -> Iterator[None]:
    """`tonggui up` on ports of its own (pages, terminals, weighing), from ready to stopped."""
    log = site.folder("run") / "up.log"
    options = ["--port", str(ports[0]), "--terminal-port", str(ports[1]), "--weighing-port", str(ports[2])]
    command = [sys.executable, "-m", "tonggui.run.cli", "up", "--data", str(site.data), *options]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            wait_for("the platform", lambda: "is ready" in log.read_text() or process.poll() is not None, 300)
            if process.poll() is not None:
                raise RuntimeError(log.read_text())
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(120)


def under_load(site: Site, terminals: Terminals, scale: Scale, clerk: Clerk, options: argparse.Namespace) -> Counter:
    """Drive everything while processes are killed; how often each was."""
    stop = threading.Event()
    others = [threading.Thread(target=part.run, args=(stop,)) for part in (scale, clerk)]
    kills: Counter[str] = Counter()

    def kill_all() -> None:
        try:
            for name in order(options.kills, options.seed):
                kill(site, name, random.Random(f"{options.seed} {sum(kills.values())}").uniform(0, 2 * options.every))
                kills[name] += 1
            time.sleep(options.every)
        finally:
            stop.set()

    others.append(threading.Thread(target=kill_all))
    for thread in others:
        thread.start()
    asyncio.run(terminals.drive(stop, answered_within=180))
    for thread in others:
        thread.join()
    return kills


def order(kills: int, seed: int) -> list[str]:
    """Every process equally often, in an order that differs from round to round and repeats with the seed."""
    chance, found = random.Random(seed), []
    while len(found) < kills:
        found += chance.sample(VICTIMS, len(VICTIMS))
    return found[:kills]


def kill(site: Site, name: str, after: float) -> None:
    """End the process of a name as a power cut would, after a while, once it lives."""
    time.sleep(after)
    wait_for(f"{name} to live", lambda: lives(site, name), 120)
    os.kill(site.address(name)["pid"], signal.SIGKILL)


def lives(site: Site, name: str) -> bool:
    """Whether the process that announced itself under the name runs; an ended child of the supervisor does not."""
    address = site.address(name)
    try:
        state = Path(f"/proc/{address['pid']}/stat").read_text().rpartition(")")[2].split()[0] if address else "X"
    except FileNotFoundError:
        return False
    return state not in "XZ"


def compare(site: Site, terminals: Terminals, scale: Scale, clerk: Clerk) -> bool:
    """Wait until what was answered has come through, then print a line a kind; whether nothing is wrong."""
    from tonggui.ledgers.fleet.alarm import Alarm
    from tonggui.ledgers.overload.doubted_pass import DoubtedPass
    from tonggui.ledgers.safety.hazard import Hazard

    client = connect(site, wait=60)

    def stored(statement: str) -> Callable[[], list[Any]]:
        return lambda: [row if len(row) > 1 else row[0] for row in client.query(statement).result_rows]

    def kept(model: Any, *fields: str) -> Callable[[], list[Any]]:
        return lambda: list(model._base_manager.values_list(*fields, flat=len(fields) == 1))

    def begins() -> list[Any]:
        return [(plate, to_micros(at)) for plate, at in kept(Alarm, "vehicle__plate", "raised_at")()]

    of_alarms = "SELECT vehicle, toUnixTimestamp64Micro(started_at) FROM alarms FINAL WHERE type = 'overspeed'"
    print(f"  {'':<30}{'answered':>10}{'there':>10}{'missing':>9}{'doubled':>9}")
    sound = [
        tell(
            "positions in the store",
            terminals.reported,
            stored("SELECT phone, toUnixTimestamp64Micro(time) FROM positions"),
        ),
        tell("alarms in the store", terminals.alarms, stored(of_alarms)),
        tell("alarms in the ledger", terminals.alarms, begins),
        tell("passes in the store", scale.answered, stored("SELECT record_no FROM passes FINAL")),
        tell("passes in the ledger", scale.answered, kept(DoubtedPass, "record_no")),
        tell("records written over the API", clerk.answered, kept(Hazard, "content"), or_more=True),
        terminals.unanswered == 0,
    ]
    told = f"{terminals.unanswered}; slowest answer {terminals.slowest:.1f} s; passes sent again {scale.repeated} times"
    print(f"  reports never answered {told}; writes over the API without an answer {clerk.failed}")
    client.close()
    return all(sound)


def tell(what: str, expected: set[Any], read: Callable[[], Iterable[Any]], *, or_more: bool = False) -> bool:
    """One line: how many were answered and are there, how many are missing, beyond what was sent, or there twice."""
    deadline = time.monotonic() + 180
    while expected - set(found := list(read())) and time.monotonic() < deadline:
        time.sleep(1)
    counted = Counter(found)
    missing, doubled = len(expected - counted.keys()), sum(counted.values()) - len(counted)
    strange = 0 if or_more else len(counted.keys() - expected)
    beyond = f"   {strange} that nobody sent" if strange else ""
    print(f"  {what:<30}{len(expected):>10,}{len(counted):>10,}{missing:>9}{doubled:>9}{beyond}", flush=True)
    return not (missing or doubled or strange)


def wait_for(what: str, true: Callable[[], bool], within: float) -> None:
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {within:.0f} s for {what}")
        time.sleep(0.05)
