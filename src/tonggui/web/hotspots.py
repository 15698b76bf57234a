"""`/hotspots/`: when and where trucks over the limit, unread plates and suspect weighings come together.

For planning patrols: each weighing point by the hours of the day, as a table, on the map, and as the windows of two
hours that promise most. What is counted are passes of the points a person may see; who was out and how often stands
beside it as operations, never by officer.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonggui.base.clock import CHINA, to_micros, today
from tonggui.ledgers.enforcement.operation_kinds import OperationKind
from tonggui.register.registry import ledger
from tonggui.register.spans import SHORTCUTS, Days, days
from tonggui.register.views.access import actor_of, need
from tonggui.web import telemetry
from tonggui.web.passlist.scope import PassScope, may_read, scope_of

LAST_DAYS = 30
WINDOW_HOURS = 2
WINDOWS_SHOWN = 8
STEPS = 5
MEASURES = {
    "over": ("超限", "excess_kg > 0", {"over": "true"}),
    "unread": ("号牌未识别", "plate = ''", {"plate_read": "false"}),
    "dodge": ("跨道、跟车、逃检标记", "hasAny(doubt_codes, ['straddling', 'tailgating', 'evading'])", {}),
    "all": ("全部过车", "1", {}),
}
WEEKDAYS = {"": "每天", "work": "工作日", "rest": "周末"}
_DAY = "toDayOfWeek(time, 0, 'Asia/Shanghai')"
_WEEKDAY = {"": "1", "work": f"{_DAY} < 6", "rest": f"{_DAY} > 5"}
COUNTED = """
SELECT site, toHour(time, 'Asia/Shanghai') AS hour, count(), countIf({measure})
FROM passes FINAL WHERE {scope} AND time >= fromUnixTimestamp64Micro(%(since)s)
  AND time < fromUnixTimestamp64Micro(%(until)s) AND {weekday}
GROUP BY site, hour
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One point in one hour: passes, those counted, and how much of the most that is, in STEPS."""

    hour: int
    passes: int
    counted: int
    step: int
    url: str


@dataclass(slots=True)
class Spot:
    """One point: its hours, what was counted in all, and how often officers were there in the same days."""

    point: Any
    passes: list[int] = field(default_factory=lambda: [0] * 24)
    counted: list[int] = field(default_factory=lambda: [0] * 24)
    cells: list[Cell] = field(default_factory=list)
    operations: int = 0

    @property
    def total(self) -> int:
        return sum(self.counted)

    @property
    def share(self) -> float:
        """Counted ones as percent of all passes."""
        return self.total * 100 / sum(self.passes) if sum(self.passes) else 0.0


@dataclass(frozen=True, slots=True)
class Window:
    """Two hours at a point that promise most: how many a day, and which part of the point's day that is."""

    spot: Spot
    first: int
    counted: int
    a_day: float
    share: float
    plan_url: str

    @property
    def words(self) -> str:
        return f"{self.first:02}:00–{self.first + WINDOW_HOURS:02}:00"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    need(may_read(actor), "治超热点由可以查看过车记录的人员使用。")
    span = _span(request.GET.get("days", ""))
    measure = request.GET.get("measure", "over")
    measure = measure if measure in MEASURES else "over"
    weekday = request.GET.get("weekday", "")
    weekday = weekday if weekday in WEEKDAYS else ""
    shown: dict[str, Any] = {
        "span": span,
        "measure": measure,
        "word": MEASURES[measure][0],
        "weekday": weekday,
        "measures": [(code, word) for code, (word, _, _) in MEASURES.items()],
        "weekdays": WEEKDAYS.items(),
        "shortcuts": [("", f"最近{LAST_DAYS}天"), *SHORTCUTS.items()],
        "asked": request.GET.get("days", ""),
        "custom": span.label not in (f"最近{LAST_DAYS}天", *SHORTCUTS.values()),
        "hours": range(24),
    }
    try:
        spots = _spots(scope_of(actor), span, measure, weekday)
    except telemetry.StoreAway as away:
        return render(request, "web/hotspots.html", shown | {"away": str(away)})
    _note_operations(spots, span, actor)
    number_of_days = sum(1 for day in _each(span) if _counts(day, weekday)) or 1
    shown |= {
        "spots": spots,
        "number_of_days": number_of_days,
        "windows": _windows(spots, number_of_days, ledger("enforcement.operation").can_create(actor)),
        "map": json.dumps(_on_map(spots), ensure_ascii=False),
        "clues": _clues(actor),
    }
    return render(request, "web/hotspots.html", shown)


def _span(asked: str) -> Days:
    """The days asked for; the last weeks where nothing that can be read was asked."""
    found = days(asked) if asked else None
    if found and found.start and found.end:
        return found
    return Days(today() - timedelta(days=LAST_DAYS - 1), today(), f"最近{LAST_DAYS}天")


def _spots(scope: PassScope, span: Days, measure: str, weekday: str) -> list[Spot]:
    """Every point of the scope that has a place or passes, the busiest first."""
    statement = COUNTED.format(measure=MEASURES[measure][1], scope=scope.condition, weekday=_WEEKDAY[weekday])
    values = scope.values | {"since": _instant(span.start), "until": _instant(span.end + timedelta(days=1))}
    with telemetry.store() as client:
        rows = client.query(statement, parameters=values).result_rows
    spots = {code: Spot(point) for code, point in scope.points.items()}
    for site, hour, passes, counted in rows:
        spots[site].passes[hour], spots[site].counted[hour] = passes, counted
    found = sorted(
        (spot for spot in spots.values() if any(spot.passes)), key=lambda spot: (-spot.total, spot.point.code)
    )
    most = max((count for spot in found for count in spot.counted), default=0)
    for spot in found:
        query = {"passed_at": f"{span.start}..{span.end}", "point": spot.point.code} | MEASURES[measure][2]
        spot.cells = [
            Cell(hour, spot.passes[hour], count, _step(count, most), f"/passes/?{urlencode(query | {'hour': hour})}")
            for hour, count in enumerate(spot.counted)
        ]
    return found


def _step(count: int, most: int) -> int:
    """0 for none, else 1 to STEPS by the part of the most."""
    return -(-count * STEPS // most) if count else 0


def _note_operations(spots: list[Spot], span: Days, actor: Any) -> None:
    rows = ledger("enforcement.operation").query(actor).filter(
        kind=OperationKind.OVERLOAD, operated_on__range=(span.start, span.end), point__isnull=False
    )  # fmt: skip
    held: dict[int, int] = {}
    for point in rows.values_list("point_id", flat=True):
        held[point] = held.get(point, 0) + 1
    for spot in spots:
        spot.operations = held.get(spot.point.pk, 0)


def _windows(spots: list[Spot], number_of_days: int, may_plan: bool) -> list[Window]:
    """The best windows, at most one a point and part of the night or day, so that a list of eight is eight choices."""
    found = []
    for spot in spots:
        for first in range(0, 24, WINDOW_HOURS):
            counted = sum(spot.counted[first : first + WINDOW_HOURS])
            if counted:
                plan = urlencode({"point": spot.point.number, "zone": spot.point.name, "kind": OperationKind.OVERLOAD})
                url = f"/ledgers/enforcement.operation/new/?{plan}" if may_plan else ""
                found.append(Window(spot, first, counted, counted / number_of_days, counted * 100 / spot.total, url))
    return sorted(found, key=lambda one: -one.a_day)[:WINDOWS_SHOWN]


def _on_map(spots: list[Spot]) -> list[dict[str, Any]]:
    return [
        {
            "name": spot.point.name,
            "at": [spot.point.place.longitude, spot.point.place.latitude],
            "hours": spot.counted,
        }
        for spot in spots
        if spot.point.place
    ]


def _clues(actor: Any) -> int:
    """How many clues of evasion wait."""
    book = ledger("overload.evasion")
    return book.query(actor).filter(state__in=("to_verify", "verifying")).count() if book.can_read(actor) else 0


def _each(span: Days) -> Iterator[date]:
    return (span.start + timedelta(days=n) for n in range((min(span.end, today()) - span.start).days + 1))


def _counts(day: date, weekday: str) -> bool:
    return {"": True, "work": day.weekday() < 5, "rest": day.weekday() > 4}[weekday]


def _instant(day: date) -> int:
    return to_micros(datetime.combine(day, time(), CHINA))
