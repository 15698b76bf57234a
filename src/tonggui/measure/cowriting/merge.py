"""Two texts written from one ancestor become one, paragraph by paragraph, without losing a word of either.

A paragraph of the ancestor is looked for in both texts: unchanged, changed in place, moved, or gone. One that only one
side touched is taken from there; one that both touched is woven (`tokens`). One that one side changed and the other
deleted stays, changed. What each side wrote anew stands where it was written, theirs first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tonggui.measure.cowriting.tokens import weave

# From this likeness on, a paragraph is the other's changed form and no new one.
_LIKE = 0.5


@dataclass(frozen=True, slots=True)
class Clash:
    """A paragraph of which two forms exist: `kept` stands in the text, `other` was put aside."""

    kept: str
    other: str


@dataclass
class Merged:
    """The paragraphs of the merged text, and what could not be merged."""

    blocks: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


@dataclass
class Side:
    """One text seen from the ancestor: what became of each of its paragraphs, and what is new.

    `of` holds the paragraph's form (None: gone), `moved` those that stand elsewhere now, `new` what was written before
    the paragraph of a number; a moved paragraph is there as its number.
    """

    of: list[str | None]
    moved: set[int]
    new: list[list[str | int]]


def merge(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Merged:
    """The text of both: `theirs` is what stands by now, `mine` what comes in; both were written from `base`."""
    if list(theirs) == list(base) or list(theirs) == list(mine):
        return Merged(list(mine))
    first, second = seen_from(base, theirs), seen_from(base, mine)
    merged = Merged()
    placed: set[int] = set()

    def put(n: int) -> None:
        """The paragraph of the ancestor, as both have it."""
        if n in placed:
            return
        placed.add(n)
        left, right, old = first.of[n], second.of[n], base[n]
        if left is None or right is None:
            stays = right if left is None else left
            if stays is not None and stays != old:
                merged.blocks.append(stays)
            return
        woven = weave(old, left, right)
        merged.blocks.append(woven.text)
        if woven.other:
            merged.clashes.append(Clash(woven.text, woven.other))

    for n in range(len(base) + 1):
        written = [*first.new[n], *(each for each in second.new[n] if each not in first.new[n])]
        for each in written:
            if isinstance(each, int):
                put(each)
            else:
                merged.blocks.append(each)
        if n < len(base) and n not in first.moved and n not in second.moved:
            put(n)
    return merged


def seen_from(base: Sequence[str], text: Sequence[str]) -> Side:
    """What became of each paragraph of the ancestor in a text."""
    side = Side([None] * len(base), set(), [[] for _ in range(len(base) + 1)])
    written: list[tuple[int, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, base, text, autojunk=False).get_opcodes():
        if tag == "equal":
            side.of[i1:i2] = text[j1:j2]
            continue
        pairs = paired(base[i1:i2], text[j1:j2])
        slot = i1
        for j in range(j1, j2):
            at = pairs.get(j - j1)
            if at is None:
                written.append((slot, text[j]))
            else:
                side.of[i1 + at] = text[j]
                slot = i1 + at + 1
    gone = {base[n]: n for n in range(len(base)) if side.of[n] is None}
    for slot, block in written:
        n = gone.pop(block, None)
        if n is None:
            side.new[slot].append(block)
        else:
            side.of[n] = block
            side.moved.add(n)
            side.new[slot].append(n)
    return side


def paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which changed paragraph is which, in order: number in `new` → number in `old`, so that they are most alike."""
    like = [[likeness(before, after) for after in new] for before in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + like[i][j])
    found: dict[int, int] = {}
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i][j] and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            found[j] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def likeness(before: str, after: str) -> float:
    """How alike two paragraphs are, 0 where they are two different ones."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.real_quick_ratio() < _LIKE or matcher.quick_ratio() < _LIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _LIKE else 0.0
