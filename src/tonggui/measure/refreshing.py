"""A draft written anew when its figures have changed, without touching what a person wrote.

Three texts: what the wording wrote last (`drafted`), what stands by now, what the wording writes of the new figures. A
paragraph that no hand has touched is taken from the new one; one that was changed or deleted stays so, and is told
where the wording has another sentence for it by now (模板句已变).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from tonggui.measure.cowriting.merge import Side, paired, seen_from

RULE = "模板句已变"
_HEADING = "#"


@dataclass(frozen=True, slots=True)
class Kept:
    """A paragraph that a person wrote, and what the wording would write in its place now; either may be empty."""

    kept: str
    now: str


@dataclass
class Refreshed:
    """The paragraphs of the refreshed text; how many were written anew; which were kept against another sentence."""

    blocks: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


def refreshed(drafted: Sequence[str], standing: Sequence[str], anew: Sequence[str]) -> Refreshed:
    """`standing` with every paragraph that is as `drafted` replaced by what is written `anew`."""
    return _Refresh(drafted, standing, anew).done()


class _Refresh:
    def __init__(self, drafted: Sequence[str], standing: Sequence[str], anew: Sequence[str]) -> None:
        self.drafted = drafted
        self.hand = replaced(seen_from(drafted, standing), drafted)
        self.wording = became(drafted, anew)
        self.found = Refreshed()

    def done(self) -> Refreshed:
        for n in range(len(self.drafted) + 1):
            self.found.blocks += [each for each in self.wording.new[n] if isinstance(each, str)]
            for each in self.hand.new[n]:
                if isinstance(each, int):
                    self._put(each)
                elif each not in self.wording.new[n]:
                    self.found.blocks.append(each)
            if n < len(self.drafted) and n not in self.hand.moved:
                self._put(n)
        return self.found

    def _put(self, n: int) -> None:
        """The paragraph of a number: as the wording has it now where no hand was, else as it stands."""
        old, mine, now = self.drafted[n], self.hand.of[n], self.wording.of[n]
        if mine == old:
            if now is not None:
                self.found.blocks.append(now)
            elif old.startswith(_HEADING) and self._written_under(n):
                self.found.blocks.append(old)
            return
        if mine is not None:
            self.found.blocks.append(mine)
        if now not in (old, mine):
            self.found.kept.append(Kept(mine or "", now or ""))

    def _written_under(self, n: int) -> bool:
        """Whether something written by hand stands under a heading that the wording has dropped."""
        for k in range(n + 1, len(self.drafted) + 1):
            if any(isinstance(each, str) for each in self.hand.new[k]):
                return True
            if k == len(self.drafted) or self.drafted[k].startswith(_HEADING):
                return False
            if self.hand.of[k] not in (None, self.drafted[k]):
                return True
        return False


def replaced(side: Side, old: Sequence[str]) -> Side:
    """The same, with a paragraph that was written where another was deleted taken for its changed form."""
    for n, written in enumerate(side.new):
        gone = n
        for each in [each for each in written if isinstance(each, str)]:
            if gone == len(old) or side.of[gone] is not None:
                break
            if old[gone].startswith(_HEADING) == each.startswith(_HEADING):
                side.of[gone] = each
                written.remove(each)
                gone += 1
    return side


def became(old: Sequence[str], new: Sequence[str]) -> Side:
    """What the wording made of each paragraph: like ones are the same; in a stretch where all is changed, the n-th is
    the n-th's other branch, heading for heading and body for body."""
    side = Side([None] * len(old), set(), [[] for _ in range(len(old) + 1)])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            side.of[i1:i2] = new[j1:j2]
            continue
        pairs = _all_paired(old[i1:i2], new[j1:j2])
        slot = i1
        for j in range(j1, j2):
            at = pairs.get(j - j1)
            if at is None:
                side.new[slot].append(new[j])
            else:
                side.of[i1 + at] = new[j]
                slot = i1 + at + 1
    return side


def _all_paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Number in `new` → number in `old`: the alike by likeness, the others between them in order."""
    found = paired(old, new)
    bounds = [(-1, -1), *sorted(found.items()), (len(new), len(old))]
    for (j1, i1), (j2, i2) in pairwise(bounds):
        rest = list(range(i1 + 1, i2))
        for j in range(j1 + 1, j2):
            same = [i for i in rest if old[i].startswith(_HEADING) == new[j].startswith(_HEADING)]
            if same:
                found[j] = same[0]
                rest = [i for i in rest if i > same[0]]
    return found
