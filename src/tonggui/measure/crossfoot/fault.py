"""What a rule that does not hold says, and what a declared rule is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from tonggui.measure.figures import Figure
from tonggui.measure.numbers import money, plain

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


def like(figure: Figure, value: Decimal) -> str:
    """Another value of the figure's indicator, money in the unit in which the figure is printed."""
    from tonggui.measure.indicators import indicator

    if figure.unit in ("万元", "亿元"):
        return money(value, figure.text.lstrip("-0123456789."))
    return indicator(figure.code).show(value, None)


def exact(figure: Figure, value: Decimal) -> str:
    """A value with its full digits: rounding must not hide a difference."""
    return plain(value, 2) + ("元" if figure.unit in ("万元", "亿元") else figure.unit)
