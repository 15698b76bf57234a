"""A ledger on the phone, as it is declared: a short form for one thumb that also works without signal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Handheld:
    """The phone form of a ledger: `Handheld("巡查", "section walked_on findings photos place")`.

    `fields`: what is asked, in order, a subset of the form. `moves`: moves offered on a record's phone page, separated
    by spaces. `big`: one move or "new" that gets the one big button (航次签单). `nearest`: a link whose options are
    shown nearest first, by their Place.
    """

    title: str
    fields: str
    moves: str = ""
    big: str = "new"
    nearest: str = ""

    @property
    def names(self) -> list[str]:
        return self.fields.split()
