"""一超四罚 of the demo county: a truck at its fourth time in a firm at a ninth of its trucks, and a firm above a tenth.

What the officers have done with the checks that asked for something is told too.
"""

from datetime import date, timedelta

from tonggui.ledgers.enforcement.officer import Officer
from tonggui.ledgers.fleet.driver import Driver, Licence, Qualification
from tonggui.ledgers.fleet.vehicle import Colour, Vehicle, VehicleClass
from tonggui.ledgers.overload.case import Case, Found
from tonggui.ledgers.overload.fourfold import Fourfold
from tonggui.ledgers.overload.fourfold_kinds import Checked, Level
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.ledgers.overload.yard import Yard
from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.fleet import credit_code_of
from tonggui.run.demo.names import plate
from tonggui.run.demo.overload_cases import Story

WRITER = Actor.system("建立演示档案")
#: Name, trucks, days of the half-year on which its first truck was stopped.
FIRMS = (("示例九鼎物流有限公司", 11, (6, 40, 72, 101)), ("示例通途货运有限公司", 9, (55,)))
FIRST_PLATE, FIRST_FIRM = 85_001, 850
ORDINARY = 9
#: An officer who looks at a check this many days after it was opened has been quick enough.
LOOKED_AT_AFTER = 5


def make_repeats(
    diary: Diary,
    units: dict[str, Unit],
    officers: list[Officer],
    yards: list[Yard],
    station: WeighingPoint,
    today: date,
) -> None:
    """The two firms, their trucks and drivers, and the cases of the truck that was stopped again and again."""
    first = FIRST_PLATE
    for number, (name, how_many, days) in enumerate(FIRMS):
        since = after(diary.start, -60)
        firm = Enterprise(
            name=name,
            credit_code=credit_code_of(FIRST_FIRM + number),
            business=Business.FREIGHT,
            unit=units["道路运输事务中心"],
            licence=f"示运管许可字{FIRST_FIRM + number:06}号",
            licence_first_on=after(since, -1400),
            licence_until=after(diary.end, 600),
        )
        firm = diary.write(firm, WRITER, since)
        trucks = [_truck(firm, first + n, since) for n in range(how_many)]
        trucks = diary.write_all(Vehicle, trucks, WRITER, since)
        driver = diary.write(_driver(firm, number, since, diary.end), WRITER, since)
        for day in days:
            stopped_on = after(diary.start, day)
            case = _case(trucks[0], driver, yards[2 + number], diary, stopped_on)
            officer = diary.who("overload_officer")
            case = diary.write(case, officer, stopped_on)
            Story(diary, case, officer, officers, station, today, ORDINARY).tell()
        first += how_many


def _truck(firm: Enterprise, number: int, since: date) -> Vehicle:
    return Vehicle(
        plate=plate(number),
        plate_color=Colour.YELLOW,
        vehicle_class=VehicleClass.HEAVY,
        enterprise=firm,
        unit=firm.unit,
        gross_kg=31_000,
        permit=f"示交运管字{number:08}",
        permit_first_on=after(since, -700),
        permit_until=after(since, 500),
    )


def _driver(firm: Enterprise, number: int, since: date, end: date) -> Driver:
    return Driver(
        name=("孙示例", "周示例")[number],
        certificate=f"SLF{number + 1:013}",
        qualification=Qualification.FREIGHT,
        licence=Licence.B2,
        enterprise=firm,
        unit=firm.unit,
        certificate_first_on=after(since, -900),
        valid_until=after(end, 700),
    )


def _case(truck: Vehicle, driver: Driver, yard: Yard, diary: Diary, day: date) -> Case:
    return Case(
        found_by=Found.ROADSIDE,
        unit=truck.unit,
        plate=truck.plate,
        vehicle=truck,
        enterprise=truck.enterprise,
        driver=driver,
        driver_name=driver.name,
        yard=yard,
        source=yard.name,
        scene="示例大道 K3+200",
        received_on=day,
        happened_on=day,
        acted_at=diary.moment(day),
        gross_kg=31_000 + diary.count(55, 140) * 100,
        limit_kg=31_000,
    )


def deal_with_checks(diary: Diary, today: date) -> None:
    """The checks of the county but the latest: warned, copied and answered, or found to concern nobody on file."""
    officer = diary.who("overload_officer")
    waiting = Fourfold.objects.visible_to(WRITER).filter(
        state="to_verify", took_effect_on__lt=today - timedelta(days=40)
    )
    for check in waiting.order_by("took_effect_on", "pk"):
        day = after(check.took_effect_on, LOOKED_AT_AFTER)
        if check.level == Level.UNKNOWN:
            diary.take(check, "set_aside", officer, day, "个体运输，未在本县建档（示例）")
        elif check.checked_party == Checked.YARD:
            result = "装载记录与称重一致，未发现超限放行（示例）"
            diary.take(check, "handle", officer, day, answered_on=day.isoformat(), result=result)
        elif check.level == Level.WARNED:
            diary.take(check, "warn_party", officer, day, warned_on=day.isoformat())
        else:
            check = diary.take(check, "copy", officer, day, copied_on=day.isoformat())
            answered = {"answered_on": after(day, 21).isoformat(), "result": "已依法处理（示例）"}
            diary.take(check, "handle", officer, after(day, 22), **answered)
