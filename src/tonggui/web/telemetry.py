"""Questions that pages ask of the telemetry store: alarms, the track of a vehicle, frames that could not be used.

Every question about vehicles takes the asker's scope. Clients are kept and used again; one belongs to one thread at a
time. StoreAway is for the caller to tell.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, LifoQueue
from typing import Any

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from django.conf import settings

from tonggui.base.clock import to_micros
from tonggui.stream.store.client import StoreAway, connect
from tonggui.web.live.scope import Scope

LONGEST_TRACK = 100_000
IDLE_CLIENTS = 4

_idle: LifoQueue[Client] = LifoQueue(IDLE_CLIENTS)


@contextmanager
def store() -> Iterator[Client]:
    """A client of the store; one that failed is not used again."""
    try:
        client = _idle.get_nowait()
    except Empty:
        client = connect(settings.SITE)
    try:
        yield client
    except (ClickHouseError, OSError) as error:
        client.close()
        raise StoreAway(f"存储进程没有应答：{error}") from error
    if _idle.full():
        client.close()
    else:
        _idle.put_nowait(client)


@dataclass(frozen=True, slots=True)
class AlarmQuery:
    """Which alarms: each part left empty is no condition. Days are instants, `until` excluded."""

    type: str = ""
    plate: str = ""
    lasting: bool = False
    since: datetime | None = None
    until: datetime | None = None

    def where(self, scope: Scope) -> tuple[str, dict[str, Any]]:
        """The condition and its values, bound by the client."""
        parts, values = ["1"], {}
        if self.type:
            parts.append("type = %(type)s")
            values["type"] = self.type
        if self.plate:
            parts.append("positionCaseInsensitive(vehicle, %(plate)s) > 0")
            values["plate"] = self.plate
        if self.lasting:
            parts.append("ended_at IS NULL")
        if self.since:
            parts.append("started_at >= fromUnixTimestamp64Micro(%(since)s)")
            values["since"] = to_micros(self.since)
        if self.until:
            parts.append("started_at < fromUnixTimestamp64Micro(%(until)s)")
            values["until"] = to_micros(self.until)
        if scope.plates is not None:
            parts.append("has(%(plates)s, vehicle)")
            values["plates"] = sorted(scope.plates)
        return " AND ".join(parts), values


def alarms(query: AlarmQuery, scope: Scope, offset: int, limit: int) -> tuple[list[dict[str, Any]], int]:
    """One page of alarms, newest first, and how many there are in all."""
    where, values = query.where(scope)
    with store() as client:
        total = client.query(f"SELECT count() FROM alarms FINAL WHERE {where}", parameters=values).first_row[0]
        rows = client.query(
            "SELECT alarm_id, type, title, phone, vehicle, area, started_at, raised_at, ended_at, latitude, longitude, "
            f"peak, evidence, log, frame_position, raised_position FROM alarms FINAL WHERE {where} "
            f"ORDER BY started_at DESC, alarm_id LIMIT {int(limit)} OFFSET {int(offset)}",
            parameters=values,
        )
        return [_aware(row) for row in rows.named_results()], int(total)


def alarm_facets(query: AlarmQuery, scope: Scope) -> list[tuple[str, str, int]]:
    """(type, title, count) of the alarms of a query, whatever type it names."""
    where, values = AlarmQuery("", query.plate, query.lasting, query.since, query.until).where(scope)
    with store() as client:
        found = client.query(
            f"SELECT type, any(title), count() FROM alarms FINAL WHERE {where} GROUP BY type ORDER BY type",
            parameters=values,
        )
        return [(kind, title, int(count)) for kind, title, count in found.result_rows]


def track(plate: str, since: datetime, until: datetime) -> dict[str, Any]:
    """Fixes of a vehicle in order of their time: seconds, degrees, km/h, whether an alarm was reported.

    The caller has checked that the asker may see the plate. Fixes without a place (0, 0) are left out.
    """
    with store() as client:
        found = client.query(
            "SELECT intDiv(toUnixTimestamp64Micro(time), 1000000), latitude, longitude, speed_kmh, alarm != 0 "
            "FROM positions WHERE vehicle = %(plate)s AND time >= fromUnixTimestamp64Micro(%(since)s) "
            "AND time < fromUnixTimestamp64Micro(%(until)s) AND NOT (latitude_e6 = 0 AND longitude_e6 = 0) "
            f"ORDER BY time, serial, item LIMIT 1 BY phone, time, serial, item LIMIT {LONGEST_TRACK}",
            parameters={"plate": plate, "since": to_micros(since), "until": to_micros(until)},
            column_oriented=True,
        )
    time, latitude, longitude, speed, alarm = found.result_columns or ([], [], [], [], [])
    return {
        "time": list(time),
        "lat": [round(value, 6) for value in latitude],
        "lon": [round(value, 6) for value in longitude],
        "speed": [round(value, 1) for value in speed],
        "alarm": [bool(value) for value in alarm],
    }


def bad_frames(since: datetime) -> list[dict[str, Any]]:
    """Unusable frames since a moment by reason, each with its newest five as (log, position, time)."""
    with store() as client:
        found = client.query(
            "SELECT reason, count() AS frames, max(received_at) AS last, "
            "arraySlice(arrayReverseSort(sample -> sample.3, groupArray(1000)((log, frame_position, received_at))), "
            "1, 5) AS samples FROM bad_frames WHERE received_at >= fromUnixTimestamp64Micro(%(since)s) "
            "GROUP BY reason ORDER BY frames DESC",
            parameters={"since": to_micros(since)},
        )
        return [_aware(row) for row in found.named_results()]


def marked_positions(since: datetime) -> list[dict[str, Any]]:
    """Positions kept with a mark since a moment by the mark's bit, each with its newest five as `bad_frames` has."""
    with store() as client:
        found = client.query(
            "SELECT arrayJoin(bitmaskToArray(quality)) AS bit, count() AS positions, uniqExact(phone) AS terminals, "
            "max(received_at) AS last, arraySlice(arrayReverseSort(sample -> sample.3, "
            "groupArray(1000)((log, frame_position, received_at))), 1, 5) AS samples FROM positions "
            "WHERE quality != 0 AND received_at >= fromUnixTimestamp64Micro(%(since)s) "
            "GROUP BY bit ORDER BY positions DESC",
            parameters={"since": to_micros(since)},
        )
        return [_aware(row) for row in found.named_results()]


def _aware(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its instants aware: the store keeps UTC and its client hands it over without a zone."""
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
        for name, value in row.items()
    }


def counts() -> dict[str, int]:
    """Rows of the store's tables."""
    with store() as client:
        found = client.query(
            "SELECT table, sum(rows) FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table"
        )
        return {table: int(rows) for table, rows in found.result_rows}
