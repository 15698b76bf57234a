"""Weighing passes above the limit become records of the review desk.

All passes stay in the store; only those over the limit of their day come into the ledger. Passes are found again by the
number their device gave them, so reading an interval twice, as every round does at its edge, doubles nothing.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.base.clock import CHINA, from_micros, to_micros
from tonggui.base.money import yuan
from tonggui.base.site import Site
from tonggui.bridge.cursor import Cursor
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.register.actor import Actor, acting

WRITER = Actor.system("车辆称重")
AT_ONCE = 500
# Passes of several logs may reach the store a little out of order; every round reads this far back again.
OVERLAP = timedelta(minutes=2)
# The zone is said, since a moment without one is read in the zone of the store's own process.
WANTED = """
SELECT * FROM passes FINAL
WHERE (received_at, record_no) > ({since:DateTime64(6, 'UTC')}, {after:String}) AND excess_kg > 0
ORDER BY received_at, record_no LIMIT {most:UInt32}
"""


def bring_in_passes(site: Site, client: Client) -> int:
    """Open a record for each pass over the limit that is new since the last time; how many were opened."""
    cursor = Cursor.of(site, "passes")
    since = (
        from_micros(cursor.version).astimezone(UTC) - OVERLAP if cursor.version else datetime(2000, 1, 1, tzinfo=UTC)
    )
    after, opened = "", 0
    while rows := _page(client, since, after):
        opened += _open(rows)
        since, after = _aware(rows[-1]["received_at"]), rows[-1]["record_no"]
        cursor.move_to(max(cursor.version, to_micros(since)))
        if len(rows) < AT_ONCE:
            break
    return opened


def _page(client: Client, since: datetime, after: str) -> list[dict[str, Any]]:
    """The next passes by time of receipt and number; many may be received in one instant."""
    place = {"since": since.astimezone(UTC).replace(tzinfo=None), "after": after, "most": AT_ONCE}
    return list(client.query(WANTED, parameters=place).named_results())


def _open(rows: list[dict[str, Any]]) -> int:
    """Records for those that have none yet."""
    known = set(_known(row["record_no"] for row in rows))
    points = {
        p.code: p for p in WeighingPoint.objects.visible_to(WRITER).filter(code__in={row["site"] for row in rows})
    }
    vehicles = _vehicles({row["plate"] for row in rows})
    fresh = {row["record_no"]: row for row in rows if row["record_no"] not in known and row["site"] in points}
    with acting(WRITER):
        DoubtedPass.objects.bulk_create(
            [record_of(row, points[row["site"]], vehicles.get(row["plate"])) for row in fresh.values()]
        )
    return len(fresh)


def _known(numbers: Any) -> Any:
    return (
        DoubtedPass.objects.visible_to(WRITER).filter(record_no__in=list(numbers)).values_list("record_no", flat=True)
    )


def _vehicles(plates: set[str]) -> dict[str, Vehicle]:
    return {v.plate: v for v in Vehicle.objects.visible_to(WRITER).filter(plate__in=plates - {""})}


def record_of(row: Mapping[str, Any], point: WeighingPoint, vehicle: Vehicle | None) -> DoubtedPass:
    """The record of one row of the `passes` table; `time` is UTC, aware or not."""
    speed = float(row["speed_kmh"])
    return DoubtedPass(
        record_no=str(row["record_no"]),
        point=point,
        unit=point.unit,
        is_example=point.is_example,
        passed_at=_aware(row["time"]).astimezone(CHINA),
        plate=str(row["plate"]),
        vehicle=vehicle,
        axles=int(row["axles"]),
        axle_groups=str(row["axle_groups"])[:12],
        speed_kmh=None if math.isnan(speed) else Decimal(f"{speed:.1f}"),
        gross_kg=round(row["gross_kg"]),
        limit_kg=round(row["limit_kg"]),
        excess_kg=round(row["excess_kg"]),
        rate=Decimal(f"{row['rate'] * 100:.2f}"),
        fine_yuan=yuan(float(row["fine_yuan"])),
        calibrated=bool(row["usable"]),
        doubt=str(row["doubt"]),
        evidence=[{"log": row["log"], "position": int(row["frame_position"])}],
    )


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
