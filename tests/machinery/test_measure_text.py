"""The light text of documents: headings, paragraphs, marks, and numbers typed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonggui.measure.text import (
    Block,
    Mark,
    chinese_number,
    level_mark,
    numbered,
    parse,
    pieces,
    typed_digits,
)


def test_headings_paragraphs_and_marks_are_read():
    blocks = parse("# 重点项目\n\n共[[PRJ-01]]，\n增长[[PRJ-04|change]]。\n\n## 县道\n正文")
    assert blocks == [
        Block(1, ("重点项目",)),
        Block(0, ("共", Mark("PRJ-01"), "，增长", Mark("PRJ-04", "change"), "。")),
        Block(2, ("县道",)),
        Block(0, ("正文",)),
    ]


def test_level_marks_follow_the_standard_and_start_again():
    blocks = parse("# 甲\n## 乙\n### 丙\n### 丁\n## 戊\n### 己\n# 庚\n## 辛\n#### 壬")
    assert [mark for mark, _ in numbered(blocks)] == [
        "一、",
        "（一）",
        "1.",
        "2.",
        "（二）",
        "1.",
        "二、",
        "（一）",
        "（1）",
    ]


@pytest.mark.parametrize("n, text", [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (99, "九十九")])
def test_chinese_numbers(n, text):
    assert chinese_number(n) == text and level_mark(1, n) == f"{text}、"


def test_a_hundred_sections_are_too_many():
    with pytest.raises(ValueError, match="100"):
        chinese_number(100)


def test_digits_between_marks_are_seen_and_marks_are_not_digits():
    (block,) = parse("完成[[PRJ-04]]，比去年多３条，提高2.5%。")
    assert typed_digits(block) == ["３", "2.5%"]


@given(st.text())
def test_any_text_is_read_and_keeps_its_marks(text):
    for block in parse(text):
        assert all(isinstance(piece, str | Mark) for piece in block.pieces)
    assert "".join(map(str, pieces(text.replace("[", "").replace("\n", "")))) == text.replace("[", "").replace("\n", "")
