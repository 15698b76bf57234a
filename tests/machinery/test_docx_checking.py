"""规范检查: our own files hold in every point; a file that somebody changed says which does not, and what to do."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from test_docx import SKINS, paper

from tonggui.base.errors import Problem
from tonggui.measure.document.checking import check
from tonggui.measure.document.writer import write
from tonggui.run.cli import main

POINTS = ["纸张", "页边距", "行距", "标题", "正文", "首行缩进", "层次序数", "页码", "字体", "颜色", "落款"]


@pytest.mark.parametrize("skin", ["plain", "red head"])
def test_our_own_file_holds_in_every_point(skin):
    points = check(write(paper(**SKINS[skin])), "总结.docx")
    assert not [(point.title, point.found) for point in points if not point.holds]
    assert {"一级标题", "二级标题", "三级标题", *POINTS} == {point.title for point in points}


def changed(change) -> dict[str, tuple[bool, str]]:
    document = docx.Document(io.BytesIO(write(paper())))
    change(document)
    file = io.BytesIO()
    document.save(file)
    return {point.title: (point.holds, point.found) for point in check(file.getvalue(), "改过.docx")}


def body(document):
    return next(each for each in document.paragraphs if each.text.startswith("甲乙"))


def margins(document):
    document.sections[0].left_margin = Mm(31.8)


def paper_size(document):
    document.sections[0].page_width, document.sections[0].page_height = Mm(216), Mm(279)


def face(document):
    body(document).runs[0]._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "微软雅黑")


def size(document):
    body(document).runs[0].font.size = Pt(14)


def head_size(document):
    next(each for each in document.paragraphs if each.text.startswith("一、")).runs[0].font.size = Pt(15)


def indent(document):
    indent = body(document)._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "0")
    indent.set(qn("w:firstLine"), "0")


def pitch(document):
    body(document).paragraph_format.line_spacing = Pt(24)


def mark(document):
    next(each for each in document.paragraphs if each.text.startswith("1.养护")).runs[0].text = "1、"


def numbers(document):
    document.settings.odd_and_even_pages_header_footer = False


def day(document):
    next(each for each in document.paragraphs if each.text == "2026年7月5日").runs[0].text = "2026年07月05日"


def colour(document):
    from docx.shared import RGBColor

    body(document).runs[0].font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)


@pytest.mark.parametrize(
    "change, point, words",
    [
        (margins, "页边距", "左31.8"),
        (paper_size, "纸张", "216×279"),
        (face, "正文", "微软雅黑"),
        (face, "字体", "微软雅黑"),
        (size, "正文", "14 磅"),
        (head_size, "一级标题", "15 磅"),
        (indent, "首行缩进", "甲乙"),
        (pitch, "行距", "24.00 磅"),
        (mark, "层次序数", "应作 1."),
        (numbers, "页码", "奇偶页不同"),
        (day, "落款", "虚位"),
        (colour, "颜色", "甲乙"),
    ],
)
def test_a_change_made_in_word_is_found(change, point, words):
    found = changed(change)
    assert not found[point][0] and words in found[point][1], found[point]


def test_a_file_of_the_plain_template_fails_in_most_points_and_is_read_all_the_same():
    document = docx.Document()
    document.add_heading("工作总结", 0)
    document.add_paragraph("今年以来，全县交通运输系统认真落实各项部署，完成了全部任务。")
    file = io.BytesIO()
    document.save(file)
    found = {point.title: point.holds for point in check(file.getvalue(), "别人的.docx")}
    wrong = {title for title, holds in found.items() if not holds}
    assert {"纸张", "页边距", "标题", "正文", "页码", "落款"} <= wrong


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "一段文字".encode()])
def test_what_is_no_word_file_is_refused_in_words(content):
    with pytest.raises(Problem, match="不是可以读取的 Word 文件"):
        check(content, "坏.docx")


def test_the_command_prints_a_point_a_line_and_ends_with_1_where_one_does_not_hold(tmp_path, capsys):
    good, bad = tmp_path / "好.docx", tmp_path / "坏.docx"
    good.write_bytes(write(paper()))
    docx.Document().save(str(bad))
    assert main(["lint", "--layout", str(good)]) == 0
    assert "[页边距] 相符：上37 右26 下35 左28。" in capsys.readouterr().out
    assert main(["lint", "--layout", str(bad)]) == 1
    assert "[页码] 不符" in capsys.readouterr().out
    assert main(["lint", "--layout", str(tmp_path / "没有.docx")]) == 2
