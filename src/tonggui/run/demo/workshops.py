"""A half-year of repair shops and driving schools in the demo county: jobs, parts, claims, rescue, coaches, hours."""

from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA
from tonggui.base.geo import Point
from tonggui.ledgers.fleet.vehicle import Colour, Vehicle, VehicleClass
from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.person import Person, PersonKind
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.repair.claim import WarrantyClaim
from tonggui.ledgers.repair.job import RepairJob
from tonggui.ledgers.repair.kinds import JobKind
from tonggui.ledgers.repair.part import PartKind, RepairPart
from tonggui.ledgers.repair.rescue_point import RescuePoint, Service
from tonggui.ledgers.repair.shop import Credit, RepairShop, Scope, ShopClass
from tonggui.ledgers.training.coach import Coach, Stars
from tonggui.ledgers.training.coach_car import CoachCar
from tonggui.ledgers.training.fence import FenceKind, TrainingFence
from tonggui.ledgers.training.kinds import Part, TaughtClass, Way
from tonggui.ledgers.training.school import DrivingSchool, SchoolLevel
from tonggui.ledgers.training.session import TrainingSession
from tonggui.register.actor import Actor
from tonggui.register.kinds import Choices
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person

ARCHIVE = Actor.system("建立演示档案")
SHOPS = [
    ("城东汽车维修有限公司（示例）", ShopClass.FIRST, True),
    ("江口重汽服务站（示例）", ShopClass.SECOND, True),
    ("北桥汽修厂（示例）", ShopClass.SECOND, False),
    ("青田轮胎换油店（示例）", ShopClass.THIRD, False),
]
SCHOOLS = [("安途驾校（示例）", SchoolLevel.FIRST), ("江城驾校（示例）", SchoolLevel.SECOND)]
WORK = [
    (JobKind.UNIT, "发动机总成拆检更换", 24), (JobKind.SECOND, "二级维护作业", 10), (JobKind.SMALL, "更换制动片", 2),
    (JobKind.SPECIAL, "车身钣金喷漆", 12),
]  # fmt: skip
GROUND = (121.400, 31.260)


def make_workshops(diary: Diary, units: dict[str, Unit], today: date) -> None:
    """Repair first, then driver training; both are filed half a year before."""
    founded = diary.start - timedelta(days=160)
    centre = units["道路运输事务中心"]
    shops = [_make_shop(diary, row, centre, founded) for row in SHOPS]
    _make_jobs(diary, shops[:3])
    for n, row in enumerate(SCHOOLS):
        _make_school(diary, row, n, centre, founded)


def _firm(diary: Diary, name: str, business: Business, unit: Unit, founded: date) -> Enterprise:
    firm = Enterprise(name=name, business=business, unit=unit, manager=person(diary.random), address="示例县示例路")
    return diary.write(firm, ARCHIVE, founded)


def _staff(diary: Diary, firm: Enterprise, post: str, founded: date) -> Person:
    somebody = Person(name=person(diary.random), kind=PersonKind.ENTERPRISE, enterprise=firm, unit=firm.unit, post=post)
    return diary.write(somebody, ARCHIVE, founded)


def _make_shop(diary: Diary, row: tuple, unit: Unit, founded: date) -> RepairShop:
    """A filed shop; one with a rescue point where it uploads its records."""
    name, shop_class, uploads = row
    officer = diary.who("transport_officer")
    large = shop_class in (ShopClass.FIRST, ShopClass.SECOND)
    scopes = [Scope.UNIT, Scope.UPKEEP, Scope.SMALL, Scope.RELEASE] if large else [Scope.SMALL, Scope.SPECIAL]
    shop = RepairShop(
        enterprise=_firm(diary, name, Business.REPAIR, unit, founded), unit=unit, shop_class=shop_class,
        scopes=Choices.stored(scopes), floor_m2=diary.count(120, 1400), technicians=diary.count(4, 30),
        final_inspectors=2 if large else 0, bays=diary.count(3, 16), uploads=uploads,
        uploads_since=founded if uploads else None, address="示例县城关镇示例汽修城",
        credit=diary.one_of([Credit.AAA, Credit.AA, Credit.A]), credit_year=diary.start.year - 1,
    )  # fmt: skip
    shop = diary.take(diary.write(shop, officer, founded), "file_shop", officer, after(founded, 3))
    if uploads:
        point = RescuePoint(
            shop=shop, unit=unit, name=f"{name[:2]}救援网点（示例）", rescue_phone="13900000088", round_the_clock=True,
            services=Choices.stored([Service.TOW, Service.TYRE, Service.BATTERY]), rescue_trucks=diary.count(1, 3),
            rescuers=diary.count(2, 6), radius_km="25", arrival_minutes=45, prices_shown=True, listed_from=founded,
            agreement_until=after(diary.end, 40), covered_roads="S201 全线",
            place=Point(121.47 + diary.between(-0.05, 0.05), 31.23 + diary.between(-0.03, 0.03)),
        )  # fmt: skip
        diary.write(point, officer, founded)
    return shop


def _make_jobs(diary: Diary, shops: list[RepairShop]) -> None:
    """Jobs with their parts; shops without the connection leave theirs not uploaded; a few come back."""
    clerk = diary.who("transport_officer")
    vehicles = list(Vehicle.objects.visible_to(ARCHIVE).exclude(vin="").order_by("pk")[:40])
    inspectors = {shop.pk: _staff(diary, shop.enterprise, "质量检验员", diary.start) for shop in shops}
    for n, day in enumerate(diary.days(24)):
        shop, vehicle = diary.one_of(shops), diary.one_of(vehicles)
        kind, items, hours = diary.one_of(WORK)
        came = datetime.combine(day, time(8, 30), CHINA)
        job = RepairJob(
            shop=shop, unit=shop.unit, vehicle=vehicle, plate=vehicle.plate, vin=vehicle.vin, kind=kind,
            entered_at=came, mileage_km=diary.count(20_000, 400_000),
            symptom="例行维护" if kind == JobKind.SECOND else "",
        )  # fmt: skip
        job = diary.write(job, clerk, came)
        _make_part(diary, shop, day, job if n % 3 == 0 else None)
        if n == 23:
            continue
        left = came + timedelta(hours=hours)
        job = diary.take(
            job, "release", clerk, left, repair_items=f"{items}，{hours} 工时", labour_hours=str(hours),
            labour_fee=str(hours * 120), parts_fee=str(diary.count(1, 60) * 100), settlement_no=f"JS{n + 1:05}",
            final_inspector=inspectors[shop.pk].number,
        )  # fmt: skip
        if shop.uploads:
            diary.take(job, "upload", clerk, left + timedelta(hours=diary.count(1, 30)))
        if n % 8 == 0:
            _make_claim(diary, job, left.date())


def _make_part(diary: Diary, shop: RepairShop, day: date, job: RepairJob | None) -> None:
    clerk = diary.who("transport_officer")
    part = RepairPart(
        shop=shop, unit=shop.unit, name=diary.one_of(["制动片", "机油滤清器", "离合器总成", "轮胎"]),
        part_code=f"PN{diary.count(1000, 9999)}", kind=diary.one_of(list(PartKind)[:3]), maker="示例配件制造有限公司",
        supplier="" if diary.chance(0.15) else "示例汽配经营部", bought_on=after(day, -5), bought=diary.count(2, 12),
        price=diary.count(5, 90) * 10, part_certificate_no=f"HG{diary.count(10_000, 99_999)}",
    )  # fmt: skip
    part = diary.write(part, clerk, after(day, -5))
    if part.traceable:
        part = diary.take(part, "file_part", clerk, after(day, -4))
        if job is not None:
            diary.take(part, "fit_part", clerk, day, job=job.number, fitted="1", old_part_returned="是")


def _make_claim(diary: Diary, job: RepairJob, left: date) -> None:
    clerk, day = diary.who("transport_officer"), after(left, diary.count(2, 9))
    claim = WarrantyClaim(
        job=job, unit=job.unit, claimed_on=day, claim_km=job.mileage_km + diary.count(100, 1500),
        fault_item="修后异响", fault="行驶中原部位异响",
    )  # fmt: skip
    claim = diary.take(diary.write(claim, clerk, day), "accept_claim", clerk, after(day, 1))
    diary.take(claim, "finish_rework", clerk, after(day, 2))


def _make_school(diary: Diary, row: tuple, n: int, unit: Unit, founded: date) -> None:
    name, level = row
    officer, monitor = diary.who("transport_officer"), diary.who("monitor")
    school = DrivingSchool(
        enterprise=_firm(diary, name, Business.TRAINING, unit, founded), unit=unit, school_level=level,
        taught_classes=Choices.stored([TaughtClass.C1, TaughtClass.C2]), grounds_m2=21_000 - 6_000 * n,
        ground_until=after(diary.end, 50), car_total=3, coach_total=3, address="示例县城关镇示例驾校路",
    )  # fmt: skip
    school = diary.take(diary.write(school, officer, founded), "file_school", officer, after(founded, 2))
    if n:
        moved = {"relocated_on": diary.day().isoformat(), "old_address": "示例县城关镇老车站旁"}
        diary.take(school, "move_ground", officer, date.fromisoformat(moved["relocated_on"]), **moved)
    west, south = GROUND[0] + n * 0.03, GROUND[1]
    ring = [[west, south], [west + 0.004, south], [west + 0.004, south + 0.003], [west, south + 0.003], [west, south]]
    fence = TrainingFence(
        school=school, unit=unit, name=f"{name[:2]}训练场（示例）", kind=FenceKind.GROUND, most_cars=20,
        polygon={"type": "Polygon", "coordinates": [ring]},
    )  # fmt: skip
    fence = diary.take(
        diary.write(fence, officer, founded), "enforce", monitor, founded, in_force_from=founded.isoformat()
    )
    inside = Point(west + 0.002, south + 0.001)
    for place in range(3):
        _make_coach(diary, school, fence, inside, n * 3 + place, founded)


def _make_coach(
    diary: Diary, school: DrivingSchool, fence: TrainingFence, inside: Point, n: int, founded: date
) -> None:
    """A coach with a car, and a session every month, some of them partly outside the fence."""
    officer, unit = diary.who("transport_officer"), school.unit
    coach = Coach(
        person=_staff(diary, school.enterprise, "教练员", founded), school=school, unit=unit, hired_on=founded,
        coach_card=f"示教{n + 1:06}", taught_classes=Choices.stored([TaughtClass.C1]),
        card_until=after(diary.end, 20 if n == 1 else diary.count(90, 900)),
    )  # fmt: skip
    coach = diary.write(coach, officer, founded)
    diary.take(coach, "rate_coach", officer, diary.day(), stars=diary.one_of(list(Stars)[:3]).label,
               rated_on=diary.end.isoformat(), complaints="0")  # fmt: skip
    vehicle = Vehicle(
        plate=f"示C{n + 1:04}学", plate_color=Colour.YELLOW, vin=f"LSXUEC{n + 1:011}", unit=unit,
        vehicle_class=VehicleClass.TRAINING, enterprise=school.enterprise, permit_until=after(diary.end, 200),
    )  # fmt: skip
    car = CoachCar(
        vehicle=diary.write(vehicle, ARCHIVE, founded), school=school, unit=unit, timing_no=f"SLJS{n + 1:07}",
        second_brake=True, coach_mirror=True, car_insured_until=after(diary.end, 15 if n == 2 else 240),
    )  # fmt: skip
    car = diary.take(diary.write(car, officer, founded), "use_car", officer, founded)
    for turn, day in enumerate(diary.days(5)):
        starts = datetime.combine(day, time(8 + 2 * turn, 10), CHINA)
        out = diary.count(10, 40) if diary.chance(0.25) else 0
        session = TrainingSession(
            trainee_no=f"XY{n * 10 + turn:07}", coach=coach, car=car, fence=fence, way=Way.CAR, unit=unit,
            syllabus_part=Part.GROUND, starts_at=starts, train_minutes=90, teaching_minutes=diary.count(60, 85),
            minutes_out=out, photo_count=diary.count(5, 9), place=inside, hours_uploaded_at=starts + timedelta(hours=5),
        )  # fmt: skip
        session = diary.write(session, officer, starts + timedelta(hours=5))
        if out > 30:
            diary.take(session, "strike_hours", officer, after(day, 2), "围栏外训练时间过长")
        elif turn < 4:
            diary.take(session, "count_hours", officer, after(day, 2))
