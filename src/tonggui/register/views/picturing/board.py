"""看板: cards in columns, one for each word; each column has its count and its first cards."""

from collections import Counter, defaultdict
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from tonggui.register.kinds import Kind
from tonggui.register.pictures import Board
from tonggui.register.query import ListQuery
from tonggui.register.views.address import Address
from tonggui.register.views.cells import state_badges
from tonggui.register.views.picturing.common import counts_of, page_of, rows, scanned, tone, value_in, words

#: Cards of one column; the rest is one click away.
CARDS = 20


def draw_board(picture: Board, asked: ListQuery, address: Address) -> dict[str, Any]:
    by = asked.ledger.column(picture.by)
    records, cut = _records(asked, by)
    cards = defaultdict(list)
    for record in records:
        cards[value_in(by, record)].append(record)
    counts = counts_of(asked, by) if isinstance(by, Kind) else Counter({key: len(one) for key, one in cards.items()})
    fields = [asked.ledger.column(name) for name in picture.card.split()]
    columns = [
        {
            "word": one.word,
            "tone": tone(by, one.value, one.word),
            "count": counts[one.value],
            "url": rows(address, by, one),
            "cards": [_card(record, fields, asked) for record in cards[one.value][:CARDS]],
            "more": max(0, counts[one.value] - CARDS),
        }
        for one in words(by, counts, picture.order)
    ]
    return {"columns": columns, "cut": cut}


def _records(asked: ListQuery, by: Any) -> tuple[list[Any], str]:
    """The first rows of each column in the list's order; of a computed one, those of the list's first rows."""
    if not isinstance(by, Kind):
        return scanned(asked)
    falling, name = asked.sort.startswith("-"), asked.sort.lstrip("-")
    order = [F(name).desc() if falling else F(name).asc(), F("pk").desc() if falling else F("pk").asc()]
    placed = asked.narrowed.annotate(place=Window(RowNumber(), partition_by=[F(by.name)], order_by=order))
    return asked.read(list(placed.filter(place__lte=CARDS).order_by(*order).values_list("pk", flat=True))), ""


def _card(record: Any, fields: list[Any], asked: ListQuery) -> dict[str, Any]:
    lines = [(column.label, column.show(column.value_of(record)), column.unit) for column in fields]
    return {
        "name": str(record),
        "url": page_of(record, asked),
        "state": state_badges(record, asked.as_of),
        "lines": [line for line in lines if line[1]],
    }
