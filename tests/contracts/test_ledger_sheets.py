"""The promises every ledger with a sheet keeps: its template, its export read back, its faults told by cell."""

import io

import pytest
from ledger_values import MACHINE, example
from openpyxl import Workbook

from tonggui.register.errors import Refused
from tonggui.register.kinds import Link
from tonggui.register.query import ListQuery
from tonggui.register.registry import all_ledgers
from tonggui.register.sheets.importing import finish, look, start
from tonggui.register.sheets.layout import head, required
from tonggui.register.sheets.writing import write_export, write_template

pytestmark = pytest.mark.django_db
every_sheet = pytest.mark.parametrize("ledger", [one for one in all_ledgers() if one.sheet], ids=str)


def as_file(write, *args):
    file = io.BytesIO()
    write(*args, file)
    return file


@every_sheet
def test_the_template_reads_as_an_empty_sheet(ledger):
    with pytest.raises(Refused, match="没有数据行"):
        start(ledger, MACHINE, as_file(write_template, ledger), "模板.xlsx")


@every_sheet
def test_what_is_exported_can_be_imported_again(ledger):
    first = ledger.get(example(ledger).number, MACHINE)
    sheet = as_file(write_export, ledger, MACHINE, ListQuery(ledger, MACHINE).stream())
    unchanged = start(ledger, MACHINE, sheet, "导出.xlsx")
    assert unchanged.faults == [] and unchanged.same >= 1 and unchanged.created == unchanged.changed == 0

    ledger.model._base_manager.filter(pk=first.pk).delete()
    run = start(ledger, MACHINE, sheet, "导出.xlsx")
    assert run.faults == []
    assert run.created == 1
    finish(run, MACHINE)
    again = ledger.get(first.number, MACHINE)
    exported = {column.name for column in ledger.export_columns} & set(ledger.sheet.names)
    for name in exported:
        assert ledger.kinds[name].snapshot(again) == ledger.kinds[name].snapshot(first), name
    assert again.state == ledger.flow.start.name


@every_sheet
def test_a_fault_is_named_by_its_cell_and_nothing_is_written(ledger):
    must = [name for name in required(ledger) if not isinstance(ledger.kinds[name], Link)]
    book = Workbook()
    names = ledger.sheet.names
    book.active.append([head(ledger.kinds[name]) for name in names])
    book.active.append([None if name == "number" or name in must[:1] else "看不懂" for name in names])
    run = start(ledger, MACHINE, as_file(book.save), "错.xlsx")
    before = ledger.query(MACHINE).count()
    texts = [fault["text"] for fault in run.faults]
    assert texts and all(text.startswith("第 2 行") and text.endswith("。") for text in texts)
    if must:
        assert any(ledger.kinds[must[0]].label in text for text in texts)
    with pytest.raises(Refused, match="一行也没有导入"):
        finish(run, MACHINE)
    assert ledger.query(MACHINE).count() == before
    assert look(run, MACHINE).faults
