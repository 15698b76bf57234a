"""The reader of old summaries: quantities, what they count, their periods, tables, faults, and how well it goes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from tonggui.measure.periods import Period
from tonggui.texts.reading import Text
from tonggui.texts.summary import read_file, read_summary, sights
from tonggui.texts.summary.apart import PATTERNS, spans_apart
from tonggui.texts.summary.evaluate import evaluate_all, speak_of_one
from tonggui.texts.summary.plain import Plain
from tonggui.texts.summary.quantities import quantities

LABELLED = Path(__file__).parents[1] / "captures" / "summaries"
TITLE = "示例县交通运输局2024年上半年工作总结"


def read(sentence: str, title: str = TITLE):
    return read_summary(Text.of(f"{title}\n{sentence}"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("出动１,２００余人次", [(1200, "人次", "余")]),
        ("发放三千余份资料", [(3000, "份", "余")]),
        ("罚款404余万元", [(404, "万元", "余")]),
        ("停车场2.2 万平方米", [(2.2, "万平方米", None)]),
        ("整改率百分之八十五", [(85, "%", None)]),
        ("提高2.5个百分点", [(2.5, "个百分点", None)]),
        ("检查18车/次、80人/次", [(18, "车次", None), (80, "人次", None)]),
        ("投资约三百二十万元", [(320, "万元", "约")]),
        ("投资五亿四千万元", [(54000, "万元", None)]),
        ("总投资约3亿", [(3, "亿元", "约")]),
        ("联合治超28次，节约120万元", [(28, "次", None), (120, "万元", None)]),
        ("组织20期以上", [(20, "期", "以上")]),
        ("一名驾驶员、两座危桥、十六家企业", [(1, "名", None), (2, "座", None), (16, "家", None)]),
    ],
)
def test_a_quantity_is_read_as_printed_with_its_unit_and_certainty(written, expected):
    found = [(float(one.value), one.unit, one.qualifier) for one in quantities(Plain.of(written).text)]
    assert found == expected


def test_of_a_range_the_lower_number_is_the_value():
    (one,) = quantities("整治5~10处")
    assert (one.value, one.top, one.unit) == (5, 10, "处")


@pytest.mark.parametrize(
    "written",
    [
        "四好农村路、两客一危、一岗双责、三年行动、三会一课、两个维护",
        "〔2024〕12号文件，第3条，第二批，G322线K12+345至K13+200段",
        "12328热线，5.15国家安全教育日，4G动态监控，2.0版",
        "坚持24小时值班，3天内办结，每月1次，从三个方面着手",
        "未发生死亡3人以上的事故，一年来一批同志得到锻炼",
        "整改一处、验收一处、巩固一处",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(written):
    assert not read(written)


@pytest.mark.parametrize(("name", "examples"), [(name, examples) for name, _, examples in PATTERNS])
def test_each_kind_of_number_apart_is_set_apart(name, examples):
    for example in examples:
        assert name in {kind for _, _, kind in spans_apart(f"按照{example}部署")} | {
            kind for _, _, kind in spans_apart(example)
        }


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("发现隐患12处，整改11处，整改率91.7%。", ["发现隐患", "整改隐患", "整改率"]),
        ("清理摆摊120次、广告牌8处、涉路施工3处。", ["清理摆摊", "清理广告牌", "清理涉路施工"]),
        ("发现隐患12处（水路3处、道路9处）。", ["发现隐患", "水路隐患", "道路隐患"]),
        ("召开5次会议，检查30家企业。", ["召开会议", "检查企业"]),
        ("利用12块电子屏播放标语300条次。", ["利用电子屏", "播放标语"]),
        ("升级改造乡道12条、45.6公里。", ["升级改造乡道", "升级改造乡道里程"]),
        ("年度计划投资2.6亿元，已完成1.2亿元。", ["年度计划投资", "完成投资"]),
        ("3座人行天桥中1座完工。", ["人行天桥", "人行天桥完工"]),
        ("货运量120万吨，同比增长8.2%。", ["货运量", "货运量同比增长"]),
        ("一般隐患87处、重大隐患4处，合计91处。", ["一般隐患", "重大隐患", "隐患"]),
        ("5台以上企业38家。", ["5台以上企业"]),
        ("与63家企业签订责任书77份。", ["签订责任书企业", "签订责任书"]),
    ],
)
def test_what_is_left_out_is_put_back(sentence, items):
    assert [entry.item for entry in read(sentence)] == items


@pytest.mark.parametrize(
    ("title", "sentence", "periods"),
    [
        (TITLE, "检查企业3家。", ["2024H1"]),
        ("示例县交通运输局2023年工作总结", "检查企业3家。", ["2023"]),
        ("示例局二〇二四年上半年工作汇报", "检查企业3家。", ["2024H1"]),
        (TITLE, "年度计划投资2亿元，截至5月底完成投资1亿元。", ["2024", "2024-01-01..2024-05-31"]),
        (TITLE, "二季度检查企业3家；上年同期检查企业2家。", ["2024Q2", "2023H1"]),
        (TITLE, "1至5月检查企业3家，较上年同期增长50%。", ["2024-01-01..2024-05-31"] * 2),
        (TITLE, "安全生产月期间发放资料300份。", ["2024-06"]),
        (TITLE, "一、下半年计划\n新建公路20公里。", ["2024H2"]),
    ],
)
def test_each_figure_has_the_period_its_words_name(title, sentence, periods):
    found = [entry.period for entry in read(sentence, title)]
    assert found == periods
    assert all(Period.parse(period).code == period for period in found)


def test_tables_of_word_files_are_read_with_their_heads(tmp_path):
    document = Document()
    document.add_paragraph(TITLE)
    rows = [["指标", "单位", "本期", "去年同期"], ["检查企业", "家", "42", "40"], ["罚款", "万元", "12.5", "11"]]
    table = document.add_table(3, 4)
    for n, row in enumerate(rows):
        for m, words in enumerate(row):
            table.cell(n, m).text = words
    document.add_paragraph("召开会议3次。")
    path = tmp_path / "总结.docx"
    document.save(path)
    found = [(one.item, float(one.value), one.unit, one.period, one.line) for one in read_file(path).entries]
    assert found == [
        ("检查企业", 42, "家", "2024H1", 8),
        ("检查企业", 40, "家", "2023H1", 9),
        ("罚款", 12.5, "万元", "2024H1", 12),
        ("罚款", 11, "万元", "2023H1", 13),
        ("召开会议", 3, "次", "2024H1", 14),
    ]


def test_tables_written_as_lines_are_read():
    lines = "项目　　年度计划（亿元）　　完成投资（亿元）\n环湖路　　2.6　　1.2\n发现隐患（处）：45"
    found = [(one.item, float(one.value), one.unit) for one in read(lines)]
    assert found == [
        ("环湖路年度计划", 2.6, "亿元"),
        ("环湖路完成投资", 1.2, "亿元"),
        ("发现隐患", 45, "处"),
    ]


@pytest.mark.parametrize(
    ("lines", "figures"),
    [
        (
            "项目\t里程（公里）\t投资（万元）\t备注\n示例大道\t5.2\t1200\t路基完成80%\n环湖路\t\t860\t",
            [("示例大道里程", 5.2), ("示例大道投资", 1200), ("示例大道路基完成", 80), ("环湖路投资", 860)],
        ),
        (
            "项目　里程（公里）　投资（万元）　完成（万元）\n示例大道　5.2　1200　630\n合计　1200　630",
            [
                ("示例大道里程", 5.2), ("示例大道投资", 1200), ("示例大道完成", 630), ("合计投资", 1200),
                ("合计完成", 630),
            ],
        ),
        (
            "单位：公里、万元\n项目　里程　年计划\n县道大修　12.4　2600\n乡道大修　3　700",
            [("县道大修里程", 12.4), ("县道大修年计划", 2600), ("乡道大修里程", 3), ("乡道大修年计划", 700)],
        ),
        (
            "乡镇　渡口　签单航次\n示例镇　3处　1204\n示例乡　2处　866",
            [("示例镇渡口", 3), ("示例镇签单航次", 1204), ("示例乡渡口", 2), ("示例乡签单航次", 866)],
        ),
        (
            "检查企业　42　家\n发现隐患　118　处　已整改　117　处",
            [("检查企业", 42), ("发现隐患", 118), ("已整改", 117)],
        ),
    ],
)  # fmt: skip
def test_tables_with_blank_cells_totals_and_units_in_odd_places_are_read(lines, figures):
    assert [(one.item, float(one.value)) for one in read(lines)] == figures


def test_rows_of_months_are_figures_of_those_months():
    rows = "月份　检测货车（辆次）　超限率（%）\n1月　32160　0.65\n2月　21033　0.47"
    found = [(one.item, one.period) for one in read(rows)]
    assert found == [("检测货车", "2024-01"), ("超限率", "2024-01"), ("检测货车", "2024-02"), ("超限率", "2024-02")]


def test_what_does_not_add_up_is_marked(tmp_path):
    path = tmp_path / "总结.txt"
    sentences = (
        "整治危险路段7处，其中急弯3处、挡墙2处、护栏3处。",
        "发现隐患12处，整改13处。",
        "年度计划投资2.6亿元，已完成1.2亿元，完成率56.2%。",
        "水路隐患5处、道路隐患8处，共计14处。",
        "发现隐患12处（水路3处、道路9处），整改11处，整改率91.7%。",
    )
    path.write_text("\n".join((TITLE, *sentences)), encoding="gb18030")
    faults = {entry.line: entry.faults for entry in read_file(path).entries if entry.faults}
    assert set(faults) == {2, 3, 4, 5}
    assert faults[2] == ["分项之和是 8处"]


def test_names_dates_and_stages_are_seen():
    seen = {(one.kind, one.words) for one in sights(Text.of("环湖路改造工程6月30日前开工，G322线K12+300处塌方。"))}
    assert {("project", "环湖路改造工程"), ("road", "G322线K12+300")} <= seen
    assert {kind for kind, _ in seen} >= {"date", "stage"}


def test_two_wordings_are_of_one_thing_only_with_the_same_object():
    assert speak_of_one("检查各类渡运船舶", "检查船舶")
    assert speak_of_one("完成整改", "整改隐患")
    assert not speak_of_one("检查企业", "检查船舶")
    assert not speak_of_one("罚款", "发现隐患")


def test_the_command_prints_one_object_a_line(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"{TITLE}\n发现隐患12处，罚款404余万元。", encoding="utf-8")
    command = [sys.executable, "-m", "tonggui.run.cli", "import-summary", str(path), "--json"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert set(found[0]) == {"item", "value", "unit", "qualifier", "period", "indicator", "line"}
    assert (found[0]["indicator"], found[0]["value"], found[1]["qualifier"]) == ("HAZ-01", 12, "余")


@pytest.mark.parametrize(("pattern", "least"), [("dev-*.txt", 0.97), ("held-*.txt", 0.92)])
def test_labelled_texts_are_read_as_well_as_ever(pattern, least):
    """Floors below what is reached; `tonggui import-summary --evaluate` prints the figures."""
    score = evaluate_all(sorted(LABELLED.glob(pattern)))
    assert score.labelled > 400
    assert score.precision >= least and score.recall >= least, str(score)
