"""The figures of a document as a sheet (.xlsx): all of them with values and stamps, and every record behind them.

A sheet of the figures leads to one of each ledger, where a record stands once with its main columns and the figures
that count it. Records are read and written some hundreds at a time: a hundred thousand of them need no more memory than
their ids.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from tonggui.base.clock import CHINA
from tonggui.measure.figures import Figure
from tonggui.measure.models import Document
from tonggui.measure.periods import day_label
from tonggui.register.actor import Actor
from tonggui.register.registry import BoundLedger, ledger
from tonggui.register.sheets.writing import export_columns

FIGURES = "指标"
FIGURE_HEADS = (
    "序号", "指标代码", "指标名称", "范围", "期间", "数值", "单位", "印出文字", "口径", "分子", "分母", "同比",
    "上年同期", "环比", "上期", "记录数", "记录所在", "原因", "定义印记", "记录印记", "取数时间",
)  # fmt: skip
FIGURE_WIDTHS = (6, 12, 24, 14, 14, 14, 8, 16, 50, 14, 14, 14, 14, 14, 14, 18, 16, 20, 18, 18, 22)
COUNTED_BY = "计入指标"
AT_ONCE = 500
LAST_ROW = 1_000_000
"""Rows of one sheet; Excel and WPS hold 1,048,576."""

_TITLE = Font(name="宋体", size=16, bold=True)
_HEAD = Font(name="宋体", size=11, bold=True)
_GREY = Font(name="宋体", size=10, color="595959")
_LINK = Font(name="宋体", size=11, color="0563C1", underline="single")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Counted:
    """The ids that a figure counts in one role: 记录, 分子 or 分母."""

    label: str
    ids: np.ndarray


def write(document: Document, file: BinaryIO, actor: Actor) -> int:
    """Write the sheet for a person, who sees of a record what its ledger shows them; returns how many records."""
    book = Workbook(write_only=True)
    figures = list(document.figures())
    behind = _behind(figures)
    names = _sheet_names(behind)
    about = _about(document)
    _figures(book, document, figures, names, about)
    written = 0
    for key, counted in behind.items():
        written += _records(book, ledger(key), names[key], counted, actor, about)
    book.save(file)
    return written


def _behind(figures: Sequence[Figure]) -> dict[str, list[Counted]]:
    """What the figures count, by ledger."""
    found: dict[str, list[Counted]] = {}
    for figure in figures:
        for place, records in figure.behind.items():
            role, _, key = place.partition(":")
            if records.is_gathered:
                label = figure.key if role == "记录" else f"{figure.key}（{role}）"
                found.setdefault(key, []).append(Counted(label, records.ids))
    return found


def _sheet_names(keys: Iterable[str]) -> dict[str, str]:
    """A name of a sheet for each ledger: its title, without what Excel forbids there, none twice."""
    found: dict[str, str] = {}
    for key in keys:
        title = "".join(sign for sign in ledger(key).title if sign not in r"[]:*?/\\'")[:26] or key
        while title in found.values() or title == FIGURES:
            title += "_"
        found[key] = title
    return found


def _about(document: Document) -> str:
    moment = f"{document.figured_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    seal = f"，封存印记 {document.seal}" if document.is_sealed else ""
    return f"{document.issuer}，{day_label(document.dated)}，{document.period.label}，数据截至 {moment}{seal}"


def _figures(book: Workbook, document: Document, figures: Sequence[Figure], names: dict[str, str], about: str) -> None:
    sheet = _sheet(book, FIGURES, FIGURE_WIDTHS)
    _above(sheet, f"《{document}》指标来源表", about, FIGURE_HEADS)
    for n, figure in enumerate(figures, 1):
        stamp, parts = figure.stamp, figure.parts or (None, None)
        keys = [place.partition(":")[2] for place, records in figure.behind.items() if records.is_gathered]
        values = [
            n, figure.code, figure.title, figure.scope.label, figure.period.label, figure.value, unit_of(figure),
            figure.text, figure.expression, *parts, figure.change, figure.last_year, figure.step, figure.before,
            figure.counts_text, None, figure.reason, stamp.definition, stamp.records, figure.read_at,
        ]  # fmt: skip
        row = _cells(sheet, values)
        if keys:
            row[FIGURE_HEADS.index("记录所在")] = _link(sheet, names[keys[0]], names[keys[0]])
        sheet.append(row)


def unit_of(figure: Figure) -> str:
    """The unit of the exact value, which is money in yuan and a share as a fraction; what is printed has its own."""
    return {"万元": "元", "亿元": "元", "%": "比值"}.get(figure.unit, figure.unit)


def _records(
    book: Workbook, bound: BoundLedger, name: str, counted: Sequence[Counted], actor: Actor, about: str
) -> int:
    """The records of one ledger, on as many sheets as they need."""
    columns = export_columns(bound)
    heads = [*(column.label for column in columns), COUNTED_BY]
    ids = np.unique(np.concatenate([each.ids for each in counted]))
    for n, start in enumerate(range(0, len(ids), LAST_ROW), 1):
        sheet = _sheet(book, name if n == 1 else f"{name}{n}", [*(16 for _ in columns), 40])
        _above(sheet, f"{bound.title}：指标所计的记录", about, heads, back=True)
        for values in _rows(bound, columns, ids[start : start + LAST_ROW], counted, actor):
            sheet.append(_cells(sheet, values))
    return len(ids)


def _rows(
    bound: BoundLedger, columns: Sequence[Any], ids: np.ndarray, counted: Sequence[Counted], actor: Actor
) -> Iterator[list[Any]]:
    """The main columns of each record with the figures that count it; of what the actor may not see, those alone."""
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        records = bound.query(actor).filter(pk__in=chunk.tolist()).order_by().select_related(*bound.links)
        seen = {record.pk: record for record in records}
        inside = [(each.label, np.isin(chunk, each.ids, assume_unique=True)) for each in counted]
        for n, key in enumerate(chunk.tolist()):
            labels = "、".join(label for label, there in inside if there[n])
            record = seen.get(key)
            if record is None:
                yield ["（无权查看）", *([None] * (len(columns) - 1)), labels]
            else:
                yield [*(column.cell(column.value_of(record)) for column in columns), labels]


def _sheet(book: Workbook, title: str, widths: Sequence[int]):
    """A sheet that prints on A4 across, its head on every page, pages numbered."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    return sheet


def _above(sheet, title: str, about: str, heads: Sequence[str], *, back: bool = False) -> None:
    """Title, what it is about with the way back, and the heads."""
    sheet.append([_styled(sheet, title, _TITLE)])
    second = [_styled(sheet, about, _GREY)]
    sheet.append([_link(sheet, FIGURES, "返回指标"), *second] if back else second)
    row = []
    for head in heads:
        cell = _styled(sheet, head, _HEAD)
        cell.alignment = _MIDDLE
        row.append(cell)
    sheet.append(row)


def _link(sheet, name: str, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, f'=HYPERLINK("#\'{name}\'!A1","{words}")')
    cell.font = _LINK
    return cell


def _styled(sheet, value: str, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.font, cell.data_type = font, "s"
    return cell


def _cells(sheet, values: Sequence[Any]) -> list[Any]:
    """Values as cells whose texts stay texts: a unit or a record named like a formula must not become one."""
    row: list[Any] = []
    for value in values:
        if isinstance(value, str):
            cell = WriteOnlyCell(sheet, value)
            cell.data_type = "s"
            row.append(cell)
        else:
            row.append(value)
    return row
