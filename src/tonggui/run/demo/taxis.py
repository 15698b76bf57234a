"""Taxis of the demo county: a firm, a ride-hailing platform, their cars and drivers."""

from datetime import date

from tonggui.ledgers.fleet.driver import Driver, Licence, Qualification
from tonggui.ledgers.fleet.vehicle import Colour, Vehicle, VehicleClass
from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.passenger.cruise_taxi import CruiseTaxi
from tonggui.ledgers.passenger.platform import Platform
from tonggui.ledgers.passenger.ride_car import Power, RideCar
from tonggui.ledgers.passenger.taxi_driver import TaxiDriver, TaxiKind
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person

ARCHIVE = Actor.system("建立演示档案")


def make_taxis(diary: Diary, centre: Unit, founded: date) -> None:
    """A taxi firm, a ride-hailing platform, their cars and some drivers, each as far as it has come."""
    officer = diary.who("transport_officer")
    firm = Enterprise(name="示例平安出租汽车有限公司（示例）", business=Business.TAXI, unit=centre)
    firm = diary.write(firm, ARCHIVE, founded)
    platform = Platform(
        brand="示例出行（示例）", enterprise=firm, unit=centre, service_areas=",county,", accepted_on=founded,
        local_office="示例县示例路8号", data_joined=True, icp_filed="示ICP备00000001号",
        police_filed="示公网安备000001号", carrier_insured=True, platform_cars=40,
    )  # fmt: skip
    platform = diary.write(platform, officer, founded)
    until = after(diary.end, 80).isoformat()
    day = founded.isoformat()
    platform = diary.take(
        platform, "grant_platform", officer, founded, licence="示网运0001", licensed_on=day, licence_until=until
    )
    cars = [_car(diary, firm, number) for number in range(1, 17)]
    drivers = [_driver(diary, firm, number) for number in range(1, 17)]
    diary.write_all(Vehicle, cars, ARCHIVE, founded)
    diary.write_all(Driver, drivers, ARCHIVE, founded)
    for number, (car, driver) in enumerate(zip(cars, drivers, strict=True), 1):
        served, begun = platform if _hailed(number) else None, diary.day()
        _make_car(diary, car, served, begun, number)
        _certify(diary, driver, firm, served, begun, number)


def _hailed(number: int) -> bool:
    """Every second car is hailed by telephone."""
    return number % 2 == 0


def _car(diary: Diary, firm: Enterprise, number: int) -> Vehicle:
    return Vehicle(
        plate=f"示T{number:05}", plate_color=Colour.GREEN if _hailed(number) else Colour.BLUE, seats=5,
        enterprise=firm, vehicle_class=VehicleClass.TAXI, permit=f"示出运{number:06}",
        permit_until=after(diary.end, 40 * number),
    )  # fmt: skip


def _driver(diary: Diary, firm: Enterprise, number: int) -> Driver:
    return Driver(
        name=person(diary.random), certificate=f"示出租{number:08}", qualification=Qualification.TAXI,
        licence=Licence.C1, enterprise=firm, valid_until=after(diary.end, 90 * number),
    )  # fmt: skip


def _make_car(diary: Diary, car: Vehicle, platform: Platform | None, begun: date, number: int) -> None:
    officer = diary.who("transport_officer")
    if platform:
        row = RideCar(
            vehicle=car, platform=platform, power=Power.ELECTRIC if number % 4 else Power.HYBRID,
            car_registered_on=date(diary.end.year - number % 9, 3, 1), asked_on=begun, alarm_fitted=number != 8,
            hailing_use=True, commercial_insurance=True, mileage_km=36_000 * (number % 9),
        )  # fmt: skip
        row = diary.write(row, officer, begun)
        if number != 8 and row.leave_by > begun:
            diary.take(row, "permit_car", officer, after(begun, 6), permitted_on=after(begun, 6).isoformat())
        return
    row = CruiseTaxi(
        vehicle=car, right_no=f"示出租权{number:04}", right_from=date(2022, 1, 1), right_until=date(2030, 1, 1),
        roof_light_no=f"示T{number:03}", meter_checked_on=begun, satellite_fitted=True, taken_over_on=begun,
    )  # fmt: skip
    diary.take(diary.write(row, officer, begun), "put_on_road", officer, begun)


def _certify(diary: Diary, driver: Driver, firm, platform: Platform | None, begun: date, number: int) -> None:
    officer, clean = diary.who("transport_officer"), number != 5
    row = TaxiDriver(
        driver=driver, taxi_kind=TaxiKind.HAILING if platform else TaxiKind.CRUISE, certificate_asked_on=begun,
        first_licensed_on=date(2012, 5, 1), no_crime=True, no_drugs=True, no_drink=clean, no_violence=True,
        no_twelve=True, platform=platform, enterprise=firm,
    )  # fmt: skip
    row, day = diary.write(row, officer, begun), after(begun, 8)
    if not clean:
        diary.take(row, "not_certified", officer, day, "有饮酒后驾驶记录")
    elif number % 6:
        said = day.isoformat()
        row = diary.take(row, "certify", officer, day, exam_passed_on=said, certified_on=said)
        diary.take(row, "register_driver", officer, day, registration_on=said)
