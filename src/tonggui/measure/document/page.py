"""The page of GB/T 9704-2012: A4, margins, the grid of 22 lines with 28 characters, page numbers outside the type area.

Lengths in twips (1/20 pt). 156 mm ÷ 28 characters = 15.79 pt against the 16 pt of size three, 225 mm ÷ 22 lines =
28.99 pt a line; the grid's character space is in 1/4096 pt.
"""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section

from tonggui.measure.document.faces import NUMBER_FACE, SIZE_4, set_faces

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, RIGHT, BOTTOM, LEFT = 2098, 1474, 1984, 1588
LINES, CHARACTERS = 22, 28
LINE_PITCH = 579
CHARACTER_SPACE = -848
CELL = (PAGE_WIDTH - LEFT - RIGHT) / CHARACTERS
TYPE_WIDTH = PAGE_WIDTH - LEFT - RIGHT
# The number stands 7 mm below the type area: 35 mm of margin less 7 mm less the line of the number itself.
NUMBER_LINE = 280
FOOTER_DISTANCE = BOTTOM - 397 - NUMBER_LINE


def lay_out(section: Section) -> None:
    """Give a section the standard's page, margins, grid and page numbers."""
    properties = section._sectPr
    for name in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    _add(properties, "w:pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT)
    _add(
        properties, "w:pgMar",
        top=TOP, right=RIGHT, bottom=BOTTOM, left=LEFT, header=851, footer=FOOTER_DISTANCE, gutter=0,
    )  # fmt: skip
    _add(properties, "w:cols", space=0)
    _add(properties, "w:docGrid", type="linesAndChars", linePitch=LINE_PITCH, charSpace=CHARACTER_SPACE)


def number_pages(document) -> None:
    """— 1 — in size four: odd pages at the right, even pages at the left, one blank from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        _page_number(paragraph, side)


def _page_number(paragraph, side: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    _add(properties, "w:snapToGrid", val=0)
    _add(properties, "w:spacing", before=0, after=0, line=NUMBER_LINE, lineRule="exact")
    _add(properties, "w:ind", **{side: NUMBER_LINE, f"{side}Chars": 100, "firstLine": 0})
    _add(properties, "w:jc", val=side)
    for kind, text in (("t", "— "), ("begin", ""), ("instrText", "PAGE"), ("end", ""), ("t", " —")):
        run = paragraph.add_run()
        set_faces(run._r.get_or_add_rPr(), east=NUMBER_FACE, latin=NUMBER_FACE, half_points=SIZE_4)
        if kind in ("begin", "end"):
            _add(run._r, "w:fldChar", fldCharType=kind)
        elif kind == "instrText":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
        else:
            run.text = text


def _add(parent, name: str, **attributes) -> None:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    parent.append(element)
