"""What the ledgers know of the vehicles and points of weighed passes, and what that makes the machine doubt.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第三条 and 第二十七条: a permit for an abnormal load, an emergency
vehicle or a special-operation vehicle is looked at by hand before anyone is accused. A vehicle that is not in the
register is no doubt: most trucks on the road belong to other counties.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from tonggui.base.clock import CHINA
from tonggui.base.codes import plate_color
from tonggui.base.errors import Problem
from tonggui.bridge.pass_told import Told, aware
from tonggui.ledgers.fleet.vehicle import Vehicle, VehicleClass
from tonggui.ledgers.overload.permit import Permit
from tonggui.ledgers.overload.point import PointKind, WeighingPoint
from tonggui.ledgers.overload.yard import Yard
from tonggui.protocols.weighing.doubts import Look
from tonggui.register.actor import Actor
from tonggui.statutes.overloading.doubts import LICENCE_TIMES

READER = Actor.system("车辆称重")
PEOPLE = (VehicleClass.COACH, VehicleClass.CHARTER, VehicleClass.BUS, VehicleClass.TAXI, VehicleClass.TRAINING)
EXEMPT = (VehicleClass.EMERGENCY, VehicleClass.SPECIAL)
RIGID = (VehicleClass.HEAVY, VehicleClass.LIGHT)


@dataclass(frozen=True)
class Registered:
    """The records that a batch of passes touches: one question a ledger, whatever the batch holds."""

    points: dict[str, WeighingPoint] = field(default_factory=dict)
    #: By the point at their exit; a point on the road is nobody's exit.
    yards: dict[int, Yard] = field(default_factory=dict)
    vehicles: dict[str, list[Vehicle]] = field(default_factory=dict)
    permits: dict[str, list[Permit]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Registered":
        """What is registered of these passes. The points are all in the register, since a plate may be seen at any."""
        plates = {str(row[name]) for row in rows for name in ("plate", "plate_rear")} - {""}
        points = {point.code: point for point in WeighingPoint.objects.visible_to(READER).select_related("unit")}
        vehicles: dict[str, list[Vehicle]] = defaultdict(list)
        for vehicle in Vehicle.objects.visible_to(READER).filter(plate__in=plates):
            vehicles[vehicle.plate].append(vehicle)
        permits: dict[str, list[Permit]] = defaultdict(list)
        held = Permit.objects.visible_to(READER).filter(state__in=("may_run", "lapsed"))
        for permit in held.filter(Q(plate__in=plates) | Q(trailer_plate__in=plates)).order_by("pk"):
            for plate in {permit.plate, permit.trailer_plate} - {""}:
                permits[plate].append(permit)
        at_exits = Yard.objects.visible_to(READER).filter(point__kind=PointKind.SOURCE)
        yards = {yard.point_id: yard for yard in at_exits}
        return cls(points, yards, vehicles, permits)

    def vehicle_of(self, row: Mapping[str, Any]) -> Vehicle | None:
        """The vehicle of the front plate; where two share the plate, the one whose plate has the colour seen."""
        found = self.vehicles.get(str(row["plate"]), [])
        return next((one for one in found if one.plate_color == _color(row)), found[0] if found else None)

    def permit_of(self, row: Mapping[str, Any]) -> Permit | None:
        """The permit that the vehicle or its trailer held on the day, the newest of several."""
        day = _day(row)
        permits = [one for name in ("plate", "plate_rear") for one in self.permits.get(str(row[name]), ())]
        held = [one for one in permits if one.valid_from and one.runs_until and one.valid_from <= day <= one.runs_until]
        return max(held, key=lambda one: one.pk, default=None)


def register_doubts(rows: Sequence[Mapping[str, Any]], registered: Registered) -> list[list[Told]]:
    """What the register makes doubtful of each pass."""
    return [[*_of_permit(row, registered.permit_of(row)), *_of_vehicle(row, registered)] for row in rows]


def _of_permit(row: Mapping[str, Any], permit: Permit | None) -> Iterator[Told]:
    if permit is None:
        return
    named = f"{permit.pass_no or permit.number}（至 {permit.runs_until}）"
    measured_t, allowed_t = float(row["gross_kg"]) / 1000, float(permit.gross_t)
    if measured_t <= allowed_t:
        words = f"持有效超限运输通行证 {named}，证载总重 {allowed_t:g} 吨，请核对路线和时间"
        yield Told("permit_held", Look.VEHICLE, words)
    else:
        words = f"持有效超限运输通行证 {named}，但实测 {measured_t:.1f} 吨，超过证载总重 {allowed_t:g} 吨"
        yield Told("permit_exceeded", Look.VEHICLE, words)


def _of_vehicle(row: Mapping[str, Any], registered: Registered) -> Iterator[Told]:
    vehicle = registered.vehicle_of(row)
    if vehicle is None:
        return
    plate, kind = vehicle.plate, vehicle.kinds["vehicle_class"].show(vehicle.vehicle_class)
    if vehicle.vehicle_class in PEOPLE:
        yield Told("register_kind", Look.VEHICLE, f"{plate} 登记为{kind}，不是货车")
    if vehicle.vehicle_class in EXEMPT:
        yield Told("register_exempt", Look.VEHICLE, f"{plate} 登记为{kind}，是否适用限值请人工核对")
    if vehicle.state in ("ended", "suspended"):
        word = "已注销" if vehicle.state == "ended" else "已报停"
        yield Told("register_state", Look.VEHICLE, f"{plate} 在车辆档案中{word}")
    color = _color(row)
    if color and vehicle.plate_color and color != vehicle.plate_color:
        shown = vehicle.kinds["plate_color"].show(vehicle.plate_color)
        yield Told("register_color", Look.VEHICLE, f"{plate} 登记为{shown}号牌，识别为{row['plate_color']}")
    yield from _of_axles(row, vehicle)
    times, gross = LICENCE_TIMES.on(_day(row)), float(row["gross_kg"])
    if vehicle.vehicle_class in RIGID and vehicle.gross_kg and gross > times * vehicle.gross_kg:
        words = f"{plate} 登记最大总质量 {vehicle.gross_kg:,} 千克，实测为其 {gross / vehicle.gross_kg:.1f} 倍"
        yield Told("register_mass", Look.VEHICLE, words)


def _of_axles(row: Mapping[str, Any], vehicle: Vehicle) -> Iterator[Told]:
    """A rigid truck has the axles of its licence; a tractor has at least those of its own."""
    registered, measured = vehicle.axles, int(row["axles"])
    if registered is None:
        return
    if vehicle.vehicle_class in RIGID and measured != registered:
        yield Told("register_axles", Look.VEHICLE, f"{vehicle.plate} 登记 {registered} 轴，实测 {measured} 轴")
    elif vehicle.vehicle_class == VehicleClass.TRACTOR and measured < registered:
        yield Told("register_axles", Look.VEHICLE, f"{vehicle.plate} 牵引车登记 {registered} 轴，实测共 {measured} 轴")


def _color(row: Mapping[str, Any]) -> str:
    """The colour seen as the register writes it; empty where the camera gave none."""
    try:
        return str(int(plate_color(str(row["plate_color"])))) if row["plate_color"] else ""
    except Problem:
        return ""


def _day(row: Mapping[str, Any]) -> date:
    return aware(row["time"]).astimezone(CHINA).date()
