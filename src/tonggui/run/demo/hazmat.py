"""A half-year of dangerous goods in the demo county: firms, a parking place, tanks, trips and their bills."""

from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA
from tonggui.ledgers.fleet.driver import Driver, Licence, Qualification
from tonggui.ledgers.fleet.vehicle import Vehicle, VehicleClass
from tonggui.ledgers.hazmat.bill_check import BillCheck
from tonggui.ledgers.hazmat.firm import HazmatFirm
from tonggui.ledgers.hazmat.goods import GoodsClass, Packaging, PackingGroup
from tonggui.ledgers.hazmat.loading import FIVE_CHECKS, LoadingCheck
from tonggui.ledgers.hazmat.parking import Facility, HazmatParking
from tonggui.ledgers.hazmat.tank import Tank
from tonggui.ledgers.hazmat.waybill import Waybill
from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.safety.domains import Domain
from tonggui.ledgers.safety.inspection import Inspection, InspectionKind
from tonggui.register.actor import Actor
from tonggui.register.kinds import Choices
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person

ARCHIVE = Actor.system("建立演示档案")
CLASSES = Choices.stored([GoodsClass.GAS, GoodsClass.LIQUID, GoodsClass.CORROSIVE])
# UN number, name, class, packing group, packaging.
GOODS = [
    ("UN1203", "汽油", GoodsClass.LIQUID, PackingGroup.II, Packaging.TANK),
    ("UN1202", "柴油", GoodsClass.LIQUID, PackingGroup.III, Packaging.TANK),
    ("UN1978", "丙烷", GoodsClass.GAS, PackingGroup.NONE, Packaging.CYLINDER),
    ("UN1824", "氢氧化钠溶液", GoodsClass.CORROSIVE, PackingGroup.II, Packaging.DRUM),
]
MEDIA = "UN1203 汽油\nUN1202 柴油"
FORBIDDEN = ("UN1942", "硝酸铵", GoodsClass.OXIDISING, PackingGroup.III, Packaging.BAG)
TRIPS = 20


def make_hazmat(diary: Diary, units: dict[str, Unit], today: date) -> None:
    """Firms first, then their tanks and people, then trips, one of them each week, and checks on the road."""
    founded = diary.start - timedelta(days=150)
    parking = _make_parking(diary, founded)
    firms = list(Enterprise.objects.visible_to(ARCHIVE).filter(business="hazmat").order_by("pk"))
    crews = []
    for enterprise in firms:
        _make_firm(diary, enterprise, parking, founded)
        crews += _make_crews(diary, enterprise, founded)
    if crews:
        bills = [_make_trip(diary, crews[n % len(crews)], n) for n in range(TRIPS)]
        _make_road_checks(diary, [bill for bill in bills if bill.state != "draft"], units["道路运输事务中心"])


def _make_parking(diary: Diary, founded: date) -> HazmatParking | None:
    owner = Enterprise.objects.visible_to(ARCHIVE).filter(business="hazmat").first()
    if owner is None:
        return None
    parking = HazmatParking(
        name="江口危货专用停车场（示例）", enterprise=owner, unit=owner.unit, area_m2="22000", spaces=140,
        goods_classes=CLASSES,
        facilities=Choices.stored([Facility.FENCE, Facility.SIGN, Facility.FIRE, Facility.CAMERA]),
        in_use_from=founded, lease_until=after(diary.end, 45), address="示例县江口镇示例工业园东侧",
    )  # fmt: skip
    return diary.write(parking, ARCHIVE, founded)


def _make_firm(diary: Diary, enterprise: Enterprise, parking: HazmatParking, founded: date) -> HazmatFirm:
    officer = diary.who("transport_officer")
    fleet = diary.count(8, 34)
    firm = HazmatFirm(
        enterprise=enterprise, unit=enterprise.unit, goods_classes=CLASSES, founded_on=founded,
        licence_scope="危险货物运输（2类1项、3类、8类），剧毒化学品除外", special_vehicles=fleet,
        hazmat_drivers=fleet + 4,
        escort_count=fleet + 2, loading_managers=2, safety_office="安全科", safety_officers=diary.count(1, 3),
        monitors=diary.count(2, 4), cover_until=after(diary.end, diary.count(15, 320)), special_parking=parking,
    )  # fmt: skip
    firm = diary.take(diary.write(firm, officer, founded), "open_business", officer, founded)
    if diary.chance(0.8):
        visit = _make_visit(diary, enterprise)
        firm = diary.take(firm, "record_check", officer, after(visit.visited_on, 2), inspection=visit.number)
    return firm


def _make_visit(diary: Diary, enterprise: Enterprise) -> Inspection:
    day = diary.day(after(diary.end, -4))
    visit = Inspection(
        kind=InspectionKind.SPECIAL, domain=Domain.ROAD, enterprise=enterprise, subject=enterprise.name,
        unit=enterprise.unit, visited_on=day, staff=diary.count(3, 6), vehicles=diary.count(1, 2),
        inspectors=f"{person(diary.random)}、{person(diary.random)}", hazards_found=diary.count(0, 3),
    )  # fmt: skip
    visit = diary.write(visit, diary.who("safety_officer"), day)
    return diary.confirm(visit, "safety_officer", "director", after(day, 1))


def _make_crews(diary: Diary, enterprise: Enterprise, founded: date) -> list[tuple[Vehicle, Tank, Driver, Driver]]:
    """Up to two vehicles of a firm whose papers outlast the half-year, each with tank, driver and escort."""
    mine = Vehicle.objects.visible_to(ARCHIVE).filter(enterprise=enterprise, vehicle_class=VehicleClass.HAZMAT)
    crews = []
    for n, vehicle in enumerate(mine.filter(permit_until__gt=diary.end).order_by("pk")[:2]):
        tank = Tank(
            tank_no=f"示罐{vehicle.number}", vehicle=vehicle, enterprise=enterprise, unit=vehicle.unit, tank_m3="28.50",
            goods_classes=Choices.stored([GoodsClass.LIQUID]), media=MEDIA, tested_on=after(founded, 20),
            test_body="示例检验检测有限公司", tank_report_no=f"示罐检{vehicle.number}",
            valid_until=after(diary.end, 12 if n else diary.count(60, 300)),
        )  # fmt: skip
        people = [
            Driver(
                name=person(diary.random), certificate=f"S{part}{vehicle.number}", qualification=qualification,
                licence=licence, enterprise=enterprise, unit=vehicle.unit, hired_on=founded,
                valid_until=after(diary.end, diary.count(20, 900)),
            )
            for part, qualification, licence in (
                ("J", Qualification.HAZMAT, Licence.A2), ("Y", Qualification.ESCORT, Licence.NONE),
            )
        ]  # fmt: skip
        crews.append((vehicle, *(diary.write(one, ARCHIVE, founded) for one in (tank, *people))))
    return crews


def _make_trip(diary: Diary, crew: tuple[Vehicle, Tank, Driver, Driver], n: int) -> Waybill:
    """One trip; every ninth asks for goods beyond the licence and stays unsigned, the last two are still on the way."""
    vehicle, tank, driver, escort = crew
    clerk = diary.who("transport_officer")
    span = (diary.end - diary.start).days - 1
    leaves = datetime.combine(after(diary.start, n * span / (TRIPS - 1)), time(diary.count(7, 10), 20), CHINA)
    un_no, name, goods_class, group, packaging = FORBIDDEN if n % 9 == 8 else diary.one_of(GOODS)
    bill = Waybill(
        vehicle=vehicle, tank=tank if packaging == Packaging.TANK else None, driver=driver, escort=escort,
        unit=vehicle.unit, consignor="示例石化销售有限公司", loader="示例油库", loading_place="江口镇示例油库装车台",
        consignee=diary.one_of(["北桥示例加油站", "青田示例加油站", "示例化工厂"]), unloading_place="示例县北桥镇",
        trip_route="S201 江口至北桥段，绕行老城限速区", un_no=un_no, goods_name=name, goods_class=goods_class,
        packing_group=group, packaging=packaging, goods_kg=diary.count(60, 220) * 100, approved_kg=22_500,
        departs_at=leaves, trip_hours=diary.count(2, 6), vehicle_checked=True, briefed=True,
    )  # fmt: skip
    bill = diary.write(bill, clerk, leaves - timedelta(hours=3))
    if n % 9 == 8:
        return bill
    bill = diary.take(bill, "sign", clerk, leaves - timedelta(hours=2))
    check = LoadingCheck(
        waybill=bill, unit=bill.unit, loaded_at=leaves - timedelta(hours=1), loading_inspector=person(diary.random),
        **dict.fromkeys(FIVE_CHECKS, True),
    )  # fmt: skip
    check = diary.write(check, clerk, leaves - timedelta(hours=1))
    loaded = bill.goods_kg - diary.count(0, 30)
    diary.take(check, "clear_loading", clerk, leaves - timedelta(minutes=40), loaded_kg=str(loaded))
    bill = diary.take(bill, "depart", clerk, leaves)
    if n >= TRIPS - 2:
        return bill
    arrived = leaves + timedelta(hours=bill.trip_hours)
    bill = diary.take(bill, "arrive", clerk, arrived)
    late = 30 if diary.chance(0.15) else diary.count(1, 20)
    return diary.take(bill, "close", clerk, arrived + timedelta(hours=late), received_kg=str(loaded))


def _make_road_checks(diary: Diary, bills: list[Waybill], unit: Unit) -> None:
    """A dozen vehicles stopped: most fit, one carries something else, one has no bill that day."""
    for n, bill in enumerate(bills[::2]):
        at = bill.departs_at + timedelta(hours=1, days=3 if n == 4 else 0)
        check = BillCheck(
            plate=bill.plate, stopped_at=at, check_spot="S201 江口检查点", unit=unit,
            seen_un_no="UN1005" if n == 2 else bill.un_no, seen_kg=bill.goods_kg, seen_driver=bill.driver.name,
        )  # fmt: skip
        check = diary.write(check, diary.who("enforcement_officer"), at)
        if n % 5 != 3:
            diary.confirm(check, "enforcement_officer", "director", at + timedelta(hours=2))
