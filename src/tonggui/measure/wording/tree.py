"""The parts of a wording: sections with paragraphs of lines, and within a line text, marks and braces."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tonggui.measure.wording.conditions import Condition, Test

PERIOD = "period"


@dataclass(frozen=True, slots=True)
class WordingFault:
    """What is wrong with a wording: the line, its words that are at fault, and what to do."""

    line: int
    words: str
    what: str

    def __str__(self) -> str:
        return f"第{self.line}行“{self.words}”：{self.what}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A mark as a wording writes it; `of_row` says that it is the row's (`[[.PRJ-07]]`)."""

    code: str
    aspect: str = "value"
    of_row: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it prints something that may be unknown: neither the period nor the name of a row."""
        return self.code != PERIOD and self.aspect not in ("name", "code")


@dataclass(frozen=True, slots=True)
class Braces:
    """`{…}`: printed when its condition holds, or without one when every figure directly in it is more than none."""

    parts: "tuple[Part, ...]"
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """`{各 rows、：…}`: the rows of a list one after another with a sign between them."""

    rows: str
    sign: str
    parts: "tuple[Part, ...]"
    condition: Condition | None = None


Part = str | Printed | Braces | Joined


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, or one row of a table."""

    number: int
    words: str
    parts: tuple[Part, ...]
    condition: Condition | None = None

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.parts) and isinstance(self.parts[0], str) and self.parts[0].startswith("|")


@dataclass(frozen=True, slots=True)
class ForEach:
    """`<每 rows>`: its line, and the lines below that speak of the row, once for each row of a list."""

    rows: str
    lines: tuple[Line, ...]
    condition: Condition


Paragraph = tuple[Line | ForEach, ...]


@dataclass(slots=True)
class Section:
    """A heading with what stands under it; the whole wording is a section of level 0 without a heading."""

    level: int
    heading: Line | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    sections: "list[Section]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that was read: its text, its tree, and what is wrong with it."""

    text: str
    whole: Section
    faults: tuple[WordingFault, ...] = ()

    def lines(self) -> Iterator[tuple[Line, str]]:
        """Every line in order with the list whose row it speaks of, "" where it speaks of none."""
        yield from _lines(self.whole, "")

    def marks(self) -> Iterator[tuple[Line, str, Printed]]:
        """Every mark with its line and the list whose row it may speak of."""
        for line, rows in self.lines():
            for inner, part in parts_of(line.parts, rows):
                if isinstance(part, Printed):
                    yield line, inner, part

    def tests(self) -> Iterator[tuple[Line, str, Test]]:
        """Every test of a condition with its line and the list whose row it may speak of."""
        for line, rows in self.lines():
            for test in line.condition.tests if line.condition else ():
                yield line, rows, test
            for inner, part in parts_of(line.parts, rows):
                if isinstance(part, Braces | Joined) and part.condition:
                    for test in part.condition.tests:
                        yield line, part.rows if isinstance(part, Joined) else inner, test

    def lists(self) -> Iterator[tuple[Line, str]]:
        """Every list that the wording goes through, with the line that does."""
        for line, rows in self.lines():
            if line.condition and line.condition.rows:
                yield line, line.condition.rows
            for _, part in parts_of(line.parts, rows):
                if isinstance(part, Joined):
                    yield line, part.rows

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the figures named for the whole, each once, in order."""
        marks = [mark.code for _, _, mark in self.marks() if not mark.of_row and mark.code != PERIOD]
        tests = [test.name for _, _, test in self.tests() if not test.of_row and not test.is_list]
        return tuple(dict.fromkeys([*marks, *tests]))

    @property
    def looked_back(self) -> frozenset[str]:
        """Codes of the figures that it holds against the period before: with 环比, or with 首次."""
        steps = (mark.code for _, _, mark in self.marks() if mark.aspect == "step")
        return frozenset([*steps, *(test.name for _, _, test in self.tests() if test.word == "首次")])

    @property
    def row_codes(self) -> dict[str, tuple[str, ...]]:
        """Codes of the figures named for the rows of each list."""
        found: dict[str, dict[str, None]] = {}
        for _, rows, mark in self.marks():
            if mark.of_row:
                found.setdefault(rows, {})[mark.code] = None
        for _, rows, test in self.tests():
            if test.of_row:
                found.setdefault(rows, {})[test.name] = None
        return {rows: tuple(codes) for rows, codes in found.items()}


def _lines(section: Section, rows: str) -> Iterator[tuple[Line, str]]:
    if section.heading:
        rows = section.heading.condition.rows if section.heading.condition and section.heading.condition.rows else rows
        yield section.heading, rows
    for paragraph in section.paragraphs:
        for item in paragraph:
            if isinstance(item, ForEach):
                yield from ((line, item.rows) for line in item.lines)
            else:
                yield item, rows
    for inner in section.sections:
        yield from _lines(inner, rows)


def parts_of(parts: tuple[Part, ...], rows: str = "") -> Iterator[tuple[str, Part]]:
    """Every part, those in braces too, each with the list whose row it may speak of."""
    for part in parts:
        yield rows, part
        if isinstance(part, Braces):
            yield from parts_of(part.parts, rows)
        elif isinstance(part, Joined):
            yield from parts_of(part.parts, part.rows)
