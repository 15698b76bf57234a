"""Measures: what of a ledger may be counted or summed, and the day on which it counts.

Only confirmed rows count (审核通过) unless a measure says otherwise. A measure gives rows first (`queryset`) and a
value of rows second (`value`), so that a figure always opens exactly what it counted. The same measure runs over the
ledger as it is now or, with `as_of`, over the ledger as its history shows it at the end of a day.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Count as SqlCount
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models import Sum as SqlSum
from django.db.models.functions import Coalesce

from tonggui.base.clock import CHINA
from tonggui.register.actor import Actor
from tonggui.register.kinds import Kind, Moment, Money


class Span(Protocol):
    """A period: two inclusive days."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


class Measure:
    """A count or a sum over one ledger. Bound to its model and its name in `Measures` when the ledger is loaded.

    `on` names the Day, Month or Moment on which a row counts; without it the measure is a stock, counted as it stands.
    `where` is a further condition. `confirmed=False` counts rows in every state.
    """

    unit = ""

    def __init__(self, label: str = "", *, on: str = "", where: Q | None = None, confirmed: bool = True):
        self.label, self.on, self.where, self.confirmed = label, on, where or Q(), confirmed
        self.model: Any = None
        self.name = ""

    def bind(self, model: Any, name: str) -> None:
        self.model, self.name = model, name

    @property
    def key(self) -> str:
        """`safety.hazard.found`: how stamps name the measure."""
        return f"{self.model.ledger.key}.{self.name}"

    def names(self) -> set[str]:
        """Fields the measure reads, checked when the ledger is loaded."""
        return {name for name in (self.on,) if name} | q_names(self.where)

    def definition(self) -> dict[str, Any]:
        """All that decides the value, as JSON: the part of a stamp that tells when a definition has changed."""
        states = sorted(self.model.ledger.flow.confirmed) if self.confirmed else None
        said = {"measure": self.key, "kind": type(self).__name__, "on": self.on, "where": repr(self.where)}
        return {**said, "states": states}

    def condition(self, period: Span | None) -> Q:
        """The rows that count, as a condition on the ledger; the period is ignored by a stock."""
        return self.where & self.frame(period)

    def frame(self, period: Span | None) -> Q:
        """The states and days of the rows that count: what measures of one ledger share."""
        found = Q(state__in=sorted(self.model.ledger.flow.confirmed)) if self.confirmed else Q()
        return found & self._in(period) if self.on and period is not None else found

    def _in(self, period: Span) -> Q:
        if isinstance(self.model.ledger.kinds[self.on], Moment):
            first, after = (
                datetime.combine(day, time(), CHINA) for day in (period.start, period.end + timedelta(days=1))
            )
            return Q(**{f"{self.on}__gte": first, f"{self.on}__lt": after})
        return Q(**{f"{self.on}__gte": period.start, f"{self.on}__lte": period.end})

    def queryset(self, period: Span | None, actor: Actor, *, as_of: date | datetime | None = None) -> QuerySet:
        """The rows that count in the period and that the actor may see; with `as_of`, from history as of that time."""
        ledger, condition = self.model.ledger, self.condition(period)
        if as_of is None:
            return ledger.query(actor).filter(condition)
        return ledger.as_of(as_of, actor).filter(in_the_past(ledger, condition, as_of))

    def numbers(self, rows: QuerySet) -> list[str]:
        """Numbers of the records behind a value, sorted: what a stamp digests."""
        return list(rows.order_by("number").values_list("number", flat=True))

    def value(self, rows: QuerySet) -> int | Decimal:
        raise NotImplementedError

    @property
    def nothing(self) -> int | Decimal:
        """The value of no rows."""
        return self.plain(None)

    def values_by(self, rows: QuerySet, *names: str) -> dict[tuple, int | Decimal]:
        """The value for each combination of the named fields (links by id), in one query."""
        found = rows.order_by().values_list(*names).annotate(_value=self.aggregate())
        return {tuple(row[:-1]): self.plain(row[-1]) for row in found}

    def aggregate(self, where: Q | None = None) -> Any:
        """The value as an aggregate over rows, or over those of them that meet a condition."""
        raise NotImplementedError

    def plain(self, value: Any) -> Any:
        """What the aggregate gave as the value it stands for; it gives None for no rows."""
        return value or 0


class Count(Measure):
    """How many rows; with `distinct`, how many different values of a field (enterprises that had a hazard)."""

    def __init__(self, label: str = "", *, distinct: str = "", unit: str = "", **options: Any):
        super().__init__(label, **options)
        self.distinct, self.unit = distinct, unit

    def names(self) -> set[str]:
        return super().names() | ({self.distinct} if self.distinct else set())

    def definition(self) -> dict[str, Any]:
        return {**super().definition(), "distinct": self.distinct}

    def value(self, rows: QuerySet) -> int:
        return rows.order_by().aggregate(_value=self.aggregate())["_value"]

    def aggregate(self, where: Q | None = None) -> Any:
        return SqlCount(self.distinct or "pk", distinct=bool(self.distinct), filter=where)


class Sum(Measure):
    """The sum of a numeric field, exact: Decimal for amounts and money, int for whole numbers; 0 over no rows.

    Where a row leaves the field empty, `or_else` is added in its place (a quantity as changed, else as designed).
    """

    def __init__(self, of: str, label: str = "", *, or_else: str = "", **options: Any):
        super().__init__(label, **options)
        self.of, self.or_else = of, or_else

    @property
    def kind(self) -> Kind:
        return self.model.ledger.kinds[self.of]

    @property
    def unit(self) -> str:  # type: ignore[override]
        """The unit of the value: yuan for all money, also where people write it in 万元."""
        return "元" if isinstance(self.kind, Money) else self.kind.unit

    def names(self) -> set[str]:
        return super().names() | {name for name in (self.of, self.or_else) if name}

    def definition(self) -> dict[str, Any]:
        return {**super().definition(), "of": self.of, **({"or_else": self.or_else} if self.or_else else {})}

    def value(self, rows: QuerySet) -> int | Decimal:
        return self.plain(rows.order_by().aggregate(_value=self.aggregate())["_value"])

    def aggregate(self, where: Q | None = None) -> Any:
        return SqlSum(Coalesce(self.of, self.or_else) if self.or_else else self.of, filter=where)

    def plain(self, value: Any) -> Any:
        if value is None:
            return self.kind.parse("0") if self.kind.least is None or self.kind.least <= 0 else 0
        return value


def in_the_past(ledger: Any, condition: Q, when: date | datetime) -> Q:
    """The condition as a past ledger can answer it: what it says of a linked record is asked of that ledger's past."""
    from tonggui.register.history import MACHINE

    found = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            child = in_the_past(ledger, child, when)
        elif isinstance(child, tuple):
            link, _, rest = child[0].partition("__")
            target = getattr(ledger.kinds.get(link), "related_model", None)
            if rest and target is not None and rest not in ("in", "isnull", "exact"):
                asked = in_the_past(target.ledger, Q((rest, child[1])), when)
                linked = target.ledger.as_of(when, MACHINE).filter(asked)
                child = (f"{link}__in", linked.values("line_record"))
            elif isinstance(child[1], F) and "__" in child[1].name:
                child = (child[0], _linked_value(ledger, child[1].name, when))
        found.children.append(child)
    return found


def _linked_value(ledger: Any, path: str, when: date | datetime) -> Subquery:
    """The past value of a field of the linked record, for comparing with one of the record's own."""
    from tonggui.register.history import MACHINE

    link, field = path.split("__")
    linked = ledger.kinds[link].related_model.ledger.as_of(when, MACHINE)
    return Subquery(linked.filter(line_record=OuterRef(link)).values(field)[:1])


def q_names(condition: Q) -> set[str]:
    """First names of all fields in a condition (`enterprise__name` gives enterprise)."""
    found: set[str] = set()
    for child in condition.children:
        if isinstance(child, Q):
            found |= q_names(child)
        elif isinstance(child, tuple):
            found.add(child[0].split("__")[0])
            if isinstance(child[1], F):
                found.add(child[1].name.split("__")[0])
    return found
