"""What every picture needs: the values of a field with their words, colours, and the addresses of their rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from tonggui.base.clock import CHINA
from tonggui.register.kinds import Day, Flag, Kind, Link, Moment, Month, Status
from tonggui.register.query import ListQuery
from tonggui.register.views.address import Address

#: Rows that are read to group by what only Python can compute.
SCANNED = 1000
NOT_FILLED = "（未填）"

#: Words of gauges and their colours, as risk lists and progress boards use them (红橙黄蓝, 红黄绿); first match wins.
TONES = (
    ("red", "红 重大 严重 逾期 高风险"),
    ("orange", "橙 较大 滞后"),
    ("yellow", "黄 一般 预警 临期"),
    ("blue", "蓝 低 较小"),
    ("green", "绿 正常 完成 达标 优"),
)
STATE_TONES = {"todo": "orange", "waiting": "blue", "done": "green", "void": "grey"}
TIME = Day | Moment | Month


@dataclass(frozen=True, slots=True)
class Word:
    """One value of a field: its word, and the same as a filter says it ("" where no filter can)."""

    value: Any
    word: str
    entry: str = ""


def tone_of(word: str) -> str:
    """The colour of a gauge's word, or "" where the word names none."""
    return next((tone for tone, signs in TONES if any(sign in word for sign in signs.split())), "")


def tone(kind: Any, value: Any, word: str) -> str:
    """The colour of a column: of a state its tone, else what the word says."""
    if isinstance(kind, Status):
        state = next((state for state in kind.flow.states if state.name == value), None)
        return STATE_TONES[state.tone] if state else ""
    return tone_of(word)


def counts_of(asked: ListQuery, kind: Kind) -> Counter:
    """How many rows hold each value."""
    return Counter(dict(asked.narrowed.values_list(kind.name).annotate(n=Count("pk")).order_by()))


def scanned(asked: ListQuery) -> tuple[list[Any], str]:
    """The first rows of the list, and where that was not all, so in words."""
    ids = list(asked.ordered().values_list("pk", flat=True)[:SCANNED])
    return asked.read(ids), cut(asked, SCANNED)


def cut(asked: ListQuery, most: int) -> str:
    return f"共 {asked.count:,} 条，只画出前 {most:,} 条；请缩小条件。" if asked.count > most else ""


def value_in(column: Any, record: Any) -> Any:
    """What groups a record: of a link its id, of a computed column its word, else the value."""
    if not isinstance(column, Kind):
        return column.show(column.value_of(record)) or ""
    return column.snapshot(record) if isinstance(column, Link) else column.value_of(record)


def words(column: Any, weights: Mapping[Any, Any], order: str = "") -> list[Word]:
    """The values that occur, and the options that might, in the order declared, of time, or of their weight."""
    if isinstance(column, Link):
        return _linked(column, weights)
    if not isinstance(column, Kind):
        place = {word: n for n, word in enumerate(order.split())}
        return [Word(one, one or NOT_FILLED) for one in sorted({*weights, *place}, key=lambda w: (place.get(w, 99), w))]
    if isinstance(column, TIME):
        dated = sorted(value for value in weights if value)
        return [Word(day, f"{day.year}年{day.month}月", f"{day:%Y-%m}") for day in dated] + _empty(weights)
    if isinstance(column, Flag):
        return [Word(one, column.show(one), column.entry(one)) for one in (True, False)] + _empty(weights)
    options = dict(column.options())
    if not options:
        found = sorted(value for value in weights if not column.is_empty(value))
        return [Word(value, _plain(column, value), str(column.entry(value))) for value in found] + _empty(weights)
    shown = [value for value in options if weights.get(value) or tone(column, value, "") != "grey"]
    return [Word(value, options[value], str(value)) for value in shown] + _empty(weights)


def _linked(link: Link, weights: Mapping[Any, Any]) -> list[Word]:
    """Linked records, the heaviest first, found in one query."""
    records = link.related_model._base_manager.in_bulk([value for value in weights if value])
    named = [Word(pk, record.short_name, record.number) for pk, record in records.items()]
    return sorted(named, key=lambda one: (-weights[one.value], one.word)) + _empty(weights)


def _plain(column: Kind, value: Any) -> str:
    """A value as the side of a picture writes it: 7, not 7.0."""
    text = column.show(value)
    return text.rstrip("0").rstrip(".") if column.numeric and "." in text else text


def _empty(weights: Mapping[Any, Any]) -> list[Word]:
    return [Word(value, NOT_FILLED) for value in weights if (value is None or value == "") and weights[value]]


def rows(address: Address, column: Any, one: Word, **further: str) -> str:
    """The list of exactly these rows; "" where no filter can say it (a computed word, an empty field)."""
    if not isinstance(column, Kind) or not column.filter or not one.entry:
        return ""
    return address.to(view=None, leaf=None, **{column.name: one.entry, **further})


def page_of(record: Any, asked: ListQuery) -> str:
    """The record's page, on the day that the list is read."""
    return f"{record.url}?as_of={asked.as_of}" if asked.as_of else record.url


def day_of(value: Any) -> date | None:
    """The day in China of a day or a moment."""
    return value.astimezone(CHINA).date() if isinstance(value, datetime) else value
