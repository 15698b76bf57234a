"""The addresses under /m/: the shell and what it is made of, the kit, searches, files and entries.

The shell holds nothing of anybody, so it may be kept on a phone and opened without a login; everything else answers 401
in JSON where the login has ended, and the phone keeps what it has until its person logs in again.
"""

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.errors import Missing, Refused
from tonggui.register.kinds import Link
from tonggui.register.kinds.files import Files
from tonggui.register.registry import BoundLedger
from tonggui.register.registry import ledger as find_ledger
from tonggui.register.views.access import actor_of
from tonggui.web.phone import kit as kits
from tonggui.web.phone.receiving import Answered, held_files, receive
from tonggui.web.templatetags.tonggui import asset

#: What the shell is made of, besides itself; the worker keeps these on the phone.
PARTS = ("phone.js", "phone-style.css", "icons.svg", "mark.svg")
MOST_BYTES = 512 << 10
"""An entry is words and numbers; its pictures come by themselves."""


def asked_by_person(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 401 in JSON instead of leading to the login page, and every refusal as JSON with its words."""

    @login_not_required
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _refused(401, "login", "登录已过期，请重新登录。填写的内容仍在本机。")
        try:
            return view(request, actor_of(request), *args, **named)
        except Answered as problem:
            return JsonResponse(problem.body, status=problem.status)
        except Missing as problem:
            return _refused(404, "gone", str(problem))
        except Refused as problem:
            return _refused(422, "refused", str(problem))

    return answer


def _refused(status: int, kind: str, detail: str) -> JsonResponse:
    return JsonResponse({"kind": kind, "detail": detail}, status=status)


@login_not_required
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page of the phone: the same for everybody, filled by its script."""
    return render(request, "phone/shell.html")


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps; it changes whenever any of that does."""
    built = finders.find("dist/phone-worker.js")
    if not built:
        raise Http404("the web assets are not built (make setup)")
    addresses = ["/m/", "/m/manifest.webmanifest", *(asset(name) for name in PARTS)]
    page = render_to_string("phone/shell.html", request=None)
    version = hashlib.sha256("".join([page, *addresses]).encode()).hexdigest()[:12]
    kept = json.dumps({"version": version, "files": addresses})
    answer = HttpResponse(
        f"self.KEPT = {kept};\n{Path(built).read_text(encoding='utf-8')}", content_type="text/javascript"
    )
    answer["Cache-Control"] = "no-cache"
    return answer


@login_not_required
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the page on its desktop."""
    described = {
        "name": "同轨 掌上办理",
        "short_name": "同轨",
        "lang": "zh-CN",
        "id": "/m/",
        "start_url": "/m/",
        "scope": "/m/",
        "display": "standalone",
        "background_color": "#f2f4f7",
        "theme_color": "#17427a",
        "icons": [{"src": asset("mark.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}],
    }
    return HttpResponse(json.dumps(described, ensure_ascii=False), content_type="application/manifest+json")


@require_GET
@asked_by_person
def kit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything the phone keeps for this person; `?at=longitude,latitude` brings the nearest options first."""
    # Without the cookie nothing could be sent.
    get_token(request)
    return JsonResponse(kits.kit(actor, _position(request)))


@require_GET
@asked_by_person
def options(request: HttpRequest, actor: Actor, key: str, name: str) -> HttpResponse:
    """Options of a link whose number or name holds the words `?q=`."""
    kind = _ledger(key).kinds.get(name)
    if not isinstance(kind, Link):
        raise Http404("没有这一项关联。")
    found = kits.search(kind.related_model.ledger, actor, request.GET.get("q", ""))
    return JsonResponse({"options": found})


@require_GET
@asked_by_person
def near(request: HttpRequest, actor: Actor) -> HttpResponse:
    at = _position(request)
    if at is None:
        return _refused(422, "refused", "没有位置，请先定位。")
    return JsonResponse({"found": kits.near(actor, at)})


@require_GET
@asked_by_person
def record(request: HttpRequest, actor: Actor, key: str, number: str) -> HttpResponse:
    return JsonResponse(kits.shown(_ledger(key).get(number, actor), actor))


@require_http_methods(["GET", "POST"])
@asked_by_person
def file(request: HttpRequest, actor: Actor, key: str, digest: str) -> HttpResponse:
    """A file by its SHA-256: GET says whether it is here already, POST gives it; given twice it is kept once."""
    bound = _ledger(key)
    if digest in held_files(actor, bound.key, [digest]):
        return JsonResponse({"held": True})
    if request.method == "GET":
        return JsonResponse({"held": False})
    sent = request.FILES.get("file")
    kind = bound.kinds.get(request.POST.get("field", ""))
    if sent is None or not isinstance(kind, Files):
        return _refused(400, "malformed", "没有收到照片，请重试。")
    found = hashlib.sha256()
    for chunk in sent.chunks():
        found.update(chunk)
    if found.hexdigest() != digest:
        return _refused(422, "damaged", "照片在传送中损坏，会重新上传。")
    sent.seek(0)
    keep(sent, bound, actor, kind.types, taken(request.POST.get("taken", "")))
    return JsonResponse({"held": True})


def taken(raw: str) -> dict[str, Any]:
    """When and where a picture was taken, as far as the phone said it in a form that can be read."""
    try:
        told = json.loads(raw or "{}")
        found: dict[str, Any] = {}
        if told.get("at") and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", told["at"]):
            found["at"] = told["at"]
        place = [float(told[name]) for name in ("longitude", "latitude", "accuracy") if name in told]
    except (ValueError, TypeError, AttributeError):
        return {}
    if len(place) == 3 and abs(place[0]) <= 180 and abs(place[1]) <= 90 and place[2] >= 0:
        found |= dict(zip(("longitude", "latitude", "accuracy"), place, strict=True))
    return found


@require_POST
@asked_by_person
def entries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One entry of the phone's queue (see `receiving.py`)."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise ValueError
        sent = json.loads(request.body)
    except ValueError:
        raise Answered(400, "malformed", "内容不完整，会重新上传。") from None
    # A database may keep the names of an answer in an order of its own; given again, it is the same to the byte.
    return JsonResponse(receive(actor, sent), json_dumps_params={"sort_keys": True})


def _ledger(key: str) -> BoundLedger:
    bound = find_ledger(key)
    if not bound.page.handheld:
        raise Http404("这个台账没有手机页面。")
    return bound


def _position(request: HttpRequest) -> kits.Position | None:
    found = re.fullmatch(r"(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)", request.GET.get("at", ""))
    return (float(found[1]), float(found[2])) if found else None
