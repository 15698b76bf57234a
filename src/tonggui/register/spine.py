"""The spine: everything that all ledgers hold about one identity: a vehicle, an enterprise, a person, a road.

A ledger names another record by a link, or by a code that both carry: a plate (with its colour where both have one), a
social credit code. `about` says both as one condition, so that "what concerns this vehicle" is one filter of any list
(`?about=fleet.vehicle/CL000123`), counted for all ledgers in one query. Ledgers whose page has a `dossier` (一车一档)
are identities: a record that names one is also shown what else concerns it.

What lies outside the ledgers is handed in by whoever knows it: passes of the telemetry store (`provide_outside`),
documents whose figures counted a record (`provide_citations`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Q, Value

from tonggui.register.actor import Actor
from tonggui.register.errors import Missing
from tonggui.register.kinds import CreditCode, Day, Kind, Link, Moment, Plate
from tonggui.register.registry import BoundLedger, all_ledgers, ledger

#: The parameter of a list's address that asks for what concerns one record.
ABOUT = "about"
COLOUR = "plate_color"
#: Parts of one counting query; SQLite takes at most 500.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Concern:
    """The rows of one ledger that concern a record: how many, by what, and the list of exactly these."""

    ledger: BoundLedger
    condition: Q
    how: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing outside the ledgers: when, in words, and where it is shown."""

    at: datetime
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside the ledgers about a record: a count (None: not known, and why) and the newest few."""

    title: str
    count: int | None
    newest: tuple[Happening, ...] = ()
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One figure of a document that counted the record."""

    document: str
    state: str
    url: str
    figures: list[str] = field(default_factory=list)


_outside: list[Callable[[Any, Actor], Outside | None]] = []
_citations: list[Callable[[Any], list[Citation]]] = []


def provide_outside(provider: Callable[[Any, Actor], Outside | None]) -> None:
    """Hand in what is known of a record outside the ledgers; None where it does not apply to that record."""
    if provider not in _outside:
        _outside.append(provider)


def provide_citations(provider: Callable[[Any], list[Citation]]) -> None:
    """Hand in the documents whose figures counted a record."""
    if provider not in _citations:
        _citations.append(provider)


def outside(record: Any, actor: Actor) -> list[Outside]:
    return [found for provider in _outside if (found := provider(record, actor)) is not None]


def citations(record: Any) -> list[Citation]:
    return [one for provider in _citations for one in provider(record)]


def about(bound: BoundLedger, record: Any) -> tuple[Q, str] | None:
    """The condition on a ledger's rows that concern a record, and by what, in words; None where nothing could.

    Whether the two are linked or only carry the same code makes no difference to who asks what concerns a vehicle.
    """
    found, by = Q(), []
    own = record.kinds
    for kind in bound.kinds.values():
        if isinstance(kind, Link) and kind.related_model is type(record) and kind.name != "unit":
            condition = Q(**{kind.name: record.pk})
        elif isinstance(kind, Plate | CreditCode) and (values := _codes(record, type(kind))):
            condition = Q(**{f"{kind.name}__in": values})
            if isinstance(kind, Plate) and COLOUR in own and COLOUR in bound.kinds and bound.kinds is not own:
                condition &= Q(**{COLOUR: getattr(record, COLOUR)})
        else:
            continue
        found |= condition
        by.append(kind.label)
    if not by:
        return None
    return found if bound.model is not type(record) else found & ~Q(number=record.number), "、".join(by)


def _codes(record: Any, kind: type[Kind]) -> list[str]:
    values = [one.value_of(record) for one in record.kinds.values() if isinstance(one, kind)]
    return sorted({value for value in values if value})


def concerns(records: Iterable[Any], actor: Actor) -> list[list[Concern]]:
    """For each record the ledgers that hold rows about it, in the order of the menu; one query counts them all."""
    records = list(records)
    asked = [
        (n, bound, *found)
        for n, record in enumerate(records)
        for bound in all_ledgers()
        if bound.can_read(actor) and (found := about(bound, record)) is not None
    ]
    counts = _counted([bound.query(actor).filter(condition) for _, bound, condition, _ in asked])
    result: list[list[Concern]] = [[] for _ in records]
    for place, (n, bound, condition, how) in enumerate(asked):
        if counts.get(place):
            url = f"{bound.url}?{ABOUT}={records[n].ledger.key}/{records[n].number}"
            result[n].append(Concern(bound, condition, how, counts[place], url))
    return result


def _counted(queries: list[Any]) -> dict[int, int]:
    """How many rows each query has, by its place; a query without rows is left out."""
    found: dict[int, int] = {}
    parts = [
        query.order_by().annotate(place=Value(place, IntegerField())).values_list("place").annotate(n=Count("pk"))
        for place, query in enumerate(queries)
    ]
    for first in range(0, len(parts), AT_ONCE):
        head, *rest = parts[first : first + AT_ONCE]
        found.update(dict(head.union(*rest, all=True) if rest else head))
    return found


def identities(record: Any, actor: Actor) -> list[Any]:
    """The identities that a record names and the actor may see: its vehicle, enterprise, person, road."""
    found = {}
    for kind in record.kinds.values():
        linked = kind.value_of(record) if isinstance(kind, Link) and kind.name != "unit" else None
        if linked is not None and linked.ledger.page.dossier and linked.ledger.read.allows(actor, linked):
            found[linked.ledger.key, linked.pk] = linked
    return list(found.values())


def day_field(bound: BoundLedger) -> Kind:
    """The field that says when a row of the ledger was: the first time its list is narrowed by, else its entry."""
    timed = (bound.kinds[name] for name in bound.page.filters.split())
    return next((kind for kind in timed if isinstance(kind, Day | Moment)), bound.kinds["created_at"])


def asked_record(text: str, actor: Actor) -> Any:
    """The record that `about=fleet.vehicle/CL000123` names; None where there is none that the actor may see."""
    key, _, number = text.partition("/")
    try:
        return ledger(key).get(number, actor)
    except Missing:
        return None
