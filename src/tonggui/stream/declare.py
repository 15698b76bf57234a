"""The vocabulary of detectors: `Detector`, `Story` and the time primitives.

A detector is a condition on columns, a time primitive that says when it counts, the evidence to keep, and stories that
are its tests. `tonggui.detectors` holds one file for each.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tonggui.base.clock import SECOND
from tonggui.stream.holds import Hold, Silent, entering, lasting, leaving, silent
from tonggui.stream.rows import Rows

__all__ = ["Detector", "Rows", "Story", "entering", "lasting", "leaving", "night", "silent"]


class Story:
    """A short course of events and when the alarm is due.

    One fix every `every` seconds; each column is one value for all fixes or a list with one a fix. `inside` lists the
    ids of the areas each fix lies in. `heard` (for `silent`) says at which ticks a fix came at all. `fires_at` are the
    numbers of the fixes (or ticks), from 0, at which the alarm is raised.
    """

    def __init__(
        self, title: str, *, every: float, fires_at: Sequence[int], start: str = "2026-03-02 09:00:00", **columns: Any
    ) -> None:
        self.title, self.every, self.fires_at, self.start = title, every, list(fires_at), start
        lists = {name: value for name, value in columns.items() if isinstance(value, list)}
        lengths = {len(value) for value in lists.values()}
        if len(lengths) != 1:
            raise ValueError(
                f"story {title!r}: its lists have lengths {sorted(lengths)}; they must agree, one at least"
            )
        (self.length,) = lengths
        self.columns = {name: value if name in lists else [value] * self.length for name, value in columns.items()}

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Detector:
    """A rule over the stream.

    `when` gets the rows as columns and returns a bool a row; for `silent` it gets the terminals and says whom to watch.
    `evidence` names the columns kept with the alarm as of the row that raised it; `worked_out` gives those of them that
    the rows do not have as they stand, such as the limit that was in force. `peak` is the column whose highest value is
    kept, `merge` the seconds within which a further stretch is the same alarm.
    """

    code: str
    title: str
    hold: Hold
    basis: str
    when: Callable[[Rows], Any] = lambda row: np.ones(len(row), bool)
    evidence: str = ""
    worked_out: Mapping[str, Callable[[Rows], Any]] = field(default_factory=dict)
    peak: str = ""
    merge: float = 0
    reading: str = ""
    stories: Sequence[Story] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        where = f"detector {self.code}"
        if not self.code.isidentifier():
            raise ValueError(f"{where}: a code is one identifier, it names the alarm's type for good")
        if not self.stories:
            raise ValueError(f"{where}: tell at least one story; it is the detector's test")
        if self.merge < 0:
            raise ValueError(f"{where}: merge is a number of seconds from 0 on, not {self.merge}")
        for story in self.stories:
            if any(not 0 <= at < story.length for at in story.fires_at):
                raise ValueError(f"{where}, story {story.title!r}: fires_at {story.fires_at} of {story.length} fixes")

    @property
    def merge_micros(self) -> int:
        return round(self.merge * SECOND)

    @property
    def evidence_columns(self) -> tuple[str, ...]:
        return tuple(self.evidence.split())

    @property
    def watches_terminals(self) -> bool:
        """True where `when` is asked of terminals rather than of rows."""
        return isinstance(self.hold, Silent)

    def __str__(self) -> str:
        return self.code


def night(row: Rows) -> np.ndarray:
    """True for fixes between 22:00 and 06:00 in China (道路旅客运输企业安全管理规范)."""
    hour = row.second_of_day // 3600
    return (hour >= 22) | (hour < 6)
