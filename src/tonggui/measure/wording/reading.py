"""Reads the text of a wording into its tree; every fault is kept with its line, and reading goes on."""

import re
from functools import lru_cache

from tonggui.measure.text import Block, typed_digits
from tonggui.measure.wording.conditions import Condition, ConditionError, read_condition
from tonggui.measure.wording.inline import InlineReader
from tonggui.measure.wording.tree import (
    ForEach,
    Line,
    Paragraph,
    Part,
    Printed,
    Section,
    Wording,
    WordingFault,
    parts_of,
)

_WIDE = str.maketrans("＜＞｛｝［］｜＃", "<>{}[]|#")
_HEADING = re.compile(r"(#{1,4}) +(?=\S)")
_CONDITION = re.compile(r"<([^<>]*)>\s*")


@lru_cache(maxsize=64)
def read(text: str) -> Wording:
    """The wording of a text. Full-width brackets are read as half-width ones: keyboards write either."""
    return _Reader(text).wording()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[WordingFault] = []
        self.open = [Section(0)]
        self.paragraph: list[Line | ForEach] = []

    def wording(self) -> Wording:
        for number, written in enumerate(self.text.splitlines(), 1):
            words = written.translate(_WIDE).strip()
            if words:
                self._line(number, words)
            else:
                self._close_paragraph()
        self._close_paragraph()
        whole = self.open[0]
        found = Wording(self.text, whole)
        for line, _ in found.lines():
            self._check_line(line)
        return Wording(self.text, whole, tuple(sorted(self.faults, key=lambda fault: fault.line)))

    def _fault(self, line: int, words: str, what: str) -> None:
        self.faults.append(WordingFault(line, words, what))

    def _line(self, number: int, words: str) -> None:
        condition, rest = self._condition(number, words)
        heading = _HEADING.match(rest)
        if heading:
            self._heading(number, words, condition, len(heading[1]), rest[heading.end() :])
            return
        if rest.startswith("#"):
            self._fault(number, words, "标题写成一至四个“#”、一个空格和标题文字")
        line = Line(number, words, self._parts(number, rest), condition)
        if condition and condition.rows:
            if self._row_of_section():
                self._fault(number, words, "“每”里面不能再用“每”")
            self.paragraph.append(ForEach(condition.rows, (line,), condition))
        elif self._belongs_to_row(line):
            above = self.paragraph[-1]
            assert isinstance(above, ForEach)
            self.paragraph[-1] = ForEach(above.rows, (*above.lines, line), above.condition)
        else:
            if condition and condition.otherwise and not self._has_before():
                self._fault(number, words, "“否则”前面没有带条件的句子")
            self.paragraph.append(line)

    def _condition(self, number: int, words: str) -> tuple[Condition | None, str]:
        if not words.startswith("<"):
            return None, words
        found = _CONDITION.match(words)
        if not found:
            self._fault(number, words, "条件没有写完，缺“>”")
            return None, words[1:]
        try:
            return read_condition(found[1]), words[found.end() :]
        except ConditionError as fault:
            self._fault(number, found[0].strip(), str(fault))
            return None, words[found.end() :]

    def _parts(self, number: int, rest: str) -> tuple[Part, ...]:
        reader = InlineReader(rest)
        parts = reader.read()
        for words, what in reader.faults:
            self._fault(number, words, what)
        return parts

    def _heading(self, number: int, words: str, condition: Condition | None, level: int, rest: str) -> None:
        self._close_paragraph()
        while self.open[-1].level >= level:
            self.open.pop()
        if condition and condition.otherwise:
            self._fault(number, words, "标题的条件不能用“否则”，请写出条件")
        if condition and condition.rows and self._row_of_section():
            self._fault(number, words, "“每”里面不能再用“每”")
        section = Section(level, Line(number, words, self._parts(number, rest), condition))
        self.open[-1].sections.append(section)
        self.open.append(section)

    def _close_paragraph(self) -> None:
        if self.paragraph:
            found: Paragraph = tuple(self.paragraph)
            self.open[-1].paragraphs.append(found)
            self.paragraph = []

    def _row_of_section(self) -> bool:
        return any(each.heading and each.heading.condition and each.heading.condition.rows for each in self.open)

    def _belongs_to_row(self, line: Line) -> bool:
        """Whether a line below 每 is a further sentence of the row: it speaks of it, or answers one that does."""
        if not self.paragraph or not isinstance(self.paragraph[-1], ForEach):
            return False
        if line.condition and line.condition.otherwise and len(self.paragraph[-1].lines) > 1:
            return True
        return _of_row(line)

    def _has_before(self) -> bool:
        """Whether 否则 has something to answer: a line with a condition, or 每, just before."""
        if not self.paragraph:
            return False
        above = self.paragraph[-1]
        return isinstance(above, ForEach) or bool(
            above.condition and (not above.condition.otherwise or above.condition.any_of)
        )

    def _check_line(self, line: Line) -> None:
        for _, part in parts_of(line.parts):
            if isinstance(part, str):
                for digits in typed_digits(Block(0, (part,))):
                    self._fault(line.number, digits, "句子里不能直接写数字，请插入指标；日期和序号会自动生成")


def _of_row(line: Line) -> bool:
    tests = line.condition.tests if line.condition else []
    outside = [part for rows, part in parts_of(line.parts) if not rows]
    return any(test.of_row for test in tests) or any(
        (isinstance(part, Printed) and part.of_row)
        or (not isinstance(part, str | Printed) and part.condition and _asks_row(part.condition))
        for part in outside
    )


def _asks_row(condition: Condition) -> bool:
    return any(test.of_row for test in condition.tests)
