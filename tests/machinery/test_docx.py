"""An official document is laid out as GB/T 9704-2012 asks: in the file's own settings, and as it is rendered."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tonggui.measure.document.annex import Row
from tonggui.measure.document.paragraphs import anchor
from tonggui.measure.document.parts import RedHead, title_lines
from tonggui.measure.document.writer import Paper, write
from tonggui.measure.text import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROWS = [Row("PRJ-01", "重点项目数", "12个", "n(重点项目)", "12", "ab12cd34")]
HEAD = RedHead(
    "示例县交通运输局文件", "示交〔2026〕12号", "张示例", "示例县人民政府", "示例县交通运输局办公室", "县委办公室"
)
LONG_PARAGRAPH = "甲乙丙丁戊己庚辛壬癸" * 120
TEXT = f"# 重点项目建设\n\n今年共承担重点项目[[PRJ-01]]。\n\n## 农村公路\n\n### 养护\n\n{LONG_PARAGRAPH}\n"


def paper(**changes) -> Paper:
    given = dict(
        title=["示例县交通运输局", "2026年上半年工作总结"], blocks=parse(TEXT), words=lambda mark: "12个",
        issuer="示例县交通运输局", dated=date(2026, 7, 5), rows=ROWS,
    )  # fmt: skip
    return Paper(**{**given, **changes})


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist() if name.endswith(".xml")}


@pytest.fixture(scope="module")
def plain():
    return parts(write(paper()))


def attributes(element) -> dict[str, str]:
    return {key.removeprefix(W): value for key, value in element.attrib.items()}


def style(plain, name: str):
    return next(s for s in plain["word/styles.xml"].iter(W + "style") if s.find(W + "name").get(W + "val") == name)


def test_page_margins_and_grid_are_those_of_the_standard(plain):
    section = plain["word/document.xml"].find(f".//{W}sectPr")
    assert attributes(section.find(W + "pgSz")) == {"w": "11906", "h": "16838"}
    margins = attributes(section.find(W + "pgMar"))
    assert (margins["top"], margins["right"], margins["bottom"], margins["left"]) == ("2098", "1474", "1984", "1588")
    assert attributes(section.find(W + "docGrid")) == {"type": "linesAndChars", "linePitch": "579", "charSpace": "-848"}


@pytest.mark.parametrize(
    "name, face, half_points",
    [
        ("公文标题", "方正小标宋简体", "44"),
        ("公文一级标题", "黑体", "32"),
        ("公文二级标题", "楷体_GB2312", "32"),
        ("公文三级标题", "仿宋_GB2312", "32"),
        ("公文正文", "仿宋_GB2312", "32"),
    ],
)
def test_each_style_names_its_east_asian_face_and_size(plain, name, face, half_points):
    properties = style(plain, name).find(W + "rPr")
    fonts = attributes(properties.find(W + "rFonts"))
    assert fonts["eastAsia"] == face and fonts["ascii"] == face
    assert not [key for key in fonts if key.lower().endswith("theme")]
    assert properties.find(W + "sz").get(W + "val") == half_points


def test_nothing_falls_back_to_a_face_of_the_template(plain):
    text = "".join(ElementTree.tostring(root, "unicode") for root in plain.values())
    assert not re.search(r"asciiTheme|eastAsiaTheme|hAnsiTheme", text)
    assert "MS Mincho" not in ElementTree.tostring(plain["word/styles.xml"], "unicode")
    faces = {font.get(W + "name"): font for font in plain["word/fontTable.xml"]}
    assert faces["方正小标宋简体"].find(W + "altName").get(W + "val") == "华文中宋"


def test_headings_carry_their_marks_and_stand_in_the_outline(plain):
    texts = ["".join(t.text for t in p.iter(W + "t")) for p in plain["word/document.xml"].iter(W + "p")]
    assert {"一、重点项目建设", "（一）农村公路", "1.养护"} <= set(texts)
    for level in (0, 1, 2):
        name = f"公文{'一二三'[level]}级标题"
        assert style(plain, name).find(f"{W}pPr/{W}outlineLvl").get(W + "val") == str(level)


def test_a_figure_links_to_its_row_which_carries_its_code(plain):
    document = plain["word/document.xml"]
    link = document.find(f".//{W}hyperlink")
    assert link.get(W + "anchor") == anchor("PRJ-01") == "F_PRJ_01"
    assert "".join(t.text for t in link.iter(W + "t")) == "12个"
    row = next(r for r in document.iter(W + "tr") if r.find(f".//{W}bookmarkStart") is not None)
    assert row.find(f".//{W}bookmarkStart").get(W + "name") == anchor("PRJ-01")
    assert "PRJ-01" in "".join(t.text for t in row.iter(W + "t"))


def test_an_annex_is_announced_below_the_text_and_carries_its_title_on_the_third_line(plain):
    lines = [
        (p.find(f"{W}pPr/{W}pStyle").get(W + "val"), "".join(t.text for t in p.iter(W + "t")))
        for p in plain["word/document.xml"].find(W + "body").findall(W + "p")
    ]
    texts = [text for _, text in lines]
    note, mark = texts.index("附件：数据来源表"), texts.index("附件")
    assert texts[note - 1] == "" and texts[note + 1 : note + 3] == ["", "示例县交通运输局"]
    assert texts[mark + 1 : mark + 3] == ["", "数据来源表"]
    assert lines[mark + 2][0] == lines[0][0]
    assert "附件" not in "".join(t.text for t in parts(write(paper(rows=())))["word/document.xml"].iter(W + "t"))


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(plain):
    assert plain["word/settings.xml"].find(W + "evenAndOddHeaders") is not None
    sides = {}
    for name, root in plain.items():
        if "footer" in name:
            assert "".join(t.text for t in root.iter(W + "t")) == "—  —"
            assert root.find(f".//{W}instrText").text == "PAGE"
            sides[root.find(f".//{W}jc").get(W + "val")] = root.find(f".//{W}sz").get(W + "val")
    assert sides == {"right": "28", "left": "28"}


def signature(content: bytes, *texts: str) -> list[int]:
    """Blanks (hundredths of a character) right of each of the lines."""
    found = {}
    for paragraph in parts(content)["word/document.xml"].iter(W + "p"):
        indent = paragraph.find(f"{W}pPr/{W}ind")
        if indent is not None and indent.get(W + "rightChars"):
            found["".join(t.text for t in paragraph.iter(W + "t"))] = int(indent.get(W + "rightChars"))
    return [found[text] for text in texts]


def test_the_date_begins_two_characters_right_of_the_issuer():
    # The issuer is eight characters wide and ends two from the edge; the date is six wide.
    assert signature(write(paper()), "示例县交通运输局", "2026年7月5日") == [200, 200]


def test_a_date_longer_than_the_issuer_takes_the_two_blanks():
    issuer_blanks, day_blanks = signature(write(paper(issuer="县局")), "县局", "2026年7月5日")
    assert day_blanks == 200 and issuer_blanks == 800


def test_a_red_head_has_its_mark_rule_number_and_signatory():
    document = parts(write(paper(head=HEAD)))["word/document.xml"]
    mark = next(p for p in document.iter(W + "p") if "示例县交通运输局文件" in "".join(t.text for t in p.iter(W + "t")))
    assert mark.find(f".//{W}color").get(W + "val") == "FF0000"
    red = [b for b in document.iter(W + "bottom") if b.get(W + "color") == "FF0000"]
    assert len(red) == 1
    text = "".join(t.text for t in document.iter(W + "t"))
    assert "示交〔2026〕12号" in text and "签发人：张示例" in text and "抄送：县委办公室。" in text


ORDER = {
    "rPr": "rStyle rFonts b bCs i color spacing w kern position sz szCs highlight u shd vertAlign lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs snapToGrid spacing ind "
    "contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "tblPr": "tblStyle tblpPr tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg docGrid",
    "trPr": "cantSplit tblHeader",
}


@pytest.mark.parametrize("head", [None, HEAD], ids=["plain", "red head"])
def test_elements_stand_in_the_order_that_word_insists_on(head):
    for name, root in parts(write(paper(head=head))).items():
        for holder, order in ORDER.items():
            known = order.split()
            for element in root.iter(W + holder):
                found = [child.tag.removeprefix(W) for child in element]
                assert found == sorted(found, key=known.index), (name, holder, found)


def test_black_is_the_only_colour_of_plain_material(plain):
    assert {c.get(W + "val") for c in plain["word/document.xml"].iter(W + "color")} <= {"000000"}


def test_a_long_title_is_divided_with_the_longer_line_above():
    lines = title_lines(["示例县交通运输局关于二〇二六年上半年工作情况的报告"])
    assert "".join(lines) == "示例县交通运输局关于二〇二六年上半年工作情况的报告"
    assert [len(line) for line in lines] == [13, 12]


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler")
def test_a_rendered_page_holds_22_lines_of_28_characters(tmp_path):
    """Measured on a full page of one paragraph; CJK faces are one em wide, so a substitute face measures the same."""
    (tmp_path / "paper.docx").write_bytes(write(paper()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "paper.docx")], check=True, capture_output=True, timeout=120)
    boxes = subprocess.run(
        ["pdftotext", "-f", "2", "-l", "2", "-bbox", str(tmp_path / "paper.pdf"), "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    lines = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>', boxes)
    full = [(float(x), float(y), float(xx), text) for x, y, xx, _, text in lines if "甲" in text]
    assert len(full) == 22
    assert {len(text) for *_, text in full} == {28}
    tops = [y for _, y, *_ in full]
    pitches = {round(b - a, 1) for a, b in pairwise(tops)}
    assert all(abs(pitch - 28.95) <= 0.1 for pitch in pitches)
    mm = 72 / 25.4
    assert abs(full[0][0] - 28 * mm) < 2 and abs(full[0][2] - (210 - 26) * mm) < 2
