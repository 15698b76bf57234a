"""The home page: what waits for the person first, then the state of the fleet and short ways to their pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tonggui.base.clock import today
from tonggui.register.actor import Actor
from tonggui.register.registry import all_ledgers
from tonggui.register.views.access import actor_of
from tonggui.web import menu
from tonggui.web.live.mirror import mirror
from tonggui.web.live.scope import scope_of
from tonggui.web.todo import counts_by_ledger, grouped, note_count, tally, todos, waiting_states

SHORTCUTS = 6


def home(request: HttpRequest) -> HttpResponse:
    actor, day = actor_of(request), today()
    counted = tally(actor)
    found, total = todos(actor, counted=counted), note_count(actor, counted)
    groups = grouped(found, day)
    return render(
        request,
        "web/home.html",
        {
            "today": day,
            "weekday": "一二三四五六日"[day.weekday()],
            "todo_groups": groups,
            "todo_ledgers": counts_by_ledger(actor, counted),
            "todo_count": total,
            "shown_count": len(found),
            "todo_rest": total - len(found),
            "late_count": counted.late,
            "shortcuts": shortcuts(actor, request.path),
        },
    )


def shortcuts(actor: Actor, path: str) -> list[menu.Item]:
    """Short ways: ledgers, first those this person works in, and the fixed pages."""
    own = {one.url for one in all_ledgers() if one.can_create(actor) or waiting_states(one, actor)}
    ledgers = [item for group in menu.groups(actor, path) for item in group.items]
    own_first = sorted(ledgers, key=lambda item: item.url not in own)
    return [*own_first[: SHORTCUTS - 3], *menu.pages(actor, path)[1:4]]


def fleet(request: HttpRequest) -> HttpResponse:
    """Counts of the vehicles in the person's scope, a part of the home page that is loaded after it."""
    counts = mirror.counts(scope_of(actor_of(request)))
    return render(request, "web/home_fleet.html", {"counts": counts, "source": mirror.state()})
