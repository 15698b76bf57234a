"""The page of GB/T 9704-2012: A4, margins, the grid of 22 lines with 28 characters, page numbers outside the type area.

Lengths in twips (1/20 pt). 156 mm ÷ 28 characters = 15.79 pt against the 16 pt of size three, 225 mm ÷ 22 lines =
28.99 pt a line; the grid's character space is in 1/4096 pt.
"""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, RIGHT, BOTTOM, LEFT = 2098, 1474, 1984, 1588
LINES, CHARACTERS = 22, 28
LINE_PITCH = 579
CHARACTER_SPACE = -848
TYPE_WIDTH = PAGE_WIDTH - LEFT - RIGHT
CELL = TYPE_WIDTH / CHARACTERS
# Lying, the page is bound at its head: the margin of the binding is above, that of the upright foot at the left.
LYING_WIDTH = PAGE_HEIGHT - BOTTOM - TOP
# The dashes beside the number stand 7 mm below the type area (397 twips), in the middle of its line of 14 pt.
NUMBER_LINE = 280
NUMBER_BELOW = 397 - NUMBER_LINE // 2
FOOTER_DISTANCE = BOTTOM - NUMBER_BELOW - NUMBER_LINE


def lay_out(section: Section, *, lying: bool = False) -> None:
    """Give a section the standard's page, margins and grid, upright or lying (A4型纸横排)."""
    properties = section._sectPr
    for name in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    if lying:
        add_to(properties, "w:pgSz", w=PAGE_HEIGHT, h=PAGE_WIDTH, orient="landscape")
        margins = {"top": LEFT, "right": TOP, "bottom": RIGHT, "left": BOTTOM, "header": 567, "footer": 567}
    else:
        add_to(properties, "w:pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT)
        margins = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT, "header": 851, "footer": FOOTER_DISTANCE}
    add_to(properties, "w:pgMar", **margins, gutter=0)
    add_to(properties, "w:cols", space=0)
    add_to(properties, "w:docGrid", type="linesAndChars", linePitch=LINE_PITCH, charSpace=CHARACTER_SPACE)


def add_to(parent, name: str, **attributes):
    """A child with attributes, behind those that are there."""
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    parent.append(element)
    return element
