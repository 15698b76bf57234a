"""Pictures of a ledger: what people would rather look at than read, as they are declared.

Each draws exactly the rows that the list with the same address shows, and every cell of it leads to its rows.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """Base of the pictures; `title` is its tab's word."""

    title: str

    def fields(self) -> list[str]:
        """Fields and columns that the picture reads, checked when the ledger is loaded."""
        return []


@dataclass(frozen=True)
class Board(Picture):
    """Cards in columns, one column for each word of `by` (a choice or the state): `Board("三色看板", by="light")`.

    `card`: the fields a card shows under the record's name. `by` may be a computed column; its words then stand in
    `order`, separated by spaces.
    """

    by: str = "state"
    card: str = ""
    order: str = ""

    def fields(self) -> list[str]:
        return [self.by, *self.card.split()]


@dataclass(frozen=True)
class Matrix(Picture):
    """Counts where two choices cross, coloured by a third where given: `Matrix("风险矩阵", "likelihood", "severity")`.

    `down`, `across`: choices (or small whole numbers). `tone`: a field or column whose word colours a cell.
    """

    down: str = ""
    across: str = ""
    tone: str = ""

    def fields(self) -> list[str]:
        return [name for name in (self.down, self.across, self.tone) if name]


@dataclass(frozen=True)
class Tree(Picture):
    """Records below one another by a link of the ledger to itself: `Tree("责任书", parent="above", note="day")`."""

    parent: str = "parent"
    note: str = ""

    def fields(self) -> list[str]:
        return [self.parent, *self.note.split()]


@dataclass(frozen=True)
class Calendar(Picture):
    """A month of days: `Calendar("值班表", on="day", text="leader staff")`; `until` for what lasts several days."""

    on: str = ""
    text: str = ""
    until: str = ""

    def fields(self) -> list[str]:
        return [name for name in (self.on, self.until, *self.text.split()) if name]


@dataclass(frozen=True)
class Bars(Picture):
    """Counts, or sums of `of`, by a choice, a link or the month of a day: `Bars("乡镇里程", by="town", of="km")`.

    `stack`: a choice that divides each bar.
    """

    by: str = ""
    of: str = ""
    stack: str = ""

    def fields(self) -> list[str]:
        return [name for name in (self.by, self.of, self.stack) if name]
