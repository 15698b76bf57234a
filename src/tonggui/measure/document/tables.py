"""Tables inside an official document: thin lines, size 小四, the head in 黑体, cells that may hold linked figures."""

from collections.abc import Sequence

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tonggui.measure.document import faces, page
from tonggui.measure.document.faces import SMALL
from tonggui.measure.document.paragraphs import Writer, width
from tonggui.measure.text import Mark, Piece

SIZE_SMALL_4 = 24

Cells = Sequence[Sequence[Piece]]


def write(writer: Writer, rows: Sequence[Cells]) -> None:
    """Rows of equal length, the first the head; short columns as wide as their longest words, long ones share the rest.

    The head stands again on every page, and no row is broken between two.
    """
    widths = _widths([[_words(writer, cell) for cell in row] for row in rows])
    made = writer.document.add_table(rows=len(rows), cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    made._tbl.tblPr.find(qn("w:tblLayout")).addprevious(parse_xml(_LINES))
    for column, wide in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(wide))
    for number, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if number == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, pieces, wide in zip(row.cells, cells, widths, strict=True):
            cell._tc.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(wide))
            paragraph = cell.paragraphs[0]
            paragraph.style = SMALL.name
            writer.fill(paragraph, pieces)
            paragraph.paragraph_format.line_spacing = Pt(18)
            for run in paragraph._p.iter(qn("w:r")):
                face = faces.LEVEL_1_FACE if number == 0 else faces.BODY_FACE
                faces.set_faces(run.get_or_add_rPr(), east=face, half_points=SIZE_SMALL_4)


def _words(writer: Writer, pieces: Sequence[Piece]) -> str:
    return "".join(writer.words(piece) if isinstance(piece, Mark) else piece for piece in pieces)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Widths in twips of the columns, together the type area: 12 pt a character, and a little more for digits."""
    widest = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    asked = [one * SIZE_SMALL_4 * 12 + 280 for one in widest]
    if sum(asked) > page.TYPE_WIDTH:
        fair = page.TYPE_WIDTH / len(asked)
        short = [one for one in asked if one <= fair]
        rest = (page.TYPE_WIDTH - sum(short)) / sum(one for one in asked if one > fair)
        asked = [one if one <= fair else one * rest for one in asked]
    return [round(page.TYPE_WIDTH * one / sum(asked)) for one in asked]


_LINES = (
    f"<w:tblBorders {nsdecls('w')}>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
