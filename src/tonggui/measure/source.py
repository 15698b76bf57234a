"""Sources of figures: which rows of a ledger count, in which days, as the ledger stands or as it stood."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from tonggui.base import clock
from tonggui.measure.figures import Scope
from tonggui.measure.periods import BEGINNING, Period
from tonggui.measure.recordsets import Ids, RecordSet
from tonggui.measure.units import condition_of, is_unit
from tonggui.register.actor import Actor
from tonggui.register.declare import Month
from tonggui.register.history import moment_of
from tonggui.register.measures import Count as CountOf
from tonggui.register.measures import Measure, in_the_past
from tonggui.register.models import HistoryEntry

ACTOR = Actor.system("计算指标")

# What rows are to a figure: what a total counts, what stands above and below the line of a share or ratio.
COUNTED, ABOVE, BELOW = "记录", "分子", "分母"

# The row itself as the field of a split: one project in the ledger of projects.
SELF = "self"

# Ids of linked rows up to so many are named in a condition; more are asked for in it.
_LINKED = 5_000

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
    YEAR_SO_FAR = "本年至期末"

    def of(self, period: Period) -> Period:
        match self:
            case During.LAST_MONTH:
                return period.last_month
            case During.UNTIL_END:
                return period.until_end
            case During.FOLLOWING:
                return period.following
            case During.YEAR_SO_FAR:
                return period.year_so_far
        return period

    def moment(self, ledger: str, period: Period, as_of: AsOf) -> AsOf:
        """When the ledger is read: for what stood at the end, the end of the period, else `as_of`."""
        return end_of(ledger, period, as_of) if self is During.AT_END else as_of


@dataclass(frozen=True, slots=True)
class Source:
    """One ledger's part in a figure: its role in the formula, and which rows it counts.

    `own` is what was asked beyond the measure, `part` the value of a split, `links` how rows of another ledger narrow
    it; one narrowed by a question of its own is read `alone`. `placed` is the part of `own` that says to which year a
    row belongs, `unit` the unit whose rows they are (`within`). Rows that agree in all fields of `distinct` count once.
    """

    role: str
    measure: Measure
    period: Period
    as_of: AsOf = None
    within: Q = field(default_factory=Q)
    own: Q = field(default_factory=Q)
    part: tuple[str, Any] | None = None
    links: Q = field(default_factory=Q)
    placed: Q = field(default_factory=Q)
    unit: Scope | None = None
    alone: bool = False
    distinct: tuple[str, ...] = ()

    @classmethod
    def of(cls, role: str, measure: Measure, period: Period, scope: Scope, path: str, as_of: AsOf) -> "Source":
        """What a measure counts in a period and a scope; `path` is the field of the scope in this ledger."""
        if is_unit(scope):
            within = condition_of(measure.model.ledger, scope)
            return cls(role, measure, period, as_of, within=within, unit=scope)
        # The number, not the id: it names the record in the ledger and in its history alike.
        part = ("number", scope.code) if path == SELF else (path, scope.value)
        return cls(role, measure, period, as_of, part=part if scope.by else None)

    @property
    def frame(self) -> Q:
        """States and days (and the unit): what many sources share and the database finds by an index."""
        return self.measure.frame(self.period) & self.within

    @property
    def ledger(self) -> Any:
        return self.measure.model.ledger

    @property
    def asked(self) -> Q:
        """The conditions on the ledger's own fields beyond the measure."""
        return self.own & Q(self.part) if self.part else self.own

    @property
    def filtered(self) -> Q:
        """What is asked of a row beyond the frame and the split."""
        return self.measure.where & self.own & self.links

    @property
    def framed(self) -> QuerySet:
        """Every row of the states and days, whatever else the measure asks of it."""
        held = self.ledger.query(ACTOR) if self.as_of is None else self.ledger.as_of(self.as_of, ACTOR)
        return held.filter(self.past(self.frame))

    @property
    def rows(self) -> QuerySet:
        found = self.framed.filter(self.past(self.filtered))
        return found.filter(self.past(Q(self.part))) if self.part else found

    def past(self, condition: Q) -> Q:
        """A condition as the rows that are read can answer it: those of the ledger now, or of its past."""
        return condition if self.as_of is None else in_the_past(self.ledger, condition, self.as_of)

    @property
    def cuts_months(self) -> bool:
        """Whether the period takes parts of months of a measure that is returned by the month."""
        monthly = isinstance(self.ledger.kinds.get(self.measure.on), Month)
        return monthly and self.period.start != BEGINNING and not self.period.is_whole_months

    def where(self, condition: Q | None) -> "Source":
        """The same source with a further condition."""
        return self if condition is None else replace(self, own=self.own & condition)

    def in_year(self, name: str) -> "Source":
        """Only rows whose Year field names the year in which the period ends."""
        condition = Q(**{name: self.period.end.year})
        return replace(self.where(condition), placed=condition)

    def newest(self, of: str, on: str) -> "Source":
        """Of the rows that agree in one field only the last by a day, and of the same day by number."""
        later = Q(**{f"{on}__gt": OuterRef(on)}) | Q(**{on: OuterRef(on), "number__gt": OuterRef("number")})
        newer = self.rows.order_by().filter(later, **{of: OuterRef(of)})
        return replace(self, links=self.links & ~Q(Exists(newer)), alone=True)

    def linked_to(self, link: str, other: "Source", *, inside: bool = True) -> "Source":
        """Only rows whose link leads to a row of another source, or to none of them."""
        found = other.rows.order_by().values_list(other.key, flat=True)
        ids = list(found[: _LINKED + 1])
        many = len(ids) > _LINKED
        condition = Q(**{f"{link}__in": found if many else ids})
        condition = condition if inside else ~condition
        return replace(self, links=self.links & condition, alone=self.alone or many)

    @property
    def linked(self) -> bool:
        return bool(self.links)

    @property
    def key(self) -> str:
        """The field that holds the ids of the records; rows of the past are lines of history, which name theirs."""
        return "pk" if self.as_of is None else "line_record"

    def numbers(self) -> list[str]:
        return self.measure.numbers(self.rows)

    def records(self) -> RecordSet:
        return self.counted()[1]

    def counted(self) -> tuple[Decimal, RecordSet]:
        """The value and the records that it counts, in one reading of the ledger."""
        value = {} if self.counts_records else {"_value": self.aggregate()}
        found = self.rows.order_by().aggregate(**value, _ids=Ids(self.key))
        records = RecordSet.of(found["_ids"])
        return self.valued(found.get("_value"), records), records

    @property
    def counts_records(self) -> bool:
        """Whether the value is how many records there are, so that the database need not count beside naming them."""
        return isinstance(self.measure, CountOf) and not self.measure.distinct and not self.distinct

    def valued(self, value: Any, records: RecordSet) -> Decimal:
        """What the aggregate gave as the value that it stands for, or the number of records."""
        return Decimal(records.count if self.counts_records else self.measure.plain(value))

    def aggregate(self, where: Q | None = None) -> Any:
        """The measure over the rows, or how many there are that differ in the fields of `distinct`."""
        if not self.distinct:
            return self.measure.aggregate(where)
        text = TextField()
        fields = [Coalesce(Cast(name, text), Value("", text)) for name in self.distinct]
        parted = [part for field in fields for part in (field, Value("\x1f", text))]
        return Count(Concat(*parted), distinct=True, filter=where)


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


def place(role: str, measure: Measure) -> str:
    """Where a figure keeps the numbers of its records: `分子:safety.hazard`."""
    return f"{role}:{measure.model.ledger.key}"
