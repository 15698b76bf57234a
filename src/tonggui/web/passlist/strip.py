"""The day at a glance: how many trucks pass in each hour, how many of them over the limit, and the same by point."""

from dataclasses import dataclass
from typing import Any

from tonggui.register.views.address import Address
from tonggui.web import telemetry
from tonggui.web.passlist.question import PassQuestion

POINTS_SHOWN = 12
# The hour in China, which has had one zone for all of our passes: plain arithmetic is several times as quick as a zone.
HOUR = "toUInt8(modulo(intDiv(toUnixTimestamp64Micro(time), 3600000000) + 8, 24))"


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour or one point: passes, those over the limit, and how high it stands beside the highest."""

    word: str
    passes: int
    over: int
    height: float
    url: str = ""
    chosen: bool = False

    @property
    def share(self) -> float:
        return self.over * 100 / self.passes if self.passes else 0.0

    @property
    def over_height(self) -> float:
        return self.height * self.over / self.passes if self.passes else 0.0


def strip(asked: PassQuestion, address: Address) -> dict[str, Any] | None:
    """Bars by the hour of the day in China and by point, busiest first; None of an empty list."""
    rows_of, values = asked.rows_of()
    counts = f"count(), countIf(excess_kg > 0) {rows_of} GROUP BY by"
    with telemetry.store() as client:
        by_hour = client.query(f"SELECT {HOUR} AS by, {counts}", parameters=values).result_rows
        by_site = client.query(f"SELECT site AS by, {counts}", parameters=values).result_rows
    if not by_hour:
        return None
    hours: dict[Any, list[int]] = {hour: [0, 0] for hour in range(24)} | {by: told for by, *told in by_hour}
    points = {site: told for site, *told in by_site}
    chosen = set(asked.query.getlist("point"))
    busiest = sorted(points.items(), key=lambda item: (-item[1][0], item[0]))
    return {
        "hours": _bars([(f"{hour}", told, "", False) for hour, told in hours.items()]),
        "points": _bars(
            [
                (asked.scope.name(site), told, address.toggled("point", site), site in chosen)
                for site, told in busiest[:POINTS_SHOWN]
            ]
        ),
        "more": len(busiest) - POINTS_SHOWN,
        "most": max(passes for passes, _ in hours.values()),
    }


def _bars(told: list[tuple[str, list[int], str, bool]]) -> list[Bar]:
    most = max(passes for _, (passes, _), _, _ in told) or 1
    return [Bar(word, n, over, round(n * 100 / most, 1), url, chosen) for word, (n, over), url, chosen in told]
