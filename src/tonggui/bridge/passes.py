"""Weighing passes above the limit become records of the review desk.

All passes stay in the store; only those over the limit of their day come into the ledger. The stream stores the passes
of a log in the log's order, so how far each log has been read is one position. Passes are known by their point and the
number their device gave them: one that comes by two ways is one record.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.base.clock import CHINA
from tonggui.base.money import yuan
from tonggui.base.site import Site
from tonggui.bridge.cursor import Cursor
from tonggui.bridge.pass_doubts import told_of_batch
from tonggui.bridge.pass_register import Registered
from tonggui.bridge.pass_told import Told, aware, key_of, told_of
from tonggui.bridge.yards import trace
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.register.actor import Actor, acting

WRITER = Actor.system("车辆称重")
AT_ONCE = 500
LOGS = "SELECT DISTINCT log FROM passes"
WANTED = """
SELECT * FROM passes FINAL
WHERE log = {log:String} AND frame_position >= {position:UInt64} AND excess_kg > 0
ORDER BY frame_position LIMIT {most:UInt32}
"""


def bring_in_passes(site: Site, client: Client) -> int:
    """Open a record for each pass over the limit that is new since the last time; how many were opened."""
    return sum(_bring_in(site, client, log) for (log,) in client.query(LOGS).result_rows)


def _bring_in(site: Site, client: Client, log: str) -> int:
    """The passes of one log, a page after another until the log's end."""
    cursor, opened = Cursor.of(site, f"passes-{log}"), 0
    while rows := _page(client, log, cursor.version):
        opened += _open(client, rows)
        cursor.move_to(rows[-1]["frame_position"] + 1)
    return opened


def _page(client: Client, log: str, position: int) -> list[dict[str, Any]]:
    asked = {"log": log, "position": position, "most": AT_ONCE}
    return list(client.query(WANTED, parameters=asked).named_results())


def _open(client: Client, rows: list[dict[str, Any]]) -> int:
    known = _known(row["record_no"] for row in rows)
    registered = Registered.of(rows)
    points = registered.points
    fresh = {key_of(row): row for row in rows if key_of(row) not in known and row["site"] in points}
    taken = list(fresh.values())
    doubts, sources = told_of_batch(client, taken, registered), trace(client, taken)
    records = [record_of(row, points[row["site"]], registered, told) for row, told in zip(taken, doubts, strict=True)]
    for key, record in zip(fresh, records, strict=True):
        if key in sources:
            record.yard, record.source_trace = sources[key]
    with acting(WRITER):
        DoubtedPass.objects.bulk_create(records)
    return len(fresh)


def _known(numbers: Iterable[str]) -> set[tuple[str, str]]:
    """Point and number of the records that are there: a device's numbers are its own."""
    rows = DoubtedPass.objects.visible_to(WRITER).filter(record_no__in=list(numbers))
    return set(rows.values_list("point__code", "record_no"))


def record_of(
    row: Mapping[str, Any], point: WeighingPoint, registered: Registered, doubts: Sequence[Told] | None = None
) -> DoubtedPass:
    """The record of one row of the `passes` table; `time` is UTC, aware or not. Without `doubts`, those of the row."""
    doubts = told_of(row) if doubts is None else doubts
    speed = float(row["speed_kmh"])
    return DoubtedPass(
        record_no=str(row["record_no"]),
        point=point,
        unit=point.unit,
        is_example=point.is_example,
        passed_at=aware(row["time"]).astimezone(CHINA),
        recorded_at=aware(row["received_at"]) if isinstance(row.get("received_at"), datetime) else None,
        lane=str(row["lane"]),
        direction=str(row["direction"]),
        plate=str(row["plate"]),
        plate_rear=str(row["plate_rear"]),
        vehicle=registered.vehicle_of(row),
        permit=registered.permit_of(row),
        yard=registered.yards.get(point.pk),
        axles=int(row["axles"]),
        axle_groups=str(row["axle_groups"])[:12],
        axle_kg=[round(load) for load in row["axle_kg"]],
        speed_kmh=None if math.isnan(speed) else Decimal(f"{speed:.1f}"),
        gross_kg=round(row["gross_kg"]),
        tolerance_kg=_kilograms(row.get("tolerance_kg")),
        adjusted_kg=_kilograms(row.get("adjusted_kg")),
        limit_kg=round(row["limit_kg"]),
        excess_kg=round(row["excess_kg"]),
        rate=Decimal(f"{row['rate'] * 100:.2f}"),
        fine_yuan=yuan(float(row["fine_yuan"])),
        calibrated=bool(row["usable"]),
        law_edition=str(row.get("law_edition", "")),
        doubt="；".join(one.words for one in doubts),
        doubts=[one.noted for one in doubts],
        media=json.loads(row["media"] or "[]"),
        evidence=[{"log": row["log"], "position": int(row["frame_position"])}],
    )


def _kilograms(value: Any) -> int | None:
    """A mass of a row in whole kilograms; None where the law of the day has none."""
    return None if value is None or math.isnan(value) else round(value)
