"""Who asks, for which ledger, and what of it they may do. What one may not see does not exist for them (404); what one
may see but not do is refused (403)."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from tonggui.register.actor import Actor
from tonggui.register.errors import Missing
from tonggui.register.registry import BoundLedger
from tonggui.register.registry import ledger as find_ledger


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a logged-in request, made once a request."""
    if not hasattr(request, "_tonggui_actor"):
        request._tonggui_actor = Actor.of(request.user)  # type: ignore[attr-defined]
    return request._tonggui_actor  # type: ignore[attr-defined]


def open_ledger(request: HttpRequest, key: str) -> tuple[BoundLedger, Actor]:
    """The ledger of an address and who asks; Http404 where there is none, PermissionDenied where it is closed."""
    try:
        ledger = find_ledger(key)
    except Missing as problem:
        raise Http404(str(problem)) from None
    actor = actor_of(request)
    need(ledger.can_read(actor), f"没有查看{ledger.title}的权限。需要时请联系系统管理员。")
    return ledger, actor


def open_record(request: HttpRequest, key: str, number: str) -> tuple[BoundLedger, Actor, Any]:
    """The record of an address; a record outside the actor's scope reads as absent."""
    ledger, actor = open_ledger(request, key)
    try:
        return ledger, actor, ledger.get(number, actor)
    except Missing as problem:
        raise Http404(str(problem)) from None


def need(allowed: bool, words: str) -> None:
    """Go on only where it is allowed; PermissionDenied with the words otherwise."""
    if not allowed:
        raise PermissionDenied(words)


@dataclass(frozen=True, slots=True)
class May:
    """What the actor may do here; templates ask it to show or hide a button."""

    create: bool = False
    import_: bool = False
    change: bool = False
    comment: bool = False

    @classmethod
    def on_ledger(cls, ledger: BoundLedger, actor: Actor) -> "May":
        enters = ledger.can_create(actor)
        return cls(create=enters, import_=enters and ledger.sheet is not None)

    @classmethod
    def on_record(cls, record: Any, actor: Actor) -> "May":
        return cls(change=record.ledger.can_change(record, actor), comment=True)
