"""风险矩阵: counts where two fields cross, each cell in the colour of its word, also where no row stands."""

from collections import Counter
from typing import Any

from django.db.models import Count

from tonggui.register.kinds import Kind
from tonggui.register.pictures import Matrix
from tonggui.register.query import ListQuery
from tonggui.register.views.address import Address
from tonggui.register.views.picturing.common import tone_of, words

#: Whole numbers without options stand on an axis one by one up to so many.
STEPS = 6


def draw_matrix(picture: Matrix, asked: ListQuery, address: Address) -> dict[str, Any]:
    down, across = (asked.ledger.kinds[name] for name in (picture.down, picture.across))
    counted = asked.narrowed.values_list(down.name, across.name).annotate(n=Count("pk")).order_by()
    counts = {(low, high): n for low, high, n in counted if not (down.is_empty(low) or across.is_empty(high))}
    tones = _stored_tones(picture, asked)
    columns, lines = words(across, _axis(across, counts, 1)), []
    rows = words(down, _axis(down, counts, 0))
    # Numbers rise from the bottom, as on the sheet of risks; steps and kinds are read downwards.
    for row in reversed(rows) if down.numeric else rows:
        cells = []
        for column in columns:
            place = (row.value, column.value)
            said = tones.get(place) or _computed_tone(picture, asked, *place)
            url = address.to(view=None, **{down.name: row.entry, across.name: column.entry})
            cells.append({"count": counts.get(place, 0), "word": said, "tone": tone_of(said), "url": url})
        lines.append({"word": row.word, "cells": cells})
    return {
        "down": down.label,
        "across": across.label,
        "columns": [column.word for column in columns],
        "lines": lines,
        "left_out": asked.count - sum(counts.values()),
    }


def _axis(kind: Kind, counts: dict[tuple, int], place: int) -> Counter:
    """How many rows stand at each value of one side; small whole numbers run from their least to their most."""
    found: Counter = Counter()
    for pair, count in counts.items():
        found[pair[place]] += count
    least, most = getattr(kind, "least", None), getattr(kind, "most", None)
    if kind.numeric and least is not None and most is not None and most - least < STEPS:
        found.update(dict.fromkeys(range(int(least), int(most) + 1), 0))
    return found


def _stored_tones(picture: Matrix, asked: ListQuery) -> dict[tuple, str]:
    """The word that most rows of a cell hold, where the colour is a stored field."""
    kind = asked.ledger.kinds.get(picture.tone)
    if kind is None:
        return {}
    held = asked.narrowed.values_list(picture.down, picture.across, picture.tone).annotate(n=Count("pk"))
    return {(down, across): kind.show(value) for down, across, value, _ in held.order_by("n")}


def _computed_tone(picture: Matrix, asked: ListQuery, down: Any, across: Any) -> str:
    """The word of a cell where it follows from the two values alone, as the grade of a risk does; else ""."""
    ledger = asked.ledger
    if not picture.tone:
        return ""
    blank = ledger.model(**{picture.down: down, picture.across: across})
    derived = next((one for one in ledger.derivations if one.target == picture.tone), None)
    try:
        value = derived.function(blank) if derived else ledger.computed[picture.tone].value_of(blank)
        return ledger.column(picture.tone).show(value)
    except (AttributeError, KeyError, TypeError, ValueError):
        # It asks for more than the two values, or is entered by hand: only rows can tell.
        return ""
