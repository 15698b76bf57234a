"""The kit: everything a phone keeps to work without signal, bounded, and only what its person may see.

Forms, the options of their links (nearest, or of the own unit and latest), the records that wait for a move, and the
to-dos. It is fetched whole, since a part that is older than the rest misleads.
"""

import math
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.kinds import Link, Photos, Place
from tonggui.register.kinds.files import Files
from tonggui.register.moves import moves_for
from tonggui.register.registry import BoundLedger, all_ledgers
from tonggui.register.registry import ledger as find_ledger
from tonggui.web.phone.forms import form, handheld_ledgers, open_moves
from tonggui.web.phone.models import Received
from tonggui.web.todo import todos

Position = tuple[float, float]
"""Longitude and latitude in degrees, WGS-84."""

OPTIONS = 300
"""Options of one link that a phone keeps: a county has more firms than anybody inspects in a day."""
RECORDS = 100
SENT = 30
FOUND = 30
NEAR = 60
NEAR_DEGREES = 0.05
EARTH_M = 6_371_009


def kit(actor: Actor, at: Position | None) -> dict[str, Any]:
    """What the phone keeps for one person; `at` is where it is, where that is known."""
    ledgers = handheld_ledgers(actor)
    forms = [form(bound, actor) for bound in ledgers]
    return {
        "account": {"id": actor.account_id, "name": actor.name, "unit": str(actor.unit or actor.enterprise or "")},
        "at": clock.now().isoformat(),
        "forms": forms,
        "options": {key: options(find_ledger(key), actor, at) for key in _linked(forms)},
        "records": {bound.key: waiting(bound, actor) for bound in ledgers},
        "todos": [
            {"title": one.title, "url": one.url, "ledger": one.ledger, "step": one.step, "due": _day(one.due)}
            for one in todos(actor)
        ],
        "sent": sent(actor),
    }


def _linked(forms: Iterable[dict[str, Any]]) -> list[str]:
    """Keys of the ledgers that some field of the forms links to."""
    asked = [
        field for one in forms for field in (*one["fields"], *(f for m in one["moves"].values() for f in m["fields"]))
    ]
    return list(dict.fromkeys(field["to"] for field in asked if "to" in field))


def options(bound: BoundLedger, actor: Actor, at: Position | None) -> list[list[Any]]:
    """[number, name, longitude, latitude] of the records worth keeping: nearest first, else the own unit's latest."""
    rows = _open(bound, actor)
    place = point_of(bound)
    if at is not None and place is not None:
        rows = rows.annotate(far=_far(place, at)).order_by(F("far").asc(nulls_last=True), "pk")
    else:
        mine = Case(When(unit=actor.unit, then=0), default=1) if actor.unit else None
        rows = rows.order_by(*([mine] if mine else []), F("changed_at").desc(nulls_last=True), "-pk")
    return [_option(bound, record) for record in rows[:OPTIONS]]


def search(bound: BoundLedger, actor: Actor, words: str) -> list[list[Any]]:
    """Options whose number or name holds every word."""
    condition = Q()
    for word in words.split()[:4]:
        anywhere = Q()
        for name in dict.fromkeys(("number", *bound.names)):
            anywhere |= Q(**{f"{name}__icontains": word})
        condition &= anywhere
    return [_option(bound, record) for record in _open(bound, actor).filter(condition).order_by("number")[:FOUND]]


def _open(bound: BoundLedger, actor: Actor) -> QuerySet:
    """Visible rows that are not over: a closed firm or a voided record is no choice on the road."""
    over = [state.name for state in bound.flow.states if state.tone == "void"]
    return bound.query(actor).exclude(state__in=over)


def _option(bound: BoundLedger, record: Any) -> list[Any]:
    point = _where(bound, record)
    name = record.short_name if bound.names else str(record)
    return [record.number, name, *((point.longitude, point.latitude) if point else (None, None))]


def point_of(bound: BoundLedger) -> Place | None:
    """The point by which records lie near or far; an area is no point."""
    return bound.place if isinstance(bound.place, Place) else None


def _where(bound: BoundLedger, record: Any) -> Any:
    place = point_of(bound)
    return place.value_of(record) if place else None


def _far(place: Place, at: Position) -> Any:
    """The squared distance in degrees of latitude; good to order by within a county."""
    squeeze = math.cos(math.radians(at[1])) ** 2
    east, north = F(place.lon) - at[0], F(place.lat) - at[1]
    return east * east * squeeze + north * north


def waiting(bound: BoundLedger, actor: Actor) -> list[dict[str, Any]]:
    """Records in which a move of the phone form is open to the actor, soonest due first."""
    states = {source.name for move in open_moves(bound, actor) for source in move.edge.sources}
    if not states:
        return []
    due = next((state.due for state in bound.flow.due if state.name in states), "")
    order = [F(due).asc(nulls_last=True)] if due else []
    rows = bound.query(actor).filter(state__in=states).select_related(*_links(bound))
    return [shown(record, actor) for record in rows.order_by(*order, "-changed_at", "-pk")[:RECORDS]]


def shown(record: Any, actor: Actor) -> dict[str, Any]:
    """One record as the phone shows it, with the moves that its form offers and that are open."""
    bound = record.ledger
    offered = {move.name: move for move in open_moves(bound, actor)}
    moves = [move for move in moves_for(record, actor) if move.name in offered]
    point = _where(bound, record)
    # All that is filled in: a change that nobody could see would be no conflict to decide on.
    names = dict.fromkeys((*bound.page.columns.split(), *bound.form_names))
    columns = [bound.column(name) for name in names if name not in ("number", "state")]
    rows = [
        [column.label, text + (f" {column.unit}" if column.unit else "")]
        for column in columns
        if not isinstance(column, Files) and (text := column.show(column.value_of(record)))
    ]
    return {
        "ledger": bound.key,
        "number": record.number,
        "version": record.version,
        "title": str(record),
        "state": record.state,
        "word": record.state_now.label,
        "tone": "late" if record.is_overdue else record.state_now.tone,
        "due": _day(record.due_day),
        "at": [point.longitude, point.latitude] if point else None,
        "rows": rows,
        "photos": [
            f"{record.url}attachments/{pk}/?inline=1"
            for kind in bound.kinds.values()
            if isinstance(kind, Photos)
            for pk in kind.value_of(record) or []
        ],
        "moves": [move.name for move in moves],
        "needs": {move.name: list(move.needed(record)) for move in moves},
        "values": {name: _carried(bound, record, name) for name in _sources(bound)},
        "url": record.url,
    }


def _sources(bound: BoundLedger) -> list[str]:
    """Fields that follow-ups and moves begin from."""
    carried = [source for follow in bound.page.follow_ups for source in follow.carries.values() if source != "self"]
    taken = [name for move in bound.flow.moves for name in move.takes]
    return [name for name in dict.fromkeys((*carried, *taken)) if not isinstance(bound.kinds[name], Files)]


def _carried(bound: BoundLedger, record: Any, name: str) -> Any:
    """What a control shows of the value; a link as [number, name]."""
    kind = bound.kinds[name]
    value = kind.value_of(record)
    if isinstance(kind, Link):
        return [value.number, value.short_name] if value is not None else ""
    return kind.entry(value)


def _links(bound: BoundLedger) -> list[str]:
    return [name for name, kind in bound.kinds.items() if isinstance(kind, Link)]


def sent(actor: Actor) -> list[dict[str, Any]]:
    """What this person handed in last, from any phone."""
    rows = Received.objects.filter(account_id=actor.account_id).order_by("-received_at")[:SENT]
    return [
        {
            "id": str(row.id),
            "ledger": row.ledger,
            "number": row.record_number,
            "title": row.record_title,
            "at": row.received_at.isoformat(),
        }
        for row in rows
    ]


def near(actor: Actor, at: Position) -> list[dict[str, Any]]:
    """What lies around, nearest first: open records with a place of every ledger that the actor may read."""
    found = []
    window = (at[0] - NEAR_DEGREES * 1.2, at[1] - NEAR_DEGREES, at[0] + NEAR_DEGREES * 1.2, at[1] + NEAR_DEGREES)
    for bound in all_ledgers():
        place = point_of(bound)
        if place is None or not bound.can_read(actor):
            continue
        rows = _open(bound, actor).filter(place.within(*window)).annotate(far=_far(place, at))
        for record in rows.order_by("far")[:NEAR]:
            point = place.value_of(record)
            found.append(
                {
                    "ledger": bound.key,
                    "kind": bound.title,
                    "number": record.number,
                    "title": str(record),
                    "word": record.state_now.label,
                    "tone": "late" if record.is_overdue else record.state_now.tone,
                    "at": [point.longitude, point.latitude],
                    "metres": round(metres(at, (point.longitude, point.latitude))),
                    "url": record.url,
                }
            )
    return sorted(found, key=lambda one: one["metres"])[:NEAR]


def metres(one: Position, other: Position) -> float:
    """The distance of two points a few kilometres apart, on a sphere."""
    north = math.radians(other[1] - one[1])
    east = math.radians(other[0] - one[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return EARTH_M * math.hypot(north, east)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
