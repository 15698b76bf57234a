"""The versions of a document's text: who wrote when, what changed since, and putting one back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tonggui.measure.cowriting import versions
from tonggui.measure.cowriting.blocks import paragraphs
from tonggui.measure.cowriting.models import TextVersion
from tonggui.register.views.address import whole
from tonggui.web.documents.access import document_of, may_write, reader, writer
from tonggui.web.documents.writing import done

SHOWN = 200


@require_safe
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version first, each with how much of the text it changed."""
    actor = reader(request)
    document = document_of(pk)
    versions.current(document)
    kept = list(document.versions.all()[: SHOWN + 1])
    rows = [(version, _said(version, before)) for version, before in zip(kept, [*kept[1:], None], strict=False)]
    writes = may_write(actor) and not document.is_sealed
    return render(request, "documents/versions.html", {"document": document, "rows": rows[:SHOWN], "may_write": writes})


def _said(version: TextVersion, before: TextVersion | None) -> str:
    """How many paragraphs a version wrote and took away."""
    now = paragraphs(version.text)
    if before is None:
        return f"共{len(now)}段"
    then = paragraphs(before.text)
    wrote, took = len(set(now) - set(then)), len(set(then) - set(now))
    return f"改写{wrote}段" if wrote == took else f"写入{wrote}段，去掉{took}段"


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a version back; what stands now stays in the list."""
    actor = writer(request)
    document = document_of(pk)

    def act() -> str:
        versions.restore(document, whole(request.POST.get("n"), 0), actor)
        return "已恢复所选版本；恢复前的正文仍在版本列表中。"

    return done(request, document, act)
