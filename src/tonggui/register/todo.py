"""What waits for a person across all ledgers: records in a state that should be left by a day, where one of the moves
that lead on from it is open to them. The home page and the bell show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from tonggui.register import roles
from tonggui.register.actor import Actor
from tonggui.register.registry import BoundLedger, all_ledgers


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record that waits: what and where it is, which step, and the day by which it should be taken."""

    title: str
    url: str
    kind: str
    step: str
    place: str
    due: date | None


def waiting(actor: Actor, limit: int) -> list[Waiting]:
    """Up to `limit` records of each ledger that wait for the actor, those due first at the head."""
    return [one for ledger in all_ledgers() for one in _of_ledger(ledger, actor, limit)]


def _of_ledger(ledger: BoundLedger, actor: Actor, limit: int) -> list[Waiting]:
    if not ledger.can_read(actor):
        return []
    states = [state for state in ledger.flow.states if state.due and _concerns(ledger, state.name, actor)]
    found: list[Waiting] = []
    for state in states:
        rows = ledger.query(actor).filter(state=state.name).select_related(*ledger.links)
        # Rows without a day sort first on some databases and last on others; said here, so that they come last.
        found += [_waiting(record, state) for record in rows.order_by(F(state.due).asc(nulls_last=True), "pk")[:limit]]
    return found


def _concerns(ledger: BoundLedger, state: str, actor: Actor) -> bool:
    """Whether a move that leads on from the state is one that the actor's roles may take."""
    onward = [move for move in ledger.flow.moves if move.starts_in(state)]
    return any(actor.has(*roles.members(part)) for move in onward for part in move.by)


def _waiting(record: Any, state: Any) -> Waiting:
    return Waiting(
        title=str(record),
        url=record.url,
        kind=record.ledger.title,
        step=state.label,
        place=record.unit.short_name if record.unit else "",
        due=record.due_day,
    )
