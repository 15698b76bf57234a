"""A wording as its sections, one after another: what a clerk puts in order, switches off and writes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tonggui.measure.wording.tree import WordingFault

_HEADING = re.compile(r"\s*(<[^<>]*>)?\s*(#{1,4}) +(\S.*)")
_CONDITION = re.compile(r"\s*(<[^<>]*>)?\s*(.*)")


@dataclass(frozen=True, slots=True)
class SectionText:
    """One section: level of its heading (0: before the first heading), the heading, its sentences, whether it is on.

    A heading may begin with a condition. What is off takes its sub-sections with it.
    """

    level: int
    heading: str
    text: str
    on: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "SectionText":
        return cls(int(kept["level"]), kept["heading"], kept["text"], bool(kept["on"]))

    @property
    def lines(self) -> list[str]:
        """The section as lines of a wording."""
        condition, title = _CONDITION.match(self.heading).groups()  # type: ignore[union-attr]
        heading = [f"{condition or ''}{'#' * self.level} {title}", ""] if self.level else []
        return [*heading, *self.text.strip("\n").splitlines(), ""]


def sections_of(text: str) -> list[SectionText]:
    """The sections of a wording, those under a section following it."""
    found: list[tuple[int, str, list[str]]] = [(0, "", [])]
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line)
        if heading:
            found.append((len(heading[2]), f"{heading[1] or ''}{heading[3].strip()}", []))
        else:
            found[-1][2].append(line)
    sections = [SectionText(level, heading, "\n".join(lines).strip("\n")) for level, heading, lines in found]
    return sections if sections[0].text else sections[1:]


def standing(sections: Iterable[SectionText]) -> list[tuple[int, SectionText]]:
    """The sections that are on and under none that is off, each with its place in the list."""
    found, off = [], 0
    for n, section in enumerate(sections):
        if off and section.level > off:
            continue
        off = 0 if section.on else section.level or 5
        if section.on:
            found.append((n, section))
    return found


def text_of(sections: Sequence[SectionText]) -> str:
    """The wording of the sections that stand."""
    return "\n".join(line for _, section in standing(sections) for line in section.lines).strip("\n") + "\n"


@dataclass(frozen=True, slots=True)
class PlacedFault:
    """A fault where a clerk looks for it: the place of the section, the line of its sentences (0: its heading)."""

    section: int
    line: int
    fault: WordingFault

    def told(self, sections: Sequence[SectionText]) -> str:
        named = sections[self.section].heading or "开头"
        place = f"“{named}”第{self.line}行" if self.line else f"“{named}”的标题"
        return f"{place}“{self.fault.words}”：{self.fault.what}。"


def placed(faults: Iterable[WordingFault], sections: Sequence[SectionText]) -> list[PlacedFault]:
    """Faults of the text of sections, each with its section and line."""
    where: list[tuple[int, int]] = []
    for n, section in standing(sections):
        before = 2 if section.level else 0
        where += [(n, max(0, line - before + 1)) for line in range(len(section.lines))]
    return [PlacedFault(*where[min(fault.line, len(where)) - 1], fault) for fault in faults]
