"""Pages that show documents: the list, one document with its figures, a figure's sources, a comparison, the files."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tonggui.base.clock import today
from tonggui.measure import documents, export, issuing
from tonggui.measure.crossfoot import Fault
from tonggui.measure.models import Document
from tonggui.measure.periods import Period, latest_half
from tonggui.measure.reports import all_reports, series
from tonggui.register.actor import Actor
from tonggui.register.views.address import whole
from tonggui.web.documents import funnel, panel, text
from tonggui.web.documents.access import document_of, may_issue, may_seal, may_write, reader

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every document, newest first, and the form for a new one; those of a series have a list of their own."""
    actor = reader(request)
    found = Document.objects.exclude(report_code__in=[each.code for each in series()]).order_by("-made_at")
    state = request.GET.get("state", "")
    shown = found.filter(state=state) if state in Document.STATES else found
    facets = [(code, word, found.filter(state=code).count()) for code, word in Document.STATES.items()]
    context = {
        "documents": shown,
        "count": found.count(),
        "facets": facets,
        "state": state,
        "reports": [each for each in all_reports() if not each.series],
        "periods": halves(today()),
        "may_write": may_write(actor),
    }
    return render(request, "documents/list.html", context)


def halves(day, how_many: int = 4) -> list[Period]:
    """The half-year under way and the ones before it, the last complete one first."""
    last = latest_half(day)
    found = [last]
    while len(found) < how_many - 1:
        found.append(found[-1].previous)
    return [*found, last.following]


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: outline, text with chips, and the source panel waiting for a figure."""
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
    shown = source_panel(document, row.n, actor, request)
    if request.htmx and not request.htmx.history_restore_request:
        answer = render(request, "documents/source.html", shown)
    else:
        answer = render(request, "documents/page.html", {**workbench(document, actor, request, row.key), **shown})
    answer["Vary"] = "HX-Request"
    return answer


def source_panel(document: Document, n: int, actor: Actor, request: HttpRequest) -> dict:
    """What `documents/source.html` shows of one figure."""
    row = document.rows.get(n=n)
    shown = row.figure
    return {
        "document": document,
        "n": n,
        "figure": shown,
        "indicator": panel.declared_as(shown),
        "passes": panel.telemetry(shown),
        "tables": panel.tables(shown, actor, whole(request.GET.get("page"), 1)),
        "neighbours": panel.neighbours(shown),
    }


def workbench(document: Document, actor: Actor, request: HttpRequest, open_key: str = "") -> dict:
    """What `documents/page.html` shows: text, outline, what is stale or at fault."""
    figures = document.figures()
    stale = [] if document.is_sealed else documents.compare(document)
    faults = document.report.faults(document.text, figures)
    numbers = dict(document.rows.values_list("key", "n"))
    chips = text.Chips(
        document, figures, numbers, frozenset(each.key for each in stale), faults_by_key(faults), open_key
    )
    parts = text.parts(document, chips)
    return {
        "document": document,
        "parts": parts,
        "outline": [part for part in parts if part.level],
        "figures": figures,
        "known": sum(each.known for each in figures),
        "stale": stale,
        "faults": [(fault, [(key, numbers[key]) for key in fault.keys if key in numbers]) for fault in faults],
        "intact": not document.is_sealed or documents.is_intact(document),
        "may_write": may_write(actor) and not document.is_sealed,
        "may_seal": may_seal(actor) and not document.is_sealed,
        "in_series": bool(document.report.series),
        "may_issue": _may_follow(document) and may_issue(actor),
        "may_revise": _may_follow(document) and may_write(actor),
        "readings": list(document.readings.all()),
        "funnels": funnel.of_document(document.report, figures, numbers, document.url),
    }


def _may_follow(document: Document) -> bool:
    """Whether a sealed document of a series still waits to be issued or rewritten."""
    waits = document.is_sealed and not document.is_issued and document.replaced_by is None
    return bool(document.report.series) and waits


def faults_by_key(faults: list[Fault]) -> dict[str, str]:
    """The first fault of each figure, in words."""
    found: dict[str, str] = {}
    for fault in faults:
        for key in fault.keys:
            found.setdefault(key, fault.words)
    return found


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """A document against the ledgers now, against them as of its day, or against another document of its report."""
    reader(request)
    document = document_of(pk)
    others = Document.objects.filter(report_code=document.report_code).exclude(pk=pk).order_by("-made_at")
    against = request.GET.get("with", "now")
    if against == "day":
        moment = document.sealed_at or document.figured_at
        found = documents.compare(document, as_of=moment)
        words = f"按{timezone.localtime(moment):%Y-%m-%d %H:%M}时的台账重新计算"
    elif other := others.filter(pk=whole(against, 0)).first():
        found = documents.differences(document.figures(), other.figures())
        words = f"与{other.period.label}的《{other}》（{other.state_title}）比较"
    else:
        against, found, words = "now", documents.compare(document), "按现在的台账重新计算"
    context = {"document": document, "differences": found, "words": words, "with": against, "others": others}
    return render(request, "documents/compare.html", context)


@require_safe
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as .docx by GB/T 9704-2012; with a number, a signatory and an addressee as a red-headed report."""
    reader(request)
    document = document_of(pk)
    number, signatory, addressee = (request.GET.get(name, "").strip() for name in ("number", "signatory", "to"))
    head = export.red_head(document, number, signatory, addressee) if number else None
    return _file(export.docx(document, head), DOCX, f"{document}.docx")


@require_safe
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure of the document with its records."""
    reader(request)
    document = document_of(pk)
    return _file(export.xlsx(document), XLSX, f"{document}指标来源.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
