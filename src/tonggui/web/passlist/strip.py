"""The day at a glance: how many trucks pass in each hour, how many of them over the limit, and the same by point."""

from dataclasses import dataclass
from typing import Any

from tonggui.register.views.address import Address
from tonggui.web import telemetry
from tonggui.web.passlist.question import PassQuestion

POINTS_SHOWN = 12


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
    where, values = asked.where()
    with telemetry.store() as client:
        counted = client.query(
            "SELECT toHour(time, 'Asia/Shanghai') AS hour, site, count(), countIf(excess_kg > 0) "
            f"FROM passes FINAL WHERE {where} GROUP BY hour, site",
            parameters=values,
        ).result_rows
    if not counted:
        return None
    hours: dict[Any, list[int]] = {hour: [0, 0] for hour in range(24)}
    points: dict[Any, list[int]] = {}
    for hour, site, passes, over in counted:
        for told in (hours[hour], points.setdefault(site, [0, 0])):
            told[0] += passes
            told[1] += over
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
