"""Purging: personal data that has had its time is emptied in the record, in its whole history and in drafts.

Each night, for every `Purge` that a ledger declares: the named fields of rows whose day lies further back than the
length in force. One line of history says which fields went and on what basis; it is also the mark by which a row is
known to be done. Attachments that no record holds any more leave the store with their rows. What was emptied cannot be
read as of an earlier day either: that is the meaning of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tonggui.base import clock
from tonggui.register.actor import Actor, acting
from tonggui.register.clocks import Purge, length_on
from tonggui.register.drafts import Draft
from tonggui.register.holding import file_fields
from tonggui.register.kinds import Files, Kind, Moment, Place
from tonggui.register.models import Attachment, HistoryEntry
from tonggui.register.registry import BoundLedger, all_ledgers

AT_ONCE = 200
MACHINE = Actor.system("到期清除个人信息")


@dataclass(slots=True)
class Purged:
    """What one promise has emptied, or (in a dry run) would: rows, and attachments gone from the store."""

    ledger: BoundLedger
    purge: Purge
    records: int = 0
    numbers: list[str] = field(default_factory=list)
    attachments: int = 0

    def __str__(self) -> str:
        fields = "、".join(self.ledger.kinds[name].label for name in self.purge.names)
        return f"{self.ledger.key} {self.ledger.title}：{self.records} 行，{fields}；附件 {self.attachments} 份"


def purge_all(*, dry_run: bool = False) -> list[Purged]:
    """Keep every promise of every ledger up to today; those with nothing to do are left out."""
    found = []
    for bound in all_ledgers():
        for purge in bound.page.purges:
            done = _kept(bound, purge, dry_run)
            if done.records:
                found.append(done)
    return found


def due(bound: BoundLedger, purge: Purge) -> QuerySet:
    """Rows whose time is over and that still hold something, in themselves or in their history."""
    last = clock.today() - timedelta(days=length_on(purge.days, clock.today()))
    holds = Q()
    for name in purge.names:
        holds |= _holds(bound.kinds[name])
    marks = HistoryEntry.objects.filter(ledger=bound.key, record=OuterRef("pk"), action="purge", request=_mark(purge))
    rows = bound.model._base_manager.filter(_before(bound.kinds[purge.after], last))
    return rows.filter(holds | ~Exists(marks)).order_by("pk")


def _kept(bound: BoundLedger, purge: Purge, dry_run: bool) -> Purged:
    done = Purged(bound, purge)
    if dry_run:
        done.numbers = list(due(bound, purge).values_list("number", flat=True))
        done.records = len(done.numbers)
        return done
    ids = list(due(bound, purge).values_list("pk", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            rows = bound.model._base_manager.select_for_update(of=("self",)).filter(pk__in=ids[first : first + AT_ONCE])
            for record in rows.order_by("pk"):
                done.attachments += _empty(record, purge)
                done.records += 1
                done.numbers.append(record.number)
    return done


def _empty(record: Any, purge: Purge) -> int:
    """Empty the fields of one record everywhere they stand; how many attachments went with them."""
    bound = record.ledger
    kinds = [bound.kinds[name] for name in purge.names]
    lines = list(HistoryEntry.objects.filter(ledger=bound.key, record=record.pk))
    files = {pk for kind in kinds if isinstance(kind, Files) for pk in _held_ever(kind, record, lines)}
    for kind in kinds:
        kind.set_on(record, kind.empty)
    record.version, record.changed_at = record.version + 1, clock.now()
    # Not by `save`: a derived field would be filled again from what is just being emptied.
    columns = {name: getattr(record, name) for kind in kinds for name in _columns(kind)}
    type(record)._base_manager.filter(pk=record.pk).update(
        **columns, version=record.version, changed_at=record.changed_at
    )
    _empty_history(lines, kinds)
    words = f"保存期满，清除{'、'.join(kind.label for kind in kinds)}" + (f"（{purge.basis}）" if purge.basis else "")
    with acting(MACHINE, words, action="purge", request=_mark(purge)) as act:
        HistoryEntry.write([record], [{}], [record.snapshot()], act)
    _close_earlier(record)
    for draft in Draft.objects.filter(ledger=bound.key, number=record.number):
        draft.values = {name: value for name, value in draft.values.items() if name not in purge.names}
        draft.save(update_fields=["values"])
    return sum(map(_drop, files - _held_now(files)))


def _empty_history(lines: list[HistoryEntry], kinds: list[Kind]) -> None:
    """Empty the fields in every line; that a field changed stays to be seen, its values do not."""
    for line in lines:
        for kind in kinds:
            gone = kind.dump(kind.empty)
            if kind.name in line.after:
                line.after[kind.name] = gone
            if kind.name in line.changes:
                line.changes[kind.name] = [gone, gone]
    HistoryEntry.objects.bulk_update(lines, ["after", "changes"], batch_size=500)


def _close_earlier(record: Any) -> None:
    """The line that stood until now ends where the line of the purge begins."""
    open_ = HistoryEntry.objects.filter(ledger=record.ledger.key, record=record.pk, until__isnull=True)
    last = open_.order_by("-id").first()
    open_.exclude(pk=last.pk).update(until=last.at)


def _held_ever(kind: Files, record: Any, lines: list[HistoryEntry]) -> Iterator[int]:
    """Attachments of a field, now and at any time before."""
    yield from kind.value_of(record) or []
    for line in lines:
        yield from line.after.get(kind.name) or []


def _held_now(files: set[int]) -> set[int]:
    """Which of the attachments some record of some ledger still holds."""
    held: set[int] = set()
    for bound in all_ledgers() if files else ():
        for kind in file_fields(bound):
            rows = bound.model._base_manager.exclude(**{kind.name: []}).only("pk", kind.name)
            held |= files & {pk for row in rows.iterator() for pk in kind.value_of(row) or []}
    return held


def _drop(pk: int) -> bool:
    """Take an attachment out of the store; its file stays while another attachment is the same file."""
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None:
        return False
    digest = attachment.digest
    attachment.delete()
    if not Attachment.objects.filter(digest=digest).exists():
        file = settings.SITE.attachments / digest[:2] / digest
        transaction.on_commit(lambda: file.unlink(missing_ok=True))
    return True


def _holds(kind: Kind) -> Q:
    """The field is not empty."""
    if isinstance(kind, Place):
        return Q(**{f"{kind.lon}__isnull": False})
    return Q(**{f"{kind.name}__isnull": False}) if kind.empty is None else ~Q(**{kind.name: kind.empty})


def _columns(kind: Kind) -> tuple[str, ...]:
    return (kind.lon, kind.lat, kind.given) if isinstance(kind, Place) else (kind.attname,)


def _before(kind: Kind, last: date) -> Q:
    if isinstance(kind, Moment):
        return Q(**{f"{kind.name}__lt": datetime.combine(last + timedelta(days=1), datetime.min.time(), clock.CHINA)})
    return Q(**{f"{kind.name}__lte": last})


def _mark(purge: Purge) -> str:
    """How the history names the promise that was kept."""
    return f"purge {purge.after} {purge.fields}"[:64]
