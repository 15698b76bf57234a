"""From which yard an overloaded truck came (倒查): weighed at its exit, on its loading ledger, or tracked inside it.

Each candidate has the words that tell why; a person confirms. Passes are traced in batches: three questions a batch,
whatever its length. Of several yards the latest before the pass by the strongest evidence is named, the others stand
in the words.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.bridge.pass_told import aware, key_of
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.loading import Loading
from tonggui.ledgers.overload.point import PointKind
from tonggui.ledgers.overload.yard import Yard
from tonggui.register.actor import Actor, acting
from tonggui.statutes.overloading.yards import FENCE_METRES, TRACE_HOURS, TRACED_AGAIN_DAYS

READER = Actor.system("装载源头倒查")
IN_REVIEW = ("found", "reviewed")
#: Evidence, the strongest first.
WEIGHED, LEDGERED, TRACKED = range(3)

EXITS = """
SELECT plate, site, time, gross_kg FROM passes FINAL
WHERE time >= {first:DateTime64(6, 'UTC')} AND time <= {last:DateTime64(6, 'UTC')}
  AND site IN {sites:Array(String)} AND plate IN {plates:Array(String)}
"""
#: Minutes of a plate within the radius of a yard, in spells of a quarter of an hour.
INSIDE = """
SELECT vehicle, yard.1, min(time), max(time) FROM (
    SELECT vehicle, time, longitude, latitude, arrayJoin({yards:Array(Tuple(String, Float64, Float64))}) AS yard
    FROM positions
    WHERE vehicle IN {plates:Array(String)}
      AND time >= {first:DateTime64(6, 'UTC')} AND time <= {last:DateTime64(6, 'UTC')}
)
WHERE greatCircleDistance(longitude, latitude, yard.2, yard.3) <= {metres:Float64}
GROUP BY vehicle, yard.1, toStartOfFifteenMinutes(time)
"""


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """A truck at a yard: when it was last there, how it is known, and the words before and behind the yard's name."""

    at: datetime
    evidence: int
    yard: str
    before: str
    behind: str


def trace(client: Client, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[Yard, str]]:
    """For passes of the store (`site`, `record_no`, `plate`, `time`) the yard each may have come from, and why.

    By point and record number.

    Passes without a plate, weighed at a yard itself, or seen at no yard in time are left out.
    """
    yards = {yard.number: yard for yard in _yards()}
    exits = {code: yard.number for code, yard in exits_of(yards.values()).items()}
    passes = [(row, aware(row["time"])) for row in rows if row["plate"] and row["site"] not in exits]
    if not passes or not yards:
        return {}
    seen: dict[str, list[Sighting]] = defaultdict(list)
    hours = timedelta(hours=int(TRACE_HOURS.on(max(at for _, at in passes).date())))
    plates = {row["plate"] for row, _ in passes}
    within = min(at for _, at in passes) - hours, max(at for _, at in passes)
    for plate, sighting in [
        *_weighed(client, exits, plates, within),
        *_ledgered(plates, within),
        *_tracked(client, yards, plates, within),
    ]:
        seen[plate].append(sighting)
    for sightings in seen.values():
        sightings.sort()
    found = {}
    for row, at in passes:
        if told := _told(seen.get(row["plate"], []), at, hours, yards):
            found[key_of(row)] = told
    return found


def trace_again(site: Site, client: Client) -> int:
    """Trace once more what waits for review without a yard: an exit or a loading ledger may have come late."""
    since = clock.now() - timedelta(days=int(TRACED_AGAIN_DAYS.on(clock.today())))
    waiting = DoubtedPass.objects.visible_to(READER).filter(yard=None, passed_at__gte=since, state__in=IN_REVIEW)
    records = {(one.point.code, one.record_no): one for one in waiting.select_related("point")}
    rows = [
        {"record_no": one.record_no, "plate": one.plate, "time": one.passed_at, "site": one.point.code}
        for one in records.values()
    ]
    found = trace(client, rows)
    with acting(READER):
        for key, (yard, words) in found.items():
            record = records[key]
            record.yard, record.source_trace = yard, words
            record.save()
    return len(found)


def _told(
    sightings: list[Sighting], at: datetime, hours: timedelta, yards: Mapping[str, Yard]
) -> tuple[Yard, str] | None:
    """The best of the sightings of one plate before a pass, in words."""
    end = bisect_right(sightings, at, key=lambda one: one.at)
    start = bisect_right(sightings, at - hours, key=lambda one: one.at)
    latest: dict[str, Sighting] = {}
    for one in sightings[start:end]:
        held = latest.get(one.yard)
        if held is None or (one.evidence, -one.at.timestamp()) <= (held.evidence, -held.at.timestamp()):
            latest[one.yard] = one
    if not latest:
        return None
    best, *others = sorted(latest.values(), key=lambda one: (one.evidence, -one.at.timestamp()))
    words = [_words(best, at, yards), *(f"另有：{_words(other, at, yards)}" for other in others)]
    return yards[best.yard], "；".join(words)


def _words(one: Sighting, at: datetime, yards: Mapping[str, Yard]) -> str:
    minutes = round((at - one.at).total_seconds() / 60)
    ago = f"{minutes} 分钟" if minutes < 120 else f"{minutes / 60:.1f} 小时"
    return f"过车前 {ago}{one.before}{yards[one.yard].name}{one.behind}"


def _weighed(
    client: Client, exits: Mapping[str, str], plates: set[str], within: tuple[datetime, datetime]
) -> Iterator[tuple[str, Sighting]]:
    if not exits:
        return
    asked = _asked(plates, within) | {"sites": list(exits)}
    for plate, site, at, gross in client.query(EXITS, parameters=asked).result_rows:
        yield plate, Sighting(aware(at), WEIGHED, exits[site], "在", f"出口称重 {gross / 1000:.1f} t")


def _ledgered(plates: set[str], within: tuple[datetime, datetime]) -> Iterator[tuple[str, Sighting]]:
    rows = Loading.objects.visible_to(READER).filter(plate__in=plates, out_at__range=within, state="on_sheet")
    found = rows.exclude(yard__state="ended").values_list("plate", "yard__number", "out_at", "gross_kg", "sheet_no")
    for plate, number, out_at, gross, sheet in found:
        yield plate, Sighting(out_at, LEDGERED, number, "从", f"出厂，装载单 {sheet} 记 {gross / 1000:.1f} t")


def _tracked(
    client: Client, yards: Mapping[str, Yard], plates: set[str], within: tuple[datetime, datetime]
) -> Iterator[tuple[str, Sighting]]:
    places = [
        (number, yard.place.longitude, yard.place.latitude) for number, yard in yards.items() if yard.place is not None
    ]
    if not places:
        return
    metres = float(FENCE_METRES.on(within[1].date()))
    asked = _asked(plates, within) | {"yards": places, "metres": metres}
    for plate, number, first, last in client.query(INSIDE, parameters=asked).result_rows:
        stay = round((last - first).total_seconds() / 60)
        behind = f"{metres:.0f} 米范围内" + (f"，至少停留 {stay} 分钟" if stay else "")
        yield plate, Sighting(aware(last), TRACKED, number, "定位在", behind)


def _asked(plates: set[str], within: tuple[datetime, datetime]) -> dict[str, Any]:
    return span(*within) | {"plates": sorted(plates)}


def _yards() -> Any:
    return Yard.objects.visible_to(READER).exclude(state="ended").select_related("point")


def exits_of(yards: Iterable[Yard]) -> dict[str, Yard]:
    """Yards by the code of the weighing point at their exit; a point on the road is nobody's exit."""
    return {yard.point.code: yard for yard in yards if yard.point and yard.point.kind == PointKind.SOURCE}


def span(first: datetime, last: datetime) -> dict[str, datetime]:
    """Two moments as the store is asked for them."""
    return {name: at.astimezone(UTC).replace(tzinfo=None) for name, at in (("first", first), ("last", last))}


def instants(first: date, after: date) -> dict[str, datetime]:
    """Two days of China as the store is asked for them, the second not included."""
    days = {"first": first, "after": after}
    midnights = {name: datetime.combine(day, time(), CHINA) for name, day in days.items()}
    return {name: at.astimezone(UTC).replace(tzinfo=None) for name, at in midnights.items()}
