"""称重漂移: whether a weighing point measures everybody heavier or lighter today than it did over its last weeks.

The front axle of a six-axle truck carries nearly the same whatever its load, so the median of a day's front axles
stands still while the scale does. Points that send no axle loads are judged by the lightest tenth of their six-axle
trucks, which are the empty ones.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.base.clock import CHINA, Micros, to_micros
from tonggui.statutes.overloading.doubts import DRIFT_DAYS, DRIFT_SHARE, DRIFT_TRUCKS

DAYS = """
SELECT site, toDate(time, 'Asia/Shanghai') AS day,
    countIf(length(axle_kg) = 6) AS with_axles, quantileExactIf(0.5)(axle_kg[1], length(axle_kg) = 6) AS front_kg,
    count() AS trucks, quantileExact(0.1)(gross_kg) AS empty_kg
FROM passes
WHERE axles = 6 AND site IN %(sites)s
    AND time >= fromUnixTimestamp64Micro(%(first)s) AND time < fromUnixTimestamp64Micro(%(end)s)
GROUP BY site, day
"""


@dataclass(frozen=True, slots=True)
class Drift:
    """One point on one day against its weeks before: how far off, over how many trucks, and by which measure."""

    share: float
    trucks: int
    measure: str
    today_kg: float
    before_kg: float
    beyond: bool

    @property
    def words(self) -> str:
        """The figures behind the point's name."""
        side = "偏重" if self.share > 0 else "偏轻"
        masses = f"{self.today_kg:,.0f} 千克，前几周为 {self.before_kg:,.0f} 千克"
        return f"当日 {self.trucks} 台六轴车{self.measure} {masses}，整体{side} {abs(self.share):.1%}，设备疑似漂移"


def drift_between(client: Client, sites: Iterable[str], first: date, last: date) -> dict[tuple[str, date], Drift]:
    """The drift of each point on each day from first to last on which enough trucks passed."""
    since = first - timedelta(days=int(DRIFT_DAYS.on(first)))
    asked = {"sites": sorted(sites), "first": _midnight(since), "end": _midnight(last + timedelta(days=1))}
    of_site: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in client.query(DAYS, parameters=asked).named_results():
        of_site[row["site"]].append(row)
    found = {}
    for site, days in of_site.items():
        for today in days:
            if first <= today["day"] <= last and (drift := _drift(today, days)):
                found[site, today["day"]] = drift
    return found


def _drift(today: dict[str, Any], days: list[dict[str, Any]]) -> Drift | None:
    """A day against the weeks before it; None where one of them has too few trucks to say."""
    day = today["day"]
    since = day - timedelta(days=int(DRIFT_DAYS.on(day)))
    before = [one for one in days if since <= one["day"] < day]
    for count, value, measure in (("with_axles", "front_kg", "转向轴轴重中位数"), ("trucks", "empty_kg", "空车总质量")):
        trucks = sum(one[count] for one in before)
        if min(today[count], trucks) >= DRIFT_TRUCKS.on(day):
            usual = sum(one[value] * one[count] for one in before if one[count]) / trucks
            share = today[value] / usual - 1 if usual else 0.0
            beyond = abs(share) > float(DRIFT_SHARE.on(day))
            return Drift(share, today[count], measure, today[value], usual, beyond)
    return None


def _midnight(day: date) -> Micros:
    """The start of a day in China."""
    return to_micros(datetime.combine(day, time(), CHINA))
