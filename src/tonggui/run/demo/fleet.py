"""The demo county's firms, vehicles, drivers, terminals and watched areas."""

from datetime import date

from tonggui.base.codes import credit_check_sign
from tonggui.ledgers.fleet.area import Applies, Purpose, WatchedArea
from tonggui.ledgers.fleet.driver import Driver, Licence, Qualification
from tonggui.ledgers.fleet.terminal import Edition, Terminal
from tonggui.ledgers.fleet.vehicle import Colour, Vehicle, VehicleClass
from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import firms, person, plate

WRITER = Actor.system("建立演示档案")
FIRST_PHONE = 13_900_100_000

# Business, kind of name, how many firms, share of the fleet, class of vehicle, gross mass kg, seats, firm's limit km/h.
FLEETS = [
    (Business.PASSENGER, "passenger", 6, 0.09, VehicleClass.COACH, None, 45, 80),
    (Business.TOURIST, "tourist", 4, 0.05, VehicleClass.CHARTER, None, 49, 80),
    (Business.HAZMAT, "hazmat", 5, 0.09, VehicleClass.HAZMAT, 25_000, None, 60),
    (Business.FREIGHT, "freight", 14, 0.47, VehicleClass.HEAVY, 31_000, None, 60),
    (Business.FREIGHT, "freight", 6, 0.20, VehicleClass.TRACTOR, 49_000, None, 60),
    (Business.BUS, "bus", 2, 0.10, VehicleClass.BUS, None, 70, 60),
]
QUALIFICATIONS = {
    VehicleClass.COACH: (Qualification.PASSENGER, Licence.A1),
    VehicleClass.CHARTER: (Qualification.PASSENGER, Licence.A1),
    VehicleClass.HAZMAT: (Qualification.HAZMAT, Licence.A2),
    VehicleClass.HEAVY: (Qualification.FREIGHT, Licence.B2),
    VehicleClass.TRACTOR: (Qualification.FREIGHT, Licence.A2),
    VehicleClass.BUS: (Qualification.BUS, Licence.A3),
}
# West, south, east, north in degrees; drawn by hand for the demo on the base map's roads.
AREAS = [
    ("示例饮用水源保护区", Purpose.FORBIDDEN, Applies.HAZMAT, None, (121.455, 31.232, 121.468, 31.243)),
    ("示例老城限速区", Purpose.SPEED, Applies.ALL, 60, (121.476, 31.218, 121.494, 31.232)),
    ("示例客运站周边", Purpose.WATCHED, Applies.PASSENGER, None, (121.448, 31.246, 121.462, 31.256)),
    ("示例隧道禁行段", Purpose.FORBIDDEN, Applies.HAZMAT, None, (121.497, 31.236, 121.507, 31.243)),
]


def credit_code_of(number: int) -> str:
    """A social credit code of the right form whose division, 999999, does not exist."""
    first = f"92999999{number:08}X"
    return first + credit_check_sign(first)


def make_firms(diary: Diary, units: dict[str, Unit], founded: date) -> list[tuple[Enterprise, int]]:
    """Every transport firm, with the row of FLEETS it belongs to."""
    names = {tail: firms(tail) for tail in {row[1] for row in FLEETS}}
    found: list[tuple[Enterprise, int]] = []
    for number, (business, tail, how_many, *_) in enumerate(FLEETS):
        for _ in range(how_many):
            firm = Enterprise(
                name=next(names[tail]),
                credit_code=credit_code_of(len(found) + 1),
                business=business,
                unit=units["道路运输事务中心"],
                licence=f"示运管许可字{len(found) + 1:06}号",
                licence_until=after(diary.end, diary.count(90, 1400)),
                manager=person(diary.random),
                safety_manager=person(diary.random),
                phone=f"139{diary.count(0, 99_999_999):08}",
                address=f"示例县示例路{diary.count(1, 300)}号",
            )
            found.append((firm, number))
    diary.write_all(Enterprise, [firm for firm, _ in found], WRITER, founded)
    return found


def make_vehicles(diary: Diary, owners: list[tuple[Enterprise, int]], how_many: int, since: date) -> list[Vehicle]:
    """The fleet, shared out among the firms of each row of FLEETS."""
    vehicles = []
    for number, (_, _, firms_of_row, share, kind, gross, seats, limit) in enumerate(FLEETS):
        mine = [firm for firm, row in owners if row == number]
        for n in range(round(how_many * share)):
            electric = kind == VehicleClass.BUS
            vehicle = Vehicle(
                plate=plate(len(vehicles) + 1, new_energy=electric),
                plate_color=Colour.GREEN if electric else Colour.YELLOW,
                vin=f"LSHILI{len(vehicles) + 1:011}",
                vehicle_class=kind,
                enterprise=mine[n % firms_of_row],
                unit=mine[n % firms_of_row].unit,
                gross_kg=gross,
                seats=seats,
                permit=f"示交运管字{len(vehicles) + 1:08}",
                permit_until=after(diary.end, diary.count(-20, 360)),
                limit_kmh=limit,
            )
            vehicles.append(vehicle)
    return diary.write_all(Vehicle, vehicles, WRITER, since)


def make_terminals(diary: Diary, vehicles: list[Vehicle], since: date) -> list[Terminal]:
    """A terminal in every vehicle, but for the few whose owners are late."""
    terminals = [
        Terminal(
            phone=str(FIRST_PHONE + number),
            vehicle=vehicle,
            unit=vehicle.unit,
            edition=Edition.E2019 if number % 3 == 0 else Edition.E2013,
            maker=diary.one_of(["示例北斗科技", "示例车联", "示例通导"]),
            model="TG-SIM",
            video=vehicle.vehicle_class in (VehicleClass.COACH, VehicleClass.CHARTER, VehicleClass.HAZMAT),
            installed_on=after(since, diary.count(0, 20)),
        )
        for number, vehicle in enumerate(vehicles)
        if number % 97 != 96
    ]
    return diary.write_all(Terminal, terminals, WRITER, since)


def make_drivers(diary: Diary, vehicles: list[Vehicle], since: date) -> list[Driver]:
    """A driver for every third vehicle: enough to fill the ledger, not to run the county."""
    drivers = []
    for number, vehicle in enumerate(vehicles[::3]):
        qualification, licence = QUALIFICATIONS[vehicle.vehicle_class]
        drivers.append(
            Driver(
                name=person(diary.random),
                certificate=f"SL{number + 1:016}",
                qualification=qualification,
                licence=licence,
                enterprise=vehicle.enterprise,
                unit=vehicle.unit,
                phone=f"139{diary.count(0, 99_999_999):08}",
                valid_until=after(diary.end, diary.count(-10, 1500)),
                hired_on=after(since, -diary.count(10, 2000)),
            )
        )
    return diary.write_all(Driver, drivers, WRITER, since)


def make_areas(diary: Diary, since: date) -> None:
    """Watched areas, drawn and put into force."""
    for name, purpose, applies, limit, (west, south, east, north) in AREAS:
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        polygon = {"type": "Polygon", "coordinates": [ring]}
        area = WatchedArea(
            name=name, purpose=purpose, applies_to=applies, limit_kmh=limit, polygon=polygon, in_force_from=since
        )
        monitor = diary.who("monitor")
        diary.take(diary.write(area, monitor, since), "enforce", monitor, since)
