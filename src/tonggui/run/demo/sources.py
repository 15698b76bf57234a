"""Source yards and their list, altered trucks, permits and device faults; freight firms and yearly checks."""

from datetime import date

from tonggui.ledgers.fleet.vehicle import Vehicle, VehicleClass
from tonggui.ledgers.freight.annual_check import AnnualCheck, CheckResult
from tonggui.ledgers.freight.firm import FreightFirm
from tonggui.ledgers.overload.device_fault import DeviceFault, FaultKind
from tonggui.ledgers.overload.modified_truck import ModifiedTruck
from tonggui.ledgers.overload.permit import Permit
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.ledgers.overload.yard import Connection, Goods, Yard
from tonggui.ledgers.overload.yard_list import YardList
from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.kinds import Choices, Photos
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import TOWNS, person, plate
from tonggui.run.demo.picture import ExamplePicture

WRITER = Actor.system("建立演示档案")
BRIGADE = "交通运输综合行政执法大队"
SCENES = ["示例大道 K3+200", "示例西路 K8+050", "示例县道X001 K12+300"]


def make_sources(diary: Diary, units: dict[str, Unit], points: list[WeighingPoint]) -> list[Yard]:
    """The source yards and their list; altered trucks, permits and faults of the half-year."""
    yards = _yards(diary, units, points, after(diary.start, -60))
    _trucks_and_devices(diary, units, points)
    return yards


def _yards(diary: Diary, units: dict[str, Unit], points: list[WeighingPoint], since: date) -> list[Yard]:
    officer = diary.who("overload_officer")
    yards = []
    for number, head in enumerate(("金桥", "东岭", "江城", "宏图", "诚远")):
        yard = Yard(
            name=f"示例{head}砂石加工厂（示例）",
            unit=units["城西治超站"],
            goods_kind=list(Goods)[number % 3],
            address=f"{TOWNS[number]}示例村",
            yearly_t=40_000 + 70_000 * number,
            scale=number > 0,
            scale_until=after(diary.end, number * 60 - 20) if number else None,
            scale_certificate=f"示检字源{number:03}" if number else "",
            point=next((point for point in points if point.name.startswith(head)), None),
            staff_duties="装载、称重、开票、放行各由专人负责，超限车辆不得出厂（示例）",
            camera=number > 1,
            connection=Connection.ONLINE if number > 2 else Connection.LOCAL,
        )
        yard.place = yard.point.place if yard.point else None
        yards.append(diary.write(yard, officer, since))
    version = YardList(version_name=f"{diary.start.year}年第一版（示例）", published_by="示例县人民政府")
    version = diary.take(diary.write(version, officer, diary.start), "display", officer, diary.start)
    day = after(diary.start, 12)
    diary.take(version, "publish_list", diary.who("director"), day, published_on=day.isoformat())
    return yards


def _trucks_and_devices(diary: Diary, units: dict[str, Unit], points: list[WeighingPoint]) -> None:
    officer = diary.who("overload_officer")
    for number, day in enumerate(diary.days(10)):
        truck = ModifiedTruck(
            plate=plate(80_001 + number),
            owner_name=f"{person(diary.random)}（示例）",
            unit=units[BRIGADE],
            alterations=Choices.stored(("boards",) if number % 2 else ("boards", "springs")),
            found_on=day,
            scene=diary.one_of(SCENES),
        )
        truck = diary.take(diary.write(truck, officer, day), "tell", officer, day)
        if number % 3:
            restored_on = after(day, 9)
            photo = keep(ExamplePicture(), truck.ledger, officer, Photos.types)
            done = {"restored_on": restored_on.isoformat(), "restored_photos": [photo.pk]}
            truck = diary.take(truck, "restore", officer, restored_on, **done)
            diary.take(truck, "confirm_restored", diary.who("overload_officer", but=officer), after(restored_on, 1))
    for number, day in enumerate(diary.days(10)):
        fault = DeviceFault(
            point=points[number % len(points)],
            unit=units[BRIGADE],
            kind=list(FaultKind)[1 + number % 4],
            broken_at=diary.moment(day),
            symptom="设备离线，远程重启无效（示例）",
            no_data=number % 2 == 0,
            repairer="示例智能交通有限公司（示例）",
        )
        fault = diary.write(fault, officer, fault.broken_at)
        ordered = {"repair_ordered_at": after(day, 1).isoformat() + " 08:30"}
        fault = diary.take(fault, "order_repair", officer, after(day, 1), **ordered)
        if number % 4:
            repaired = {"repaired_on": after(day, 4).isoformat(), "repair_done": "更换部件后恢复（示例）"}
            fault = diary.take(fault, "repair", officer, after(day, 4), **repaired)
            diary.take(fault, "accept_repair", diary.who("director"), after(day, 5))
    for number, day in enumerate(diary.days(8)):
        _permit(diary, number, day)


def _permit(diary: Diary, number: int, day: date) -> None:
    officer = diary.who("road_officer")
    permit = Permit(
        plate=plate(70_001 + number),
        carrier="示例大件运输有限公司（示例）",
        load=diary.one_of(["风力发电机叶片", "变压器", "桥梁预制箱梁"]) + "（示例）",
        indivisible=True,
        load_length_m=18 + number * 2,
        load_width_m=3,
        load_height_m=4.2,
        gross_t=45,
        permit_route="示例县道X001 K0 至 K18",
        accepted_on=day,
    )
    permit = diary.write(permit, officer, day)
    if number % 4 != 3:
        granted = {"decided_on": after(day, 2), "valid_from": after(day, 3), "runs_until": after(day, 13)}
        values = {name: value.isoformat() for name, value in granted.items()}
        diary.take(permit, "let_run", officer, after(day, 2), **values)


def make_freight(diary: Diary) -> None:
    """The file of each freight firm, and the yearly check of some of its trucks."""
    officer, head = diary.who("transport_officer"), diary.who("director")
    with_firms = Enterprise.objects.visible_to(WRITER).filter(business=Business.FREIGHT).order_by("number")
    for number, firm in enumerate(with_firms[:16]):
        trucks = Vehicle.objects.visible_to(WRITER).filter(enterprise=firm).order_by("number")
        opened_on = after(diary.start, 20 * (number - 10)) if number > 9 else after(diary.start, -900)
        written_on = max(opened_on, after(diary.start, -30))
        file = FreightFirm(
            enterprise=firm,
            unit=firm.unit,
            founded_on=opened_on,
            truck_count=trucks.count() if number % 4 else 3,
            hazard_zero=number % 3 == 0,
            office=firm.address,
        )
        diary.take(diary.write(file, officer, written_on), "open_business", head, after(written_on, 1))
        for truck in trucks[:2]:
            _check(diary, truck, officer, head)


def _check(diary: Diary, truck: Vehicle, officer: Actor, head: Actor) -> None:
    if truck.vehicle_class not in (VehicleClass.HEAVY, VehicleClass.TRACTOR):
        return
    day, sound = diary.day(after(diary.end, -3)), diary.chance(0.9)
    check = AnnualCheck(
        vehicle=truck,
        unit=truck.unit,
        examined_on=day,
        inspected=True,
        insured=True,
        satellite_normal=sound,
        as_registered=True,
        cases_settled=True,
        test_report_no=f"示检{day:%Y%m%d}{truck.number[-3:]}",
        conclusion=CheckResult.PASSED if sound else CheckResult.FAILED,
        failures="" if sound else "卫星定位装置显示不正常",
    )
    check = diary.take(diary.write(check, officer, day), "submit", officer, day)
    diary.take(check, "approve", head, after(day, 1))
