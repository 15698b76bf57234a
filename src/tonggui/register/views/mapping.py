"""A ledger as a layer of the map: GeoJSON of the rows that the list with the same address would show."""

import json
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from tonggui.register.kinds import Area, Kind, Place
from tonggui.register.query import ListQuery
from tonggui.register.registry import BoundLedger
from tonggui.register.views.access import open_ledger

#: Objects in one answer; beyond it the map asks again for a smaller window, and says so.
LIMIT = 5000


@require_GET
def geojson(request: HttpRequest, key: str) -> HttpResponse:
    """`?bbox=west,south,east,north` keeps points inside a window; every filter of the list works as well."""
    ledger, actor = open_ledger(request, key)
    kind = map_kind(ledger)
    if kind is None:
        return JsonResponse({"detail": f"{ledger.title}没有位置，不能作为地图图层。"}, status=404)
    try:
        window = _window(kind, request.GET.get("bbox", ""))
    except ValueError:
        return JsonResponse({"detail": "bbox 应为 西,南,东,北 四个经纬度。"}, status=400)
    asked = ListQuery(ledger, actor, request.GET)
    if asked.as_of:
        return JsonResponse({"detail": "地图图层只有现在的位置，不能看过去某日的。"}, status=400)
    rows = asked.rows.filter(window & _placed(kind))
    found = list(rows.select_related(*ledger.links).order_by("pk")[: LIMIT + 1])
    features = [_feature(kind, record) for record in found[:LIMIT]]
    answer = {"type": "FeatureCollection", "complete": len(found) <= LIMIT, "features": features}
    return HttpResponse(json.dumps(answer, ensure_ascii=False), content_type="application/geo+json")


def map_kind(ledger: BoundLedger) -> Kind | None:
    """The field that puts a record on the map: the one the page names, else its first point or area."""
    if ledger.page.map:
        return ledger.kinds[ledger.page.map]
    return next((kind for kind in ledger.kinds.values() if isinstance(kind, Place | Area)), None)


def geometry(kind: Kind, value: Any) -> dict[str, Any]:
    """A point or an area as a GeoJSON geometry, WGS-84."""
    if isinstance(kind, Area):
        return value
    return {"type": "Point", "coordinates": [value.longitude, value.latitude]}


def _window(kind: Kind, bbox: str) -> Q:
    """Points inside the window. Areas are few and large, so they are always given."""
    if not bbox:
        return Q()
    west, south, east, north = (float(part) for part in bbox.split(","))
    return kind.within(west, south, east, north) if isinstance(kind, Place) else Q()


def _placed(kind: Kind) -> Q:
    return Q(**{f"{kind.lon}__isnull": False}) if isinstance(kind, Place) else ~Q(**{kind.name: None})


def _feature(kind: Kind, record: Any) -> dict[str, Any]:
    """A record on the map: its place, and what the small card shows."""
    shown = [column for column in record.ledger.columns if column.name not in ("number", "state")][:3]
    return {
        "type": "Feature",
        "id": record.pk,
        "geometry": geometry(kind, kind.value_of(record)),
        "properties": {
            "number": record.number,
            "name": str(record),
            "state": record.state_now.label,
            "tone": "late" if record.is_overdue else record.state_now.tone,
            "url": record.url,
            "card": [[column.label, column.show(column.value_of(record))] for column in shown],
        },
    }
