"""What a hazmat waybill is checked for: licence, vehicle, tank, people, goods and times, a sentence for each fault.

Basis: 危险货物道路运输安全管理办法 第二十二条 to 第二十五条. The same sentences forbid signing a bill here and mark one
that was imported from the carriers' platform (运单不符情况).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tonggui.base import clock
from tonggui.ledgers.hazmat.firm import HazmatFirm
from tonggui.ledgers.hazmat.goods import GoodsClass
from tonggui.statutes.hazmat import WAYBILL_CLOSED_HOURS, WAYBILL_START_HOURS


def said(moment: Any) -> str:
    """A moment as people write it, in China's time."""
    return f"{moment.astimezone(clock.CHINA):%m-%d %H:%M}"


def obstacles(bill: Any) -> Iterator[str]:
    """Everything for which the bill must not be signed."""
    day = bill.departs_at.astimezone(clock.CHINA).date()
    yield from _licence(bill, day)
    yield from _vehicle(bill, day)
    yield from _people(bill, day)
    yield from _goods(bill, day)
    if other := overlapping(bill):
        yield f"{bill.plate} 在运单 {other.number} 的行程中（{said(other.departs_at)} 起），一车一次一单。"
    if not bill.vehicle_checked:
        yield "没有出车前车辆检查。"
    if not bill.briefed:
        yield "没有对驾驶员和押运员作安全告知。"


def delays(bill: Any) -> Iterator[str]:
    """What was wrong with the times of a bill: made after the start, stale, or closed late."""
    if bill.departed_at and bill.signed_at and bill.departed_at < bill.signed_at:
        yield f"起运（{said(bill.departed_at)}）早于运单签发（{said(bill.signed_at)}）。"
    hours = WAYBILL_START_HOURS.on(bill.departs_at.date())
    started = bill.departed_at or bill.departs_at
    if bill.signed_at and started - bill.signed_at > timedelta(hours=hours):
        yield f"签发后超过 {hours} 小时才起运，运单已过期。"
    if bill.closed_at and bill.close_by_at and bill.closed_at > bill.close_by_at:
        yield f"到达后超过 {WAYBILL_CLOSED_HOURS.on(bill.arrived_at.date())} 小时才办结。"


def overlapping(bill: Any) -> Any:
    """Another bill of the same vehicle whose trip overlaps this one's, or None."""
    live = type(bill)._base_manager.filter(vehicle=bill.vehicle_id).exclude(pk=bill.pk).exclude(state="void")
    near = live.filter(departs_at__lt=bill.until, departs_at__gt=bill.departs_at - timedelta(days=15))
    return next((other for other in near.order_by("departs_at") if other.until > bill.departs_at), None)


def _licence(bill: Any, day: date) -> Iterator[str]:
    firm = HazmatFirm._base_manager.filter(enterprise=bill.vehicle.enterprise_id, state="in_business").first()
    if firm is None:
        yield "承运企业没有在营的危货企业档案。"
        return
    if not firm.carries(bill.goods_class):
        yield f"承运企业的许可不含{GoodsClass(bill.goods_class).label}。"
    if firm.cover_until < day:
        yield f"承运人责任险已于 {firm.cover_until} 到期。"


def _vehicle(bill: Any, day: date) -> Iterator[str]:
    vehicle = bill.vehicle
    if vehicle.state != "operating":
        yield f"{vehicle.plate}已{vehicle.state_now.label}。"
    if vehicle.permit_until and vehicle.permit_until < day:
        yield f"{vehicle.plate} 的审验有效期已于 {vehicle.permit_until} 届满。"
    if bill.packaging == "tank":
        if bill.tank is None:
            yield "罐装货物须填罐体。"
        elif why := bill.tank.why_not_load(bill.un_no, bill.goods_class, day):
            yield why


def _people(bill: Any, day: date) -> Iterator[str]:
    """Driver and escort are two people of the carrier, each with the right certificate in date."""
    if bill.driver_id == bill.escort_id:
        yield "驾驶员和押运员不能是同一人。"
    for person, wanted, part in ((bill.driver, "hazmat", "驾驶员"), (bill.escort, "escort", "押运员")):
        if person.qualification != wanted:
            yield f"{part}{person.name}的从业类别是{person.get_qualification_display()}。"
        if person.state != "in_use":
            yield f"{part}{person.name}已停用。"
        if person.valid_until < day:
            yield f"{part}{person.name}的从业资格证已于 {person.valid_until} 到期。"
        if person.enterprise_id != bill.vehicle.enterprise_id:
            yield f"{part}{person.name}不是承运企业的人员。"


def _goods(bill: Any, day: date) -> Iterator[str]:
    if bill.goods_kg > bill.approved_kg:
        yield f"货物 {bill.goods_kg:,} kg，超过核定载质量 {bill.approved_kg:,} kg。"
    if bill.toxic and (not bill.toxic_pass_no or bill.toxic_pass_until is None or bill.toxic_pass_until < day):
        yield "剧毒化学品没有有效的道路运输通行证。"
    if bill.waste and not bill.waste_form_no:
        yield "危险废物没有转移联单。"
