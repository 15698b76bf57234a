"""The supervisor: every process of one machine started in order, watched, started again when it falls, stopped cleanly.

A process is ready when it has announced its address in the site's `run` folder and its port answers. One that falls is
started again after a pause that doubles up to half a minute; the others go on meanwhile, as each can live without the
rest for a while (the gateway keeps answering while the store is away).
"""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tonggui.base.site import Site

READY_WITHIN = 90.0
STOP_WITHIN = 15.0
LONGEST_PAUSE = 30.0
# As it was before Django put its own zone into it: a child that is no web process reads times by the machine's.
BORN_WITH = dict(os.environ)


@dataclass
class Service:
    """One process: the command's name, its options, and whether its address must answer before the next one starts."""

    name: str
    options: tuple[str, ...] = ()
    waits: bool = True
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    falls: int = 0


class Supervisor:
    """Runs the services of a site until told to stop."""

    def __init__(self, site: Site, services: list[Service], say: Callable[[str], None] = print) -> None:
        self.site = site
        self.services = services
        self.say = say
        self.stopping = asyncio.Event()

    async def start(self) -> None:
        """Start the services in order; raise TimeoutError when one does not become ready."""
        for service in self.services:
            await self._spawn(service)
            if service.waits:
                await self._wait_until_ready(service)

    async def watch(self) -> None:
        """Keep the services alive until `stop` is called."""
        await asyncio.gather(*(self._keep(service) for service in self.services))

    async def stop(self) -> None:
        """Ask every service to end, the last started first, and make sure that it did."""
        self.stopping.set()
        for service in reversed(self.services):
            process = service.process
            if process is None or process.returncode is not None:
                continue
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), STOP_WITHIN)
            except TimeoutError:
                self.say(f"{service.name} did not stop within {STOP_WITHIN:.0f} s and was ended")
                process.kill()
                await process.wait()

    async def _spawn(self, service: Service) -> None:
        log = self.site.folder("run") / f"{service.name}.log"
        with log.open("ab") as output:
            service.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tonggui.run.cli", service.name, "--data", str(self.site.data)),
                *service.options,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A terminal's Ctrl-C reaches the supervisor alone, which then stops the others in order.
                start_new_session=True,
                env={**BORN_WITH, "TONGGUI_DATA": str(self.site.data)},
            )

    async def _wait_until_ready(self, service: Service) -> None:
        deadline = time.monotonic() + READY_WITHIN
        process = service.process
        assert process is not None
        while time.monotonic() < deadline and not self.stopping.is_set():
            if process.returncode is not None:
                raise ChildProcessError(self._last_words(service))
            address = self.site.address(service.name)
            if address and address["pid"] == process.pid and answers(address["host"], address["port"]):
                return
            await asyncio.sleep(0.05)
        if not self.stopping.is_set():
            raise TimeoutError(f"{service.name} was not ready within {READY_WITHIN:.0f} s; {self._last_words(service)}")

    async def _keep(self, service: Service) -> None:
        while True:
            assert service.process is not None
            started = time.monotonic()
            await service.process.wait()
            if self.stopping.is_set():
                return
            service.falls = service.falls + 1 if time.monotonic() - started < 60 else 1
            pause = min(0.2 * 2 ** (service.falls - 1), LONGEST_PAUSE)
            self.say(f"{self._last_words(service)}; starting it again in {pause:.1f} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)
            if self.stopping.is_set():
                return
            await self._spawn(service)

    def _last_words(self, service: Service) -> str:
        log = self.site.folder("run") / f"{service.name}.log"
        lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
        code = service.process.returncode if service.process else None
        return f"{service.name} ended with {code} ({lines[-1] if lines else 'no output'}; see {log})"


def answers(host: str, port: int) -> bool:
    """Whether something accepts connections there."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False
