"""Weighing points of the demo county and a half-year of doubted passes and cases."""

from datetime import date, timedelta
from decimal import Decimal

from tonggui.ledgers.fleet.vehicle import Vehicle, VehicleClass
from tonggui.ledgers.overload.case import Case, Found
from tonggui.ledgers.overload.doubted_pass import DoubtedPass, RejectReason
from tonggui.ledgers.overload.point import AccuracyClass, PointKind, WeighingPoint
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.register.kinds import Reading
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import TOWNS, person
from tonggui.statutes.overloading import judge

WRITER = Actor.system("建立演示检测点")
# Code, name, kind, station, road, stake, lanes, longitude and latitude, days from the period's end to the
# certificate's.
POINTS = [
    ("SL0001", "城东不停车检测点", PointKind.NON_STOP, "城东治超站", "示例大道", "K3+200", 2, (121.5128, 31.2312), 300),
    ("SL0002", "城西不停车检测点", PointKind.NON_STOP, "城西治超站", "示例西路", "K8+050", 2, (121.4262, 31.2165), 260),
    ("SL0003", "江北不停车检测点", PointKind.NON_STOP, "江北执法中队", "江北路", "K1+900", 3, (121.4820, 31.2610), 45),
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
    ("SL7001", "示例砂石厂源头称重点", PointKind.SOURCE, "城西治超站", "厂区出口", "", 1, (121.4150, 31.2420), 150),
]
SOURCES = ["示例金桥砂石加工厂（示例）", "示例东岭砂石加工厂（示例）", "示例江城砂石加工厂（示例）"]
# Axle groups as the devices write them, axles, and their share among trucks over the limit.
LAYOUTS = [("157", 6, 0.45), ("155", 5, 0.12), ("127", 5, 0.10), ("115", 4, 0.20), ("15", 3, 0.08), ("12", 2, 0.05)]
DOUBTS = ["", "", "", "", "左右轴重差 38%", "车速变化大，过磅时可能制动", "轴数与车型不符"]


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
            calibrated_to=after(diary.end, certificate_days + 180),
            notice_on=after(since, -400),
        )
        place = WeighingPoint.kinds["place"]
        place.set_on(point, place.parse(f"{longitude:.6f}, {latitude:.6f}", Reading(WRITER)))
        points.append(diary.write(point, WRITER, since))
    return points


def make_passes_and_cases(
    diary: Diary, points: list[WeighingPoint], vehicles: list[Vehicle], how_many: int, today: date
) -> None:
    """Doubted passes, reviewed by two officers, and a case for most of those accepted."""
    trucks = [v for v in vehicles if v.vehicle_class in (VehicleClass.HEAVY, VehicleClass.TRACTOR)]
    for number, day in enumerate(diary.days(how_many), 1):
        found = _pass(diary, number, day, diary.one_of(points[:4]), diary.one_of(trucks))
        officer = diary.who("overload_officer")
        found = diary.write(found, Actor.system("车辆称重"), day)
        reviewed_on = after(day, diary.count(0, 2))
        if reviewed_on >= today or ((diary.end - day).days < 3 and diary.chance(0.5)):
            continue
        if not found.calibrated or diary.chance(0.14):
            reason = RejectReason.UNCALIBRATED if not found.calibrated else diary.one_of(list(RejectReason)[:4])
            diary.take(found, "reject", officer, reviewed_on, reject_reason=str(reason))
            continue
        found = diary.take(found, "review", officer, reviewed_on)
        accepted = diary.take(found, "accept", diary.who("overload_officer", but=officer), after(reviewed_on, 1))
        if diary.chance(0.55):
            _case(diary, accepted, officer, after(reviewed_on, diary.count(2, 7)), today)


def _pass(diary: Diary, number: int, day: date, point: WeighingPoint, truck: Vehicle) -> DoubtedPass:
    group, axles, _ = LAYOUTS[int(diary.random.choice(len(LAYOUTS), p=[share for *_, share in LAYOUTS]))]
    over = 1 + float(diary.random.exponential(0.14)) + 0.025
    limit = int(judge(day, gross_kg=[100_000], axles=[axles], type_code=[int(group)])["limit_kg"][0])
    gross = int(round(limit * min(over, 2.2), -1))
    judged = judge(day, gross_kg=[gross], axles=[axles], type_code=[int(group)])
    at = diary.moment(day) + timedelta(hours=diary.count(-6, 10))
    return DoubtedPass(
        record_no=f"{point.code}{at:%Y%m%d%H%M%S}{number:05}",
        point=point,
        unit=point.unit,
        passed_at=at,
        plate=truck.plate,
        vehicle=truck,
        axles=axles,
        axle_groups=group,
        speed_kmh=Decimal(f"{diary.between(18, 68):.1f}"),
        gross_kg=gross,
        limit_kg=limit,
        excess_kg=gross - limit,
        rate=Decimal(f"{float(judged['rate'][0]) * 100:.2f}"),
        fine_yuan=Decimal(str(judged["fine_yuan"][0])),
        calibrated=point.calibrated_on(day),
        doubt=diary.one_of(DOUBTS),
    )


def _case(diary: Diary, found: DoubtedPass, officer: Actor, filed_on: date, today: date) -> None:
    if filed_on >= today:
        return
    roadside = diary.chance(0.4)
    case = Case(
        found_by=Found.ROADSIDE if roadside else Found.OFF_SITE,
        doubted_pass=found,
        point=found.point,
        unit=found.unit,
        plate=found.plate,
        vehicle=found.vehicle,
        enterprise=found.vehicle.enterprise,
        driver_name=person(diary.random),
        source=diary.one_of(SOURCES) + "，" + diary.one_of(TOWNS),
        filed_on=filed_on,
        gross_kg=found.gross_kg,
        limit_kg=found.limit_kg,
        must_unload=roadside,
    )
    case = diary.write(case, officer, filed_on)
    decided_on = after(filed_on, diary.count(6, 40))
    if decided_on >= today:
        return
    case = diary.take(
        case, "decide", officer, decided_on, fine=str(case.lawful_fine), decided_on=decided_on.isoformat()
    )
    closed_on = after(decided_on, diary.count(1, 20))
    if closed_on >= today or diary.chance(0.05):
        return
    values = {"paid_on": closed_on.isoformat(), "closed_on": closed_on.isoformat()}
    if roadside:
        unloaded = Decimal(found.excess_kg) / 1000 + Decimal(diary.count(0, 8)) / 10
        values |= {"unloaded_t": f"{unloaded:.1f}", "unloaded_on": filed_on.isoformat()}
    diary.take(case, "close", diary.who("overload_officer", but=officer), closed_on, **values)
