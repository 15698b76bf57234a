"""What the source panel shows of one figure: what it says, how it came about, and exactly its records."""

from dataclasses import dataclass
from typing import Any

from tonggui.measure.figures import Figure
from tonggui.measure.indicators import Indicator, indicator
from tonggui.measure.recordsets import RecordSet
from tonggui.measure.sources import Source, place
from tonggui.measure.tallies import Tally
from tonggui.register.actor import Actor
from tonggui.register.registry import BoundLedger, ledger
from tonggui.register.views.cells import Cell, cell
from tonggui.web.documents.addresses import ListAddress, list_address, telemetry_address

PAGE = 20
# The number and as many further columns of the list as a side panel holds.
COLUMNS = 3


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record behind a figure; `url` is empty where the reader may not open it."""

    number: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The records of one role (记录, 分子, 分母): a page of them, and the way to the ledger's own list."""

    role: str
    ledger: BoundLedger
    columns: list[Any]
    rows: list[RecordRow]
    count: int
    page: int
    address: ListAddress | None

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The same figure of another period: 上期, 上年同期."""

    title: str
    figure: Figure


def tables(figure: Figure, actor: Actor, page: int) -> list[SourceTable]:
    """The records of a figure by role, as the document keeps them."""
    sources = _sources(figure)
    found = []
    for named, records in figure.behind.items():
        role, _, key = named.partition(":")
        found.append(_table(role, ledger(key), records, actor, page, sources.get(named)))
    return found


def _table(
    role: str, bound: BoundLedger, held: RecordSet, actor: Actor, page: int, source: Source | None
) -> SourceTable:
    page = min(max(1, page), max(1, -(-held.count // PAGE)))
    shown = held.numbers(bound, slice((page - 1) * PAGE, page * PAGE))
    columns = columns_of(bound, source)
    records = bound.query(actor).filter(number__in=shown).select_related(*bound.links)
    seen = {record.number: record for record in records}
    rows = []
    for number in shown:
        record = seen.get(number)
        if record is None:
            rows.append(RecordRow(number, "", []))
        else:
            rows.append(RecordRow(number, record.url, [cell(column, record) for column in columns]))
    return SourceTable(role, bound, columns, rows, held.count, page, source and list_address(source))


def columns_of(bound: BoundLedger, source: Source | None) -> list[Any]:
    """What tells the records apart, what was added up and the day it counts on, then the list's own columns."""
    listed = [column.name for column in bound.columns if column.name not in ("number", "unit")]
    measured = [getattr(source.measure, "of", ""), source.measure.on] if source else []
    names = dict.fromkeys([*listed[:1], *(name for name in measured if name), *listed[1:]])
    return [bound.column(name) for name in names][:COLUMNS]


def _sources(figure: Figure) -> dict[str, Source]:
    """The figure's sources by role; none where an old document holds a figure that is declared no more."""
    if declared_as(figure) is None:
        return {}
    return {place(source.role, source.measure): source for source in figure.sources()}


def neighbours(figure: Figure) -> list[Neighbour]:
    """The figure of the period before and of the same period last year, where the ledgers know them."""
    declared = declared_as(figure)
    if declared is None or declared.from_telemetry:
        return []
    periods = (("上期", figure.period.previous), ("上年同期", figure.period.last_year))
    return [Neighbour(title, declared.figure(period, figure.scope)) for title, period in periods]


def telemetry(figure: Figure) -> ListAddress | None:
    """The page of the telemetry that a figure counted, narrowed to it; None where it counted records alone."""
    declared = declared_as(figure)
    return telemetry_address(declared, figure.period, figure.scope) if isinstance(declared, Tally) else None


def declared_as(figure: Figure) -> Indicator | None:
    """The indicator of a figure, unless it is declared no more."""
    try:
        return indicator(figure.code)
    except KeyError:
        return None
