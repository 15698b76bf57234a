"""Cross-foot rules: what must hold between the figures of one document before it is printed.

Numbers of the rules (R2, R3 …) are those of the rules for printing in the reference on official documents. A rule that
does not hold is a fault: a sentence for the writer with the figures it is about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from tonggui.base import clock
from tonggui.measure.figures import Figure
from tonggui.measure.numbers import money, plain
from tonggui.measure.periods import Period
from tonggui.measure.text import Block, typed_digits

if TYPE_CHECKING:
    from tonggui.measure.figureset import FigureSet


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in words, and the keys of the figures it concerns."""

    rule: str
    words: str
    keys: tuple[str, ...] = ()


class Check(Protocol):
    """A rule as a report declares it."""

    def faults(self, figures: "FigureSet") -> Iterable[Fault]: ...


@dataclass(frozen=True, slots=True)
class SumOf:
    """The parts of a split add up to the total (R1, R2); a part that is unknown is named."""

    rule: str
    total: str
    parts: str

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        total, parts = figures.get(self.total), figures.parts_of(self.parts)
        if total is None or not parts:
            return
        for part in parts:
            if part.value is None:
                yield Fault(
                    self.rule, f"{part.scope.label}的{part.title}无法计算（{part.reason}），合计未含该项。", (part.key,)
                )
        known = sum((part.value for part in parts if part.value is not None), Decimal(0))
        if total.value is not None and known != total.value:
            words = f"{total.title}{_exact(total, total.value)}，分项之和{_exact(total, known)}，两者不等。"
            yield Fault(self.rule, words, (total.key,))


@dataclass(frozen=True, slots=True)
class RateOf:
    """A rate is its part over its whole (R3), in the document's own figures, one by one over a split."""

    rule: str
    rate: str
    part: str
    whole: str

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        for rate in figures.all_of(self.rate):
            part, whole = (figures.get(code, rate.scope.code) for code in (self.part, self.whole))
            if not (part and whole and rate.value is not None and part.value is not None and whole.value):
                continue
            if rate.value != part.value / whole.value:
                named = f"{part.title}{part.text}÷{whole.title}{whole.text}"
                words = f"{rate.scope.label}{rate.title}{rate.text}与{named}不符。"
                yield Fault(self.rule, words, (rate.key, part.key, whole.key))


@dataclass(frozen=True, slots=True)
class AtMost:
    """One figure is not above another (R4, R19): fixed ≤ found, paid ≤ decided."""

    rule: str
    less: str
    more: str

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        less, more = figures.get(self.less), figures.get(self.more)
        if less and more and less.value is not None and more.value is not None and less.value > more.value:
            yield Fault(self.rule, f"{less.title}{less.text}大于{more.title}{more.text}。", (less.key, more.key))


@dataclass(frozen=True, slots=True)
class NotFalling:
    """A cumulative figure is not below what it was a month before in the same year (R9), one by one over a split."""

    rule: str
    of: str

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        from tonggui.measure.indicators import indicator

        before = figures.period.last_month.previous
        if before.start.year != figures.period.end.year:
            return
        for now in figures.all_of(self.of):
            then = indicator(now.code).figure(before, now.scope, as_of=figures.as_of)
            if now.value is not None and then.value is not None and now.value < then.value:
                words = f"{now.scope.label}{now.title}{now.text}，少于{before.label}的{_like(now, then.value)}。"
                yield Fault(self.rule, words, (now.key,))


def false_hundreds(figures: Iterable[Figure]) -> Iterator[Fault]:
    """100% is printed only where the part is the whole (R8)."""
    for figure in figures:
        if figure.text.startswith("100%") and figure.parts and figure.parts[0] != figure.parts[1]:
            yield Fault("R8", f"{figure.title}印为100%，而分子不等于分母。", (figure.key,))


def unfinished(period: Period) -> Iterator[Fault]:
    """A period that goes on, or has not begun, has no results yet (R16): the writer is told, the draft is written."""
    today = clock.today()
    if period.end > today:
        how = "尚未开始" if period.start > today else "尚未结束"
        yield Fault("R16", f"{period.label}{how}，数据只到填报时为止，不是全期结果。")


def text_faults(blocks: Iterable[Block], figures: "FigureSet") -> Iterator[Fault]:
    """Every number in the text has a code and every mark has a figure (R13)."""
    for block in blocks:
        for digits in typed_digits(block):
            yield Fault("R13", f"“{digits}”是手工录入的数字，没有来源，请改用指标或注明来源。")
        for mark in block.marks:
            if not figures.has(mark):
                yield Fault("R13", f"“{mark}”没有对应的指标。", (mark.key,))


def _like(figure: Figure, value: Decimal) -> str:
    """Another value of the figure's indicator, money in the unit in which the figure is printed."""
    from tonggui.measure.indicators import indicator

    if figure.unit in ("万元", "亿元"):
        return money(value, figure.text.lstrip("-0123456789."))
    return indicator(figure.code).show(value, None)


def _exact(figure: Figure, value: Decimal) -> str:
    """A value with its full digits: rounding must not hide a difference."""
    return plain(value, 2) + ("元" if figure.unit in ("万元", "亿元") else figure.unit)
