"""The gateway beside a C epoll loop doing the same durable work: CPU a message, latency, memory of idle connections.

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory() as folder:
        for connections in options.connections:
            compare(Path(folder), connections, options.depth, options.pairs, options.seconds)
        if options.idle:
            idle(Path(folder), options.idle)
