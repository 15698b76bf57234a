"""Writes an official document: its head, title, text with linked figures, signature, and the annex of figures."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import docx

from tonggui.measure.document import annex, faces, page, parts, tables
from tonggui.measure.document.faces import BODY, FLUSH, LEVELS, TITLE, UNDER_TITLE
from tonggui.measure.document.paragraphs import Writer
from tonggui.measure.text import Block, Mark, numbered


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document ready to be written.

    `words` gives the printed form of a mark. `head` makes it a red-headed report; without one it is plain material
    (无红头材料) with an optional line under the title.
    """

    title: Sequence[str]
    blocks: Sequence[Block]
    words: Callable[[Mark], str]
    issuer: str
    dated: date
    under_title: str = ""
    head: parts.RedHead | None = None
    rows: Sequence[annex.Row] = field(default=())
    notes: Sequence[str] = field(default=())


def write(paper: Paper) -> bytes:
    """The document as the bytes of a .docx file."""
    document = docx.Document()
    faces.prepare(document)
    page.lay_out(document.sections[0])
    page.number_pages(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "".join(paper.title), paper.issuer, ""
    writer = Writer(document, paper.words, {row.key for row in paper.rows})
    if paper.head:
        parts.red_head(writer, paper.head)
    for line in parts.title_lines(paper.title):
        writer.add(TITLE, line)
    writer.add(UNDER_TITLE, paper.under_title)
    if paper.head:
        writer.add(FLUSH, f"{paper.head.addressee}：")
    for mark, block in numbered(list(paper.blocks)):
        if block.rows:
            tables.write(writer, block.rows)
            continue
        look = LEVELS[block.level - 1] if block.level else BODY
        writer.add(look, mark, *block.pieces)
    if paper.rows:
        annex.announce(writer)
    parts.sign(writer, paper.issuer, paper.dated)
    if paper.rows:
        annex.write(writer, paper.rows, paper.notes)
    if paper.head:
        parts.imprint(writer, paper.head, paper.dated)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
