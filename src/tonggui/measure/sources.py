"""Reading measures for figures: which rows count, what they add up to, and whether none was found or nothing known.

"None found" and "nobody has looked" are different claims. A measure that matches no row is zero only where its ledger
holds confirmed rows of the period at all, or where nil returns (零报告) cover the months that hold none; otherwise the
value is unknown and the document keeps to 截至填报未见登记.
"""

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tonggui.base import clock
from tonggui.measure.figures import Scope
from tonggui.measure.nil import nil_covers
from tonggui.measure.periods import BEGINNING, Period
from tonggui.measure.recordsets import NONE, Ids, RecordSet
from tonggui.measure.units import UNIT, condition_of, is_unit, parts_of, path_of
from tonggui.register.actor import Actor
from tonggui.register.declare import Choice, Link, Month
from tonggui.register.history import moment_of
from tonggui.register.measures import Measure, in_the_past
from tonggui.register.models import HistoryEntry

ACTOR = Actor.system("计算指标")
NOTHING_REGISTERED = "截至填报未见登记"
WHOLE_MONTHS = "台账按月填报，期间须为整月"

# What rows are to a figure: what a total counts, what stands above and below the line of a share or ratio.
COUNTED, ABOVE, BELOW = "记录", "分子", "分母"

# The row itself as the field of a split: one project in the ledger of projects.
SELF = "self"

AsOf = date | datetime | None
Condition = Q | Callable[[Period], Q] | None


class During(Enum):
    """Which days a measure reads of a period, or of the one after it (`FOLLOWING`, what is planned for it).

    `AT_END` reads the ledger as it stood on the last day.
    """

    WHOLE = "期间内"
    LAST_MONTH = "期末当月"
    UNTIL_END = "截至期末"
    AT_END = "期末在册"
    FOLLOWING = "下一期间"

    def of(self, period: Period) -> Period:
        match self:
            case During.LAST_MONTH:
                return period.last_month
            case During.UNTIL_END:
                return period.until_end
            case During.FOLLOWING:
                return period.following
        return period

    def moment(self, ledger: str, period: Period, as_of: AsOf) -> AsOf:
        """When the ledger is read: for what stood at the end, the end of the period, else `as_of`."""
        return end_of(ledger, period, as_of) if self is During.AT_END else as_of


@dataclass(frozen=True, slots=True)
class Source:
    """One ledger's part in a figure: its role in the formula, its rows, and what was asked beyond the measure.

    `asked` are the conditions on the ledger's own fields; `linked` says that rows of another ledger narrowed it too;
    `placed` is the part of the conditions that says to which year a row belongs, `unit` the unit whose rows they are.
    """

    role: str
    measure: Measure
    rows: QuerySet
    period: Period
    as_of: AsOf = None
    asked: Q = field(default_factory=Q)
    linked: bool = False
    placed: Q = field(default_factory=Q)
    unit: Scope | None = None

    @classmethod
    def of(cls, role: str, measure: Measure, period: Period, scope: Scope, path: str, as_of: AsOf) -> "Source":
        """What a measure counts in a period and a scope; `path` is the field of the scope in this ledger."""
        source = cls(role, measure, measure.queryset(period, ACTOR, as_of=as_of), period, as_of)
        if not scope.by:
            return source
        if is_unit(scope):
            return replace(source.where(condition_of(source.ledger, scope)), unit=scope)
        # The number, not the id: it names the record in the ledger and in its history alike.
        return source.where(Q(number=scope.code) if path == SELF else Q(**{path: scope.value}))

    @property
    def ledger(self) -> Any:
        return self.measure.model.ledger

    @property
    def cuts_months(self) -> bool:
        """Whether the period takes parts of months of a measure that is returned by the month."""
        monthly = isinstance(self.ledger.kinds.get(self.measure.on), Month)
        return monthly and self.period.start != BEGINNING and not self.period.is_whole_months

    def where(self, condition: Q | None) -> "Source":
        """The same source with a further condition."""
        if condition is None:
            return self
        asked = condition if self.as_of is None else in_the_past(self.ledger, condition, self.as_of)
        return replace(self, rows=self.rows.filter(asked), asked=self.asked & condition)

    def in_year(self, name: str) -> "Source":
        """Only rows whose Year field names the year in which the period ends."""
        condition = Q(**{name: self.period.end.year})
        return replace(self.where(condition), placed=condition)

    def newest(self, of: str, on: str) -> "Source":
        """Of the rows that agree in one field only the last by a day, and of the same day by number."""
        later = Q(**{f"{on}__gt": OuterRef(on)}) | Q(**{on: OuterRef(on), "number__gt": OuterRef("number")})
        newer = self.rows.order_by().filter(later, **{of: OuterRef(of)})
        return replace(self, rows=self.rows.filter(~Exists(newer)), linked=True)

    def linked_to(self, link: str, ids: list[int], *, inside: bool = True) -> "Source":
        """Only rows whose link leads to one of the ids, or to none of them."""
        condition = Q(**{f"{link}__in": ids})
        return replace(self, rows=self.rows.filter(condition if inside else ~condition), linked=True)

    @property
    def key(self) -> str:
        """The field that holds the ids of the records; rows of the past are lines of history, which name theirs."""
        return "pk" if self.as_of is None else "line_record"

    def ids(self) -> list[int]:
        return list(self.rows.order_by().values_list(self.key, flat=True))

    def numbers(self) -> list[str]:
        return self.measure.numbers(self.rows)

    def records(self) -> RecordSet:
        return RecordSet.of(self.rows.order_by().aggregate(_ids=Ids(self.key))["_ids"])

    def counted(self) -> tuple[Decimal, RecordSet]:
        """The value and the records that it counts, in one reading of the ledger."""
        value, ids = self.measure.value_with(self.rows, Ids(self.key))
        return Decimal(value), RecordSet.of(ids)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure gave: its value, unknown (None) with the reason, and its records."""

    value: Decimal | None
    records: RecordSet = NONE
    reason: str = ""
    nil: bool = False


def end_of(ledger: str, period: Period, as_of: AsOf) -> AsOf:
    """The moment at which what stood at the end of a period is read.

    That is the end of the last day, by the ledger's history. A ledger begun only after it, but within the next period
    of the kind, is read as it is: the bureau has just started it. Where nothing has changed since the last day the
    present is the same and quicker.
    """
    last = moment_of(period.end)
    if (moment_of(as_of) if as_of else clock.now()) <= last:
        return as_of
    written = HistoryEntry.objects.filter(ledger=ledger)
    first = written.order_by("at").values_list("at", flat=True).first()
    if first is None or last < first <= moment_of(period.following.end):
        return as_of
    if as_of is None and not written.filter(at__gt=last).exists():
        return as_of
    return last


def resolved(condition: Condition, period: Period) -> Q | None:
    """A condition that may depend on the reporting period, for one period."""
    return condition(period) if callable(condition) else condition


def read(source: Source) -> Reading:
    """The value of a source, or why there is none."""
    if source.cuts_months:
        return Reading(None, reason=WHOLE_MONTHS)
    value, records = source.counted()
    if not records.count and not registered(source):
        path = path_of(source.unit) if source.unit else "/"
        if nil_covers(source.ledger.key, source.period, source.as_of, path):
            return Reading(Decimal(0), nil=True)
        return Reading(None, reason=NOTHING_REGISTERED)
    return Reading(value, records)


def place(role: str, measure: Measure) -> str:
    """Where a figure keeps the numbers of its records: `分子:safety.hazard`."""
    return f"{role}:{measure.model.ledger.key}"


def registered(source: Source) -> bool:
    """Whether the ledger, or the unit in it, has any confirmed row of the period, whatever else the measure asks."""
    any_row = copy.copy(source.measure)
    any_row.where = Q()
    rows = any_row.queryset(source.period, ACTOR, as_of=source.as_of).filter(source.placed)
    return rows.filter(condition_of(source.ledger, source.unit) if source.unit else Q()).exists()


def scopes_of(source: Source, by: str, path: str) -> list[Scope]:
    """The values of a split that occur in a source, in the order of their numbers or choices."""
    ledger, rows = source.ledger, source.rows
    if by == UNIT:
        return parts_of(set(rows.order_by().values_list("unit", flat=True).distinct()))
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
    """A scope for each record found, named as it is called now; one known by its number alone says what it is."""
    records = ledger.query(ACTOR).filter(**{f"{field}__in": list(found)}).order_by("number")
    return [Scope(by, record.pk, record.number, _called(record)) for record in records]


def _called(record: Any) -> str:
    return str(record) if record.short_name == record.number else record.short_name
