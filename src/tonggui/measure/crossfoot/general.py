"""Rules that hold between the figures of any document, and run for every report undeclared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.measure.crossfoot.declared import SumOf
from tonggui.measure.crossfoot.fault import Fault, exact
from tonggui.measure.figures import Figure
from tonggui.measure.periods import Period
from tonggui.measure.totals import Total
from tonggui.register.measures import Count

if TYPE_CHECKING:
    from tonggui.measure.figureset import FigureSet


def figure_faults(figures: "FigureSet", declared: Collection[object] = ()) -> Iterator[Fault]:
    """Every general rule over the figures of a document; sums that the report has `declared` are left to it."""
    summed = {check.parts for check in declared if isinstance(check, SumOf)}
    yield from unfinished(figures.period)
    yield from overfull_splits(figures, summed)
    yield from wrong_rates(figures)
    yield from told_twice(figures)
    yield from false_hundreds(figures)
    yield from negatives(figures)


def overfull_splits(figures: "FigureSet", summed: Collection[str] = ()) -> Iterator[Fault]:
    """The parts of a split are never more than their total (R1).

    They may be fewer: rows without a value in the field of the split belong to no part, and a document may show only
    the largest. What counts different things (vehicles, each once) may overlap.
    """
    by_split: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.scope.code and figure.value is not None:
            by_split[figure.code, "unit" if figure.scope.by == "own_unit" else figure.scope.by].append(figure)
    for (code, _), parts in by_split.items():
        total = figures.get(code)
        if code in summed or total is None or total.value is None or _may_overlap(code):
            continue
        added = sum((part.value for part in parts if part.value is not None), Decimal(0))
        if added > total.value:
            words = f"{total.title}{exact(total, total.value)}，分项之和{exact(total, added)}，大于合计。"
            yield Fault("R1", words, (total.key,))


def _may_overlap(code: str) -> bool:
    """Whether the parts of an indicator may count one thing twice: rates, different things, joint work."""
    from tonggui.measure.indicators import indicator

    try:
        declared = indicator(code)
    except KeyError:
        return True
    plain = type(declared) is Total and not declared.distinct
    return not plain or (isinstance(declared.of, Count) and bool(declared.of.distinct))


def wrong_rates(figures: Iterable[Figure]) -> Iterator[Fault]:
    """A percentage is its part over its whole (R3)."""
    for figure in figures:
        if figure.unit != "%" or figure.parts is None or figure.value is None or not figure.parts[1]:
            continue
        if figure.value != figure.parts[0] / figure.parts[1]:
            yield Fault("R3", f"{figure.title}{figure.text}与{figure.parts_text}不符。", (figure.key,))


def told_twice(figures: Iterable[Figure]) -> Iterator[Fault]:
    """The same figure in two places comes from one expression (R7): one title and scope, one number."""
    seen: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        if figure.value is None:
            continue
        first = seen.setdefault((figure.title, figure.unit, figure.scope.label), figure)
        if first.value != figure.value:
            words = f"“{figure.title}”有两个数：{first.code}为{first.text}，{figure.code}为{figure.text}。"
            yield Fault("R7", words, (first.key, figure.key))


def false_hundreds(figures: Iterable[Figure]) -> Iterator[Fault]:
    """100% is printed only where the part is the whole (R8)."""
    for figure in figures:
        if figure.text.startswith("100%") and figure.parts and figure.parts[0] != figure.parts[1]:
            yield Fault("R8", f"{figure.title}印为100%，而分子不等于分母。", (figure.key,))


def negatives(figures: Iterable[Figure]) -> Iterator[Fault]:
    """A count or sum of a ledger is not negative without a correction that says why (R9)."""
    from tonggui.measure.indicators import indicator

    for figure in figures:
        if figure.value is None or figure.value >= 0:
            continue
        try:
            counted = type(indicator(figure.code)) is Total
        except KeyError:
            continue
        if counted:
            yield Fault(
                "R9", f"{figure.scope.label}{figure.title}为负数（{figure.text}），请核对更正记录。", (figure.key,)
            )


def unfinished(period: Period) -> Iterator[Fault]:
    """A period that goes on, or has not begun, has no results yet (R16): the writer is told, the draft is written."""
    today = clock.today()
    if period.end > today:
        how = "尚未开始" if period.start > today else "尚未结束"
        yield Fault("R16", f"{period.label}{how}，数据只到填报时为止，不是全期结果。")
