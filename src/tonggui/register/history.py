"""Reading history: the time line of a record, and a record or a whole ledger as it stood at a moment.

`ledger_as_of` gives a queryset over history lines that answers to the ledger's own field names, so that a filter or a
measure written for the ledger runs over its past without a change.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, NullIf, Replace

from tonggui.base.clock import CHINA
from tonggui.register.actor import Actor
from tonggui.register.errors import Missing
from tonggui.register.kinds import Amount, Area, Day, Files, Flag, Integer, Kind, Link, Moment, Month, Noted, Place

# Looks at linked records to answer a question about the records that the actor may see.
MACHINE = Actor.system("查询历史")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one change, as people read it."""

    label: str
    before: str
    after: str


def moment_of(when: date | datetime) -> datetime:
    """A moment as it is, or the end of a day in China."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when + timedelta(days=1), time(), CHINA) - timedelta(microseconds=1)


def lines_of(record: Any) -> QuerySet:
    """The history of a record, newest first."""
    from tonggui.register.models import HistoryEntry

    lines = HistoryEntry.objects.filter(ledger=record.ledger.key, record=record.pk)
    return lines.select_related("account").order_by("-id")


def differences(bound: Any, lines: list[Any]) -> dict[int, list[Difference]]:
    """What each history line changed, by line id; linked records are looked up together, one query a link."""
    links: dict[str, dict[int, Any]] = {}
    for name, kind in bound.kinds.items():
        if isinstance(kind, Link):
            ids = {key for line in lines for key in line.changes.get(name, ()) if key}
            links[name] = kind.related_model._base_manager.in_bulk(ids) if ids else {}
    found = {}
    for line in lines:
        found[line.pk] = [
            Difference(kind.label, _shown(kind, old, links), _shown(kind, new, links))
            for name, (old, new) in line.changes.items()
            if (kind := bound.kinds.get(name)) and name != "changed_at"
        ]
    return found


def _shown(kind: Kind, data: Any, links: dict[str, dict[int, Any]]) -> str:
    if isinstance(kind, Link):
        return kind.show(links[kind.name].get(data))
    return kind.show(kind.load(data)) if data is not None else ""


def record_as_of(record: Any, when: date | datetime) -> Any:
    """The record as it stood; Missing when it did not exist yet. The copy cannot be saved."""
    line = _lines(record.ledger, when).filter(line_record=record.pk).order_by("-id").first()
    if line is None:
        raise Missing(f"{record.number} 在 {when} 还没有录入。")
    return records_of(record.ledger, [line])[0]


def records_of(bound: Any, lines: list[Any]) -> list[Any]:
    """Records in the shape they had, from rows of `ledger_as_of`, with their links fetched together."""
    records = []
    for line in lines:
        record = bound.model(pk=line.line_record, version=line.line_version, changed_at=line.line_at)
        for name, kind in bound.kinds.items():
            if name in line.line_after:
                kind.restore(record, line.line_after[name])
        record._state.adding = False
        record.is_past = True
        records.append(record)
    models.prefetch_related_objects(records, *bound.links)
    return records


def ledger_as_of(bound: Any, when: date | datetime, actor: Actor) -> QuerySet:
    """Rows that held at the moment, one a record the actor may see, with the ledger's fields as columns."""
    columns = {name: sql for name, kind in bound.kinds.items() if (sql := _past(name, kind)) is not None}
    rows = _lines(bound, when).annotate(**columns)
    return rows.filter(bound.read.q(actor, bound.model))


def with_ids(ids: list[int]) -> list[Any]:
    """History lines by id, in that order."""
    found = _past_lines().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _past_lines() -> QuerySet:
    from tonggui.register.models import PastLine

    return PastLine.objects.order_by()


def _lines(bound: Any, when: date | datetime) -> QuerySet:
    moment = moment_of(when)
    held = Q(line_until__isnull=True) | Q(line_until__gt=moment)
    return _past_lines().filter(held, line_ledger=bound.key, line_at__lte=moment)


def _past(name: str, kind: Kind) -> Any:
    """A field of a ledger as an expression over the JSON of its history lines."""
    if isinstance(kind, Place | Area | Files | Noted) or name == "changed_at":
        return None
    if name in ("number", "state", "unit"):
        return models.F(f"line_{name}")
    # Cast, so that what it is compared with is plain text and not JSON.
    words = models.TextField()
    text = NullIf(Cast(KT(f"line_after__{name}"), words), Value("null", words))
    if isinstance(kind, Flag):
        return models.ExpressionWrapper(Q(**{f"line_after__{name}": True}), output_field=models.BooleanField())
    if isinstance(kind, Amount):
        # History writes amounts with all their places, so dropping the point gives the stored whole number.
        whole = Cast(Replace(text, Value(".", words), Value("", words)), models.BigIntegerField())
        return models.ExpressionWrapper(whole, output_field=Amount(kind.label, places=kind.places, optional=True))
    if isinstance(kind, Integer | Link):
        return Cast(text, models.BigIntegerField())
    if isinstance(kind, Moment):
        return Cast(text, models.DateTimeField())
    if isinstance(kind, Day | Month):
        return Cast(text, models.DateField())
    return text
