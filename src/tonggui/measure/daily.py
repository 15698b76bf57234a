"""Days kept: on how many of a period's days something stood that must stand every day (24小时值班)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from tonggui.base import clock
from tonggui.measure.figures import COUNTY
from tonggui.measure.indicators import SAMPLE, Computed, Indicator
from tonggui.measure.periods import Period
from tonggui.measure.reading import first_day, read
from tonggui.measure.shares import share_text
from tonggui.measure.sources import ABOVE, AsOf, Condition, During, Source, place, resolved, scopes_of
from tonggui.measure.totals import days_said, says
from tonggui.register.measures import Count


@dataclass(kw_only=True)
class DaysKept(Indicator):
    """The days that a Count of different days holds, of all days of the period that have come.

    Of the days before a ledger was begun nothing is known, so there is no share of a period that begins earlier.
    """

    of: Count
    where: Condition = None
    unit: str = "%"
    places: int = 1

    kind: ClassVar[str] = "天数占比"

    @property
    def by_unit(self) -> bool:
        return True

    def sources(self, period, scope=COUNTY, *, as_of=None):
        source = Source.of(ABOVE, self.of, period, scope, self.by.get(scope.by, ""), as_of)
        return [source.where(resolved(self.where, period))]

    def scopes(self, period, by, *, as_of=None):
        return scopes_of(self.sources(period, as_of=as_of)[0], by, self.by.get(by, ""))

    def compute(self, period, scope, as_of):
        source = self.sources(period, scope, as_of=as_of)[0]
        found = read(source)
        rows = {place(ABOVE, self.of): found.records}
        if found.value is None:
            return Computed(reason=found.reason, behind=rows)
        days = days_come(period, as_of)
        if not days:
            return Computed(reason=f"{period.label}尚未开始", behind=rows)
        begun = first_day(source, source.own)
        if begun is None or begun > period.start:
            said = f"自{begun}起登记，{period.label}不完整" if begun else "没有登记"
            return Computed(reason=f"《{source.ledger.title}》{said}", behind=rows)
        counts = {ABOVE: found.records.count, "期间天数": days}
        parts = (found.value, Decimal(days))
        return Computed(parts[0] / parts[1], parts=parts, behind=rows, counts=counts)

    def definition(self):
        return {**super().definition(), "of": self.of.definition(), "where": repr(resolved(self.where, SAMPLE))}

    def expression(self, period):
        return f"{says(self.of, self.title)}，{days_said(self.of, During.WHOLE, period)}，占期间已过天数的比例"

    def show(self, value, parts):
        return share_text(parts, self.of.unit, self.places)


def days_come(period: Period, as_of: AsOf) -> int:
    """How many days of a period have begun, now or at the time as of which a figure is read."""
    seen = as_of or clock.today()
    last = seen.astimezone(clock.CHINA).date() if isinstance(seen, datetime) else seen
    return max(0, (min(period.end, last) - period.start).days + 1)
