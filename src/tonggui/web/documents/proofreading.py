"""The linter over the words of a document, as they will be printed: figures filled in, headings with their marks.

Whoever shows the document marks each finding in its block; a finding inside a figure names the figure, since there is
nothing to type there: its wording or its ledger is what to look at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tonggui.measure.figureset import FigureSet
from tonggui.measure.models import Document
from tonggui.measure.text import Mark, Piece, numbered, parse
from tonggui.texts import findings as texts
from tonggui.texts.reading import Text
from tonggui.texts.wordfile import Cell

TITLE = -1
"""The block of a finding in the title."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in a document: the index of its block among the blocks of the text, and the place in what it prints.

    `key` is the figure whose words the fault is in, "" for words a hand has written.
    """

    block: int
    place: int
    rule: str
    words: str
    wrong: str
    suggestion: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as it is printed: its block, and the stretches that are figures."""

    block: int
    words: str
    figures: tuple[tuple[int, int, str], ...]
    cell: Cell | None = None

    def key_at(self, place: int, length: int) -> str:
        """The figure that a stretch of the line touches."""
        end = place + max(length, 1)
        return next((key for start, stop, key in self.figures if start < end and place < stop), "")


def findings(document: Document, figures: FigureSet | None = None) -> list[Finding]:
    """What the linter finds in a document, in its order; `figures` spares reading them again."""
    printed = list(_printed(document, document.figures() if figures is None else figures))
    found = _lint(tuple((line.words, line.cell) for line in printed))
    return [_placed(one, printed[one.line - 1]) for one in found]


@lru_cache(maxsize=64)
def _lint(lines: tuple[tuple[str, Cell | None], ...]) -> tuple[texts.Finding, ...]:
    """The findings of the lines; a page that is opened again, or saved unchanged, is not read again."""
    return tuple(texts.lint(Text.of_lines(lines)))


def _placed(found: texts.Finding, line: _Printed) -> Finding:
    place = found.column - 1
    key = line.key_at(place, len(found.words))
    return Finding(line.block, place, found.rule, found.words, found.wrong, found.do, key)


def _printed(document: Document, figures: FigureSet) -> Iterator[_Printed]:
    """The title and the blocks as lines of print; a table gives a line a cell."""
    for line in document.title:
        yield _Printed(TITLE, line, ())
    tables = 0
    for n, (mark, block) in enumerate(numbered(parse(document.text))):
        if not block.rows:
            yield _line(n, mark, block.pieces, figures)
            continue
        for row, cells in enumerate(block.rows):
            for column, pieces in enumerate(cells):
                yield _line(n, "", pieces, figures, Cell(tables, row, column))
        tables += 1


def _line(n: int, mark: str, pieces: tuple[Piece, ...], figures: FigureSet, cell: Cell | None = None) -> _Printed:
    words, places = mark, []
    for piece in pieces:
        shown = figures.words(piece) if isinstance(piece, Mark) else piece
        if isinstance(piece, Mark):
            places.append((len(words), len(words) + len(shown), piece.key))
        words += shown
    return _Printed(n, words, tuple(places), cell)


__all__ = ["TITLE", "Finding", "findings"]
