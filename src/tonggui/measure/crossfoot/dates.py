"""Rules between the dates that told figures print: planned ones after the period, others within, stages in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from tonggui.measure.crossfoot.fault import Fault
from tonggui.measure.figures import Figure

if TYPE_CHECKING:
    from tonggui.measure.figureset import FigureSet

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Dated:
    """Dates of what happened lie inside the period, those of a plan (`planned`) after it (R16)."""

    rule: str
    of: str
    planned: bool = False

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        period = figures.period
        for figure in figures.all_of(self.of):
            day = day_of(figure)
            if day is None or (day > period.end if self.planned else day in period):
                continue
            wanted = f"应在{period.label}之后" if self.planned else f"不在{period.label}之内"
            yield Fault(self.rule, f"{figure.scope.label}{figure.title}{figure.text}，{wanted}。", (figure.key,))


@dataclass(frozen=True, slots=True)
class InOrder:
    """A later stage is not dated before an earlier one (R17), one by one over a split."""

    rule: str
    stages: tuple[str, ...]

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        for scope in dict.fromkeys(figure.scope.code for code in self.stages for figure in figures.all_of(code)):
            found = [figure for code in self.stages if (figure := figures.get(code, scope)) is not None]
            dated = [(figure, day) for figure in found if (day := day_of(figure)) is not None]
            for (earlier, first), (later, then) in pairwise(dated):
                if then < first:
                    words = f"{later.scope.label}{later.title}{later.text}早于{earlier.title}{earlier.text}。"
                    yield Fault(self.rule, words, (later.key, earlier.key))


def day_of(figure: Figure) -> date | None:
    """The first day that a figure's words name."""
    match = _DAY.search(figure.text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
