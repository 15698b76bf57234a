"""`/bulletins/`: the bulletins of overload control as a list, newest first; issuing one, and rewriting it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tonggui.base.clock import today
from tonggui.measure import issuing
from tonggui.measure.documents import DocumentError
from tonggui.measure.models import Document
from tonggui.register.views.address import whole
from tonggui.reports.overload_schedule import BULLETINS, due_bulletins, times_on
from tonggui.web.documents.access import document_of, issuer, reader, writer
from tonggui.web.documents.writing import done

PAGE = 30
STAGES = {
    "waiting": ("待签发", {"state": Document.SEALED, "issued_at": None}),
    "draft": ("修改中", {"state": Document.DRAFT}),
    "issued": ("已签发", {"issued_at__isnull": False}),
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice above the list: its word, how many bulletins, the address, whether it is chosen."""

    word: str
    count: int
    url: str
    chosen: bool


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every period's newest version; what was rewritten is reached from the one that took its place."""
    reader(request)
    asked = {name: request.GET.get(name, "") for name in ("report", "stage")}
    found = _of_series(asked)
    count = found.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(1, whole(request.GET.get("page"), 1)), pages)
    shown = found.annotate(readers=Count("readings")).order_by("-dated", "-made_at")
    times = times_on(today())
    context = {
        "bulletins": [*shown[(page - 1) * PAGE : page * PAGE]],
        "count": count,
        "page": page,
        "pages": pages,
        "next": page + 1 if page < pages else None,
        "previous": page - 1 if page > 1 else None,
        "reports": _facets("report", {each.code: each.name for each in BULLETINS}, asked),
        "stages": _facets("stage", {code: word for code, (word, _) in STAGES.items()}, asked),
        "query": "&".join(f"{name}={value}" for name, value in asked.items() if value),
        "due": due_bulletins(),
        "times": times,
        "weekday": "一二三四五六日"[times.weekday - 1],
    }
    return render(request, "documents/bulletins.html", context)


def _of_series(asked: dict[str, str]) -> QuerySet[Document]:
    found = Document.objects.filter(report_code__in=[each.code for each in BULLETINS], replacement=None)
    if asked["report"]:
        found = found.filter(report_code=asked["report"])
    if asked["stage"] in STAGES:
        found = found.filter(**STAGES[asked["stage"]][1])
    return found


def _facets(name: str, words: dict[str, str], asked: dict[str, str]) -> list[Facet]:
    """The choices of one condition with their counts over the other; choosing one again takes it away."""
    found = []
    for code, word in words.items():
        chosen = asked[name] == code
        query = {key: value for key, value in (asked | {name: "" if chosen else code}).items() if value}
        found.append(Facet(word, _of_series(asked | {name: code}).count(), f"?{urlencode(query)}", chosen))
    return found


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """签发: the person answers for it, and it gets its number."""
    actor = issuer(request)
    document = document_of(pk)

    def act() -> str:
        issuing.issue(document, actor)
        return f"已签发，期号{document.number}。"

    return done(request, document, act)


@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft in place of a sealed bulletin."""
    actor = writer(request)
    document = document_of(pk)
    try:
        made = issuing.revise(document, actor)
    except DocumentError as refused:
        messages.error(request, str(refused))
        return redirect(document.url)
    messages.success(request, "已建立改写稿：数字已重新计算，正文可以修改，封存后签发。原件保持不变。")
    return redirect(made.url)
