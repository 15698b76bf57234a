"""A line in streams: what stands outside brackets, and what stands in each bracket with the quantity it belongs to.

"发现隐患12处（水路3处、道路9处），整改11处" is one sentence about 12 and 11, and inside it a list of parts of 12. Every
stream keeps the places of the line: what belongs to another stream is blanked out.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from tonggui.texts.summary.quantities import Quantity

BLANK = "\0"
_SENTENCE = re.compile("[。；！？!?\t]|(?<=[\u4e00-\u9fff%a-zA-Z])\\.(?=\\d{1,2}[、.]|\\D|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a stream: its text (other streams blanked out) between two places, its quantities, and the quantity
    before the bracket it stands in."""

    text: str
    start: int
    end: int
    quantities: tuple[Quantity, ...]
    whole: Quantity | None = None

    def between(self, start: int, end: int) -> str:
        return self.text[start:end].replace(BLANK, "")


def sentences(text: str, found: list[Quantity]) -> list[Sentence]:
    """Every sentence that holds a quantity; those of the line itself first, then those in brackets."""
    made = []
    for mask, opening in _streams(text, found):
        held = [one for one in found if mask[one.number_at] != BLANK]
        whole = (
            next((one for one in reversed(found) if one.end <= opening and one not in held), None) if opening else None
        )
        if whole and _SENTENCE.search(text, whole.end, opening):
            whole = None
        for start, end in _parts(mask):
            inside = tuple(one for one in held if start <= one.number_at < end)
            if inside:
                made.append(Sentence(mask, start, end, inside, whole))
    return made


def _parts(mask: str) -> list[tuple[int, int]]:
    cuts = [0, *(found.end() for found in _SENTENCE.finditer(mask)), len(mask)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def _streams(text: str, found: list[Quantity]) -> list[tuple[str, int]]:
    """The masked texts with the place where their bracket opens, 0 for the line outside brackets."""
    inside_quantity = {place for one in found for place in range(one.number_at, one.end)}
    depth = [0] * len(text)
    open_at: list[int] = []
    groups: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if place in inside_quantity:
            continue
        if sign == "（":
            open_at.append(place)
        elif sign == "）" and open_at:
            groups.append((open_at.pop(), place))
    for start, end in groups:
        for place in range(start, end + 1):
            depth[place] += 1
    outer = "".join(sign if not level else BLANK for sign, level in zip(text, depth, strict=True))
    masks = [(outer, 0)]
    for start, end in sorted(groups):
        level = depth[start]
        inner = "".join(
            sign if start < place < end and depth[place] == level else BLANK for place, sign in enumerate(text)
        )
        masks.append((inner, start))
    return masks
