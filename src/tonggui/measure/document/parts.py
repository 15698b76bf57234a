"""The parts around the text: 版头 with its red rule, the title, signature and date, 版记."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, Twips

from tonggui.measure.document import faces, page
from tonggui.measure.document.faces import BODY, FLUSH
from tonggui.measure.document.paragraphs import Writer, colour, place, rule, width
from tonggui.measure.periods import day_label

# Characters of 二号 that fit the type area: 156 mm against 22 pt.
TITLE_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class RedHead:
    """What a report upward carries around its text: 发文机关标志, 发文字号, 签发人, 主送机关, 抄送, 印发."""

    mark: str
    number: str
    signatory: str
    addressee: str
    printed_by: str
    copies: str = ""


def title_lines(lines: Sequence[str]) -> list[str]:
    """The title's lines, each no longer than the type area; a longer one is divided evenly, the upper part longer."""
    fitted: list[str] = []
    for line in lines:
        parts = -(-len(line) // TITLE_CHARACTERS)
        while line:
            take = -(-len(line) // parts)
            fitted.append(line[:take])
            line, parts = line[take:], parts - 1
    return fitted


def sign(writer: Writer, issuer: str, dated: date) -> None:
    """Signature and date without a seal (GB/T 9704-2012, 7.3.5.2).

    The issuer stands right with two blanks, the date's first character two to the right of the issuer's first; where
    the date is the longer, the date takes the two blanks and the issuer more.
    """
    day = day_label(dated)
    issuer_blanks, day_blanks = 2.0, width(issuer) - width(day)
    if width(day) > width(issuer):
        issuer_blanks, day_blanks = width(day) + 4 - width(issuer), 2.0
    writer.add(BODY)
    for text, blanks in ((issuer, issuer_blanks), (day, day_blanks)):
        paragraph = writer.add(FLUSH, text)
        place(paragraph, "right", right=blanks)
        paragraph.paragraph_format.keep_together = True


def red_head(writer: Writer, head: RedHead) -> None:
    """版头: the red mark 35 mm below the top of the type area, number and signatory, the red rule 4 mm under them."""
    mark = writer.add(faces.HEAD_MARK, head.mark)
    mark.paragraph_format.space_before = Mm(35)
    colour(mark.runs[0], "FF0000")
    size = min(faces.HEAD_MARK.half_points, int(2 * page.TYPE_WIDTH / 20 / len(head.mark) * 0.95))
    faces.set_faces(mark.runs[0]._r.get_or_add_rPr(), east=faces.TITLE_FACE, half_points=size)
    writer.add(FLUSH)
    writer.add(FLUSH)
    line = writer.add(FLUSH, head.number, "\t签发人：", head.signatory)
    _both_ends(line)
    faces.set_faces(line.runs[-1]._r.get_or_add_rPr(), east=faces.LEVEL_2_FACE)
    rule(line, "bottom", "FF0000", space=11)
    writer.add(FLUSH)
    writer.add(FLUSH)


def imprint(writer: Writer, head: RedHead, dated: date) -> None:
    """版记 at the foot of the last page: copies, the printing office and its day, in size four between two rules.

    A table fixed to the foot of the type area holds it; the outer rules are thick (0.35 mm), the inner one thin.
    """
    lines = [f"抄送：{head.copies}。"] if head.copies else []
    lines.append(f"{head.printed_by}\t{day_label(dated)}印发")
    table = writer.document.add_table(rows=len(lines), cols=1)
    table._tbl.tblGrid.find(qn("w:gridCol")).set(qn("w:w"), str(page.TYPE_WIDTH))
    properties = table._tbl.tblPr
    properties.find(qn("w:tblW")).attrib.update({qn("w:type"): "dxa", qn("w:w"): str(page.TYPE_WIDTH)})
    properties.find(qn("w:tblW")).addprevious(parse_xml(_AT_THE_FOOT))
    properties.find(qn("w:tblLook")).addprevious(parse_xml(_IMPRINT_RULES))
    for row, text in zip(table.rows, lines, strict=True):
        paragraph = row.cells[0].paragraphs[0]
        paragraph.style = FLUSH.name
        writer.fill(paragraph, [text])
        _both_ends(paragraph)
        faces.set_faces(paragraph.runs[0]._r.get_or_add_rPr(), east=faces.BODY_FACE, half_points=faces.SIZE_4)
    # A document ends with a paragraph; this one takes no room, so that it opens no empty page.
    last = writer.add(faces.SMALL)
    last.paragraph_format.line_spacing = Pt(1)


_AT_THE_FOOT = (
    f'<w:tblpPr {nsdecls("w")} w:horzAnchor="margin" w:vertAnchor="margin" w:tblpX="0" w:tblpYSpec="bottom"/>'
)
_IMPRINT_RULES = (
    f'<w:tblBorders {nsdecls("w")}><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tblBorders>'
)


def _both_ends(paragraph) -> None:
    """One blank at the left edge, and a tab that sends what follows it to one blank from the right edge."""
    place(paragraph, "left", first=1)
    stop = round(page.TYPE_WIDTH - page.CELL)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Twips(stop), WD_TAB_ALIGNMENT.RIGHT)
