"""An official document is laid out as GB/T 9704-2012 asks: in the file's own settings, and as it is rendered."""

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest

from tonggui.measure.document.annex import Row
from tonggui.measure.document.forms import Form
from tonggui.measure.document.paragraphs import anchor
from tonggui.measure.document.parts import RedHead
from tonggui.measure.document.titles import CHARACTERS, title_lines
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
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs autoSpaceDE autoSpaceDN "
    "snapToGrid spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "tblPr": "tblStyle tblpPr tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg docGrid",
    "trPr": "cantSplit trHeight tblHeader",
    "tcPr": "tcW gridSpan vMerge tcBorders shd textDirection vAlign",
}


SKINS = {
    "plain": {},
    "red head": {"head": HEAD},
    "form": {"form": Form("示例县交通运输局", date(2026, 7, 5), lying=True), "rows": ()},
}


@pytest.mark.parametrize("skin", SKINS)
def test_elements_stand_in_the_order_that_word_insists_on(skin):
    for name, root in parts(write(paper(**SKINS[skin], blocks=parse(f"{TEXT}\n|甲|乙|\n|1|2|\n")))).items():
        for holder, order in ORDER.items():
            known = order.split()
            for element in root.iter(W + holder):
                found = [child.tag.removeprefix(W) for child in element]
                assert found == sorted(found, key=known.index), (name, holder, found)


FACES = {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"}


@pytest.mark.parametrize("skin", SKINS)
def test_no_other_face_and_nothing_of_the_template_is_anywhere_in_the_file(skin):
    content = write(paper(**SKINS[skin]))
    for name, root in parts(content).items():
        for fonts in root.iter(W + "rFonts"):
            assert set(attributes(fonts)) == {"ascii", "hAnsi", "eastAsia", "cs"}, name
            assert set(fonts.attrib.values()) <= FACES, name
        for theme in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}font"):
            pytest.fail(f"{name} still names {theme.get('typeface')}")
    text = b"".join(
        zipfile.ZipFile(io.BytesIO(content)).read(name) for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    )
    for leftover in (b"python-docx", b"Mincho", b"ja-JP", b"Calibri", b"Cambria", b"2013-12-23", b"Macintosh"):
        assert leftover not in text
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [
        name for name in names if re.search("customXml|stylesWithEffects|thumbnail|numbering|webSettings", name)
    ]


def test_the_same_paper_makes_the_same_file():
    def texts():
        with zipfile.ZipFile(io.BytesIO(write(paper()))) as file:
            return {name: file.read(name) for name in file.namelist()}

    assert texts() == texts()


def test_a_report_under_a_seal_has_its_date_four_blanks_from_the_edge_and_the_issuer_over_its_middle():
    # The date is six characters wide, its middle seven from the edge; the issuer is eight wide.
    assert signature(write(paper(head=HEAD)), "示例县交通运输局", "2026年7月5日") == [300, 400]
    long = "示例县交通运输局示例县公安局示例县水利局"
    assert signature(write(paper(head=HEAD, issuer=long)), long, "2026年7月5日") == [0, 700]


def paragraph_texts(content: bytes) -> list[str]:
    return ["".join(t.text for t in p.iter(W + "t")) for p in parts(content)["word/document.xml"].iter(W + "p")]


def test_a_number_without_signatory_stands_in_the_middle_and_several_signatories_two_in_a_line():
    head = RedHead("示例县交通运输局文件", "示交发〔2026〕3号", "", "各乡镇交管办：", "局办公室")
    content = write(paper(head=head))
    number = next(
        p
        for p in parts(content)["word/document.xml"].iter(W + "p")
        if "3号" in "".join(t.text for t in p.iter(W + "t"))
    )
    assert number.find(f"{W}pPr/{W}jc").get(W + "val") == "center"
    assert "各乡镇交管办：" in paragraph_texts(content), "one colon, not two"
    three = RedHead("示例县交通运输局文件", "示交〔2026〕3号", "张示例、李示例 王示例", "县政府", "局办公室")
    texts = paragraph_texts(write(paper(head=three)))
    assert [text for text in texts if "示例" in text][1:3] == ["签发人：张示例　李示例", "示交〔2026〕3号王示例"]


def test_a_last_paragraph_in_brackets_is_the_remark_below_the_date():
    texts = paragraph_texts(write(paper(rows=(), blocks=parse("正文。\n\n（联系人：李示例）\n"))))
    assert texts[-2:] == ["2026年7月5日", "（联系人：李示例）"]
    assert texts.index("正文。") < texts.index("示例县交通运输局", texts.index("正文。"))


def test_the_signature_is_tied_to_the_last_words_of_the_text():
    document = parts(write(paper(rows=(), blocks=parse("正文。\n"))))["word/document.xml"]
    tied = [
        "".join(t.text for t in p.iter(W + "t"))
        for p in document.iter(W + "p")
        if p.find(f"{W}pPr/{W}keepNext") is not None
    ]
    assert tied == ["正文。", "", "示例县交通运输局"]


def test_a_form_lies_with_the_binding_at_its_head_and_its_number_turned_at_the_left_edge():
    content = write(paper(**SKINS["form"], blocks=parse("单位：万元\n\n|项目|投资|\n|甲|12|\n")))
    form = parts(content)
    section = form["word/document.xml"].find(f".//{W}sectPr")
    assert attributes(section.find(W + "pgSz")) == {"w": "16838", "h": "11906", "orient": "landscape"}
    margins = attributes(section.find(W + "pgMar"))
    assert (margins["top"], margins["right"], margins["bottom"], margins["left"]) == ("1588", "2098", "1474", "1984")
    turned = [root for name, root in form.items() if "footer" in name]
    assert {root.find(f".//{W}textDirection").get(W + "val") for root in turned} == {"tbRl"}
    texts = paragraph_texts(content)
    assert "填报单位：示例县交通运输局填报日期：2026年7月5日" in texts and "单位：万元" in texts
    assert next(text for text in texts if "审核人：" in text).count("＿") == 18
    assert form["word/document.xml"].find(f".//{W}tblHeader") is not None


def test_black_is_the_only_colour_of_plain_material(plain):
    assert {c.get(W + "val") for c in plain["word/document.xml"].iter(W + "color")} <= {"000000"}


@pytest.mark.parametrize(
    "title, lines",
    [
        ("示例县交通运输局关于2026年上半年工作总结和下半年工作安排的报告",
         ["示例县交通运输局关于2026年上半年", "工作总结和下半年工作安排的报告"]),
        ("2026年上半年工作总结", ["2026年上半年工作总结"]),
        ("示例县交通运输局关于二〇二六年上半年工作情况的报告",
         ["示例县交通运输局", "关于二〇二六年上半年工作情况的报告"]),
    ],
)  # fmt: skip
def test_a_long_title_is_divided_between_its_words(title, lines):
    assert title_lines([title]) == lines


def test_a_title_of_three_lines_has_no_waist_and_splits_no_word():
    title = "示例县交通运输局关于贯彻落实示例县人民政府安全生产专项整治行动方案进一步加强道路运输安全生产工作情况的报告"
    found = title_lines([title])
    widths = [len(line) for line in found]
    assert "".join(found) == title and max(widths) <= CHARACTERS
    assert not (widths[1] < widths[0] and widths[1] < widths[2])
    for line in found[:-1]:
        assert not title[len("".join(found[: found.index(line) + 1])) :].startswith(
            ("输局", "生产", "工作的", "的", "运输")
        )


def test_parts_of_one_indicator_name_the_row_whose_expression_they_share():
    rows = [
        Row("HAZ-01/甲", "隐患（甲镇）", "3处", "《隐患》数", "记录 3", "ab"),
        Row("HAZ-01/乙", "隐患（乙镇）", "2处", "《隐患》数", "记录 2", "cd"),
        Row("HAZ-02", "重大隐患", "1处", "《隐患》数", "记录 1", "ef"),
    ]
    table = parts(write(paper(rows=rows)))["word/document.xml"].find(f".//{W}tbl")
    cells = [
        ["".join(t.text for t in cell.iter(W + "t")) for cell in row.iter(W + "tc")] for row in table.iter(W + "tr")
    ]
    assert [row[3] for row in cells[1:]] == ["《隐患》数", "同第1行", "《隐患》数"]
    assert cells[2][1] == "HAZ-01 隐患（乙镇）"
