"""Pages of the indicators: the catalogue, the figures of a domain, one indicator with its records, and its sheet."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tonggui.measure.comparing import BEFORE, LAST_YEAR, bases, compared
from tonggui.measure.documents import sealed_figures
from tonggui.measure.figures import Figure
from tonggui.measure.indicators import Indicator, Waiting, indicator
from tonggui.register.views.address import whole
from tonggui.web.documents import panel
from tonggui.web.documents.access import reader
from tonggui.web.indicators import catalogue, parts
from tonggui.web.indicators.asked import Asked
from tonggui.web.indicators.sheet import XLSX, sheet_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every indicator under its domain; the figures of a domain come when it is looked at."""
    reader(request)
    asked = Asked.of(request)
    found = catalogue.domains(asked.words)
    count = sum(len(domain.indicators) for domain in found)
    return render(request, "indicators/list.html", {"asked": asked, "domains": found, "count": count})


@require_safe
def group(request: HttpRequest, prefix: str) -> HttpResponse:
    """The rows of one domain with their figures."""
    reader(request)
    asked = Asked.of(request)
    domain = next((each for each in catalogue.domains(asked.words) if each.prefix == prefix), None)
    if domain is None:
        raise Http404("没有这个领域的指标。")
    rows = catalogue.figures_of(domain.indicators, asked)
    return render(request, "indicators/group.html", {"asked": asked, "domain": domain, "figures": rows})


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: what it means, its figure, and exactly its records; its changes and pictures follow by HTMX."""
    actor = reader(request)
    asked, declared = Asked.of(request), _declared(code)
    match request.GET.get("part"):
        case "changes":
            return render(request, "indicators/changes.html", {"figure": _with_changes(declared, asked)})
        case "charts":
            charts = [parts.months(declared, asked), *parts.splits(declared, asked)]
            return render(request, "indicators/charts.html", {"charts": charts, "asked": asked})
    figure = declared.figure(asked.period, asked.scope)
    context = {
        "asked": asked,
        "indicator": declared,
        "domain": catalogue.DOMAINS.get(catalogue.prefix_of(declared), ""),
        "waiting": isinstance(declared, Waiting),
        "figure": figure,
        "tables": panel.tables(figure, actor, whole(request.GET.get("page"), 1)),
        "passes": panel.telemetry(figure),
        "splits": [parts.title_of(declared, by) for by in declared.by],
    }
    return render(request, "indicators/page.html", context)


@require_safe
def xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The figure with its changes and every record behind it as a sheet."""
    reader(request)
    asked, declared = Asked.of(request), _declared(code)
    answer = HttpResponse(sheet_of(_with_changes(declared, asked), declared), content_type=XLSX)
    name = f"{declared.code}{declared.title}（{asked.place}，{asked.period.label}）.xlsx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _declared(code: str) -> Indicator:
    try:
        return indicator(code)
    except KeyError:
        raise Http404(f"没有指标{code}。") from None


def _with_changes(declared: Indicator, asked: Asked) -> Figure:
    """The figure with 环比 and 同比, or why there are none."""
    figures = {"": declared.figure(asked.period, asked.scope)}
    for period, word in ((asked.period.previous, BEFORE), (asked.period.last_year, LAST_YEAR)):
        keys = [figure.key for figure in figures.values()]
        found = bases(figures.values(), period, sealed_figures(period, keys=keys))
        figures = compared(figures.values(), found, word)
    return next(iter(figures.values()))
