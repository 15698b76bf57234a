"""A batch on its way through the pipeline."""

from dataclasses import dataclass, field

import numpy as np

from tonggui.stream.alarms import AlarmRow
from tonggui.stream.checkpoint import Plan
from tonggui.stream.sources import Columns
from tonggui.stream.store.tables import Table
from tonggui.stream.tails import Stretch


@dataclass
class Batch:
    """What the steps of the pipeline hand on. Each step fills in its part.

    `positions` are rows in the order of their arrival; `order` sorts those kept by terminal and time. `alarms` are rows
    of the store. `replayed`: made again after a crash, so nobody is told of it; `stored`: its rows are in the store.
    """

    plan: Plan
    stretches: list[Stretch]
    replayed: bool = False
    stored: bool = False
    positions: Columns = field(default_factory=dict)
    order: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    others: list[tuple[Table, Columns]] = field(default_factory=list)
    bad: list[Columns] = field(default_factory=list)
    alarms: list[AlarmRow] = field(default_factory=list)
    moved: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    repeats: int = 0

    @property
    def frames(self) -> int:
        return sum(len(stretch.frames) for stretch in self.stretches)
