"""The text of a document with its figures left as marks.

A document is kept as light text that a writer can read and change: `# ` to `#### ` begin a heading of level one to
four, an empty line ends a paragraph, and `[[HAZ-01]]` stands where the figure HAZ-01 is printed. `[[PRJ-07/XM0001]]` is
the figure's part for one record, `[[HAZ-01|change]]` another aspect of the same figure, `[[period]]` the period's name.
Lines that begin with `|` are the rows of a table, its cells between bars, its heads first.
No digit is typed: whatever is counted or dated comes from a mark, so that it can be followed and can go stale.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"\[\[([^\[\]|]+?)(?:\|([a-z_]+))?\]\]")
_BAR = re.compile(r"\|(?![a-z_]+\]\])")
_HEADING = re.compile(r"(#{1,4}) +")
_DIGITS = re.compile(r"[0-9０-９][0-9０-９.,，．]*%?")
_CHINESE_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a figure, or something the period says, is printed."""

    key: str
    aspect: str = "value"

    @property
    def is_name(self) -> bool:
        """Whether it only says what the figure is about: a name needs no source."""
        return self.aspect == "name"

    def __str__(self) -> str:
        return f"[[{self.key}]]" if self.aspect == "value" else f"[[{self.key}|{self.aspect}]]"


Piece = str | Mark


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 1 to 4), a paragraph of the body (level 0), or a table (level 0 with rows of cells)."""

    level: int
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()

    @property
    def all_pieces(self) -> list[Piece]:
        """What stands in the block, cell after cell in a table."""
        return [*self.pieces, *(piece for row in self.rows for cell in row for piece in cell)]

    @property
    def marks(self) -> list[Mark]:
        return [piece for piece in self.all_pieces if isinstance(piece, Mark)]


def parse(text: str) -> list[Block]:
    """The blocks of a light text. Line breaks inside a paragraph are dropped: Chinese has no blank between words."""
    blocks: list[Block] = []
    lines: list[str] = []
    rows: list[tuple[tuple[Piece, ...], ...]] = []

    def close() -> None:
        if lines:
            blocks.append(Block(0, pieces("".join(lines))))
            lines.clear()
        if rows:
            widest = max(map(len, rows))
            blocks.append(Block(0, (), tuple(row + ((),) * (widest - len(row)) for row in rows)))
            rows.clear()

    for line in text.splitlines():
        line = line.strip()
        heading = _HEADING.match(line)
        is_row = line.startswith("|")
        if heading or not line or bool(rows) != is_row:
            close()
        if is_row:
            rows.append(_cells(line))
            continue
        if heading:
            blocks.append(Block(len(heading[1]), pieces(line[heading.end() :])))
        elif line:
            lines.append(line)
    close()
    return blocks


def _cells(line: str) -> tuple[tuple[Piece, ...], ...]:
    """The cells of a table's row; a bar inside a mark divides its aspect and no cells."""
    inner = line.strip("|") if line.count("|") > 1 else line[1:]
    return tuple(pieces(cell.strip()) for cell in _BAR.split(inner))


def pieces(line: str) -> tuple[Piece, ...]:
    """Plain strings and marks of one line, in order."""
    found: list[Piece] = []
    end = 0
    for match in _MARK.finditer(line):
        if match.start() > end:
            found.append(line[end : match.start()])
        found.append(Mark(match[1], match[2] or "value"))
        end = match.end()
    if end < len(line):
        found.append(line[end:])
    return tuple(found)


def numbered(blocks: list[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with its level mark: 一、 then （一） then 1. then （1）; the body has none.

    A higher heading starts the count of the lower ones again.
    """
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not block.level:
            yield "", block
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (4 - block.level)
        yield level_mark(block.level, counts[block.level - 1]), block


def level_mark(level: int, n: int) -> str:
    """The mark of the n-th heading of a level (GB/T 9704-2012, 结构层次序数)."""
    return ("{}、", "（{}）", "{}.", "（{}）")[level - 1].format(chinese_number(n) if level < 3 else n)


def chinese_number(n: int) -> str:
    """1 to 99 in Chinese: 一, 十, 十一, 二十三."""
    if not 1 <= n <= 99:
        raise ValueError(f"{n} sections: level marks go from 1 to 99")
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _CHINESE_DIGITS[tens] + "十") + (
        _CHINESE_DIGITS[ones] if ones else ""
    )


def typed_digits(block: Block) -> list[str]:
    """Numbers typed by hand between the marks: each needs a source, since nothing can check it."""
    return [found for piece in block.all_pieces if isinstance(piece, str) for found in _DIGITS.findall(piece)]
