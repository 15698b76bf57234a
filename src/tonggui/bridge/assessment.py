"""Assessment rates of networked supervision, counted over positions for the indicators that wait for them.

Basis: 全国重点营运车辆联网联控系统考核管理办法 (交运发〔2016〕160号) and the notes to its tables. What breaks a track
and what counts as drift is not in the text; the bureau's own parameters decide (`statutes/dynamic_supervision.py`). The
minutes in which the platform itself was connected to the upper one are not measured here: that indicator goes on
waiting.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.measure.periods import Period
from tonggui.measure.providers import Counts, NothingToCount, provide
from tonggui.register.actor import Actor
from tonggui.statutes.dynamic_supervision import DRIFT_SPEED, REST_SPEED, TRACK_BREAK_DISTANCE, TRACK_BREAK_TIME
from tonggui.stream.quality import ASSESSED

READER = Actor.system("考核指标统计")

# Only vehicles of the fleet count; a terminal that nobody registered has no plate.
# The zone is said, since a moment without one is read in the zone of the store's own process.
IN_PERIOD = "vehicle != '' AND time >= {first:DateTime64(6, 'UTC')} AND time < {after:DateTime64(6, 'UTC')}"
QUALIFIED = f"bitAnd(quality, {int(ASSESSED)}) = 0"

NETWORKED = (
    f"SELECT DISTINCT vehicle FROM positions WHERE vehicle != '' AND {QUALIFIED} "
    "AND time < {after:DateTime64(6, 'UTC')}"
)
ONLINE = f"SELECT DISTINCT vehicle FROM positions WHERE {IN_PERIOD}"
VALID = f"SELECT countIf({QUALIFIED}), count() FROM positions WHERE {IN_PERIOD}"
# Each qualified fix with the one before it of the same vehicle: metres, seconds, and the faster of the two speeds.
STEPS = f"""
SELECT vehicle,
       greatCircleDistance(longitude, latitude, longitude_before, latitude_before) AS metres,
       (at - at_before) / 1e6 AS seconds,
       greatest(speed_kmh, speed_before) AS fastest
FROM (
    SELECT vehicle, longitude, latitude, speed_kmh, toUnixTimestamp64Micro(time) AS at,
           lagInFrame(longitude) OVER track AS longitude_before,
           lagInFrame(latitude) OVER track AS latitude_before,
           lagInFrame(speed_kmh) OVER track AS speed_before,
           lagInFrame(at) OVER track AS at_before
    FROM positions WHERE {IN_PERIOD} AND {QUALIFIED}
    WINDOW track AS (PARTITION BY vehicle ORDER BY time, serial ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
)
WHERE at_before > 0 AND at > at_before
"""
DRIFTING = f"SELECT uniqExactIf(vehicle, metres / seconds * 3.6 > {{drift:Float64}}), uniqExact(vehicle) FROM ({STEPS})"
# While a vehicle stands, silence is no gap in its track.
WHOLE = "metres <= {far:Float64} AND (seconds <= {long:Float64} OR fastest < {rest:Float64})"
COMPLETE = f"SELECT sumIf(metres, {WHOLE}), sum(metres) FROM ({STEPS})"


def provide_rates(site: Site) -> None:
    """Hand the counts to the indicators of this process."""
    for name, count in {
        "vehicles.networked": networked,
        "vehicles.online": online,
        "records.valid": valid,
        "vehicles.drifting": drifting,
        "tracks.complete": complete,
    }.items():
        provide(name, _asked_of(site, count))


def networked(client: Client, period: Period) -> Counts:
    """Vehicles with a qualified record by the end of the period, of those that must report."""
    should = Vehicle.ledger.measures["must_report"].queryset(None, READER)
    plates = set(should.values_list("plate", flat=True))
    return Counts(len(plates & _plates(client, NETWORKED, period)), len(plates))


def online(client: Client, period: Period) -> Counts:
    """Vehicles heard in the period, of those networked by its end. Where none at all was heard, nobody listened."""
    known, heard = _plates(client, NETWORKED, period), _plates(client, ONLINE, period)
    if known and not heard:
        raise NothingToCount(f"{period.label}没有行车数据")
    return Counts(len(known & heard), len(known))


def valid(client: Client, period: Period) -> Counts:
    """Qualified records of all records."""
    return Counts(*_row(client, VALID, period))


def drifting(client: Client, period: Period) -> Counts:
    """Vehicles that moved faster between two fixes than any vehicle drives, of those heard."""
    return Counts(*_row(client, DRIFTING, period, drift=DRIFT_SPEED.on(period.end)))


def complete(client: Client, period: Period) -> Counts:
    """Whole kilometres driven without a gap in the track, of all."""
    parts = _row(
        client,
        COMPLETE,
        period,
        far=TRACK_BREAK_DISTANCE.on(period.end),
        long=TRACK_BREAK_TIME.on(period.end),
        rest=REST_SPEED.on(period.end),
    )
    return Counts(*(int((metres or 0) // 1000) for metres in parts))


def _plates(client: Client, statement: str, period: Period) -> set[str]:
    return {plate for (plate,) in _rows(client, statement, period)}


def _row(client: Client, statement: str, period: Period, **parameters: Any) -> Sequence[Any]:
    return _rows(client, statement, period, **parameters)[0]


def _rows(client: Client, statement: str, period: Period, **parameters: Any) -> Sequence[Sequence[Any]]:
    first = datetime.combine(period.start, time(), CHINA).astimezone(UTC)
    after = datetime.combine(period.end + timedelta(days=1), time(), CHINA).astimezone(UTC)
    bounds = {"first": first.replace(tzinfo=None), "after": after.replace(tzinfo=None)}
    return client.query(statement, parameters=bounds | parameters).result_rows


def _asked_of(site: Site, count: Callable[[Client, Period], Counts]) -> Callable[[Period], Counts]:
    def ask(period: Period) -> Counts:
        from tonggui.stream.store.client import StoreAway, connect

        try:
            client = connect(site)
        except StoreAway as away:
            raise OSError(str(away)) from away
        try:
            return count(client, period)
        except ClickHouseError as failed:
            # A rate that cannot be counted now is a dash with its reason, not a document that cannot be opened.
            raise OSError(str(failed)) from failed
        finally:
            client.close()

    return ask
