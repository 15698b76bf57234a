"""The months of the source yards, counted from the passes of their own weighing points and from their loading ledger.

Done once a day for the month that runs and for the one before it while it is not settled: what came late is in it.
A yard whose exit has been silent for days is marked as cut off, and as connected again when data come.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clickhouse_connect.driver.client import Client
from django.db.models import Count, Q, Sum

from tonggui.base import clock
from tonggui.base.site import Site
from tonggui.bridge.pass_told import aware
from tonggui.bridge.yards import exits_of, instants
from tonggui.law.deadlines import add_months
from tonggui.ledgers.overload.loading import Loading, LoadResult
from tonggui.ledgers.overload.point import PointKind, WeighingPoint
from tonggui.ledgers.overload.yard import Connection, Yard
from tonggui.ledgers.overload.yard_month import YardMonth
from tonggui.register.actor import Actor, acting
from tonggui.statutes.overloading.yards import SILENT_DAYS, TRACE_HOURS

WRITER = Actor.system("源头单位月报统计")
KILO = Decimal(1000)

EXITS = """
SELECT site, count() AS trucks, sum(gross_kg) AS kg, countIf(excess_kg > 0) AS over,
       countIf(rate > 0.2 AND rate <= 0.5) AS over_20, countIf(rate > 0.5 AND rate <= 1) AS over_50,
       countIf(rate > 1) AS over_100, uniqExact(toDate(time, 'Asia/Shanghai')) AS days,
       uniqExactIf(toDate(time, 'Asia/Shanghai'), media NOT IN ('', '[]')) AS pictured
FROM passes FINAL
WHERE time >= {first:DateTime64(6, 'UTC')} AND time < {after:DateTime64(6, 'UTC')} AND site IN {sites:Array(String)}
GROUP BY site
"""
#: Each exit with the next weighing of the same plate on the road within the hours of a trip.
EXIT_TRIPS = """
SELECT e.site, count(), sum(e.gross_kg), sum(r.gross_kg)
FROM (
    SELECT site, plate, time, gross_kg FROM passes FINAL
    WHERE time >= {first:DateTime64(6, 'UTC')} AND time < {after:DateTime64(6, 'UTC')}
      AND site IN {sites:Array(String)} AND plate != ''
) AS e
ASOF INNER JOIN (
    SELECT plate, time, gross_kg FROM passes FINAL
    WHERE time >= {first:DateTime64(6, 'UTC')} AND time < {after:DateTime64(6, 'UTC')} + INTERVAL {hours:UInt32} HOUR
      AND site IN {road:Array(String)} AND plate != ''
) AS r ON e.plate = r.plate AND e.time <= r.time
WHERE r.time <= e.time + INTERVAL {hours:UInt32} HOUR
GROUP BY e.site
"""
LAST_HEARD = """
SELECT site, max(time), maxIf(time, media NOT IN ('', '[]')) FROM passes FINAL
WHERE time >= {first:DateTime64(6, 'UTC')} AND site IN {sites:Array(String)} GROUP BY site
"""


def count_months(site: Site, client: Client) -> int:
    """Bring the months of all yards up to now; how many rows were written."""
    today = clock.today()
    this = today.replace(day=1)
    yards = list(Yard.objects.visible_to(WRITER).exclude(state="ended").select_related("point", "unit"))
    _mark_connections(client, yards, add_months(this, -1))
    return sum(_count(client, yards, month) for month in (add_months(this, -1), this))


def _count(client: Client, yards: list[Yard], month: date) -> int:
    rows = {row.yard_id: row for row in YardMonth.objects.visible_to(WRITER).filter(month=month)}
    exits = _exits(client, yards, month)
    trips = _trips(client, yards, month)
    loadings = _loadings(month)
    measured, written = set(_of_site(yards).values()), 0
    with acting(WRITER):
        for yard in yards:
            row = rows.get(yard.pk) or YardMonth(yard=yard, month=month, unit=yard.unit, is_example=yard.is_example)
            counted = exits.get(yard.pk, {}) | trips.get(yard.pk, {}) | loadings.get(yard.pk, {})
            if row.state not in ("", "running") or not (counted or row.pk or yard.pk in measured):
                continue
            if row.pk and all(getattr(row, name) == value for name, value in counted.items()):
                continue
            for name, value in counted.items():
                setattr(row, name, value)
            row.tallied_at = clock.now()
            row.save()
            written += 1
    return written


def _exits(client: Client, yards: list[Yard], month: date) -> dict[int, dict[str, Any]]:
    """What each yard's own point weighed in the month."""
    found = {}
    for site, trucks, kg, over, over_20, over_50, over_100, days, pictured in _asked(client, EXITS, yards, month):
        found[_of_site(yards)[site]] = {
            "weighed_trucks": trucks,
            "weighed_t": tonnes(kg),
            "over_trucks": over,
            "over_20": over_20,
            "over_50": over_50,
            "over_100": over_100,
            "days_with_data": days,
            "days_pictured": pictured,
        }
    return found


def _trips(client: Client, yards: list[Yard], month: date) -> dict[int, dict[str, Any]]:
    """Of each yard the trips that were weighed again on the road, and both sums of them."""
    points = WeighingPoint.objects.visible_to(WRITER).exclude(kind=PointKind.SOURCE)
    more = {"road": list(points.values_list("code", flat=True)), "hours": int(TRACE_HOURS.on(month))}
    return {
        _of_site(yards)[site]: {"road_trucks": trucks, "exit_t": tonnes(exit_kg), "road_t": tonnes(road_kg)}
        for site, trucks, exit_kg, road_kg in _asked(client, EXIT_TRIPS, yards, month, **more)
    }


def _loadings(month: date) -> dict[int, dict[str, Any]]:
    """What each yard's loading ledger says of the month."""
    rows = Loading.objects.visible_to(WRITER).filter(
        state="on_sheet", out_on__gte=month, out_on__lt=add_months(month, 1)
    )
    over = Q(excess_kg__gt=0, load_result=LoadResult.RELEASED)
    let_go = ~Q(load_result=LoadResult.HELD)
    sums = rows.values_list("yard").annotate(
        trucks=Count("pk", filter=let_go), kg=Sum("net_kg", filter=let_go), over=Count("pk", filter=over)
    )
    return {
        yard: {"loadings": trucks, "loaded_t": tonnes(kg or 0), "released_over": over}
        for yard, trucks, kg, over in sums.order_by()
    }


def _mark_connections(client: Client, yards: list[Yard], since: date) -> None:
    """When each yard was last heard; one that fell silent is marked, and one that speaks again."""
    asked = {"sites": list(_of_site(yards)), "first": instants(since, since)["first"]}
    heard = {
        _of_site(yards)[site]: (aware(last), aware(pictured) if pictured.year > 1970 else None)
        for site, last, pictured in (client.query(LAST_HEARD, parameters=asked).result_rows if asked["sites"] else ())
    }
    silent_from = clock.now() - timedelta(days=int(SILENT_DAYS.on(clock.today())))
    with acting(WRITER):
        for yard in yards:
            last, pictured = heard.get(yard.pk, (yard.last_weighed_at, None))
            if last is None:
                continue
            yard.last_weighed_at, yard.last_pictured_at = last, pictured or yard.last_pictured_at
            yard.connection = Connection.ONLINE if last > silent_from else Connection.DOWN
            yard.save()


def tonnes(kg: Any) -> Decimal:
    return (Decimal(str(kg)) / KILO).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _of_site(yards: list[Yard]) -> dict[str, int]:
    return {code: yard.pk for code, yard in exits_of(yards).items()}


def _asked(client: Client, statement: str, yards: list[Yard], month: date, **more: Any) -> Any:
    sites = list(_of_site(yards))
    if not sites:
        return []
    asked = instants(month, add_months(month, 1)) | {"sites": sites} | more
    return client.query(statement, parameters=asked).result_rows
