"""Who is acting: a person with roles, a unit and perhaps an enterprise; or the machine, saying why.

Every query over a ledger is made for an actor, and every change is made by one. `acting` carries the actor, the reason
and the request through a block of code, so that `record.save()` inside it writes the right line of history.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from tonggui.register.errors import ActorMissing


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who reads and writes ledgers.

    `unit` and `enterprise` are records of `parties.Unit` and `parties.Enterprise`, or None. A system actor has no
    account, sees everything and may perform every move; `why` is kept with all it writes.
    """

    account: Any = None
    roles: frozenset[str] = frozenset()
    unit: Any = None
    enterprise: Any = None
    why: str = ""
    is_system: bool = field(default=False)

    @classmethod
    def of(cls, account: Any) -> "Actor":
        """The actor behind a logged-in account."""
        return cls(account, frozenset(account.roles), account.unit, account.enterprise)

    @classmethod
    def system(cls, why: str) -> "Actor":
        """Work of the machine: `why` says which, in words that staff will read in the time line."""
        return cls(why=why, is_system=True)

    @property
    def name(self) -> str:
        return "系统" if self.is_system else self.account.name or self.account.username

    @property
    def account_id(self) -> int | None:
        return None if self.account is None else self.account.pk

    def has(self, *roles: str) -> bool:
        return self.is_system or not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Act:
    """One deed under way: who, why, as part of which request, and what it is called in the time line."""

    actor: Actor
    why: str
    request: str
    action: str = ""
    move: str = ""


_current: ContextVar[Act | None] = ContextVar("tonggui_act", default=None)


def current_act() -> Act:
    """The deed under way; ActorMissing outside any `acting` block."""
    act = _current.get()
    if act is None:
        raise ActorMissing("a record is written outside `with acting(actor):`; say who writes it")
    return act


@contextmanager
def acting(actor: Actor, why: str = "", *, request: str = "", action: str = "", move: str = "") -> Iterator[Act]:
    """Everything written inside the block is written by `actor` for the reason `why`.

    An inner block keeps the request of the outer one, so that one click is one request in the history.
    """
    outer = _current.get()
    request = request or (outer.request if outer else "") or uuid.uuid4().hex
    token = _current.set(Act(actor, why or actor.why, request, action, move))
    try:
        yield _current.get()  # type: ignore[misc]
    finally:
        _current.reset(token)
