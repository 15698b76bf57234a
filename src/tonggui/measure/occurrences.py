"""Occurrences: totals whose zero is a claim (未发生生产安全事故).

That nothing happened may be said only where every month either holds rows or is covered by confirmed nil returns
(零报告), whatever else the ledger holds: a flood registered in June says nothing of accidents in January. And what is
still being looked into (未认定责任) has not turned out to be nothing.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from django.db.models import Q

from tonggui.measure.nil import months_returned
from tonggui.measure.sources import Reading, Source, registered
from tonggui.measure.totals import Total
from tonggui.measure.units import path_of

LISTED = 3


@dataclass(kw_only=True)
class Occurrence(Total):
    """A total that is zero only on complete nil returns, and otherwise says which months nobody has spoken for.

    `open` are rows of `whole` of which it is not settled yet whether they count: while there are any, none found is
    not yet none.
    """

    whole: Total | None = None
    open: Q | None = None

    kind: ClassVar[str] = "发生数"

    def reading(self, period, scope, as_of):
        found = super().reading(period, scope, as_of)
        if found.records.count or found.value is None or found.nil:
            return found
        if unsettled := self._unsettled(period, scope, as_of):
            return Reading(None, reason=f"{unsettled}{self.unit}{self.whole.title}是否{self.title}尚未认定")
        silent = silent_months(self.sources(period, scope, as_of=as_of)[0])
        if not silent:
            return replace(found, value=Decimal(0), nil=True)
        named = "、".join(silent[:LISTED]) + ("等" if len(silent) > LISTED else "")
        return Reading(None, reason=f"{named}既无登记也无零报告")

    def _unsettled(self, period, scope, as_of) -> int:
        if self.whole is None:
            return 0
        source = self.whole.sources(period, scope, as_of=as_of)[0]
        return source.where(self.open).records().count

    def definition(self):
        return {**super().definition(), **({"open": repr(self.open)} if self.open else {})}

    def expression(self, period):
        return f"{super().expression(period)}；为零须各月零报告齐全"


def silent_months(source: Source) -> list[str]:
    """Months of a period for which there is neither a confirmed row nor a confirmed nil return."""
    path = path_of(source.unit) if source.unit else "/"
    returned = months_returned(source.ledger.key, source.as_of, path)
    return [
        month.label
        for month in source.period.months()
        if (month.start.year, month.start.month) not in returned and not registered(replace(source, period=month))
    ]
