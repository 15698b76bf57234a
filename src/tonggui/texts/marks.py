"""The marks that order an official text: 一、 （一） 1. （1） at the head of a paragraph, 一是 二是 within it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tonggui.base.numerals import number_of
from tonggui.texts.reading import Line, Text

HAN = "一二三四五六七八九十"
# “三、四级公路” begins with no mark.
_HEADS = (
    (1, re.compile(rf"([{HAN}]{{1,3}})([、.．：:，,])(?![{HAN}]+[级类期季月批标等号个])")),
    (2, re.compile(rf"[（(]([{HAN}]{{1,3}})[）)]([、.，,]?)")),
    (3, re.compile(r"(\d{1,2})([.．、])(?![\d\s]*\d)")),
    (4, re.compile(r"[（(](\d{1,2})[）)]([、.，,]?)")),
)
_ITEM = re.compile(rf"(?:(?<=^)|(?<=[。；：，、;:,（(“”]))([{HAN}]{{1,3}})([是要])(?![否求素点件闻]|不是)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its level (1 to 4), its number, the sign behind it, and the whole as written."""

    line: Line
    level: int
    number: int
    sign: str
    written: str


@dataclass(frozen=True, slots=True)
class Item:
    """A 一是 or 一要: where it stands in its line, which number it has, and its word."""

    line: Line
    place: int
    number: int
    word: str


def head_of(line: Line) -> Mark | None:
    """The mark at the head of a line, if any."""
    for level, pattern in _HEADS:
        if found := pattern.match(line.text):
            number = number_of(found[1])
            if number is not None:
                return Mark(line, level, int(number), found[2], found[0])
    return None


def heads(text: Text) -> Iterator[Mark]:
    """The marks of the running text; what stands in the cells of a table is numbered for itself."""
    for line in text.lines:
        if line.cell is None and (mark := head_of(line)):
            yield mark


def items(line: Line) -> list[Item]:
    """Every 一是 of a line that begins a clause; one behind the mark of a heading too."""
    offset = len(mark.written) if (mark := head_of(line)) else 0
    found = _ITEM.finditer(line.text[offset:])
    return [Item(line, offset + one.start(1), int(number_of(one[1]) or 0), one[2]) for one in found]
