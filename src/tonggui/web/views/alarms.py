"""`/alarms/`: alarms as the stream raised them, read from the store, in the look of a ledger page.

What a person must do about an alarm lives in the alarm ledger; each row leads to its record there and to the frames
that raised it.
"""

import json
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tonggui.base.clock import CHINA, day_of, today
from tonggui.ledgers.fleet.area import Purpose
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of
from tonggui.register.views.address import whole
from tonggui.web import telemetry
from tonggui.web.live.scope import scope_of

PAGE_ROWS = 50
PERIOD_DAYS = 7

# What the evidence of an alarm says, in the reader's words.
EVIDENCE = {"speed_kmh": ("速度", "km/h"), "limit_kmh": ("当时限速", "km/h"), "silent_minutes": ("无数据", "分钟")}


def alarm_page(request: HttpRequest) -> HttpResponse:
    since, until = period(request)
    query = telemetry.AlarmQuery(
        type=request.GET.get("type", ""),
        plate=request.GET.get("plate", "").strip(),
        lasting=request.GET.get("lasting") == "1",
        since=datetime.combine(since, time(), CHINA),
        until=datetime.combine(until + timedelta(days=1), time(), CHINA),
    )
    page = {"since": since, "until": until, "query": query, "address": request.GET}
    try:
        page |= found(request, query)
    except telemetry.StoreAway as problem:
        page["away"] = str(problem)
    part = "web/alarm_results.html" if request.headers.get("HX-Target") == "results" else "web/alarms.html"
    return render(request, part, page)


def found(request: HttpRequest, query: telemetry.AlarmQuery) -> dict:
    """The rows of the page asked for, with counts by type and the ledger's record of each alarm."""
    actor = actor_of(request)
    scope = scope_of(actor)
    number = max(1, whole(request.GET.get("page"), 1))
    rows, total = telemetry.alarms(query, scope, (number - 1) * PAGE_ROWS, PAGE_ROWS)
    records = records_of(actor, [row["alarm_id"] for row in rows])
    areas = areas_told()
    for row in rows:
        row["record"] = records.get(row["alarm_id"])
        area = areas.get(row["area"], {})
        row["reminds"] = area.get("kind") == Purpose.WATCHED
        row["evidence"] = "，".join(filter(None, (area.get("name", row["area"]), evidence_words(row["evidence"]))))
    pages = Paginator(range(total), PAGE_ROWS)
    return {
        "rows": rows,
        "total": total,
        "facets": telemetry.alarm_facets(query, scope),
        "pager": pages.get_page(number),
    }


def period(request: HttpRequest) -> tuple[date, date]:
    """First and last day asked for; a day that cannot be read is the default, the last week."""

    until = day_of(request.GET.get("until", "")) or today()
    since = day_of(request.GET.get("since", "")) or until - timedelta(days=PERIOD_DAYS - 1)
    return min(since, until), max(since, until)


def records_of(actor: Actor, alarm_ids: list[str]) -> dict:
    """Records of the alarm ledger by the stream's id, as far as the actor may see them."""
    rows = ledger("fleet.alarm").query(actor).filter(alarm_id__in=alarm_ids)
    return {record.alarm_id: record for record in rows}


def areas_told() -> dict[str, dict]:
    """What is known of the watched areas by their id, from the fleet snapshot."""
    try:
        features = json.loads((settings.SITE.fleet / "areas.geojson").read_bytes())["features"]
    except FileNotFoundError:
        return {}
    return {feature["properties"]["id"]: feature["properties"] for feature in features}


def evidence_words(text: str) -> str:
    """The evidence kept with an alarm as one line, such as 速度 96 km/h，当时限速 80 km/h."""
    try:
        evidence = json.loads(text)
    except ValueError:
        return ""
    return "，".join(
        f"{label} {evidence[name]:g} {unit}"
        for name, (label, unit) in EVIDENCE.items()
        if isinstance(evidence.get(name), int | float)
    )
