"""The addresses of the review desk: its page, the next passes, a decision, a corrected plate, a case.

One decision is one request: its answer brings the passes that fill up the queue of the browser. What is refused comes
back in words with the pass as it stands now.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tonggui.ledgers.overload.doubted_pass_flow import RejectReason
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.register.actor import Actor
from tonggui.register.errors import Conflict, Invalid, Missing, Refused
from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of, need
from tonggui.web.desk import deciding, leases
from tonggui.web.desk.queue import KEY, LOOKS, ROLE, SORTS, STEPS, Wanted, counts, give
from tonggui.web.desk.shown import shown

#: Passes in a browser: the one that is looked at and those whose pictures are fetched ahead.
AHEAD = 8
MOST_ASKED = 20
MOST_NUMBERS = 200


@require_GET
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The desk with its first passes in it."""
    actor = actor_of(request)
    need(actor.has(ROLE), "审核工作台只供治超执法员使用。需要时请联系系统管理员。")
    wanted = Wanted.of(request.GET)
    setup = {
        "passes": shown(give(actor, wanted, (), (), AHEAD), actor),
        "counts": counts(actor, wanted),
        "reasons": [{"code": code, "label": label} for code, label in RejectReason.choices],
        "ahead": AHEAD,
        "account": actor.account_id,
    }
    points = WeighingPoint.objects.visible_to(actor).order_by("number")
    choices = {"points": points, "sorts": SORTS, "steps": STEPS, "looks": LOOKS}
    return render(request, "desk/passes.html", {"setup": setup, "wanted": wanted, **choices})


def asked_by_desk(view: Callable[[Actor, dict[str, Any]], dict[str, Any]]) -> Callable[..., HttpResponse]:
    """A view that takes and gives JSON: 409 where somebody was faster, 422 where it is refused, both in words."""

    @require_POST
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        need(actor.has(ROLE), "审核工作台只供治超执法员使用。")
        try:
            asked = json.loads(request.body)
            if not isinstance(asked, dict):
                raise TypeError("not an object")
        except (ValueError, TypeError, RecursionError):
            return JsonResponse({"words": "请求不是 JSON 对象。请刷新页面后再试。"}, status=400)
        try:
            return JsonResponse(view(actor, asked))
        except Conflict as problem:
            again = isinstance(problem, deciding.Overtaken) and problem.again
            return JsonResponse({"words": str(problem), "again": again} | _afresh(actor, asked), status=409)
        except (Refused, Invalid, Missing) as problem:
            return JsonResponse({"words": str(problem)} | _afresh(actor, asked), status=422)

    return answer


@asked_by_desk
def next_passes(actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """More passes, the leases of those in hand made longer, and what is let go given back."""
    let_go = ledger(KEY).query(actor).filter(number__in=_numbers(asked, "letGo")).values_list("pk", flat=True)
    leases.let_go(actor, let_go)
    return _refill(actor, asked)


@asked_by_desk
def decide(actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """One decision."""
    done = deciding.decide(
        actor,
        str(asked.get("number", "")),
        str(asked.get("move", "")),
        _whole(asked, "version"),
        str(asked.get("reason") or ""),
        str(asked.get("comment") or ""),
    )
    told = {"number": done.number, "state": done.state, "stateLabel": done.state_now.label, "url": done.url}
    return {"done": told} | _refill(actor, asked)


@asked_by_desk
def plate(actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """The plate put right, and the pass as it stands then."""
    number, read = str(asked.get("number", "")), str(asked.get("plate", ""))
    return {"pass": shown([deciding.correct_plate(actor, number, _whole(asked, "version"), read)], actor)[0]}


@asked_by_desk
def file_case(actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """The case of an accepted pass: its number and where it stands."""
    case = deciding.file_case(actor, str(asked.get("number", "")))
    return {"case": {"number": case.number, "url": case.url}}


def _refill(actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """Passes that fill up the browser's queue, and the counts."""
    wanted = Wanted.of(asked.get("wanted") if isinstance(asked.get("wanted"), dict) else {})
    most = min(_whole(asked, "most"), MOST_ASKED)
    found = give(actor, wanted, _numbers(asked, "have"), _numbers(asked, "passedOver"), most)
    return {"passes": shown(found, actor), "counts": counts(actor, wanted)}


def _afresh(actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """The pass of a refused request as it stands now, where the person may see it."""
    found = ledger(KEY).query(actor).filter(number=str(asked.get("number", ""))).first()
    return {"pass": shown([found], actor)[0]} if found else {}


def _numbers(asked: dict[str, Any], name: str) -> list[str]:
    given = asked.get(name)
    return [str(one) for one in given[:MOST_NUMBERS]] if isinstance(given, list) else []


def _whole(asked: dict[str, Any], name: str) -> int:
    value = asked.get(name)
    return value if type(value) is int and 0 <= value < 1 << 31 else 0
