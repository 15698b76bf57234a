"""A document on paper: its preview as PDF, and its layout held against GB/T 9704."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tonggui.measure import export
from tonggui.measure.document.checking import Point, check
from tonggui.measure.preview import preview
from tonggui.web.documents.access import document_of, reader

# A page answers within 300 ms; what takes longer is told of and asked for again.
PATIENCE = 0.25


@require_safe
def preview_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document as PDF; a page that asks again while it is being made, or says why there is none."""
    reader(request)
    document = document_of(pk)
    made = preview(document, PATIENCE)
    if made.path:
        answer = FileResponse(made.path.open("rb"), content_type="application/pdf")
        answer["Content-Disposition"] = "inline"
        answer["Cache-Control"] = "private, no-store"
        return answer
    context = {"document": document, "problem": made.problem}
    return render(request, "documents/preview.html", context, status=503 if made.problem else 202)


@require_safe
def layout(request: HttpRequest, pk: int) -> HttpResponse:
    """规范检查: the .docx of the document, point by point against GB/T 9704-2012."""
    reader(request)
    document = document_of(pk)
    points = check(export.docx(document), f"{document}.docx")
    return render(request, "documents/layout.html", {"document": document, **shown(points)})


def shown(points: list[Point]) -> dict:
    """What `documents/layout_points.html` shows: the points, what does not hold first."""
    return {"points": sorted(points, key=lambda each: each.holds), "wrong": sum(not each.holds for each in points)}
