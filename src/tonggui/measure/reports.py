"""Reports: which figures a document has, how its first text is written, and what must hold between its numbers.

A report's text is a template (a text file beside its declaration) over its figures. The template decides between
sentences (none, one, many, unknown); it never sees a digit: a figure in it renders as its mark.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Engine

from tonggui.measure.crossfoot import Check, Fault, false_hundreds, text_faults, unfinished
from tonggui.measure.figures import COUNTY, Figure, Scope
from tonggui.measure.figureset import PERIOD, FigureSet
from tonggui.measure.indicators import Indicator
from tonggui.measure.periods import Kind, Period
from tonggui.measure.providers import together
from tonggui.measure.sources import AsOf
from tonggui.measure.text import Mark, parse, without_empty_sections

_reports: dict[str, "Report"] = {}


def report(code: str) -> "Report":
    """The report of a code; KeyError names the code."""
    return _reports[code]


def all_reports() -> list["Report"]:
    return list(_reports.values())


def series() -> list["Report"]:
    """The reports that are issued in numbers."""
    return [report for report in _reports.values() if report.series]


@dataclass(frozen=True)
class Split:
    """Figures that stand once for each value of a split; the first indicator says which values there are.

    With `first`, the template sees only so many of them, those with the largest values of the first indicator that are
    more than none: where and when most was found.
    """

    name: str
    by: str
    of: Sequence[Indicator]
    first: int = 0


@dataclass(frozen=True)
class Report:
    """One kind of official document.

    `title` gives the lines of the title from the issuer and the period. `splits` give the template a list of rows each.
    `steps` says that figures carry 环比. `series` is the word of a report issued in numbers (治超日报〔2026〕1期).
    """

    code: str
    name: str
    every: Kind
    title: Callable[[str, Period], Sequence[str]]
    template: Path
    figures: Sequence[Indicator]
    splits: Sequence[Split] = ()
    checks: Sequence[Check] = ()
    steps: bool = False
    series: str = ""

    def __post_init__(self) -> None:
        _reports[self.code] = self

    def compute(self, period: Period, as_of: AsOf = None, kept: FigureSet | None = None) -> FigureSet:
        """Every figure of the report for a period, as the ledgers are or as they stood.

        With the figures a document has `kept`, those from telemetry are taken from there and not counted again.
        """
        held = dict(kept.figures) if kept else {}

        def one(indicator: Indicator, scope: Scope) -> Figure:
            key = f"{indicator.code}/{scope.code}" if scope.code else indicator.code
            if indicator.from_telemetry and key in held:
                return held[key]
            return indicator.figure(period, scope, as_of=as_of)

        with together():
            found = [one(each, COUNTY) for each in self.figures]
            for split in self.splits:
                for scope in self._scopes(split, period, as_of, kept):
                    found += [one(indicator, scope) for indicator in split.of]
        return FigureSet.of(period, found, as_of)

    def _scopes(self, split: Split, period: Period, as_of: AsOf, kept: FigureSet | None) -> list[Scope]:
        """The values of a split: those the document keeps where telemetry told them."""
        leading = split.of[0]
        if kept and leading.from_telemetry:
            return [figure.scope for figure in kept.parts_of(leading.code) if figure.scope.by == split.by]
        return leading.scopes(period, split.by, as_of=as_of)

    def base(self, period: Period) -> FigureSet:
        """The figures without their parts, for 环比 of the period after."""
        with together():
            return FigureSet.of(period, [each.figure(period) for each in self.figures])

    def draft(self, figures: FigureSet) -> str:
        """The first text: the template's sentences with marks where figures stand; a section of nothing is left out."""
        context = {
            "period": PeriodWords(),
            **{_name(indicator.code): Word(figures.figures[indicator.code]) for indicator in self.figures},
            **{split.name: _rows(split, figures) for split in self.splits},
        }
        template = Engine().from_string(self.template.read_text(encoding="utf-8"))
        return without_empty_sections(template.render(Context(context, autoescape=False)))

    def faults(self, text: str, figures: FigureSet) -> list[Fault]:
        """Everything that must be looked at before the document is printed."""
        found = [fault for check in self.checks for fault in check.faults(figures)]
        return [*unfinished(figures.period), *found, *false_hundreds(figures), *text_faults(parse(text), figures)]


@dataclass(frozen=True, slots=True)
class Word:
    """A figure as a template sees it: its mark, and what a sentence must know to be true of it."""

    figure: Figure

    def __str__(self) -> str:
        return str(Mark(self.figure.key))

    @property
    def known(self) -> bool:
        return self.figure.known

    @property
    def some(self) -> bool:
        """More than none."""
        return bool(self.figure.value)

    @property
    def none(self) -> bool:
        """Zero, as a fact of a ledger that holds rows of the period."""
        return self.figure.value == 0 and not self.figure.nil

    @property
    def nil(self) -> bool:
        """Zero, on the strength of complete nil returns: the only ground for 未发生."""
        return self.figure.nil

    @property
    def full(self) -> bool:
        """A share that is the whole."""
        return self.figure.unit == "%" and self.figure.value == 1

    @property
    def name(self) -> Mark:
        return Mark(self.figure.key, "name")

    @property
    def code(self) -> Mark:
        """The number of the record that a part is about."""
        return Mark(self.figure.key, "code")

    @property
    def short(self) -> Mark:
        """A share without its counts, for a table in whose other columns they stand."""
        return Mark(self.figure.key, "short")

    @property
    def bare(self) -> Mark:
        """A number without its unit, for a table whose head says it."""
        return Mark(self.figure.key, "bare")

    @property
    def over(self) -> Mark:
        """A sum of money in whole 万元 with 余 for its remainder."""
        return Mark(self.figure.key, "over")

    @property
    def change(self) -> Mark:
        return Mark(self.figure.key, "change")

    @property
    def comparable(self) -> bool:
        """Whether 同比 may be printed."""
        return "同比" in self.figure.change

    @property
    def step(self) -> Mark:
        return Mark(self.figure.key, "step")

    @property
    def stepped(self) -> bool:
        """Whether 环比 may be printed."""
        return "环比" in self.figure.step

    @property
    def reason(self) -> Mark:
        return Mark(self.figure.key, "reason")

    @property
    def changed(self) -> str:
        """环比 and 同比 in brackets as far as there are bases; nothing where there is none."""
        said = [str(mark) for mark, known in ((self.step, self.stepped), (self.change, self.comparable)) if known]
        return f"（{'，'.join(said)}）" if said else ""


class PeriodWords:
    """The period as a template sees it."""

    end, year, next, days = (Mark(PERIOD, aspect) for aspect in ("end", "year", "next", "days"))

    def __str__(self) -> str:
        return str(Mark(PERIOD))


def _rows(split: Split, figures: FigureSet) -> list[dict[str, Word]]:
    rows: dict[str, dict[str, Word]] = {}
    for indicator in split.of:
        for figure in figures.parts_of(indicator.code):
            if figure.scope.by == split.by:
                rows.setdefault(figure.scope.code, {})[_name(indicator.code)] = Word(figure)
    if not split.first:
        return list(rows.values())
    leading = _name(split.of[0].code)
    some = [row for row in rows.values() if row[leading].some]
    return sorted(some, key=lambda row: -(row[leading].figure.value or 0))[: split.first]


def _name(code: str) -> str:
    """PRJ-01 as a template names it: PRJ_01."""
    return code.replace("-", "_")
