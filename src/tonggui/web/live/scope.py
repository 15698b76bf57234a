"""Which vehicles a person may watch: exactly those whose rows the vehicle ledger would list for them."""

import time
from dataclasses import dataclass

from tonggui.register.actor import Actor
from tonggui.register.registry import ledger

FRESH_SECONDS = 60
WHOLE = Actor.system("全部车辆计数")


@dataclass(frozen=True, slots=True)
class Scope:
    """`plates` None is every vehicle, terminals not yet bound to one included."""

    plates: frozenset[str] | None = None

    def sees(self, plate: str) -> bool:
        return self.plates is None or plate in self.plates


EVERYTHING = Scope()
NOTHING = Scope(frozenset())

# Scopes are asked for with every card and every reconnect; a minute's delay after a change of permission is borne.
_kept: dict[tuple, tuple[float, Scope]] = {}


def scope_of(actor: Actor) -> Scope:
    """The scope of an actor, at most a minute old."""
    key = (actor.account_id, actor.roles)
    at, scope = _kept.get(key, (0.0, NOTHING))
    if time.monotonic() - at > FRESH_SECONDS or key not in _kept:
        scope = _read(actor)
        _kept[key] = (time.monotonic(), scope)
    return scope


def _read(actor: Actor) -> Scope:
    """Who sees every vehicle of the ledger sees the terminals that are bound to none as well."""
    vehicles = ledger("fleet.vehicle")
    if actor.is_system:
        return EVERYTHING
    seen = vehicles.query(actor)
    if actor.has("monitor", "admin", "director") and seen.count() == vehicles.query(WHOLE).count():
        return EVERYTHING
    return Scope(frozenset(seen.values_list("plate", flat=True)))
