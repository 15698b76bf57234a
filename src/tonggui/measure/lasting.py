"""How long and how far: days that something has lasted by the end of a period, and how far a rate is from its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db.models import Min

from tonggui.measure import numbers
from tonggui.measure.figures import COUNTY
from tonggui.measure.indicators import SAMPLE, Computed, Indicator
from tonggui.measure.names import names_of
from tonggui.measure.shares import Ratio
from tonggui.measure.sources import COUNTED, Condition, During, Source, place, read, resolved, scopes_of
from tonggui.measure.totals import days_said, says
from tonggui.register.measures import Measure


@dataclass(kw_only=True)
class Elapsed(Indicator):
    """Days from the day of the earliest row to the end of the period, both counted; none where no row is left.

    The measure's own day is the first; `where` leaves the rows that still last at the end, and `names` names them.
    """

    of: Measure
    where: Condition = None
    names: str = ""
    unit: str = "天"

    kind: ClassVar[str] = "持续天数"

    def sources(self, period, scope=COUNTY, *, as_of=None):
        days = During.UNTIL_END.of(period)
        source = Source.of(COUNTED, self.of, days, scope, self.by.get(scope.by, ""), as_of)
        return [source.where(resolved(self.where, period))]

    def scopes(self, period, by, *, as_of=None):
        return scopes_of(self.sources(period, as_of=as_of)[0], by, self.by.get(by, ""))

    def compute(self, period, scope, as_of):
        source = self.sources(period, scope, as_of=as_of)[0]
        found = read(source)
        rows, counts = {place(COUNTED, self.of): found.records}, {COUNTED: found.records.count}
        if not found.records.count:
            return Computed(found.value, found.reason, None, rows, counts, found.nil)
        first: date = source.rows.order_by().aggregate(first=Min(self.of.on))["first"]
        names = names_of(source.ledger, source.rows, self.names) if self.names else ()
        return Computed(Decimal((period.end - first).days + 1), behind=rows, counts=counts, names=names)

    def definition(self):
        return {**super().definition(), "of": self.of.definition(), "where": repr(resolved(self.where, SAMPLE))}

    def expression(self, period):
        days = days_said(self.of, During.UNTIL_END, period)
        return f"{says(self.of, self.title)}，{days}，期末仍在持续的，自最早一日起算至{period.end}"


@dataclass(kw_only=True)
class Lead(Indicator):
    """How far a rate is ahead of what should be reached by the end of the period, in 百分点; below zero it lags.

    `asked` gives the share of the year's plan that the day asks for, in per cent.
    """

    rate: Ratio
    asked: Callable[[date], Decimal]
    asked_title: str
    unit: str = "个百分点"
    places: int = 1

    kind: ClassVar[str] = "百分点差"

    def __post_init__(self) -> None:
        self.by = self.by or dict(self.rate.by)
        super().__post_init__()

    def sources(self, period, scope=COUNTY, *, as_of=None):
        return self.rate.sources(period, scope, as_of=as_of)

    def scopes(self, period, by, *, as_of=None):
        return self.rate.scopes(period, by, as_of=as_of)

    def compute(self, period, scope, as_of):
        found = self.rate.compute(period, scope, as_of)
        if found.value is None:
            return found
        gap = numbers.rounded(found.value * 100 - self.asked(period.end), self.places)
        return Computed(gap, behind=found.behind, counts=found.counts)

    def definition(self):
        asked = f"{self.asked.__module__}.{self.asked.__qualname__}"
        return {**super().definition(), "rate": self.rate.definition(), "asked": asked}

    def expression(self, period):
        asked = f"{numbers.plain(self.asked(period.end), 2)}%"
        return f"{self.rate.title}（{self.rate.code}）－{self.asked_title}（{period.end}为{asked}）"

    def show(self, value, parts):
        """超前2.5个百分点, 滞后4.6个百分点: the difference of two percentages, never with %."""
        if not value:
            return f"与{self.asked_title}持平"
        return f"{'超前' if value > 0 else '滞后'}{numbers.plain(abs(value), self.places)}{self.unit}"
