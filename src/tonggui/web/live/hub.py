"""The hub: who watches which window with which scope, and what each is told with every tick.

Lives on the event loop. Watchers with equal window and scope share one payload, built once a tick. Each watcher has a
bounded queue of its own: one that cannot keep up loses its backlog and is sent the whole window again, so a slow line
costs memory for a few messages and never a wrong picture.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field

import numpy as np

from tonggui.web.live.mirror import Changes, Mirror
from tonggui.web.live.scope import Scope

QUEUE = 4


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the map in micro-degrees; it does not cross the 180th meridian."""

    west: int = -180_000_000
    south: int = -90_000_000
    east: int = 180_000_000
    north: int = 90_000_000

    @classmethod
    def parse(cls, text: str) -> "Window":
        """From `west,south,east,north` in degrees; anything else is the whole earth."""
        try:
            west, south, east, north = (round(float(part) * 1e6) for part in text.split(","))
        except (ValueError, OverflowError):
            return cls()
        return cls(west, south, east, north)

    def holds(self, longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
        """Mask of the points inside, edges included."""
        across = (longitude >= self.west) & (longitude <= self.east)
        return across & (latitude >= self.south) & (latitude <= self.north)


@dataclass(eq=False, slots=True)
class Watcher:
    """One open stream to a browser; None in its queue ends it."""

    window: Window
    scope: Scope
    account: int = 0
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))


class Hub:
    """All watchers of this process."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self.watchers: set[Watcher] = set()
        self.loop: asyncio.AbstractEventLoop | None = None

    def join(self, window: Window, scope: Scope, account: int = 0) -> Watcher:
        """A new watcher, the whole window already in its queue. Must run on the event loop, as `leave` must."""
        self.loop = asyncio.get_running_loop()
        watcher = Watcher(window, scope, account)
        watcher.queue.put_nowait(self.whole(window, scope))
        self.watchers.add(watcher)
        return watcher

    def streams_of(self, account: int) -> int:
        """How many streams an account has open."""
        return sum(watcher.account == account for watcher in self.watchers)

    def leave(self, watcher: Watcher) -> None:
        self.watchers.discard(watcher)

    def close(self) -> None:
        """End every stream: the process is asked to stop. May be called from a signal handler."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._close)

    def _close(self) -> None:
        for watcher in self.watchers:
            self._replace(watcher, None)

    def _replace(self, watcher: Watcher, payload: bytes | None) -> None:
        """Put one payload in place of everything that a watcher has not taken yet."""
        while not watcher.queue.empty():
            watcher.queue.get_nowait()
        watcher.queue.put_nowait(payload)

    def tell(self, changes: Changes | None) -> None:
        """Called by the upstream thread after each batch: tell the watchers on their own loop."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._tell, changes)

    def _tell(self, changes: Changes | None) -> None:
        payloads: dict[tuple[Window, Scope], bytes] = {}
        for watcher in self.watchers:
            key = (watcher.window, watcher.scope)
            if key not in payloads:
                payloads[key] = self.some(*key, changes)
            try:
                watcher.queue.put_nowait(payloads[key])
            except asyncio.QueueFull:
                self._replace(watcher, self.whole(*key))

    def whole(self, window: Window, scope: Scope) -> bytes:
        """Everything inside the window: event `whole`."""
        mirror = self.mirror
        with mirror.lock:
            inside = window.holds(mirror.column("longitude"), mirror.column("latitude")) & mirror.within(scope)
            rows = np.flatnonzero(inside)
            return self._event("whole", {**self._columns(rows), "plate": [mirror.plates[row] for row in rows]})

    def some(self, window: Window, scope: Scope, changes: Changes | None) -> bytes:
        """What changed inside the window: event `some`; `new` names rows that entered it, `gone` those that left."""
        mirror = self.mirror
        if changes is None:
            return self._event("some", {})
        with mirror.lock:
            rows = changes.rows
            if scope.plates is not None:
                rows = rows[np.fromiter((mirror.plates[row] in scope.plates for row in rows), bool, len(rows))]
            chosen = np.isin(changes.rows, rows)
            inside = window.holds(mirror.column("longitude")[rows], mirror.column("latitude")[rows])
            was_inside = window.holds(changes.old_longitude[chosen], changes.old_latitude[chosen])
            was_inside &= changes.was_known[chosen]
            entered = rows[inside & ~was_inside]
            return self._event(
                "some",
                {
                    **self._columns(rows[inside]),
                    "new": {int(row): mirror.plates[row] for row in entered},
                    "gone": rows[was_inside & ~inside].tolist(),
                },
            )

    def _columns(self, rows: np.ndarray) -> dict[str, list]:
        """Columns of the browser: micro-degrees, tenths of km/h, degrees, 0/1, seconds since the epoch."""
        column = self.mirror.column
        return {
            "id": rows.tolist(),
            "lon": column("longitude")[rows].tolist(),
            "lat": column("latitude")[rows].tolist(),
            "speed": column("speed")[rows].tolist(),
            "dir": column("direction")[rows].tolist(),
            "alarm": (column("alarm")[rows] != 0).astype(int).tolist(),
            "heard": (column("received")[rows] // 1_000_000).tolist(),
        }

    def _event(self, name: str, data: dict) -> bytes:
        frame = {"now": int(time.time()), "away": self.mirror.state().is_away, **data}
        text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
        return f"event: {name}\ndata: {text}\n\n".encode()
