"""The one subscription of this process to the stream process: a thread that keeps the mirror and wakes the hub.

It opens the stream's `/feed`, takes the latest positions whole, then event by event what changes, and begins again
after any break; the stream process may stop, restart or move at any time.
"""

import http.client
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyarrow as pa

from tonggui.base.clock import SECOND
from tonggui.base.site import Site
from tonggui.web.live.hub import Hub
from tonggui.web.live.mirror import Batch, Mirror, mirror

log = logging.getLogger("tonggui.live")

PAUSE_SECONDS = 2.0
# The stream says "still here" every 15 seconds.
SILENCE_SECONDS = 25.0


class Upstream(threading.Thread):
    """Follows the feed of the stream process for ever; every failure is a pause and another try."""

    def __init__(self, site: Site, mirror: Mirror, hub: Hub) -> None:
        super().__init__(name="live-upstream", daemon=True)
        self.site, self.mirror, self.hub = site, mirror, hub

    def run(self) -> None:
        while True:
            try:
                self.follow()
            except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
                log.info("stream process: %s; trying again", error)
            self.mirror.lost()
            self.hub.tell(None)
            time.sleep(PAUSE_SECONDS)

    def follow(self) -> None:
        """One subscription, until it breaks; OSError says why."""
        address = self.site.address("stream")
        if address is None:
            raise OSError("never ran on this site")
        # The feed is opened first, so that nothing falls between the whole picture and the first change.
        with _get(address, "/feed") as feed:
            self._take_latest(address)
            for line in feed:
                if line.startswith(b"data:"):
                    self._take(json.loads(line[5:]), address)
                elif line.startswith(b":"):
                    self.mirror.heard()
                    self.hub.tell(None)
        raise OSError("closed the feed")

    def _take(self, event: dict, address: dict) -> None:
        if "lost" in event:
            self._take_latest(address)
        else:
            self._apply(batch_of_event(event))

    def _take_latest(self, address: dict) -> None:
        with _get(address, "/latest") as latest:
            self._apply(batch_of_latest(latest.read()))

    def _apply(self, batch: Batch) -> None:
        self.mirror.heard()
        self.hub.tell(self.mirror.apply(batch) if batch.phone else None)


@contextmanager
def _get(address: dict, path: str) -> Iterator[http.client.HTTPResponse]:
    """An answer of the stream process that is being read; OSError where it is not 200."""
    connection = http.client.HTTPConnection(address["host"], address["port"], timeout=SILENCE_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status != 200:
            raise OSError(f"{path} answered {answer.status}")
        yield answer
    finally:
        connection.close()


def batch_of_event(event: dict) -> Batch:
    """The positions of a feed event (columns of `Latest.changes`, times in seconds), heard when the event was made."""
    columns = event["positions"]
    heard = event["at"] * 1000
    return Batch(
        phone=columns["phone"],
        plate=columns["vehicle"],
        longitude=np.asarray(columns["longitude"], float),
        latitude=np.asarray(columns["latitude"], float),
        speed_kmh=np.asarray(columns["speed_kmh"], float),
        direction=np.asarray(columns["direction"], np.int64),
        alarm=np.asarray(columns["alarm"], np.int64),
        time=np.asarray(columns["time"], np.int64) * SECOND,
        received_at=np.full(len(columns["phone"]), heard, np.int64),
    )


def batch_of_latest(arrow: bytes) -> Batch:
    """The Arrow stream of `/latest`; a stream process that has no position yet sends a table without columns."""
    table = pa.ipc.open_stream(arrow).read_all()
    if not table.num_columns:
        nothing = np.zeros(0)
        return Batch([], [], nothing, nothing, nothing, nothing, nothing, nothing, nothing)
    column = {name: table[name].combine_chunks() for name in table.column_names}
    instant = {name: column[name].cast(pa.int64()).to_numpy() for name in ("time", "received_at")}
    return Batch(
        phone=column["phone"].to_pylist(),
        plate=column["vehicle"].to_pylist(),
        longitude=column["longitude"].to_numpy(),
        latitude=column["latitude"].to_numpy(),
        speed_kmh=column["speed_kmh"].to_numpy(),
        direction=column["direction"].to_numpy(),
        alarm=column["alarm"].to_numpy(),
        **instant,
    )


hub = Hub(mirror)
_started = threading.Lock()


def start(site: Site) -> None:
    """Begin to follow the stream process; every call after the first does nothing."""
    if _started.acquire(blocking=False):
        Upstream(site, mirror, hub).start()
