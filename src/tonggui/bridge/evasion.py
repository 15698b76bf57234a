"""Ways around the check, read out of weeks of passes and tracks: they become clues that a person looks into.

Each pattern is one question to the store that gives, by truck, the passes that make it up; `statutes/overloading/
evasion.py` says from when on. A clue still open grows with what follows; one that was closed is opened anew only when
the passes after it make the pattern by themselves. Nothing here is told to anybody as a fact.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.bridge.detours import Detour, detours
from tonggui.bridge.pass_told import aware
from tonggui.bridge.yards import instants
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.ledgers.overload.evasion import Evasion, Pattern
from tonggui.ledgers.overload.fourfold_kinds import GOODS_CLASSES
from tonggui.ledgers.overload.point import PointKind, WeighingPoint
from tonggui.register.actor import Actor, acting
from tonggui.statutes.overloading import evasion as law

WRITER = Actor.system("逃检研判")
MOST_FRAMES = 40
OPEN = ("to_verify", "verifying")
CLOSED = ("borne_out", "unfounded")

# Everything a pattern needs of the passes that make it up, in the order of time.
PASS = "(time, site, gross_kg, excess_kg > 0, log, frame_position)"
ACTS = f"arraySort(groupArray(200)({PASS}))"
IN_PERIOD = "time >= {since:DateTime64(6, 'UTC')} AND plate != ''"

AROUND = f"""
SELECT plate, arraySort(groupArrayIf(200)({PASS}, site = {{bypass:String}})) AS acts,
       countIf(site = {{bypass:String}}) AS around, countIf(site = {{station:String}}) AS through
FROM passes FINAL WHERE {IN_PERIOD} AND site IN ({{bypass:String}}, {{station:String}})
GROUP BY plate
HAVING around >= {{times:UInt32}} AND around >= {{share:Float64}} * (around + through)
   AND countIf(site = {{bypass:String}} AND excess_kg > 0) > 0
"""
SHORT_HAUL = f"""
SELECT plate, {ACTS} AS acts FROM passes FINAL WHERE {IN_PERIOD}
GROUP BY plate, toDate(time, 'Asia/Shanghai') AS day
HAVING count() >= {{times:UInt32}} AND countIf(excess_kg > 0) >= {{over:UInt32}} ORDER BY plate, day
"""
SPLIT = f"""
SELECT plate, {ACTS} AS acts FROM (
    SELECT *, lagInFrame(gross_kg) OVER run AS before, leadInFrame(gross_kg) OVER run AS after,
           lagInFrame(time) OVER run AS time_before, leadInFrame(time) OVER run AS time_after,
           lagInFrame(site) OVER run AS site_before, leadInFrame(site) OVER run AS site_after,
           lagInFrame(excess_kg) OVER run AS excess_before, leadInFrame(excess_kg) OVER run AS excess_after
    FROM passes FINAL WHERE {IN_PERIOD}
    WINDOW run AS (PARTITION BY plate ORDER BY time ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)
)
WHERE site != site_before AND site != site_after AND site_before != '' AND site_after != '' AND excess_kg = 0
  AND excess_before > 0 AND excess_after > 0
  AND gross_kg < before * (1 - {{drop:Float64}}) AND gross_kg < after * (1 - {{drop:Float64}})
  AND dateDiff('second', time_before, time) <= {{seconds:UInt32}}
  AND dateDiff('second', time, time_after) <= {{seconds:UInt32}}
GROUP BY plate HAVING count() >= {{times:UInt32}}
"""
DODGE = f"""
SELECT plate, {ACTS} AS acts FROM passes FINAL
WHERE {IN_PERIOD} AND hasAny(doubt_codes, ['straddling', 'tailgating', 'evading'])
GROUP BY plate HAVING count() >= {{times:UInt32}}
"""
ALTERED = f"""
SELECT plate, {ACTS} AS acts FROM passes FINAL
WHERE {IN_PERIOD} AND has({{plates:Array(String)}}, plate)
  AND gross_kg >= {{share:Float64}} * transform(plate, {{plates:Array(String)}}, {{licensed:Array(Float64)}}, 1e9)
GROUP BY plate HAVING count() >= {{times:UInt32}}
"""


@dataclass(frozen=True, slots=True)
class Act:
    """One pass of a pattern; `at` is aware. An act seen by a track has no frame."""

    at: datetime
    site: str
    gross_kg: float
    over: bool
    frame: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One truck and one pattern: the acts in the order of time, how many make one, and words for the officer."""

    kind: Pattern
    plate: str
    site: str
    acts: tuple[Act, ...]
    least: int
    words: Callable[[tuple[Act, ...]], str]

    def after(self, moment: datetime) -> "Finding | None":
        """What is left of it behind a moment, None where that is too little."""
        later = tuple(act for act in self.acts if act.at > moment)
        return replace(self, acts=later) if len(later) >= self.least else None


def find_evasion(site: Site, client: Client) -> int:
    """Open or bring up to date a clue for each truck that shows a pattern; how many were opened or changed."""
    today = clock.today()
    findings = [*_of_passes(client, today), *_of_tracks(client, today)]
    return _write(findings, today)


def _of_passes(client: Client, today: date) -> Iterator[Finding]:
    days = int(law.LOOK_BACK.on(today))
    asked = {"since": _since(today)}
    for bypass, station in _bypasses():
        rows = _rows(
            client, AROUND, asked, bypass=bypass.code, station=station.code, times=law.AROUND_TIMES.on(today),
            share=law.AROUND_SHARE.on(today),
        )  # fmt: skip
        for plate, acts, _, through in rows:
            yield Finding(
                Pattern.AROUND, plate, bypass.code, _acts(acts), int(law.AROUND_TIMES.on(today)),
                lambda acts, names=(bypass.name, station.name), through=through: (
                    f"近{days}日经{names[0]} {len(acts)} 次，其中超限 {_over(acts)} 次；同期经{names[1]} {through} 次。"
                ),
            )  # fmt: skip
    by_plate: dict[str, list[Act]] = {}
    for plate, acts in _rows(client, SHORT_HAUL, asked, times=law.SHORT_TRIPS.on(today), over=law.SHORT_OVER.on(today)):
        by_plate.setdefault(plate, []).extend(_acts(acts))
    for plate, found in by_plate.items():
        yield Finding(Pattern.SHORT_HAUL, plate, found[-1].site, tuple(found), int(law.SHORT_TRIPS.on(today)), _short)
    rows = _rows(
        client, SPLIT, asked, drop=law.SPLIT_DROP.on(today), seconds=int(law.SPLIT_HOURS.on(today)) * 3600,
        times=law.SPLIT_TIMES.on(today),
    )  # fmt: skip
    for plate, acts in rows:
        yield _finding(Pattern.SPLIT, plate, acts, law.SPLIT_TIMES.on(today), _split)
    for plate, acts in _rows(client, DODGE, asked, times=law.DODGE_TIMES.on(today)):
        yield _finding(Pattern.DODGE, plate, acts, law.DODGE_TIMES.on(today), _dodge)
    licensed = _licensed()
    if licensed:
        rows = _rows(
            client, ALTERED, asked, plates=list(licensed), licensed=[float(kg) for kg in licensed.values()],
            share=law.ALTERED_SHARE.on(today), times=law.ALTERED_TIMES.on(today),
        )  # fmt: skip
        for plate, acts in rows:
            yield _finding(
                Pattern.ALTERED, plate, acts, law.ALTERED_TIMES.on(today),
                lambda acts, kg=licensed[plate]: _altered(acts, kg, days),
            )  # fmt: skip


def _of_tracks(client: Client, today: date) -> Iterator[Finding]:
    """Goods vehicles with a terminal that crossed the surroundings of a station without passing it."""
    stations = [p for p in _points() if p.kind == PointKind.FIXED and p.place]
    plates = sorted(_goods_vehicles())
    for station in stations if plates else ():
        found: dict[str, list[Detour]] = {}
        for one in detours(client, station.place, plates, _since(today), today):
            found.setdefault(one.plate, []).append(one)
        least = int(law.AROUND_TIMES.on(today))
        for plate, around in found.items():
            if len(around) >= least:
                acts = tuple(Act(one.at, station.code, 0.0, False, None) for one in around)
                nearest = min(one.metres for one in around)
                yield Finding(
                    Pattern.AROUND, plate, station.code, acts, least,
                    lambda acts, name=station.name, nearest=nearest: (
                        f"卫星定位轨迹 {len(acts)} 次穿过{name}周边而未经过站点，最近处距站点 {nearest:,.0f} 米。"
                    ),
                )  # fmt: skip


def _since(today: date) -> datetime:
    """The first moment of the weeks that are looked at, as the store is asked for it."""
    first = today - timedelta(days=int(law.LOOK_BACK.on(today)))
    return instants(first, today)["first"]


def _finding(kind: Pattern, plate: str, acts: Any, least: Any, words: Callable[[tuple[Act, ...]], str]) -> Finding:
    found = _acts(acts)
    return Finding(kind, plate, found[-1].site, found, int(least), words)


def _short(acts: tuple[Act, ...]) -> str:
    days = sorted({act.at.astimezone(CHINA).date() for act in acts})
    most = max(sum(act.at.astimezone(CHINA).date() == day for act in acts) for day in days)
    return f"{len(days)} 日内频繁往返，一日最多过车 {most} 次，共过车 {len(acts)} 次，其中超限 {_over(acts)} 次。"


def _split(acts: tuple[Act, ...]) -> str:
    return f"{len(acts)} 次在超限过车之间明显减重过站、随后又超限，疑似分装转运。"


def _dodge(acts: tuple[Act, ...]) -> str:
    return f"{len(acts)} 次跨道、跟车过近或被设备标记逃检，称重数据不可用。"


def _altered(acts: tuple[Act, ...], licensed_kg: int, days: int) -> str:
    most = max(act.gross_kg for act in acts)
    return (
        f"行驶证总质量 {licensed_kg:,} 千克，近{days}日有 {len(acts)} 次过车远超此数，"
        f"最重 {most:,.0f} 千克，为其 {most / licensed_kg:.1f} 倍，请核对栏板和外廓尺寸。"
    )


def _over(acts: Iterable[Act]) -> int:
    return sum(act.over for act in acts)


def _write(findings: list[Finding], today: date) -> int:
    """Clues that are open take the newer counts; new ones are opened; how many were written."""
    plates = {finding.plate for finding in findings}
    points = {point.code: point for point in _points()}
    vehicles = {v.plate: v for v in Vehicle.objects.visible_to(WRITER).filter(plate__in=plates)}
    known: dict[tuple[str, str], list[Evasion]] = {}
    for clue in Evasion.objects.visible_to(WRITER).filter(plate__in=plates).order_by("last_seen_at"):
        known.setdefault((clue.kind, clue.plate), []).append(clue)
    written = 0
    with acting(WRITER):
        for finding in _merged(findings):
            if finding.site not in points:
                continue
            before = known.get((finding.kind, finding.plate), [])
            still_open = next((clue for clue in before if clue.state in OPEN), None)
            closed = [clue.last_seen_at for clue in before if clue.state in CLOSED]
            rest = finding.after(max(closed)) if closed else finding
            if rest is None:
                continue
            if still_open is None:
                clue = Evasion(kind=rest.kind, plate=rest.plate, vehicle=vehicles.get(rest.plate), found_on=today)
                clue.point = points[rest.site]
                clue.unit, clue.is_example = clue.point.unit, clue.point.is_example
            elif still_open.last_seen_at >= rest.acts[-1].at:
                continue
            else:
                clue = still_open
            _fill(clue, rest)
            clue.save()
            written += 1
    return written


def _merged(findings: list[Finding]) -> Iterator[Finding]:
    """One finding a truck and pattern: of several the one with most acts, which the passes show before the tracks."""
    best: dict[tuple[Pattern, str], Finding] = {}
    for finding in findings:
        other = best.get((finding.kind, finding.plate))
        if other is None or len(finding.acts) > len(other.acts):
            best[finding.kind, finding.plate] = finding
    yield from best.values()


def _fill(clue: Evasion, finding: Finding) -> None:
    acts = finding.acts
    clue.first_seen_at, clue.last_seen_at = (at.astimezone(CHINA) for at in (acts[0].at, acts[-1].at))
    clue.acts, clue.acts_over = len(acts), _over(acts)
    clue.pattern_grounds = finding.words(acts)
    frames = [act.frame for act in acts if act.frame][-MOST_FRAMES:]
    clue.evidence = [{"log": log, "position": position} for log, position in frames]


def _points() -> list[WeighingPoint]:
    return list(WeighingPoint.objects.visible_to(WRITER).filter(state="in_use").select_related("unit", "avoided_point"))


def _bypasses() -> list[tuple[WeighingPoint, WeighingPoint]]:
    """Points on a way around, each with the station that is avoided there."""
    return [(point, point.avoided_point) for point in _points() if point.avoided_point]


def _goods_vehicles() -> set[str]:
    return set(_goods().values_list("plate", flat=True))


def _licensed() -> Mapping[str, int]:
    """Gross mass by plate, of vehicles whose own mass is the whole: a tractor's licence says nothing of its trailer."""
    rows = _goods().exclude(vehicle_class="tractor").filter(gross_kg__gt=0)
    return dict(rows.values_list("plate", "gross_kg"))


def _goods() -> Any:
    return Vehicle.objects.visible_to(WRITER).filter(vehicle_class__in=GOODS_CLASSES)


def _acts(rows: Any) -> tuple[Act, ...]:
    return tuple(
        Act(aware(at), site, gross, bool(over), (log, int(position))) for at, site, gross, over, log, position in rows
    )


def _rows(client: Client, statement: str, asked: Mapping[str, Any], **more: Any) -> Any:
    return client.query(statement, parameters={**asked, **more}).result_rows
