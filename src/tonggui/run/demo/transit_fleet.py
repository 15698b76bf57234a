"""Vehicles of the demo county's buses, bought and bought back, and the signs of rural service."""

from datetime import date

from tonggui.ledgers.fleet.driver import Driver, Qualification
from tonggui.ledgers.fleet.vehicle import Colour, Vehicle, VehicleClass
from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.ledgers.transit.bus import Bus, Energy, Source
from tonggui.ledgers.transit.bus_line import BusLine, LineKind
from tonggui.ledgers.transit.bus_stop import BusStop
from tonggui.ledgers.transit.conversion import Conversion
from tonggui.ledgers.transit.sign import Serves, Sign, SignKind
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after

ARCHIVE = Actor.system("建立演示档案")


def seen(model, **where):
    """Rows that other parts of the demo have made."""
    return list(model.objects.visible_to(ARCHIVE).filter(**where).order_by("pk"))


def make_buses(diary: Diary, lines: list[BusLine], firm: Enterprise) -> list[Bus]:
    """The fleet, electric for the most part; the newest come in during the half-year, one stands aside."""
    officer, buses = diary.who("transport_officer"), []
    for number, vehicle in enumerate(seen(Vehicle, vehicle_class=VehicleClass.BUS)[:8], 1):
        day = after(diary.start, 12 * number)
        bus = Bus(
            vehicle=vehicle, enterprise=firm, fleet_no=f"示{number:03}", line=lines[number % len(lines)],
            energy=Energy.GAS if number == 1 else Energy.ELECTRIC, model_length_m="8.5" if number % 2 else "10.5",
            battery_kwh=None if number == 1 else "162.0", low_floor=number % 2 == 0, plated_on=after(day, -10),
            bought_on=after(day, -24), price=520_000 + 6_000 * number, purchase_subsidy=60_000,
        )  # fmt: skip
        bus = diary.take(diary.write(bus, officer, after(day, -2)), "take_over_bus", officer, day)
        if number < 8:
            bus = diary.take(bus, "put_in_service", officer, after(day, 5), in_service_on=after(day, 5).isoformat())
        if number == 1:
            bus = diary.take(bus, "set_aside_bus", officer, after(day, 90))
        buses.append(bus)
    return buses


def buy_back(diary: Diary, conversion: Conversion, day: date) -> None:
    """The coaches of the single owners come into the fleet, each with its price."""
    officer = diary.who("transport_officer")
    for number in range(1, conversion.coaches_due + 1):
        coach = Vehicle(
            plate=f"示N{number:05}", plate_color=Colour.YELLOW, vehicle_class=VehicleClass.COACH, seats=19,
            enterprise=conversion.enterprise, permit=f"示农客{number:06}", permit_until=after(diary.end, 200),
        )  # fmt: skip
        coach, bought = diary.write(coach, ARCHIVE, day), after(day, number)
        bus = Bus(
            vehicle=coach, fleet_no=f"示回{number:03}", energy=Energy.DIESEL, acquired_by=Source.BOUGHT_BACK,
            conversion=conversion, plated_on=date(day.year - 6, 3, 10 + number), bought_back_on=bought,
            former_owner=f"示例车主{number}", price=82_000 + 7_500 * number,
        )  # fmt: skip
        diary.take(diary.write(bus, officer, bought), "take_over_bus", officer, bought)


def make_signs(diary: Diary, stops: list[BusStop], buses: list[Bus], lines: list[BusLine]) -> None:
    """One look for rural service: boards, body marks, and badge and clothes of drivers; some wait to be put up."""
    country = [line for line in lines if line.kind == LineKind.RURAL]
    signs = [Sign(kind=SignKind.BOARD, stop=stop) for stop in stops[6:12]]
    signs += [Sign(kind=SignKind.BODY, vehicle=bus.vehicle, line=country[0]) for bus in buses[:3]]
    for driver in seen(Driver, qualification=Qualification.BUS)[:3]:
        signs.append(Sign(kind=SignKind.BADGE, driver=driver, line=country[1]))
        signs.append(Sign(kind=SignKind.CLOTHES, driver=driver, line=country[1], quantity_made=2, size="175/96A"))
    officer, day = diary.who("transport_officer"), diary.day(after(diary.end, -40))
    for sign in signs:
        sign.issued_on, sign.serves = day, Serves.RURAL
    for number, sign in enumerate(diary.write_all(Sign, signs, officer, day)):
        if number % 3 == 2:
            continue
        put_up = after(day, 2 + number)
        sign = diary.take(sign, "hand_out", officer, put_up, put_up_at=put_up.isoformat())
        if number == 3:
            diary.take(sign, "report_worn", officer, after(put_up, 12), "站牌面板被刮破")
