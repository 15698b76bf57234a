"""The sheet of a document's figures: true numbers, links, each record once with the figures that count it."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tonggui.measure import additions, documents, export, figuresheet
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

pytestmark = pytest.mark.django_db
WRITER = Actor.system("测试")


def hazard(**values):
    chosen = {"state": "ordered", "found_on": date(2026, 3, 1), "due_on": date(2026, 7, 1), **values}
    return ledger("safety.hazard").example(**chosen)


@pytest.fixture
def document():
    hazard(content="=1+1")
    hazard(state="closed", closed_on=date(2026, 4, 1))
    ledger("overload.case").example(
        filed_on=date(2026, 3, 1), state="decided", decided_on=date(2026, 3, 9), fine=1500, paid_on=date(2026, 3, 12)
    )
    return documents.draft(half_year, Period.parse("2026H1"), WRITER, "示例县交通运输局", date(2026, 7, 5))


def opened(document, **asked):
    return openpyxl.load_workbook(io.BytesIO(export.xlsx(document, **asked)))


def rows(sheet) -> list[dict]:
    heads = [cell.value for cell in sheet[3]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_every_figure_stands_with_its_value_as_a_number_and_its_stamp(document):
    sheet = opened(document)["指标"]
    found = rows(sheet)
    assert [row["指标代码"] for row in found] == [row.key.split("/")[0] for row in document.rows.all()]
    told = {row["指标代码"]: row for row in found if row["范围"] == "全县"}
    fines = next(row for row in told.values() if row["数值"] == 1500)
    assert fines["单位"] == "元" and "罚" in fines["指标名称"]
    rates = [row for row in told.values() if row["单位"] == "比值" and row["数值"] is not None]
    assert rates and all(row["分子"] is not None and row["分母"] is not None for row in rates)
    figure = document.figures().get("HAZ-01")
    assert told["HAZ-01"]["定义印记"] == figure.stamp.definition and told["HAZ-01"]["印出文字"] == figure.text
    assert sheet["A1"].value == "《示例县交通运输局2026年上半年工作总结》指标来源表"
    assert "2026年7月5日" in sheet["A2"].value and "数据截至" in sheet["A2"].value
    unknown = next(row for row in found if row["原因"])
    assert unknown["数值"] is None


def test_a_figure_leads_to_the_sheet_of_its_ledger_and_back(document):
    book = opened(document)
    title = ledger("safety.hazard").title
    link = next(row["记录所在"] for row in rows(book["指标"]) if row["指标代码"] == "HAZ-01")
    assert link == f'=HYPERLINK("#\'{title}\'!A1","{title}")'
    assert book[title]["A2"].value == '=HYPERLINK("#\'指标\'!A1","返回指标")'


def test_a_record_stands_once_with_all_figures_that_count_it_and_its_texts_stay_texts(document):
    sheet = opened(document)[ledger("safety.hazard").title]
    found = rows(sheet)
    assert len(found) == 2 == len({row["编号"] for row in found})
    assert all("HAZ-01" in row["计入指标"].split("、") for row in found)
    assert any("（分子）" in row["计入指标"] for row in found)
    cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row if str(cell.value).strip() == "=1+1"]
    assert [cell.data_type for cell in cells] in (["s"], [])


def test_a_sheet_prints_across_with_its_head_on_every_page(document):
    for sheet in opened(document):
        assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$3:$3"
        assert sheet.freeze_panes == "A4" and "&P" in sheet.oddFooter.center.text


def test_who_may_not_see_a_record_sees_which_figures_count_it_and_no_more(document):
    firm = ledger("parties.enterprise").example(name="示例别家公司")
    account = Account.objects.create_account("别家", None, roles=["enterprise"], enterprise=firm)
    found = rows(opened(document, actor=account.actor)[ledger("safety.hazard").title])
    assert {row["编号"] for row in found} == {"（无权查看）"} and all(row["计入指标"] for row in found)


def test_a_number_typed_by_hand_stands_with_its_source(document):
    additions.typed(document, "3.2公里", "示例镇政府函", WRITER)
    row = next(row for row in rows(opened(document)["指标"]) if row["指标代码"] == "HAND-01")
    assert row["印出文字"] == "3.2公里" and "示例镇政府函" in row["口径"] and row["数值"] is None


def test_many_records_are_asked_for_some_hundreds_at_a_time_and_go_on_upon_further_sheets(document, monkeypatch):
    for _ in range(6):
        hazard()
    documents.refresh(document)
    with CaptureQueriesContext(connection) as whole:
        export.xlsx(document)
    monkeypatch.setattr(figuresheet, "AT_ONCE", 4)
    monkeypatch.setattr(figuresheet, "LAST_ROW", 5)
    with CaptureQueriesContext(connection) as parts:
        book = opened(document)
    assert len(parts) - len(whole) <= 3
    title = ledger("safety.hazard").title
    assert [len(rows(book[name])) for name in (title, f"{title}2")] == [5, 3]
