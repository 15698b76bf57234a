"""Reading measures for figures: which rows count, what they add up to, and whether none was found or nothing known.

"None found" and "nobody has looked" are different claims. A measure that matches no row is zero only where its ledger
holds confirmed rows of the period at all, or where nil returns (零报告) cover the months that hold none; otherwise the
value is unknown and the document keeps to 截至填报未见登记.
"""

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Q, QuerySet

from tonggui.measure.figures import COUNTY, Scope
from tonggui.measure.nil import nil_covers
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor
from tonggui.register.declare import Choice, Link
from tonggui.register.measures import Measure

ACTOR = Actor.system("计算指标")
NOTHING_REGISTERED = "截至填报未见登记"

# What rows are to a figure: what a total counts, what stands above and below the line of a share or ratio.
COUNTED, ABOVE, BELOW = "记录", "分子", "分母"

# The row itself as the field of a split: one project in the ledger of projects.
SELF = "self"

AsOf = date | datetime | None
Condition = Q | Callable[[Period], Q] | None


class During(Enum):
    """Which days of a period a measure reads."""

    WHOLE = "期间内"
    LAST_MONTH = "期末当月"
    UNTIL_END = "截至期末"

    def of(self, period: Period) -> Period:
        return {During.LAST_MONTH: period.last_month, During.UNTIL_END: period.until_end}.get(self, period)


@dataclass(frozen=True, slots=True)
class Source:
    """One ledger's part in a figure: its role in the formula and its rows."""

    role: str
    measure: Measure
    rows: QuerySet
    period: Period

    @property
    def ledger(self) -> Any:
        return self.measure.model.ledger

    def visible_to(self, actor: Actor) -> QuerySet:
        """The rows that this actor may also see."""
        return self.rows.filter(self.ledger.read.q(actor, self.measure.model))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure gave: its value, unknown (None) with the reason, and the numbers of its records."""

    value: Decimal | None
    numbers: list[str]
    reason: str = ""
    nil: bool = False


def rows_of(
    measure: Measure, period: Period, scope: Scope = COUNTY, where: Condition = None, as_of: AsOf = None, path: str = ""
) -> QuerySet:
    """The rows a measure counts in a period and a scope; `path` is the field of the scope in this ledger."""
    rows = measure.queryset(period, ACTOR, as_of=as_of)
    if scope.by:
        # The number, not the id: it names the record in the ledger and in its history alike.
        rows = rows.filter(number=scope.code) if path == SELF else rows.filter(**{path: scope.value})
    condition = where(period) if callable(where) else where
    return rows if condition is None else rows.filter(condition)


def read(measure: Measure, rows: QuerySet, period: Period, as_of: AsOf = None) -> Reading:
    """The value of rows that came from `rows_of`, or why there is none."""
    numbers = measure.numbers(rows)
    if not numbers and not registered(measure, period, as_of):
        if nil_covers(measure.model.ledger.key, period, as_of):
            return Reading(Decimal(0), [], nil=True)
        return Reading(None, [], reason=NOTHING_REGISTERED)
    return Reading(Decimal(measure.value(rows)), numbers)


def place(role: str, measure: Measure) -> str:
    """Where a figure keeps the numbers of its records: `分子:safety.hazard`."""
    return f"{role}:{measure.model.ledger.key}"


def registered(measure: Measure, period: Period, as_of: AsOf = None) -> bool:
    """Whether the ledger holds any confirmed row of the period, whatever else the measure asks of it."""
    any_row = copy.copy(measure)
    any_row.where = Q()
    return any_row.queryset(period, ACTOR, as_of=as_of).exists()


def ids_of(rows: QuerySet, as_of: AsOf) -> list[int]:
    """Ids of the records in rows of a ledger, or of its history."""
    return list(rows.order_by().values_list("pk" if as_of is None else "line_record", flat=True))


def scopes_of(measure: Measure, rows: QuerySet, by: str, path: str) -> list[Scope]:
    """The values of a split that occur in the rows, in the order of their numbers or choices."""
    ledger = measure.model.ledger
    if path == SELF:
        return _of_records(by, ledger, rows.order_by().values_list("number", flat=True), "number")
    kind = ledger.kinds[path]
    found = set(rows.order_by().values_list(path, flat=True).distinct()) - {None}
    if isinstance(kind, Link):
        return _of_records(by, kind.related_model.ledger, found, "pk")
    if isinstance(kind, Choice):
        return [Scope(by, code, code, label) for code, label in kind.options() if code in found]
    return [Scope(by, value, str(value), str(value)) for value in sorted(found)]


def _of_records(by: str, ledger: Any, found: Iterable[Any], field: str) -> list[Scope]:
    """A scope for each record found, named as it is called now."""
    records = ledger.query(ACTOR).filter(**{f"{field}__in": list(found)}).order_by("number")
    return [Scope(by, record.pk, record.number, record.short_name) for record in records]
