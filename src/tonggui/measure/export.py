"""A document as files: the .docx by GB/T 9704 and the sheet of every figure with its rows."""

import io
from datetime import datetime

from tonggui.base.clock import CHINA
from tonggui.measure import figuresheet
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
from tonggui.register.actor import Actor

READER = Actor.system("指标来源表")


def docx(document: Document, head: RedHead | None = None, preview: str = "", *, annex: bool = True) -> bytes:
    """The document as .docx, with the head it keeps; a red head that is given takes its place.

    `preview` stands above every page of what is only to be looked at. Without `annex` the figures' sources stay behind:
    what goes out need not carry them, the sheet of sources has them all.
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
            rows=[_annex_row(figure) for figure in printed(document)] if annex and own.skin is not Skin.FORM else [],
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


def xlsx(document: Document, actor: Actor = READER) -> bytes:
    """Every figure with its stamp and every record behind it, as one person may see them."""
    file = io.BytesIO()
    figuresheet.write(document, file, actor)
    return file.getvalue()
