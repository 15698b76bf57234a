"""The live map and what it draws: base map, areas, search, the card of a vehicle."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tonggui.base.clock import from_micros
from tonggui.register.registry import all_ledgers, ledger
from tonggui.register.views.access import actor_of
from tonggui.register.views.mapping import map_kind
from tonggui.web.live.mirror import mirror
from tonggui.web.live.scope import scope_of
from tonggui.web.views.ranges import file_with_ranges

# What a vehicle on the map is, in the words of its legend (drawn by frontend/src/map/states.ts).
STATES = (("moving", "行驶"), ("stopped", "停车"), ("alarm", "终端报警"), ("stale", "超过五分钟未上报"))
BASE_TYPES = {".pmtiles": "application/vnd.pmtiles", ".geojson": "application/geo+json"}


def live_map(request: HttpRequest) -> HttpResponse:
    return render(request, "web/map.html", {"layers": ledger_layers(request), "states": STATES})


def ledger_layers(request: HttpRequest) -> list[dict[str, str]]:
    """Ledgers of the person that have a place on the map, as layers to switch on."""
    actor = actor_of(request)
    return [
        {"key": bound.key, "title": bound.title, "url": f"{bound.url}map.geojson"}
        for bound in all_ledgers()
        if bound.can_read(actor) and map_kind(bound)
    ]


def base_map(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the map folder: tiles by ranges, drawn lines as GeoJSON."""
    path = settings.MAP_FOLDER / name
    if path.suffix not in BASE_TYPES or not path.is_file():
        raise Http404("底图文件不存在")
    return file_with_ranges(request, path, BASE_TYPES[path.suffix])


def areas(request: HttpRequest) -> HttpResponse:
    """The areas that the detectors work with at this moment, from the fleet snapshot."""
    path = settings.SITE.fleet / "areas.geojson"
    if not path.is_file():
        return JsonResponse({"type": "FeatureCollection", "features": []})
    return file_with_ranges(request, path, BASE_TYPES[".geojson"])


def find(request: HttpRequest) -> HttpResponse:
    """Vehicles whose plate holds `q`, at most eight, with their latest place."""
    return JsonResponse({"found": mirror.find(request.GET.get("q", ""), scope_of(actor_of(request)))})


def card(request: HttpRequest, row: int) -> HttpResponse:
    """The card of a vehicle on the map: who it is, what it does now, where to go on."""
    if not 0 <= row < len(mirror) or not scope_of(actor_of(request)).sees(mirror.plates[row]):
        return render(request, "web/map_card.html", {"vehicle": None}, status=HTTPStatus.NOT_FOUND)
    vehicle = mirror.describe(row)
    return render(
        request,
        "web/map_card.html",
        {
            "vehicle": vehicle,
            "heard": from_micros(vehicle["received_at"]),
            "at": from_micros(vehicle["time"]),
            "record": vehicle_record(request, vehicle["plate"]),
        },
    )


def vehicle_record(request: HttpRequest, plate: str):
    """The vehicle's row in its ledger, or None where the person may not see it or it is not entered."""
    rows = ledger("fleet.vehicle").query(actor_of(request))
    return rows.filter(plate=plate).select_related("enterprise").first() if plate else None
