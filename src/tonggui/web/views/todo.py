"""`/todo/`: one list for everything that waits for a person (待办), and what they have dealt with (已办), begun
(我发起的) and were let know of (抄送我的)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.approvals.kept import Ask
from tonggui.register.approvals.waiting import onward
from tonggui.register.registry import BoundLedger, all_ledgers
from tonggui.register.views.access import actor_of
from tonggui.register.views.address import whole
from tonggui.web import dealt
from tonggui.web.todo import GROUPS, Asked, Tally, counts_by_ledger, grouped, note_count, tally, todos

TABS = {"todo": "待办", "done": "已办", "begun": "我发起的", "copies": "抄送我的"}
# Shown at once; a person with more narrows it by ledger and step.
MOST = 200


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "todo"
    counted = tally(actor)
    note_count(actor, counted)
    unseen = Ask.objects.filter(account=actor.account_id, kind=Ask.COPY, answer="").count()
    counts = {"todo": counted.total, "copies": unseen}
    context = {"tabs": [(name, word, counts.get(name, 0)) for name, word in TABS.items()], "tab": tab}
    if tab == "todo":
        context |= _waiting(request, actor, counted)
    else:
        context |= _dealt(request, actor, tab)
    return render(request, "web/todo.html", context)


def _waiting(request: HttpRequest, actor: Actor, counted: Tally) -> dict[str, Any]:
    asked = Asked(*(request.GET.get(name, "").strip() for name in ("ledger", "step", "group", "text")))
    if asked.group not in {name for name, _, _ in GROUPS}:
        asked = Asked(asked.ledger, asked.step, "", asked.text)
    found = todos(actor, MOST, asked, counted)
    chosen = next((one for one in all_ledgers() if one.key == asked.ledger), None)
    return {
        "asked": asked,
        "groups": grouped(found, clock.today()),
        "shown": len(found),
        "total": counted.total,
        "late": counted.late,
        "due_today": counted.today,
        "urgencies": [(name, word) for name, word, _ in GROUPS],
        "ledgers": counts_by_ledger(actor, counted),
        "steps": _steps(chosen, counted) if chosen else [],
        "ledger": chosen,
        "batch": _batch(chosen, asked.step, actor) if chosen and asked.step else [],
    }


def _steps(bound: BoundLedger, counted: Tally) -> list[tuple[str, str, int]]:
    """Name, word and count of each step of a ledger in which something waits."""
    counts = {step: count for (key, step), count in counted.steps.items() if key == bound.key}
    return [(state.name, state.label, counts[state.name]) for state in bound.flow.states if state.name in counts]


def _batch(bound: BoundLedger, step: str, actor: Actor) -> list[tuple[str, str]]:
    """Address and word of the moves that can be made on many records at once: they ask for nothing but a decision."""
    return [
        (f"{bound.url}moves/{move.name}/", move.label)
        for move in onward(bound.flow, step)
        if move.is_plain and actor.has(*move.by)
    ]


def _dealt(request: HttpRequest, actor: Actor, tab: str) -> dict[str, Any]:
    rows = {"done": dealt.done, "begun": dealt.begun, "copies": dealt.copied}[tab](actor)
    pages = Paginator(rows, dealt.PAGE)
    shown = pages.get_page(whole(request.GET.get("page"), 1))
    lines = dealt.lines_of_copies(shown, actor) if tab == "copies" else dealt.lines_of_history(shown, actor)
    return {"lines": lines, "page": shown, "total": pages.count}
