"""A ledger on the phone, as it is declared: a short form for one thumb that also works without signal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tonggui.register.kinds import Files, Link


@dataclass(frozen=True)
class Handheld:
    """The phone form of a ledger: `Handheld("巡查", "section walked_on findings photos place", then="submit")`.

    `fields`: what is asked, in order, a subset of the form; what the ledger derives or numbers itself is left out.
    `moves`: moves offered on a record's phone page, separated by spaces; such records are kept on the phone, so that
    they can be taken without signal. `big`: one move or "new" that gets the one big button (航次签单). `nearest`: a
    link whose options are shown nearest first, by their Place. `signs`: fields of files that are filled by drawing a
    signature with the finger, one for each party. `then`: a move taken at once on a new record, where its writer may
    take it (提交审核).
    """

    title: str
    fields: str
    moves: str = ""
    big: str = "new"
    nearest: str = ""
    signs: str = ""
    then: str = ""

    @property
    def names(self) -> list[str]:
        return self.fields.split()

    @property
    def move_names(self) -> list[str]:
        return self.moves.split()

    @property
    def sign_names(self) -> list[str]:
        return self.signs.split()


def faults(where: str, handheld: Handheld, bound: Any) -> Iterator[str]:
    """Names that stand for nothing, and things asked of fields and moves that they are not."""
    from tonggui.register.checks import unknown

    moves = [move.name for move in bound.flow.moves]
    asked = [handheld.nearest] if handheld.nearest else []
    yield from unknown(f"{where}: fields", handheld.names, bound.form_names)
    yield from unknown(f"{where}: moves", handheld.move_names, moves)
    yield from unknown(f"{where}: big", [handheld.big], ["new", *handheld.move_names])
    yield from unknown(f"{where}: then", [handheld.then] if handheld.then else [], moves)
    yield from unknown(f"{where}: nearest", asked, [n for n, kind in bound.kinds.items() if isinstance(kind, Link)])
    yield from unknown(
        f"{where}: signs", handheld.sign_names, [n for n, kind in bound.kinds.items() if isinstance(kind, Files)]
    )
