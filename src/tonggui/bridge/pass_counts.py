"""Counts of weighing passes for the overload indicators: in all, by weighing point and by hour of the day.

A pass is valid (有效过车) where the scale's certificate held on its day and its rate of excess is plausible; only
valid passes stand in a rate (公路安全保护条例; a reading of a scale without a certificate founds nothing). Doubts
stay words and are counted apart. Passes at source yards are counted apart from those of the road, as are those of sites
that the ledger of points does not hold. A point without any pass was silent: it is named, never counted as none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from django.db.models import Q

from tonggui.base.clock import CHINA, today
from tonggui.base.site import Site
from tonggui.ledgers.overload.device_fault import DeviceFault
from tonggui.ledgers.overload.point import PointKind, WeighingPoint
from tonggui.ledgers.overload.yard import Yard
from tonggui.measure.periods import Kind, Period
from tonggui.measure.providers import Part, Tallies, provide
from tonggui.register.actor import Actor
from tonggui.statutes.overloading import statistics as law
from tonggui.statutes.overloading.counted_acts import HUNDRED_TONNES
from tonggui.statutes.overloading.yards import is_online

READER = Actor.system("治超统计")
#: Points whose device weighs all the time: each day without a pass is a day of silence.
STEADY = (PointKind.NON_STOP, PointKind.FIXED)
BAND_NAMES = ("over_0", "over_10", "over_20", "over_50", "over_100")

_CHINA_DAY = "toDate(toTimeZone(time, 'Asia/Shanghai'))"
_CHINA_HOUR = "toHour(toTimeZone(time, 'Asia/Shanghai'))"
_IN_PERIOD = "time >= {first:DateTime64(6, 'UTC')} AND time < {after:DateTime64(6, 'UTC')}"
_VALID = "usable AND rate <= {plausible:Float64}"
_BANDS = ",\n       ".join(
    f"countIf({_VALID} AND rate > {least}" + (f" AND rate <= {most}" if most else "") + f") AS {name}"
    for name, least, most in zip(BAND_NAMES, law.BANDS, (*law.BANDS[1:], None), strict=True)
)
COUNTED = f"""
SELECT site, {_CHINA_HOUR} AS hour,
       count() AS passes,
       countIf({_VALID}) AS valid,
       countIf({_VALID} AND excess_kg > 0) AS over,
       {_BANDS},
       countIf({_VALID} AND gross_kg >= {{king:Float64}} AND gross_kg <= {{king_most:Float64}}) AS kings,
       countIf({_VALID} AND gross_kg > {{heavy:Float64}}) AS heavy,
       countIf({_VALID} AND rate > 1 AND gross_kg < {{king:Float64}}) AS doubled,
       countIf(plate = '') AS unread,
       countIf(doubt != '') AS doubted,
       countIf(NOT usable) AS uncertified,
       sum(gross_kg) AS kg
FROM passes FINAL WHERE {_IN_PERIOD}
GROUP BY site, hour
"""
DAYS = f"SELECT site, {_CHINA_DAY} AS day FROM passes WHERE {_IN_PERIOD} GROUP BY site, day"

Rows = list[tuple[str, int, dict[str, int]]]


def provide_passes(site: Site) -> None:
    """Hand the counts to the indicators of this process."""
    provide("passes", lambda period: _asked(site, period))


def tallies(client: Client, period: Period) -> Tallies:
    """Everything that the overload indicators count over the passes of a period."""
    return combined(_rows(client, period), _days(client, period), period)


def combined(rows: Rows, days: Mapping[str, set[date]], period: Period) -> Tallies:
    """The tallies of a period from the counts of each site and hour (by `NAMES`) and the days each site was heard."""
    points = {point.code: point for point in _points()}
    road = [row for row in rows if row[0] in points and points[row[0]].kind != PointKind.SOURCE]
    steady = [point for point in points.values() if point.kind in STEADY]
    whole = _total(counts for _, _, counts in road)
    whole["strangers"] = sum(counts["passes"] for code, _, counts in rows if code not in points)
    by_point = {point.number: _of_point(point, rows, days, period) for point in points.values() if _on_road(point)}
    by_hour = {
        f"{hour:02}": Part(f"{hour}时至{hour + 1}时", _total(counts for _, at, counts in road if at == hour), hour)
        for hour in sorted({at for _, at, _ in road})
    }
    whole |= _availability(steady, by_point, period)
    whole |= _sources(rows, days, period)
    return Tallies(whole, {"point": by_point, "hour": by_hour})


def _of_point(point: WeighingPoint, rows: Rows, days: Mapping[str, set[date]], period: Period) -> Part:
    counts = _total(counts for code, _, counts in rows if code == point.code)
    due = _days_due(point, period)
    heard = {day for day in days.get(point.code, ()) if day in due}
    counts |= {"days": len(heard), "days_due": len(due), "days_silent": len(due) - len(heard)}
    return Part(point.name, counts, point.pk)


def _availability(steady: list[WeighingPoint], parts: Mapping[str, Part], period: Period) -> dict[str, int]:
    """Days with data of days due; for a month also which points are valid and whose device is intact."""
    counts = {point.number: parts[point.number].counts for point in steady}
    found = {
        "sites": len(steady),
        "sites_online": sum(1 for one in counts.values() if one["passes"]),
        "sites_silent": sum(1 for one in counts.values() if one["days_due"] and not one["passes"]),
        "days": sum(one["days"] for one in counts.values()),
        "days_due": sum(one["days_due"] for one in counts.values()),
    }
    if period.kind is not Kind.MONTH:
        return found
    least_days, least_trucks = law.SITE_DAYS.on(period.end), law.SITE_TRUCKS.on(period.end)
    valid = {number for number, one in counts.items() if one["days"] >= least_days and one["passes"] > least_trucks}
    broken = set(_under_repair(period))
    intact = [point for point in steady if point.number in valid and point.pk not in broken]
    return found | {"sites_valid": len(valid), "sites_intact": len(intact)}


def _sources(rows: Rows, days: Mapping[str, set[date]], period: Period) -> dict[str, int]:
    """Source yards with a weighing point of their own: how many send enough in a month, and their trucks by band."""
    yards = Yard.objects.visible_to(READER).filter(point__kind=PointKind.SOURCE).exclude(state="ended")
    codes = dict(yards.values_list("pk", "point__code"))
    counts = {code: _total(c for at, _, c in rows if at == code) for code in codes.values()}
    whole = _total(counts.values())
    found = {f"yard_{name}": whole[name] for name in ("passes", "valid", *BAND_NAMES)}
    if period.kind is not Kind.MONTH:
        return found
    online = sum(
        is_online(period.end, len(days.get(code, ())), counts[code]["kg"] / 1000, counts[code]["passes"])
        for code in codes.values()
    )
    return found | {"yards": len(codes), "yards_online": online}


def _days_due(point: WeighingPoint, period: Period) -> set[date]:
    """Days on which a point should have sent: those of the period that are past or today, from its opening on."""
    if point.kind not in STEADY:
        return set()
    first = max(period.start, point.notice_on or period.start)
    last = min(period.end, today())
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def _under_repair(period: Period) -> Iterable[int]:
    """Points with a fault that was not repaired by the end of the period."""
    faults = DeviceFault.objects.visible_to(READER).filter(broken_on__lte=period.end)
    return faults.filter(Q(repaired_on=None) | Q(repaired_on__gt=period.end)).values_list("point", flat=True)


def _points() -> Iterable[WeighingPoint]:
    return WeighingPoint.objects.visible_to(READER).filter(state="in_use").order_by("number")


def _on_road(point: WeighingPoint) -> bool:
    return point.kind != PointKind.SOURCE


def _total(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of counts by name; every name of the table, none of them missing."""
    found = Counter(dict.fromkeys(NAMES, 0))
    for part in parts:
        found.update(part)
    return dict(found)


NAMES = ("passes", "valid", "over", *BAND_NAMES, "kings", "heavy", "doubled", "unread", "doubted", "uncertified", "kg")


def _rows(client: Client, period: Period) -> Rows:
    asked = _bounds(period) | {
        "plausible": law.PLAUSIBLE_RATE.on(period.end) / 100,
        "king": HUNDRED_TONNES.on(period.end),
        "king_most": law.KING_MOST_TONNES.on(period.end) * 1000,
        "heavy": law.HEAVY_TONNES.on(period.end) * 1000,
    }
    found = client.query(COUNTED, parameters=asked).result_rows
    return [(code, hour, dict(zip(NAMES, map(int, counts), strict=True))) for code, hour, *counts in found]


def _days(client: Client, period: Period) -> dict[str, set[date]]:
    days: dict[str, set[date]] = {}
    for code, day in client.query(DAYS, parameters=_bounds(period)).result_rows:
        days.setdefault(code, set()).add(day)
    return days


def _bounds(period: Period) -> dict[str, Any]:
    first = datetime.combine(period.start, time(), CHINA).astimezone(UTC)
    after = datetime.combine(period.end + timedelta(days=1), time(), CHINA).astimezone(UTC)
    return {"first": first.replace(tzinfo=None), "after": after.replace(tzinfo=None)}


def _asked(site: Site, period: Period) -> Tallies:
    from tonggui.stream.store.client import StoreAway, connect

    try:
        client = connect(site)
    except StoreAway as away:
        raise OSError(str(away)) from away
    try:
        return tallies(client, period)
    except ClickHouseError as failed:
        # What cannot be counted now is a dash with its reason, not a document that cannot be opened.
        raise OSError(str(failed)) from failed
    finally:
        client.close()
