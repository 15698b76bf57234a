"""A document's text as a page: numbered headings for the outline, paragraphs with figures as chips."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tonggui.measure.figureset import PERIOD, FigureSet
from tonggui.measure.models import Document
from tonggui.measure.text import Mark, Piece, numbered, parse

# A figure up to so many characters is never broken at the end of a line.
WHOLE = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the text: its level (0 for the body), anchor, safe HTML and plain title; a table has rows."""

    level: int
    anchor: str
    html: SafeString
    title: str
    rows: tuple[tuple[SafeString, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Chips:
    """How figures of a document look in its text: their numbers, which is open, what is wrong with which."""

    document: Document
    figures: FigureSet
    numbers: Mapping[str, int]
    wrong: Mapping[str, str]
    open_key: str = ""

    def html(self, mark: Mark) -> SafeString:
        words = self.figures.words(mark)
        if mark.key == PERIOD or mark.is_name or mark.key not in self.numbers:
            return escape(words)
        url = f"{self.document.url}figures/{self.numbers[mark.key]}/"
        tone, note = self.tone(mark.key)
        tone += " figure--long" if len(words) > WHOLE else ""
        here = mark_safe(' aria-current="true"') if mark.key == self.open_key else ""
        return format_html(
            '<a class="figure{}" href="{}#source" hx-get="{}" hx-target="#source" hx-swap="outerHTML"'
            ' hx-push-url="{}" title="{}"{}>{}{}</a>',
            tone, url, url, url, f"{mark.key} {note}".strip(), here, words,
            format_html('<span class="unseen">（{}）</span>', note) if note else "",
        )  # fmt: skip

    def tone(self, key: str) -> tuple[str, str]:
        """The class of a chip and, in words, why it has one."""
        if key in self.wrong:
            return " figure--late", self.wrong[key]
        figure = self.figures.figures[key]
        return (" figure--void", figure.reason) if not figure.known else ("", "")


def parts(document: Document, chips: Chips) -> list[Part]:
    """The blocks of a document in order."""
    found = []
    for n, (mark, block) in enumerate(numbered(parse(document.text))):
        rows = tuple(tuple(_html(cell, chips) for cell in row) for row in block.rows)
        title = mark + "".join(chips.figures.words(p) if isinstance(p, Mark) else p for p in block.pieces)
        found.append(Part(block.level, f"p{n}", mark_safe(escape(mark) + _html(block.pieces, chips)), title, rows))
    return found


def _html(pieces: Iterable[Piece], chips: Chips) -> SafeString:
    return mark_safe("".join(chips.html(piece) if isinstance(piece, Mark) else escape(piece) for piece in pieces))
