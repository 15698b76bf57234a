"""The list of documents and the form for a new one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tonggui.base.clock import today
from tonggui.measure import documents
from tonggui.measure.models import Document
from tonggui.measure.periods import Kind, Period, PeriodError
from tonggui.measure.reports import Report, all_reports, series
from tonggui.register.views.address import whole
from tonggui.reports.half_year import issuer_of_site
from tonggui.web.documents.access import may_write, reader, writer

A_PAGE = 30
CUSTOM = "custom"
KIND_WORDS = {
    Kind.HALF: "半年",
    Kind.QUARTER: "季度",
    Kind.MONTH: "月",
    Kind.YEAR: "年",
    Kind.WEEK: "周",
    Kind.DAY: "日",
}
#: How many periods of a kind are offered, the one under way among them.
OFFERED = {Kind.HALF: 4, Kind.QUARTER: 6, Kind.MONTH: 12, Kind.YEAR: 3, Kind.WEEK: 8, Kind.DAY: 8}


@dataclass(frozen=True, slots=True)
class Choice:
    """A period that may be chosen, by its kind; the last complete one of the first kind is the usual choice."""

    kind: str
    word: str
    periods: list[Period]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Documents newest first, by kind, period and state; those of a series have a list of their own."""
    actor = reader(request)
    found = Document.objects.exclude(report_code__in=[each.code for each in series()]).order_by("-made_at")
    reports = [each for each in all_reports() if not each.series]
    asked = {name: request.GET.get(name, "") for name in ("report", "period", "state")}
    shown = found
    for name, field in (("report", "report_code"), ("period", "period_code")):
        if asked[name]:
            shown = shown.filter(**{field: asked[name]})
    facets = [(code, word, shown.filter(state=code).count()) for code, word in Document.STATES.items()]
    if asked["state"] in Document.STATES:
        shown = shown.filter(state=asked["state"])
    codes = found.order_by("period_code").values_list("period_code", flat=True).distinct()
    context = {
        "page": Paginator(shown, A_PAGE).get_page(whole(request.GET.get("page"), 1)),
        "count": found.count(),
        "facets": facets,
        "asked": asked,
        "narrowed": any(asked.values()),
        "reports": [(each, " ".join(kind.name for kind in kinds_of(each))) for each in reports],
        "periods": sorted((Period.parse(code) for code in codes), key=lambda period: period.end, reverse=True),
        "choices": choices(reports),
        "may_write": may_write(actor),
        "today": today(),
    }
    return render(request, "documents/list.html", context)


def kinds_of(report: Report) -> tuple[Kind, ...]:
    """The kinds of period a document may be drafted for: the report's own, and days chosen freely."""
    return tuple(dict.fromkeys((*report.kinds, Kind.CUSTOM)))


def choices(reports: list[Report]) -> list[Choice]:
    """The latest periods of every kind that some report is written for, the last complete one first."""
    kinds = dict.fromkeys(kind for each in reports for kind in kinds_of(each) if kind in KIND_WORDS)
    return [Choice(kind.name, KIND_WORDS[kind], latest(kind, OFFERED[kind])) for kind in kinds]


def latest(kind: Kind, how_many: int) -> list[Period]:
    """The last complete period of a kind, those before it, and at the end the one under way."""
    current = Period.containing(kind, today())
    found = [current.previous]
    while len(found) < how_many - 1:
        found.append(found[-1].previous)
    return [*found, current]


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """A new draft for a period, written by the report's wording."""
    actor = writer(request)
    report = next((each for each in all_reports() if each.code == request.POST.get("report", "")), None)
    if report is None:
        return _refused(request, "请选择文书种类。")
    try:
        period = _period(request)
    except PeriodError as fault:
        return _refused(request, str(fault))
    if period.kind not in kinds_of(report):
        words = "、".join(KIND_WORDS[kind] for kind in report.kinds if kind in KIND_WORDS)
        return _refused(request, f"《{report.name}》按{words}编写，也可以自定起止日；请另选期间。")
    return _gone(request, documents.draft(report, period, actor, issuer_of_site()).url)


def _period(request: HttpRequest) -> Period:
    chosen = request.POST.get("period", "")
    if chosen != CUSTOM:
        return Period.parse(chosen)
    days = [request.POST.get(name, "").strip() for name in ("from", "to")]
    if not all(days):
        raise PeriodError("自定期间要填写开始日和结束日。")
    return Period.parse("..".join(days))


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return _gone(request, "/documents/")


def _gone(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, for a browser and for a form that HTMX sent and waits for."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)
