"""`/exchange/`: what the province was told and what it handed down, kind by kind, and whether the line works."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tonggui.bridge.exchange.round import Told
from tonggui.bridge.exchange.sending import send_again
from tonggui.ledgers.overload.provincial_item import ProvincialItem, ProvincialKind
from tonggui.ledgers.overload.upload_item import UploadItem, UploadKind
from tonggui.register.actor import Actor
from tonggui.register.views.access import actor_of, need


@dataclass(frozen=True, slots=True)
class Cell:
    """How many items of a kind are in a state, and the list of them."""

    count: int
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of item that goes up: its states, when it last had a receipt, how many a person may send again."""

    kind: str
    title: str
    cells: list[Cell]
    receipted_at: datetime | None
    turned_down: int


def page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    need(UploadItem.ledger.can_read(actor), "省级平台数据交换只对本县工作人员开放。")
    told = Told.of(settings.SITE)
    context = {
        "told": told,
        "worked_at": datetime.fromisoformat(told.worked_at) if told.worked_at else None,
        "tried_at": datetime.fromisoformat(told.tried_at) if told.tried_at else None,
        "states": [state.label for state in UploadItem.ledger.flow.states],
        "lines": lines(actor),
        "taken": taken(actor),
        "uploads": UploadItem.ledger,
        "handed_down": ProvincialItem.ledger,
        "may_send": actor.has("overload_officer"),
    }
    return render(request, "web/exchange.html", context)


@require_POST
def again(request: HttpRequest, kind: str) -> HttpResponse:
    """Send again whatever was turned down of a kind."""
    actor = actor_of(request)
    need(actor.has("overload_officer"), "重新上传由治超人员办理。")
    title = dict(UploadKind.choices).get(kind, kind)
    count = send_again(actor, kind)
    messages.success(
        request, f"“{title}”{count} 条已重新排队，下一轮发送。" if count else f"“{title}”没有被退回的数据。"
    )
    return redirect("/exchange/")


def lines(actor: Actor) -> list[Line]:
    """Every kind that goes up, also those of which nothing was told yet."""
    rows = UploadItem.objects.visible_to(actor).values_list("kind", "state").annotate(n=Count("pk")).order_by()
    counts = {(kind, state): n for kind, state, n in rows}
    latest = dict(UploadItem.objects.visible_to(actor).values_list("kind").annotate(at=Max("receipted_at")).order_by())
    url = UploadItem.ledger.url
    return [
        Line(
            kind,
            title,
            [
                Cell(counts.get((kind, state.name), 0), f"{url}?kind={kind}&state={state.name}", state.label)
                for state in UploadItem.ledger.flow.states
            ],
            latest.get(kind),
            counts.get((kind, "turned_down"), 0),
        )
        for kind, title in UploadKind.choices
    ]


def taken(actor: Actor) -> list[dict[str, Any]]:
    """Every kind that comes down, with how many there are and when the last one came."""
    rows = ProvincialItem.objects.visible_to(actor).values("kind").annotate(n=Count("pk"), at=Max("handed_down_at"))
    found = {row["kind"]: row for row in rows.order_by()}
    url = ProvincialItem.ledger.url
    return [
        {
            "title": title,
            "count": found.get(kind, {}).get("n", 0),
            "at": found.get(kind, {}).get("at"),
            "url": f"{url}?kind={kind}",
        }
        for kind, title in ProvincialKind.choices
    ]
