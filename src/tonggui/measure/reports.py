"""Reports: which figures a document has, how its first text is written, and what must hold between its numbers.

A report's wording is a text file beside its declaration: sentences with conditions over figures (`measure/wording`).
A bureau may put its own in the place of it, which may name any declared indicator.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from pathlib import Path

from tonggui.measure.crossfoot import Check, Fault, figure_faults, text_faults
from tonggui.measure.figures import COUNTY, Figure, Scope
from tonggui.measure.figureset import FigureSet
from tonggui.measure.indicators import Indicator, indicator, reading_ahead
from tonggui.measure.periods import Kind, Period
from tonggui.measure.providers import together
from tonggui.measure.sources import AsOf
from tonggui.measure.text import parse
from tonggui.measure.wording.reading import read
from tonggui.measure.wording.tree import Wording
from tonggui.measure.wording.writing import Row, write

_reports: dict[str, "Report"] = {}


def report(code: str) -> "Report":
    """The report of a code; KeyError names the code."""
    return _reports[code]


def all_reports() -> list["Report"]:
    return list(_reports.values())


def series() -> list["Report"]:
    """The reports that are issued in numbers."""
    return [report for report in _reports.values() if report.series]


class Skin(Enum):
    """How a document looks on paper: a report upward with a red head, plain material, or a form to be sent in."""

    RED_HEAD = "红头报告"
    PLAIN = "无红头材料"
    FORM = "上报表格"


@dataclass(frozen=True)
class Split:
    """Figures that stand once for each value of a split; the first indicator says which values there are.

    With `first`, a wording goes through only so many of them, those with the largest values of the first indicator that
    are more than none: where and when most was found. `title` names it to people.
    """

    name: str
    by: str
    of: Sequence[Indicator]
    first: int = 0
    title: str = ""


@dataclass(frozen=True)
class Report:
    """One kind of official document.

    `every` is the kind of period it is written for, or several, the usual one first. `title` gives the lines of the
    title from the issuer and the period. `splits` give the wording a list of rows each. `steps` says that figures carry
    环比. `series` is the word of a report issued in numbers (治超日报〔2026〕1期). `skin`, `landscape`: its paper.
    """

    code: str
    name: str
    every: Kind | Sequence[Kind]
    title: Callable[[str, Period], Sequence[str]]
    wording: Path
    figures: Sequence[Indicator]
    splits: Sequence[Split] = ()
    checks: Sequence[Check] = ()
    steps: bool = False
    series: str = ""
    skin: Skin = Skin.PLAIN
    landscape: bool = False

    def __post_init__(self) -> None:
        _reports[self.code] = self

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of period it may be written for, the usual one first."""
        return (self.every,) if isinstance(self.every, Kind) else tuple(self.every)

    @cached_property
    def default_wording(self) -> Wording:
        """The wording that came with the report."""
        return read(self.wording.read_text(encoding="utf-8"))

    def compute(
        self, period: Period, as_of: AsOf = None, kept: FigureSet | None = None, wording: Wording | None = None
    ) -> FigureSet:
        """Every figure of the report for a period, as the ledgers are or as they stood.

        With the figures a document has `kept`, those from telemetry are taken from there and not counted again, and
        whatever else it holds is computed too. A bureau's own `wording` adds the figures that it names.
        """
        held = dict(kept.figures) if kept else {}

        def one(indicator: Indicator, scope: Scope) -> Figure:
            key = f"{indicator.code}/{scope.code}" if scope.code else indicator.code
            if indicator.from_telemetry and key in held:
                return held[key]
            return indicator.figure(period, scope, as_of=as_of)

        more = self._more(kept, wording)
        with together():
            asked = [(each, COUNTY) for each in (*self.figures, *more)]
            for split in self._splits(kept, wording):
                for scope in self._scopes(split, period, as_of, kept):
                    asked += [(indicator, scope) for indicator in split.of]
            with reading_ahead(asked, period, as_of):
                return FigureSet.of(period, [one(*each) for each in asked], as_of)

    def beyond(self, wording: Wording) -> list[Indicator]:
        """Indicators that an own wording names beyond those declared. What the report's own names though it has not
        the figure (one text for several reports) stays unknown in it."""
        standing = set(self.default_wording.codes)
        return self._not_own(code for code in wording.codes if code not in standing)

    def _not_own(self, codes: Iterable[str]) -> list[Indicator]:
        own = {each.code for each in self.figures}
        return [found for code in dict.fromkeys(codes) if code not in own and (found := _declared(code))]

    def _more(self, kept: FigureSet | None, wording: Wording | None) -> list[Indicator]:
        """Indicators beyond those declared: named by an own wording, or kept by a document."""
        held = self._not_own(figure.code for figure in kept or () if not figure.scope.code)
        named = self.beyond(wording) if wording else []
        return [*held, *(each for each in named if each not in held)]

    def _splits(self, kept: FigureSet | None, wording: Wording | None) -> list[Split]:
        """The splits, with the figures of their rows that an own wording names or a document keeps."""
        found = []
        for split in self.splits:
            codes = list(wording.row_codes.get(split.name, ())) if wording else []
            codes += [figure.code for figure in kept or () if figure.scope.by == split.by]
            own = {each.code for each in split.of}
            others = {each.code for other in self.splits if other.by == split.by for each in other.of}
            more = [
                extra
                for code in dict.fromkeys(codes)
                if code not in own and (not kept or code not in others) and (extra := _declared(code))
            ]
            found.append(replace(split, of=[*split.of, *more]))
        return found

    def _scopes(self, split: Split, period: Period, as_of: AsOf, kept: FigureSet | None) -> list[Scope]:
        """The values of a split: those the document keeps where telemetry told them."""
        leading = split.of[0]
        if kept and leading.from_telemetry:
            return [figure.scope for figure in kept.parts_of(leading.code) if figure.scope.by == split.by]
        return leading.scopes(period, split.by, as_of=as_of)

    def draft(self, figures: FigureSet, wording: Wording | None = None) -> str:
        """The first text: the sentences of a wording, or of the report's own, with marks where figures stand."""
        lists = {split.name: _rows(split, figures) for split in self.splits}
        return write(wording or self.default_wording, figures, lists)

    def faults(self, text: str, figures: FigureSet) -> list[Fault]:
        """Everything that must be looked at before the document is printed."""
        found = [fault for check in self.checks for fault in check.faults(figures)]
        return [*found, *figure_faults(figures, self.checks), *text_faults(parse(text), figures)]


def _declared(code: str) -> Indicator | None:
    """The indicator of a code, None where it is declared no more."""
    try:
        return indicator(code)
    except KeyError:
        return None


def _rows(split: Split, figures: FigureSet) -> list[Row]:
    """The rows of a split with all their figures, in the order of the split; its values are those of its first one."""
    rows: dict[str, dict[str, Figure]] = {}
    leading = split.of[0].code
    for figure in figures.parts_of(leading):
        if figure.scope.by == split.by:
            rows[figure.scope.code] = {}
    for figure in figures:
        if figure.scope.by == split.by and figure.scope.code in rows:
            rows[figure.scope.code][figure.code] = figure
    if not split.first:
        return list(rows.values())
    some = [row for row in rows.values() if row[leading].value]
    return sorted(some, key=lambda row: -(row[leading].value or 0))[: split.first]
