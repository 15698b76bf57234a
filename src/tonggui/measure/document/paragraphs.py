"""Paragraphs of an official document, with its figures as links.

Each figure in the text is a link to its row in the annex, and the row's bookmark carries the figure's code, so that a
printed number can be followed in Word itself, away from the site that made it.
"""

import re
from collections.abc import Callable, Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tonggui.measure.document import page
from tonggui.measure.document.faces import Look
from tonggui.measure.text import Mark, Piece


class Writer:
    """Adds paragraphs of the document's styles; figures in them become links."""

    def __init__(self, document, words: Callable[[Mark], str], linked: set[str]) -> None:
        self.document, self.words, self.linked = document, words, linked
        self.type_width = page.TYPE_WIDTH
        self._bookmarks = 0

    def add(self, look: Look, *pieces: Piece, into=None):
        """A paragraph of a style; `into` is a table cell where it does not belong to the body."""
        paragraph = (into or self.document).add_paragraph(style=look.name)
        self.fill(paragraph, pieces)
        return paragraph

    def fill(self, paragraph, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, Mark):
                self._figure(paragraph, piece)
            elif piece:
                paragraph.add_run(piece)

    def _figure(self, paragraph, mark: Mark) -> None:
        run = paragraph.add_run(self.words(mark))
        if mark.key not in self.linked or mark.is_name:
            return
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor(mark.key))
        link.set(qn("w:tooltip"), f"{mark.key} 来源见附表")
        link.set(qn("w:history"), "1")
        paragraph._p.replace(run._r, link)
        link.append(run._r)

    def bookmark(self, paragraph, name: str) -> None:
        """Put a bookmark around what a paragraph holds so far."""
        self._bookmarks += 1
        for kind, place in (("w:bookmarkStart", 1 if paragraph._p.pPr is not None else 0), ("w:bookmarkEnd", None)):
            element = OxmlElement(kind)
            element.set(qn("w:id"), str(self._bookmarks))
            if kind == "w:bookmarkStart":
                element.set(qn("w:name"), name)
                paragraph._p.insert(place, element)
            else:
                paragraph._p.append(element)


def anchor(key: str) -> str:
    """The bookmark of a figure: its code in the letters Word allows, at most 40."""
    return ("F_" + re.sub(r"\W", "_", key))[:40]


def width(text: str) -> float:
    """The width of a line in characters of the grid; ASCII takes half a character."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def place(paragraph, side: str, *, left: float = 0, right: float = 0, first: float = 0) -> None:
    """Move a paragraph to a side, so many characters of the grid from the edges."""
    properties = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    for key, blanks in (("left", left), ("right", right), ("firstLine", first)):
        indent.set(qn(f"w:{key}"), str(round(blanks * page.CELL)))
        indent.set(qn(f"w:{key}Chars"), str(round(blanks * 100)))
    properties.get_or_add_jc().set(qn("w:val"), side)


def hang(paragraph, blank: float, *, characters: float, before: float = 0, after: float = 0) -> None:
    """Let further lines begin under a character of the first one: `before` and `after` in blanks too."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for key in ("firstLine", "firstLineChars"):
        indent.attrib.pop(qn(f"w:{key}"), None)
    for key, blanks in (("left", before + characters), ("right", after), ("hanging", characters)):
        indent.set(qn(f"w:{key}"), str(round(blanks * blank * 20)))


def rule(paragraph, side: str, colour: str, *, eighths: int = 12, space: int = 1) -> None:
    """A rule as wide as the type area above or below a paragraph; thickness in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc")
    line = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
        line.set(qn(f"w:{key}"), str(value))
    borders.append(line)


def colour(run, value: str) -> None:
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), value)
    properties = run._r.get_or_add_rPr()
    properties.append(colour)
