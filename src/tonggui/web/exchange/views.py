"""`/exchange/`: how the exchange with the province stands, what was turned down and why, and sending it again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tonggui.bridge.exchange import sending, standing, taking
from tonggui.bridge.exchange.provincial import PROVINCIAL
from tonggui.bridge.exchange.round import Told
from tonggui.bridge.exchange.settings import is_configured
from tonggui.ledgers.overload.upload_item import UploadKind
from tonggui.register.actor import Actor
from tonggui.register.errors import Missing
from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of, need

SHOWN = 20
SENDERS = ("overload_officer",)
UPLOADS, HANDED_DOWN = "overload.uploaditem", "overload.provincialitem"


def reader(request: HttpRequest) -> Actor:
    """Who looks; PermissionDenied for those whom the exchange does not concern."""
    actor = actor_of(request)
    need(ledger(UPLOADS).can_read(actor), "没有查看省级平台交换情况的权限。需要时请联系系统管理员。")
    return actor


@require_GET
def standing_page(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    told, ups = Told.of(settings.SITE), standing.ups(actor)
    tried = datetime.fromisoformat(told.tried_at) if told.tried_at else None
    context = {
        "title": told.province or PROVINCIAL.title,
        "configured": is_configured(settings.SITE) or bool(told.tried_at),
        "trouble": told.trouble,
        "worked_at": datetime.fromisoformat(told.worked_at) if told.worked_at else None,
        "again_at": tried + timedelta(seconds=told.pause) if tried else None,
        "ups": ups,
        "downs": standing.downs(actor),
        "behind": sum(one.behind for one in ups),
        "oldest": min((one.oldest for one in ups if one.oldest), default=None),
        "turned_down": sum(one.turned_down for one in ups),
        "refusals": ledger(UPLOADS).query(actor).filter(state="turned_down").order_by("-number")[:SHOWN],
        "unused": ledger(HANDED_DOWN).query(actor).exclude(not_used_for="").order_by("-handed_down_at")[:SHOWN],
        "may_send": actor.has(*SENDERS),
    }
    return render(request, "exchange/standing.html", context)


@require_POST
def send_again(request: HttpRequest, kind: str) -> HttpResponse:
    """Send all that was turned down of a kind once more, because what it was turned down for has been removed."""
    actor = reader(request)
    need(actor.has(*SENDERS), "没有重新上传的权限。")
    if kind not in UploadKind.values:
        raise Http404("没有这一类上传数据。")
    count = sending.send_again(actor, kind)
    if count:
        messages.success(request, f"{UploadKind(kind).label} {count} 条已重新排队，下一轮交换时上传。")
    else:
        messages.error(request, f"{UploadKind(kind).label}没有被退回的，不用重新上传。")
    return redirect("/exchange/")


@require_POST
def use_again(request: HttpRequest, number: str) -> HttpResponse:
    """Try once more to make of an item that came down what the bureau works with."""
    actor = reader(request)
    need(actor.has(*SENDERS), "没有重新采用的权限。")
    try:
        row = ledger(HANDED_DOWN).get(number, actor)
    except Missing as problem:
        raise Http404(str(problem)) from None
    download = next(one for one in PROVINCIAL.downloads if one.kind == row.kind)
    taking.use_again(row, download)
    if row.not_used_for:
        messages.error(request, f"{row.provincial_no} 仍未能采用：{row.not_used_for}")
    else:
        messages.success(request, f"{row.provincial_no} 已采用。")
    return redirect("/exchange/")
