"""A document as files: the .docx by GB/T 9704 and the sheet of every figure with its rows."""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from tonggui.base.clock import CHINA
from tonggui.measure.additions import is_typed
from tonggui.measure.document.annex import Row
from tonggui.measure.document.forms import Form
from tonggui.measure.document.parts import RedHead
from tonggui.measure.document.writer import Paper, write
from tonggui.measure.documents import printed
from tonggui.measure.figures import Figure
from tonggui.measure.head import head_of
from tonggui.measure.models import Document
from tonggui.measure.reports import Skin
from tonggui.measure.text import parse

FIGURE_HEADS = (
    "序号", "指标代码", "指标名称", "范围", "数值", "印出文字", "单位", "期间", "口径", "记录数", "原因",
    "定义印记", "记录印记", "取数时间",
)  # fmt: skip
RECORD_HEADS = ("指标代码", "范围", "作用", "台账", "记录编号")
_BOLD = Font(bold=True)


def docx(document: Document, head: RedHead | None = None, preview: str = "") -> bytes:
    """The document as .docx, with the head it keeps; a red head that is given takes its place.

    `preview` stands above every page of what is only to be looked at.
    """
    figures = document.figures()
    own = head_of(document)
    notes = [f"期间：{document.period.label}。数据截至{_minute(document.figured_at)}，仅统计审核通过的记录。"]
    if document.is_sealed:
        notes.append(f"封存印记{document.seal}，{document.sealed_by}于{_minute(document.sealed_at)}封存。")
    return write(
        Paper(
            title=own.title,
            blocks=parse(document.text),
            words=figures.words,
            issuer=document.issuer,
            dated=document.dated,
            under_title=own.subtitle,
            head=head or own.red,
            form=_form(document) if own.skin is Skin.FORM and not head else None,
            rows=[] if own.skin is Skin.FORM else [_annex_row(figure) for figure in printed(document)],
            notes=notes,
            preview=preview,
        )
    )


def _form(document: Document) -> Form:
    """What a form to be sent in says of itself; it goes out alone, its figures are in the sheet of sources."""
    return Form(unit=document.issuer, dated=document.dated, lying=document.report.landscape)


def _minute(moment: datetime) -> str:
    """A moment as people in China read it, to the minute."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def red_head(document: Document, number: str, signatory: str, addressee: str, copies: str = "") -> RedHead:
    """The head of a report upward by the document's issuer; its office (办公室) prints it."""
    issuer = document.issuer
    return RedHead(f"{issuer}文件", number, signatory, addressee, f"{issuer}办公室", copies)


def _annex_row(figure: Figure) -> Row:
    title = f"{figure.title}（{figure.scope.label}）" if figure.scope.code else figure.title
    value = figure.text if figure.known else f"{figure.text}（{figure.reason}）"
    if is_typed(figure):
        value = f"{value}（手工）"
    return Row(figure.key, title, value, figure.expression, figure.counts_text, figure.stamp_text)


def xlsx(document: Document) -> bytes:
    """Two sheets: every figure with its stamp, and every record behind every figure, one a line."""
    book = Workbook(write_only=True)
    figures = list(document.figures())
    sheet = _sheet(book, "指标", FIGURE_HEADS, (6, 12, 24, 18, 14, 18, 8, 14, 50, 18, 20, 18, 18, 22))
    for n, figure in enumerate(figures, 1):
        value = "" if figure.value is None else float(figure.value)
        stamp = figure.stamp
        _append(sheet, [
            n, figure.code, figure.title, figure.scope.label, value, figure.text, _unit(figure), figure.period.label,
            figure.expression, figure.counts_text, figure.reason, stamp.definition, stamp.records, stamp.as_of,
        ])  # fmt: skip
    sheet = _sheet(book, "记录", RECORD_HEADS, (12, 24, 8, 24, 20))
    for figure in figures:
        for place, numbers in figure.numbers.items():
            role, _, ledger = place.partition(":")
            for number in numbers:
                _append(sheet, [figure.code, figure.scope.label, role, ledger, number])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _unit(figure: Figure) -> str:
    """The unit of the exact value, which is money in yuan and a share as a fraction; what is printed has its own."""
    return {"万元": "元", "亿元": "元", "%": "比值"}.get(figure.unit, figure.unit)


def _append(sheet, values: list) -> None:
    """A row whose texts stay texts: a unit or a record named like a formula must not become one."""
    cells = [WriteOnlyCell(sheet, value) for value in values]
    for cell in cells:
        if isinstance(cell.value, str):
            cell.data_type = "s"
    sheet.append(cells)


def _sheet(book: Workbook, title: str, heads: tuple[str, ...], widths: tuple[int, ...]):
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    row = []
    for head in heads:
        cell = WriteOnlyCell(sheet, head)
        cell.font, cell.alignment = _BOLD, Alignment(horizontal="center")
        row.append(cell)
    sheet.append(row)
    return sheet
