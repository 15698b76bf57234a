"""Pictures of a list: a board of cards, a matrix, a tree, a calendar, bars.

Each draws the rows that the list with the same address shows, past or present, in a constant number of queries, says
where it was cut, and leads from every cell, card and bar to its rows. Drawn by `templates/register/pictures/`.

common.py      values with their words, colours and addresses
board.py, matrix.py, tree.py, month.py, bars.py   one picture each
"""

from typing import Any

from tonggui.register.pictures import Bars, Board, Calendar, Matrix, Picture, Tree
from tonggui.register.query import ListQuery
from tonggui.register.views.address import Address, whole
from tonggui.register.views.picturing.bars import draw_bars
from tonggui.register.views.picturing.board import draw_board
from tonggui.register.views.picturing.matrix import draw_matrix
from tonggui.register.views.picturing.month import draw_month
from tonggui.register.views.picturing.tree import draw_tree

DRAWN_BY = {
    Board: ("board", draw_board),
    Matrix: ("matrix", draw_matrix),
    Tree: ("tree", draw_tree),
    Calendar: ("month", draw_month),
    Bars: ("bars", draw_bars),
}


def chosen(asked: ListQuery) -> Picture | None:
    """The picture that the address asks for (`view=2`), or None for the plain list."""
    n = whole(asked.query.get("view"), 0)
    pictures = asked.ledger.page.pictures
    return pictures[n - 1] if 1 <= n <= len(pictures) else None


def tabs(asked: ListQuery, address: Address) -> list[dict[str, Any]]:
    """列表 and each picture; empty where the ledger has none."""
    pictures = asked.ledger.page.pictures
    if not pictures:
        return []
    now = chosen(asked)
    found = [{"word": "列表", "url": address.to(view=None, leaf=None), "current": now is None}]
    return found + [
        {"word": picture.title, "url": address.to(view=n, leaf=None), "current": picture is now}
        for n, picture in enumerate(pictures, 1)
    ]


def drawn(asked: ListQuery, address: Address) -> dict[str, Any] | None:
    """The chosen picture, ready for its template; None for the plain list."""
    picture = chosen(asked)
    if picture is None:
        return None
    name, draw = DRAWN_BY[type(picture)]
    return {
        "title": picture.title,
        "template": f"register/pictures/{name}.html",
        "cut": "",
        **draw(picture, asked, address),
    }
