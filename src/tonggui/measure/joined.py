"""Figures over more than one ledger: joint work of several units, and totals added to or taken from one another.

Joint work is one outing however many units send people (联合行动不重复计数): the bureau counts it once with all who
came, a unit counts the people and vehicles that it sent itself, to its own outings and to those of others.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.db.models import Q

from tonggui.measure.figures import COUNTY, Scope
from tonggui.measure.indicators import Computed, Indicator
from tonggui.measure.recordsets import RecordSet
from tonggui.measure.sources import COUNTED, Reading, Source, place, read, resolved
from tonggui.measure.totals import Total
from tonggui.measure.units import UNIT, ids_of, is_unit, parts_of
from tonggui.register.measures import Measure


@dataclass(kw_only=True)
class Joint(Total):
    """A sum over joint work, which its ledger keeps once, under the unit that leads.

    `of` sums all who came and `own` those of the unit that leads. `joined` sums those whom a further unit sent, in a
    ledger whose field `link` leads to the work and whose field `joined_unit` names the unit.
    """

    own: Measure
    joined: Measure
    link: str
    joined_unit: str

    kind: ClassVar[str] = "联合总数"

    def sources(self, period, scope=COUNTY, *, as_of=None):
        if not is_unit(scope):
            return super().sources(period, scope, as_of=as_of)
        asked = resolved(self.where, period)
        led = Source.of(COUNTED, self.own, period, scope, "", as_of).where(asked)
        sent = Source.of(COUNTED, self.joined, period, COUNTY, "", as_of)
        stands = Q(state__in=self.own.model.ledger.flow.confirmed) & (asked or Q())
        sent = sent.where(Q(**{f"{self.joined_unit}__in": ids_of(scope)}) & through(self.link, stands))
        return [led, sent]

    def compute(self, period, scope, as_of):
        if not is_unit(scope):
            return super().compute(period, scope, as_of)
        led, sent = self.sources(period, scope, as_of=as_of)
        found, (more, came) = read(led), sent.counted()
        if came.count:
            found = Reading((found.value or Decimal(0)) + more, found.records)
        rows = {place(COUNTED, self.own): found.records, place(COUNTED, self.joined): came}
        counts = {COUNTED: sum(records.count for records in rows.values())}
        return Computed(found.value, found.reason, behind=rows, counts=counts, nil=found.nil)

    def scopes(self, period, by, *, as_of=None):
        if by != UNIT:
            return super().scopes(period, by, as_of=as_of)
        asked = resolved(self.where, period)
        led = Source.of(COUNTED, self.own, period, COUNTY, "", as_of).where(asked).rows
        sent = Source.of(COUNTED, self.joined, period, COUNTY, "", as_of).where(through(self.link, asked or Q())).rows
        ways = ((led, "unit"), (sent, self.joined_unit))
        return parts_of({pk for rows, name in ways for pk in rows.order_by().values_list(name, flat=True)})

    def definition(self):
        return {**super().definition(), "own": self.own.definition(), "joined": self.joined.definition()}

    def expression(self, period):
        return f"{super().expression(period)}；分单位时计本单位派出的，含参加其他单位行动的"


def through(link: str, condition: Q) -> Q:
    """A condition on a record, asked of the rows whose `link` leads to it."""
    found = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        found.children.append(through(link, child) if isinstance(child, Q) else (f"{link}__{child[0]}", child[1]))
    return found


@dataclass(kw_only=True)
class Together(Indicator):
    """Totals of several ledgers added up (`plus`), and others taken away (`less`).

    A total that nobody has registered anything for adds nothing; where none of them is known there is no figure.
    """

    plus: tuple[Total, ...]
    less: tuple[Total, ...] = ()

    kind: ClassVar[str] = "合计"

    def __post_init__(self) -> None:
        first, *others = self.plus + self.less
        self.by = self.by or {name: name for name in first.by if all(name in other.by for other in others)}
        super().__post_init__()

    @property
    def by_unit(self) -> bool:
        return True

    def sources(self, period, scope=COUNTY, *, as_of=None):
        return [s for total in self.plus + self.less for s in total.sources(period, scope, as_of=as_of)]

    def scopes(self, period, by, *, as_of=None):
        found: dict[str, Scope] = {}
        for total in self.plus + self.less:
            found |= {scope.code: scope for scope in total.scopes(period, by, as_of=as_of)}
        return [found[code] for code in sorted(found)]

    def compute(self, period, scope, as_of):
        found = [
            (total, sign, total.compute(period, scope, as_of))
            for totals, sign in ((self.plus, 1), (self.less, -1))
            for total in totals
        ]
        known = [(total, sign, part) for total, sign, part in found if part.value is not None]
        if not known:
            return Computed(reason=found[0][2].reason)
        rows: dict[str, RecordSet] = {}
        for _, _, part in known:
            for ledger, records in part.behind.items():
                rows[ledger] = rows[ledger].with_(records) if ledger in rows else records
        return Computed(
            sum((sign * part.value for _, sign, part in known), Decimal(0)),
            behind=rows,
            counts={total.title: part.counts[COUNTED] for total, _, part in known},
            nil=all(part.nil for _, _, part in known),
        )

    def definition(self):
        parts = {"plus": self.plus, "less": self.less}
        said = {name: [total.definition() for total in totals] for name, totals in parts.items()}
        return {**super().definition(), **said}

    def expression(self, period):
        taken = "".join(f"－{total.title}（{total.code}）" for total in self.less)
        return "＋".join(f"{total.title}（{total.code}）" for total in self.plus) + f"{taken}，{period.label}"
