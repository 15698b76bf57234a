"""The load of the crash bench: a small bureau, terminals that speed now and then, trucks on a scale, a clerk's writes.

Every part keeps what it was told is kept; a part that was told nothing (the line broke first) sends again, as a real
terminal or device does. The clerk's program does not: it cannot know, so what it was not told does not count.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Event

import httpx

from tonggui.base.clock import SECOND, Micros, from_micros, now, to_micros
from tonggui.base.site import Site
from tonggui.protocols.jt808.terminal import Fix, Fleet, Identity
from tonggui.run.demo.weighings import send
from tonggui.stream.devices import enrol

LIMIT_KMH = 80
# One alarm a cycle: a minute and a half above the limit, then five minutes below it.
CYCLE, FAST, EVERY_SECONDS = 40, 10, 10
POINT, DEVICE = "SL0001", "SL0001-W1"
PASSES_AT_ONCE = 5


@dataclass
class Bureau:
    """What the load needs to know of the site that was made for it."""

    site: Site
    identities: list[Identity]
    token: str
    enterprise: str

    @classmethod
    def make(cls, site: Site, vehicles: int) -> "Bureau":
        """The ledgers of a site: one enterprise, its vehicles with a terminal each, one weighing point, one token."""
        from tonggui.bridge.fleet import write_fleet
        from tonggui.register.actor import Actor, acting
        from tonggui.register.models import Account, Token
        from tonggui.register.registry import ledger

        root = ledger("parties.unit").example()
        firm = ledger("parties.enterprise").example(name="示例货运有限公司", unit=root)
        certificate = dict(calibrated_to=date(2099, 12, 31))
        ledger("overload.weighingpoint").example(code=POINT, device=DEVICE, unit=root, **certificate)
        enrol(site, DEVICE)
        model, terminal = ledger("fleet.vehicle").model, ledger("fleet.terminal").model
        identities = [Identity(f"{13_900_000_000 + n:012}", plate=f"示A{n:05}") for n in range(vehicles)]
        with acting(Actor.system("示例车队")):
            lorry = dict(plate_color="2", vehicle_class="heavy", enterprise=firm, gross_kg=49_000, limit_kmh=LIMIT_KMH)
            lorries = model.objects.bulk_create(model(plate=one.plate, **lorry) for one in identities)
            fitted = dict(edition="2013", installed_on=date(2026, 1, 1))
            terminal.objects.bulk_create(
                terminal(phone=one.phone.lstrip("0"), vehicle=lorry, **fitted)
                for one, lorry in zip(identities, lorries, strict=True)
            )
        account = Account.objects.create_account("example", None, roles=["safety_officer"], unit=root, name="示例")
        write_fleet(site)
        return cls(site, identities, Token.issue(account, "示例程序", may_write=True)[1], firm.number)


@dataclass
class Terminals:
    """Lorries that report at a pace, in an accelerated time of their own that ends about now."""

    bureau: Bureau
    port: int
    rate: float
    started: Micros = field(default_factory=lambda: to_micros(now() - timedelta(hours=12)) // SECOND * SECOND)
    rounds: int = 0
    unanswered: int = 0
    slowest: float = 0.0

    async def drive(self, stop: Event, answered_within: float) -> None:
        """Report in rounds of the whole fleet until told to stop, then to the end of the cycle and of the answers."""
        identities = self.bureau.identities
        async with Fleet("127.0.0.1", self.port, identities) as fleet:
            began = time.monotonic()
            while not stop.is_set() or self.rounds % CYCLE:
                for number, terminal in enumerate(fleet.terminals):
                    terminal.report(self.fix(number, self.rounds))
                    if number % 20 == 0:
                        await asyncio.sleep(0)
                self.rounds += 1
                await asyncio.sleep(max(0.0, began + self.rounds * len(identities) / self.rate - time.monotonic()))
            await fleet.all_answered(answered_within)
            self.unanswered = sum(len(one.to_send) + len(one.waiting) for one in fleet.terminals)
            self.slowest = fleet.tally.slowest_answer

    def fix(self, number: int, turn: int) -> Fix:
        fast = turn % CYCLE < FAST
        # Metres driven since the start; a degree of latitude has 111,320.
        metres = self.metres(turn)
        return Fix(
            self.started + turn * EVERY_SECONDS * SECOND, 30 + metres / 111_320, 118 + number / 1000, 95 if fast else 60
        )

    @staticmethod
    def metres(turn: int) -> float:
        cycles, rest = divmod(turn, CYCLE)
        fast_turns = cycles * FAST + min(rest, FAST)
        return (fast_turns * 95 + (turn - fast_turns) * 60) / 3.6 * EVERY_SECONDS

    @property
    def reported(self) -> set[tuple[str, Micros]]:
        """Terminal number and time of every report."""
        times = [self.started + turn * EVERY_SECONDS * SECOND for turn in range(self.rounds)]
        return {(one.phone.lstrip("0"), at) for one in self.bureau.identities for at in times}

    @property
    def alarms(self) -> set[tuple[str, Micros]]:
        """Plate and begin of every speeding."""
        begins = [self.started + turn * EVERY_SECONDS * SECOND for turn in range(0, self.rounds, CYCLE)]
        return {(one.plate, at) for one in self.bureau.identities for at in begins}


@dataclass
class Scale:
    """Trucks over the weighing point, all above the limit; a batch is sent until it is answered."""

    bureau: Bureau
    answered: set[str] = field(default_factory=set)
    repeated: int = 0

    def run(self, stop: Event) -> None:
        serial = 0
        while not stop.is_set():
            batch = [self.truck(serial + n) for n in range(PASSES_AT_ONCE)]
            serial += PASSES_AT_ONCE
            while not send(self.bureau.site, DEVICE, batch):
                self.repeated += 1
                time.sleep(0.2)
            self.answered |= {one["record_no"] for one in batch}
            time.sleep(0.3)

    def truck(self, serial: int) -> dict[str, object]:
        at = from_micros(to_micros(now()))
        return {
            "record_no": f"{POINT}{at:%Y%m%d}{serial:011}",
            "site": POINT,
            "device": DEVICE,
            "time": f"{at:%Y-%m-%d %H:%M:%S}",
            "plate": self.bureau.identities[serial % len(self.bureau.identities)].plate,
            "plate_color": "黄色",
            "axles": 6,
            "type": "157",
            "gross_kg": 52_400,
            "speed_kmh": 50.0,
        }


@dataclass
class Clerk:
    """A program that enters hazards over the API and remembers those it was told are entered."""

    bureau: Bureau
    port: int
    answered: set[str] = field(default_factory=set)
    failed: int = 0

    def run(self, stop: Event) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            content = f"示例隐患 {number}"
            if self.enter(content):
                self.answered.add(content)
            else:
                self.failed += 1
            time.sleep(0.2)

    def enter(self, content: str) -> bool:
        values = {"enterprise": self.bureau.enterprise, "grade": "general", "kind": "things", "content": content}
        headers = {"Authorization": f"Bearer {self.bureau.token}"}
        address = f"http://127.0.0.1:{self.port}/api/ledgers/safety.hazard/"
        try:
            answer = httpx.post(address, json={**values, "found_on": "2026-06-01"}, headers=headers, trust_env=False)
        except httpx.HTTPError:
            return False
        if answer.status_code >= 500:
            return False
        assert answer.status_code == 201, json.dumps(answer.json(), ensure_ascii=False)
        return True
