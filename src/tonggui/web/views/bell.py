"""The bell: messages to the person (待办), warnings of days that draw near (预警) and announcements (公告).

Warnings are not messages: they are read from the ledgers and muted on their own page, `/warnings/`.
"""

from datetime import date
from typing import Any

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from tonggui.base import clock
from tonggui.register import warnings
from tonggui.register.accounts import Account
from tonggui.register.actor import Actor
from tonggui.register.approvals import bell
from tonggui.register.approvals.kept import Message, Mute
from tonggui.register.errors import Refused
from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of, need
from tonggui.register.views.address import whole
from tonggui.web.rings import forget, rings

PAGE = 30
IN_BOX = 6
ANNOUNCERS = ("director", "admin", "writer", "duty_officer")


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in Message.KINDS else "todo"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """All messages of a kind, read and unread; HTMX gets the small box of the bell."""
    actor, kind = actor_of(request), _kind(request)
    counts = rings(actor)
    context: dict[str, Any] = {"kind": kind, "tabs": [(one, word, counts[one]) for one, word in Message.KINDS.items()]}
    if kind == "warning":
        context["warnings"] = warnings.warnings(actor, warnings.Asked(), count=IN_BOX)
        context["rest"] = max(0, counts[kind] - len(context["warnings"]))
    if request.headers.get("HX-Target") == "bell-box":
        context["lines"] = bell.heard(request.user).filter(kind=kind, read_at=None)[:IN_BOX]
        return render(request, "web/bell_box.html", context)
    pages = Paginator(bell.heard(request.user).filter(kind=kind), PAGE)
    context |= {"page": pages.get_page(whole(request.GET.get("page"), 1)), "total": pages.count}
    context |= {"mutes": [(one, _about(one)) for one in bell.mutes(request.user)], "today": clock.today()}
    context["may_announce"] = kind == "notice" and actor.has(*ANNOUNCERS)
    return render(request, "web/messages.html", context)


def _about(mute: Mute) -> str:
    title = ledger(mute.ledger).title if mute.ledger else Message.KINDS[mute.kind]
    return f"{title} {mute.record_number}".strip()


@require_GET
def follow(request: HttpRequest, message: int) -> HttpResponse:
    """Open what a message is about; it then counts as read."""
    one = get_object_or_404(Message, pk=message, account=request.user)
    bell.read(request.user, message=one.pk)
    forget(actor_of(request))
    return redirect(one.url or "/messages/?kind=" + one.kind)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark all messages of a kind as read."""
    kind = _kind(request)
    bell.read(request.user, kind)
    forget(actor_of(request))
    return redirect(f"/messages/?kind={kind}")


@require_POST
def mute(request: HttpRequest, message: int) -> HttpResponse:
    """Hear no more of the record, or of the whole ledger, of a message until a day."""
    one = get_object_or_404(Message, pk=message, account=request.user)
    try:
        until = date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        until = None
    try:
        bell.mute(one, until, request.POST.get("why", ""), whole_ledger=request.POST.get("whole") == "1")
    except Refused as refusal:
        flash.error(request, str(refusal))
    else:
        flash.success(request, f"在 {until} 之前不再提醒；到期自动恢复。")
        forget(actor_of(request))
    return redirect(f"/messages/?kind={one.kind}")


@require_POST
def unmute(request: HttpRequest, mute: int) -> HttpResponse:
    get_object_or_404(Mute, pk=mute, account=request.user).delete()
    forget(actor_of(request))
    return redirect(f"/messages/?kind={_kind(request)}")


@require_POST
def announce(request: HttpRequest) -> HttpResponse:
    """Put an announcement before everybody of the announcer's unit and the units below it."""
    actor = actor_of(request)
    need(actor.has(*ANNOUNCERS), "公告由局领导、材料员、值班员或系统管理员发布。")
    title, text = (request.POST.get(name, "").strip() for name in ("title", "text"))
    if not title:
        flash.error(request, "公告没有标题，没有发布。")
    else:
        told = bell.tell(_below(actor), "notice", f"{title}（{actor.name}）"[:200], text=text[:2000])
        flash.success(request, f"公告已发给 {told} 人。")
        forget(actor)
    return redirect("/messages/?kind=notice")


def _below(actor: Actor) -> list[Account]:
    people = Account.objects.filter(is_active=True, unit__isnull=False).select_related("unit")
    path = actor.unit.path if actor.unit else ""
    return [one for one in people if one.unit.path.startswith(path)] if path else []
