"""Spread: the lowest, quartiles, median and highest value of a field, or of the days between two (离散度).

Quartiles are those of office spreadsheets (QUARTILE.INC): the value at q·(n − 1) of the sorted values, between two of
them in proportion. Every value stands behind its record, so an outlier can be opened.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.db.models import QuerySet

from tonggui.measure import numbers
from tonggui.measure.figures import COUNTY
from tonggui.measure.indicators import SAMPLE, Computed, Indicator
from tonggui.measure.reading import read
from tonggui.measure.sources import COUNTED, Condition, During, Source, place, resolved
from tonggui.measure.splitting import scopes_of
from tonggui.measure.totals import days_said, says
from tonggui.register.measures import Count, Sum


def quantile(values: list[Decimal], q: Decimal) -> Decimal:
    """The q-quantile of sorted values, interpolated between neighbours; ValueError for no values."""
    if not values:
        raise ValueError("a quantile of nothing")
    place_ = q * (len(values) - 1)
    below = int(place_)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place_ - below)


@dataclass(kw_only=True)
class Quantile(Indicator):
    """The `q`-quantile of the field that a Sum adds up: 0 the lowest, 0.5 the median, 1 the highest."""

    of: Sum
    q: Decimal
    where: Condition = None
    named: str = ""

    kind: ClassVar[str] = "分位数"

    def sources(self, period, scope=COUNTY, *, as_of=None):
        source = Source.of(COUNTED, self.of, period, scope, self.by.get(scope.by, ""), as_of)
        return [source.where(resolved(self.where, period))]

    def scopes(self, period, by, *, as_of=None):
        return scopes_of(self.sources(period, as_of=as_of)[0], by, self.by.get(by, ""))

    def compute(self, period, scope, as_of):
        source = self.sources(period, scope, as_of=as_of)[0]
        found = read(source)
        rows, counts = {place(COUNTED, self.of): found.records}, {COUNTED: found.records.count}
        values = sorted(self.values(source.rows))
        if not values:
            return Computed(reason=found.reason or f"{period.label}没有可统计的记录", behind=rows, counts=counts)
        return Computed(quantile(values, self.q), behind=rows, counts=counts)

    def values(self, rows: QuerySet) -> list[Decimal]:
        """What the rows hold, in any order."""
        return [Decimal(v) for v in rows.order_by().values_list(self.of.of, flat=True) if v is not None]

    def definition(self):
        asked = repr(resolved(self.where, SAMPLE))
        return {**super().definition(), "of": self.of.definition(), "q": str(self.q), "where": asked}

    def expression(self, period):
        return f"{says(self.of, self.title)}，{days_said(self.of, During.WHOLE, period)}，取{self.named or self.title}"

    def show(self, value, parts):
        return f"{numbers.plain(value, 2)}{self.unit}"


@dataclass(kw_only=True)
class TimeTaken(Quantile):
    """The `q`-quantile of the days from the day `begins` to the day on which a row counts: how long things took.

    A median says how long an ordinary case takes; one that lay for a year does not move it as it would a mean.
    """

    of: Count
    begins: str
    q: Decimal = Decimal("0.5")

    kind: ClassVar[str] = "用时"

    def values(self, rows):
        days = rows.order_by().values_list(self.begins, self.of.on)
        return [Decimal((end - begun).days) for begun, end in days if begun and end]

    def definition(self):
        return {**super().definition(), "begins": self.begins}

    def expression(self, period):
        kinds = self.of.model.ledger.kinds
        spanned = f"“{kinds[self.begins].label}”至“{kinds[self.of.on].label}”的天数"
        return f"{says(self.of, self.title)}，{days_said(self.of, During.WHOLE, period)}，取{spanned}的{self.named}"
