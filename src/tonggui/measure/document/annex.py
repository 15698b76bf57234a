"""The annex of figures (附件：数据来源表): one row a figure, with what it is, where it comes from and its stamp."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tonggui.measure.document import page
from tonggui.measure.document.faces import ANNEX_MARK, BODY, FLUSH, SMALL, TITLE
from tonggui.measure.document.paragraphs import Writer, anchor, hang

NAME = "数据来源表"
HEADS = ("序号", "指标", "数值", "口径", "记录数", "印记\n定义/记录")
# Widths of the columns, as parts of the type area.
SHARES = (2.2, 9, 5.5, 11.5, 3.6, 4.6)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as the annex prints it; `key` is what marks in the text carry."""

    key: str
    title: str
    value: str
    expression: str
    counts: str
    stamp: str

    @property
    def code(self) -> str:
        """The indicator; which record or place a part is of stands in its title."""
        return self.key.partition("/")[0]


def announce(writer: Writer) -> None:
    """附件说明 (GB/T 9704-2012, 7.3.4): a line below the text, two blanks from the left, no mark after the name."""
    writer.add(BODY)
    hang(writer.add(BODY, f"附件：{NAME}"), page.CELL / 20, characters=3, before=2)


def write(writer: Writer, rows: Sequence[Row], notes: Sequence[str] = ()) -> None:
    """A new page: 附件, its title on the third line, the table with one bookmarked row a figure, then the notes.

    Parts of one indicator count alike: the expression stands at the first and is named by its row at the others.
    """
    head = writer.add(ANNEX_MARK, "附件")
    head.paragraph_format.page_break_before = True
    writer.add(FLUSH)
    writer.add(TITLE, NAME)
    writer.add(SMALL)
    table = writer.document.add_table(rows=1, cols=len(HEADS))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _rule_lines(table)
    table._tbl.tblPr.find(qn("w:tblLayout")).addnext(parse_xml(_CELL_MARGINS))
    widths = [round(writer.type_width * share / sum(SHARES)) for share in SHARES]
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    # The head of the table stands again on every page.
    _mark(table.rows[0], "w:tblHeader")
    _fill(writer, table.rows[0].cells, HEADS, widths)
    first: dict[tuple[str, str], int] = {}
    for n, row in enumerate(rows, 1):
        added = table.add_row()
        _mark(added, "w:cantSplit")
        cells = added.cells
        like = first.setdefault((row.code, row.expression), n)
        expression = row.expression if like == n else f"同第{like}行"
        texts = (str(n), f"{row.code} {row.title}", row.value, expression, row.counts, row.stamp)
        _fill(writer, cells, texts, widths)
        writer.bookmark(cells[0].paragraphs[0], anchor(row.key))
    for note in notes:
        writer.add(SMALL, note)


def _fill(writer: Writer, cells, texts: Sequence[str], widths: Sequence[int]) -> None:
    for cell, text, width in zip(cells, texts, widths, strict=True):
        cell._tc.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(width))
        first, *others = text.split("\n")
        cell.paragraphs[0].style = SMALL.name
        writer.fill(cell.paragraphs[0], [first])
        for other in others:
            writer.add(SMALL, other, into=cell)


def _mark(row, name: str) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<{name} {nsdecls('w')}/>"))


def _rule_lines(table) -> None:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))


_CELL_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
)
