"""`/duties/`: what must come round and has or has not: a grid of holders and periods, what is missing now, and the
misses of a year."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tonggui.base.clock import day_of, today
from tonggui.register import duties as engine
from tonggui.register.actor import Actor
from tonggui.register.clock_models import DutyStart
from tonggui.register.clocks import PERIODS, length_on
from tonggui.register.duties import Cell, Duty, Line, Missing, duties, grid, missing, missing_now
from tonggui.register.kinds import Month
from tonggui.register.rounds import Round, latest, rounds
from tonggui.register.views.access import actor_of, need
from tonggui.register.views.address import whole

#: How many periods a grid shows.
COLUMNS = {"day": 14, "week": 10, "month": 12, "quarter": 6, "half": 4, "year": 3}
#: A word, a tone of the badge and an icon for what a cell says.
WORDS = {
    engine.DONE: ("已做", "done", "circle-check"),
    engine.LATE: ("补录", "todo", "history"),
    engine.AWAITED: ("待补", "todo", "clock"),
    engine.MISSING: ("缺", "late", "circle-alert"),
    engine.RUNNING: ("本期", "normal", "clock"),
    engine.FREE: ("—", "", ""),
}
ROWS = 30
MISSES_DAYS = 365
STARTERS = ("admin", "director")


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as the page draws it."""

    cell: Cell
    word: str
    tone: str
    icon: str
    url: str
    title: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    all_ = request.GET.get("all") == "1"
    known = duties(actor, all_=all_)
    lacking = missing_now(actor)
    chosen = _chosen(known, request.GET.get("duty", ""), lacking)
    context: dict[str, Any] = {
        "duties": known,
        "chosen": chosen,
        "lacking": [(lack, new_url(lack, actor)) for lack in lacking],
        "late": sum(lack.is_late for lack in lacking),
        "all": all_,
        "may_start": actor.has(*STARTERS),
        "today": today(),
    }
    if chosen:
        shown = latest(chosen.every.period, today(), COLUMNS[chosen.every.period])
        number = whole(request.GET.get("page"), 1)
        lines, total = grid(chosen, actor, shown, (max(1, number) - 1) * ROWS, ROWS)
        creates = chosen.ledger.can_create(actor)
        context |= {
            "rounds": shown,
            "lines": [(line, [_shown(chosen, line, cell, creates) for cell in line.cells]) for line in lines],
            "total": total,
            "pager": Paginator(range(total), ROWS).get_page(number),
            "period": PERIODS[chosen.every.period],
            "grace": length_on(chosen.every.grace, today()),
            "used": chosen.since is not None or bool(chosen.first_rows),
        }
    return render(request, "promises/duties.html", context)


@require_GET
def missed(request: HttpRequest) -> HttpResponse:
    """What was due in the past year and is still not on record, latest first."""
    actor, day = actor_of(request), today()
    found: list[Missing] = []
    for duty in duties(actor, all_=request.GET.get("all") == "1"):
        over = [one for one in rounds(duty.every.period, day - timedelta(days=MISSES_DAYS), day) if one.end < day]
        found += [lack for lack in missing(duty, actor, over) if lack.is_late]
    found.sort(key=lambda lack: lack.due, reverse=True)
    pager = Paginator(found, ROWS).get_page(whole(request.GET.get("page"), 1))
    lines = [(lack, new_url(lack, actor)) for lack in pager]
    return render(request, "promises/missed.html", {"lines": lines, "pager": pager, "total": len(found)})


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Say from which day a duty counts, or that its first record decides again."""
    actor = actor_of(request)
    need(actor.has(*STARTERS), "起算日期由系统管理员或局领导设定。")
    duty = next((one for one in duties(actor, all_=True) if one.key == request.POST.get("duty")), None)
    if duty is None:
        raise Http404("没有这项周期工作。")
    since = day_of(request.POST.get("since", ""))
    if since:
        DutyStart.objects.update_or_create(duty=duty.key, defaults={"since": since, "actor_name": actor.name})
        messages.success(request, f"“{duty.every.label}”自 {since} 起算。")
    else:
        DutyStart.objects.filter(duty=duty.key).delete()
        messages.success(request, f"“{duty.every.label}”改为从第一条记录起算。")
    engine.forget()
    return redirect(f"/duties/?{urlencode({'duty': duty.key, 'all': 1})}")


def new_url(lack: Missing, actor: Actor) -> str:
    """Where to make up for it: the form of one holder, or the grid where several lack it; empty for who cannot."""
    if not lack.duty.ledger.can_create(actor):
        return ""
    if lack.count > 1:
        return f"/duties/?{urlencode({'duty': lack.duty.key})}"
    holder = lack.duty.link.related_model._base_manager.get(pk=lack.holders[0]) if lack.holders else None
    return _new(lack.duty, lack.round, holder)


def _chosen(known: list[Duty], key: str, lacking: list[Missing]) -> Duty | None:
    """The duty asked for, else the one that is longest missing, else the first."""
    by_key = {one.key: one for one in known}
    first = lacking[0].duty if lacking else next(iter(known), None)
    return by_key.get(key, first)


def _shown(duty: Duty, line: Line, cell: Cell, creates: bool) -> Shown:
    word, tone, icon = WORDS[cell.state]
    if cell.count:
        url = _list(duty, cell.round, line.holder)
    elif creates and cell.state in (engine.AWAITED, engine.MISSING, engine.RUNNING):
        url = _new(duty, cell.round, line.holder)
    else:
        url = ""
    who = line.holder.short_name if line.holder else "全局"
    title = f"{who} {cell.round.label}：{word}" + (f"，{cell.count} 条" if cell.count else "")
    return Shown(cell, word, tone, icon, url, title)


def _list(duty: Duty, round_: Round, holder: Any) -> str:
    query = {duty.every.on: round_.code, **_of_holder(duty, holder)}
    return f"{duty.ledger.url}?{urlencode(query)}"


def _new(duty: Duty, round_: Round, holder: Any) -> str:
    """The form of a new row, filled with the day, the holder and what the duty's condition says in so many words."""
    day = min(round_.end, today())
    written = f"{day:%Y-%m}" if isinstance(duty.ledger.kinds[duty.every.on], Month) else day.isoformat()
    said = {
        part[0]: part[1]
        for part in duty.every.where.children
        if isinstance(part, tuple) and part[0] in duty.ledger.kinds and not duty.every.where.negated
    }
    query = {duty.every.on: written, **said, **_of_holder(duty, holder)}
    return f"{duty.ledger.url}new/?{urlencode({name: str(value) for name, value in query.items() if name != 'state'})}"


def _of_holder(duty: Duty, holder: Any) -> dict[str, str]:
    return {duty.every.per: holder.number} if holder else {}
