"""The page of one record: its fields, what led here, what it is linked with, its files, where it lies, and the same as
it stood at the end of a day."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tonggui.base import clock
from tonggui.register import follow
from tonggui.register.actor import Actor
from tonggui.register.coding import coded_field, has_labels
from tonggui.register.errors import Missing
from tonggui.register.history import lines_of, record_as_of
from tonggui.register.holding import file_fields, held_files
from tonggui.register.kinds import Area, Kind, Place
from tonggui.register.models import Comment
from tonggui.register.papers import open_papers
from tonggui.register.registry import BoundLedger
from tonggui.register.roles import members
from tonggui.register.spine import citations
from tonggui.register.views import story
from tonggui.register.views.access import May, open_record
from tonggui.register.views.address import day, whole
from tonggui.register.views.cells import NOTHING, full, state_badges
from tonggui.register.views.mapping import geometry
from tonggui.register.views.related import dossier, related
from tonggui.register.warnings import of_record

HISTORY_PAGE = 50
TABS = {"fields": "内容", "dossier": "一档", "related": "关联", "cited": "引用于", "files": "附件"}


@require_GET
def detail(request: HttpRequest, key: str, number: str) -> HttpResponse:
    return page(request, *open_record(request, key, number))


def page(
    request: HttpRequest, ledger: BoundLedger, actor: Actor, record: Any, *, doing: Any = None, status: int = 200
) -> HttpResponse:
    """The page, present or past; `doing` is the form of a move that is open on it."""
    as_of = day(request.GET.get("as_of"))
    shown = _past(record, as_of, actor) if as_of else record
    tabs = _tabs(ledger, actor)
    tab = request.GET.get("tab", "")
    files = held_files(shown)
    spot = _spot(ledger, shown)
    standing = None if as_of else _standing(record, actor)
    context = {
        "ledger": ledger,
        "record": shown,
        "url": record.url,
        "state": state_badges(shown, as_of),
        "due": "" if as_of else _due(shown),
        "as_of": as_of,
        "warnings": [] if as_of else of_record(record),
        "may": May() if as_of else May.on_record(record, actor),
        "moves": [] if as_of else [_button(move, record) for move in ledger.moves_for(record, actor)],
        "amending": record.state in ledger.flow.confirmed,
        "papers": [] if as_of else [(f"{record.url}papers/{n}/", paper.title) for n, paper in open_papers(record)],
        "follow_ups": [] if as_of else follow.buttons(record, actor),
        "origin": follow.origin(shown, actor),
        "labelled": has_labels(ledger),
        "coded": coded_field(ledger) is not None,
        "doing": doing,
        "doing_template": getattr(doing, "template", "register/parts/doing.html"),
        "today": clock.today(),
        "tabs": tabs.items(),
        "tab": tab if tab in tabs else "fields",
        "sections": sections(ledger, shown, files),
        "spot": spot,
        "standing": standing,
        "events": story.events(
            record,
            as_of=as_of,
            asks=standing.asks if standing else (),
            urgings=standing.urgings if standing else (),
        ),
        "more_events": 0 if as_of else _more(record),
    }
    if context["tab"] == "related":
        context["related"] = related(record, actor)
    elif context["tab"] == "dossier":
        context["dossier"] = dossier(record, actor, request.GET.get("year", ""))
    elif context["tab"] == "cited":
        context["cited"] = citations(record)
    elif context["tab"] == "files":
        context["files"] = [
            (kind, [files[pk] for pk in kind.value_of(shown) or [] if pk in files]) for kind in file_fields(ledger)
        ]
    return render(request, "register/record.html", context, status=status)


@require_GET
def history(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Every change of the record, field by field."""
    ledger, _, record = open_record(request, key, number)
    pages = Paginator(lines_of(record), HISTORY_PAGE)
    shown = pages.get_page(whole(request.GET.get("page"), 1))
    context = {
        "ledger": ledger,
        "record": record,
        "url": record.url,
        "total": pages.count,
        "page": shown,
        "events": story.changes(ledger, list(shown)),
    }
    return render(request, "register/history.html", context)


@require_POST
def comment(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Add a remark; it stays as it was written."""
    ledger, actor, record = open_record(request, key, number)
    text = request.POST.get("text", "").strip()
    if text:
        Comment.objects.create(
            ledger=ledger.key, record=record.pk, account=request.user, actor_name=actor.name, text=text[:2000]
        )
        messages.success(request, "批注已添加。")
    else:
        messages.error(request, "批注是空的，没有添加。")
    return redirect(record.url)


def sections(ledger: BoundLedger, record: Any, files: dict[int, Any]) -> list[dict[str, Any]]:
    """Fields by the sections of the form, then what no section names: computed columns and the register's own."""
    named = [
        {
            "title": section.title,
            "fields": _paired([_field(ledger.column(name), record, files) for name in section.names]),
        }
        for section in ledger.form
    ]
    told = {name for section in ledger.form for name in section.names}
    rest = [one for name, one in {**ledger.computed, **ledger.kinds}.items() if name not in told]
    for section in named:
        section["blank"] = all(field["html"] is NOTHING for field in section["fields"])
    return [*named, {"title": "登记信息", "own": True, "fields": _paired([_field(one, record, files) for one in rest])}]


def _paired(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Fields stand two a row; one that finds no partner takes its row alone."""
    lone = None
    for field in fields:
        if field["wide"] or lone is not None:
            if field["wide"] and lone is not None:
                lone["wide"] = True
            lone = None
        else:
            lone = field
    if lone is not None:
        lone["wide"] = True
    return fields


def _field(column: Any, record: Any, files: dict[int, Any]) -> dict[str, Any]:
    html = full(column, record, files)
    wide = getattr(column, "wide", False) and not isinstance(column, Area)
    return {
        "name": column.name,
        "label": column.label,
        "html": html,
        "unit": "" if html is NOTHING else column.unit,
        "wide": wide,
    }


def _tabs(ledger: BoundLedger, actor: Actor) -> dict[str, str]:
    """The parts of the page: a file where the ledger is an identity, documents for whoever may read them."""
    tabs = {**TABS, "dossier": ledger.page.dossier}
    shut = {"" if file_fields(ledger) else "files", "" if actor.has(*members("county")) else "cited"}
    return {name: word for name, word in tabs.items() if word and name not in shut}


def _past(record: Any, as_of: Any, actor: Actor) -> Any:
    """The record as it stood, where it was the actor's to see then, as the list of that day shows it."""
    try:
        past = record_as_of(record, as_of)
    except Missing as problem:
        raise Http404(str(problem)) from None
    if not record.ledger.read.allows(actor, past):
        raise Http404(f"{record.number} 在 {as_of} 不在您的权限范围内。")
    return past


def _standing(record: Any, actor: Actor) -> Any:
    """Where the record stands in its approval; whoever was sent a copy has now seen it."""
    from tonggui.register.views.approving import Standing

    standing = Standing(record, actor)
    standing.seen()
    return standing


def _button(move: Any, record: Any) -> dict[str, str]:
    return {"label": move.label, "url": f"{record.url}move/{move.name}/"}


def _due(record: Any) -> str:
    """When the record should have left its state, in words."""
    if record.due_day is None:
        return ""
    days = (record.due_day - clock.today()).days
    left = f"还有 {days} 天" if days > 0 else "今天到期" if days == 0 else f"已过 {-days} 天"
    return f"应在 {record.due_day} 前办理，{left}"


def _more(record: Any) -> int:
    """How many changes there are where the page does not show them all."""
    total = lines_of(record).count()
    return total if total > story.SHOWN else 0


def _spot(ledger: BoundLedger, record: Any) -> dict[str, Any] | None:
    """The place of the record for its small map: a point, or the outline of an area."""
    for kind in ledger.kinds.values():
        value = kind.value_of(record) if isinstance(kind, Place | Area) else None
        if value:
            return {"text": kind.show(value), "json": json.dumps(geometry(kind, value)), **_centre(kind, value)}
    return None


def _centre(kind: Kind, value: Any) -> dict[str, float]:
    if isinstance(kind, Place):
        return {"longitude": value.longitude, "latitude": value.latitude}
    ring = value["coordinates"][0] if value["type"] == "Polygon" else value["coordinates"][0][0]
    return {"longitude": sum(p[0] for p in ring) / len(ring), "latitude": sum(p[1] for p in ring) / len(ring)}
