"""A document against the ledgers now or as of its day, another document of its report, or one of its past texts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from tonggui.measure import documents
from tonggui.measure.cowriting.differences import SAME, Span, side_by_side
from tonggui.measure.documents import Difference
from tonggui.measure.figureset import FigureSet
from tonggui.measure.models import Document
from tonggui.measure.text import Mark, pieces
from tonggui.register.views.address import whole
from tonggui.web.documents.access import document_of, reader

KINDS = {"changed": "改动", "moved": "移动", "new": "增加", "gone": "删去", "same": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of both texts, as it is shown."""

    kind: str
    word: str
    old: SafeString
    new: SafeString


@dataclass
class Comparison:
    """What is compared with what, the figures that differ, and the paragraphs side by side."""

    words: str
    left: str
    right: str
    differences: list[Difference] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def changed_rows(self) -> int:
        return sum(row.kind != SAME for row in self.rows)


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """`with`: now, day, the number of another document, or v and the number of a version of the text."""
    reader(request)
    document = document_of(pk)
    others = Document.objects.filter(report_code=document.report_code).exclude(pk=pk).order_by("-made_at")
    against = request.GET.get("with", "now")
    if against == "day":
        found = _with_day(document)
    elif against.startswith("v"):
        found = _with_version(document, whole(against[1:], 0))
    elif other := others.filter(pk=whole(against, 0)).first():
        found = _with_document(document, other)
    else:
        against = "now"
        found = Comparison("按现在的台账重新计算", "公文中", "现算得", documents.compare(document))
    context = {"document": document, "found": found, "with": against, "others": others}
    return render(request, "documents/compare.html", context)


def _with_day(document: Document) -> Comparison:
    moment = document.sealed_at or document.figured_at
    words = f"按{timezone.localtime(moment):%Y-%m-%d %H:%M}时的台账重新计算"
    return Comparison(words, "公文中", "现算得", documents.compare(document, as_of=moment))


def _with_document(document: Document, other: Document) -> Comparison:
    words = f"与{other.period.label}的《{other}》（{other.state_title}）比较"
    left, right = document.figures(), other.figures()
    rows = paragraphs_of(document.text, other.text, left, right)
    return Comparison(words, _named(document), _named(other), documents.differences(left, right), rows)


def _with_version(document: Document, n: int) -> Comparison:
    version = document.versions.filter(n=n).first()
    if version is None:
        raise Http404("没有这个版本。")
    at = f"{timezone.localtime(version.at):%m-%d %H:%M}"
    figures = document.figures()
    rows = paragraphs_of(version.text, document.text, figures, figures)
    return Comparison(f"{version.name} {at} 的版本与现在的正文比较", f"{at} 的版本", "现在的正文", [], rows)


def _named(document: Document) -> str:
    return f"{document.period.label}（{document.state_title}）"


def paragraphs_of(before: str, after: str, left: FigureSet, right: FigureSet) -> list[Row]:
    """Both texts side by side as they print; a figure that prints otherwise is marked though its mark is the same."""
    found = []
    for pair in side_by_side(before, after):
        old, new = _html(pair.old, left, right, "del"), _html(pair.new, right, left, "ins")
        differs = pair.kind == SAME and "figure--changed" in old
        found.append(Row("changed" if differs else pair.kind, "数字" if differs else KINDS[pair.kind], old, new))
    return found


def _html(spans: Iterable[Span], figures: FigureSet, others: FigureSet, tag: str) -> SafeString:
    found = []
    for words, changed in spans:
        inner = mark_safe("".join(_piece(piece, figures, others) for piece in pieces(_unsigned(words))))
        found.append(format_html("<{0}>{1}</{0}>", mark_safe(tag), inner) if changed else inner)
    return mark_safe("".join(found))


def _piece(piece: str | Mark, figures: FigureSet, others: FigureSet) -> str:
    if isinstance(piece, str):
        return escape(piece)
    words = figures.words(piece)
    tone = "" if words == others.words(piece) else " figure--changed"
    return format_html('<span class="figure{}">{}</span>', tone, words)


def _unsigned(words: str) -> str:
    """A heading without the signs of its level; what lies inside a paragraph is left as it is."""
    return words.lstrip("#").lstrip() if words.startswith("#") else words
