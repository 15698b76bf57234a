"""The addresses that the editor of the workbench asks: saving, what others did, figures, what to check.

Answers are JSON, the list of what to check is a part of a page. A sealed document answers 409 and takes nothing in, a
refusal is 422; both in words.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tonggui.measure import additions
from tonggui.measure.cowriting import presence, saving, versions
from tonggui.measure.cowriting.blocks import canonical
from tonggui.measure.cowriting.models import SetAside
from tonggui.measure.errors import DocumentError
from tonggui.measure.figureset import FigureSet
from tonggui.measure.indicators import all_indicators
from tonggui.measure.models import Document, DocumentFigure
from tonggui.register.attachments import keep
from tonggui.register.errors import Refused
from tonggui.register.views.address import whole
from tonggui.web.documents.access import document_of, may_write, reader, writer
from tonggui.web.documents.checking import checks
from tonggui.web.documents.chips import figure_of, figures_of

SOURCE_TYPES = ("pdf", "jpg", "png", "docx", "xlsx", "doc", "xls", "wps", "et", "ofd")


def in_words(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """A view that gives JSON and whose refusals are words."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
        try:
            return JsonResponse(view(request, document_of(pk), **named))
        except (DocumentError, Refused) as refused:
            sealed = Document.objects.filter(pk=pk, state=Document.SEALED).exists()
            return JsonResponse({"words": str(refused)}, status=409 if sealed else 422)

    return answer


def standing(document: Document, session: str, known: int) -> dict[str, Any]:
    """How the document stands: its text where the editor does not know it yet, and who else is in it."""
    version = versions.current(document)
    return {
        "n": version.n,
        "text": None if version.n == known else canonical(version.text),
        "by": version.name,
        "sealed": document.is_sealed,
        "figured": document.figured_at.isoformat(),
        "figures": document.rows.count(),
        "variants": len(saving.waiting(document)),
        "writers": [
            {"session": each.session, "name": each.name, "place": each.place}
            for each in presence.others(document, session)
        ],
    }


@require_GET
@in_words
def changes(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What is new since the text of a number; tells the others where this writer is."""
    actor = reader(request)
    session = request.GET.get("session", "")[:36]
    if session and may_write(actor) and not document.is_sealed:
        presence.seen(document, session, min(whole(request.GET.get("place"), 0), 100_000) - 1, actor)
    return standing(document, session, whole(request.GET.get("n"), 0))


@require_POST
@in_words
def save(request: HttpRequest, document: Document) -> dict[str, Any]:
    """Take a text in and give back the text of all."""
    actor = writer(request)
    try:
        asked = json.loads(request.body)
        sent = saving.Save(*(str(asked[name]) for name in ("session", "number", "ancestor", "text")))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DocumentError("保存请求不完整，请刷新页面后再试；已写的内容仍在本机。") from None
    short = saving.Save(sent.session[:36], sent.number[:36], sent.ancestor, sent.text)
    version = saving.save(document, short, actor)
    document.refresh_from_db()
    # The whole text always goes back: the editor compares it with its own.
    return standing(document, short.session, 0) | {"text": canonical(version.text)}


@require_POST
@in_words
def leave(request: HttpRequest, document: Document) -> dict[str, Any]:
    reader(request)
    presence.leave(document, request.GET.get("session", "")[:36])
    return {}


@require_GET
@in_words
def figures(request: HttpRequest, document: Document) -> dict[str, Any]:
    """The figures of the document, and the indicators that it does not have yet."""
    reader(request)
    there = figures_of(document)
    more = [
        {"code": each.code, "title": each.title, "unit": each.unit}
        for each in all_indicators()
        if each.code not in there
    ]
    return {"figures": there, "more": more, "figured": document.figured_at.isoformat()}


@require_POST
@in_words
def insert(request: HttpRequest, document: Document) -> dict[str, Any]:
    """An indicator that the document does not have yet, computed and kept."""
    writer(request)
    return _added(document, additions.insert(document, request.POST.get("code", "")))


@require_POST
@in_words
def typed(request: HttpRequest, document: Document) -> dict[str, Any]:
    """A typed number with the file it rests on."""
    actor = writer(request)
    file = request.FILES.get("file")
    attachment = keep(file, "measure.document", actor, SOURCE_TYPES) if file else None
    source = request.POST.get("source", "").strip()[:200] or (attachment.name if attachment else "")
    return _added(document, additions.typed(document, request.POST.get("words", ""), source, actor, attachment))


def _added(document: Document, row: DocumentFigure) -> dict[str, Any]:
    alone = FigureSet.of(document.period, [row.figure])
    return {"key": row.key, "figure": figure_of(row.figure, row.n, alone)}


@require_GET
@never_cache
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of everything to look at, as a part of the page."""
    actor = reader(request)
    document = document_of(pk)
    return render(request, "documents/check.html", check_context(document) | {"may_write": may_write(actor)})


def check_context(document: Document) -> dict[str, Any]:
    figures = document.figures()
    return {"document": document, "checks": checks(document, figures, dict(document.rows.values_list("key", "n")))}


@require_POST
def choose(request: HttpRequest, pk: int, variant: int) -> HttpResponse:
    """Which form of a paragraph stays."""
    actor = writer(request)
    document = document_of(pk)
    return _then_check(
        request, document, lambda: saving.choose(document, variant, request.POST.get("choice", ""), actor)
    )


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a finding as it is, with the reason."""
    actor = writer(request)
    document = document_of(pk)

    def act() -> None:
        rule, words, reason = (request.POST.get(name, "").strip() for name in ("rule", "words", "reason"))
        if not (rule and reason):
            raise DocumentError("请写明不采纳的理由。")
        said = {"reason": reason[:200], "name": actor.name}
        SetAside.objects.update_or_create(document=document, rule=rule[:64], words=words[:200], defaults=said)

    return _then_check(request, document, act)


def _then_check(request: HttpRequest, document: Document, act: Callable[[], Any]) -> HttpResponse:
    """Do it and show the list anew: the part alone to the editor, the page to a browser without scripts."""
    refusal = ""
    try:
        act()
    except DocumentError as refused:
        refusal = str(refused)
    if request.headers.get("X-Part") != "check":
        return redirect(f"{document.url}?check=1#check")
    document.refresh_from_db()
    shown = check_context(document) | {"may_write": True, "refusal": refusal}
    return render(request, "documents/check.html", shown, status=422 if refusal else 200)
