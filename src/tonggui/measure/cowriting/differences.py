"""Two texts side by side: paragraphs that are the same, changed, moved, new or gone, and the words that changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from tonggui.measure.cowriting.blocks import paragraphs
from tonggui.measure.cowriting.merge import seen_from
from tonggui.measure.cowriting.tokens import hunks, tokens

SAME, CHANGED, MOVED, NEW, GONE = "same", "changed", "moved", "new", "gone"

Span = tuple[str, bool]
"""A stretch of a paragraph, and whether the other text has it otherwise."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph in both texts; empty on the side that does not have it."""

    kind: str
    old: tuple[Span, ...] = ()
    new: tuple[Span, ...] = ()


def side_by_side(before: str, after: str) -> list[Pair]:
    """The paragraphs of both texts in the order of the newer one; what is gone stands where it was."""
    base = paragraphs(before)
    side = seen_from(base, paragraphs(after))
    found: list[Pair] = []
    for n in range(len(base) + 1):
        for each in side.new[n]:
            if isinstance(each, int):
                found.append(_pair(MOVED, base[each], side.of[each] or ""))
            else:
                found.append(Pair(NEW, new=((each, True),)))
        if n == len(base) or n in side.moved:
            continue
        now = side.of[n]
        if now is None:
            found.append(Pair(GONE, old=((base[n], True),)))
        else:
            found.append(_pair(SAME if now == base[n] else CHANGED, base[n], now))
    return found


def _pair(kind: str, old: str, new: str) -> Pair:
    before, after = tokens(old), tokens(new)
    changes = hunks(before, after)
    left, right = [], []
    shift = 0
    for change in changes:
        right.append((change.start + shift, change.start + shift + len(change.new)))
        left.append((change.start, change.end))
        shift += len(change.new) - (change.end - change.start)
    return Pair(kind, tuple(_spans(before, left)), tuple(_spans(after, right)))


def _spans(words: list[str], marked: list[tuple[int, int]]) -> Iterator[Span]:
    """The words in stretches, those between the marked ones unmarked."""
    place = 0
    for start, end in marked:
        if start > place:
            yield "".join(words[place:start]), False
        if end > start:
            yield "".join(words[start:end]), True
        place = end
    if place < len(words):
        yield "".join(words[place:]), False
