"""`/overload/`: overload control on one screen: points, passes, reviews, cases, the funnel. Every number is a way on.

For the desk and for a wall: the page renews itself, says of when its numbers are, and shows no person and no money.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tonggui.base.clock import now, today
from tonggui.base.kept import Kept
from tonggui.indicators import overload_passes, overload_work
from tonggui.measure import providers
from tonggui.measure.figures import COUNTY, Figure, Scope
from tonggui.measure.indicators import Indicator, indicator
from tonggui.measure.periods import Kind, Period
from tonggui.measure.tallies import Tally
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of, need
from tonggui.web.documents import funnel
from tonggui.web.documents.addresses import list_address, sites, telemetry_address

SPANS = {"today": ("今天", Kind.DAY), "week": ("本周", Kind.WEEK), "month": ("本月", Kind.MONTH)}
#: How long figures are kept: the page renews itself once a minute, on as many screens as there are.
KEPT_SECONDS = 20
_figures: Kept[dict[str, Figure]] = Kept(KEPT_SECONDS)

HEAD = (
    overload_passes.sites_online,
    overload_passes.passes,
    overload_passes.over,
    overload_passes.rate,
    overload_passes.kings,
    overload_work.waiting,
    overload_work.open_cases,
    overload_work.late_decisions,
    overload_work.broken,
)
#: What stands open is counted from days that no filter of a list can say. A period of this page ends today or later, so
#: the same rows are those of these states.
UNDECIDED = ("filed", "under_review", "cleared", "noticed")
STANDING = {
    overload_work.open_cases.code: (*UNDECIDED, "decided", "served", "reminded", "court_applied", "interrupted"),
    overload_work.late_decisions.code: UNDECIDED,
    overload_work.broken.code: ("down", "under_repair"),
}
OF_POINT = (overload_passes.passes, overload_passes.over, overload_passes.rate, overload_passes.doubted)
STAGES = tuple(
    one for _, stages in funnel.FUNNELS for _, figure, step in stages for one in (figure, step) if one is not None
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of the head: its name, its words, where it leads, and why it is not known."""

    title: str
    text: str
    url: str
    reason: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class PointRow:
    """One weighing point now."""

    point: Any
    tiles: list[Tile]
    silent: bool
    expired: bool
    fault: Any


@dataclass(frozen=True, slots=True)
class StateRow:
    """The cases of one state, and those of them that are late."""

    label: str
    count: int
    late: int
    url: str
    late_url: str


class Links:
    """Where the figures of one page lead: passes, or the ledger of their first source."""

    def __init__(self) -> None:
        self.sites = sites()

    def __call__(self, figure: Figure) -> str:
        declared = indicator(figure.code)
        if isinstance(declared, Tally):
            if declared.name.startswith("sites"):
                return ledger("overload.weighingpoint").url
            address = telemetry_address(declared, figure.period, figure.scope, self.sites)
            return address.url if address else ""
        sources = declared.sources(figure.period, figure.scope)
        if figure.code in STANDING:
            query = [("state", name) for name in STANDING[figure.code]]
            query += [("overdue", "1")] if declared is overload_work.late_decisions else []
            return f"{sources[0].ledger.url}?{urlencode(query)}"
        return list_address(sources[0]).url if sources else ""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The screen; HTMX asks for its inner part once a minute."""
    actor = actor_of(request)
    need(ledger("overload.doubtedpass").can_read(actor), "治超态势供治超管理人员查看。需要时请联系系统管理员。")
    span = request.GET.get("span", "today")
    span = span if span in SPANS else "today"
    period = Period.containing(SPANS[span][1], today())
    figures = _figures.get((span, period), lambda: _counted(period))
    links = Links()
    points = [_point_row(point, figures, fault, links) for point, fault in _points(actor)]
    context = {
        "span": span,
        "spans": [(code, word) for code, (word, _) in SPANS.items()],
        "period": period,
        "at": _read_at(figures),
        "head": [_tile(one, figures, links) for one in HEAD],
        "funnels": funnel.funnels(lambda one: figures.get(one.code), links),
        "points": points,
        "silent": sum(row.silent for row in points),
        "states": _states(actor),
        "hours": _hours(figures, links),
        "trouble": figures[overload_passes.passes.code].reason,
    }
    part = "web/overload_now.html" if request.headers.get("HX-Target") == "now" else "web/overload.html"
    return render(request, part, context)


def _counted(period: Period) -> dict[str, Figure]:
    """Every figure of the page, county-wide and by point and hour."""
    with providers.together():
        found = [one.figure(period) for one in (*HEAD, *STAGES)]
        found += [overload_passes.sites.figure(period)]
        for scope in overload_passes.passes.scopes(period, "point"):
            found += [one.figure(period, scope) for one in OF_POINT]
        for scope in overload_passes.over.scopes(period, "hour"):
            found += [one.figure(period, scope) for one in (overload_passes.passes, overload_passes.over)]
    return {figure.key: figure for figure in found}


def _read_at(figures: dict[str, Figure]) -> datetime:
    """When the figures were read, for the foot of the screen."""
    return datetime.fromisoformat(next(iter(figures.values())).stamp.as_of) if figures else now()


def _tile(one: Indicator, figures: dict[str, Figure], links: Links, scope: Scope = COUNTY) -> Tile:
    key = f"{one.code}/{scope.code}" if scope.code else one.code
    figure = figures.get(key)
    if figure is None:
        return Tile(one.title, "—", "")
    text = figure.text.partition("（")[0]
    if one is overload_passes.sites_online and figure.known:
        text = f"{text.removesuffix('个')}/{figures[overload_passes.sites.code].text}"
    late = one is overload_work.late_decisions and bool(figure.value)
    return Tile(one.title, text, links(figure), figure.reason, late)


def _points(actor: Actor) -> list[tuple[Any, Any]]:
    """The points on the road that are in use, each with its oldest open fault."""
    faults = ledger("overload.devicefault").query(actor).filter(state__in=("down", "under_repair"))
    by_point = {fault.point_id: fault for fault in faults.order_by("-broken_at")}
    points = ledger("overload.weighingpoint").query(actor).filter(state="in_use").exclude(kind="source")
    return [(point, by_point.get(point.pk)) for point in points.order_by("number")]


def _point_row(point: Any, figures: dict[str, Figure], fault: Any, links: Links) -> PointRow:
    scope = Scope("point", point.pk, point.number, point.name)
    heard = figures.get(f"{overload_passes.passes.code}/{point.number}")
    silent = point.kind in ("non_stop", "fixed") and heard is not None and not heard.known
    expired = not point.calibrated_on(today())
    return PointRow(point, [_tile(one, figures, links, scope) for one in OF_POINT], silent, expired, fault)


def _states(actor: Actor) -> list[StateRow]:
    """Cases that are not at their end, state by state in the order of the procedure."""
    cases = ledger("overload.case")
    late = {state.name: Q(**{f"{state.due}__lt": today()}) for state in cases.flow.due}
    counted = {
        name: (count, overdue)
        for name, count, overdue in cases.query(actor)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"), late=Count("pk", filter=_late(late)))
    }
    return [
        StateRow(state.label, *counted[state.name], *_urls(cases.url, state.name))
        for state in cases.flow.states
        if state.name in counted and not state.final
    ]


def _late(late: dict[str, Q]) -> Q:
    found = Q(pk__in=())
    for name, past in late.items():
        found |= Q(state=name) & past
    return found


def _urls(url: str, state: str) -> tuple[str, str]:
    return f"{url}?state={state}", f"{url}?state={state}&overdue=1"


def _hours(figures: dict[str, Figure], links: Links) -> list[dict[str, Any]]:
    """The passes over the limit by the hour of the day, beside the highest."""
    found = [figures.get(f"{overload_passes.over.code}/{hour:02}") for hour in range(24)]
    counts = [int(figure.value or 0) if figure else 0 for figure in found]
    highest = max(counts)
    return [
        {
            "hour": hour,
            "count": count,
            "height": round(count / highest * 100) if highest else 0,
            "named": not hour % 3,
            "url": links(figure) if figure and count else "",
        }
        for hour, (figure, count) in enumerate(zip(found, counts, strict=True))
    ]
