"""Units as scopes of figures: a unit with all units below it, its own rows alone, and the split of a tree into units.

Every ledger's rows belong to a unit, so every figure over rows of a ledger answers for one without declaring it. A
split by unit must add up to its whole: it gives the units directly below the top, each with all below it, and what the
top itself registered (本级).
"""

from typing import Any

from django.db.models import Q

from tonggui.measure.figures import Scope
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger as find_ledger

UNITS = "parties.unit"
UNIT, OWN = "unit", "own_unit"

_READER = Actor.system("按单位计算指标")


def unit_scope(unit: Any) -> Scope:
    """A unit with all units below it."""
    return Scope(UNIT, unit.pk, unit.number, unit.short_name)


def own_scope(unit: Any) -> Scope:
    """What a unit registered itself, without the units below it."""
    return Scope(OWN, unit.pk, f"{unit.number}-own", f"{unit.short_name}本级")


def is_unit(scope: Scope) -> bool:
    return scope.by in (UNIT, OWN)


def condition_of(ledger: Any, scope: Scope) -> Q:
    """The rows of a ledger that a scope by unit speaks of; the ledger of units itself is narrowed to the units.

    The tree is today's: a section that has moved takes its past with it.
    """
    ids = ids_of(scope)
    return Q(number__in=_numbers(ids)) if ledger.key == UNITS else Q(unit__in=ids)


def ids_of(scope: Scope) -> list[int]:
    """The units that a scope by unit takes in."""
    return [scope.value] if scope.by == OWN else [unit.pk for unit in below(path_of(scope))]


def path_of(scope: Scope) -> str:
    """Where the unit of a scope stands in the tree: /DW0001/DW0004/."""
    return _units().values_list("path", flat=True).get(pk=scope.value)


def below(path: str) -> list[Any]:
    """The unit at a path and every unit below it."""
    return list(_units().filter(path__startswith=path).order_by("path"))


def parts_of(found: set[int]) -> list[Scope]:
    """The units whose rows were found, gathered below the top: a partition, in the order of the tree."""
    units = {unit.pk: unit for unit in _units()}
    tops = [unit for unit in units.values() if unit.parent_id is None]
    scopes: dict[str, Scope] = {}
    for unit in sorted((units[pk] for pk in found if pk in units), key=lambda unit: unit.path):
        line = unit.path.strip("/").split("/")
        if len(tops) == 1 and unit.pk == tops[0].pk:
            scope = own_scope(unit)
        else:
            number = line[0] if len(tops) > 1 else line[1]
            scope = unit_scope(next(each for each in units.values() if each.number == number))
        scopes.setdefault(scope.code, scope)
    return list(scopes.values())


def _numbers(ids: list[int]) -> list[str]:
    return list(_units().filter(pk__in=ids).values_list("number", flat=True))


def _units() -> Any:
    return find_ledger(UNITS).query(_READER)
