"""The station gate: every reason for which a coach may not leave, in the words of 三不进站、六不出站.

Basis: 汽车客运站安全生产规范 (六不出站: overloaded, not checked, driver not qualified, papers incomplete, form not
signed, seat belts not worn); 道路交通安全法实施条例 第五十五条 for children without a seat of their own;
道路旅客运输企业安全管理规范 第三十八条 for hours and rest. 道路运输条例 第七十条 fines the station that lets such a
coach out.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.statutes.passenger import DAILY_DRIVING, FREE_CHILD_SHARE, LARGE_COACH_SEATS, REST_MINUTES

if TYPE_CHECKING:
    from tonggui.ledgers.passenger.departure import Departure

LARGE_LICENCES = ("A1",)
MEDIUM_LICENCES = ("A1", "B1")
DAY = timedelta(hours=24)


def why_not_leave(trip: "Departure") -> str:
    """Everything that keeps the coach in, so that the gatekeeper sees it at once; "" when it may go."""
    parts = (_heads, _checked, _drivers, _papers, _luggage, _signed)
    return " ".join(reason for part in parts for reason in part(trip))


def _heads(trip: "Departure") -> Iterator[str]:
    """Not overloaded, everybody counted and belted, and real names where the line asks for them."""
    seats = trip.vehicle.seats
    if seats is None:
        yield f"{trip.vehicle}没有核定载客数，不能核对人数。"
    elif trip.passengers + trip.crew > seats:
        yield f"实载 {trip.passengers + trip.crew} 人（含驾乘 {trip.crew} 人），超过核定载客 {seats} 人。"
    elif trip.aboard > seats + (allowed := seats * FREE_CHILD_SHARE.on(trip.departs_on) // 100):
        yield f"免票儿童 {trip.free_children} 人，超出满员后最多 {allowed} 人的限额。"
    if not trip.belted:
        yield "未确认全员系好安全带。"
    if trip.coach_line.real_name and not trip.real_name_done:
        yield "本班线应当实名验票，尚未完成。"


def _checked(trip: "Departure") -> Iterator[str]:
    """A pass notice of this coach that still holds; on very long lines one for each trip."""
    check = trip.safety_check
    if check is None:
        yield "没有有效的例检合格通知单。"
    elif check.vehicle_id != trip.vehicle_id:
        yield f"例检合格通知单 {check.pass_notice_no} 不是本车的。"
    elif not check.holds_at(trip.scheduled_at):
        until = f"，有效至 {check.good_until.astimezone(clock.CHINA):%m-%d %H:%M}" if check.good_until else ""
        yield f"例检{check.state_now.label}{until}，发车时不在有效期内。"
    elif trip.coach_line.trip_check and trip.others().filter(safety_check=check, state="departed").exists():
        yield "本班线须趟趟例检，这张合格通知单已用于另一班次。"


def _drivers(trip: "Departure") -> Iterator[str]:
    """Qualified, licensed for the size of coach, sober, rested, and two of them on long lines."""
    drivers = [driver for driver in (trip.driver, trip.second_driver) if driver]
    for driver in drivers:
        if driver.state != "in_use" or driver.qualification != "passenger":
            yield f"{driver.name}不是在岗的旅客运输驾驶员。"
        elif driver.valid_until < trip.departs_on:
            yield f"{driver.name}的从业资格证已于 {driver.valid_until} 到期。"
        large = (trip.vehicle.seats or 0) >= LARGE_COACH_SEATS.on(trip.departs_on)
        if driver.licence not in (LARGE_LICENCES if large else MEDIUM_LICENCES):
            yield f"{driver.name}准驾车型 {driver.get_licence_display()}，不能驾驶{'大型' if large else '中型'}客车。"
    if trip.coach_line.two_drivers and len(drivers) < 2:
        yield f"本班线单程 {trip.coach_line.line_km:f} 公里，须配两名驾驶员。"
    if not trip.sober:
        yield "驾驶员酒精检测未合格。"
    most = Decimal(DAILY_DRIVING.on(trip.departs_on))
    total = trip.driven_hours + trip.coach_line.run_hours / len(drivers)
    if total > most:
        yield f"驾驶员二十四小时内将驾驶 {total.normalize():f} 小时，超过 {most} 小时。"
    rest = REST_MINUTES.on(trip.departs_on)
    if trip.driven_hours and (trip.rest_minutes or 0) < rest:
        yield f"驾驶员距上一班次休息不足 {rest} 分钟。"


def _papers(trip: "Departure") -> Iterator[str]:
    """The line's licence, the coach's permit, and the papers looked at by hand."""
    if reason := trip.coach_line.may_run(trip.departs_on):
        yield reason
    if trip.vehicle.state != "operating":
        yield f"{trip.vehicle}{trip.vehicle.state_now.label}。"
    if trip.vehicle.permit_until and trip.vehicle.permit_until < trip.departs_on:
        yield f"{trip.vehicle}的道路运输证审验已于 {trip.vehicle.permit_until} 到期。"
    if not trip.papers_complete:
        yield "行驶证、道路运输证、线路标志牌、保险未查验齐全。"


def _luggage(trip: "Departure") -> Iterator[str]:
    if not trip.luggage_checked:
        yield "行包和旅客随身物品未经安检，或查出的违禁品未处理。"


def _signed(trip: "Departure") -> Iterator[str]:
    for name in ("gate_signature", "driver_signature"):
        if not getattr(trip, name):
            yield f"出站登记表缺少{trip.kinds[name].label}。"


def last_check(trip: "Departure"):
    """The newest check of the coach that holds at the time of leaving, or None."""
    from tonggui.ledgers.passenger.safety_check import SafetyCheck

    checks = SafetyCheck._base_manager.filter(
        vehicle=trip.vehicle_id, state="check_passed", good_until__gte=trip.scheduled_at
    )
    return checks.filter(checked_at__lte=trip.scheduled_at).order_by("-checked_at").first()


def hours_before(trip: "Departure") -> Decimal:
    """Hours that the first driver has driven from stations in the 24 hours before this trip."""
    earlier = trip.others().filter(driver=trip.driver_id, state="departed")
    earlier = earlier.filter(scheduled_at__gt=trip.scheduled_at - DAY, scheduled_at__lt=trip.scheduled_at)
    return sum((one.coach_line.run_hours for one in earlier.select_related("coach_line")), Decimal(0))
