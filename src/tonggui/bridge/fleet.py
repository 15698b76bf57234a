"""Fleet snapshots: what the telemetry plane needs to know of the ledgers, written as three small files.

`terminals.json` names every terminal in use with its vehicle, `areas.geojson` every watched area in force,
`weighing_points.json` every weighing point in use with its device and the end of its certificate. Each is replaced
whole, and only when its content has changed, so a reader may look at the file's time alone.
"""

import hashlib
import json
from collections import defaultdict
from typing import Any

from tonggui.base.site import Site, write_whole
from tonggui.ledgers.fleet.area import WatchedArea
from tonggui.ledgers.fleet.terminal import Terminal
from tonggui.ledgers.overload.calibration import Calibration
from tonggui.ledgers.overload.point import PointKind, WeighingPoint
from tonggui.register.actor import Actor

WRITER = Actor.system("车辆快照")


def write_fleet(site: Site) -> bool:
    """Bring the files up to date; True when one of them changed."""
    files = {
        "terminals.json": {"terminals": terminals()},
        "areas.geojson": areas(),
        "weighing_points.json": {"points": weighing_points()},
    }
    changed = [_replace(site, name, content) for name, content in files.items()]
    return any(changed)


def terminals() -> list[dict[str, Any]]:
    """Every terminal in use, with what detectors and the map must know of its vehicle, in order of its number."""
    rows = Terminal.objects.visible_to(WRITER).filter(state="in_use")
    rows = rows.select_related("vehicle", "vehicle__enterprise", "vehicle__unit").order_by("phone")
    return [
        {
            "phone": terminal.phone,
            "vehicle_id": terminal.vehicle.number,
            "plate": terminal.vehicle.plate,
            "plate_color": int(terminal.vehicle.plate_color),
            "vehicle_class": terminal.vehicle.vehicle_class,
            "enterprise_id": terminal.vehicle.enterprise.number,
            "enterprise": terminal.vehicle.enterprise.name,
            "unit_path": terminal.vehicle.unit.path if terminal.vehicle.unit else "",
            "limit_kmh": terminal.vehicle.limit_kmh,
            "edition": terminal.edition,
        }
        for terminal in rows
    ]


def areas() -> dict[str, Any]:
    """Watched areas in force, as GeoJSON."""
    rows = WatchedArea.objects.visible_to(WRITER).filter(state="in_force").order_by("number")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": area.number,
                "geometry": area.polygon,
                "properties": {
                    "id": area.number,
                    "name": area.name,
                    "kind": area.purpose,
                    "applies_to": area.applies_to,
                    "limit_kmh": area.limit_kmh,
                },
            }
            for area in rows
        ],
    }


def weighing_points() -> list[dict[str, Any]]:
    """Weighing points in use, as `stream.devices` reads them, in order of their code."""
    rows = WeighingPoint.objects.visible_to(WRITER).filter(state="in_use").order_by("code")
    certificates = _certificates()
    return [
        {
            "code": point.code,
            "name": point.name,
            "device": point.device,
            "lanes": point.lanes,
            "calibrated_to": point.calibrated_to.isoformat(),
            "accuracy": float(point.accuracy),
            "site_kind": PointKind(point.kind).label,
            "posted_kg": point.posted_kg,
            "certificates": certificates.get(point.pk, []),
        }
        for point in rows
    ]


def _certificates() -> dict[int, list[dict[str, Any]]]:
    """The verifications of each point that were compared with their paper, in the order of their first days."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = Calibration.objects.visible_to(WRITER).filter(state="verified").order_by("calibrated_from", "pk")
    for row in rows:
        speeds = {"speed_from": row.speed_from_kmh, "speed_to": row.speed_to_kmh}
        found[row.point_id].append(
            {
                "certificate": row.certificate,
                "calibrated_from": row.calibrated_from.isoformat(),
                "calibrated_to": row.calibrated_to.isoformat(),
                "accuracy": float(row.accuracy),
                **{name: float(speed) for name, speed in speeds.items() if speed is not None},
            }
        )
    return found


def _replace(site: Site, name: str, content: dict[str, Any]) -> bool:
    """Write the file unless its content, version aside, is what it already holds."""
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    content = {"version": hashlib.sha256(body.encode()).hexdigest()[:16], **content}
    path = site.fleet / name
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()
    if path.exists() and path.read_bytes() == written:
        return False
    write_whole(path, written)
    return True
