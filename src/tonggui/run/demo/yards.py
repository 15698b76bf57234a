"""Source yards of the demo county at work: their exits weigh what leaves, their ledgers tell it, their months compare.

One truck in twelve that passes a point was weighed at a yard before. What the exit weighed is never above the limit,
so a truck that the road finds too heavy shows what a yard has to explain.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from tonggui.base.clock import CHINA
from tonggui.law.deadlines import add_months
from tonggui.ledgers.overload.loading import Loading
from tonggui.ledgers.overload.yard import Yard
from tonggui.ledgers.overload.yard_month import YardMonth
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary

WRITER = Actor.system("源头单位月报统计")
SHARE = 1 / 12
#: What a truck of so many axles may weigh in any layout, and what it weighs empty.
SAFE_KG = {2: 17_500, 3: 24_500, 4: 30_500, 5: 41_500, 6: 45_500}
TARE_KG = {2: 6_500, 3: 9_800, 4: 12_500, 5: 14_800, 6: 16_200}
GOODS = ("机制砂（示例）", "碎石（示例）", "水泥（示例）")


@dataclass(frozen=True, slots=True)
class Trip:
    """A truck weighed at a yard's exit and again on the road."""

    yard: Yard
    plate: str
    axles: int
    out_at: datetime
    exit_kg: int
    road_kg: int


@dataclass
class Exits:
    """The exits of the yards that weigh; `before` invents what one of them weighed before a pass."""

    yards: list[Yard]
    random: Any = field(default_factory=lambda: np.random.default_rng(71))
    trips: list[Trip] = field(default_factory=list)

    def before(self, item: dict[str, Any], at: datetime) -> tuple[dict[str, Any], Trip] | None:
        """The item that the exit sent before the pass of `item`, and the trip; None for a truck from elsewhere."""
        if not item["plate"] or self.random.random() > SHARE or item["axles"] not in SAFE_KG:
            return None
        yard = self.yards[int(self.random.integers(len(self.yards)))]
        out_at = at - timedelta(minutes=int(self.random.integers(18, 95)))
        exit_kg = min(round(item["gross_kg"] * 0.99, -1), SAFE_KG[item["axles"]])
        trip = Trip(yard, item["plate"], item["axles"], out_at, int(exit_kg), item["gross_kg"])
        self.trips.append(trip)
        code = yard.point.code
        sent = item | {
            "record_no": f"{code}{out_at:%Y%m%d%H%M%S}{len(self.trips):05}",
            "site": code,
            "device": yard.point.device,
            "lane": "1",
            "time": f"{out_at:%Y-%m-%d %H:%M:%S}",
            "gross_kg": trip.exit_kg,
            "speed_kmh": 6.0,
        }
        # The exit is a platform scale: it knows the whole, not the axles.
        return {name: value for name, value in sent.items() if name not in ("axle_kg", "axle_groups")}, trip


def words_of(trip: Trip, passed_at: datetime) -> str:
    """What the trace says of a trip."""
    minutes = round((passed_at - trip.out_at).total_seconds() / 60)
    return f"过车前 {minutes} 分钟在{trip.yard.name}出口称重 {trip.exit_kg / 1000:.1f} t"


def make_yard_months(diary: Diary, trips: list[Trip]) -> None:
    """The loading ledger of each yard but the last, and its months, told and settled as they would have been."""
    by_month: dict[tuple[Yard, date], list[Trip]] = defaultdict(list)
    for trip in trips:
        if trip.out_at.date() <= diary.end:
            by_month[trip.yard, trip.out_at.date().replace(day=1)].append(trip)
    officer = diary.who("overload_officer")
    for (yard, month), mine in sorted(by_month.items(), key=lambda one: (one[0][1], one[0][0].name)):
        ledger = mine if month.month % 2 else mine[: len(mine) * 4 // 5]
        loadings = [_loading(trip, number) for number, trip in enumerate(ledger)]
        written_on = min(add_months(month, 1), diary.end)
        diary.write_all(Loading, loadings, officer, written_on)
        row = diary.write(_month(yard, month, mine, loadings), WRITER, written_on)
        if row.difference_note:
            diary.take(row, "ask_why", officer, written_on + timedelta(days=2))
            if month.month % 3:
                why = "部分车辆出厂后在路面补装，已约谈（示例）"
                diary.take(row, "explain_month", officer, written_on + timedelta(days=8), explanation=why)
        else:
            diary.take(row, "settle_month", officer, written_on + timedelta(days=3))


def _loading(trip: Trip, number: int) -> Loading:
    return Loading(
        yard=trip.yard,
        unit=trip.yard.unit,
        plate=trip.plate,
        axles=trip.axles,
        entered_at=trip.out_at - timedelta(minutes=38),
        out_at=trip.out_at,
        tare_kg=TARE_KG[trip.axles],
        gross_kg=max(trip.exit_kg, TARE_KG[trip.axles] + 500),
        load=GOODS[number % len(GOODS)],
        sheet_no=f"ZZD{trip.out_at:%Y%m%d}{trip.plate[-4:]}{number:03}",
    )


def _month(yard: Yard, month: date, trips: list[Trip], loadings: list[Loading]) -> YardMonth:
    loaded = Decimal(sum(one.gross_kg - one.tare_kg for one in loadings)) / 1000
    exits, road = (Decimal(sum(kg)) / 1000 for kg in zip(*((t.exit_kg, t.road_kg) for t in trips), strict=True))
    days = Counter(trip.out_at.astimezone(CHINA).date() for trip in trips)
    return YardMonth(
        yard=yard,
        unit=yard.unit,
        month=month,
        declared_t=round(loaded * Decimal("1.03"), 0),
        loadings=len(loadings),
        loaded_t=loaded,
        weighed_trucks=len(trips),
        weighed_t=exits,
        days_with_data=len(days),
        days_pictured=len(days),
        road_trucks=len(trips),
        exit_t=exits,
        road_t=road,
    )
