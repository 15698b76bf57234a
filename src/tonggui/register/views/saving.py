"""Saved queries: addresses of a list under names, one's own or the unit's, and the one a ledger opens with."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tonggui.register.models import Account, SavedView
from tonggui.register.registry import BoundLedger
from tonggui.register.views.access import open_ledger

#: Key in an account's preferences: ledger key → id of the saved query it opens with.
DEFAULTS = "default_views"


@dataclass(frozen=True, slots=True)
class Saved:
    """The saved queries of one person on one ledger; `current` is the one that is being looked at."""

    all: list[dict[str, Any]]
    current: dict[str, Any] | None

    @classmethod
    def of(cls, account: Account, ledger: BoundLedger, kept: str) -> "Saved":
        default = account.preferences.get(DEFAULTS, {}).get(ledger.key)
        found = [
            {
                "pk": view.pk,
                "name": view.name,
                "url": f"{ledger.url}?{view.address}",
                "address": view.address,
                "mine": view.account_id == account.pk,
                "owner": view.account.name or view.account.username,
                "shared": view.shared,
                "is_default": view.pk == default,
            }
            for view in visible_views(account, ledger).select_related("account")
        ]
        return cls(found, next((one for one in found if kept and one["address"] == kept), None))


def visible_views(account: Account, ledger: BoundLedger) -> Any:
    """One's own, and what colleagues of the same unit share."""
    shared = Q(shared=True, account__unit_id=account.unit_id) if account.unit_id else Q(pk__in=())
    return SavedView.objects.filter(Q(account=account) | shared, ledger=ledger.key).order_by("name", "pk")


def default_query(account: Account, ledger: BoundLedger) -> str:
    """The query string the ledger opens with for this person, or ''."""
    chosen = account.preferences.get(DEFAULTS, {}).get(ledger.key)
    view = visible_views(account, ledger).filter(pk=chosen).first() if chosen else None
    return view.address if view else ""


@require_POST
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a query of a ledger under a name."""
    ledger, _ = open_ledger(request, key)
    return keep(request, ledger)


def keep(request: HttpRequest, ledger: Any) -> HttpResponse:
    """Keep a query of a ledger, or of a list like one, under a name; the same name of the same person is replaced."""
    name = request.POST.get("name", "").strip()[:30]
    address = QueryDict(request.POST.get("query", "")).urlencode(safe=",")[:2000]
    if not name:
        messages.error(request, "没有保存：请给查询起个名字。")
        return redirect(f"{ledger.url}?{address}")
    view, _ = SavedView.objects.update_or_create(
        ledger=ledger.key,
        account=request.user,
        name=name,
        defaults={"address": address, "shared": request.POST.get("shared") == "1"},
    )
    if request.POST.get("default") == "1":
        _set_default(request.user, ledger, view.pk)
    messages.success(request, f"已保存查询“{name}”。")
    return redirect(f"{ledger.url}?{address or 'all=1'}")


@require_POST
def change(request: HttpRequest, key: str, view: int) -> HttpResponse:
    """Make a saved query of a ledger the default, or delete it."""
    ledger, _ = open_ledger(request, key)
    return alter(request, ledger, view)


def alter(request: HttpRequest, ledger: Any, view: int) -> HttpResponse:
    """Make a saved query the default (or no longer), or delete it; only its owner may delete it."""
    found = get_object_or_404(visible_views(request.user, ledger), pk=view)
    is_default = request.user.preferences.get(DEFAULTS, {}).get(ledger.key) == found.pk
    if request.POST.get("act") == "delete" and found.account_id == request.user.pk:
        if is_default:
            _set_default(request.user, ledger, None)
        found.delete()
        messages.success(request, f"已删除查询“{found.name}”。")
        return redirect(f"{ledger.url}?all=1")
    if request.POST.get("act") == "default":
        _set_default(request.user, ledger, None if is_default else found.pk)
        words = "不再是" if is_default else "已设为"
        messages.success(request, f"“{found.name}”{words}打开{ledger.title}时的默认查询。")
    return redirect(f"{ledger.url}?{found.address or 'all=1'}")


def _set_default(account: Account, ledger: BoundLedger, view: int | None) -> None:
    defaults = {**account.preferences.get(DEFAULTS, {}), ledger.key: view}
    account.preferences = {**account.preferences, DEFAULTS: {key: pk for key, pk in defaults.items() if pk}}
    account.save(update_fields=["preferences"])
