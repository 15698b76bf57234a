"""Writing sheets: the empty template of a ledger, and what a list shows as a sheet that can be read back.

An export is written row by row to a file, so that two hundred thousand rows need no more memory than two hundred.
"""

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.kinds import Choice, Day, Flag, Kind, Month
from tonggui.register.ledger import Computed
from tonggui.register.sheets.layout import VERSION, head, required
from tonggui.register.sheets.lists import version_of

TEMPLATE_ROWS = 2000
"""Rows of a template that carry drop-downs."""

_TITLE = Font(name="宋体", size=16, bold=True)
_HEAD = Font(name="宋体", size=11, bold=True)
_GREY = Font(name="宋体", size=10, color="595959")
_FILL = PatternFill("solid", fgColor="E8EEF7")
_LINE = Border(*(Side(style="thin", color="BFBFBF"),) * 4)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
# A cell that begins like this would be taken for a formula by the program that opens the sheet.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_template(bound: Any, file: BinaryIO) -> None:
    """The ledger's import template: title, how to fill it, heads with a note each, drop-downs for choices."""
    book = Workbook()
    sheet = book.active
    sheet.title = bound.sheet.title[:31]
    names, must = bound.sheet.names, set(required(bound))
    sheet["A1"], sheet["A1"].font = bound.sheet.title, _TITLE
    sheet["A2"] = "带 * 的列新增时必填；编号留空表示新增，填写已有编号表示修改；不要改动表头。每列的填法见表头批注。"
    sheet["A2"].font = _GREY
    for at, name in enumerate(names, 1):
        kind = bound.kinds[name]
        cell = sheet.cell(3, at, head(kind, required=name in must))
        cell.font, cell.fill, cell.border, cell.alignment = _HEAD, _FILL, _LINE, _MIDDLE
        cell.comment = Comment(kind.note() or kind.label, "同轨")
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = _width(kind)
        if isinstance(kind, Day | Month):
            # Text keeps what is typed as it is typed; dates are read from either.
            for row in range(4, 54):
                sheet.cell(row, at).number_format = "@"
        if isinstance(kind, Choice | Flag):
            sheet.add_data_validation(_drop_down(book, kind, f"{letter}4:{letter}{TEMPLATE_ROWS}"))
    sheet.freeze_panes = "A4"
    book.save(file)


def _drop_down(book: Workbook, kind: Kind, cells: str) -> DataValidation:
    """A list of the words of a kind; the words stand in a hidden sheet, which has no limit of 255 characters."""
    words = [word for _, word in kind.options()]
    if "选项" not in book.sheetnames:
        book.create_sheet("选项").sheet_state = "hidden"
    options = book["选项"]
    at = options.max_column + 1 if options["A1"].value else 1
    for row, word in enumerate(words, 1):
        options.cell(row, at, word)
    letter = get_column_letter(at)
    rule = DataValidation("list", formula1=f"选项!${letter}$1:${letter}${len(words)}", allow_blank=True)
    rule.error, rule.errorTitle = f"可填：{'、'.join(words)[:200]}", kind.label
    rule.add(cells)
    return rule


def write_export(bound: Any, actor: Actor, records: Iterable[Any], file: BinaryIO, *, conditions: str = "") -> int:
    """Write the rows of a list in their order, with title and units; returns how many.

    Columns are the ledger's exports, the number always among them; a last, hidden column holds each row's version.
    """
    columns, version = export_columns(bound), version_of(bound)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(bound.title[:31])
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _width(column)
    sheet.column_dimensions[get_column_letter(len(columns) + 1)].hidden = True
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "1:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.append([_styled(sheet, bound.title, _TITLE)])
    sheet.append([_styled(sheet, _second_line(bound, columns, actor, conditions), _GREY)])
    sheet.append([_styled(sheet, head(column), _HEAD, fill=True) for column in columns] + [VERSION] * bool(version))
    written = 0
    try:
        for record in records:
            cells = [_safe(column.cell(column.value_of(record))) for column in columns]
            sheet.append([*cells, version(record)] if version else cells)
            written += 1
    except BaseException:
        # Rows wait in a file of the library's own, which it takes away only when the process ends.
        sheet.close()
        sheet._writer.cleanup()
        raise
    book.save(file)
    return written


def write_text(bound: Any, records: Iterable[Any], file: BinaryIO) -> int:
    """Write the rows of a list as text with commas, heads first, in the encoding that office programs recognise."""
    columns, written = export_columns(bound), 0
    text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow([head(column) for column in columns])
    for record in records:
        rows.writerow([_safe(column.cell(column.value_of(record))) for column in columns])
        written += 1
    text.flush()
    text.detach()
    return written


def export_columns(bound: Any) -> list[Kind | Computed]:
    """Columns of an export: the number first where the declaration does not place it, then those declared."""
    columns = list(bound.export_columns)
    placed = version_of(bound) is None or any(column.name == "number" for column in columns)
    return columns if placed else [bound.kinds["number"], *columns]


def _second_line(bound: Any, columns: list[Any], actor: Actor, conditions: str) -> str:
    units = list(dict.fromkeys(column.unit for column in columns if column.unit))
    said = [f"单位：{'、'.join(units)}"] if units else []
    said += [f"条件：{conditions}"] if conditions else []
    said += [f"导出：{actor.name} {clock.now():%Y-%m-%d %H:%M}"]
    return "　".join(said)


def _styled(sheet: Any, text: str, font: Font, *, fill: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = font
    if fill:
        cell.fill, cell.border, cell.alignment = _FILL, _LINE, _MIDDLE
    return cell


def _safe(value: Any) -> Any:
    """The value; text that a spreadsheet would run as a formula gets a blank before it, which reading drops again."""
    if isinstance(value, str) and value.startswith(_FORMULA_SIGNS):
        return f" {value}"
    return value


def _width(column: Kind | Computed) -> int:
    if getattr(column, "wide", False):
        return 40
    return 16 if getattr(column, "numeric", False) else 20
