"""The linter over whole texts: from files of every kind, on the command line, with faults planted in clean pages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tonggui.base.errors import Problem
from tonggui.texts import Text, lint, read

CLEAN = """示例县交通运输局2026年上半年工作总结
今年以来，我局围绕全年目标，扎实推进各项工作。现将有关情况总结如下：
一、重点项目建设
（一）道路桥梁
年度计划投资2.6亿元，截至6月30日完成1.2亿元，占年度计划的46.2%。人行天桥3座，分别为完工1座、吊装1座、图审1座。
（二）农村公路
1.通组路。摸底23个乡镇，上报需求46.5公里。
2.养护工程。发现隐患50处，已整改45处，整改率90%；其余5处均已明确责任人和时限。
二、行业执法
一是加强路面管控。出动执法人员320人次、车辆96车次，检查货车1580辆，查处超限车辆36台。二是加强源头监管。公示重点货运源头单位12家。
三、水上交通
检查船舶120艘次，下发整改通知书8份。4月15日全民国家安全教育日当天，发放资料3000余份。
四、存在的问题
资金缺口约800万元，近90%的项目前期工作仍需加快。
五、下半年工作
（一）加快项目建设。力争年底前完成投资2.6亿元。
（二）加强安全监管。开展“打非治违”专项行动，落实安全生产责任制。
"""
PLANTED = {
    "截至6月30日完成": ("截止6月30日完成", "截至"),
    "吊装1座": ("吊装2座", "合计"),
    "整改率90%": ("整改率95%", "比率"),
    "三、水上": ("四、水上", "序号连续"),
    "320人次": ("320人/次", "计量单位"),
    "120艘次": ("120次", "计量单位"),
    "二是加强源头": ("三是加强源头", "分项序号"),
    "4月15日全民": ("5月15日全民", "固定节日"),
    "“打非治违”": ("“打非治违", "成对标点"),
    "约800万元": ("约800余万元", "概数"),
    "46.5公里": ("xx.x公里", "占位未填"),
    "专项行动，": ("专项行动,", "半角标点"),
    "安全生产责任制": ("安全生专责任制", "错别字"),
    "五、下半年工作": ("五、下半年工作。", "标题句号"),
}


def test_a_clean_text_has_no_findings():
    assert [str(finding) for finding in lint(Text.of(CLEAN))] == []


@pytest.mark.parametrize(("right", "wrong", "rule"), [(right, *planted) for right, planted in PLANTED.items()])
def test_a_planted_fault_is_the_one_that_is_found(right: str, wrong: str, rule: str):
    assert CLEAN.count(right) == 1
    written = CLEAN.replace(right, wrong)
    found = lint(Text.of(written))
    assert rule in {finding.rule for finding in found}
    assert wrong.strip("，。")[:2] in written.splitlines()[found[0].line - 1]


def test_every_kind_of_file_reads_alike(tmp_path):
    plain, chinese, word = (tmp_path / name for name in ("a.txt", "b.txt", "c.docx"))
    plain.write_text(CLEAN, encoding="utf-8")
    chinese.write_bytes(CLEAN.encode("gb18030"))
    document = Document()
    for line in CLEAN.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "查处", "36台"
    document.save(str(word))
    assert read(plain).lines == read(chinese).lines
    assert [line.text for line in read(word).lines] == [*CLEAN.splitlines(), "查处", "36台"]


def test_what_is_no_text_is_refused_in_words(tmp_path):
    for name in ("a.docx", "a.txt"):
        (tmp_path / name).write_bytes(b"\xff\xfe\x00\x81\xff")
        with pytest.raises(Problem, match="不是"):
            read(tmp_path / name)


def test_windows_line_ends_and_indents_keep_the_place(tmp_path):
    path = tmp_path / "a.txt"
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        path.write_bytes("总结\r\n\r\n　　截止目前，完成投资。\r\n".encode(encoding))
        (found,) = lint(read(path))
        assert (found.line, found.column, found.words) == (3, 3, "截止")


def test_a_word_file_is_read_as_it_would_be_printed(tmp_path):
    document, path = Document(), tmp_path / "a.docx"
    paragraph = document.add_paragraph("整改")
    for tag, words in (("ins", "完成"), ("del", "没有")):
        kept = "delText" if tag == "del" else "t"
        run = f"<w:{tag} {nsdecls('w')} w:id='1' w:author='示例'><w:r><w:{kept}>{words}</w:{kept}></w:r></w:{tag}>"
        paragraph._p.append(parse_xml(run))
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "表头"
    table.cell(1, 0).text, table.cell(1, 1).text = "查处", "36台"
    document.save(str(path))
    lines = [(line.text, line.cell and (line.cell.row, line.cell.column)) for line in read(path).lines]
    assert lines == [("整改完成", None), ("表头", (0, 0)), ("查处", (1, 0)), ("36台", (1, 1))]


def test_a_file_that_cannot_be_read_is_told_and_ends_with_two(tmp_path):
    for name, words in (("a.docx", "不是可以读取的 Word 文件"), ("b.doc", "旧版 Word 文件"), ("c.txt", "找不到文件")):
        path = tmp_path / name
        if name != "c.txt":
            path.write_bytes(b"nothing")
        command = [sys.executable, "-m", "tonggui.run.cli", "lint", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2 and words in done.stderr and not done.stdout


def test_the_command_tells_each_fault_on_a_line_and_ends_with_one(tmp_path):
    path = Path(tmp_path / "a.txt")
    path.write_text(CLEAN.replace("截至6月30日", "截止6月30日"), encoding="utf-8")
    command = [sys.executable, "-m", "tonggui.run.cli", "lint", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1) and "[截至]" in done.stdout
    (told,) = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False).stdout.splitlines()
    assert json.loads(told) | {"wrong": "", "do": ""} == {
        "rule": "截至", "line": 5, "column": 13, "words": "截止", "wrong": "", "do": "",
    }  # fmt: skip
    path.write_text(CLEAN, encoding="utf-8")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_totals_of_a_table_in_a_word_file_are_added_up(tmp_path):
    document, path = Document(), tmp_path / "a.docx"
    table = document.add_table(rows=4, cols=2)
    for row, cells in enumerate((("单位", "处"), ("东桥站", "12"), ("西湾站", "8"), ("合计", "21"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.save(str(path))
    (found,) = lint(read(path))
    assert (found.rule, found.line, found.words) == ("表格合计", 8, "21")
