"""Doing something with a document: write in it by a plain form, refresh its figures, seal it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tonggui.measure import documents
from tonggui.measure.cowriting import saving, versions
from tonggui.measure.head import FIELDS, fill
from tonggui.register.kinds.text import as_text
from tonggui.web.documents.access import document_of, sealer, writer


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its marks in a plain form; a mark that stands for nothing is refused with its words.

    What others wrote while the form was open is merged as it is for the editor.
    """
    actor = writer(request)
    document = document_of(pk)
    fault, text, ancestor, status = "", document.text, document.text, 200
    if request.method == "POST":
        text = as_text(request.POST.get("text", ""))
        ancestor = as_text(request.POST.get("ancestor", ""))
        try:
            documents.must_have_figures(document, text)
            saving.save(document, saving.Save("", "", ancestor or document.text, text), actor)
            return redirect(document.url)
        except documents.DocumentError as refused:
            fault, status = str(refused), 422
    context = {"document": document, "text": text, "ancestor": ancestor, "fault": fault}
    return render(request, "documents/edit.html", context | {"figures": list(document.figures())}, status=status)


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the figures of a draft again."""
    writer(request)
    document = document_of(pk)
    return done(request, document, lambda: f"数据已更新，{len(documents.refresh(document))}个指标有变化。")


@require_POST
def rewrite(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft's text anew from the template; what stood stays among the versions."""
    actor = writer(request)
    document = document_of(pk)

    def act() -> str:
        versions.current(document)
        documents.rewrite(document)
        versions.recorded(document, actor.name, "按模板重新生成", actor.account_id)
        return "正文已按模板重新生成。"

    return done(request, document, act)


@require_POST
def fill_head(request: HttpRequest, pk: int) -> HttpResponse:
    """公文要素: the form of the document, its title, number, signatory, addressee."""
    writer(request)
    document = document_of(pk)

    def act() -> str:
        fill(document, {name: request.POST[name] for name in FIELDS if name in request.POST})
        return "公文要素已保存，导出时按此排版。"

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
