"""Weighing points of the demo county and a half-year of weighings and doubted passes.

The weighings lie in a frame log of their own, exactly as the points would have sent them, so that a case of the demo
leads back to its bytes like any other.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from tonggui.base.clock import SECOND, to_micros
from tonggui.base.site import Site
from tonggui.bridge.pass_register import Registered
from tonggui.bridge.passes import record_of
from tonggui.ledgers.fleet.vehicle import Vehicle, VehicleClass
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.doubted_pass_flow import RejectReason
from tonggui.ledgers.overload.pass_evidence import lacking
from tonggui.ledgers.overload.point import AccuracyClass, PointKind, WeighingPoint
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.register.kinds import Reading
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.pass_faults import doubts_of, fault_of, gap_behind, hold_permit
from tonggui.run.demo.pass_media import PassMedia, is_heavy
from tonggui.run.demo.point_life import make_calibrations
from tonggui.run.demo.weighings import Weighings, item_of
from tonggui.run.demo.yards import Exits, words_of
from tonggui.run.weighing import WEIGHING
from tonggui.stream.log import FrameLogWriter

WRITER = Actor.system("建立演示检测点")
# Code, name, kind, station, road, stake, lanes, longitude and latitude, days from the period's end to the
# certificate's.
POINTS = [
    ("SL0001", "城东不停车检测点", PointKind.NON_STOP, "城东治超站", "示例大道", "K3+200", 2, (121.5128, 31.2312), 300),
    ("SL0002", "城西不停车检测点", PointKind.NON_STOP, "城西治超站", "示例西路", "K8+050", 2, (121.4262, 31.2165), 260),
    ("SL0003", "江北不停车检测点", PointKind.NON_STOP, "江北执法中队", "江北路", "K1+900", 3, (121.4820, 31.2610), 230),
    (
        "SL0004",
        "南环不停车检测点",
        PointKind.NON_STOP,
        "城东治超站",
        "示例南环",
        "K12+345",
        2,
        (121.4705, 31.1890),
        -40,
    ),
    (
        "SL1001",
        "城东固定超限检测站",
        PointKind.FIXED,
        "城东治超站",
        "国道示例段",
        "K101+500",
        1,
        (121.5205, 31.2105),
        200,
    ),
    ("SL7001", "江城砂石厂出口称重点", PointKind.SOURCE, "城西治超站", "厂区出口", "", 1, (121.4150, 31.2420), 210),
    ("SL7002", "宏图砂石厂出口称重点", PointKind.SOURCE, "城西治超站", "厂区出口", "", 1, (121.4310, 31.1975), 180),
]
LOG = "weighing-demo"
WAITING = 64
"""Overweight passes of the last two days, which the officers have yet to look at."""
Accepted = tuple[DoubtedPass, Actor, date]
"""A pass that founds a case, who reviewed it first, and the day on which it was accepted."""
TOLD_AFTER = timedelta(seconds=5)
OFFICE_CLOSES = 17


def make_points(diary: Diary, units: dict[str, Unit], since: date) -> list[WeighingPoint]:
    """The points, one of them past its calibration."""
    points = []
    for code, name, kind, station, road, stake, lanes, (longitude, latitude), certificate_days in POINTS:
        point = WeighingPoint(
            code=code,
            name=name,
            kind=kind,
            station=units[station],
            unit=units[station],
            road=road,
            stake=stake,
            lanes=lanes,
            device=f"{code}-W1",
            accuracy=AccuracyClass.C1 if kind == PointKind.FIXED else AccuracyClass.C5,
            certificate=f"示检字{code}",
            calibrated_to=after(diary.end, certificate_days),
            notice_on=after(since, -400),
        )
        place = WeighingPoint.kinds["place"]
        place.set_on(point, place.parse(f"{longitude:.6f}, {latitude:.6f}", Reading(WRITER)))
        points.append(diary.write(point, WRITER, since))
    make_calibrations(diary, points)
    return points


def make_passes(
    diary: Diary,
    site: Site,
    points: list[WeighingPoint],
    vehicles: list[Vehicle],
    exits: Exits,
    how_many: int,
    today: date,
) -> list[Accepted]:
    """A half-year of passes in a frame log, and the heavy ones of the last two days.

    What is over the limit was reviewed by two officers; what they accepted is given back.
    """
    kept: list[Accepted] = []
    trucks = [v for v in vehicles if v.vehicle_class in (VehicleClass.HEAVY, VehicleClass.TRACTOR)]
    for found, day in _weigh(diary, site, points[:4], trucks, exits, how_many, today):
        officer = diary.who("overload_officer")
        found = diary.write(found, Actor.system("车辆称重"), found.passed_at + TOLD_AFTER)
        # What passes after the officers have gone home waits for the morning.
        reviewed_on = after(day, diary.count(int(found.passed_at.hour >= OFFICE_CLOSES), 2))
        if day >= after(today, -2):
            if found.passed_at.minute % 3 == 0 and not lacking(found):
                diary.take(found, "review", officer, found.passed_at + TOLD_AFTER)
            continue
        if reviewed_on >= today or ((diary.end - day).days < 3 and diary.chance(0.5)):
            continue
        if lacking(found) or diary.chance(0.10):
            diary.take(found, "reject", officer, reviewed_on, reject_reason=_reason(diary, found))
            continue
        found = diary.take(found, "review", officer, reviewed_on)
        accepted = diary.take(found, "accept", diary.who("overload_officer", but=officer), after(reviewed_on, 1))
        kept.append((accepted, officer, after(reviewed_on, 1)))
    return kept


def _weigh(
    diary: Diary,
    site: Site,
    points: list[WeighingPoint],
    trucks: list[Vehicle],
    exits: Exits,
    how_many: int,
    today: date,
) -> Iterator[tuple[DoubtedPass, date]]:
    """Log the passes as the points would have sent them, and give those that the law finds over the limit."""
    drawn, pictures = iter(Weighings(int(diary.random.integers(1 << 31)))), PassMedia(site)
    moments = sorted(diary.moment(diary.day()) + timedelta(minutes=diary.count(-480, 400)) for _ in range(how_many))
    recent = sorted(diary.moment(after(today, -diary.count(1, 2))) for _ in range(WAITING))
    moments, values, notes, positions, owners = moments + recent, [], [], [], []
    # Left over from a county that was not finished: the ledgers forgot it, so its log goes too.
    shutil.rmtree(site.frame_logs / LOG, ignore_errors=True)
    with FrameLogWriter(site.frame_logs / LOG) as log:
        for serial in range(1, len(moments) + 1):
            point, truck = diary.one_of(points), diary.one_of(trucks)
            if serial > how_many and (gap := gap_behind(serial - how_many)):
                (before, truck, _), moments[serial - 1] = owners[-1], moments[serial - 2] + gap
                point = next(one for one in points if one is not before)
            at = moments[serial - 1]
            described = {"code": point.code, "device": point.device, "lanes": point.lanes}
            weighed = next(one for one in drawn if serial <= how_many or is_heavy(one.gross_kg, one.axles))
            item = item_of(weighed, described, at, serial % 100_000, truck.plate, diary.random)
            item |= fault_of(item, serial - how_many) if serial > how_many else {}
            item["media"] = pictures.of(item, truck.plate, serial)
            trip = None
            if left := exits.before(item, at):
                sent, trip = left
                _send(log, sent, trip.yard.point, trip.out_at)
            note, received_at, position = _send(log, item, point, at)
            positions.append(position)
            values.append(WEIGHING.read(item, received_at).values)
            notes.append(note)
            owners.append((point, truck, trip))
        log.sync()
    judged = WEIGHING.judged(values, notes)
    over = np.flatnonzero(judged["excess_kg"] > 0).tolist()
    rows = {
        place: {name: column[place] for name, column in judged.items()}
        | {"time": moments[place], "log": LOG, "frame_position": positions[place]}
        for place in {*over, *range(how_many, len(moments))}
    }
    hold_permit(diary, owners[-2][1], today)
    waiting = [place for place in over if place >= how_many]
    seen = [rows[place] for place in range(how_many, len(moments))]
    registered, told = doubts_of([rows[place] for place in waiting], seen, {one.code: one for one in points})
    doubts = dict(zip(waiting, told, strict=True))
    for place in over:
        point, truck, trip = owners[place]
        known = registered if place in doubts else Registered(vehicles={truck.plate: [truck]})
        found = record_of(rows[place], point, known, doubts.get(place))
        if trip:
            found.yard, found.source_trace = trip.yard, words_of(trip, moments[place])
        yield found, moments[place].date()


def _send(
    log: FrameLogWriter, item: dict[str, Any], point: WeighingPoint, at: datetime
) -> tuple[dict[str, Any], int, int]:
    """Log one item as its point would have sent it: the intake's note, the moment of receipt, the place in the log."""
    note = {"device": point.device, "calibrated_to": point.calibrated_to.isoformat()}
    received_at = to_micros(at) + 2 * SECOND
    text = json.dumps(item, ensure_ascii=False)
    return note, received_at, log.append(WEIGHING.frame(note, text), received_at=received_at)


def _reason(diary: Diary, found: DoubtedPass) -> str:
    if not found.calibrated:
        return RejectReason.UNCALIBRATED.value
    if not found.plate:
        return RejectReason.UNCLEAR.value
    if lacking(found):
        return RejectReason.INCOMPLETE.value
    return diary.one_of([RejectReason.PERMIT, RejectReason.CLONED, RejectReason.STRADDLED]).value
