"""Sheets from outside: faults are told by cell, danger is refused, and a sheet is written whole or not at all."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from tonggui.register.actor import Actor
from tonggui.register.errors import Missing, Refused
from tonggui.register.query import ListQuery
from tonggui.register.registry import ledger
from tonggui.register.sheets import importing
from tonggui.register.sheets.checking import CHANGED, NEW, SAME, WRONG
from tonggui.register.sheets.reading import ROW_LIMIT, column_index, read_table
from tonggui.register.sheets.writing import write_export, write_template

MACHINE = Actor.system("试验")
HEADS = ["编号", "企业", "等级", "隐患内容", "发现日期", "整改期限"]


@pytest.fixture
def hazards(office):
    return ledger("safety.hazard")


@pytest.fixture
def officer(office):
    return office.person("safety_officer")


def sheet(*rows, heads=HEADS, above=()):
    book = Workbook()
    for row in (*above, heads, *rows):
        book.active.append(row)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file


def good(n=1, **cells):
    row = [None, "示例东站示例公司", "一般隐患", f"灭火器过期{n}", "2026-10-01", None]
    for name, value in cells.items():
        row[HEADS.index(name)] = value
    return row


def faults(run):
    return [fault["text"] for fault in run.faults]


def tampered(file, **parts):
    """A copy of an .xlsx file with some parts replaced."""
    copy = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            name = entry.filename.rpartition("/")[2].partition(".")[0]
            target.writestr(entry.filename, parts.get(name, source.read(entry)))
    return copy


# --- what is wrong ----------------------------------------------------------------------------------------------------


def test_each_fault_is_told_by_its_row_and_column(hazards, officer):
    rows = [
        good(1),
        good(2, 发现日期="2026-13-01"),
        good(3, 等级="中等隐患", 企业="没有这家公司"),
        good(4, 隐患内容=None),
        good(5, 整改期限="2026-09-01"),
        good(6, 编号="12"),
    ]
    run = importing.start(hazards, officer, sheet(*rows, above=[["隐患导入模板"], ["说明"]]), "隐患.xlsx")
    assert faults(run) == [
        "第 5 行“发现日期”不是日期：2026-13-01。请写成 2026-12-01 这样的形式。",
        "第 6 行“企业”不存在：没有这家公司。请填企业中的编号或全称，或先新增。",
        "第 6 行“等级”没有“中等隐患”这一项。可填：一般隐患、重大隐患。",
        "第 7 行“隐患内容”没有填写。",
        "第 8 行“整改期限”早于发现日期 2026-10-01。",
        "第 9 行“编号”不在隐患台账里：12。新增的行请把编号留空。",
    ]
    assert (run.created, run.changed, run.same) == (1, 0, 0)


def test_a_sheet_that_is_no_table_is_refused_and_unknown_heads_wait_for_a_person(hazards, officer):
    run = importing.start(hazards, officer, sheet(good(), heads=[*HEADS[:4], "发现时间", HEADS[5]]), "x.xlsx")
    assert run.state == "mapping" and hazards.query(officer).count() == 0
    with pytest.raises(Refused, match="没有找到表头"):
        importing.start(hazards, officer, sheet(["甲"], heads=["乙"]), "x.xlsx")
    with pytest.raises(Refused, match="没有数据行"):
        importing.start(hazards, officer, sheet(), "x.xlsx")


def test_faults_are_corrected_in_place_and_then_all_is_written_at_once(hazards, officer):
    run = importing.start(hazards, officer, sheet(good(1), good(2, 发现日期="某日"), good(3, 企业="?")), "隐患.xlsx")
    with pytest.raises(Refused, match="还有 2 处错误没有改正，一行也没有导入"):
        importing.finish(run, officer)
    assert hazards.query(officer).count() == 0
    importing.correct(run, officer, {(3, "found_on"): "2026-10-02"})
    importing.leave_out(run, officer, {4})
    assert [line.status for line in importing.look(run, officer).lines] == [NEW, NEW]
    importing.finish(run, officer)
    assert list(hazards.query(officer).order_by("pk").values_list("found_on", flat=True)) == [
        date(2026, 10, 1),
        date(2026, 10, 2),
    ]
    assert (run.state, run.created) == ("done", 2)
    with pytest.raises(Refused, match="这次导入已导入，不能再改"):
        importing.finish(run, officer)


def test_a_run_is_its_starters_alone(hazards, office, officer):
    run = importing.start(hazards, officer, sheet(good()), "隐患.xlsx")
    other = office.person("safety_officer")
    with pytest.raises(Missing):
        importing.find(hazards, run.pk, other)
    with pytest.raises(Refused, match="别人的导入"):
        importing.finish(run, other)
    importing.drop(importing.find(hazards, run.pk, officer), officer)
    assert hazards.query(officer).count() == 0
    with pytest.raises(Refused, match="没有向隐患台账导入的权限"):
        importing.start(hazards, office.person("writer"), sheet(good()), "隐患.xlsx")


def test_nothing_is_half_done_when_writing_fails_midway(hazards, officer, monkeypatch):
    first = hazards.example(unit=officer.unit, content="旧一")
    run = importing.start(hazards, officer, sheet(good(1), good(2, 编号=first.number)), "隐患.xlsx")
    assert (run.created, run.changed) == (1, 1)
    # The new row is written first; the changed one then fails.
    monkeypatch.setattr(importing, "change_many", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        importing.finish(run, officer)
    assert hazards.query(officer).count() == 1
    assert hazards.get(first.number, officer).content == "旧一"


# --- what is there already --------------------------------------------------------------------------------------------


def test_rows_are_found_by_number_or_key_and_shown_with_what_changes(hazards, officer):
    vehicles = ledger("fleet.vehicle")
    clerk = Actor(officer.account, frozenset(["clerk"]), officer.unit)
    heads = ["号牌号码", "号牌颜色", "车辆类别", "所属企业", "核定载客（人）"]
    coach = ["示E10001", "黄色", "班线客车", "示例东站示例公司", 45]
    importing.finish(importing.start(vehicles, clerk, sheet(coach, heads=heads), "车辆.xlsx"), clerk)
    rows = [coach, ["示E10002", "蓝", "出租汽车", "示例东站示例公司", 4], [*coach[:4], 47], coach]
    run = importing.start(vehicles, clerk, sheet(*rows, heads=heads), "车辆.xlsx")
    lines = importing.look(run, clerk).lines
    assert [line.status for line in lines] == [SAME, WRONG, WRONG, WRONG]
    assert faults(run) == [
        "第 3 行“号牌颜色”没有“蓝”这一项。可填：未上牌、蓝色、黄色、黑色、白色、绿色、其他、黄绿色、渐变绿色。",
        "第 4 行与第 2 行是同一条，请只留一行。",
        "第 5 行与第 2 行是同一条，请只留一行。",
    ]
    run = importing.start(vehicles, clerk, sheet([*coach[:4], 47], heads=heads), "车辆.xlsx")
    (line,) = importing.look(run, clerk).lines
    assert (line.status, line.number, line.changes) == (CHANGED, "CL000001", {"seats": ("45", "47")})
    with pytest.raises(Refused, match="请写明更正理由"):
        importing.finish(run, clerk)
    importing.finish(run, clerk, why="行驶证核对")
    assert vehicles.get("CL000001", clerk).seats == 47


def test_rows_beyond_the_senders_scope_are_refused(hazards, office):
    eastern = office.person("safety_officer", unit=office.east)
    theirs = hazards.example(unit=office.west, enterprise=office.firms[office.west.name])
    rows = [good(1, 企业="示例西站示例公司"), good(2, 编号=theirs.number)]
    run = importing.start(hazards, eastern, sheet(*rows), "隐患.xlsx")
    assert faults(run) == [
        "第 2 行“企业”不存在：示例西站示例公司。请填企业中的编号或全称，或先新增。",
        "第 3 行与台账中已有的一行相同，但那一行不在您的权限范围内。",
    ]


def test_an_export_changed_elsewhere_meanwhile_is_not_written_over(hazards, officer):
    record = hazards.example(unit=officer.unit)
    file = io.BytesIO()
    write_export(hazards, officer, ListQuery(hazards, officer).stream(), file)
    book = load_workbook(file)
    cells = {cell.value: cell.column for cell in book.active[3]}
    book.active.cell(4, cells["隐患内容"], "表里改的")
    hazards.change(record, MACHINE, {"content": "网上改的"})
    run = importing.start(hazards, officer, saved(book), "导出.xlsx")
    assert faults(run) == [f"第 4 行的 {record.number} 在导出以后被人改过。请重新导出后再改。"]


# --- what is dangerous ------------------------------------------------------------------------------------------------


def test_cells_with_formulas_are_refused_and_text_that_looks_like_one_stays_text(hazards, officer):
    run = importing.start(hazards, officer, sheet(good(1, 隐患内容='=HYPERLINK("http://x","y")'), good(2)), "x.xlsx")
    assert faults(run) == ["第 2 行“隐患内容”是公式。请复制这一列，再“选择性粘贴”为数值。"]
    importing.correct(run, officer, {(2, "content"): "=1+1 的写法不规范"})
    importing.finish(run, officer)
    file = io.BytesIO()
    write_export(hazards, officer, ListQuery(hazards, officer).stream(), file)
    cells = [cell for row in load_workbook(file).active.iter_rows(min_row=4) for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert importing.start(hazards, officer, file, "x.xlsx").same == 2


def test_a_formula_far_into_a_large_sheet_is_found():
    book = Workbook()
    for n in range(20_000):
        book.active.append([f"内容{n}" * 10, "=1+1" if n == 19_000 else n])
    assert read_table(saved(book), "大.xlsx").formulas == {(19_001, 1)}


def bomb_of_zeros():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b"\0" * (1 << 20))
    return file


def far_cell():
    inside = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return tampered(sheet(good()), sheet1=inside)


def lying_size():
    file = bytearray(sheet(*[good(n) for n in range(50)]).getvalue())
    at = file.find(b"PK\x01\x02")
    while at >= 0:
        file[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = file.find(b"PK\x01\x02", at + 4)
    return io.BytesIO(bytes(file))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (bomb_of_zeros, "展开后太大"),
        (far_cell, "第 1048576 行第 16384 列还有内容"),
        (lying_size, "不是能读的 .xlsx 文件"),
        (lambda: io.BytesIO(b"%PDF-1.7 not a sheet"), "不是能读的 .xlsx 文件"),
        (lambda: io.BytesIO(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600), "这个表格打不开"),
        (lambda: io.BytesIO(), "不是能读的 .xlsx 文件"),
        (lambda: io.BytesIO(b"\0" * (21 << 20)), "文件太大：21 MB，最多 20 MB"),
        (lambda: tampered(sheet(good()), sheet1=b"<worksheet><not closed"), "打不开|没有找到表头"),
        (lambda: tampered(sheet(good()), sheet1="<worksheet/>".encode("utf-16")), "编码无法识别"),
        (lambda: tampered(sheet(good()), workbook=b"<workbook>"), "不是能读的 .xlsx 文件"),
    ],
    ids=["zeros", "far-cell", "lying-size", "pdf", "old-xls", "empty", "too-big", "cut", "utf-16", "broken-workbook"],
)
def test_what_is_no_honest_sheet_is_refused_in_words(hazards, officer, make, words):
    with pytest.raises(Refused, match=words):
        importing.start(hazards, officer, make(), "来件.xlsx")


def test_more_rows_than_we_take_are_refused_before_they_are_read():
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, ROW_LIMIT + 40))
    inside = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    with pytest.raises(Refused, match="表格太大"):
        read_table(tampered(sheet(good()), sheet1=inside + rows + b"</sheetData></worksheet>"), "大.xlsx")


def test_columns_are_counted_as_spreadsheets_letter_them():
    assert [column_index(letters) for letters in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16_383]


# --- what we write ----------------------------------------------------------------------------------------------------


def test_the_template_tells_how_to_fill_it(hazards):
    file = io.BytesIO()
    write_template(hazards, file)
    book = load_workbook(file)
    page = book.active
    heads = {cell.value: cell for cell in page[3]}
    assert page["A1"].value == "隐患导入模板"
    assert list(heads)[:5] == ["编号", "*企业", "领域", "*等级", "类别"]
    assert "2026-12-01" in heads["*发现日期"].comment.text
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists == {"C4:C2000": "选项!$A$1:$A$5", "D4:D2000": "选项!$B$1:$B$2", "E4:E2000": "选项!$C$1:$C$4"}
    assert [cell.value for cell in book["选项"]["B"][:2]] == ["一般隐患", "重大隐患"]
    assert book["选项"].sheet_state == "hidden"


def test_an_export_has_its_title_units_date_and_hidden_version(hazards, officer):
    hazards.example(unit=officer.unit, funds="3000.50")
    file = io.BytesIO()
    listed = ListQuery(hazards, officer, {"grade": "major"})
    words = "；".join(chip.text for chip in listed.chips)
    assert write_export(hazards, officer, listed.stream(), file, conditions=words) == 1
    page = load_workbook(file).active
    assert page["A1"].value == "隐患台账"
    assert "条件：等级：重大隐患" in page["A2"].value and "孙示例" in page["A2"].value
    assert page[3][0].value == "编号" and page[4][0].value == "YH202600001"
    last = page.max_column
    assert page.cell(3, last).value == "版本（勿改）" and page.cell(4, last).value == 1
    assert page.column_dimensions[page.cell(3, last).column_letter].hidden
