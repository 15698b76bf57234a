"""The online watch over weighing points: who reports, who fell silent, what is seen there that accuses nobody.

How many trucks a point should have reported since its last one follows from its own last weeks at the same hours; once
that many are missing it is silent. A silence opens one fault record (`overload.devicefault`), however long it lasts,
and the point's next report ends it. What is seen is written to one file, from which every process shows it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.base import clock
from tonggui.base.clock import CHINA, to_micros
from tonggui.base.site import Site, write_whole
from tonggui.bridge.pass_history import gap_words, impossible, kilometres
from tonggui.bridge.pass_told import aware
from tonggui.bridge.point_drift import drift_between
from tonggui.bridge.point_silence import note_silence
from tonggui.bridge.sources import last_frame
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.ledgers.overload.point_seen import Clue, Seen, provide
from tonggui.protocols.weighing.doubts import DOUBTS, Look
from tonggui.register.actor import Actor, acting
from tonggui.statutes.overloading.doubts import CLONED_KMH

READER = Actor.system("检测点在线监测")
USUAL_DAYS = 28
DOUBTED_DAYS = 7
MOST_CLUES = 20
BEHIND = timedelta(minutes=5)
FILE = "points_seen.json"
OF_WEIGHING = [doubt.code for doubt in DOUBTS if doubt.look in (Look.SCALE, Look.WEIGHING)]

LAST = """
SELECT site, max(received_at) AS last_at,
    uniqExactIf(toDate(time, 'Asia/Shanghai'), time >= fromUnixTimestamp64Micro(%(month)s)) AS days_online,
    countIf(time >= fromUnixTimestamp64Micro(%(month)s)) AS month_trucks,
    countIf(time >= fromUnixTimestamp64Micro(%(week)s)) AS weighed,
    countIf(time >= fromUnixTimestamp64Micro(%(week)s) AND hasAny(doubt_codes, %(codes)s)) AS doubted
FROM passes FINAL WHERE time >= fromUnixTimestamp64Micro(%(since)s) GROUP BY site
"""
HOURS = """
SELECT site, toHour(time, 'Asia/Shanghai') AS hour, count() AS n, uniqExact(toDate(time, 'Asia/Shanghai')) AS days
FROM passes FINAL WHERE time >= fromUnixTimestamp64Micro(%(since)s) AND time < fromUnixTimestamp64Micro(%(today)s)
GROUP BY site, hour
"""
# Two passes of one plate, one right after the other, at two points and too soon for the longest way between any two.
ELSEWHERE = """
SELECT plate, site, time, before_site, before_time FROM (
    SELECT plate, site, time, lagInFrame(site) OVER run AS before_site, lagInFrame(time) OVER run AS before_time
    FROM passes FINAL WHERE plate != '' AND time >= fromUnixTimestamp64Micro(%(week)s)
    WINDOW run AS (PARTITION BY plate ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
)
WHERE before_site != '' AND before_site != site AND dateDiff('second', before_time, time) < %(seconds)s
ORDER BY time DESC LIMIT 1000
"""


@dataclass
class Watched:
    """What one look at the store gave: by code what is seen, and how many trucks each hour usually brings."""

    seen: dict[str, Seen] = field(default_factory=dict)
    usual: dict[str, dict[int, float]] = field(default_factory=dict)


def watch_points(site: Site, client: Client, since: datetime) -> int:
    """Look once: write what is seen, open and end silences; how many fault records changed.

    `since`: from when on the platform has been listening. While the store is behind the log of the intake, nobody can
    say who is silent.
    """
    points, now = list(WeighingPoint.objects.visible_to(READER).filter(state="in_use")), clock.now()
    watched = look(client, points, now)
    _write(site, watched.seen)
    _mark_drift(points, watched.seen, now.astimezone(CHINA).date())
    last = {code: seen.last_at for code, seen in watched.seen.items() if seen.last_at}
    logged = last_frame(site, "weighing")
    if logged and last and logged - max(last.values()) > BEHIND:
        return 0
    return note_silence(client, points, last, watched.usual, now, since)


def _mark_drift(points: list[WeighingPoint], seen: dict[str, Seen], today: date) -> None:
    """Write into each point since which day it measures everybody otherwise; taken out on a day on which it does not.

    A day with too few trucks to say leaves it as it is.
    """
    with acting(READER):
        for point in points:
            known = seen.get(point.code, Seen())
            since = (point.drifting_since or today) if known.drift else None
            if known.compared and point.drifting_since != since:
                point.drifting_since = since
                point.save()


def look(client: Client, points: list[WeighingPoint], now: datetime) -> Watched:
    """Ask the store what there is to know of the points now."""
    today = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    asked: dict[str, Any] = {
        "month": to_micros(today.replace(day=1)),
        "week": to_micros(now - timedelta(days=DOUBTED_DAYS)),
        "since": to_micros(min(today - timedelta(days=USUAL_DAYS), today.replace(day=1))),
        "today": to_micros(today),
        "codes": OF_WEIGHING,
    }
    usual = _usual(client, asked)
    drift = drift_between(client, [point.code for point in points], today.date(), today.date()) if points else {}
    clues = _clues(client, points, asked)
    found = {}
    for row in client.query(LAST, parameters=asked).named_results():
        code, of_today = row["site"], drift.get((row["site"], today.date()))
        found[code] = Seen(
            last_at=aware(row["last_at"]),
            usual=usual.get(code, {}).get(now.astimezone(CHINA).hour, 0.0),
            days_online=row["days_online"],
            month_trucks=row["month_trucks"],
            doubted=row["doubted"],
            weighed=row["weighed"],
            compared=of_today is not None,
            drift=of_today.words if of_today and of_today.beyond else "",
            clues=tuple(clues[code][:MOST_CLUES]),
        )
    return Watched(found, usual)


def _usual(client: Client, asked: dict[str, Any]) -> dict[str, dict[int, float]]:
    """Trucks an hour by point and hour of the day, over the days on which the point reported at all."""
    rows = list(client.query(HOURS, parameters=asked).named_results())
    days: dict[str, int] = defaultdict(int)
    for row in rows:
        days[row["site"]] = max(days[row["site"]], row["days"])
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for row in rows:
        found[row["site"]][row["hour"]] = row["n"] / days[row["site"]]
    return found


def _clues(client: Client, points: list[WeighingPoint], asked: dict[str, Any]) -> dict[str, list[Clue]]:
    """Plates that were at two points sooner than a truck can be, by either point, the newest first."""
    by_code = {point.code: point for point in points}
    longest = max((kilometres(one, other) for one in points for other in points), default=0.0)
    seconds = int(longest / CLONED_KMH.on(clock.today()) * 3600) + 1
    found: dict[str, list[Clue]] = defaultdict(list)
    for row in client.query(ELSEWHERE, parameters=asked | {"seconds": seconds}).named_results():
        here, there = by_code.get(row["site"]), by_code.get(row["before_site"])
        if here is None or there is None:
            continue
        at, km = aware(row["time"]), kilometres(here, there)
        apart = at - aware(row["before_time"])
        if impossible(km, apart, at.astimezone(CHINA).date()):
            when = f"{at.astimezone(CHINA):%m-%d %H:%M}"
            words = f"先在{there.name}、后在{here.name}过车，{gap_words(km, apart)}"
            for one in (here, there):
                found[one.code].append(Clue(when, row["plate"], words))
    return found


def _write(site: Site, seen: dict[str, Seen]) -> None:
    content = {code: asdict(one) | {"last_at": one.last_at and one.last_at.isoformat()} for code, one in seen.items()}
    write_whole(site.folder("bridge") / FILE, json.dumps(content, ensure_ascii=False).encode())


@dataclass
class Kept:
    """What the last look wrote, read again when the file has changed."""

    path: Path
    read_at: int = -1
    seen: dict[str, Seen] = field(default_factory=dict)

    def of(self, code: str) -> Seen | None:
        """What is known of a point; None before the first look."""
        try:
            changed = self.path.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        if changed != self.read_at:
            content = json.loads(self.path.read_bytes())
            self.seen, self.read_at = {one: _read(values) for one, values in content.items()}, changed
        return self.seen.get(code)


def _read(values: dict[str, Any]) -> Seen:
    last_at = datetime.fromisoformat(values["last_at"]).astimezone(UTC) if values["last_at"] else None
    clues: Iterable[dict[str, str]] = values["clues"]
    return Seen(**values | {"last_at": last_at, "clues": tuple(Clue(**clue) for clue in clues)})


def provide_points(site: Site) -> None:
    """Let the ledger of points show what was seen on this site."""
    provide(Kept(site.folder("bridge") / FILE).of)
