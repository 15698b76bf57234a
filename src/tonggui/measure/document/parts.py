"""版头, the head of a report upward: its red mark, number and signatories, and the red rule (GB/T 9704-2012, 7.2)."""

import re
from dataclasses import dataclass

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Twips

from tonggui.measure.document import faces, page
from tonggui.measure.document.faces import FLUSH
from tonggui.measure.document.paragraphs import Writer, colour, place, rule, width

RED = "FF0000"
# The mark's line is higher than its signs: so much of it lies above them (measured on paper, 52 pt in 57.9 pt).
ABOVE_MARK = Mm(3.5)
# The red rule stands 4 mm (11 pt) below the number, whose line leaves 4 pt under its signs.
RULE_SPACE = 8
NAMES_IN_LINE = 2


@dataclass(frozen=True, slots=True)
class RedHead:
    """What a report upward carries around its text: 发文机关标志, 发文字号, 签发人, 主送机关, 抄送, 印发."""

    mark: str
    number: str
    signatory: str
    addressee: str
    printed_by: str
    copies: str = ""


def red_head(writer: Writer, head: RedHead) -> None:
    """版头 (GB/T 9704-2012, 7.2): the red mark 35 mm below the top of the type area, two lines on number and signatory,
    4 mm below them the red rule, two lines to the title."""
    mark = writer.add(faces.HEAD_MARK, head.mark)
    mark.paragraph_format.space_before = Mm(35) - ABOVE_MARK
    colour(mark.runs[0], RED)
    size = min(faces.HEAD_MARK.half_points, int(2 * page.TYPE_WIDTH / 20 / len(head.mark) * 0.95))
    faces.set_faces(mark.runs[0]._r.get_or_add_rPr(), east=faces.TITLE_FACE, half_points=size)
    writer.add(FLUSH)
    writer.add(FLUSH)
    names = re.split(r"[\s、，,]+", head.signatory.strip()) if head.signatory.strip() else []
    last = _signatories(writer, head.number, names) if names else writer.add(FLUSH, head.number)
    if not names:
        place(last, "center")
    rule(last, "bottom", RED, space=RULE_SPACE)
    writer.add(FLUSH)
    writer.add(FLUSH)


def _signatories(writer: Writer, number: str, names: list[str]):
    """Number left and signatories right, one blank from the edges; several stand two in a line, the first names one
    under another, and the number in the line of the last (7.2.6). Gives the last line."""
    rows = [names[n : n + NAMES_IN_LINE] for n in range(0, len(names), NAMES_IN_LINE)]
    label = "签发人："
    wide = max(width("　".join(row)) for row in rows)
    stops = (writer.type_width / page.CELL - 1 - wide - width(label), writer.type_width / page.CELL - 1 - wide)
    for n, row in enumerate(rows):
        is_last = n == len(rows) - 1
        line = writer.add(
            FLUSH, number if is_last else "", "\t" + ("" if n else label), "\t" if n else "", "　".join(row)
        )
        place(line, "left", first=1)
        for stop in stops if n else stops[:1]:
            line.paragraph_format.tab_stops.add_tab_stop(Twips(round(stop * page.CELL)), WD_TAB_ALIGNMENT.LEFT)
        faces.set_faces(line.runs[-1]._r.get_or_add_rPr(), east=faces.LEVEL_2_FACE)
    return line
