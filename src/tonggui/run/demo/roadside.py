"""Roads of the demo county as ledgers: sections and bridges, chiefs and patrols, what was found and what was done."""

from datetime import date
from decimal import Decimal

from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.ledgers.parties.person import Person, PersonKind
from tonggui.ledgers.parties.town import Town, TownKind
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.roads.board import Board, Shown
from tonggui.ledgers.roads.bridge import Bridge, Structure
from tonggui.ledgers.roads.bridge_check import BridgeCheck
from tonggui.ledgers.roads.chief import Chief, ChiefLevel
from tonggui.ledgers.roads.dispatch import Dispatch
from tonggui.ledgers.roads.patrol import Patrol
from tonggui.ledgers.roads.problem import Origin, Problem, ProblemKind, Works
from tonggui.ledgers.roads.road import Road, Surface
from tonggui.ledgers.roads.section import Section
from tonggui.register.actor import Actor
from tonggui.register.kinds import Choices
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person
from tonggui.run.demo.road_works import (
    make_cleaning_and_examples,
    make_hamlets,
    make_permits_and_closures,
    make_roadside,
    make_sites,
    photo,
)

ARCHIVE = Actor.system("建立演示路网")
# Code, name, grade, class, kilometres.
ROADS = [
    ("X001", "城关至江口公路（示例）", "X", "3", "24.6"),
    ("X007", "北桥至石湖公路（示例）", "X", "3", "18.2"),
    ("Y014", "江口至青田公路（示例）", "Y", "4", "12.4"),
    ("Y021", "石湖至龙山公路（示例）", "Y", "4", "9.8"),
    ("C103", "东岗村道（示例）", "C", "4", "4.2"),
    ("C118", "西河村道（示例）", "C", "9", "3.6"),
]
FOUND = [
    (ProblemKind.PAVEMENT, "路面坑槽%d处", Works.MINOR),
    (ProblemKind.PAVEMENT, "面板断裂%d块，需挖补", Works.MEDIUM),
    (ProblemKind.SUBGRADE, "边坡小型滑塌%d处", Works.URGENT),
    (ProblemKind.DRAIN, "边沟淤塞约%d0米", Works.ROUTINE),
    (ProblemKind.SIGN, "警告标志缺失%d块", Works.MINOR),
    (ProblemKind.GREEN, "行道树遮挡标志%d处", Works.ROUTINE),
    (ProblemKind.FLOOD, "水毁路基缺口%d处", Works.MAJOR),
]


def make_roads(diary: Diary, units: dict[str, Unit], today: date) -> None:
    """The road ledgers of the half-year, for towns, people and vehicles that are there already."""
    centre = units["公路事务中心"]
    system = Actor.system("读取演示档案")
    towns = list(Town.objects.visible_to(system).filter(kind=TownKind.TOWN).order_by("pk"))
    hamlets = list(Town.objects.visible_to(system).filter(kind=TownKind.HAMLET).order_by("pk")[:24])
    chiefs = list(Person.objects.visible_to(system).filter(kind=PersonKind.TOWN).order_by("pk"))
    truck = Vehicle.objects.visible_to(system).order_by("pk").first()
    sections = make_sections(diary, centre, towns)
    make_bridges(diary, sections)
    in_office = make_chiefs(diary, sections, chiefs)
    patrols = make_patrols(diary, in_office)
    make_problems(diary, centre, sections, patrols, today)
    make_sites(diary, sections)
    make_roadside(diary, patrols)
    make_permits_and_closures(diary, sections)
    make_hamlets(diary, centre, hamlets)
    make_cleaning_and_examples(diary, sections, truck, towns)


def make_sections(diary: Diary, centre: Unit, towns: list[Town]) -> list[Section]:
    """The roads, each in two sections."""
    made = []
    for number, (code, name, grade, road_class, km) in enumerate(ROADS):
        town, further = towns[number % len(towns)], towns[(number + 1) % len(towns)]
        line = Road(code=code, name=name, admin_grade=grade, road_class=road_class, road_km=Decimal(km), unit=centre)
        line.start_place, line.end_place, line.opened_year = town.name, further.name, 2004 + number
        line = diary.write(line, ARCHIVE, diary.start)
        middle = f"K{int(Decimal(km)) // 2}+000"
        for start, end, place in (("K0+000", middle, town), (middle, f"K{km.replace('.', '+')}00", further)):
            part = Section(road=line, name=f"{code}{place.name}段", start_stake=start, end_stake=end, town=place)
            part.road_class, part.surface, part.listed, part.unit = road_class, Surface.CEMENT, True, centre
            made.append(diary.write(part, ARCHIVE, diary.start))
    return made


def make_bridges(diary: Diary, sections: list[Section]) -> list[Bridge]:
    """A bridge on each section, its class from an inspection that a second person checked."""
    made = []
    for number, section in enumerate(sections):
        bridge = Bridge(name=f"示例{number + 1}号桥", road=section.road, section=section, unit=section.unit)
        bridge.stake, bridge.structure = section.start_stake, diary.one_of(list(Structure))
        bridge.bridge_length_m, bridge.opened_year = Decimal(diary.count(10, 120)), diary.count(1978, 2018)
        made.append(diary.write(bridge, ARCHIVE, diary.start))
        score = Decimal([97, 88, 84, 70, 72, 52][number % 6])
        check = BridgeCheck(bridge=bridge, kind="periodic", visited_on=diary.day(), unit=section.unit)
        check.deck_score = check.upper_score = check.lower_score = score
        check.inspectors, check.findings = f"{person(diary.random)}、{person(diary.random)}", "裂缝、支座情况见检测记录"
        check = diary.write(check, diary.who("road_officer"), check.visited_on)
        diary.confirm(check, "road_officer", "director", after(check.visited_on, 2))
    return made


def make_chiefs(diary: Diary, sections: list[Section], people: list[Person]) -> list[Chief]:
    """A village chief on each section, with a board at its roadside."""
    made = []
    for number, section in enumerate(sections):
        chief = Chief(person=people[number % len(people)], chief_level=ChiefLevel.VILLAGE, section=section)
        chief = diary.write(chief, diary.who("road_officer"), diary.start)
        day = after(diary.start, 9)
        appointment = {"appointment_no": f"示路长办〔{day.year}〕1号", "appointed_on": day.isoformat()}
        made.append(chief := diary.take(chief, "appoint", diary.who("road_officer"), day, **appointment))
        board = Board(keeper_chief=chief, section=section, stake=section.start_stake, phone="12328")
        board.shown, board.erected_on = (
            Choices.stored([one for one in Shown.values if number % 4 or one != Shown.OFFICER]),
            after(day, 20),
        )
        diary.write(board, diary.who("road_officer"), board.erected_on)
    return made


def make_patrols(diary: Diary, chiefs: list[Chief]) -> list[Patrol]:
    """Patrols by chiefs and by the maintenance crew, most of them checked."""
    made = []
    for day in diary.days(36):
        chief, by_chief = diary.one_of(chiefs), diary.chance(0.5)
        patrol = Patrol(kind="chief" if by_chief else "upkeep", walked_on=day, section=chief.section)
        patrol.chief_on_road = chief if by_chief else None
        patrol.patrollers, patrol.staff, patrol.vehicles = person(diary.random), diary.count(1, 4), 1
        patrol.patrol_km, patrol.trades = chief.section.road_km, ",upkeep,cleaning,"
        patrol.upkeep_report, patrol.cleaning_report = "发现坑槽、边沟淤塞", "边沟内有少量垃圾，已清理"
        patrol.road_problems, patrol.solved_on_spot = diary.count(1, 4), diary.count(0, 1)
        made.append(patrol := diary.write(patrol, diary.who("road_officer"), day))
        if diary.chance(0.85):
            diary.confirm(patrol, "road_officer", "director", after(day, 1))
    return made


def make_problems(diary: Diary, centre: Unit, sections: list[Section], patrols: list[Patrol], today: date) -> None:
    """Problems as far on their way as their days allow, and a dispatch meeting each month."""
    for patrol in patrols:
        kind, words, works = diary.one_of(FOUND)
        day, officer = patrol.walked_on, diary.who("road_officer")
        problem = Problem(origin=Origin.PATROL, kind=kind, content=words % diary.count(1, 5), section=patrol.section)
        problem.patrol, problem.found_on, problem.works, problem.unit = patrol, day, works, centre
        problem = diary.write(problem, officer, day)
        if diary.chance(0.1):
            continue
        problem = diary.take(problem, "dispatch", officer, after(day, 1), owner=centre.number)
        fixed_on = after(day, diary.count(3, 40))
        if diary.chance(0.15) or fixed_on >= today:
            continue
        done = {"photos_after": photo(diary, problem.ledger), "fixed_on": fixed_on.isoformat()}
        problem = diary.take(problem, "fix", officer, fixed_on, funds=str(diary.count(1, 60) * 1000), **done)
        if diary.chance(0.9):
            diary.take(problem, "accept", diary.who("director"), after(fixed_on, 2))
    for month in range(diary.start.month, diary.end.month + 1):
        meeting = Dispatch(
            held_on=date(diary.start.year, month, 25), attending="建设养护股、公路事务中心、各乡镇", unit=centre
        )
        meeting.decided = "逐项核对清单，逾期事项明确责任人和完成时间"
        meeting = diary.write(meeting, diary.who("road_officer"), meeting.held_on)
        diary.confirm(meeting, "road_officer", "director", after(meeting.held_on, 1))
