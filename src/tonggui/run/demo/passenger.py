"""A half-year at the demo county's stations: lines, checks and departures, passenger flow and transfers."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tonggui.base.clock import CHINA
from tonggui.base.geo import Point
from tonggui.ledgers.fleet.driver import Driver, Licence, Qualification
from tonggui.ledgers.fleet.vehicle import Vehicle, VehicleClass
from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.passenger.coach_line import CoachLine, Reach
from tonggui.ledgers.passenger.daily_flow import DailyFlow, Season
from tonggui.ledgers.passenger.departure import Departure
from tonggui.ledgers.passenger.departure_gate import why_not_leave
from tonggui.ledgers.passenger.safety_check import SafetyCheck
from tonggui.ledgers.passenger.station import Station
from tonggui.ledgers.passenger.transfer import Transfer
from tonggui.ledgers.passenger.transfer_vehicle import TransferVehicle
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.kinds import Photos
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person
from tonggui.run.demo.picture import ExamplePicture
from tonggui.run.demo.taxis import make_taxis

ARCHIVE = Actor.system("建立演示档案")
# Name, passengers a day by design, scanners, m to the bus, longitude, latitude.
STATIONS = [
    ("示例县汽车客运中心（示例）", 2600, 2, 150, 121.455, 31.251),
    ("江口镇客运站（示例）", 420, 1, 260, 121.492, 31.226),
    ("北桥镇客运站（示例）", 180, 0, 480, 121.437, 31.214),
]
# To, reach, km, hours, trips a day, coaches, rural.
LINES = [
    ("江口镇", Reach.WITHIN, "28.5", "0.8", 14, 4, True),
    ("北桥镇", Reach.WITHIN, "34.2", "1.0", 10, 3, True),
    ("石湖乡", Reach.WITHIN, "46.8", "1.4", 4, 2, True),
    ("青田镇", Reach.WITHIN, "22.1", "0.7", 12, 4, True),
    ("龙山乡", Reach.WITHIN, "51.6", "1.6", 3, 2, True),
    ("示例市", Reach.COUNTY, "96.0", "1.8", 16, 8, False),
    ("示例省会", Reach.CITY, "342.0", "4.5", 4, 4, False),
]


def _seen(model, **where):
    """Rows that other parts of the demo have made."""
    return list(model.objects.visible_to(ARCHIVE).filter(**where).order_by("pk"))


def make_passenger(diary: Diary, units: dict[str, Unit], today: date) -> None:
    """All of it, in the order in which one thing needs another."""
    centre, founded = units["道路运输事务中心"], diary.start - timedelta(days=200)
    stations = _make_stations(diary, centre, founded)
    lines = _make_lines(diary, centre, stations, founded)
    coaches = _seen(Vehicle, vehicle_class=VehicleClass.COACH)[:10]
    drivers = _seen(Driver, qualification=Qualification.PASSENGER, licence=Licence.A1)[:10]
    if coaches and drivers:
        _make_departures(diary, stations, lines, coaches, drivers)
        _make_transfers(diary, coaches, drivers)
    _make_flows(diary, stations)
    make_taxis(diary, centre, founded)


def _make_stations(diary: Diary, centre: Unit, founded: date) -> list[Station]:
    operator = diary.write(
        Enterprise(name="示例县客运站场管理有限公司（示例）", business=Business.STATION, unit=centre), ARCHIVE, founded
    )
    stations = []
    for number, (name, daily, scanners, bus_m, lon, lat) in enumerate(STATIONS, 1):
        station = Station(
            name=name, enterprise=operator, unit=centre, daily_capacity=daily, scanners=scanners, check_bays=1,
            check_staff=2, ticket_gates=scanners, bus_stop_m=bus_m, licence=f"示站字{number:06}号",
            place=Point(lon, lat),
            licence_until=after(diary.end, 60 if number == 2 else 800), town_service=number > 1,
        )  # fmt: skip
        stations.append(diary.write(station, ARCHIVE, founded))
    return stations


def _make_lines(diary: Diary, centre: Unit, stations: list[Station], founded: date) -> list[CoachLine]:
    """Lines from the county seat; one licence ends soon, one line was stopped for want of passengers."""
    firms, lines = _seen(Enterprise, business=Business.PASSENGER), []
    for number, (to, reach, km, hours, trips, vehicles, rural) in enumerate(LINES, 1):
        line = CoachLine(
            name=f"示例县至{to}（示例）", enterprise=firms[number % len(firms)], unit=centre, station=stations[0],
            start_place="示例县", end_place=to, reach=reach, rural=rural,
            line_km=Decimal(km), run_hours=Decimal(hours),
            daily_trips=trips, vehicles=vehicles, licence=f"示班字{number:06}号", licence_years=6,
            licence_from=date(diary.end.year - (6 if number == 3 else 3), 9, 1),
        )  # fmt: skip
        lines.append(diary.write(line, ARCHIVE, founded))
    diary.take(lines[4], "suspend", diary.who("transport_officer"), diary.day(), "客流不足，暂停运行")
    return lines


def _make_departures(diary: Diary, stations, lines, coaches, drivers) -> None:
    """Days at the gate: most coaches are checked and leave, some go to repair, some are not let out."""
    officer = diary.who("transport_officer")
    signature = [keep(ExamplePicture(), SafetyCheck.ledger, officer, Photos.types).pk]
    running = [lines[0], lines[1], lines[3], lines[5]]
    for number, day in enumerate(diary.days(24)):
        at = datetime.combine(day, time(6, 10 + number % 40), CHINA)
        coach, driver = coaches[number % len(coaches)], drivers[number % len(drivers)]
        check = SafetyCheck(station=stations[0], vehicle=coach, checked_at=at, driver_signature=signature)
        check = diary.write(check, officer, at)
        if number % 9 == 4:
            check = diary.take(check, "fail", officer, at, failed_items=["tyres"])
            if diary.chance(0.5):
                continue
            check = diary.take(check, "pass_again", officer, at + timedelta(hours=1))
        else:
            check = diary.take(check, "let_pass", officer, at)
        line = running[number % len(running)]
        trip = Departure(
            station=stations[0], coach_line=line, trip_no=f"K{number + 1:03}", vehicle=coach, driver=driver,
            scheduled_at=at + timedelta(hours=2), rest_minutes=480, sober=True, papers_complete=True,
            real_name_done=True, luggage_checked=True, bags=diary.count(4, 40), belted=number % 8 != 7,
            passengers=diary.count(12, 40), free_children=diary.count(0, 2), photos=[],
            banned_items="打火机2只，已暂存" if number % 7 == 3 else "",
            gate_signature=signature, driver_signature=signature,
        )  # fmt: skip
        trip = diary.write(trip, officer, at + timedelta(hours=1, minutes=30))
        if reason := why_not_leave(trip):
            diary.take(trip, "refuse", officer, at + timedelta(hours=2), reason, gate_refusals=["belts"])
        else:
            diary.take(trip, "let_out", officer, at + timedelta(hours=2))


def _make_flows(diary: Diary, stations: list[Station]) -> None:
    """Reports of a few weeks; the new year's rush runs over the line of the county station."""
    for number, day in enumerate(sorted(set(diary.days(20)))):
        station = stations[number % 2]
        rush = number % 6 == 0
        sent = int(station.daily_capacity * diary.between(0.85, 1.1) if rush else station.daily_capacity * 0.45)
        report = DailyFlow(
            station=station, flow_on=day, season=Season.SPRING if day.month == 2 else Season.ORDINARY, sent=sent,
            arrived=int(sent * 0.8), trips_sent=max(1, sent // 24), extra_trips=6 if rush else 0,
            peak_hour=sent // 6, crowd_steps=",extra,guides," if rush else "",
            crowd_note="加开班次，增派人员引导" if rush else "",
        )  # fmt: skip
        report = diary.write(report, diary.who("transport_officer"), day)
        if number % 5 != 4:
            diary.confirm(report, "transport_officer", "director", after(day, 1))


def _make_transfers(diary: Diary, coaches: list[Vehicle], drivers: list[Driver]) -> None:
    """Groups from the airport: one with a passenger too few, one still on its way."""
    officer, escort = diary.who("transport_officer"), _seen(Person)[0]
    for number, day in enumerate(diary.days(5)):
        at = datetime.combine(day, time(9, 20), CHINA)
        people = diary.count(40, 70)
        convoy = Transfer(
            flight=f"示A{1000 + number}", landed_at=at, from_place="示例机场", to_place="示例县汽车客运中心",
            channel_used="二号通道", ordinary=people - 4, assisted=4,
        )  # fmt: skip
        convoy = diary.write(convoy, officer, at)
        for place, boarded in enumerate((people // 2, people - people // 2), 1):
            row = TransferVehicle(
                transfer=convoy, place_in_convoy=place, vehicle=coaches[place % len(coaches)],
                driver=drivers[place % len(drivers)], car_escort=person(diary.random), boarded=boarded,
            )  # fmt: skip
            diary.take(diary.write(row, officer, at), "finish_boarding", officer, at + timedelta(minutes=30))
        left, end = at + timedelta(minutes=50), at + timedelta(hours=3)
        convoy = diary.take(convoy, "set_off", officer, left, escort=escort.number, set_off_at=left)
        if number < 4:
            short = {"received_count": people - 1, "difference_reason": "一人途中由家属接走"} if number == 1 else {}
            given = {"taken_in_by": "示例县汽车客运中心", "received_count": people, "handed_over_at": end, **short}
            diary.take(convoy, "deliver", officer, end, **given)
