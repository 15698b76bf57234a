"""Silences of weighing points: when one begins, its one fault record, and when it is over.

Basis: the bureau's own rules for running its devices (`statutes.overloading.sites`): a fault is ordered for repair
within 24 hours and repaired within 7 days, both watched on the record that is opened here.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from clickhouse_connect.driver.client import Client
from django.db.models import Q

from tonggui.base.clock import CHINA, to_micros
from tonggui.bridge.pass_told import aware
from tonggui.ledgers.overload.device_fault import DeviceFault, FaultKind
from tonggui.ledgers.overload.point import PointKind, WeighingPoint
from tonggui.register.actor import Actor, acting
from tonggui.statutes.overloading.sites import SILENT_HOURS, SILENT_MINUTES, SILENT_TRUCKS

WRITER = Actor.system("检测点在线监测")
HOUR = timedelta(hours=1)
OPEN = ("down", "under_repair", "repaired")
LONGEST = timedelta(days=7)
BACK = "SELECT min(received_at) FROM passes WHERE site = %(site)s AND received_at > fromUnixTimestamp64Micro(%(since)s)"


def expected(usual: Mapping[int, float], since: datetime, now: datetime) -> float:
    """How many trucks usually pass between two moments, by the hours of the day in China that lie between them."""
    at, trucks = max(since, now - LONGEST).astimezone(CHINA), 0.0
    while at < now:
        next_hour = at.replace(minute=0, second=0, microsecond=0) + HOUR
        until = min(next_hour, now.astimezone(CHINA))
        trucks += usual.get(at.hour, 0.0) * ((until - at) / HOUR)
        at = next_hour
    return trucks


def is_silent(usual: Mapping[int, float], last_at: datetime, now: datetime) -> bool:
    """Whether a point that last reported then should have been heard by now."""
    day, quiet = now.astimezone(CHINA).date(), now - last_at
    if sum(usual.values()) < SILENT_TRUCKS.on(day):
        return quiet >= timedelta(hours=SILENT_HOURS.on(day))
    return quiet >= timedelta(minutes=SILENT_MINUTES.on(day)) and expected(usual, last_at, now) >= SILENT_TRUCKS.on(day)


def note_silence(
    client: Client,
    points: list[WeighingPoint],
    last: Mapping[str, datetime],
    usual: Mapping[str, Mapping[int, float]],
    now: datetime,
    since: datetime,
) -> int:
    """Open a record for each new silence, end those that are over; how many records changed.

    `since`: from when on the platform itself has been listening; what came to nobody before is no silence of a device.
    Points that never reported, and mobile ones, which stand still between operations, are not judged.
    """
    judged = [point for point in points if point.code in last and point.kind != PointKind.MOBILE]
    quiet_from = {code: max(at, since) for code, at in last.items()}
    silent = {point.pk for point in judged if is_silent(usual.get(point.code, {}), quiet_from[point.code], now)}
    silent |= {point.pk for point in judged if point.silent_since and last[point.code] < since}
    with acting(WRITER):
        _mark(judged, silent, last)
        opened = _open([point for point in judged if point.pk in silent], last, usual, now)
        ended = _end(client, {point.pk: point for point in judged if point.pk not in silent})
    return opened + ended


def _mark(points: list[WeighingPoint], silent: set[int], last: Mapping[str, datetime]) -> None:
    """Write into each point the day on which it fell silent, or take it out."""
    for point in points:
        since = last[point.code].astimezone(CHINA).date() if point.pk in silent else None
        if point.silent_since != since:
            point.silent_since = since
            point.save()


def _open(
    points: list[WeighingPoint],
    last: Mapping[str, datetime],
    usual: Mapping[str, Mapping[int, float]],
    now: datetime,
) -> int:
    """One record for each outage: none where somebody has entered it already, or closed this very one."""
    faults = DeviceFault.objects.visible_to(WRITER).filter(point__in=points)
    told = set(faults.filter(Q(no_data=True) | Q(by_watch=True), state__in=OPEN).values_list("point_id", flat=True))
    outages = set(faults.filter(by_watch=True).values_list("point_id", "broken_at"))
    fresh = [one for one in points if one.pk not in told and (one.pk, last[one.code]) not in outages]
    for point in fresh:
        since, missing = last[point.code], expected(usual.get(point.code, {}), last[point.code], now)
        when = f"{since.astimezone(CHINA):%Y-%m-%d %H:%M}"
        DeviceFault.objects.create(
            point=point,
            unit=point.unit,
            is_example=point.is_example,
            kind=FaultKind.SILENT,
            broken_at=since,
            symptom=f"自 {when} 起无过车数据上报，按前四周同时段应有约 {missing:.0f} 台次",
            no_data=True,
            by_watch=True,
        )
    return len(fresh)


def _end(client: Client, points: Mapping[int, WeighingPoint]) -> int:
    """Write into the watch's own records when data came again; one that nobody has taken up yet is closed by it."""
    over = DeviceFault.objects.visible_to(WRITER).filter(point__in=points, by_watch=True, data_back_at__isnull=True)
    ended = list(over.exclude(state="working"))
    for fault in ended:
        # Ends of outages are rare, so each is asked for by itself.
        asked = {"site": points[fault.point_id].code, "since": to_micros(fault.broken_at)}
        back = aware(client.query(BACK, parameters=asked).first_row[0]).astimezone(CHINA)
        if fault.state == "down":
            fault.ledger.perform(fault, "recover", WRITER, "", {"data_back_at": back.isoformat()})
        else:
            fault.data_back_at = back
            fault.save()
    return len(ended)
