"""How a trip is signed off: everything that forbids the signature, told at once; signed, refused, arrived.

Basis: 内河渡口渡船安全管理规定 第十二条, 第十八条, 第三十一条; local rules of 签单发航.
"""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.ledgers.water.suspension import orders_over
from tonggui.register.declare import Move, State, Workflow
from tonggui.statutes.water import FERRYMAN_CAPACITY, is_night

if TYPE_CHECKING:
    from tonggui.ledgers.water.voyage import Voyage


def why_not_sign(trip: "Voyage") -> str:
    """Everything that forbids the signature, so that the clerk sees it at once."""
    reasons = [*_papers(trip), *_load(trip), *_conditions(trip)]
    return " ".join(reasons)


def _papers(trip: "Voyage"):
    yield from filter(None, (trip.boat.may_sail(trip.sailed_on), trip.master.may_serve(trip.sailed_on)))
    most = FERRYMAN_CAPACITY.on(trip.sailed_on)
    if trip.master.post == "ferryman" and not trip.master.grade and (trip.boat.capacity or 0) > most:
        yield f"载客定额超过 {most} 人的渡船须由持适任证书的船员驾驶。"
    if trip.ferry.state != "open":
        yield f"{trip.ferry.name}{trip.ferry.state_now.label}。"


def _load(trip: "Voyage"):
    if trip.boat.capacity is not None and trip.passengers > trip.boat.capacity:
        yield f"乘客 {trip.passengers} 人，超过载客定额 {trip.boat.capacity} 人。"
    if trip.jackets_worn < trip.passengers:
        yield f"还有 {trip.passengers - trip.jackets_worn} 人未穿救生衣。"


def _conditions(trip: "Voyage"):
    if order := orders_over(trip.ferry, trip.sailed_at).first():
        yield f"停航令生效中（{order.order_no or order.number}）。"
    calmest = min(n for n in (trip.ferry.stop_wind, trip.boat.wind_grade, 12) if n is not None)
    if trip.wind >= calmest:
        yield f"风力 {trip.wind} 级，达到停航风力 {calmest} 级。"
    least = trip.ferry.stop_visibility
    if trip.visibility_m is not None and least is not None and trip.visibility_m < least:
        yield f"能见度 {trip.visibility_m} 米，低于 {least} 米。"
    line, level = trip.ferry.stop_level, trip.water_level
    if level is not None and line is not None and level >= line:
        yield f"水位 {level:f} 米，达到封渡水位 {line:f} 米。"
    if not trip.boat.night and is_night(trip.sailed_at.astimezone(clock.CHINA).hour, trip.sailed_on):
        yield "渡船不具备夜航条件，夜间不得航行。"


class VoyageFlow(Workflow):
    draft = State("待签单", start=True)
    sailing = State("渡运中", confirmed=True)
    refused = State("已拒签", final=True, confirmed=True, tone="void")
    arrived = State("已到达", final=True, confirmed=True)

    sign = Move(draft >> sailing, "签单发航", by="water_officer", check=why_not_sign)
    refuse = Move(draft >> refused, "拒签", by="water_officer", needs=("refusals",))
    arrive = Move(sailing >> arrived, "到达", by="water_officer", sets={"arrived_at": clock.now})
