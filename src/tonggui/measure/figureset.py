"""All figures of one document: computed once, looked up by the marks of its text, printed as words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tonggui.measure.comparing import Base, compared
from tonggui.measure.figures import Figure
from tonggui.measure.names import all_listed, listed
from tonggui.measure.numbers import DASH, over_money
from tonggui.measure.periods import Period
from tonggui.measure.sources import AsOf
from tonggui.measure.text import Mark

PERIOD = "period"
_PERIOD_ASPECTS = ("value", "end", "year", "next", "days")


@dataclass
class FigureSet:
    """Figures by key, in the order in which the report names them. `as_of` is None for the ledgers as they are."""

    period: Period
    figures: dict[str, Figure] = field(default_factory=dict)
    as_of: AsOf = None

    @classmethod
    def of(cls, period: Period, figures: Iterable[Figure], as_of: AsOf = None) -> "FigureSet":
        return cls(period, {figure.key: figure for figure in figures}, as_of)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures.values())

    def __len__(self) -> int:
        return len(self.figures)

    def get(self, code: str, scope: str = "") -> Figure | None:
        return self.figures.get(f"{code}/{scope}" if scope else code)

    def all_of(self, code: str) -> list[Figure]:
        """The figure of a code and all its parts."""
        return [figure for figure in self if figure.code == code]

    def parts_of(self, code: str) -> list[Figure]:
        return [figure for figure in self if figure.code == code and figure.scope.code]

    def has(self, mark: Mark) -> bool:
        """Whether a mark can be printed at all."""
        if mark.key == PERIOD:
            return mark.aspect in _PERIOD_ASPECTS
        return mark.key in self.figures and mark.aspect in _ASPECTS

    def words(self, mark: Mark) -> str:
        """What a mark prints; a mark without a figure prints a dash."""
        if mark.key == PERIOD:
            return period_words(self.period, mark.aspect)
        figure = self.figures.get(mark.key)
        return DASH if figure is None or mark.aspect not in _ASPECTS else _ASPECTS[mark.aspect](figure)

    def compared(self, bases: Mapping[str, Base], word: str) -> "FigureSet":
        """The same figures with 同比 or 环比 against their bases."""
        return replace(self, figures=compared(self, bases, word))


def period_words(period: Period, aspect: str = "value") -> str:
    """What the period says: 2026年上半年, its last day 6月30日, its year 2026年, the one after it 下半年, its days."""
    match aspect:
        case "end":
            return period.end_label
        case "year":
            return f"{period.start.year}年"
        case "days":
            return period.days_label
        case "next":
            after = period.following
            return after.label if after.start.year != period.end.year else after.label.split("年", 1)[1]
    return period.label


def _over(figure: Figure) -> str:
    """Money as 余万元, where it has a remainder; any other figure as it is."""
    if figure.value is None or figure.unit not in ("万元", "亿元"):
        return figure.text
    return over_money(figure.value)


_ASPECTS = {
    "value": lambda figure: figure.text,
    "name": lambda figure: figure.scope.label,
    "code": lambda figure: figure.scope.code,
    "change": lambda figure: figure.change,
    "step": lambda figure: figure.step,
    "over": lambda figure: _over(figure),
    "short": lambda figure: figure.text.partition("（")[0],
    "bare": lambda figure: figure.text.partition("（")[0].removesuffix(figure.unit if figure.known else ""),
    "reason": lambda figure: figure.reason,
    "names": listed,
    "all_names": all_listed,
}


def aspects_of(key: str) -> tuple[str, ...]:
    """The aspects that a mark of a figure, or of the period, may print."""
    return _PERIOD_ASPECTS if key == PERIOD else tuple(_ASPECTS)
