"""Cues: which words with which unit say which indicator. The cues themselves are content (`indicators/heard`).

A cue fires where its unit fits and its words stand in the item and, where it asks so, in the sentence or the headings
above. The cue with most evidence wins; where two codes have as much, none is given: a wrong code is worse than none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tonggui.texts.summary.reader import Entry
from tonggui.texts.summary.units import base_of


@dataclass(frozen=True)
class Cue:
    """`code` where the item matches `words` in a unit of `units` and not `no`; `under` must match the headings above or
    the sentence around, `weight` lifts it over cues that are true as well but say less."""

    code: str
    units: str
    words: str
    no: str = ""
    under: str = ""
    weight: int = 0

    def hears(self, entry: Entry, unit: str, around: str) -> int:
        """How much speaks for it, 0 where something speaks against it."""
        if unit not in self.units.split():
            return 0
        match = re.search(self.words, entry.item)
        if match is None or (self.no and re.search(self.no, entry.item)):
            return 0
        if self.under and not re.search(self.under, around):
            return 0
        return len(match[0]) + 3 * bool(self.under) + self.weight


def code_by(cues: Iterable[Cue], entry: Entry) -> str | None:
    """The code most cues speak for; None where none does or two do equally."""
    unit = base_of(entry.unit)
    around = f"{entry.heading}；{entry.sentence}"
    scores: dict[str, int] = {}
    for cue in cues:
        if score := cue.hears(entry, unit, around):
            scores[cue.code] = max(score, scores.get(cue.code, 0))
    if not scores:
        return None
    best = max(scores.values())
    codes = [code for code, score in scores.items() if score == best]
    return codes[0] if len(codes) == 1 else None
