"""Sheets as bureaus have them: other heads, merged cells, Chinese numbers and dates, units, totals; said once, kept."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from tonggui.base import units
from tonggui.base.numerals import number_of, year_of
from tonggui.register.errors import Refused
from tonggui.register.jobs import KnownForm
from tonggui.register.registry import ledger
from tonggui.register.sheets import importing
from tonggui.register.sheets.mapping import Mapping, proposal
from tonggui.register.sheets.reading import read_table
from tonggui.register.sheets.tidy import tidied


@pytest.fixture
def hazards(office):
    return ledger("safety.hazard")


@pytest.fixture
def officer(office):
    return office.person("safety_officer")


def book(*rows, merged=(), title="Sheet"):
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for span in merged:
        made.active.merge_cells(span)
    file = io.BytesIO()
    made.save(file)
    return file


def own_sheet():
    """A section's own hazard sheet: a title, a line of units, heads merged over two rows, totals and a note below."""
    return book(
        ["2026年道路运输隐患排查整改台账", None, None, None, None, None],
        ["填报单位：安全股", None, None, None, "单位：万元", None],
        ["序号", "公司名称", "隐患情况", None, "排查时间", "整改资金"],
        [None, None, "等级", "问题描述", None, None],
        [1, "示例东站示例公司", "一般隐患", "灭火器过期三具", "2026年3月5日", "1.2"],
        [2, None, "一般隐患", "安全通道堵塞", "二〇二六年三月六日", "三"],
        [3, "示例西站示例公司", "重大隐患", "监控室无人值守", "26.3.7", 0.05],
        ["合计", None, None, None, None, 4.25],
        ["注：资金为企业自报", None, None, None, None, None],
        merged=("A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "B5:B6", "A1:F1"),
    )


def test_numbers_as_they_are_written_in_chinese():
    read = {"十六": 16, "三千二百": 3200, "一点五": Decimal("1.5"), "1.2万": 12_000, "３８": 38, "廿五": 25, "负五": -5}
    read |= {"三万零五十": 30_050, "两百零三": 203, "一亿二千万": 120_000_000, "12,000": 12_000, "二〇二四": 2024}
    for text, value in read.items():
        assert number_of(text) == value, text
    for text in ("约12", "三千二", "十余", "", "十六台", "一点五点五", "12.3.4", "第三", "点五"):
        assert number_of(text) is None, text
    assert (year_of("二〇二四"), year_of("2024"), year_of("24"), year_of("九九九九")) == (2024, 2024, None, None)


def test_units_turn_into_one_another_only_where_the_factor_is_exact():
    assert units.factor("万元", "元") == 10_000
    assert units.factor("米", "公里") == Decimal("0.001")
    assert units.factor("吨", "千克") == 1000
    assert units.factor("元", "公里") is None
    assert units.factor("亩", "平方米") is None
    assert units.factor("辆", "辆") == 1
    assert units.comparable("元")[:2] == ["元", "千元"] and units.comparable("辆") == ["辆"]


def test_cells_become_what_the_kinds_read_and_doubtful_ones_stay_as_they_are(hazards):
    kinds = hazards.kinds
    days = ("2026年3月5日", "2026.3.5", "26/3/5", "20260305", "二〇二六年三月五日", "２０２６-３-５")
    assert {kinds["found_on"].parse(tidied(kinds["found_on"], text)) for text in days} == {date(2026, 3, 5)}
    for text in ("3月5日", "三月初五", "2026年春"):
        assert tidied(kinds["found_on"], text) == text
    funds = kinds["funds"]
    assert funds.parse(tidied(funds, "十二万元")) == 120_000
    assert funds.parse(tidied(funds, 1.2, Decimal(10_000))) == 12_000
    assert tidied(funds, "约3") == "约3"
    assert tidied(funds, "—") is None


def test_a_sheet_of_the_sections_own_is_proposed_column_by_column(hazards):
    found = proposal(hazards, read_table(own_sheet(), "台账.xlsx"))
    assert (found.first, found.last) == (3, 4)
    assert {column.head: column.field for column in found.columns} == {
        "序号": "",
        "公司名称": "enterprise",
        "隐患情况·等级": "grade",
        "隐患情况·问题描述": "content",
        "排查时间": "found_on",
        "整改资金": "funds",
    }
    assert {column.field: column.unit for column in found.columns if column.unit} == {"funds": "万元"}


def test_what_a_person_says_is_read_checked_and_remembered(hazards, officer, office):
    run = importing.start(hazards, officer, own_sheet(), "安全股台账.xlsx")
    assert run.state == "mapping"
    said = Mapping.from_json(run.mapping)
    firm = next(column for column in said.columns if column.head == "公司名称")
    firm.field = ""
    with pytest.raises(Refused, match="没有一列对应“企业”"):
        importing.map_columns(run, officer, said)
    firm.field = "enterprise"
    run = importing.map_columns(run, officer, said)
    assert (run.state, run.total, run.left_out, run.faults) == ("checked", 3, 2, [])
    importing.finish(run, officer)
    written = list(hazards.query(officer).order_by("found_on").values_list("enterprise__name", "found_on", "funds"))
    assert written == [
        ("示例东站示例公司", date(2026, 3, 5), 12_000),
        ("示例东站示例公司", date(2026, 3, 6), 30_000),
        ("示例西站示例公司", date(2026, 3, 7), 500),
    ]
    # The next month's sheet has the same heads: it is read at once, by anybody.
    again = importing.start(hazards, office.person("safety_officer"), own_sheet(), "四月.xlsx")
    assert (again.state, again.total) == ("checked", 3)
    assert KnownForm.objects.get().uses == 2


def test_units_come_from_the_head_or_from_the_line_above_it():
    projects = ledger("works.project")
    rows = [["单位：万元", None, None], ["项目名称", "总投资", "年度计划投资（亿元）"], ["示例路", 3, 1]]
    found = proposal(projects, read_table(book(*rows), "a.xlsx"))
    assert {column.field: column.unit for column in found.columns if column.field in ("total", "year_target")} == {
        "total": "" if projects.kinds["total"].unit == "万元" else "万元",
        "year_target": "亿元",
    }


def test_one_value_for_all_rows_stands_in_for_a_column(hazards, officer):
    rows = [["公司", "隐患内容", "发现日期"], ["示例东站示例公司", "灯不亮", "2026-05-01"]]
    run = importing.start(hazards, officer, book(*rows), "无等级.xlsx")
    said = Mapping.from_json(run.mapping)
    said.fixed = {"grade": "一般隐患"}
    run = importing.map_columns(run, officer, said)
    assert run.faults == [] and run.created == 1


def test_text_files_and_other_sheets_of_a_book_are_read(hazards, officer):
    text = "企业,等级,隐患内容,发现日期\r\n示例东站示例公司,一般隐患,灯不亮,2026-05-01\r\n"
    for data in (text.encode("gb18030"), text.encode("utf-8-sig"), text.replace(",", "\t").encode("utf-16")):
        run = importing.start(hazards, officer, io.BytesIO(data), "台账.csv")
        assert (run.state, run.total, run.faults) == ("checked", 1, [])
    with pytest.raises(Refused, match="不是文字表格"):
        importing.start(hazards, officer, io.BytesIO(b"a,b\0c\n1,2,3"), "台账.csv")
    several = Workbook()
    several.active.append(["这里只有说明", "没有数据"])
    several.active.append(["一", "二"])
    data = several.create_sheet("数据")
    data.append(["企业", "等级", "隐患内容", "发现日期"])
    data.append(["示例东站示例公司", "一般隐患", "灯不亮", "2026-05-01"])
    file = io.BytesIO()
    several.save(file)
    run = importing.start(hazards, officer, file, "两个表.xlsx")
    assert run.state == "mapping" and run.mapping["sheets"] == ["Sheet", "数据"]
    found = importing.look_again(run, officer, "数据")
    assert found.faults(hazards) == []
    assert importing.map_columns(run, officer, found).total == 1


def test_a_field_filled_twice_is_named(hazards, officer):
    rows = [
        ["企业", "等级", "隐患内容", "发现时间", "排查时间"],
        ["示例东站示例公司", "一般隐患", "灯", "2026-5-1", "2026-5-2"],
    ]
    said = Mapping.from_json(importing.start(hazards, officer, book(*rows), "x.xlsx").mapping)
    for column in said.columns[3:]:
        column.field = "found_on"
    assert said.faults(hazards) == ["“发现日期”选了两列，请只留一列。"]
