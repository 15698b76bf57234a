"""`/warnings/`: every day of every ledger that is past or draws near, in one list, the longest overdue first."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tonggui.base.clock import day_of, today
from tonggui.register import warnings_muting
from tonggui.register.actor import Actor
from tonggui.register.duties import missing_for
from tonggui.register.errors import Missing, Refused
from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of
from tonggui.register.views.address import whole
from tonggui.register.warnings import GROUPS, Asked, Tally, Warning_, count_for, tally, warnings

PAGE_ROWS = 50
HOME_ROWS = 5
MUTE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One warning on the page: its group's word and tone, and whether the reader may silence it."""

    warning: Warning_
    word: str
    tone: str
    may_mute: bool


@dataclass(frozen=True, slots=True)
class Facet:
    code: str
    word: str
    count: int


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if request.GET.get("show") == "muted":
        return render(request, "promises/muted.html", {"silenced": warnings_muting.silenced(actor), "today": today()})
    asked = asked_of(request)
    counted = tally(actor, asked)
    total = sum(counted.groups) if asked.group is None else counted.groups[asked.group]
    pager = Paginator(range(total), PAGE_ROWS).get_page(whole(request.GET.get("page"), 1))
    found = warnings(actor, asked, (pager.number - 1) * PAGE_ROWS, PAGE_ROWS)
    context = {
        "lines": [line_of(one, actor) for one in found],
        "asked": asked,
        "group": request.GET.get("group", ""),
        "groups": [Facet(code, word, n) for (code, word, _), n in zip(GROUPS, counted.groups, strict=True)],
        "ledgers": ledger_facets(counted),
        "units": unit_facets(counted, actor),
        "total": total,
        "late": counted.groups[0],
        "pager": pager,
        "today": today(),
        "mute_until": today() + timedelta(days=MUTE_DAYS),
        "mute_last": today() + timedelta(days=warnings_muting.LONGEST_DAYS),
    }
    part = (
        "promises/warning_results.html" if request.headers.get("HX-Target") == "results" else "promises/warnings.html"
    )
    return render(request, part, context)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The block of the home page: the most urgent warnings and what is missing of the duties of the reader."""
    actor = actor_of(request)
    lacking = missing_for(actor)
    return render(
        request,
        "promises/home.html",
        {
            "lines": [line_of(one, actor) for one in warnings(actor, Asked(), 0, HOME_ROWS)],
            "count": count_for(actor),
            "lacking": lacking[:HOME_ROWS],
            "lacking_count": len(lacking),
        },
    )


@require_POST
def mute(request: HttpRequest) -> HttpResponse:
    """Silence one warning until a day, with the reason."""
    given = request.POST
    try:
        made = warnings_muting.silence(
            actor_of(request),
            given.get("ledger", ""),
            given.get("number", ""),
            given.get("field", ""),
            day_of(given.get("until", "")),
            given.get("why", ""),
        )
    except Missing as problem:
        raise Http404(str(problem)) from None
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"到 {made.until} 为止不再提醒。日期变了会重新提醒；在“暂不提醒”里可以恢复。")
    return redirect("/warnings/")


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a silence before its day."""
    try:
        warnings_muting.lift(actor_of(request), pk)
    except Missing as problem:
        raise Http404(str(problem)) from None
    messages.success(request, "已恢复提醒，这条预警重新出现在列表里。")
    return redirect("/warnings/?show=muted")


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for; what it cannot mean is left out."""
    codes = [code for code, _, _ in GROUPS]
    group = request.GET.get("group", "")
    return Asked(
        ledger=request.GET.get("ledger", ""),
        unit=whole(request.GET.get("unit"), 0),
        group=codes.index(group) if group in codes else None,
        all=request.GET.get("all") == "1",
    )


def line_of(one: Warning_, actor: Actor) -> Line:
    _, word, tone = GROUPS[one.group]
    mutable = warnings_muting.may_mute(one.rule.ledger, one.rule.watch.day, one.record, actor)
    return Line(one, word, tone, mutable)


def ledger_facets(counted: Tally) -> list[Facet]:
    """Ledgers that warn, most first."""
    rows = sorted(counted.ledgers.items(), key=lambda item: -item[1])
    return [Facet(key, ledger(key).title, count) for key, count in rows]


def unit_facets(counted: Tally, actor: Actor) -> list[Facet]:
    """Units with warnings, in the order of their numbers."""
    units: dict[int, Any] = ledger("parties.unit").model._base_manager.in_bulk(counted.units)
    rows = sorted((unit.number, pk, str(unit)) for pk, unit in units.items())
    return [Facet(str(pk), name, counted.units[pk]) for _, pk, name in rows]
