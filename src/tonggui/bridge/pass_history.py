"""What other passes in the store make doubtful of a pass: the same plate elsewhere, the same truck before, the same
device a moment ago, everybody at the same point today.

Basis: 行政处罚法 第二十九条 (no second fine for one act) for the same trip; the published rule that a plate in two
places at once is a suspected clone (套牌) and goes to the police. Four questions a batch, however many passes it has;
its plates stand in the statement itself, which may be long where an address may not.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.base.clock import CHINA, to_micros
from tonggui.base.geo import distance_m
from tonggui.bridge.pass_told import Told, aware, key_of
from tonggui.bridge.point_drift import Drift, drift_between
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.protocols.weighing.doubts import Look
from tonggui.statutes.overloading import doubts as figures

Row = Mapping[str, Any]

NEAR = """
SELECT plate, record_no, site, time, gross_kg, excess_kg FROM passes FINAL
WHERE plate IN %(plates)s AND time BETWEEN fromUnixTimestamp64Micro(%(first)s) AND fromUnixTimestamp64Micro(%(last)s)
"""
BEFORE = """
SELECT plate, axles, count() AS n, max(gross_kg) AS most_kg, min(gross_kg) AS least_kg FROM passes FINAL
WHERE plate IN %(plates)s AND time >= fromUnixTimestamp64Micro(%(since)s) AND time < fromUnixTimestamp64Micro(%(first)s)
GROUP BY plate, axles
"""
CLOCK = """
SELECT site, record_no, latest FROM (
    SELECT site, record_no, max(time) OVER (
        PARTITION BY log, site, device ORDER BY frame_position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS latest
    FROM passes FINAL
    WHERE site IN %(sites)s
        AND received_at BETWEEN fromUnixTimestamp64Micro(%(first)s) AND fromUnixTimestamp64Micro(%(last)s)
)
WHERE record_no IN %(records)s
"""
CLOCK_LOOKS_BACK = timedelta(hours=1)


def history_doubts(client: Client, rows: Sequence[Row], points: Mapping[str, WeighingPoint]) -> list[list[Told]]:
    """What other passes make doubtful of each pass of a batch."""
    times = [aware(row["time"]) for row in rows]
    first, last = min(times), max(times)
    day = first.astimezone(CHINA).date()
    plates = sorted({str(row["plate"]) for row in rows} - {""})
    near = _near(client, plates, first, last)
    before = _before(client, plates, first - timedelta(days=int(figures.HISTORY_DAYS.on(day))), first)
    latest = _latest(client, rows)
    drift = drift_between(client, {str(row["site"]) for row in rows}, day, last.astimezone(CHINA).date())
    return [
        [
            *elsewhere(row, near[str(row["plate"])], points),
            *_of_history(row, before[str(row["plate"])]),
            *_of_clock(row, latest.get(key_of(row))),
            *_of_drift(row, drift, points),
        ]
        for row in rows
    ]


def _near(client: Client, plates: list[str], first: datetime, last: datetime) -> dict[str, list[dict[str, Any]]]:
    """The passes of these plates around the batch, by plate."""
    window = timedelta(hours=float(figures.NEAR_IN_TIME_HOURS.on(first.astimezone(CHINA).date())))
    asked = {"plates": plates, "first": to_micros(first - window), "last": to_micros(last + window)}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in client.query(NEAR, parameters=asked).named_results() if plates else ():
        found[row["plate"]].append(row)
    return found


def _before(client: Client, plates: list[str], since: datetime, first: datetime) -> dict[str, list[dict[str, Any]]]:
    """What each plate weighed before the batch, by number of axles."""
    asked = {"plates": plates, "since": to_micros(since), "first": to_micros(first)}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in client.query(BEFORE, parameters=asked).named_results() if plates else ():
        found[row["plate"]].append(row)
    return found


def _latest(client: Client, rows: Sequence[Row]) -> dict[tuple[str, str], datetime]:
    """Of each pass the latest time that its device had told before it sent this one."""
    received = [aware(row["received_at"]) for row in rows]
    asked = {
        "sites": sorted({str(row["site"]) for row in rows}),
        "records": [str(row["record_no"]) for row in rows],
        "first": to_micros(min(received) - CLOCK_LOOKS_BACK),
        "last": to_micros(max(received)),
    }
    return {(site, record_no): aware(at) for site, record_no, at in client.query(CLOCK, parameters=asked).result_rows}


def elsewhere(row: Row, near: Sequence[Row], points: Mapping[str, WeighingPoint]) -> Iterator[Told]:
    """Doubts from the same plate at other points, and at this one within seconds."""
    at, day = aware(row["time"]), _day(row)
    here = points[row["site"]]
    for other in sorted(near, key=lambda one: abs(aware(one["time"]) - at)):
        there, apart = points.get(other["site"]), abs(aware(other["time"]) - at)
        if key_of(other) == key_of(row) or there is None:
            continue
        if there is here:
            if apart <= timedelta(seconds=float(figures.REPEATED_SECONDS.on(day))):
                words = f"同一号牌 {apart.total_seconds():.0f} 秒内在本检测点另有记录 {other['record_no']}"
                yield Told("repeated", Look.WEIGHING, words)
            continue
        km = kilometres(here, there)
        when = f"{aware(other['time']).astimezone(CHINA):%m-%d %H:%M}"
        if impossible(km, apart, day):
            yield Told("cloned_plate", Look.VEHICLE, f"同一号牌 {when} 在{there.name}过车，{gap_words(km, apart)}")
            return
        if other["excess_kg"] > 0 and _same_trip(row, other, km, apart):
            words = f"{when} 已在{there.name}记录超限（总质量 {other['gross_kg']:,.0f} 千克，相距 {km:.0f} 公里）"
            yield Told("same_trip", Look.NOTE, f"{words}，可能为同一行程")
            return


def _same_trip(row: Row, other: Row, km: float, apart: timedelta) -> bool:
    day, gross = _day(row), float(row["gross_kg"])
    alike = abs(other["gross_kg"] - gross) <= float(figures.SAME_TRIP_SHARE.on(day)) * gross
    within = apart <= timedelta(hours=float(figures.SAME_TRIP_HOURS.on(day))) and km <= figures.SAME_TRIP_KM.on(day)
    return alike and within


def kilometres(here: WeighingPoint, there: WeighingPoint) -> float:
    """The straight line between two points; 0 where one of them has no place."""
    one, other = here.place, there.place
    if one is None or other is None:
        return 0.0
    return float(distance_m(one.longitude, one.latitude, other.longitude, other.latitude)) / 1000


def impossible(km: float, apart: timedelta, day: date) -> bool:
    """Whether no truck gets so far in the time between; points close by prove nothing."""
    hours = apart.total_seconds() / 3600
    return bool(km >= figures.CLONED_KM.on(day) and km > float(figures.CLONED_KMH.on(day)) * hours)


def gap_words(km: float, apart: timedelta) -> str:
    """Distance, time between, and the speed it would need."""
    minutes = apart.total_seconds() / 60
    speed = f"需 {km / minutes * 60:,.0f} km/h" if minutes else "为同一时刻"
    return f"直线相距 {km:.1f} 公里、相隔 {minutes:.0f} 分钟，{speed}，疑似套牌"


def _of_history(row: Row, before: Sequence[Row]) -> Iterator[Told]:
    """Doubts from what the same plate weighed before."""
    day, axles, gross = _day(row), int(row["axles"]), float(row["gross_kg"])
    days, total = int(figures.HISTORY_DAYS.on(day)), sum(one["n"] for one in before)
    if total < figures.HISTORY_PASSES.on(day):
        return
    usual = max(before, key=lambda one: one["n"])
    if usual["axles"] != axles and usual["n"] >= float(figures.USUAL_AXLES_SHARE.on(day)) * total:
        words = f"近 {days} 日该号牌 {total} 次过车中 {usual['n']} 次为 {usual['axles']} 轴，本次 {axles} 轴"
        yield Told("axles_changed", Look.VEHICLE, words)
    alike = next((one for one in before if one["axles"] == axles), None)
    if alike is None or alike["n"] < figures.HISTORY_PASSES.on(day):
        return
    of_times = f"近 {days} 日该车 {alike['n']} 次过车总质量"
    if gross > (1 + float(figures.HEAVIER_SHARE.on(day))) * alike["most_kg"]:
        words = f"{of_times}最大 {alike['most_kg']:,.0f} 千克，本次高出 {gross / alike['most_kg'] - 1:.0%}"
        yield Told("heavier_than_ever", Look.WEIGHING, words)
    if gross < (1 - float(figures.LIGHTER_SHARE.on(day))) * alike["least_kg"]:
        words = f"{of_times}最小 {alike['least_kg']:,.0f} 千克，本次还低 {1 - gross / alike['least_kg']:.0%}"
        yield Told("lighter_than_ever", Look.WEIGHING, words)


def _of_clock(row: Row, latest: datetime | None) -> Iterator[Told]:
    at = aware(row["time"])
    if latest and (latest - at).total_seconds() > figures.CLOCK_BACK_SECONDS.on(_day(row)):
        words = (
            f"设备先上报了 {latest.astimezone(CHINA):%H:%M:%S} 的记录，本次检测时间却为 {at.astimezone(CHINA):%H:%M:%S}"
        )
        yield Told("clock_back", Look.SCALE, f"{words}，请核对设备时钟（断网补传除外）")


def _of_drift(row: Row, drift: Mapping[tuple[str, date], Drift], points: Mapping[str, WeighingPoint]) -> Iterator[Told]:
    found = drift.get((str(row["site"]), _day(row)))
    if found and found.beyond:
        yield Told("drift", Look.SCALE, f"{points[row['site']].name}{found.words}")


def _day(row: Row) -> date:
    return aware(row["time"]).astimezone(CHINA).date()
