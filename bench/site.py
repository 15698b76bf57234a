"""Processes of a site for benches."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tonggui.base.site import Site


@contextmanager
def running(command: str, site: Site, *options: str) -> Iterator[subprocess.Popen]:
    """A command of the site in a process of its own, from its announcement to its clean end."""
    announced = site.folder("run") / f"{command}.json"
    announced.unlink(missing_ok=True)
    process = subprocess.Popen([sys.executable, "-m", "tonggui.run.cli", command, "--data", str(site.data), *options])
    try:
        while not announced.exists():
            if process.poll() is not None:
                raise RuntimeError(f"tonggui {command} did not start")
            time.sleep(0.02)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def cpu_seconds(pid: int) -> float:
    """Processor time a process has used, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 2**20
