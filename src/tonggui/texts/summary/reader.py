"""An old summary read: every figure with its words, its period and what it seems to be, one after the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tonggui.texts.marks import head_of
from tonggui.texts.reading import Line, Text, read
from tonggui.texts.summary import units
from tonggui.texts.summary.items import Memory, Said, clean, items_of, topic_of
from tonggui.texts.summary.plain import Plain
from tonggui.texts.summary.quantities import Quantity, quantities
from tonggui.texts.summary.streams import sentences
from tonggui.texts.summary.tables import Grid, docx_grids, grids_of, of_last_year, read_grid
from tonggui.texts.summary.when import Clock, Span, plans, span_of_text

_NUMBER = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?"
_FORM = re.compile(
    f"(?P<item>[\u4e00-\u9fff“”]{{2,20}})（(?P<unit>[万亿]?{units.PATTERN})）[：:=]?(?P<value>{_NUMBER})(?![\\d.]|{units.PATTERN})"
)
_BEHIND = re.compile(
    f"(?P<item>[\u4e00-\u9fff“”]{{2,20}})[：:=]?(?P<value>{_NUMBER})（(?P<unit>[万亿]?{units.PATTERN})）"
)
_PLANNED = re.compile("^(?:计划(?!(?:完成)?投资)|力争|预计|拟)")
_CONTACT = re.compile("^(?:联系人|联系电话|举报电话|监督电话|抄送|主送|附件|附：|印发日期)")


@dataclass(slots=True)
class Entry:
    """A figure of a text. `start` to `end` are its places in the line as written, `heading` the headings above it,
    `before` and `after` the rest of the line on either side."""

    item: str
    value: Decimal
    unit: str
    qualifier: str | None
    period: str | None
    line: int
    start: int
    end: int
    heading: str = ""
    sentence: str = ""
    top: Decimal | None = None
    planned: bool = False
    gap: str = ""
    before: str = ""
    after: str = ""
    faults: list[str] = field(default_factory=list)

    def as_json(self, indicator: str | None = None, full: bool = False) -> dict[str, Any]:
        """The entry for machines; the full form also has the words around it and what does not add up."""
        value = int(self.value) if self.value == self.value.to_integral_value() else float(self.value)
        said: dict[str, Any] = {
            "item": self.item, "value": value, "unit": self.unit, "qualifier": self.qualifier, "period": self.period,
            "indicator": indicator, "line": self.line,
        }  # fmt: skip
        if full:
            said |= {"kind": "figure", "heading": self.heading, "sentence": self.sentence, "faults": self.faults}
            if self.top is not None:
                said["top"] = float(self.top)
        return said


@dataclass(slots=True)
class _Headings:
    """The headings above a line by level."""

    levels: dict[int, str] = field(default_factory=dict)

    def enter(self, line: Line) -> str:
        """Take the line's heading, if it has one; the words of all headings above it."""
        mark = head_of(line)
        if mark is not None:
            words = line.text[len(mark.written) :]
            title = re.split("[。：:；]", words)[0]
            if len(title) <= 40 and not quantities(Plain.of(title).text):
                self.levels = {level: kept for level, kept in self.levels.items() if level < mark.level}
                self.levels[mark.level] = title
        return "；".join(self.levels[level] for level in sorted(self.levels))

    @property
    def planning(self) -> str:
        """The heading that says what comes next; empty where none does."""
        return next((title for title in self.levels.values() if plans(title)), "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its figures."""

    text: Text
    entries: list[Entry]

    @property
    def period(self) -> str | None:
        """The code of the period the text is about."""
        span = span_of_text(self.text)
        return span.code if span else None


def read_file(path: Path) -> Reading:
    """The figures of a file. Raises Problem for one that cannot be read."""
    from tonggui.texts.summary.sums import mark_faults

    text = read(path)
    grids = docx_grids(path) if path.suffix.lower() == ".docx" else grids_of(text)
    entries = read_summary(text, grids)
    mark_faults(entries)
    return Reading(text, entries)


def read_summary(text: Text, grids: list[Grid] | None = None) -> list[Entry]:
    """Every figure of a text, in its order; `grids` are its tables, those that stand in its lines where not given."""
    span = span_of_text(text)
    headings = _Headings()
    found: list[Entry] = []
    tables = grids_of(text) if grids is None else grids
    tabled = {cell.line: grid for grid in tables for row in grid for cell in row}
    caption = ""
    for line in text.lines:
        if grid := tabled.get(line.number):
            if grid in tables:
                tables = [each for each in tables if each is not grid]
                found += _of_grid(grid, caption, span, "；".join(headings.levels.values()))
            continue
        caption = line.text
        heading = headings.enter(line)
        found += read_line(line, span, heading, headings.planning)
    return found


def _of_grid(grid: Grid, caption: str, span: Span | None, heading: str) -> Iterator[Entry]:
    for one in read_grid(grid, caption):
        clock = Clock(Plain.of(one.column).text, span) if span else None
        period = None
        if span and clock:
            period = (
                span.last_year.code if of_last_year(one.column) else clock.at(max(len(one.column) - 1, 0), one.item)
            )
        start = one.cell.start
        yield Entry(
            one.item, one.value, one.unit, one.qualifier, period, one.cell.line, start, start + len(one.cell.text),
            heading, one.item,
        )  # fmt: skip


def read_line(line: Line, span: Span | None, heading: str = "", planning: str = "") -> Iterator[Entry]:
    """The figures of one line."""
    plain = Plain.of(line.text)
    if _CONTACT.match(plain.text):
        return
    yield from _labelled(line, plain.text, span, heading)
    mark = head_of(line)
    begin = len(Plain.of(mark.written).text) if mark else 0
    text = " " * begin + plain.text[begin:]
    found = [one for one in quantities(text) if one.number_at >= begin]
    clock = Clock(text, span, planning) if span else None
    said = _said(text, found)
    before = begin
    for quantity in found:
        gap, before = text[before : quantity.start], quantity.end
        if one := said.get(quantity):
            start, end = plain.span(quantity.start, quantity.end)
            period = clock.at(quantity.number_at, one.left, quantity.kind == "率") if clock else None
            yield Entry(
                one.item,
                quantity.value,
                quantity.unit,
                quantity.qualifier,
                period,
                line.number,
                start,
                end,
                heading,
                sentence=_around(text, quantity),
                top=quantity.top,
                planned=bool(planning) or bool(_PLANNED.search(one.item)),
                gap=gap,
                before=text[: quantity.start].strip(),
                after=text[quantity.end :],
            )


def _labelled(line: Line, text: str, span: Span | None, heading: str) -> Iterator[Entry]:
    """Lines of a form, where the unit stands in the label: 发现隐患（处）：45."""
    for found in (*_FORM.finditer(text), *_BEHIND.finditer(text)):
        value = Decimal(found["value"].replace(",", ""))
        item, code = clean(found["item"]), span.code if span else None
        yield Entry(item, value, found["unit"], None, code, line.number, 0, len(line.text), heading, found[0])


def _said(text: str, found: list[Quantity]) -> dict[Quantity, Said]:
    memory = Memory(topic_of(text))
    said: dict[Quantity, Said] = {}
    for sentence in sentences(text, found):
        whole = said.get(sentence.whole) if sentence.whole else None
        for one in items_of(sentence, Memory(memory.topic, said=[whole] if whole else []) if whole else memory, whole):
            said[one.quantity] = one
    return said


def _around(text: str, quantity: Quantity) -> str:
    start = max(text.rfind(sign, 0, quantity.start) for sign in "。；") + 1
    ends = [end for sign in "。；" if (end := text.find(sign, quantity.end)) >= 0]
    return text[start : min(ends, default=len(text))].strip()
