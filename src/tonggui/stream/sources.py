"""Sources: which frame logs are followed, how their frames become rows, and into which table the rows go.

A protocol is handed in as an object; a new one is one more `Source`. Positions go through the whole pipeline; rows of
other tables are stored as they are read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from tonggui.base.clock import Micros
from tonggui.stream.block import LoggedFrames
from tonggui.stream.store.tables import POSITIONS, Table

Columns = dict[str, Any]


@dataclass(slots=True)
class Read:
    """What a source reads from frames: `rows` as columns, with `frame` the place of each row's frame in the input, and
    for every frame its `reason` (u1, OK where usable), `phone` and `message_id` where the head could be read."""

    rows: Columns
    reason: np.ndarray
    phone: np.ndarray
    message_id: np.ndarray


class Remembers(Protocol):
    """A reader that keeps something from one batch to the next, such as parts of a message still coming."""

    def dump(self) -> list[Any]:
        """What it keeps, as JSON values."""
        ...

    def load(self, dumped: list[Any]) -> None:
        """Keep this instead; an empty list is nothing."""
        ...


@dataclass(frozen=True)
class Source:
    """Logs by name (a pattern such as `jt808-*`), the reading of their frames, the table of their rows.

    `memory` is what the reading remembers from one batch to the next, if anything; it survives a restart.
    """

    logs: str
    read: Callable[[LoggedFrames], Read]
    table: Table = POSITIONS
    title: str = field(default="", compare=False)
    memory: Remembers | None = field(default=None, compare=False)


def newest(frames: LoggedFrames) -> Micros:
    """When the newest of these frames was received; 0 where there are none."""
    return int(frames.received_at.max()) if len(frames) else 0
