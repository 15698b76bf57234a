"""What a person has dealt with, has begun, and was let know of: the other three lists beside the to-dos."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tonggui.register.actor import Actor
from tonggui.register.approvals.kept import Ask
from tonggui.register.approvals.waiting import is_waiting
from tonggui.register.errors import Missing
from tonggui.register.models import HistoryEntry
from tonggui.register.registry import ledger

PAGE = 30
DEEDS = ("move", "recall", "return")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of such a list; `record` is None where the person may no longer read it, or the ledger has gone."""

    at: datetime
    what: str
    words: str
    number: str
    ledger: str
    key: str
    record: Any
    fresh: bool = False

    @property
    def waits(self) -> bool:
        """Whether the record still waits for somebody, so that it can be urged."""
        return self.record is not None and is_waiting(self.record.state_now)


def done(actor: Actor) -> QuerySet:
    """Lines of history: every move, recall and return of the person, newest first."""
    return HistoryEntry.objects.filter(account=actor.account_id, action__in=DEEDS).order_by("-id")


def begun(actor: Actor) -> QuerySet:
    """The lines by which the person entered records, one by one (not by a sheet), or submitted those of others."""
    mine = HistoryEntry.objects.filter(account=actor.account_id)
    earlier = mine.filter(ledger=OuterRef("ledger"), record=OuterRef("record"), id__lt=OuterRef("id"))
    begins = Q(action="create") | (Q(action="move") & ~Exists(earlier.filter(action__in=("create", "move"))))
    return mine.filter(begins).order_by("-id")


def copied(actor: Actor) -> QuerySet:
    """Copies sent to the person, and opinions that were asked of them and are answered."""
    return Ask.objects.filter(account=actor.account_id, kind=Ask.COPY).order_by("-id")


def lines_of_history(entries: Iterable[HistoryEntry], actor: Actor) -> list[Line]:
    """Rows of history as lines, with their records as they are now; one statement a ledger."""
    entries = list(entries)
    records = _records({(one.ledger, one.record) for one in entries}, actor)
    return [
        Line(
            at=one.at,
            what=_deed(one),
            words=one.why,
            number=one.record_number,
            ledger=_title(one.ledger),
            key=one.ledger,
            record=records.get((one.ledger, one.record)),
        )
        for one in entries
    ]


def lines_of_copies(asks: Iterable[Ask], actor: Actor) -> list[Line]:
    asks = list(asks)
    records = _records({(one.ledger, one.record) for one in asks}, actor)
    return [
        Line(
            at=one.at,
            what=f"{one.asker_name}抄送",
            words=one.words,
            number=one.record_number,
            ledger=_title(one.ledger),
            key=one.ledger,
            record=records.get((one.ledger, one.record)),
            fresh=one.is_open,
        )
        for one in asks
    ]


def _records(wanted: set[tuple[str, int]], actor: Actor) -> dict[tuple[str, int], Any]:
    by_ledger: dict[str, list[int]] = {}
    for key, pk in wanted:
        by_ledger.setdefault(key, []).append(pk)
    found = {}
    for key, ids in by_ledger.items():
        try:
            bound = ledger(key)
        except Missing:
            continue
        if bound.can_read(actor):
            rows = bound.query(actor).select_related(*dict.fromkeys(["unit", *bound.links])).in_bulk(ids)
            found |= {(key, pk): record for pk, record in rows.items()}
    return found


def _deed(entry: HistoryEntry) -> str:
    try:
        move = ledger(entry.ledger).flow.move(entry.move) if entry.move else None
    except Missing:
        move = None
    return move.label if move else entry.action_title


def _title(key: str) -> str:
    try:
        return ledger(key).title
    except Missing:
        return key
