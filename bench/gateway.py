"""The gateway beside a C epoll loop doing the same durable work: CPU a message, latency, memory of idle connections.

With `--whole`, gateway, stream and store together: what they take for a message until it is stored, beside that loop.

Both sides take the same load by turns, a warm-up and a few seconds each, on the loopback; the ratio of a pair is what
to read, since a shared machine changes its pace by the minute. `--pairs`, `--seconds` and `--connections` shorten it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.site import cpu_seconds, running
from tonggui.base.site import Site

HERE = Path(__file__).parent
BIN = HERE / "bin"


def compiled(name: str) -> Path:
    """A program of `bench/c`, built where its source is newer."""
    source, program = HERE / "c" / f"{name}.c", BIN / name
    newest = max(path.stat().st_mtime for path in (HERE / "c").iterdir())
    if not program.exists() or program.stat().st_mtime < newest:
        BIN.mkdir(exist_ok=True)
        flags = ["-O3", "-std=gnu11", "-Wall", "-Wextra"]
        subprocess.run([os.environ.get("CC", "cc"), *flags, "-o", program, source], check=True)
    return program


@contextmanager
def reference(folder: Path) -> Iterator[tuple[int, int]]:
    """The C epoll loop; gives its port and process id."""
    process = subprocess.Popen([compiled("reference"), folder / "reference.log"], stdout=subprocess.PIPE)
    try:
        yield int(process.stdout.readline()), process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def gateway(folder: Path) -> Iterator[tuple[int, int]]:
    """The gateway of a new site; gives its port and process id."""
    data = Path(tempfile.mkdtemp(dir=folder))
    command = [sys.executable, "-m", "tonggui.run.cli", "gateway", "--data", data, "--host", "127.0.0.1", "--port", "0"]
    process = subprocess.Popen([*command, "--admission", "open"], stderr=subprocess.DEVNULL)
    try:
        while not (data / "run" / "gateway.json").exists():
            if process.poll() is not None:
                raise RuntimeError("the gateway did not start")
            time.sleep(0.02)
        yield json.loads((data / "run" / "gateway.json").read_bytes())["port"], process.pid
    finally:
        process.terminate()
        process.wait()


def load(port: int, pid: int, connections: int, depth: int, seconds: float) -> dict:
    """One measured run against a server."""
    command = [compiled("load"), str(port), str(connections), str(depth), "1", str(seconds), str(pid)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=seconds + 60)
    return json.loads(done.stdout)


def compare(folder: Path, connections: int, depth: int, pairs: int, seconds: float) -> None:
    """Interleaved pairs, each side first by turns; one line with both and the ratio."""
    runs: dict[str, list[dict]] = {"ours": [], "reference": []}
    with gateway(folder) as ours, reference(folder) as peer:
        for pair in range(pairs):
            sides = [("ours", ours), ("reference", peer)]
            for name, (port, pid) in sides if pair % 2 else reversed(sides):
                runs[name].append(load(port, pid, connections, depth, seconds))

    def median(name: str, key: str) -> float:
        return statistics.median(run[key] for run in runs[name])

    ratios = sorted(a["cpu_us"] / b["cpu_us"] for a, b in zip(runs["ours"], runs["reference"], strict=True))
    print(
        f"{connections:>6} connections, depth {depth}: "
        f"CPU a message {median('ours', 'cpu_us'):.2f} us, reference {median('reference', 'cpu_us'):.2f} us, "
        f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}); "
        f"p99 {median('ours', 'p99_us') / 1000:.1f} ms, reference {median('reference', 'p99_us') / 1000:.1f} ms; "
        f"{median('ours', 'answers_a_second'):,.0f}/s, reference {median('reference', 'answers_a_second'):,.0f}/s",
        flush=True,
    )


def whole(folder: Path, connections: int, depth: int, pairs: int, seconds: float) -> None:
    """Interleaved pairs as in `compare`, our side being gateway, stream and store until the last message is stored."""
    site = Site.at(tempfile.mkdtemp(dir=folder))
    parts: dict[str, list[float]] = {"gateway": [], "stream": [], "store": []}
    ratios = []
    with (
        running("store", site) as store,
        running("gateway", site, "--admission", "open", "--host", "127.0.0.1", "--port", "0") as ours,
        running("stream", site) as stream,
        reference(folder) as (peer_port, peer_pid),
    ):
        port, followers = site.address("gateway")["port"], {"stream": stream.pid, "store": store.pid}
        for _ in range(pairs):
            before, used = stored(site), {name: cpu_seconds(pid) for name, pid in followers.items()}
            parts["gateway"].append(load(port, ours.pid, connections, depth, seconds)["cpu_us"])
            messages = caught_up(site) - before
            for name, pid in followers.items():
                parts[name].append(1e6 * (cpu_seconds(pid) - used[name]) / messages)
            together = sum(values[-1] for values in parts.values())
            ratios.append(together / load(peer_port, peer_pid, connections, depth, seconds)["cpu_us"])
    ratios.sort()
    medians = {name: statistics.median(values) for name, values in parts.items()}
    print(
        f"{connections:>6} connections, whole: CPU a message {sum(medians.values()):.2f} us ("
        + ", ".join(f"{name} {value:.2f}" for name, value in medians.items())
        + f"), ratio to the reference {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})",
        flush=True,
    )


def stored(site: Site) -> int:
    """Positions that the stream has stored since it started."""
    return ask(site)["counts"]["positions"]


def caught_up(site: Site) -> int:
    """Positions stored once the stream has read the whole log; it tells once a second how far it is."""
    count = -1
    while True:
        time.sleep(2.2)
        health = ask(site)
        if not health["backlog_bytes"] and health["counts"]["positions"] == count:
            return count
        count = health["counts"]["positions"]


def ask(site: Site) -> dict:
    """The stream's health, from its first report on."""
    address = site.address("stream")
    while True:
        with urllib.request.urlopen(f"http://{address['host']}:{address['port']}/health", timeout=30) as answer:
            health = json.load(answer)
        if "counts" in health:
            return health
        time.sleep(0.1)


def resident_kib(pid: int) -> int:
    """Memory of a process that is its own (resident, without shared files), KiB."""
    fields = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines())
    return sum(int(field[1]) for field in fields if field[0] in ("Private_Clean:", "Private_Dirty:"))


def idle(folder: Path, connections: int) -> None:
    """Process memory that an idle connection costs, which the kernel's own is not part of."""
    with gateway(folder) as (port, pid):
        before = resident_kib(pid)
        command = [compiled("load"), str(port), str(connections), "0", "0", "0", str(pid)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as terminals:
            took = json.loads(terminals.stdout.readline())["connect_seconds"]
            time.sleep(1)
            each = (resident_kib(pid) - before) * 1024 / connections
            terminals.stdin.close()
        print(f"{connections:>6} idle connections: {each:,.0f} bytes each, connected in {took:.2f} s", flush=True)


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench gateway", description=__doc__)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=3.0, help="measured seconds of each run")
    parser.add_argument("--connections", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--depth", type=int, default=1, help="reports a terminal keeps unanswered")
    parser.add_argument("--idle", type=int, default=15_000, help="idle connections; 0 leaves that part out")
    parser.add_argument("--whole", action="store_true", help="gateway, stream and store together instead")
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory() as folder:
        for connections in options.connections:
            side = whole if options.whole else compare
            side(Path(folder), connections, options.depth, options.pairs, options.seconds)
        if options.idle and not options.whole:
            idle(Path(folder), options.idle)
