"""Two wordings section by section: what was added, left out, switched off, moved or written otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tonggui.measure.wording.sections import SectionText


@dataclass(frozen=True, slots=True)
class Difference:
    """One section that differs: how, and its lines as (sign, line), the sign "-", "+" or "" for both."""

    heading: str
    how: str
    lines: list[tuple[str, str]]


def differences(before: Sequence[SectionText], after: Sequence[SectionText]) -> list[Difference]:
    """The sections that are not the same in both, in the order of the later."""
    known = _by_name(before)
    found = []
    for name, section in _by_name(after).items():
        old = known.get(name)
        if old is None:
            found.append(Difference(_title(section), "新增", [("+", line) for line in section.text.splitlines()]))
            continue
        hows = [
            word
            for word, differs in (
                ("改为停用" if old.on else "改为启用", old.on != section.on),
                ("改了级次", old.level != section.level),
                ("改了句子", old.text != section.text),
            )
            if differs
        ]
        if hows:
            found.append(Difference(_title(section), "，".join(hows), _lines(old.text, section.text)))
    names = set(_by_name(after))
    for name, section in known.items():
        if name not in names:
            found.append(Difference(_title(section), "删去", [("-", line) for line in section.text.splitlines()]))
    kept = [name for name in known if name in names]
    if kept != [name for name in _by_name(after) if name in known]:
        found.append(Difference("小节的顺序", "有变动", []))
    return found


def _by_name(sections: Sequence[SectionText]) -> dict[tuple[str, int], SectionText]:
    """Sections by heading; of those with the same heading the first, the second …"""
    found: dict[tuple[str, int], SectionText] = {}
    for section in sections:
        n = sum(1 for heading, _ in found if heading == section.heading)
        found[section.heading, n] = section
    return found


def _title(section: SectionText) -> str:
    return section.heading or "开头"


def _lines(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.splitlines(), after.splitlines()
    found: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [("", line) for line in old[i1:i2]]
            continue
        found += [("-", line) for line in old[i1:i2]]
        found += [("+", line) for line in new[j1:j2]]
    return [(sign, line) for sign, line in found if line or sign]
