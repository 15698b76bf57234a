"""A sheet on its way into a ledger, as the people see it who bring it in."""

import io

import openpyxl
import pytest
from page_values import credit_code, words

from tonggui.register.history import lines_of
from tonggui.register.registry import ledger

pytest_plugins = ["page_people"]
pytestmark = pytest.mark.django_db


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "驾驶员.xlsx"
    return file


HEAD = ["从业资格证号", "姓名", "从业类别", "准驾车型", "所属企业", "资格证有效期至"]


def good_row(county, n):
    return [f"SL{n:010}", f"示例{n}", "旅客运输驾驶员", "A1", county.firm.name, "2028-06-30"]


def imported(county, *rows):
    answer = county.clerk.post("/ledgers/fleet.driver/import/", {"file": sheet(HEAD, *rows)})
    return answer["Location"]


def drivers():
    return ledger("fleet.driver").model._base_manager.count()


def test_a_sheet_is_checked_corrected_in_place_and_then_written_whole(county):
    bad = good_row(county, 2)
    bad[5] = "2028-13-01"
    run = imported(county, good_row(county, 1), bad)
    page = words(county.clerk.get(run))
    assert "第 3 行“资格证有效期至”不是日期：2028-13-01" in page
    assert drivers() == 0
    refused = county.clerk.post(run, {"act": "confirm"})
    assert refused.status_code == 422
    assert drivers() == 0
    county.clerk.post(run, {"act": "correct", "cell-3-valid_until": "2028-12-01"})
    assert "核对无误" in words(county.clerk.get(run))
    county.clerk.post(run, {"act": "confirm", "why": "年审导入"})
    assert drivers() == 2
    assert "导入完成" in words(county.clerk.get(run))
    record = ledger("fleet.driver").query(county.clerk.account.actor).get(certificate="SL0000000002")
    assert lines_of(record)[0].why == "年审导入"


def test_a_row_can_be_left_out_and_an_import_given_up(county):
    bad = good_row(county, 2)
    bad[4] = "没有这家企业"
    run = imported(county, good_row(county, 1), bad)
    county.clerk.post(run, {"act": "leave-3"})
    assert "核对无误" in words(county.clerk.get(run))
    county.clerk.post(run, {"act": "drop"})
    assert "已放弃" in words(county.clerk.get(run))
    assert drivers() == 0


def test_an_import_is_its_givers_alone(county):
    run = imported(county, good_row(county, 1))
    assert county.other_clerk.get(run).status_code == 404
    assert county.other_clerk.post(run, {"act": "confirm"}).status_code == 404
    assert county.firm_user.get("/ledgers/fleet.driver/import/").status_code == 403


def test_what_is_no_sheet_is_refused_in_words(county):
    file = io.BytesIO(b"not a sheet")
    file.name = "驾驶员.xlsx"
    back = county.clerk.post("/ledgers/fleet.driver/import/", {"file": file})
    assert back.status_code == 422
    assert "不是能读的 .xlsx 文件" in words(back)
    assert "没有选择文件" in words(county.clerk.post("/ledgers/fleet.driver/import/", {}))


def test_a_name_that_ends_in_brackets_is_a_name(county):
    ledger("parties.enterprise").example(
        name="示例丙客运有限公司（示例）", credit_code=credit_code(7), unit=county.unit
    )
    row = good_row(county, 1)
    row[4] = "示例丙客运有限公司（示例）"
    run = imported(county, row, [*good_row(county, 2)[:4], f"随便写（{county.firm.number}）", "2028-06-30"])
    county.clerk.post(run, {"act": "confirm"})
    assert drivers() == 2


def test_the_template_is_a_sheet_with_the_columns(county):
    answer = county.clerk.get("/ledgers/fleet.driver/import/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    heads = [str(cell.value) for cell in book.active[3]]
    assert "*从业资格证号" in heads


def test_a_sheet_with_other_heads_is_put_in_place_column_by_column(county):
    heads = ["证号", "驾驶员姓名", "岗位", "准驾车型", "公司", "到期时间"]
    answer = county.clerk.post("/ledgers/fleet.driver/import/", {"file": sheet(heads, good_row(county, 1))})
    run = answer["Location"]
    page = words(county.clerk.get(run))
    assert "这个表的列名与台账不同" in page and "驾驶员姓名" in page
    said = {"act": "map", "field-1": "name", "field-3": "licence", "field-4": "enterprise", "field-5": "valid_until"}
    refused = county.clerk.post(run, said)
    assert refused.status_code == 422
    assert "没有一列对应“从业资格证号”" in words(refused)
    county.clerk.post(run, said | {"field-0": "certificate", "field-2": "qualification"})
    assert "核对无误" in words(county.clerk.get(run))
    county.clerk.post(run, {"act": "confirm"})
    assert drivers() == 1
