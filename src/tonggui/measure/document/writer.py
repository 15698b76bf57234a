"""Writes an official document: its head, title, text with linked figures, signature, and the annex of figures."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import docx

from tonggui.measure.document import annex, faces, forms, numbering, page, parts, signing, tables, template
from tonggui.measure.document.faces import BODY, FLUSH, LEVELS, TITLE, UNDER_TITLE
from tonggui.measure.document.imprint import imprint
from tonggui.measure.document.paragraphs import Writer
from tonggui.measure.document.titles import title_lines
from tonggui.measure.text import Block, Mark, numbered


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document ready to be written.

    `words` gives the printed form of a mark. `head` makes it a report upward under a red head and a seal, `form`
    a form to be sent in (上报表格), which may lie; without either it is plain material (无红头材料), with an optional
    line under the title. `preview` stands above every page of what is only to be looked at.
    """

    title: Sequence[str]
    blocks: Sequence[Block]
    words: Callable[[Mark], str]
    issuer: str
    dated: date
    under_title: str = ""
    head: parts.RedHead | None = None
    form: forms.Form | None = None
    rows: Sequence[annex.Row] = field(default=())
    notes: Sequence[str] = field(default=())
    preview: str = ""


def write(paper: Paper) -> bytes:
    """The document as the bytes of a .docx file."""
    document = docx.Document()
    faces.prepare(document)
    lying = bool(paper.form and paper.form.lying)
    page.lay_out(document.sections[0], lying=lying)
    numbering.number_pages(document, lying=lying)
    template.describe(document, "".join(paper.title), paper.issuer, paper.dated)
    if paper.preview:
        numbering.mark_pages(document, paper.preview)
    writer = Writer(document, paper.words, {row.key for row in paper.rows})
    if lying:
        writer.type_width = page.LYING_WIDTH
    if paper.head:
        parts.red_head(writer, paper.head)
    for line in title_lines(paper.title):
        writer.add(TITLE, line)
    if paper.under_title:
        writer.add(UNDER_TITLE, paper.under_title)
    if paper.form:
        forms.write(writer, paper, paper.form)
    else:
        _report(writer, paper)
    if paper.rows:
        annex.write(writer, paper.rows, paper.notes)
    if paper.head:
        imprint(writer, paper.head, paper.dated)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _report(writer: Writer, paper: Paper) -> None:
    """Addressee, text, the annex announced, signature, remark."""
    writer.add(FLUSH)
    if paper.head:
        writer.add(FLUSH, f"{paper.head.addressee.rstrip('：:')}：")
    blocks, remark = _without_remark(paper.blocks)
    text(writer, blocks)
    if paper.rows:
        annex.announce(writer)
    signing.sign(writer, paper.issuer, paper.dated, sealed=paper.head is not None)
    if remark:
        writer.add(BODY, *remark.pieces)


def text(writer: Writer, blocks: Sequence[Block]) -> None:
    """Headings with their marks, paragraphs, tables; 单位：… before a table stands at its right edge."""
    for n, (mark, block) in enumerate(numbered(list(blocks))):
        if block.rows:
            tables.write(writer, block.rows)
            continue
        before_table = n + 1 < len(blocks) and blocks[n + 1].rows
        look = LEVELS[block.level - 1] if block.level else faces.UNIT if before_table and _is_unit(block) else BODY
        writer.add(look, mark, *block.pieces)


def _is_unit(block: Block) -> bool:
    return bool(block.pieces) and str(block.pieces[0]).startswith("单位：")


def _without_remark(blocks: Sequence[Block]) -> tuple[Sequence[Block], Block | None]:
    """附注: a last paragraph wholly in round brackets belongs below the date, not into the text."""
    last = blocks[-1] if blocks else None
    if last is None or last.level or not last.pieces or len(blocks) == 1:
        return blocks, None
    is_remark = str(last.pieces[0]).startswith("（") and str(last.pieces[-1]).endswith("）")
    return (blocks[:-1], last) if is_remark else (blocks, None)
