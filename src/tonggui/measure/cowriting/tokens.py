"""Two writers in one paragraph: a three-way merge on tokens, in which a mark is never taken apart.

After diff3 (Khanna, Kunal and Pierce, A Formal Investigation of Diff3, 2007): what differs from the common ancestor on
one side is taken, what both changed alike is taken once, and what both changed differently is a conflict. Chinese has
no blanks, so a token is one character; a figure's mark and a run of digits or Latin letters are one token each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\[\[[^\[\]]+\]\]|[0-9A-Za-z.%]+|\n|.", re.DOTALL)
# Two changes with fewer unchanged tokens between them are one: scattered characters of two rewritten sentences that
# happen to agree must not be woven into each other.
_TOGETHER = 4
_SENTENCE_END = tuple("。；！？\n")


@dataclass(frozen=True, slots=True)
class Woven:
    """The merged paragraph. Where both changed the same words, `theirs` stands in `text` and mine in `other`."""

    text: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens `start` to `end` of the ancestor became `new`."""

    start: int
    end: int
    new: tuple[str, ...]


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def weave(base: str, theirs: str, mine: str) -> Woven:
    """What two people made of one paragraph, as one."""
    if theirs == mine or mine == base:
        return Woven(theirs)
    if theirs == base:
        return Woven(mine)
    old = tokens(base)
    text: list[str] = []
    other: list[str] = []
    clash = False
    place = 0
    for start, end, left, right in _regions(hunks(old, tokens(theirs)), hunks(old, tokens(mine))):
        same = old[place:start]
        first, second = _changed(old, start, end, left), _changed(old, start, end, right)
        if not right or first == second:
            kept = put_aside = first
        elif not left:
            kept = put_aside = second
        elif start == end and _is_sentence(first) and _is_sentence(second):
            kept = put_aside = first + second
        else:
            kept, put_aside, clash = first, second, True
        text += same + kept
        other += same + put_aside
        place = end
    rest = old[place:]
    return Woven("".join(text + rest), "".join(other + rest) if clash else "")


def hunks(old: list[str], new: list[str]) -> list[Hunk]:
    """The changes from one list of tokens to another; neighbours that lie close together are one."""
    found: list[Hunk] = []
    taken = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and i1 - found[-1].end < _TOGETHER:
            last = found.pop()
            found.append(Hunk(last.start, i2, (*last.new, *new[taken:j2])))
        else:
            found.append(Hunk(i1, i2, tuple(new[j1:j2])))
        taken = j2
    return found


def _regions(left: list[Hunk], right: list[Hunk]) -> Iterator[tuple[int, int, list[Hunk], list[Hunk]]]:
    """Stretches of the ancestor that one side or both changed, with the changes that lie in each."""
    waiting = sorted([*((each, 0) for each in left), *((each, 1) for each in right)], key=lambda pair: pair[0].start)
    while waiting:
        first, side = waiting.pop(0)
        start, end = first.start, first.end
        sides: tuple[list[Hunk], list[Hunk]] = ([], [])
        sides[side].append(first)
        while waiting and waiting[0][0].start <= end:
            following, side = waiting.pop(0)
            end = max(end, following.end)
            sides[side].append(following)
        yield start, end, *sides


def _changed(old: list[str], start: int, end: int, changes: list[Hunk]) -> list[str]:
    """The ancestor's tokens from `start` to `end` as one side has them."""
    found: list[str] = []
    for change in changes:
        found += old[start : change.start] + list(change.new)
        start = change.end
    return found + old[start:end]


def _is_sentence(new: list[str]) -> bool:
    return bool(new) and new[-1].endswith(_SENTENCE_END)
