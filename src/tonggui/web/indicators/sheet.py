"""One indicator as a sheet: what it says and how it came about, and the numbers of its records."""

import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from tonggui.measure.figures import Figure
from tonggui.measure.indicators import Indicator

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_of(figure: Figure, declared: Indicator) -> bytes:
    """Two sheets: 指标 with its definition, value, changes and stamp; 记录 with every record, one a line."""
    book = Workbook(write_only=True)
    said = book.create_sheet("指标")
    said.column_dimensions["A"].width, said.column_dimensions["B"].width = 14, 80
    stamp = figure.stamp
    lines = [
        ("指标代码", figure.code), ("指标名称", figure.title), ("范围", figure.scope.label),
        ("期间", figure.period.label), ("数值", figure.text), ("原因", figure.reason), ("口径", figure.expression),
        ("依据", declared.basis), ("算式", figure.parts_text), ("记录数", figure.counts_text),
        ("环比", f"{figure.step} {figure.step_reason}".strip()),
        ("同比", f"{figure.change} {figure.change_reason}".strip()),
        ("定义印记", stamp.definition), ("记录印记", stamp.records), ("取数时间", figure.read_at),
    ]  # fmt: skip
    for line in lines:
        said.append([_text(said, each) for each in line])
    rows = book.create_sheet("记录")
    for name, width in (("A", 10), ("B", 28), ("C", 24)):
        rows.column_dimensions[name].width = width
    rows.append(["作用", "台账", "记录编号"])
    for place, numbers in figure.numbers.items():
        role, _, key = place.partition(":")
        for number in numbers:
            rows.append([_text(rows, each) for each in (role, key, number)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(sheet, value: str) -> WriteOnlyCell:
    """A text that stays a text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
