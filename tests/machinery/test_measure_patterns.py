"""The wording of a report: each condition both ways, braces, lists, punctuation, and every fault with its line."""

from decimal import Decimal

import pytest

from tonggui.measure.figures import COUNTY, Figure, Scope, Stamp
from tonggui.measure.figureset import FigureSet
from tonggui.measure.periods import Period
from tonggui.measure.reports import all_reports, report
from tonggui.measure.wording.checking import faults_of
from tonggui.measure.wording.reading import read
from tonggui.measure.wording.signs import mended
from tonggui.measure.wording.writing import write

HALF = Period.parse("2026H1")
STAMP = Stamp("", "", "", "", {}, "")


def figure(code, value=None, *, scope=COUNTY, unit="处", **more) -> Figure:
    """A figure of a value; without one it is not known, with `text` alone it tells words."""
    told = "text" in more
    text = more.pop("text", "—" if value is None else f"{value}{unit}")
    reason = more.pop("reason", "" if told or value is not None else "未见登记")
    number = None if value is None else Decimal(value)
    return Figure(code, code, unit, HALF, scope, number, text, "", STAMP, reason=reason, **more)


def row(code, name, value=None, **more) -> Figure:
    return figure(code, value, scope=Scope("project", name, f"XM{name}", name), **more)


def said(text: str, *figures: Figure, lists=()) -> str:
    """The blocks of the draft, each on a line, figures in words."""
    from tonggui.measure.text import parse

    held = FigureSet.of(HALF, figures)
    rows = {
        name: [
            {each.code: each for each in figures if each.scope.code == code}
            for code in dict.fromkeys(each.scope.code for each in figures if each.scope.code)
        ]
        for name in lists
    }
    wording = read(text)
    assert wording.faults == ()
    blocks = parse(write(wording, held, rows))
    return "\n".join("".join(p if isinstance(p, str) else held.words(p) for p in b.all_pieces) for b in blocks)


# --- conditions -------------------------------------------------------------------------------------------------------

SOME, ONE, ZERO = figure("A-01", 3), figure("A-01", 1), figure("A-01", 0)
NIL, UNKNOWN, TOLD = figure("A-01", 0, nil=True), figure("A-01"), figure("A-01", text="招标")
WHOLE, PART = figure("A-01", 1, unit="%"), figure("A-01", "0.5", unit="%")


@pytest.mark.parametrize(
    "word, holds, fails",
    [
        ("有", [SOME, ONE, TOLD], [ZERO, NIL, UNKNOWN]),
        ("无", [ZERO, NIL, UNKNOWN], [SOME, TOLD]),
        ("为零", [ZERO], [NIL, UNKNOWN, SOME]),
        ("零报告", [NIL], [ZERO, UNKNOWN, SOME]),
        ("未登记", [UNKNOWN], [ZERO, NIL, SOME, TOLD]),
        ("已知", [ZERO, NIL, SOME, TOLD], [UNKNOWN]),
        ("单个", [ONE], [SOME, ZERO, UNKNOWN]),
        ("多个", [SOME], [ONE, ZERO, UNKNOWN]),
        ("全部", [WHOLE], [PART, ONE, UNKNOWN]),
        ("未全", [PART], [WHOLE, SOME, UNKNOWN]),
        ("可比", [figure("A-01", 3, change="同比增长50.0%")], [SOME]),
        ("首次", [figure("A-01", 3, before=Decimal(0))], [figure("A-01", 3, before=Decimal(2)), SOME, ZERO]),
    ],
)
def test_each_condition_both_ways(word, holds, fails):
    assert [said(f"<{word} A-01>句。", each) for each in holds] == ["句。"] * len(holds)
    assert [said(f"<{word} A-01>句。", each) for each in fails] == [""] * len(fails)


@pytest.mark.parametrize("word, rows", [("有", (1, 2)), ("无", (0,)), ("单个", (1,)), ("多个", (2,))])
def test_a_list_may_be_asked_for_its_rows(word, rows):
    for count in range(3):
        found = said(f"<{word} projects>句。", *(row("B-01", str(n), 1) for n in range(count)), lists=["projects"])
        assert bool(found) is (count in rows)


def test_a_figure_the_document_has_not_is_not_known():
    assert said("<未登记 A-01>没有。\n<已知 A-01>有。") == "没有。"


@pytest.mark.parametrize(
    "values, expected",
    [((1, 1, None), True), ((1, None, None), False), ((None, None, 1), True), ((None, 1, 1), True)],
)
def test_or_divides_first_and_within(values, expected):
    figures = [figure(code, value) for code, value in zip(("A-01", "B-01", "C-01"), values, strict=True)]
    assert bool(said("<有 A-01 且 有 B-01 或 有 C-01>句。", *figures)) is expected


def test_otherwise_answers_the_conditions_since_the_last_line_without_one():
    text = "<有 A-01>甲。\n<有 B-01>乙。\n<否则>丙。\n<有 C-01>丁。\n<否则>戊。"
    assert said(text, figure("A-01", 1), figure("C-01", 1)) == "甲。丁。"
    assert said(text, figure("B-01", 1)) == "乙。戊。"
    assert said(text) == "丙。戊。"
    assert said("<有 A-01>甲。\n总。\n<有 B-01>乙。\n<否则>丙。", figure("A-01", 1)) == "甲。总。丙。"


def test_otherwise_may_ask_too():
    text = "<有 A-01>甲。\n<否则 且 有 B-01>乙。\n<否则>丙。"
    assert said(text, figure("A-01", 1), figure("B-01", 1)) == "甲。"
    assert said(text, figure("B-01", 1)) == "乙。"
    assert said(text) == "丙。"


# --- braces -----------------------------------------------------------------------------------------------------------


def test_braces_stand_when_every_figure_directly_in_them_is_more_than_none():
    text = "共{甲[[A-01]]、乙[[B-01]]}等。"
    assert said(text, figure("A-01", 3), figure("B-01", 2)) == "共甲3处、乙2处等。"
    for other in (figure("B-01", 0), figure("B-01")):
        assert said(text, figure("A-01", 3), other) == "共等。"


def test_braces_within_braces_fall_alone():
    text = "{发现[[A-01]]{，整改[[B-01]]}}。"
    assert said(text, figure("A-01", 3), figure("B-01", 0)) == "发现3处。"
    assert said(text, figure("A-01", 0), figure("B-01", 2)) == ""


def test_a_name_or_the_period_in_braces_is_no_figure():
    assert said("{截至[[period|end]]有[[A-01]]}。", figure("A-01", 3)) == "截至6月30日有3处。"


def test_a_condition_in_braces_decides_alone():
    text = "超限{<已知 A-01>，超限率[[A-01]]}。"
    assert said(text, figure("A-01", 0)) == "超限，超限率0处。" and said(text, figure("A-01")) == "超限。"


def test_otherwise_in_braces_answers_the_braces_before_it():
    text = "{<全部 A-01>已全部整改}{<否则>整改率[[A-01]]}。"
    assert said(text, WHOLE) == "已全部整改。" and said(text, PART) == "整改率0.5%。"
    assert said("{有[[A-01]]}{<否则>没有}。", ZERO) == "没有。"


@pytest.mark.parametrize(
    "changes, expected",
    [
        (dict(step="环比持平", change="同比增长5.0%"), "3处（环比持平，同比增长5.0%）。"),
        (dict(change="同比增长5.0%"), "3处（同比增长5.0%）。"),
        (dict(step="环比持平"), "3处（环比持平）。"),
        ({}, "3处。"),
    ],
)
def test_a_comparison_is_printed_only_with_its_base(changes, expected):
    assert said("[[A-01]]{（{[[A-01|step]]}{，[[A-01|change]]}）}。", figure("A-01", 3, **changes)) == expected


# --- rows -------------------------------------------------------------------------------------------------------------

PROJECTS = [
    row("B-01", "甲", 3), row("B-02", "甲", text="招标"), row("B-01", "乙"), row("B-01", "丙", 0),
]  # fmt: skip


def test_each_is_a_paragraph_for_every_row_with_the_lines_that_speak_of_it():
    text = "总述。\n<每 projects>[[.B-01|name]]：\n<已知 .B-01>完成[[.B-01]]{，处于[[.B-02]]}。\n<否则>未见登记。\n末。"
    assert (
        said(text, *PROJECTS, lists=["projects"])
        == "总述。\n甲：完成3处，处于招标。\n乙：未见登记。\n丙：完成0处。\n末。"
    )


def test_each_chooses_rows_and_otherwise_answers_an_empty_list():
    text = "<每 projects 且 未登记 .B-01>[[.B-01|name]]未登记。\n<否则>都已登记。"
    assert said(text, *PROJECTS, lists=["projects"]) == "乙未登记。"
    assert said(text, row("B-01", "甲", 1), lists=["projects"]) == "都已登记。"


def test_rows_are_joined_by_their_sign():
    text = "有{各 projects、：[[.B-01|name]]{（[[.B-01]]）}}；{各 projects 且 有 .B-01，：[[.B-01|name]]}。"
    assert said(text, *PROJECTS, lists=["projects"]) == "有甲（3处）、乙、丙；甲。"


def test_braces_around_joined_rows_stand_when_there_are_rows():
    text = "隐患{（{各 projects、：[[.B-01|name]]}）}。"
    assert said(text, *PROJECTS, lists=["projects"]) == "隐患（甲、乙、丙）。" and said(text) == "隐患。"


def test_a_table_goes_through_rows_and_is_left_out_without_them():
    text = "# 表\n\n| 项目 | 完成 |\n<每 projects>| [[.B-01|name]] | [[.B-01|bare]] |\n"
    found = said(text, *PROJECTS, lists=["projects"])
    assert found == "表\n项目完成甲3乙—丙0" and said(text) == ""


def test_a_section_stands_under_its_condition_and_once_for_each_row():
    text = "<有 A-01># 甲\n\n正文。\n\n# 项目\n\n<每 projects>## [[.B-01|name]]\n\n完成[[.B-01]]。"
    assert said(text, *PROJECTS[:1], lists=["projects"]) == "项目\n甲\n完成3处。"
    assert said(text, figure("A-01", 1)) == "甲\n正文。"


def test_a_section_of_nothing_is_left_out():
    assert (
        said("# 甲\n## 乙\n正文。\n\n# 丙\n\n<有 A-01>句。\n\n# 丁\n## 戊\n# 己\n正文。\n## 庚")
        == "甲\n乙\n正文。\n己\n正文。"
    )


# --- punctuation ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "joined, expected",
    [
        ("发现3处；。", "发现3处。"),
        ("发现3处，。", "发现3处。"),
        ("，查处3台。", "查处3台。"),
        ("甲，；乙。", "甲；乙。"),
        ("甲（，乙）。", "甲（乙）。"),
        ("甲（乙，）。", "甲（乙）。"),
        ("甲（、）；乙，", "甲；乙。"),
        ("逾期1宗：，须说明。", "逾期1宗，须说明。"),
        ("情况如下：", "情况如下："),
        ("甲、乙；丙：丁。", "甲、乙；丙：丁。"),
        ("。", ""),
    ],
)
def test_signs_that_meet_are_mended(joined, expected):
    assert mended(joined) == expected


# --- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line, words, what",
    [
        ("<有 HAZ-01 发现隐患。", "<有 HAZ-01 发现隐患。", "缺“>”"),
        ("<>句。", "<>", "没有条件"),
        ("<大于 HAZ-01>句。", "<大于 HAZ-01>", "没有条件词“大于”"),
        ("<有>句。", "<有>", "后要写指标"),
        ("<有 HAZ-01 HAZ-02>句。", "<有 HAZ-01 HAZ-02>", "只能写一个指标"),
        ("<有 HAZ01>句。", "<有 HAZ01>", "不是指标编号"),
        ("<有 HAZ-01 且>句。", "<有 HAZ-01 且>", "两边都要有条件"),
        ("<有 HAZ-01 且 否则>句。", "<有 HAZ-01 且 否则>", "最前面"),
        ("<每>句。", "<每>", "清单的名称"),
        ("<每 projects 有 HAZ-01>句。", "<每 projects 有 HAZ-01>", "要写“且”"),
        ("<零报告 projects>句。", "<零报告 projects>", "不能用于清单"),
        ("<否则>句。", "<否则>句。", "前面没有带条件的句子"),
        ("<否则># 标题", "<否则># 标题", "不能用“否则”"),
        ("#标题", "#标题", "一个空格"),
        ("共12处。", "12", "不能直接写数字"),
        ("共{甲[[HAZ-01]]。", "{甲[[HAZ-01]]", "缺“}”"),
        ("共}甲。", "}甲。", "多了一个“}”"),
        ("共{甲}。", "{甲}", "没有指标，也没有条件"),
        ("共<有 HAZ-01>甲。", "<有 HAZ-01>", "开头"),
        ("共[[HAZ-01。", "[[HAZ-01。", "没有写完"),
        ("共HAZ]]。", "]]。", "没有与它成对"),
        ("共[[PRJ-07/XM0001]]。", "[[PRJ-07/XM0001]]", "某一条记录"),
        ("甲{<否则>乙}。", "<否则>", "紧跟"),
        ("甲{<每 projects>乙}。", "<每 projects>", "用“各”"),
        ("甲{各 projects乙}。", "{各 projects乙", "写成 {各"),
        ("共[[HAZ-99]]。", "[[HAZ-99]]", "没有指标HAZ-99"),
        ("共[[HAZ-01|sum]]。", "|sum", "没有这种写法"),
        ("[[period|month]]。", "|month", "没有这种写法"),
        ("<有 HAZ-99>句。", "有 HAZ-99", "没有指标HAZ-99"),
        ("<每 roads>句。", "roads", "没有清单“roads”"),
        ("<多个 roads>句。", "roads", "没有清单“roads”"),
        ("共[[.HAZ-01]]。", "[[.HAZ-01]]", "“每”或“各”里面"),
        ("<有 .HAZ-01>句。", "有 .HAZ-01", "“每”或“各”里面"),
        ("<每 domains>[[.PRJ-07]]。", "[[.PRJ-07]]", "不能按清单“domains”分列"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_line_and_words(line, words, what):
    found = faults_of(read(f"总述。\n\n{line}\n"), report("half_year"))
    assert [(fault.line, fault.words) for fault in found if what in fault.what] == [(3, words)]
    assert all(fault.line == 3 for fault in found) and str(found[0]).startswith("第3行“")


def test_each_within_each_is_a_fault():
    text = "<每 projects># [[.PRJ-06|name]]\n\n<每 domains>句。"
    assert ["不能再用“每”" in fault.what for fault in faults_of(read(text), report("half_year"))] == [True]


def test_full_width_brackets_are_read_like_half_width_ones():
    assert said("＜有 A-01＞甲｛［［A-01］］｝。", SOME) == "甲3处。"


@pytest.mark.parametrize("each", all_reports(), ids=lambda each: each.code)
def test_the_wording_of_every_report_has_no_fault(each):
    assert [str(fault) for fault in faults_of(each.default_wording, each)] == []
