"""How a list is shown, as its address says it, and the addresses of the pages beside it.

`ListQuery` reads which rows (q, filters, sort, page, size, as_of); the rest of the address is about the look:

    cols=a,b,c     columns chosen, in order       dense=1     close rows
    open=YH2026…   record in the side panel

Everything stands in the address, so that reload, "back" and a copied link show the same thing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tonggui.base.clock import day_of
from tonggui.register.query import ListQuery

#: Names whose change leaves the reader on the same page of rows.
KEEPS_PAGE = frozenset({"open", "cols", "dense"})

#: Names that a saved query leaves out: where in the list one happened to be.
PASSING = ("page", "open")


class Address:
    """The address of one list page and of its neighbours."""

    def __init__(self, asked: ListQuery):
        self.asked, self.query = asked, asked.query

    @property
    def dense(self) -> bool:
        return self.query.get("dense") == "1"

    @property
    def open(self) -> str:
        """Number of the record in the side panel, or ''."""
        return self.query.get("open", "")

    @property
    def as_of(self) -> date | None:
        return self.asked.as_of

    @property
    def text(self) -> str:
        return self.asked.text

    def chosen_columns(self, known: Iterable[str]) -> list[str]:
        """Columns asked for, in the order asked; empty where the address says nothing usable."""
        known = set(known)
        asked = ",".join(self.query.getlist("cols")).split(",")
        return [name for name in dict.fromkeys(asked) if name in known]

    def to(self, **changes: Any) -> str:
        """This address with some values replaced; None takes one out. A change of the rows returns to page 1."""
        if set(changes) <= KEEPS_PAGE and "page" in self.query:
            changes["page"] = self.query["page"]
        return self.asked.address(**changes)

    def toggled(self, name: str, value: str) -> str:
        """This address with one value of a filter added, or taken out where it is already there."""
        values = self.query.getlist(name)
        rest = [one for one in values if one != value]
        return self.to(**{name: rest if value in values else [*values, value]})

    def sorted_by(self, name: str) -> str:
        """This address ordered by a column: rising first, falling on the second click."""
        return self.to(sort=f"-{name}" if self.asked.sort == name else name)

    @property
    def now(self) -> str:
        return self.to(as_of=None)

    @property
    def kept(self) -> str:
        """The query string of what is worth keeping: filters, order, columns; empty where nothing was asked."""
        query = self.query.copy()
        for name in [*PASSING, *(name for name in self.query if not any(self.query.getlist(name)))]:
            query.pop(name, None)
        return query.urlencode(safe=",")

    def carried(self, *without: str) -> list[tuple[str, str]]:
        """Name and value of all that a form of this page carries along unseen, save the names it sets itself."""
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if value and name not in without and name not in PASSING
        ]


def whole(text: str | None, otherwise: int) -> int:
    """The whole number a text writes, or the other value; never raises."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def day(text: str | None) -> date | None:
    """The day a text writes as 2026-06-30, or None."""
    return day_of(text or "")
