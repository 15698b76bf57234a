"""The faces and sizes of GB/T 9704-2012 and the styles made of them.

Faces are named, never bundled: 方正小标宋 is a commercial font, so the file says what an office without it may take
instead (`w:altName`). The default template of python-docx sends East Asian text to a Japanese face through its theme;
every style here therefore names its East Asian face, and the theme is turned to ours.

The page declares the grid of the standard, but these styles do not lean on it: LibreOffice 7.4 reads any negative
character space of a grid as half the characters a line (14). A fixed line of 28.95 pt and letters drawn 0.3 pt closer
give 22 lines of 28 characters with and without a grid; justification spreads the rest.
"""

from dataclasses import dataclass

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tonggui.measure.document import template

TITLE_FACE = "方正小标宋简体"
BODY_FACE = "仿宋_GB2312"
LEVEL_1_FACE = "黑体"
LEVEL_2_FACE = "楷体_GB2312"
NUMBER_FACE = "宋体"

SUBSTITUTES = {
    TITLE_FACE: "华文中宋",
    BODY_FACE: "仿宋",
    LEVEL_2_FACE: "楷体",
    LEVEL_1_FACE: "SimHei",
    NUMBER_FACE: "SimSun",
}

_SONG = ("Noto Serif CJK SC", "Source Han Serif SC")
_FREE = {
    TITLE_FACE: ("FZXiaoBiaoSong-B05S", *_SONG),
    BODY_FACE: ("FangSong", "STFangsong", "FandolFang", *_SONG),
    LEVEL_2_FACE: ("KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN", *_SONG),
    LEVEL_1_FACE: ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    NUMBER_FACE: _SONG,
}

# Sizes in half-points: 二号, 三号, 四号, and 小五 for the small print of the annex.
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_5 = 44, 32, 28, 18

LINE_PITCH = 579
# In twips, on size three: 16 pt less 0.3 pt, 28 times, is 439.6 pt of 442.2.
CLOSER = -6


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: what it is called, its face and size, its level in the outline, its place on the line."""

    name: str
    face: str = BODY_FACE
    half_points: int = SIZE_3
    outline: int | None = None
    align: str = "both"
    first_line_chars: int = 2
    line: int = LINE_PITCH
    keep_with_next: bool = False


TITLE = Look("公文标题", TITLE_FACE, SIZE_2, align="center", first_line_chars=0, keep_with_next=True)
UNDER_TITLE = Look("公文题注", LEVEL_2_FACE, align="center", first_line_chars=0)
BODY = Look("公文正文")
LEVELS = (
    Look("公文一级标题", LEVEL_1_FACE, outline=0, keep_with_next=True),
    Look("公文二级标题", LEVEL_2_FACE, outline=1, keep_with_next=True),
    Look("公文三级标题", outline=2, keep_with_next=True),
    Look("公文四级标题", outline=3, keep_with_next=True),
)
FLUSH = Look("公文顶格", first_line_chars=0)
ANNEX_MARK = Look("公文附件", LEVEL_1_FACE, outline=0, first_line_chars=0)
HEAD_MARK = Look("公文发文机关标志", TITLE_FACE, 104, align="center", first_line_chars=0, line=1158)
FILLED_BY = Look("公文填报行", align="left", first_line_chars=0, keep_with_next=True, half_points=SIZE_4)
UNIT = Look("公文单位行", align="right", first_line_chars=0, keep_with_next=True, half_points=SIZE_4)
SMALL = Look("公文附表", BODY_FACE, SIZE_SMALL_5, align="left", first_line_chars=0, line=240)

LOOKS = (TITLE, UNDER_TITLE, BODY, *LEVELS, FLUSH, ANNEX_MARK, HEAD_MARK, FILLED_BY, UNIT, SMALL)


# Word insists on the schema's order: what follows a size in run properties, as far as our files use it.
_AFTER_SIZE = {qn(f"w:{name}") for name in ("highlight", "u", "shd", "vertAlign", "rtl", "cs", "lang")}


def set_faces(properties, *, east: str, latin: str | None = None, half_points: int | None = None) -> None:
    """Name the faces of run properties (`w:rPr`) for every script, without any face of the theme."""
    for name in ("w:rFonts", "w:sz", "w:szCs"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    fonts = OxmlElement("w:rFonts")
    for script, face in (("ascii", latin or east), ("hAnsi", latin or east), ("eastAsia", east), ("cs", latin or east)):
        fonts.set(qn(f"w:{script}"), face)
    properties.insert(0, fonts)
    after = next((element for element in properties if element.tag in _AFTER_SIZE), None)
    for name in ("w:sz", "w:szCs") if half_points else ():
        size = OxmlElement(name)
        size.set(qn("w:val"), str(half_points))
        properties.append(size) if after is None else after.addprevious(size)


def prepare(document) -> None:
    """Replace the styles, theme faces and font table of the default template by those of an official document."""
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults"))
    set_faces(defaults.find(qn("w:rPrDefault")).find(qn("w:rPr")), east=BODY_FACE, half_points=SIZE_3)
    language = defaults.find(".//" + qn("w:lang"))
    language.set(qn("w:eastAsia"), "zh-CN")
    _drop_unused_styles(styles)
    normal = styles["Normal"]
    set_faces(normal.element.get_or_add_rPr(), east=BODY_FACE, half_points=SIZE_3)
    for look in LOOKS:
        _add_style(styles, look)
    template.clear(document, BODY_FACE)
    _name_substitutes(document)


def substitutes_file() -> str:
    """The same substitutes for fontconfig, with free faces behind them: what a machine without our faces shows."""
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><accept>'
        + "".join(f"<family>{other}</family>" for other in (SUBSTITUTES[name], *_FREE[name]))
        + "</accept></alias>"
        for name in SUBSTITUTES
    )
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    return f'{head}<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>'


def _drop_unused_styles(styles) -> None:
    """Keep only what Word needs to exist; the template's headings and table styles carry foreign faces."""
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "header", "footer"}
    for style in list(styles):
        if style.name not in kept and style.name.lower() not in kept:
            style.element.getparent().remove(style.element)


def _add_style(styles, look: Look) -> None:
    style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = True
    run = style.element.get_or_add_rPr()
    set_faces(run, east=look.face, half_points=look.half_points)
    if look.half_points == SIZE_3:
        run.insert(1, parse_xml(f'<w:spacing {nsdecls("w")} w:val="{CLOSER}"/>'))
    first = f'w:firstLineChars="{look.first_line_chars * 100}" w:firstLine="{look.first_line_chars * 316}"'
    style.element.get_or_add_pPr().extend(
        parse_xml(f"<{name} {nsdecls('w')} {attributes}/>")
        for name, attributes in (
            *((("w:keepNext", ""),) if look.keep_with_next else ()),
            # 22 lines on every page, and no room between Chinese and digits, so that a line keeps its 28 characters.
            ("w:widowControl", 'w:val="0"'),
            ("w:autoSpaceDE", 'w:val="0"'),
            ("w:autoSpaceDN", 'w:val="0"'),
            ("w:snapToGrid", 'w:val="0"'),
            ("w:spacing", f'w:before="0" w:after="0" w:line="{look.line}" w:lineRule="exact"'),
            ("w:ind", first),
            ("w:jc", f'w:val="{look.align}"'),
            *((("w:outlineLvl", f'w:val="{look.outline}"'),) if look.outline is not None else ()),
        )
    )


def _name_substitutes(document) -> None:
    """The font table: each face with the one to take where it is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in SUBSTITUTES.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    template.part(document, "/fontTable.xml")._blob = f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()
