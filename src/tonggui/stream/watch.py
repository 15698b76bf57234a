"""A watch: one detector at work, with its state and the alarms it has raised."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tonggui.base.clock import Micros
from tonggui.stream.alarms import AlarmBook, AlarmRow, as_evidence
from tonggui.stream.declare import Detector
from tonggui.stream.holds import NO_AREA, Crossing, Raised
from tonggui.stream.rows import Rows


@dataclass
class Scene:
    """What detectors look at after a batch.

    `usable` are the fixes good enough to judge by, each later than the last of its terminal; `heard` all fixes
    received; `terminals` one row a terminal, in the order of their numbers, with `phone`, `vehicle`, `in_fleet` and the
    last place (`latitude_e6`, `longitude_e6`). `areas` and `logs` name the numbers that rows carry. Everything received
    up to `clock` is in.
    """

    usable: Rows
    heard: Rows
    terminals: Rows
    areas: Sequence[str]
    logs: Sequence[str]
    clock: Micros


class Watch:
    """One detector over the whole stream, batch after batch."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector
        self._state = detector.hold.begin()
        self._book = AlarmBook(detector.code, detector.merge_micros)

    def take(self, scene: Scene) -> list[AlarmRow]:
        """The alarms that this batch raises, prolongs or ends, as rows of the store with times in micros."""
        detector = self.detector
        rows = scene.heard if detector.hold.every_fix else scene.usable
        asked = scene.terminals if detector.watches_terminals else rows
        holds = np.broadcast_to(np.asarray(detector.when(asked), bool), len(asked))
        watched = getattr(rows, detector.peak).astype("f8") if detector.peak else np.full(len(rows), np.nan)
        detector.hold.grow(self._state, len(scene.terminals))
        changes = detector.hold.step(self._state, rows, holds, watched, scene.clock)
        self._book.forget(scene.clock)
        return self._book.write(changes, lambda raised: self._describe(raised, rows, scene))

    def _describe(self, raised: Raised, rows: Rows, scene: Scene) -> AlarmRow:
        by_clock = raised.row < 0
        source, at = (scene.terminals, raised.terminal) if by_clock else (rows, raised.row)
        kept = {} if by_clock else {name: self._kept(name, rows)[at] for name in self.detector.evidence_columns}
        first_log = scene.logs[raised.first_log]
        return {
            "title": self.detector.title,
            "phone": str(scene.terminals.phone[raised.terminal]),
            "vehicle": str(scene.terminals.vehicle[raised.terminal]),
            "area": "" if raised.area == NO_AREA else scene.areas[raised.area],
            "latitude_e6": int(source.latitude_e6[at]),
            "longitude_e6": int(source.longitude_e6[at]),
            "evidence": as_evidence(kept),
            "log": first_log,
            "frame_position": raised.first_position,
            "raised_log": first_log if by_clock else scene.logs[int(rows.log[at])],
            "raised_position": raised.first_position if by_clock else int(rows.frame_position[at]),
        }

    def _kept(self, name: str, rows: Rows) -> Any:
        work_out = self.detector.worked_out.get(name)
        return work_out(rows) if work_out else getattr(rows, name)

    @property
    def opened(self) -> int:
        """Alarms raised for the first time, since the process began."""
        return self._book.opened

    def stands_inside(self, terminal: np.ndarray, area: np.ndarray) -> None:
        """Areas have been drawn around vehicles that stand there: that is no crossing."""
        if isinstance(self.detector.hold, Crossing):
            self.detector.hold.stand_inside(self._state, terminal, area)

    def dump(self) -> dict[str, np.ndarray]:
        """The whole state as arrays, for a snapshot."""
        book = np.frombuffer(json.dumps(self._book.dump()).encode(), np.uint8)
        return {**self._state, "book": book}

    def load(self, dumped: dict[str, Any]) -> None:
        """Go on from a snapshot; a field the detector has gained since starts empty."""
        dumped = dict(dumped)
        self._book.load(json.loads(dumped.pop("book").tobytes()))
        self._state |= {name: column for name, column in dumped.items() if name in self._state}
