"""Pages that show one document: its text with its figures, a figure's sources, the files."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tonggui.measure import documents, export, issuing
from tonggui.measure.cowriting import versions
from tonggui.measure.cowriting.blocks import canonical
from tonggui.measure.figureset import PERIOD, FigureSet
from tonggui.measure.head import AFTER_SEALING, FIELDS
from tonggui.measure.models import Document, DocumentFigure
from tonggui.measure.reports import Skin
from tonggui.register.actor import Actor
from tonggui.register.views.address import whole
from tonggui.web import menu
from tonggui.web.documents import funnel, panel, text
from tonggui.web.documents.access import document_of, may_issue, may_seal, may_write, reader
from tonggui.web.documents.checking import checks
from tonggui.web.documents.chips import ASPECTS, PERIOD_ASPECTS, figures_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: outline, text with chips, and the source panel waiting for a figure.

    Whether the ledgers say otherwise by now is asked by the editor afterwards, or by `?check=1`.
    """
    actor = reader(request)
    document = document_of(pk)
    issuing.read_by(document, actor)
    return render(request, "documents/page.html", workbench(document, actor, request))


@require_safe
def figure(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """A figure's sources: the panel alone for HTMX, else the whole page with the panel open."""
    actor = reader(request)
    document = document_of(pk)
    row = document.rows.filter(n=n).first()
    if row is None:
        raise Http404("这份公文里没有这个指标。")
    shown = source_panel(document, row, actor, request)
    if request.htmx and not request.htmx.history_restore_request:
        answer = render(request, "documents/source.html", shown)
    else:
        answer = render(request, "documents/page.html", {**workbench(document, actor, request, row.key), **shown})
    answer["Vary"] = "HX-Request"
    return answer


def source_panel(document: Document, row: DocumentFigure, actor: Actor, request: HttpRequest) -> dict:
    """What `documents/source.html` shows of one figure."""
    shown = row.figure
    return {
        "document": document,
        "n": row.n,
        "figure": shown,
        "indicator": panel.declared_as(shown),
        "passes": panel.telemetry(shown),
        "tables": panel.tables(shown, actor, whole(request.GET.get("page"), 1)),
        "neighbours": panel.neighbours(shown),
    }


def workbench(document: Document, actor: Actor, request: HttpRequest, open_key: str = "") -> dict:
    """What `documents/page.html` shows: text, outline, and what is to be looked at where that is asked for."""
    if document.report.series:
        menu.stands_at(request, "/bulletins/")
    figures = document.figures()
    numbers = dict(document.rows.values_list("key", "n"))
    found = checks(document, figures, numbers) if request.GET.get("check") else None
    parts = text.parts(document, text.Chips(document, figures, numbers, found.tones if found else {}, open_key))
    writes = may_write(actor) and not document.is_sealed
    return {
        "document": document,
        "parts": parts,
        "outline": [part for part in parts if part.level],
        "figures": figures,
        "known": sum(each.known for each in figures),
        "checks": found,
        "head": [(name, label, getattr(document, name)) for name, label in FIELDS.items() if name != "skin"],
        "open_head": AFTER_SEALING if document.is_sealed else tuple(FIELDS),
        "skins": [(skin.name, skin.value) for skin in Skin],
        "skin": document.skin or document.report.skin.name,
        "may_head": may_write(actor),
        "setup": setup(document, actor, writes, figures),
        "intact": not document.is_sealed or documents.is_intact(document),
        "may_write": writes,
        "may_seal": may_seal(actor) and not document.is_sealed,
        "in_series": bool(document.report.series),
        "may_issue": _may_follow(document) and may_issue(actor),
        "may_revise": _may_follow(document) and may_write(actor),
        "readings": list(document.readings.all()),
        "funnels": funnel.of_document(document.report, figures, numbers, document.url),
    }


def setup(document: Document, actor: Actor, writes: bool, figures: FigureSet) -> dict:
    """What the editor starts from: the text, its figures, and who is writing."""
    version = versions.current(document)
    return {
        "url": document.url,
        "text": canonical(version.text),
        "n": version.n,
        "figured": document.figured_at.isoformat(),
        "figures": figures_of(document, figures),
        "aspects": ASPECTS | {f"{PERIOD}|{name}": title for name, title in PERIOD_ASPECTS.items()},
        "account": actor.account_id,
        "writes": writes,
    }


def _may_follow(document: Document) -> bool:
    """Whether a sealed document of a series still waits to be issued or rewritten."""
    waits = document.is_sealed and not document.is_issued and document.replaced_by is None
    return bool(document.report.series) and waits


@require_safe
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as .docx by GB/T 9704-2012; with a number, a signatory and an addressee as a red-headed report.

    `annex=no` leaves the annex of figures behind.
    """
    reader(request)
    document = document_of(pk)
    number, signatory, addressee = (request.GET.get(name, "").strip() for name in ("number", "signatory", "to"))
    head = export.red_head(document, number, signatory, addressee) if number else None
    annex = request.GET.get("annex") != "no"
    return _file(export.docx(document, head, annex=annex), DOCX, f"{document}.docx")


@require_safe
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure of the document with its records."""
    actor = reader(request)
    document = document_of(pk)
    return _file(export.xlsx(document, actor), XLSX, f"{document}指标来源.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
