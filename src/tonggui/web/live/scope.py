"""Which vehicles a person may watch: exactly those whose rows the vehicle ledger would list for them."""

from dataclasses import dataclass

from tonggui.base.kept import Kept
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

# Scopes are asked for with every card and every reconnect; a minute's delay after a change of permission is borne.
_kept: Kept[Scope] = Kept(FRESH_SECONDS)


def scope_of(actor: Actor) -> Scope:
    """The scope of an actor, at most a minute old."""
    return _kept.get((actor.account_id, actor.roles), lambda: _read(actor))


def _read(actor: Actor) -> Scope:
    """Who sees every vehicle of the ledger sees the terminals that are bound to none as well."""
    vehicles = ledger("fleet.vehicle")
    if actor.is_system:
        return EVERYTHING
    seen = vehicles.query(actor)
    if actor.has("monitor", "admin", "director") and seen.count() == vehicles.query(WHOLE).count():
        return EVERYTHING
    return Scope(frozenset(seen.values_list("plate", flat=True)))
