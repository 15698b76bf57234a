"""Tables inside an official document: thin lines, size 小四 or less, head in 黑体, linked figures."""

import re
from collections.abc import Sequence

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tonggui.measure.document import faces
from tonggui.measure.document.faces import SMALL
from tonggui.measure.document.paragraphs import Writer, width
from tonggui.measure.text import Mark, Piece

SIZE_SMALL_4 = 24
SIZES = (SIZE_SMALL_4, 21, 18)
# A column with wider words than these is read as text, from the left.
LONGEST_CENTRED = 8
# Columns up to so many characters are not broken; a table is set smaller where longer ones would have less than these.
SHORT, COMFORTABLE = 5.6, 7.0
# In twips: both margins of a cell with its lines.
CELL_MARGINS = 160
# Of a character: digits and letters of some faces are wider than half of one.
NARROW = 0.65
_RUN = re.compile(r"[0-9A-Za-z.,%+/~-]+")

Cells = Sequence[Sequence[Piece]]


def write(writer: Writer, rows: Sequence[Cells]) -> None:
    """Rows of equal length, the first the head; short columns as wide as their longest words, long ones share the rest.

    The head stands again on every page, and no row is broken between two. Heads and short cells stand in the middle,
    columns with long ones at the left.
    """
    words = [[_words(writer, cell) for cell in row] for row in rows]
    size = _size(words, writer.type_width)
    widths = _widths(words, writer.type_width, size)
    long = [max((width(row[n]) for row in words[1:]), default=0) > LONGEST_CENTRED for n in range(len(widths))]
    made = writer.document.add_table(rows=len(rows), cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    layout = made._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(_LINES))
    layout.addnext(parse_xml(_MARGINS))
    for column, wide in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(wide))
    for number, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if number == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, pieces, wide, is_long in zip(row.cells, cells, widths, long, strict=True):
            cell._tc.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(wide))
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.style = SMALL.name
            writer.fill(paragraph, pieces)
            paragraph.paragraph_format.line_spacing = Pt(size * 0.75)
            if number == 0 or not is_long:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in paragraph._p.iter(qn("w:r")):
                face = faces.LEVEL_1_FACE if number == 0 else faces.BODY_FACE
                faces.set_faces(run.get_or_add_rPr(), east=face, half_points=size)


def _words(writer: Writer, pieces: Sequence[Piece]) -> str:
    return "".join(writer.words(piece) if isinstance(piece, Mark) else piece for piece in pieces)


def _widths(rows: Sequence[Sequence[str]], room: int, half_points: int) -> list[int]:
    """Widths in twips of the columns, together `room`.

    Every column first gets what cannot be broken: short words whole, long ones with their numbers untorn; what is left
    goes to the long ones, by the roots of their lengths, so that no column starves beside one with a story in it.
    """
    columns = [[row[n] for row in rows] for n in range(len(rows[0]))]
    wanted = [max(map(_wide, column)) for column in columns]
    least = [max(_unbroken(column), min(wide, SHORT)) for wide, column in zip(wanted, columns, strict=True)]
    needs = [one * half_points * 10 + CELL_MARGINS for one in least]
    more = [max(wide - little, 0) ** 0.5 for wide, little in zip(wanted, least, strict=True)]
    left = max(room - sum(needs), 0)
    if sum(more):
        needs = [need + left * part / sum(more) for need, part in zip(needs, more, strict=True)]
    return [round(room * need / sum(needs)) for need in needs]


def _wide(text: str) -> float:
    """The room that words need in a face with wide digits."""
    return sum(NARROW if sign.isascii() else 1 for sign in text)


def _unbroken(column: Sequence[str]) -> float:
    """The widest run of digits and letters in a column; half a head stands in a line of its own."""
    runs = (_wide(run) for text in column for run in _RUN.findall(text))
    return max(*runs, -(-width(column[0]) // 2), 2.0)


def _size(words: Sequence[Sequence[str]], room: int) -> int:
    """小四, or 五号 and 小五 where so many columns leave little room to the words."""
    for size in SIZES[:-1]:
        asked = sum(min(max(_wide(row[n]) for row in words), COMFORTABLE) for n in range(len(words[0])))
        if asked * size * 10 + CELL_MARGINS * len(words[0]) <= room:
            return size
    return SIZES[-1]


_LINES = (
    f"<w:tblBorders {nsdecls('w')}>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="{CELL_MARGINS // 2 - 10}" w:type="dxa"/>'
    f'<w:right w:w="{CELL_MARGINS // 2 - 10}" w:type="dxa"/></w:tblCellMar>'
)
