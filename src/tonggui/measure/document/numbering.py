"""Page numbers (GB/T 9704-2012, 7.5): — 1 — in size four, odd pages right, even pages left, one blank from the edge.

A lying table carries its number where the upright pages have it (10.2: 页码位置与公文其他页码保持一致).
It is bound with its head at the left, so the upright foot is its left edge, the outer right corner its lower one, and
the number is turned with it.
"""

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tonggui.measure.document.faces import LEVEL_1_FACE, NUMBER_FACE, SIZE_4, SIZE_SMALL_5, set_faces
from tonggui.measure.document.page import BOTTOM, LEFT, NUMBER_BELOW, NUMBER_LINE, PAGE_WIDTH, RIGHT, add_to
from tonggui.measure.document.paragraphs import colour

# Room for — 100 — along the edge, in twips.
LENGTH = 1700


def number_pages(document, *, lying: bool = False) -> None:
    """Give the section of a document its page numbers."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        if lying:
            _turned(footer, paragraph, side)
        else:
            _place(paragraph, side)
            _write(paragraph)


def mark_pages(document, words: str) -> None:
    """Words in the margin above every page."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        add_to(paragraph._p.get_or_add_pPr(), "w:jc", val="center")
        run = paragraph.add_run(words)
        colour(run, "808080")
        set_faces(run._r.get_or_add_rPr(), east=LEVEL_1_FACE, half_points=SIZE_SMALL_5)


def _place(paragraph, side: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    add_to(properties, "w:snapToGrid", val=0)
    add_to(properties, "w:spacing", before=0, after=0, line=NUMBER_LINE, lineRule="exact")
    add_to(properties, "w:ind", **{side: NUMBER_LINE, f"{side}Chars": 100, "firstLine": 0})
    add_to(properties, "w:jc", val=side)


def _turned(footer, paragraph, side: str) -> None:
    """A frame at the left edge of a lying page with the number turned, so that it stands when the sheet is turned."""
    x = BOTTOM - NUMBER_BELOW - NUMBER_LINE
    y = PAGE_WIDTH - RIGHT - LENGTH if side == "right" else LEFT
    table = footer.add_table(rows=1, cols=1, width=NUMBER_LINE * 635)
    properties = table._tbl.tblPr
    properties.find(qn("w:tblW")).addprevious(
        parse_xml(f'<w:tblpPr {nsdecls("w")} w:horzAnchor="page" w:vertAnchor="page" w:tblpX="{x}" w:tblpY="{y}"/>')
    )
    properties.find(qn("w:tblW")).attrib.update({qn("w:type"): "dxa", qn("w:w"): str(NUMBER_LINE)})
    properties.find(qn("w:tblLook")).addprevious(parse_xml(_NO_CELL_MARGINS))
    table._tbl.tblGrid.find(qn("w:gridCol")).set(qn("w:w"), str(NUMBER_LINE))
    add_to(table.rows[0]._tr.get_or_add_trPr(), "w:trHeight", val=LENGTH, hRule="exact")
    cell = table.rows[0].cells[0]
    add_to(cell._tc.get_or_add_tcPr(), "w:textDirection", val="tbRl")
    number = cell.paragraphs[0]
    _place(number, side)
    _write(number)
    # The paragraph that a footer must have comes behind the frame and takes no room.
    footer._element.append(paragraph._p)
    add_to(paragraph._p.get_or_add_pPr(), "w:spacing", before=0, after=0, line=20, lineRule="exact")


def _write(paragraph) -> None:
    for kind, text in (("t", "— "), ("begin", ""), ("instrText", "PAGE"), ("end", ""), ("t", " —")):
        run = paragraph.add_run()
        set_faces(run._r.get_or_add_rPr(), east=NUMBER_FACE, latin=NUMBER_FACE, half_points=SIZE_4)
        if kind in ("begin", "end"):
            add_to(run._r, "w:fldChar", fldCharType=kind)
        elif kind == "instrText":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
        else:
            run.text = text


_NO_CELL_MARGINS = (
    f"<w:tblCellMar {nsdecls('w')}>"
    + "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    + "</w:tblCellMar>"
)
