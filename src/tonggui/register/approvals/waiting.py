"""For whom a record waits: the people who may take it on from its state, or the one to whom the step was given."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from tonggui.register import roles
from tonggui.register.accounts import Account
from tonggui.register.actor import Actor
from tonggui.register.approvals.kept import Ask
from tonggui.register.scope import Own
from tonggui.register.workflow import Move, Procedure, State


def onward(flow: Procedure, state: str) -> list[Move]:
    """Moves by which work goes on from a state; giving a record up (作废) is nobody's duty."""
    return [move for move in flow.moves if move.starts_in(state) and move.target.tone != "void"]


def is_waiting(state: State) -> bool:
    """Whether a record in the state waits for anybody: not final, and with a day or not shown as done (在用)."""
    return not state.final and (bool(state.due) or state.tone in ("todo", "waiting"))


def asks_of(record: Any) -> list[Ask]:
    """Everything that was asked on the record, oldest first."""
    found = Ask.objects.filter(ledger=record.ledger.key, record=record.pk)
    return list(found.select_related("account", "asker").order_by("id"))


def given(asks: Iterable[Ask], record: Any) -> Ask | None:
    """The open ask that gives the present step to one person, or None."""
    found = [ask for ask in asks if ask.is_open and ask.kind in Ask.GIVES and ask.step == record.state]
    return found[-1] if found else None


def outstanding(asks: Iterable[Ask], record: Any, move: str = "") -> list[Ask]:
    """Opinions on the present step that are not given yet, of one move or of all."""
    found = (ask for ask in asks if ask.is_open and ask.kind == Ask.OPINION and ask.step == record.state)
    return [ask for ask in found if not move or ask.move == move]


def accounts_with(named: Iterable[str]) -> QuerySet:
    """Active accounts that hold one of the roles, with what decides their scope."""
    held = Q(pk__in=())
    for role in named:
        held |= Q(_roles__contains=f'"{role}"')
    people = Account.objects.filter(is_active=True).annotate(_roles=Cast("roles", TextField()))
    return people.filter(held).select_related("unit", "enterprise").order_by("name", "pk")


def _near(record: Any, people: QuerySet) -> QuerySet:
    """Of the people of enterprises only those of the record's own: there may be thousands of others."""
    owners = {
        record.pk if rule.field == "self" else getattr(record, f"{rule.field}_id")
        for rule in record.ledger.read.by_role.values()
        if isinstance(rule, Own)
    }
    return people.filter(Q(enterprise=None) | Q(enterprise__in=owners - {None}))


def readers(record: Any) -> list[Account]:
    """Everybody who may read the record: whom one may ask for an opinion or send a copy."""
    people = _near(record, accounts_with(record.ledger.read.by_role))
    return [one for one in people if record.ledger.read.allows(one.actor, record)]


def takers(record: Any, moves: list[Move]) -> list[Account]:
    """Everybody who may take one of the moves on the record: whom one may give the step."""
    from tonggui.register.moves import may

    named = {role for move in moves for part in move.hands for role in roles.members(part)}
    return [one for one in _near(record, accounts_with(named)) if any(may(move, record, one.actor) for move in moves)]


def waits_for(record: Any) -> list[Account]:
    """The people on whom the record waits now: whoever was given the step and whose opinion is outstanding, else all
    who may take it on; nobody where it is done."""
    if not is_waiting(record.state_now):
        return []
    asks = asks_of(record)
    held = given(asks, record)
    asked = [ask.account for ask in outstanding(asks, record) if ask.waits]
    if held or asked:
        return list({one.pk: one for one in [*asked, *([held.account] if held else [])]}.values())
    return takers(record, onward(record.ledger.flow, record.state))


def may_go_on(record: Any, actor: Actor, held: Ask | None = None) -> bool:
    """Whether the step is this actor's to take, hand over or ask about: given to them, or theirs by role."""
    from tonggui.register.moves import may

    if held is not None and held.account_id == actor.account_id:
        return True
    return any(may(move, record, actor) for move in onward(record.ledger.flow, record.state))
