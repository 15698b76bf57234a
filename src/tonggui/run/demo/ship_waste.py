"""What ships of the demo county hand over, by whose contract, at which wharves, and the craft it still lacks."""

from datetime import date
from decimal import Decimal

from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.water.boat import Boat
from tonggui.ledgers.water.contract import Procurement, ServiceContract
from tonggui.ledgers.water.equipment import Craft, EquipmentNeed
from tonggui.ledgers.water.payment import ServicePayment
from tonggui.ledgers.water.pollutant import Means, Pollutant, Waste
from tonggui.ledgers.water.wharf import Wharf, WharfKind
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after

ARCHIVE = Actor.system("建立演示档案")
# Name, kind, berths, tons.
WHARVES = [
    ("江口综合码头（示例）", WharfKind.BULK, 3, 500),
    ("北桥砂石码头（示例）", WharfKind.SAND, 2, 300),
    ("江口客运码头（示例）", WharfKind.PASSENGER, 1, 100),
]


def make_ship_waste(diary: Diary, boats: list[Boat], centre: Unit, founded: date) -> None:
    """Receipts by contract, a payment for each of three months, wharves and what the county still lacks."""
    officer, director = diary.who("water_officer"), diary.who("director")
    firm = Enterprise(name="示例清波船舶服务有限公司（示例）", business=Business.WATER, unit=centre)
    firm = diary.write(firm, ARCHIVE, founded)
    wharves = [
        diary.write(
            Wharf(name=name, kind=kind, berths=berths, berth_t=tons, enterprise=firm, unit=centre, takes_waste=True,
                  licence=f"示港经证{berths}{tons}号", licence_until=after(diary.end, 45 * berths)),
            ARCHIVE, founded,
        )
        for name, kind, berths, tons in WHARVES
    ]  # fmt: skip
    contract = ServiceContract(
        name="示例县船舶污染物接收服务（示例）", contract_no="示水污-01", enterprise=firm, signed_on=diary.start,
        procurement=Procurement.NEGOTIATED, begins_on=diary.start, ends_on=after(diary.start, 364), unit=centre,
        sewage_price=85, garbage_price=620, total=180_000, fund_source="县级财政",
    )  # fmt: skip
    contract = diary.confirm(diary.write(contract, officer, diary.start), "water_officer", "director", diary.start)
    for day in diary.days(14):
        kind = diary.one_of([Waste.SEWAGE, Waste.SEWAGE, Waste.GARBAGE])
        amount = Decimal(diary.count(40, 240)) / 100 if kind == Waste.SEWAGE else Decimal(diary.count(8, 60))
        field = {"volume_m3" if kind == Waste.SEWAGE else "garbage_kg": amount}
        waste = Pollutant(
            boat=diary.one_of(boats), kind=kind, delivered_on=day, wharf=diary.one_of(wharves), enterprise=firm,
            contract=contract, aboard=diary.count(2, 6), declared=amount, means=Means.SCALE, unit=centre, **field,
        )  # fmt: skip
        waste = diary.take(diary.write(waste, officer, day), "receive", officer, day)
        if diary.chance(0.85):
            sent = after(day, diary.count(1, 3))
            to = {"transferred_on": sent.isoformat(), "transferred_to": "示例县污水处理厂"}
            waste = diary.take(waste, "transfer", officer, sent, **to)
            diary.take(waste, "dispose", officer, after(sent, 2), disposed_on=after(sent, 2).isoformat())
    for month in range(3):
        day = date(diary.start.year, diary.start.month + month, 28)
        payment = ServicePayment(contract=contract, month=day.replace(day=1), paid_on=after(day, 20), unit=centre)
        payment = diary.take(diary.write(payment, officer, after(day, 10)), "submit", officer, after(day, 11))
        if month < 2:
            diary.take(payment, "approve", director, after(day, 14))
    for craft, needed in ((Craft.OIL_SKIMMER, 1), (Craft.PONTOON, 3), (Craft.PATROL, 2)):
        need = EquipmentNeed(
            year=diary.start.year, craft=craft, specification="按航道等级配置", purpose="现有船艇不能满足清污需要",
            standard="无标准", needed=needed, unit_cost=650_000, asked_of="县财政局（示例）", unit=centre,
        )  # fmt: skip
        diary.confirm(diary.write(need, officer, diary.start), "water_officer", "director", after(diary.start, 20))
