"""版记 at the foot of the last page (GB/T 9704-2012, 7.4): copies, the printing office and its day between rules.

It stands in a text box fixed to the foot of the type area, since Word, WPS and LibreOffice agree on that alone: a table
fixed there is laid behind the text by LibreOffice, and so is a frame.
"""

import math
from datetime import date

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, Twips

from tonggui.measure.document import faces
from tonggui.measure.document.faces import FLUSH
from tonggui.measure.document.paragraphs import Writer, hang, rule, width
from tonggui.measure.document.parts import RedHead
from tonggui.measure.periods import day_label

# The outer rules are 0.35 mm thick, those between 0.25 mm; in eighths of a point.
THICK, THIN = 8, 6
# In points: the line of a text, the line that carries a rule, one blank of size four.
LINE, RULE_LINE, BLANK = 24, 2, faces.SIZE_4 / 2
LABEL = "抄送："
_EMU = 635  # a twip


def imprint(writer: Writer, head: RedHead, dated: date) -> None:
    """Write the 版记; without copies it is the printing office between two thick rules."""
    made = [_rule(writer, THICK)]
    lines = 1
    if head.copies:
        words = f"{LABEL}{head.copies.rstrip('。')}。"
        lines += math.ceil(
            width(words[len(LABEL) :]) * BLANK * 20 / (writer.type_width - (len(LABEL) + 2) * BLANK * 20)
        )
        line = _line(writer, words)
        hang(line, BLANK, characters=len(LABEL), before=1, after=1)
        made += [line, _rule(writer, THIN)]
    line = _line(writer, f"{head.printed_by}\t{day_label(dated)}印发")
    line.paragraph_format.left_indent = Pt(BLANK)
    stop = Twips(writer.type_width - round(BLANK * 20))
    line.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
    made += [line, _rule(writer, THICK)]
    # The box is fixed to a paragraph that takes no room, so that it opens no empty page.
    holder = writer.add(faces.SMALL)
    holder.paragraph_format.line_spacing = Pt(1)
    rules = sum(1 for each in made if not each.text)
    holder._p.append(_box(made, writer.type_width * _EMU, (lines * LINE + rules * RULE_LINE) * 12700))


def _line(writer: Writer, words: str):
    line = writer.add(FLUSH, words)
    line.paragraph_format.line_spacing = Pt(LINE)
    faces.set_faces(line.runs[0]._r.get_or_add_rPr(), east=faces.BODY_FACE, half_points=faces.SIZE_4)
    return line


def _rule(writer: Writer, eighths: int):
    """A rule as wide as the type area, in a paragraph of its own: the indents of the lines must not shorten it."""
    line = writer.add(faces.SMALL)
    line.paragraph_format.line_spacing = Pt(RULE_LINE)
    rule(line, "bottom", "000000", eighths=eighths, space=0)
    return line


def _box(paragraphs, wide: int, high: int):
    """A run with a text box at the foot of the type area that holds the paragraphs; lengths in EMU."""
    run = parse_xml(
        f"""<w:r {nsdecls("w", "wp", "a")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
        <w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"
          locked="0" layoutInCell="1" allowOverlap="0">
          <wp:simplePos x="0" y="0"/>
          <wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
          <wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
          <wp:extent cx="{wide}" cy="{high}"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="版记"/>
          <wp:cNvGraphicFramePr/>
          <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
            <wps:cNvSpPr txBox="1"/>
            <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>
              <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
            <wps:txbx><w:txbxContent/></wps:txbx>
            <wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>
          </wps:wsp></a:graphicData></a:graphic>
        </wp:anchor></w:drawing></w:r>"""
    )
    content = next(run.iter("{*}txbxContent"))
    for paragraph in paragraphs:
        content.append(paragraph._p)
    return run
