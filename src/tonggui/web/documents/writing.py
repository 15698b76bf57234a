"""Doing something with a document: draft it, write in it, refresh its figures, seal it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tonggui.measure import documents
from tonggui.measure.periods import Period, PeriodError
from tonggui.measure.reports import all_reports, report
from tonggui.reports.half_year import issuer_of_site
from tonggui.web.documents.access import document_of, sealer, writer

LONGEST_TEXT = 200_000


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """A new draft for a period, written from the report's template."""
    actor = writer(request)
    known = {each.code for each in all_reports()}
    code = request.POST.get("report", "")
    try:
        period = Period.parse(request.POST.get("period", ""))
    except PeriodError as fault:
        messages.error(request, str(fault))
        return redirect("/documents/")
    if code not in known:
        messages.error(request, "请选择文书种类。")
        return redirect("/documents/")
    return redirect(documents.draft(report(code), period, actor, issuer_of_site()).url)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its marks in a plain form; a mark that stands for nothing is refused with its words."""
    writer(request)
    document = document_of(pk)
    fault, text, status = "", document.text, 200
    if request.method == "POST":
        text = request.POST.get("text", "")
        if len(text) > LONGEST_TEXT:
            fault = f"正文不能超过{LONGEST_TEXT}字。"
        else:
            try:
                documents.edit(document, text)
                return redirect(document.url)
            except documents.DocumentError as refused:
                fault = str(refused)
        status = 422
    context = {"document": document, "text": text, "fault": fault, "figures": list(document.figures())}
    return render(request, "documents/edit.html", context, status=status)


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the figures of a draft again."""
    writer(request)
    document = document_of(pk)
    return done(request, document, lambda: f"数据已更新，{len(documents.refresh(document))}个指标有变化。")


@require_POST
def rewrite(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft's text anew from the template."""
    writer(request)
    document = document_of(pk)

    def act() -> str:
        documents.rewrite(document)
        return "正文已按模板重新生成。"

    return done(request, document, act)


@require_POST
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze a draft for good."""
    actor = sealer(request)
    document = document_of(pk)

    def act() -> str:
        documents.seal(document, actor)
        return f"文书已封存，印记{document.seal}。"

    return done(request, document, act)


def done(request: HttpRequest, document, act) -> HttpResponse:
    """Do something with a document, tell what came of it, and return to its page."""
    try:
        messages.success(request, act())
    except documents.DocumentError as refused:
        messages.error(request, str(refused))
    return redirect(document.url)
