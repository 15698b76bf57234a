"""Memory: what the stream remembers from one batch to the next, and how it survives a restart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from tonggui.base.clock import Micros
from tonggui.stream.batch import Batch
from tonggui.stream.checkpoint import Snapshot
from tonggui.stream.declare import Detector
from tonggui.stream.fleet import Areas, Fleet
from tonggui.stream.latest import Latest
from tonggui.stream.repeats import Repeats
from tonggui.stream.sources import Source
from tonggui.stream.terminals import Terminals
from tonggui.stream.watch import Watch


class Sink(Protocol):
    """Where a batch ends up; the worker gives the store and the feed."""

    def store(self, batch: Batch) -> None: ...

    def publish(self, batch: Batch) -> None: ...


class Memory:
    """Terminals and their state, recent keys, detectors, latest positions, counts.

    `logs` and `areas` give names numbers that stay, so that state kept by number outlives a changed fleet.
    """

    def __init__(self, fleet: Fleet, detectors: Iterable[Detector], sink: Sink, sources: Sequence[Source] = ()) -> None:
        self.fleet, self.sink = fleet, sink
        self.readers = {source.logs: source.memory for source in sources if source.memory is not None}
        self.terminals = Terminals()
        self.repeats = Repeats()
        self.latest = Latest()
        self.watches = [Watch(detector) for detector in detectors]
        self.last_judged = np.zeros(0, np.int64)
        self.logs: list[str] = []
        self.areas: list[str] = []
        self.counts: Counter[str] = Counter()
        self.version = 0

    def next_version(self, clock: Micros) -> int:
        """The version of the next alarm row: it rises over all alarms, so that a reader can ask for what is new."""
        self.version = max(self.version + 1, clock)
        return self.version

    def log_number(self, log: str) -> int:
        if log not in self.logs:
            self.logs.append(log)
        return self.logs.index(log)

    def fleet_changed(self, before: Areas) -> None:
        """Take up a new fleet. A vehicle that stands in an area when it is drawn has not entered it."""
        self.terminals.join(self.fleet, anew=True)
        areas = self.fleet.areas
        numbers = self.area_numbers()
        place, columns = areas.new_or_changed(before), self.latest.columns
        shown = np.flatnonzero(columns["time"][: len(self.terminals)] > 0)
        at, area = areas.inside(
            columns["latitude_e6"][shown] / 1e6, columns["longitude_e6"][shown] / 1e6, self.terminals.group[shown]
        )
        new = place[area]
        for watch in self.watches:
            watch.stands_inside(shown[at[new]], numbers[area[new]])

    def area_numbers(self) -> np.ndarray:
        """The lasting number of each area of the fleet, by its place there."""
        known = {area: number for number, area in enumerate(self.areas)}
        for area in self.fleet.areas.ids:
            if area not in known:
                known[area] = len(self.areas)
                self.areas.append(area)
        return np.array([known[area] for area in self.fleet.areas.ids], np.int64)

    def snapshot(self, number: int, ends: dict[str, int]) -> Snapshot:
        """All of it, as of plan `number`."""
        groups = {f"watch.{watch.detector.code}": watch.dump() for watch in self.watches}
        groups |= {"repeats": self.repeats.dump(), "latest": self.latest.dump(), "judged": {"last": self.last_judged}}
        values = {
            "phones": self.terminals.phones,
            "logs": self.logs,
            "areas": self.areas,
            "counts": dict(self.counts),
            "version": self.version,
            "readers": {logs: reader.dump() for logs, reader in self.readers.items()},
        }
        return Snapshot(number, dict(ends), values, groups)

    def load(self, snapshot: Snapshot) -> None:
        """Go on from a snapshot; an empty one is the beginning."""
        for logs, reader in self.readers.items():
            reader.load(snapshot.values.get("readers", {}).get(logs, []))
        if not snapshot.groups:
            return
        self.terminals.load(snapshot.values["phones"])
        self.logs, self.areas = list(snapshot.values["logs"]), list(snapshot.values["areas"])
        self.counts, self.version = Counter(snapshot.values["counts"]), snapshot.values["version"]
        self.repeats.load(snapshot.groups["repeats"])
        self.latest.load(snapshot.groups["latest"])
        self.last_judged = snapshot.groups["judged"]["last"]
        for watch in self.watches:
            if (held := snapshot.groups.get(f"watch.{watch.detector.code}")) is not None:
                watch.load(held)
        self._make_room()

    def take_in(self, identities: np.ndarray) -> np.ndarray:
        """Numbers of terminals, with room made for new ones everywhere."""
        numbers = self.terminals.numbers(identities)
        self._make_room()
        return numbers

    def _make_room(self) -> None:
        known = len(self.terminals)
        self.terminals.join(self.fleet)
        self.repeats.grow(known)
        self.latest.grow(known)
        if known > len(self.last_judged):
            room = max(known - len(self.last_judged), len(self.last_judged))
            self.last_judged = np.append(self.last_judged, np.zeros(room, np.int64))
