"""Nil returns (零报告): the statement, month by month, that a ledger holds nothing because nothing happened.

A count of zero is a claim, so a nil return is made by one person for a unit and confirmed by another. Only where every
month of a period either holds rows or is covered by confirmed returns may a document say 未发生: by one of the bureau
as a whole, or by one of each unit that keeps the ledger (or of a unit above it).
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from tonggui.base import clock
from tonggui.measure.periods import BEGINNING, Period
from tonggui.register.actor import Actor
from tonggui.register.errors import Refused
from tonggui.register.registry import BoundLedger
from tonggui.register.registry import ledger as find_ledger


def nil_covers(ledger: str, period: Period, as_of: date | datetime | None = None, path: str = "/") -> bool:
    """Whether confirmed nil returns cover every month of the period, up to `as_of` where it is given.

    `path` is that of the unit that is spoken of with all below it, `/` the bureau as a whole. A period that reaches
    back without end (what stands at a day) is never covered.
    """
    if period.start == BEGINNING:
        return False
    returned = months_returned(ledger, as_of, path)
    return all((month.start.year, month.start.month) in returned for month in period.months())


def months_returned(ledger: str, as_of: date | datetime | None = None, path: str = "/") -> set[tuple[int, int]]:
    """Year and month of each month that the confirmed nil returns of a ledger cover for the bureau, or for a unit.

    A return of a unit above it covers a unit; so do returns of every unit in it that keeps the ledger.
    """
    from tonggui.measure.models import NilReturn

    found = NilReturn.objects.filter(ledger=ledger, confirmed_at__isnull=False)
    if as_of is not None:
        found = found.filter(confirmed_at__lt=_end_of(as_of))
    paths: dict[date, set[str]] = defaultdict(set)
    for month, returned in found.values_list("month", "unit__path"):
        paths[month].add(returned or "/")
    parted = any(not path.startswith(tuple(said)) for said in paths.values())
    kept = {unit.path for unit in keepers(ledger) if unit.path.startswith(path)} if parted else set()
    return {
        (month.year, month.month)
        for month, said in paths.items()
        if path.startswith(tuple(said)) or (kept and all(keeper.startswith(tuple(said)) for keeper in kept))
    }


def covered_units(ledger: str) -> set[tuple[int | None, date]]:
    """For each confirmed nil return its month with every unit that it covers (None: the bureau as a whole)."""
    from tonggui.measure.models import NilReturn

    said = NilReturn.objects.filter(ledger=ledger, confirmed_at__isnull=False).values_list("month", "unit__path")
    units = list(_units().values_list("pk", "path")) if said else []
    found = {(pk, month) for month, path in said for pk, own in units if own.startswith(path or "/")}
    return found | {(None, date(year, month, 1)) for year, month in months_returned(ledger)}


def keepers(ledger: str) -> list[Any]:
    """Units that keep a ledger: those with a row in it or with a nil return for it, in the order of the tree."""
    from tonggui.measure.models import NilReturn

    rows = find_ledger(ledger).model._base_manager.filter(unit__isnull=False).order_by()
    returned = NilReturn.objects.filter(ledger=ledger, unit__isnull=False).order_by()
    ids = {*rows.values_list("unit", flat=True).distinct(), *returned.values_list("unit", flat=True).distinct()}
    return sorted(_units().in_bulk(ids).values(), key=lambda unit: unit.path)


def report(bound: BoundLedger, month: Period, unit: Any, rows: int, actor: Actor) -> Any:
    """Say that a unit's month is empty; `rows` is how many rows it holds. Refused where it is not over or not empty."""
    from tonggui.measure.models import NilReturn

    if rows or month.end >= clock.today():
        raise Refused(f"《{bound.title}》{month.label}已有{rows}条记录或尚未结束，不能作零报告。")
    if unit is not None and not (actor.unit and unit.path.startswith(actor.unit.path)):
        raise Refused("只能为本单位及下级单位作零报告。")
    made, _ = NilReturn.objects.get_or_create(
        ledger=bound.key,
        month=month.start,
        unit=unit,
        defaults={"account": actor.account, "actor_name": actor.name},
    )
    return made


def may_confirm(returned: Any, actor: Actor) -> bool:
    """Somebody else who keeps or heads the ledger, in the unit's own line."""
    bound = find_ledger(returned.ledger)
    keeps = bound.can_create(actor) or (actor.has("director") and bound.can_read(actor))
    over = returned.unit is None or (actor.unit is not None and returned.unit.path.startswith(actor.unit.path))
    return keeps and over and actor.account_id != returned.account_id and returned.confirmed_at is None


def confirm(returned: Any, actor: Actor) -> None:
    """The second person's word; Refused where it is the first person's own, or not theirs to give."""
    if returned.confirmed_at is None:
        if not may_confirm(returned, actor):
            raise Refused("零报告由报告人以外的、管这本台账的人或局领导核实。")
        returned.confirmed_by, returned.confirmed_at = actor.name, clock.now()
        returned.save(update_fields=["confirmed_by", "confirmed_at"])


def _units() -> Any:
    return find_ledger("parties.unit").model._base_manager.all()


def _end_of(as_of: date | datetime) -> datetime:
    if isinstance(as_of, datetime):
        return as_of
    return datetime.combine(as_of + timedelta(days=1), time(), clock.CHINA)
