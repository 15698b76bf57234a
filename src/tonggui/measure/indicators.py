"""Indicators: what an official figure means, declared once and computed for any period and scope.

Kinds of indicator stand in `totals.py` (`Total`, `Told`), `shares.py` (`Share`, `Ratio`, `Fed`), `tallies.py` (`Tally`,
`TallyShare`, `Step`) and `spread.py` (`Quantile`); here is what they share: the code and words of the catalogue, the
registry, and how a computed value becomes a stamped figure.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from tonggui.base import clock
from tonggui.measure import numbers
from tonggui.measure.figures import COUNTY, Figure, Scope, Stamp, digest
from tonggui.measure.numbers import DASH
from tonggui.measure.periods import Period
from tonggui.measure.reading import ahead
from tonggui.measure.recordsets import RecordSet, digest_of
from tonggui.measure.sources import AsOf, Source
from tonggui.measure.units import UNIT, is_unit

NOT_BY_UNIT = "该指标不分单位统计"

# Conditions may depend on the period; a definition is digested for this one, so that its digest does not.
SAMPLE = Period.parse("2000H1")

_declared: dict[str, "Indicator"] = {}


def indicator(code: str) -> "Indicator":
    """The indicator of a code; KeyError names the code."""
    return _declared[code]


def all_indicators() -> list["Indicator"]:
    return [_declared[code] for code in sorted(_declared)]


@dataclass
class Indicator:
    """What every indicator says of itself.

    `code` is that of the catalogue, `unit` the unit printed behind the value (money, 万元 or 亿元, is kept in yuan and
    printed in 亿元 from one 亿 on, below it in 万元), `by` the splits it allows (name → field of the ledger, `self` for
    the row itself), `basis` the form or rule it follows, `since` the first day from which it may be computed.
    """

    code: str
    title: str
    unit: str = ""
    _: KW_ONLY
    by: Mapping[str, str] | tuple[str, ...] = ()
    basis: str = ""
    since: date = date.min
    places: int = 0

    kind: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if not isinstance(self.by, Mapping):
            self.by = {name: name for name in self.by}
        if self.code in _declared:
            raise ValueError(f"two indicators have the code {self.code}")
        _declared[self.code] = self

    @property
    def from_telemetry(self) -> bool:
        """Counted once when a document takes its figures, and kept: millions of positions are not read for a look at a
        page, and they have no history of corrections."""
        return False

    @property
    def by_unit(self) -> bool:
        """Whether it answers for a unit: whatever is counted over rows of ledgers does, without declaring it."""
        return not self.from_telemetry or "unit" in self.by

    # --- what each kind answers --------------------------------------------------------------------------------

    def compute(self, period: Period, scope: Scope, as_of: AsOf) -> "Computed":
        raise NotImplementedError

    def sources(self, period: Period, scope: Scope = COUNTY, *, as_of: AsOf = None) -> list[Source]:
        raise NotImplementedError

    def scopes(self, period: Period, by: str, *, as_of: AsOf = None) -> list[Scope]:
        raise NotImplementedError

    def expression(self, period: Period) -> str:
        raise NotImplementedError

    def definition(self) -> dict[str, Any]:
        """All that decides the value, as JSON."""
        return {"code": self.code, "kind": self.kind, "unit": self.unit, "since": str(self.since), "by": dict(self.by)}

    def show(self, value: Decimal, parts: tuple[Decimal, Decimal] | None) -> str:
        """The value as it is printed, unit included."""
        if self.unit in ("万元", "亿元"):
            return numbers.money(value)
        return numbers.plain(value, self.places) + self.unit

    # --- figures ------------------------------------------------------------------------------------------------

    def figure(self, period: Period, scope: Scope = COUNTY, *, as_of: AsOf = None) -> Figure:
        """The figure now, or as the ledgers stood at `as_of` by their history."""
        if period.start < self.since:
            found = Computed(reason=f"该指标自{self.since}起统计")
        elif is_unit(scope) and not self.by_unit:
            found = Computed(reason=NOT_BY_UNIT)
        else:
            found = self.compute(period, scope, as_of)
        stamp = Stamp(
            definition=digest(self.definition()),
            period=period.code,
            scope=scope.code or "全县",
            as_of=_moment(as_of),
            counts=dict(found.counts),
            records=digest_of(found.behind),
        )
        return Figure(
            code=self.code,
            title=self.title,
            unit=self.unit,
            period=period,
            scope=scope,
            value=found.value,
            text=found.text or (DASH if found.value is None else self.show(found.value, found.parts)),
            expression=self.expression(period),
            stamp=stamp,
            reason=found.reason,
            parts=found.parts,
            behind=found.behind,
            nil=found.nil,
            names=found.names,
            counts_names=found.counts_names,
        )

    def split(self, period: Period, by: str, *, as_of: AsOf = None) -> list[Figure]:
        """One figure for each value of the split that occurs in the period."""
        if by not in self.by and not (by == UNIT and self.by_unit):
            raise ValueError(f"{self.code} is not split by {by!r}; it is by {', '.join(self.by) or 'nothing'}")
        return [self.figure(period, scope, as_of=as_of) for scope in self.scopes(period, by, as_of=as_of)]


@dataclass(frozen=True, slots=True)
class Computed:
    """What an indicator found: its value or the reason why there is none, its parts, record numbers and counts.

    `behind` holds its records by role and ledger, `counts` how many there are in words, `text` what a told figure says,
    `names` what was counted and `counts_names` whether the value counts just that.
    """

    value: Decimal | None = None
    reason: str = ""
    parts: tuple[Decimal, Decimal] | None = None
    behind: Mapping[str, RecordSet] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    nil: bool = False
    text: str = ""
    names: tuple[str, ...] = ()
    counts_names: bool = False


def reading_ahead(
    asked: Iterable[tuple[Indicator, Scope]], period: Period, as_of: AsOf = None, *, values_only: bool = False
) -> AbstractContextManager[None]:
    """Read the ledgers for many figures together; they are then computed inside the block.

    With `values_only` their records are counted and not gathered: enough to compute, not for a figure with its stamp.
    """
    sources = [
        source
        for indicator, scope in asked
        if period.start >= indicator.since and (indicator.by_unit or not is_unit(scope))
        for source in indicator.sources(period, scope, as_of=as_of)
    ]
    return ahead(sources, values_only=values_only)


def _moment(as_of: AsOf) -> str:
    moment = as_of or clock.now()
    if isinstance(moment, datetime):
        return moment.astimezone(clock.CHINA).isoformat(timespec="seconds")
    return f"{moment}T24:00:00"


@dataclass(kw_only=True)
class Waiting(Indicator):
    """An indicator of the catalogue whose ledger is not in use yet: a dash that says what it waits for."""

    waits_for: str

    kind: ClassVar[str] = "待启用"

    def sources(self, period, scope=COUNTY, *, as_of=None):
        return []

    def scopes(self, period, by, *, as_of=None):
        return []

    def compute(self, period, scope, as_of):
        return Computed(reason=f"等待{self.waits_for}启用后统计")

    def expression(self, period):
        return f"待{self.waits_for}启用后统计"
