"""Clues of evasion in the demo county, each resting on doubted passes that the demo's points sent.

The stream finds such clues by itself over the last weeks; these are those of the half-year that is past.
"""

from datetime import date, timedelta
from typing import Any

from tonggui.base.clock import CHINA
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.evasion import Evasion, Pattern
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after

WRITER = Actor.system("逃检研判")
FEWEST_PASSES = 2
LOOKS_BACK = timedelta(days=30)
GROUNDS = {
    Pattern.AROUND: "近30日经{point} {acts} 次，其中超限 {acts} 次；同期经{station} 0 次。",
    Pattern.SHORT_HAUL: "{days} 日内频繁往返，共过车 {acts} 次，其中超限 {acts} 次。",
    Pattern.DODGE: "{acts} 次跨道、跟车过近或被设备标记逃检，称重数据不可用。",
    Pattern.SPLIT: "{acts} 次在超限过车之间明显减重过站、随后又超限，疑似分装转运。",
    Pattern.ALTERED: "行驶证总质量 31,000 千克，近30日有 {acts} 次过车远超此数，请核对栏板和外廓尺寸。",
}
RESULTS = (
    ("prove", "现场守候查获，车主承认绕行，已责令改正。"),
    ("disprove", "绕行路段施工期间唯一通道，已核对施工告示。"),
)


def make_evasion(diary: Diary, points: list[WeighingPoint], today: date) -> None:
    """Who is over the limit most often, one clue a pattern; the older ones have been looked into."""
    around, station = points[3], points[4]
    around.avoided_point = station
    diary.write(around, WRITER, diary.start)
    heavy = DoubtedPass.objects.visible_to(WRITER).exclude(plate="").filter(passed_on__lte=diary.end)
    told: set[str] = set()
    for n, kind in enumerate(GROUNDS):
        rows = _often(heavy.filter(point=around) if kind == Pattern.AROUND else heavy.exclude(plate__in=told))
        if not rows:
            continue
        told.add(rows[0].plate)
        last, days = rows[-1], {row.passed_on for row in rows}
        clue = Evasion(
            kind=kind,
            plate=last.plate,
            vehicle=last.vehicle,
            point=around if kind == Pattern.AROUND else last.point,
            unit=last.point.unit,
            is_example=True,
            found_on=after(last.passed_at.astimezone(CHINA).date(), 1),
            first_seen_at=rows[0].passed_at,
            last_seen_at=last.passed_at,
            acts=len(rows),
            acts_over=len(rows),
            pattern_grounds=GROUNDS[kind].format(
                point=around.name, station=station.name, acts=len(rows), days=len(days)
            ),
            evidence=[frame for row in rows for frame in row.evidence],
        )
        clue = diary.write(clue, WRITER, clue.found_on)
        looked = after(clue.found_on, 4 + n)
        if n < len(RESULTS) and looked < today:
            move, words = RESULTS[n]
            officer = diary.who("overload_officer")
            diary.take(clue, "start_check", officer, after(clue.found_on, 1))
            diary.take(clue, move, officer, looked, verification=words)


def _often(heavy: Any) -> list[DoubtedPass]:
    """The passes of the truck that was over the limit most often within a month, in the order of time."""
    passes: dict[str, list[DoubtedPass]] = {}
    for found in heavy.order_by("passed_at"):
        rows = passes.setdefault(found.plate, [])
        rows[:] = [row for row in rows if found.passed_at - row.passed_at < LOOKS_BACK] + [found]
    most = max(passes.values(), key=len, default=[])
    return most if len(most) >= FEWEST_PASSES else []
