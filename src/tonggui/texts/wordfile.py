"""The paragraphs of a Word file as a reader sees them, in the order of the page.

Basis: ECMA-376 Part 1, 17.3. Text that tracked changes have put in is read and text they have struck out is not;
content controls and the cells of tables are read like the body. A cell that spans columns is read once.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from tonggui.base.errors import Problem

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TABLE, _ROW, _CELL = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
_WORDS = {_W + "tab": "\t", _W + "br": " ", _W + "cr": " ", _W + "noBreakHyphen": "-"}
# What is struck out, codes of fields, and drawings with their fallbacks say nothing of the running text.
_SKIPPED = {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _W + "pPr", _W + "rPr", _W + "pict"}
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table: the number of the table, its row and column, each from 0."""

    table: int
    row: int
    column: int


def paragraphs(content: bytes, name: str) -> Iterator[tuple[str, Cell | None]]:
    """Each paragraph of a .docx with the cell it stands in. Raises Problem for what is no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            part = file.getinfo("word/document.xml")
            if part.file_size > MOST_BYTES:
                raise Problem(f"{name} 太大", do="请分成几份再检查")
            body = ElementTree.fromstring(file.read(part))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, NotImplementedError, RuntimeError) as error:
        do = "请在 Word 或 WPS 中另存为 .docx 再检查"
        raise Problem(f"{name} 不是可以读取的 Word 文件：{error}", do=do) from None
    return _Reader().of(body)


class _Reader:
    """Counts the tables while it reads."""

    def __init__(self) -> None:
        self.tables = 0

    def of(self, block: Any, cell: Cell | None = None) -> Iterator[tuple[str, Cell | None]]:
        for part in block:
            if part.tag == _P:
                yield _text(part), cell
            elif part.tag == _TABLE:
                yield from self._table(part)
            elif part.tag not in _SKIPPED:
                yield from self.of(part, cell)

    def _table(self, table: Any) -> Iterator[tuple[str, Cell | None]]:
        number = self.tables
        self.tables += 1
        for row, cells in enumerate(_inner(table, _ROW)):
            column = 0
            for cell in _inner(cells, _CELL):
                if not _goes_on(cell):
                    yield from self.of(cell, Cell(number, row, column))
                column += _span(cell)


def _inner(block: Any, tag: str) -> Iterator[Any]:
    """The parts of a kind in a block, but not those of a table within it."""
    for part in block:
        if part.tag == tag:
            yield part
        elif part.tag != _TABLE:
            yield from _inner(part, tag)


def _goes_on(cell: Any) -> bool:
    """Whether a cell only continues the one above it."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(_W + "val") != "restart"


def _span(cell: Any) -> int:
    """How many columns a cell covers."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return int(span.get(_W + "val", "1")) if span is not None else 1


def _text(part: Any) -> str:
    """The characters of a paragraph."""
    found = []
    for inner in part:
        if inner.tag == _W + "t":
            found.append(inner.text or "")
        elif inner.tag in _WORDS:
            found.append(_WORDS[inner.tag])
        elif inner.tag not in _SKIPPED and not inner.tag.endswith("}AlternateContent"):
            found.append(_text(inner))
    return "".join(found)
