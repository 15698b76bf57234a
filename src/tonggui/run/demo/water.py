"""A half-year on the demo county's river: crossings, boats and crew, trips, stop orders and patrols."""

from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA
from tonggui.ledgers.parties.departments import Department
from tonggui.ledgers.parties.person import Person, PersonKind
from tonggui.ledgers.parties.town import Town, TownKind
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.water.boat import Boat, BoatKind
from tonggui.ledgers.water.crew import Crew, Post
from tonggui.ledgers.water.ferry import Ferry
from tonggui.ledgers.water.patrol import Patrol, PatrolKind
from tonggui.ledgers.water.suspension import Cause, Suspension
from tonggui.ledgers.water.voyage import Refusal, Voyage, Weather
from tonggui.ledgers.water.waterway import Waterway, WaterwayClass
from tonggui.register.actor import Actor
from tonggui.register.kinds import Choices
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person
from tonggui.run.demo.ship_waste import make_ship_waste

ARCHIVE = Actor.system("建立演示档案")
# Name, from, to, km, class, depth kept up in m.
WATERWAYS = [
    ("示例江江口段", "江口大桥", "北桥枢纽", "18.6", WaterwayClass.IV, "1.90"),
    ("示例江北桥段", "北桥枢纽", "青田渡口", "23.4", WaterwayClass.V, "1.10"),
    ("石湖支流", "石湖口", "龙山水库", "9.8", WaterwayClass.VII, "0.80"),
]
# Name, town, width in m, persons a day, peak, quota, school run, market days, stop level in m.
FERRIES = [
    ("江口渡口（示例）", "江口镇", 260, 320, 760, 40, True, "逢1、4、7", "38.5"),
    ("北桥老渡（示例）", "北桥镇", 310, 180, 420, 30, False, "逢2、5、8", "36.2"),
    ("石湖渡口（示例）", "石湖乡", 150, 60, 150, 12, True, "逢3、6、9", "35.0"),
    ("青田渡口（示例）", "青田镇", 220, 95, 260, 20, False, "逢2、7", "34.8"),
    ("龙山库区渡口（示例）", "龙山乡", 480, 40, 110, 12, True, "", "41.0"),
]
# Name, kind, tons, power in kW.
OTHER_BOATS = [
    ("示例货0188", BoatKind.CARGO, "480", "220"),
    ("示例货0199", BoatKind.CARGO, "496", "220"),
    ("示例江砂018", BoatKind.SAND, "320", "160"),
    ("示例海巡01", BoatKind.PATROL, "12", "180"),
    ("江口示例趸", BoatKind.PONTOON, "60", "0"),
    ("江口下游无名船1号", BoatKind.UNREGISTERED, "3", "12"),
]
ROUTES = ["江口渡口至北桥老渡", "北桥枢纽至青田渡口", "石湖口至龙山水库", "江口大桥上下游各五公里"]
FOUND = ["一艘渡船救生衣老化", "渡口公告牌字迹不清", "砂石码头未设防污挡板", "乡镇自用船违规载客"]


def make_water(diary: Diary, units: dict[str, Unit], today: date) -> None:
    """All of it, in the order in which one thing needs another."""
    centre = units["水路事务中心"]
    founded = diary.start - timedelta(days=200)
    ferries = _make_ferries(diary, centre, founded)
    boats = _make_boats(diary, ferries, centre, founded)
    _make_voyages(diary, [boat for boat in boats if boat.ferry])
    _make_orders(diary, ferries)
    _make_patrols(diary, centre)
    make_ship_waste(diary, [boat for boat in boats if boat.gives_waste], centre, founded)


def _town(diary: Diary, name: str, founded: date) -> Town:
    there = Town.objects.visible_to(ARCHIVE).filter(name=name).first()
    return there or diary.write(Town(name=name, kind=TownKind.TOWN), ARCHIVE, founded)


def _person(diary: Diary, post: str, kind: PersonKind, founded: date, **values) -> Person:
    return diary.write(Person(name=person(diary.random), kind=kind, post=post, **values), ARCHIVE, founded)


def _make_ferries(diary: Diary, centre: Unit, founded: date) -> list[Ferry]:
    reaches = [
        Waterway(
            name=name, river="示例江", begins_at=begin, ends_at=end, length_km=km, present_class=grade, depth_m=depth
        )
        for name, begin, end, km, grade, depth in WATERWAYS
    ]
    for reach in reaches:
        diary.write(reach, ARCHIVE, founded)
    ferries = []
    for number, (name, town, width, daily, peak, quota, school, market, level) in enumerate(FERRIES):
        ferry = Ferry(
            name=name, town=_town(diary, town, founded), waterway=reaches[number % 3], distance_m=width, unit=centre,
            approval_no=f"示府函〔20{10 + number}〕{number + 7}号", approved_on=date(2010 + number, 5, 8),
            hours="06:30 至 18:30", market_days=market, school_run=school, daily=daily, peak=peak, capacity=quota,
            stop_level=level, signer=_person(diary, "签单员", PersonKind.TOWN, founded),
            town_chief=_person(diary, "乡镇分管负责人", PersonKind.TOWN, founded),
        )  # fmt: skip
        ferries.append(diary.write(ferry, ARCHIVE, founded))
    return ferries


def _make_boats(diary: Diary, ferries: list[Ferry], centre: Unit, founded: date) -> list[Boat]:
    """A ferry and its ferryman for each crossing, and the other boats; one survey and one certificate end soon."""
    boats = []
    for number, ferry in enumerate(ferries, 1):
        crew = Crew(
            person=_person(diary, "渡工", PersonKind.VILLAGE, founded), post=Post.FERRYMAN, ferry=ferry, unit=centre,
            certificate=f"示渡工{number:04}", grade="内河三类" if ferry.capacity > 12 else "",
            issued_on=date(diary.start.year - 2, 8, 1), valid_until=after(diary.end, 40 if number == 2 else 700),
            health_on=diary.start, trained_on=diary.day(),
        )  # fmt: skip
        crew = diary.write(crew, ARCHIVE, founded)
        boat = Boat(
            name=f"示例渡{number:03}", kind=BoatKind.FERRY, registration=f"示登{number:06}", ferry=ferry,
            town=ferry.town, master=crew,
            capacity=ferry.capacity, wind_grade=6, length_m="14.8", power_kw="66", material="钢质",
            life_jackets=ferry.capacity + 6, survey_until=after(diary.end, 25 if number == 3 else 300),
            registered_until=after(diary.end, 900), unit=centre,
        )  # fmt: skip
        boats.append(diary.write(boat, ARCHIVE, founded))
    for name, kind, tonnage, power in OTHER_BOATS:
        papers = {} if kind == BoatKind.UNREGISTERED else {"survey_until": after(diary.end, diary.count(60, 500))}
        boat = Boat(name=name, kind=kind, tonnage=tonnage, power_kw=power, unit=centre, **papers)
        boats.append(diary.write(boat, ARCHIVE, founded))
    officer, day = diary.who("water_officer"), diary.day()
    diary.take(boats[-1], "break_up", officer, day, "乡镇集中拆解", broken_up_on=day.isoformat())
    return boats


def _make_voyages(diary: Diary, boats: list[Boat]) -> None:
    """Trips signed off and some refused; the last one still waits for its signature."""
    officer = diary.who("water_officer")
    days = diary.days(18)
    for number, day in enumerate(days, 1):
        boat = diary.one_of(boats)
        at = datetime.combine(day, time(diary.count(7, 17), diary.count(0, 59)), CHINA)
        over = diary.chance(0.12)
        people = boat.capacity + diary.count(1, 5) if over else diary.count(2, boat.capacity)
        trip = Voyage(
            ferry=boat.ferry, boat=boat, master=boat.master, sailed_at=at, passengers=people, jackets_worn=people,
            students=people // 3 if boat.ferry.school_run else 0, weather=diary.one_of([Weather.FINE, Weather.RAIN]),
            wind=diary.count(1, 4), signer=boat.ferry.signer.name, unit=boat.ferry.unit,
        )  # fmt: skip
        trip = diary.write(trip, officer, at)
        if over:
            diary.take(trip, "refuse", officer, at, refusals=[Refusal.OVERLOAD])
        elif number < len(days):
            trip = diary.take(trip, "sign", officer, at)
            diary.take(trip, "arrive", officer, at + timedelta(minutes=diary.count(15, 40)))


def _make_orders(diary: Diary, ferries: list[Ferry]) -> None:
    officer = diary.who("water_officer")
    for day in diary.days(9):
        at = datetime.combine(day, time(5, diary.count(5, 55)), CHINA)
        cause, reading, calm = diary.one_of([(Cause.FOG, "180", "1500"), (Cause.WIND, "7", "3")])
        order = Suspension(
            cause=cause, ferry=diary.one_of(ferries), reading=reading, from_at=at, told="电话通知签单员、学校和船主"
        )
        order.unit = order.ferry.unit
        order = diary.take(diary.write(order, officer, at), "order", officer, at)
        over = at + timedelta(hours=diary.count(2, 9))
        diary.take(order, "resume", officer, over, lift_reading=calm, lifted_at=over.isoformat())


def _make_patrols(diary: Diary, centre: Unit) -> None:
    for day in diary.days(14):
        joint = diary.chance(0.5)
        found = diary.count(0, 2)
        patrol = Patrol(
            kind=diary.one_of(list(PatrolKind)), patrolled_on=day, route=diary.one_of(ROUTES), unit=centre,
            partners=Choices.stored([Department.WATER, Department.FISHERY, Department.POLICE]) if joint else "",
            leading=diary.one_of(["县交通运输局", "县农业农村局"]) if joint else "", staff=diary.count(4, 14),
            launches=diary.count(1, 3), boats_checked=diary.count(3, 18), ferries_checked=diary.count(0, 4),
            gear_removed=diary.count(0, 5) if joint else 0, taught=diary.count(0, 40), hazards_found=found,
            findings="；".join(diary.one_of(FOUND) for _ in range(found)) or "未发现问题",
        )  # fmt: skip
        patrol = diary.write(patrol, diary.who("water_officer"), day)
        if (diary.end - day).days > 4:
            diary.confirm(patrol, "water_officer", "director", after(day, 1))
