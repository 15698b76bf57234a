"""A half-year of the demo county's buses: lines, stops, chargers, and the villages they reach.

Vehicles and signs stand in `transit_fleet.py`, what changes and what it costs in `transit_year.py`.
"""

from datetime import date, timedelta
from decimal import Decimal

from tonggui.base.geo import Point
from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.town import Town, TownKind
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.passenger.coach_line import CoachLine
from tonggui.ledgers.passenger.station import Station
from tonggui.ledgers.transit.bus_line import BusLine, LineKind
from tonggui.ledgers.transit.bus_stop import BusStop, Shelter, StopKind
from tonggui.ledgers.transit.charger import Charger, Current, Site
from tonggui.ledgers.transit.village_service import Form, VillageService
from tonggui.register.kinds import Choices
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.transit_fleet import ARCHIVE, make_buses, make_signs, seen
from tonggui.run.demo.transit_year import convert_line, make_changes, make_months, make_subsidies

# Name, kind, from, to, towns, km, straight km, stops, headway, first, last, trips, vehicles, fare.
LINES = [
    ("1路", LineKind.CITY, "客运中心", "县人民医院", "城关镇", "8.6", "6.9", 18, 10, "06:20", "20:30", 88, 10, 2),
    ("2路", LineKind.CITY, "火车站", "工业园区", "城关镇", "11.4", "7.2", 24, 15, "06:30", "19:00", 52, 7, 2),
    ("3路", LineKind.CITY, "县政务中心", "职业学校", "城关镇", "7.3", "6.1", 15, 12, "06:40", "19:30", 60, 6, 2),
    ("101路", LineKind.RURAL, "客运中心", "江口镇", "江口镇", "27.8", "22.4", 31, 30, "06:00", "18:30", 26, 5, 4),
    ("102路", LineKind.RURAL, "客运中心", "北桥镇", "北桥镇", "33.5", "25.0", 36, 40, "06:10", "18:00", 18, 4, 5),
    ("社区1路", LineKind.COMMUNITY, "东门社区", "中医院", "城关镇", "4.2", "2.6", 11, 20, "07:00", "18:00", 34, 2, 1),
    ("社区5路", LineKind.COMMUNITY, "老车站", "滨江公园", "城关镇", "5.0", "3.1", 13, 25, "07:00", "18:00", 26, 2, 1),
]  # fmt: skip
STOPS = ["客运中心", "县人民医院", "火车站", "工业园区", "江口镇政府", "北桥镇政府", "东门社区"]
# Number, where, current, kW, guns, m of money in yuan, what has become of it.
CHARGERS = [
    ("示-CD-001", Site.BUS_YARD, Current.DC, "240.0", 4, 186_000, "charging"),
    ("示-CD-002", Site.BUS_YARD, Current.DC, "120.0", 2, 98_000, "charging"),
    ("示-CD-003", Site.BUS_YARD, Current.DC, "120.0", 2, 98_000, "mended"),
    ("示-CD-004", Site.COACH_STATION, Current.DC, "60.0", 1, 52_000, "charging"),
    ("示-CD-005", Site.TOWN, Current.AC, "7.0", 1, 6_800, "broken"),
    ("示-CD-006", Site.TOWN, Current.DC, "60.0", 1, 52_000, "building"),
]


def make_transit(diary: Diary, units: dict[str, Unit], as_of: date) -> None:
    """All of it, in the order in which one thing needs another; the coach lines of the county stand already."""
    centre, founded = units["道路运输事务中心"], diary.start - timedelta(days=200)
    firm = seen(Enterprise, business=Business.BUS)[0]
    rural = seen(CoachLine, rural=True, state="operating")
    lines = _make_lines(diary, firm, founded)
    stops = _make_stops(diary, lines, firm, founded)
    turned = rural[2]
    make_months(diary, [*rural[:2], turned], as_of)
    make_subsidies(diary, rural[1].enterprise, turned.enterprise)
    make_changes(diary, lines, firm)
    convert_line(diary, turned, firm)
    buses = make_buses(diary, lines, firm)
    make_signs(diary, stops, buses, lines)
    _make_chargers(diary, firm)
    _make_villages(diary, lines, rural[:2], centre)


def _make_lines(diary: Diary, firm: Enterprise, founded: date) -> list[BusLine]:
    """The lines as the half-year found them; the agreement of one ends soon."""
    rows = [
        BusLine(
            name=f"{name}（示例）", kind=kind, enterprise=firm, start_place=begin, end_place=end, towns_served=towns,
            line_km=km, straight_km=straight, stops=stops, headway=headway, first_bus=first, last_bus=last,
            daily_trips=trips, vehicles=vehicles, fare=fare, launched_on=date(2015 + number, 5, 1),
            line_agreement_until=after(diary.end, 45 if number == 2 else 400 + 90 * number),
            post_shared=kind == LineKind.RURAL,
        )
        for number, (
            name, kind, begin, end, towns, km, straight, stops, headway, first, last, trips, vehicles, fare,
        ) in enumerate(LINES)
    ]  # fmt: skip
    return diary.write_all(BusLine, rows, ARCHIVE, founded)


def _make_stops(diary: Diary, lines: list[BusLine], firm: Enterprise, founded: date) -> list[BusStop]:
    """Each stop on both sides of the road, the last ones new; some boards lack what the law wants on them."""
    towns = {town.name: town for town in seen(Town, kind=TownKind.TOWN)}
    rows, built = [], diary.day()
    for number, name in enumerate(STOPS):
        town = towns.get(name[:3], towns["城关镇"])
        shown = ["route", "hours", "fare", *(["headway", "phone"] if number % 3 else [])]
        for side in range(2):
            stop = BusStop(
                name=f"{name}站{'（对向）' if side else ''}（示例）", town=town, line=lines[min(number, 5)],
                stop_kind=StopKind.HUB if number == 0 else StopKind.TERMINAL if number < 4 else StopKind.WAY,
                shelter=[Shelter.BAY, Shelter.SHELTER, Shelter.POLE][number % 3], lines_calling=5 - min(number, 4),
                shown_items=Choices.stored(shown), e_board=number < 2, step_free=number < 4, enterprise=firm,
                stop_built_on=built if number > 4 else date(2016 + number, 5, 1),
                place=Point(121.452 + 0.007 * number + 0.0003 * side, 31.236 - 0.004 * (number % 4)),
            )  # fmt: skip
            rows.append(stop)
    diary.write_all(BusStop, rows[:10], ARCHIVE, founded)
    diary.write_all(BusStop, rows[10:], diary.who("transport_officer"), built)
    for here, there in zip(rows[:6:2], rows[1:6:2], strict=True):
        there.facing_stop = here
        diary.write(there, ARCHIVE, founded)
    return rows


def _make_chargers(diary: Diary, firm: Enterprise) -> None:
    officer, station = diary.who("transport_officer"), seen(Station)[0]
    for number, (asset, site, current, power, guns, cost, fate) in enumerate(CHARGERS):
        day = after(diary.start, 5 + 9 * number)
        charger = Charger(
            asset_no=asset, site_kind=site, station=station if site == Site.COACH_STATION else None, enterprise=firm,
            current=current, rated_kw=power, guns=guns, open_to_all=site != Site.BUS_YARD, built_cost=cost,
            earthing_checked_on=None if fate == "building" else day, meter_due=after(diary.end, 30 + 110 * number),
            place=Point(121.450 + 0.009 * number, 31.242 - 0.005 * number),
        )  # fmt: skip
        charger = diary.write(charger, officer, day)
        if fate == "building":
            continue
        charger = diary.take(charger, "commission", officer, after(day, 3), commissioned_on=after(day, 3).isoformat())
        if fate in ("broken", "mended"):
            down = after(day, 70)
            charger = diary.take(charger, "break_down", officer, down, "充电枪锁止失灵", broken_on=down.isoformat())
        if fate == "mended":
            diary.take(charger, "back_in_use", officer, after(day, 74), broken_days=4)


def _make_villages(diary: Diary, lines: list[BusLine], coaches: list[CoachLine], centre: Unit) -> None:
    """Villages as they were found in one round; a number to call for the far ones, one cut off by a landslip."""
    officer, day = diary.who("transport_officer"), diary.day(after(diary.end, -45))
    rows = []
    for number, village in enumerate(seen(Town, kind=TownKind.VILLAGE)):
        form = [Form.BUS, Form.COACH, Form.BOOKED][number % 3]
        calls = {"booked": 18 + number, "served_bookings": 17 + number, "wait_minutes": 30 + 6 * number}
        booked = {"booking_phone": f"139000010{number:02}", **calls} if form == Form.BOOKED else {}
        row = VillageService(
            served_village=village, form_of_service=form, unit=centre, checked_on=day, **booked,
            line=lines[3 + number % 2] if form == Form.BUS else None,
            coach_line=coaches[number % 2] if form == Form.COACH else None,
            stop_km=Decimal(diary.count(2, 23)) / 10, trips_day=0 if form == Form.BOOKED else diary.count(2, 10),
            trips_week=diary.count(2, 5) if form == Form.BOOKED else None, to_county_minutes=diary.count(18, 95),
        )  # fmt: skip
        rows.append(row)
    for number, row in enumerate(diary.write_all(VillageService, rows, officer, day)):
        if number % 4 == 3:
            continue
        row = diary.take(row, "verify_village", officer, after(day, 1 + number))
        if number == 2:
            slip = after(day, 12)
            reason = "强降雨塌方，村道中断"
            diary.take(row, "break_off", officer, slip, broken_off_on=slip.isoformat(), break_reason=reason)
