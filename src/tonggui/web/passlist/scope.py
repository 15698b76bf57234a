"""Whose passes: those of the weighing points that a person may see, and no others.

Every question over passes takes a `PassScope`; there is no way to ask without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tonggui.register.actor import Actor
from tonggui.register.registry import ledger

POINTS, PASSES = "overload.weighingpoint", "overload.doubtedpass"


@dataclass(frozen=True)
class PassScope:
    """The weighing points whose passes may be read, by the code that their devices send."""

    points: Mapping[str, Any]

    @property
    def condition(self) -> str:
        return "site IN %(scope)s"

    @property
    def values(self) -> dict[str, Any]:
        return {"scope": sorted(self.points) or [""]}

    def sees(self, site: str) -> bool:
        return site in self.points

    def name(self, site: str) -> str:
        """What people call a point; its code where it is not registered."""
        point = self.points.get(site)
        return point.name if point is not None else site


def may_read(actor: Actor) -> bool:
    """Plates of all who drove by are for those who review passes, not for everyone who sees the points."""
    return ledger(PASSES).can_read(actor) and ledger(POINTS).can_read(actor)


def scope_of(actor: Actor) -> PassScope:
    """The points that the weighing-point ledger would list for the actor; none where passes are closed to them."""
    if not may_read(actor):
        return PassScope({})
    return PassScope({point.code: point for point in ledger(POINTS).query(actor).order_by("code")})
