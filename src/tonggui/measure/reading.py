"""Reading sources: what their rows add up to, which they are, and whether none was found or nothing is known.

"None found" and "nobody has looked" are different claims. A measure that matches no row is zero only where its ledger
holds confirmed rows of the period at all, or where nil returns (零报告) cover the months that hold none; otherwise the
value is unknown and the document keeps to 截至填报未见登记.

Many figures ask the same ledger about the same days. What is known to be asked together (`ahead`) is read in one scan
of those rows, each source as a filter of it, and a split in one scan for all its values.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from tonggui.base import clock
from tonggui.measure.nil import nil_covers
from tonggui.measure.recordsets import NONE, Ids, RecordSet
from tonggui.measure.source import ACTOR, Source
from tonggui.measure.units import path_of

NOTHING_REGISTERED = "截至填报未见登记"
WHOLE_MONTHS = "台账按月填报，期间须为整月"

# So many sources are read in one scan; a database bounds the columns of an answer.
_TOGETHER = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure gave: its value, unknown (None) with the reason, and its records."""

    value: Decimal | None
    records: RecordSet = NONE
    reason: str = ""
    nil: bool = False


Counted = tuple[Decimal, RecordSet]


class _Kept:
    """What has been read ahead: the values of sources, and of which frames any row was found."""

    def __init__(self) -> None:
        self.counted: dict[Any, dict[Any, Counted]] = {}
        self.framed: dict[Any, bool] = {}


_kept: ContextVar[_Kept | None] = ContextVar("readings_kept", default=None)


@contextmanager
def ahead(sources: Iterable[Source], *, values_only: bool = False) -> Iterator[None]:
    """Inside the block these sources have been read together; the ledgers are taken as they were at its beginning."""
    kept = _Kept()
    groups: dict[Any, dict[Any, Source]] = defaultdict(dict)
    for source in sources:
        if (asked := _asked(source)) is not None:
            groups[_group(source)].setdefault(asked, source)
    for group, found in groups.items():
        asked = list(found)
        # A source that is alone in its days is found better by an index of its own.
        for n in range(0, len(asked) if len(asked) > 1 or group[-1] else 0, _TOGETHER):
            _scan(kept, group, {one: found[one] for one in asked[n : n + _TOGETHER]}, values_only)
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)


def counted(source: Source) -> Counted:
    """The value and the records that it counts, in one reading of the ledger."""
    kept = _kept.get()
    if kept and (asked := _asked(source)) is not None and (parts := kept.counted.get((_group(source), asked))):
        return parts.get(source.part and source.part[1], (Decimal(source.measure.nothing), NONE))
    return source.counted()


def read(source: Source) -> Reading:
    """The value of a source, or why there is none."""
    if source.cuts_months:
        return Reading(None, reason=WHOLE_MONTHS)
    value, records = counted(source)
    if not records.count and not registered(source):
        path = path_of(source.unit) if source.unit else "/"
        if nil_covers(source.ledger.key, source.period, source.as_of, path):
            return Reading(Decimal(0), nil=True)
        return Reading(None, reason=NOTHING_REGISTERED)
    return Reading(value, records)


def registered(source: Source) -> bool:
    """Whether the ledger, or the unit in it, has any confirmed row of the period, whatever else the measure asks."""
    kept, frame = _kept.get(), _frame(source)
    if kept and not source.placed and frame in kept.framed:
        return kept.framed[frame]
    return source.framed.filter(source.past(source.placed)).exists()


def first_day(source: Source, asked: Q | None = None) -> date | None:
    """The first day of which the ledger, or the unit in it, holds a confirmed row (that meets a condition)."""
    day = source.measure.on
    dated = source.measure.frame(None) & source.within & Q(**{f"{day}__isnull": False})
    rows = source.ledger.query(ACTOR).filter(dated, asked or Q())
    first: Any = rows.order_by(day).values_list(day, flat=True).first()
    return first.astimezone(clock.CHINA).date() if isinstance(first, datetime) else first


def _frame(source: Source) -> Any:
    return source.ledger.key, source.as_of, source.frame


def _group(source: Source) -> Any:
    """What sources must share to be read in one scan: ledger, moment, states and days, and the field of a split."""
    return *_frame(source), source.part[0] if source.part else ""


def _asked(source: Source) -> Any:
    """What tells sources of one group apart; None for one that is read alone."""
    return None if source.alone else (source.measure.key, source.distinct, source.filtered)


def _scan(kept: _Kept, group: Any, sources: dict[Any, Source], values_only: bool) -> None:
    """Read the sources of a group in one question."""
    first = next(iter(sources.values()))
    columns: dict[str, Any] = {"_any": Count("pk")}
    # Sources with one condition (people, vehicles and visits of the same inspections) have the same records.
    conditions = list(dict.fromkeys(source.filtered for source in sources.values()))
    for n, condition in enumerate(conditions):
        asked = first.past(condition) or None
        columns[f"_ids{n}"] = Count("pk", filter=asked) if values_only else Ids(first.key, filter=asked)
    for n, source in enumerate(sources.values()):
        if not source.counts_records:
            columns[f"_value{n}"] = source.aggregate(source.past(source.filtered) or None)
    if field := group[-1]:
        rows = list(first.framed.order_by().values(field).annotate(**columns))
    else:
        rows = [first.framed.order_by().aggregate(**columns)]
    kept.framed[_frame(first)] = any(row["_any"] for row in rows)
    gather = RecordSet.counted if values_only else RecordSet.of
    records = [{condition: gather(row[f"_ids{n}"]) for n, condition in enumerate(conditions)} for row in rows]
    for n, (one, source) in enumerate(sources.items()):
        kept.counted[group, one] = {
            row.get(field): (source.valued(row.get(f"_value{n}"), sets[source.filtered]), sets[source.filtered])
            for row, sets in zip(rows, records, strict=True)
        }
