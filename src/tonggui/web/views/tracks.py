"""`/map/track/?plate=&from=&to=`: where a vehicle went, map above and speed below.

Who looked at whose track is logged: a track tells where a person was.
"""

import logging
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tonggui.base.clock import CHINA, FIRST_DAY, LAST_DAY, now
from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of, need
from tonggui.stream.store.client import StoreAway
from tonggui.web import telemetry
from tonggui.web.live.scope import scope_of

log = logging.getLogger("tonggui.tracks")

LONGEST = timedelta(days=3)
USUAL = timedelta(hours=2)


def track_page(request: HttpRequest) -> HttpResponse:
    plate = request.GET.get("plate", "").strip()
    since, until = span(request)
    page = {"plate": plate, "since": since, "until": until}
    if plate:
        need(scope_of(actor_of(request)).sees(plate), f"没有车辆“{plate}”，或者它不在您的监管范围内。")
        page |= telemetry_of(request, plate, since, until)
    return render(request, "web/track.html", page)


def telemetry_of(request: HttpRequest, plate: str, since: datetime, until: datetime) -> dict:
    """The track for the page, or the words that say why there is none."""
    log.info("%s looks at the track of %r from %s to %s", request.user.username, plate, since, until)
    vehicle = ledger("fleet.vehicle").query(actor_of(request)).filter(plate=plate).first()
    try:
        found = telemetry.track(plate, since, until)
    except StoreAway as problem:
        return {"record": vehicle, "away": str(problem)}
    return {"record": vehicle, "track": found | {"limit": vehicle.limit_kmh if vehicle else None}}


def track_data(request: HttpRequest) -> HttpResponse:
    """The same as JSON, for machines."""
    plate = request.GET.get("plate", "").strip()
    since, until = span(request)
    need(scope_of(actor_of(request)).sees(plate), f"没有车辆“{plate}”，或者它不在您的监管范围内。")
    found = telemetry_of(request, plate, since, until)
    return JsonResponse(found["track"]) if "track" in found else JsonResponse({"detail": found["away"]}, status=503)


def span(request: HttpRequest) -> tuple[datetime, datetime]:
    """The time asked for (+08:00), three days at most; what cannot be read is the last two hours."""

    def moment(name: str, default: datetime) -> datetime:
        try:
            found = datetime.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            return default
        if not FIRST_DAY < found.date() < LAST_DAY:
            return default
        return found if found.tzinfo else found.replace(tzinfo=CHINA)

    until = moment("to", now().replace(second=0, microsecond=0) + timedelta(minutes=1))
    since = moment("from", until - USUAL)
    since, until = min(since, until), max(since, until)
    return max(since, until - LONGEST), until
