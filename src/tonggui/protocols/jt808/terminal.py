"""The other end of the line: terminals that register, authenticate, report, and repeat what was not answered.

Used to drive the platform with simulated or recorded tracks, and to try its promises: a report is done only when its
answer has come; when the line breaks the terminal connects again and sends the same frames, with the same serials,
until each is answered (JT/T 808-2019, 6.1 and 7). Nothing here knows where the fixes come from.
"""

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tonggui.base.clock import Micros
from tonggui.protocols.jt808 import (
    AUTHENTICATE,
    GENERAL_ANSWER,
    JT808,
    LOCATION_REPORT,
    REGISTER,
    REGISTER_ANSWER,
    STATUS_ACC_ON,
    STATUS_FIXED,
    STATUS_SOUTH,
    STATUS_WEST,
)
from tonggui.wire.protocol import Decoded

UNANSWERED_AT_MOST = 16
ANSWER_WITHIN_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 15.0


class Fix(NamedTuple):
    """What a receiver knows at one instant. Degrees WGS-84, north and east positive."""

    time: Micros
    latitude: float
    longitude: float
    speed_kmh: float
    direction: int = 0
    altitude_m: int = 0
    mileage_km: float | None = None
    ignition: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a terminal says it is. `edition` is the header it writes: 2013 or 2019."""

    phone: str
    plate: str = ""
    plate_color: int = 2
    edition: int = 2013
    maker: str = "SHILI"
    terminal_id: str = ""


@dataclass
class Waiting:
    """A frame sent and not yet answered."""

    frame: bytes
    sent_at: float
    tries: int = 1


@dataclass
class Tally:
    """What happened to all terminals of a fleet, for the reader of a run."""

    events: Counter[str] = field(default_factory=Counter)
    slowest_answer: float = 0.0

    def line(self) -> str:
        return "  ".join(f"{name} {count:,}" for name, count in sorted(self.events.items()))


class Terminal(asyncio.Protocol):
    """One terminal on one connection at a time."""

    def __init__(self, identity: Identity, tally: Tally, *, registers: bool = True) -> None:
        self.identity = identity
        self.tally = tally
        self.registers = registers
        self.authentication: str | None = None
        self.serial = 0
        self.ready = False
        self.refused = False
        self.to_send: deque[tuple[int, bytes]] = deque()
        self.waiting: dict[int, Waiting] = {}
        self.transport: asyncio.Transport | None = None
        self._rest = b""

    @property
    def idle(self) -> bool:
        """True when everything reported has been answered."""
        return not self.to_send and not self.waiting

    def report(self, fix: Fix, damage: Callable[[bytes], bytes] | None = None) -> None:
        """Report a fix; `damage` may spoil the frame on its way, which then expects no answer."""
        serial, frame = self._frame(LOCATION_REPORT, position_values(fix))
        if damage:
            self.tally.events["damaged"] += 1
            if self.ready and self.transport:
                self.transport.write(damage(frame))
            return
        self.to_send.append((serial, frame))
        self._pump()

    # -- the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self._rest = transport, b""
        if not self.registers:
            self._become_ready()
        elif self.authentication is None:
            identity = self.identity
            self._write(REGISTER, registration_values(identity))
        else:
            self._write(AUTHENTICATE, {"auth_code": self.authentication, "imei": "", "software_version": ""})

    def data_received(self, data: bytes) -> None:
        *frames, rest = (self._rest + data).split(b"\x7e")
        self._rest = rest
        for inner in frames:
            if inner:
                answer = JT808.decode_one(b"\x7e" + inner + b"\x7e")
                if isinstance(answer, Decoded):
                    self._answered(answer)
                else:
                    self.tally.events["answers not understood"] += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self.tally.events["lines broken"] += 1
        self.ready, self.transport = False, None
        self.to_send.extendleft(reversed([(serial, sent.frame) for serial, sent in self.waiting.items()]))
        self.waiting.clear()

    # -- what the platform says

    def _answered(self, answer: Decoded) -> None:
        values = answer.values
        if answer.head.message_id == REGISTER_ANSWER:
            if values["result"] != 0:
                self._refuse(f"registration refused, result {values['result']}")
                return
            self.authentication = values["auth_code"]
            self._write(AUTHENTICATE, {"auth_code": self.authentication, "imei": "", "software_version": ""})
        elif answer.head.message_id == GENERAL_ANSWER:
            if values["ack_id"] == AUTHENTICATE:
                if values["result"] == 0:
                    self._become_ready()
                else:
                    self.authentication = None
                    self._refuse("authentication refused")
                return
            sent = self.waiting.pop(values["ack_serial"], None)
            if sent is None:
                self.tally.events["answers to nothing"] += 1
            elif values["result"] == 0:
                self.tally.events["answered"] += 1
                self.tally.slowest_answer = max(self.tally.slowest_answer, time.monotonic() - sent.sent_at)
            else:
                self.tally.events["refused"] += 1
            self._pump()

    def _refuse(self, why: str) -> None:
        self.tally.events[why] += 1
        self.refused = True
        if self.transport:
            self.transport.close()

    def _become_ready(self) -> None:
        self.ready = True
        self.tally.events["logins"] += 1
        self._pump()

    # -- sending

    def _pump(self) -> None:
        if not self.ready or self.transport is None or self.transport.is_closing():
            return
        now = time.monotonic()
        while self.to_send and len(self.waiting) < UNANSWERED_AT_MOST:
            serial, frame = self.to_send.popleft()
            self.waiting[serial] = Waiting(frame, now)
            self.transport.write(frame)

    def repeat_unanswered(self) -> None:
        """Send again what has waited too long; T(n+1) = T(n) × (n+1) (6.1)."""
        now = time.monotonic()
        for sent in self.waiting.values():
            if self.transport and now - sent.sent_at > ANSWER_WITHIN_SECONDS * sent.tries:
                self.tally.events["repeated"] += 1
                sent.sent_at, sent.tries = now, sent.tries + 1
                self.transport.write(sent.frame)

    def _frame(self, message_id: int, values: dict[str, Any]) -> tuple[int, bytes]:
        serial, self.serial = self.serial, (self.serial + 1) & 0xFFFF
        identity = self.identity
        head = {"phone": identity.phone, "serial": serial, "edition": str(identity.edition)}
        return serial, JT808.encode(message_id, values, head)

    def _write(self, message_id: int, values: dict[str, Any]) -> None:
        assert self.transport is not None
        self.transport.write(self._frame(message_id, values)[1])


class Fleet:
    """Terminals kept connected to one platform. Enter it as an async context; leave it to hang up."""

    def __init__(
        self,
        host: str,
        port: int,
        identities: list[Identity],
        *,
        registers: bool = True,
        connects_per_second: float = 500,
    ):
        self.host, self.port = host, port
        self.tally = Tally()
        self.terminals = [Terminal(identity, self.tally, registers=registers) for identity in identities]
        self.connects_per_second = connects_per_second
        self._tasks: list[asyncio.Task] = []
        self._hanging_up = False

    async def __aenter__(self) -> "Fleet":
        self._tasks = [
            asyncio.create_task(self._keep_connected(terminal, number / self.connects_per_second))
            for number, terminal in enumerate(self.terminals)
        ]
        self._tasks.append(asyncio.create_task(self._repeat()))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._hanging_up = True
        for task in self._tasks:
            task.cancel()
        for terminal in self.terminals:
            if terminal.transport:
                terminal.transport.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def all_answered(self, within_seconds: float) -> bool:
        """Wait until every report of every terminal has been answered; False when time runs out."""
        deadline = time.monotonic() + within_seconds
        while time.monotonic() < deadline:
            if all(terminal.idle for terminal in self.terminals):
                return True
            await asyncio.sleep(0.05)
        return False

    async def _keep_connected(self, terminal: Terminal, after: float) -> None:
        await asyncio.sleep(after)
        loop, pause = asyncio.get_running_loop(), 0.5
        while not self._hanging_up:
            try:
                await loop.create_connection(lambda: terminal, self.host, self.port)
            except OSError:
                self.tally.events["no connection"] += 1
            else:
                while terminal.transport is not None:
                    await asyncio.sleep(0.5)
                if not terminal.refused:
                    pause = 0.5
            terminal.refused = False
            # Scattered, so that a fleet does not come back in one instant after the platform was away.
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _repeat(self) -> None:
        while True:
            await asyncio.sleep(1)
            for terminal in self.terminals:
                terminal.repeat_unanswered()


def position_values(fix: Fix) -> dict[str, Any]:
    """The values of a 0x0200 that says this fix."""
    status = STATUS_FIXED | (STATUS_ACC_ON if fix.ignition else 0)
    status |= (STATUS_SOUTH if fix.latitude < 0 else 0) | (STATUS_WEST if fix.longitude < 0 else 0)
    values = {
        "alarm": 0,
        "status": status,
        "latitude": fix.latitude,
        "longitude": fix.longitude,
        "altitude_m": fix.altitude_m,
        "speed_kmh": fix.speed_kmh,
        "direction": fix.direction,
        "time": fix.time,
        "extras": {},
    }
    if fix.mileage_km is not None:
        values["extras"] = {0x01: {"mileage_km": fix.mileage_km}}
    return values


def registration_values(identity: Identity) -> dict[str, Any]:
    """The values of a 0x0100 for a terminal; the province and city of an example are 0, "the platform's default"."""
    return {
        "province_id": 0,
        "city_id": 0,
        "manufacturer_id": identity.maker,
        "terminal_model": "TG-SIM",
        "terminal_id": identity.terminal_id or identity.phone[-7:],
        "plate_color": identity.plate_color,
        "plate": identity.plate,
    }
