"""Alarms of the stream become records that somebody must look at.

The store gives each alarm one id and a rising version; the ledger keeps the id unique. Bringing an alarm in twice finds
the record of the first time, so a crash between the two costs nothing.

What only reminds stays in the store and on the page of alarms: a vehicle that enters or leaves an area watched for
进出提醒 has done nothing that a person must deal with.
"""

import json
import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.bridge.cursor import Cursor
from tonggui.ledgers.fleet.alarm import Alarm
from tonggui.ledgers.fleet.area import Purpose, WatchedArea
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.register.actor import Actor, acting

WRITER = Actor.system("车辆动态监控")
AT_ONCE = 500
WANTED = """
SELECT alarm_id, type, phone, vehicle, area, started_at, ended_at, latitude, longitude, peak, evidence,
       log, frame_position, raised_log, raised_position, version
FROM alarms FINAL WHERE version > {version:UInt64} ORDER BY version LIMIT {most:UInt32}
"""


def bring_in_alarms(site: Site, client: Client) -> int:
    """Open or bring up to date a record for each alarm that is new since the last time; how many were read."""
    cursor = Cursor.of(site, "alarms")
    rows = list(client.query(WANTED, parameters={"version": cursor.version, "most": AT_ONCE}).named_results())
    if not rows:
        return 0
    vehicles = _vehicles({row["vehicle"] for row in rows})
    areas = _areas({row["area"] for row in rows})
    known = {alarm.alarm_id: alarm for alarm in Alarm.objects.visible_to(WRITER).filter(alarm_id__in=_ids(rows))}
    with acting(WRITER):
        fresh = [
            _new(row, vehicles[row["vehicle"]], areas.get(row["area"]))
            for row in rows
            # An alarm of a vehicle that no ledger knows stays in the store as well: nobody here could act on it.
            if row["alarm_id"] not in known and row["vehicle"] in vehicles and not _reminds(areas.get(row["area"]))
        ]
        Alarm.objects.bulk_create(fresh)
        for row in rows:
            _bring_up_to_date(known.get(row["alarm_id"]), row)
    cursor.move_to(rows[-1]["version"])
    return len(rows)


def _ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["alarm_id"] for row in rows]


def _vehicles(plates: set[str]) -> dict[str, Vehicle]:
    rows = Vehicle.objects.visible_to(WRITER).filter(plate__in=plates).select_related("enterprise", "unit")
    return {vehicle.plate: vehicle for vehicle in rows}


def _areas(numbers: set[str]) -> dict[str, WatchedArea]:
    rows = WatchedArea.objects.visible_to(WRITER).filter(number__in=numbers - {""})
    return {area.number: area for area in rows}


def _reminds(area: WatchedArea | None) -> bool:
    """Whether the area is only watched; one that is no longer in the ledger is taken seriously."""
    return area is not None and area.purpose == Purpose.WATCHED


def _new(row: dict[str, Any], vehicle: Vehicle, area: WatchedArea | None) -> Alarm:
    evidence = json.loads(row["evidence"] or "{}")
    frames = dict.fromkeys([(row["log"], row["frame_position"]), (row["raised_log"], row["raised_position"])])
    alarm = Alarm(
        alarm_id=row["alarm_id"],
        kind=row["type"],
        vehicle=vehicle,
        enterprise=vehicle.enterprise,
        unit=vehicle.unit,
        is_example=vehicle.is_example,
        raised_at=_china(row["started_at"]),
        ended_at=_china(row["ended_at"]),
        speed_kmh=_number(row["peak"]),
        limit_kmh=_number(evidence.get("limit_kmh")),
        detail=f"区域：{area.name if area else row['area']}" if row["area"] else "",
        evidence=[{"log": log, "position": position} for log, position in frames if log],
    )
    if row["latitude"] or row["longitude"]:
        Alarm.kinds["place"].set_on(alarm, Alarm.kinds["place"].parse(f"{row['longitude']:.6f}, {row['latitude']:.6f}"))
    return alarm


def _bring_up_to_date(alarm: Alarm | None, row: dict[str, Any]) -> None:
    """An alarm that was still going on when it was opened learns its end and its highest value."""
    if alarm is None or alarm.ended_at is not None or row["ended_at"] is None:
        return
    alarm.ended_at, alarm.speed_kmh = _china(row["ended_at"]), _number(row["peak"])
    alarm.save()


def _number(value: Any) -> Decimal | None:
    """A measured value to one decimal; None where nothing was measured."""
    return None if value is None or math.isnan(value) else Decimal(f"{value:.1f}")


def _china(at: datetime | None) -> datetime | None:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(CHINA) if at else None
