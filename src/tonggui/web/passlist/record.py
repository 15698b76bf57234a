"""One pass: pictures, axles, judgement, what became of it, the truck's other passes, where it was weighed."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonggui.base.clock import from_micros
from tonggui.bridge.exchange.using import on_black_list
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.register.views.cells import state_badges
from tonggui.stream.store.client import StoreAway
from tonggui.web.passes import ShownPass, show_pass
from tonggui.web.passlist.columns import COLUMNS, Row, kilograms
from tonggui.web.passlist.listed import PASS_LIST
from tonggui.web.passlist.picture import axles, weights
from tonggui.web.passlist.scope import PASSES
from tonggui.web.passlist.views import asker
from tonggui.web.views.frames import WEIGHING, read_frame

# Passes of the same truck that are drawn, and those that are listed.
DRAWN, LISTED = 60, 8


@require_GET
def pass_page(request: HttpRequest, log: str, position: int) -> HttpResponse:
    actor = asker(request)
    asked = PASS_LIST.asked(actor, {})
    frame = read_frame(log, position)
    away, row = "", None
    try:
        row = asked.one(log, position)
    except StoreAway as problem:
        away = str(problem)
    edition = str(row["law_edition"]) if row else ""
    shown = show_pass(frame.raw, frame.received_at, edition) if log.startswith(WEIGHING) else None
    if shown is None or not asked.scope.sees(str(shown.values.get("site", ""))):
        raise Http404("没有这次过车，或者它的检测点不在您的监管范围内。")
    others = [] if away else asked.of_plate(str(shown.values.get("plate", "")), DRAWN)
    point = asked.scope.points[shown.values["site"]]
    context = {
        "log": log,
        "position": position,
        "received": from_micros(frame.received_at),
        "shown": shown,
        "values": shown.values,
        "away": away,
        "row": row,
        "fields": fields(row) if row else [],
        "point": point,
        "axles": axles(shown.values),
        "weights": weights(others),
        "others": [told(one) for one in others if (one["log"], one["frame_position"]) != (log, position)][:LISTED],
        "records": records(actor, shown),
        "spot": spot(point),
        "listed": on_black_list(str(shown.values.get("plate", ""))),
        "list_url": PASS_LIST.url,
    }
    return render(request, "passes/record.html", context)


def fields(row: Row) -> list[dict[str, str]]:
    """What the list knows of the pass."""
    left_out = {"media", "doubt"}
    return [
        {"label": column.label, "text": text, "unit": column.unit}
        for name, column in COLUMNS.items()
        if name not in left_out and (text := column.text(row))
    ]


def told(row: Row) -> dict[str, Any]:
    """Another pass of the truck, as one line."""
    return {
        "url": f"/passes/{row['log']}/{row['frame_position']}/",
        "at": row["time"],
        "words": f"{row['point']} {kilograms(row['gross_kg'])} kg",
        "over": row["excess_kg"] > 0,
    }


def records(actor: Actor, shown: ShownPass) -> list[dict[str, Any]]:
    """The record of the review desk that the pass became, and the cases that rest on it."""
    number = str(shown.values.get("record_no", ""))
    found = list(ledger(PASSES).query(actor).filter(record_no=number)[:1]) if number else []
    cases = ledger("overload.case")
    if found and cases.can_read(actor):
        found += list(cases.query(actor).filter(doubted_pass__in=[one.pk for one in found]).order_by("pk"))
    return [
        {"title": one.ledger.title, "number": one.number, "url": one.url, "state": state_badges(one)} for one in found
    ]


def spot(point: Any) -> dict[str, Any] | None:
    """The place of the weighing point for the small map."""
    place = point.place
    if not place:
        return None
    shape = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return {
        "text": point.kinds["place"].show(place),
        "json": json.dumps(shape),
        "longitude": place.longitude,
        "latitude": place.latitude,
    }
