"""To-dos: what waits for this person, read from the workflows of every ledger.

A record waits for somebody when its state is not final, does not yet count as confirmed (or must be left by a day), and
one of the moves that lead on from it is theirs to take.
"""

import time
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from tonggui.register import roles
from tonggui.register.actor import Actor
from tonggui.register.registry import BoundLedger, all_ledgers
from tonggui.register.workflow import State

# What one page can show and one person can take in; the rest is reached through the ledgers.
LIMIT = 50
COUNT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what it is, where it stands, when it is due (None: no deadline)."""

    title: str
    url: str
    ledger: str
    step: str
    unit: str
    due: date | None


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """To-dos of one urgency; `tone` is the badge's tone, `title` its word."""

    title: str
    tone: str
    items: list[Todo]


def waiting_states(ledger: BoundLedger, actor: Actor) -> list[State]:
    """States of a ledger in which a record waits for this actor."""
    mine = [
        move
        for move in ledger.flow.moves
        if not actor.roles.isdisjoint(role for part in move.by for role in roles.members(part))
    ]
    return [
        state
        for state in ledger.flow.states
        if not state.final and (state.due or not state.confirmed) and any(move.starts_in(state.name) for move in mine)
    ]


def todos(actor: Actor, limit: int = LIMIT) -> list[Todo]:
    """The most urgent things that wait for the actor, by deadline; what has none comes last."""
    found: list[Todo] = []
    for ledger in all_ledgers():
        for state in waiting_states(ledger, actor) if ledger.can_read(actor) else ():
            rows = ledger.query(actor).filter(state=state.name).select_related("unit", *ledger.links)
            rows = rows.order_by(state.due or "pk", "pk")[:limit]
            found += [_todo(ledger, state, record) for record in rows]
    found.sort(key=lambda todo: (todo.due or date.max, todo.ledger, todo.title))
    return found[:limit]


def _todo(ledger: BoundLedger, state: State, record) -> Todo:
    due = getattr(record, state.due) if state.due else None
    return Todo(str(record), record.url, ledger.title, state.label, str(record.unit or ""), due)


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """How many records of one ledger wait, and the address that lists them."""

    title: str
    url: str
    count: int


def counts_by_ledger(actor: Actor) -> list[LedgerCount]:
    """What waits for the actor in each ledger; ledgers without anything are left out."""
    found = []
    for ledger in all_ledgers():
        names = [state.name for state in waiting_states(ledger, actor)] if ledger.can_read(actor) else []
        count = ledger.query(actor).filter(state__in=names).count() if names else 0
        if count:
            found.append(LedgerCount(ledger.title, ledger.url + "?" + urlencode({"state": names}, doseq=True), count))
    return found


_counts: dict[int, tuple[float, int]] = {}


def todo_count(actor: Actor) -> int:
    """How many things wait for the actor, at most COUNT_SECONDS old: the bell is on every page."""
    at, count = _counts.get(actor.account_id, (0.0, 0))
    if actor.account_id not in _counts or time.monotonic() - at > COUNT_SECONDS:
        count = sum(part.count for part in counts_by_ledger(actor))
        _counts[actor.account_id] = (time.monotonic(), count)
    return count


def grouped(found: list[Todo], today: date) -> list[TodoGroup]:
    """The same in the groups people think in: late, today, this week (to Sunday), later."""
    sunday = today + timedelta(days=6 - today.weekday())
    parts: dict[str, list[Todo]] = {"late": [], "today": [], "week": [], "later": []}
    for todo in found:
        due = todo.due or date.max
        name = "late" if due < today else "today" if due == today else "week" if due <= sunday else "later"
        parts[name].append(todo)
    titles = (
        ("late", "逾期", "late"),
        ("today", "今天", "todo"),
        ("week", "本周", "normal"),
        ("later", "以后", "normal"),
    )
    return [TodoGroup(title, tone, parts[name]) for name, title, tone in titles if parts[name]]
