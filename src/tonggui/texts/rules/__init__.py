"""The rules of the linter, by what they look at. Importing this package declares all of them."""

from tonggui.texts.rules import (
    dates,
    days,
    figures,
    leftovers,
    numbering,
    pairs,
    punctuation,
    relations,
    repeated,
    series,
    slips,
    stale,
    sums,
    tables,
    words,
)

__all__ = [
    "dates",
    "days",
    "figures",
    "leftovers",
    "numbering",
    "pairs",
    "punctuation",
    "relations",
    "repeated",
    "series",
    "slips",
    "stale",
    "sums",
    "tables",
    "words",
]
