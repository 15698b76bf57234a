"""One round of the exchange, and how it is told: what goes up, what comes down, when it last worked, what is wrong."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from tonggui.base import clock
from tonggui.base.site import Site, write_whole
from tonggui.bridge.exchange.declaration import Province
from tonggui.bridge.exchange.queue import queue_days, queue_records
from tonggui.bridge.exchange.sending import send_again_what_is_missing, send_waiting
from tonggui.bridge.exchange.taking import take_all
from tonggui.bridge.exchange.transport import Away, Transport
from tonggui.stream.store.client import StoreAway, connect

EVERY_SECONDS = 30.0
LONGEST_PAUSE = 600.0


@dataclass(slots=True)
class Told:
    """How the exchange stands; kept in the site for the page."""

    province: str = ""
    tried_at: str = ""
    worked_at: str = ""
    trouble: str = ""
    failures: int = 0

    @classmethod
    def of(cls, site: Site) -> "Told":
        """As last told; empty where the exchange never ran."""
        try:
            return cls(**json.loads((site.folder("exchange") / "state.json").read_bytes()))
        except FileNotFoundError:
            return cls()

    def keep(self, site: Site) -> None:
        write_whole(site.folder("exchange") / "state.json", json.dumps(asdict(self), ensure_ascii=False).encode())

    @property
    def pause(self) -> float:
        """Seconds until the next round: twice as long after each failure."""
        return min(EVERY_SECONDS * 2**self.failures, LONGEST_PAUSE) if self.failures else EVERY_SECONDS


def one_round(site: Site, province: Province, transport: Transport) -> Told:
    """Queue, send, fill the gaps, take; a line that fails ends the round and is told."""
    told = Told.of(site)
    told.province, told.tried_at = province.title, clock.now().isoformat()
    queue_records(site, province)
    _queue_days(site, province)
    try:
        send_again_what_is_missing(transport)
        send_waiting(transport)
        take_all(site, province, transport)
    except Away as away:
        told.trouble, told.failures = str(away), told.failures + 1
    else:
        told.trouble, told.failures, told.worked_at = "", 0, told.tried_at
    told.keep(site)
    return told


def _queue_days(site: Site, province: Province) -> None:
    """Days are counted in the store; while it is away they wait for the next round."""
    try:
        client: Any = connect(site)
    except StoreAway:
        return
    try:
        queue_days(site, province, client)
    finally:
        client.close()
