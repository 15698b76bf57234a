"""Journeys run the real processes on a site of their own, over real sockets, and can end any of them at any moment."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tonggui.base.site import Site
from tonggui.run.supervisor import answers

READY_WITHIN = 90


class Platform:
    """Processes of one site, started and ended one by one."""

    def __init__(self, data: Path) -> None:
        self.site = Site.at(data)
        self.processes: dict[str, subprocess.Popen] = {}
        self.options: dict[str, tuple[str, ...]] = {}

    def start(self, name: str, *options: str) -> None:
        """Start a process and wait until it can be reached."""
        self.options[name] = options
        log = (self.site.folder("run") / f"{name}.log").open("ab")
        command = [sys.executable, "-m", "tonggui.run.cli", name, "--data", str(self.site.data), *options]
        environment = {**os.environ, "TONGGUI_DATA": str(self.site.data)}
        process = self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        self.wait_for(f"{name} to be ready", lambda: self._is_ready(name, process), READY_WITHIN)

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def restart(self, name: str) -> None:
        self.start(name, *self.options[name])

    def run(self, *command: str, within: float = 300) -> str:
        """The output of a command on this site; an exit code other than 0 fails the test."""
        done = subprocess.run(
            [sys.executable, "-m", "tonggui.run.cli", *command],
            capture_output=True,
            text=True,
            timeout=within,
            env={**os.environ, "TONGGUI_DATA": str(self.site.data)},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def query(self, statement: str) -> list[tuple]:
        from tonggui.stream.store.client import connect

        client = connect(self.site, wait=30)
        try:
            return client.query(statement).result_rows
        finally:
            client.close()

    def wait_for(self, what: str, true: object, within: float = 60) -> None:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if true():
                return
            time.sleep(0.1)
        pytest.fail(f"waited {within} s for {what}\n{self.last_words()}")

    def last_words(self) -> str:
        """The end of every process's log."""
        logs = sorted(self.site.folder("run").glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs)

    def stop(self) -> None:
        for process in reversed(self.processes.values()):
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    def _is_ready(self, name: str, process: subprocess.Popen) -> bool:
        assert process.poll() is None, f"{name} ended with {process.returncode}\n{self.last_words()}"
        try:
            address = self.site.address(name)
        except json.JSONDecodeError:
            return False
        return bool(address and address["pid"] == process.pid and answers(address["host"], address["port"]))


@pytest.fixture
def platform(tmp_path):
    """A site without processes; the test starts those it needs."""
    platform = Platform(tmp_path / "site")
    yield platform
    platform.stop()


@pytest.fixture(scope="module")
def shared_platform(tmp_path_factory):
    """One platform for all tests of a file."""
    platform = Platform(tmp_path_factory.mktemp("site"))
    yield platform
    platform.stop()
