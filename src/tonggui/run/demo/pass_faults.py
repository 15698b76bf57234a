"""What the demo county's waiting passes give the machine to doubt: one of each kind, and trucks seen twice.

A point sends each of these as a real device would; the doubts come from the same rules as for any other pass.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tonggui.bridge.pass_history import elsewhere
from tonggui.bridge.pass_register import Registered, register_doubts
from tonggui.bridge.pass_told import Told, told_of
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.ledgers.overload.permit import Permit
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.run.demo.diary import Diary, after

EVERY = 2
"""Of so many waiting passes one has a fault."""
TWICE = 13
"""Of so many waiting passes one is the truck before it once more, at another point."""
SOON, LATER = timedelta(minutes=3), timedelta(minutes=40)

Item = dict[str, Any]


def _sides(item: Item, share: float) -> list[list[int]]:
    return [[round(load * share), round(load * (1 - share))] for load in item["axle_kg"]]


FAULTS: tuple[Callable[[Item], Item], ...] = (
    lambda item: {"straddling": True, "wheel_kg": _sides(item, 0.82)},
    lambda item: {"acceleration_ms2": -2.4, "speed_in_kmh": 58.0, "speed_out_kmh": 41.0},
    lambda item: {"plate_rear": "示A99999"},
    lambda item: {"plate_color": "蓝色"},
    lambda item: {"tailgating": True, "gap_mm": [3300, *[1350] * (item["axles"] - 3), 14_600]},
    lambda item: {"speed_kmh": 1.8, "speed_in_kmh": 1.9, "speed_out_kmh": 1.8},
    lambda item: {"acceleration_ms2": 1.9, "speed_in_kmh": 21.0, "speed_out_kmh": 29.0},
    lambda item: {"claimed_excess_kg": 400},
    lambda item: {"axle_kg": [*item["axle_kg"][:-1], round(item["axle_kg"][-1] * 0.6)]},
    lambda item: {"gap_mm": [3300, *[1350] * (item["axles"] - 3)]},
    lambda item: {"evading": True, "speed_kmh": 102.0},
    lambda item: {"wheel_kg": _sides(item, 0.31)},
    lambda item: {"plate": ""},
)


def fault_of(item: Item, number: int) -> Item:
    """What the device says more of the waiting pass of this number, counted from 1, and what is wrong with some."""
    faulty = number % EVERY == 0 and item["axles"] > 2
    return {"direction": "上行" if number % 3 else "下行"} | (
        FAULTS[number // EVERY % len(FAULTS)](item) if faulty else {}
    )


def gap_behind(number: int) -> timedelta | None:
    """How long after the pass before it the waiting pass of this number is the same truck; None for another truck."""
    if number % TWICE:
        return None
    return SOON if number // TWICE % 2 else LATER


def hold_permit(diary: Diary, truck: Vehicle, today: date) -> None:
    """A permit for an abnormal load that a truck of the fleet holds these days."""
    officer, accepted_on = diary.who("road_officer"), after(today, -20)
    permit = Permit(
        plate=truck.plate,
        carrier=f"{truck.enterprise.name}",
        load="变压器（示例）",
        indivisible=True,
        load_length_m=19,
        load_width_m=3,
        load_height_m=4.2,
        gross_t=48,
        permit_route="示例大道 K0 至 K12",
        accepted_on=accepted_on,
    )
    permit = diary.write(permit, officer, accepted_on)
    granted = {"decided_on": after(today, -18), "valid_from": after(today, -17), "runs_until": after(today, 10)}
    values = {name: day.isoformat() for name, day in granted.items()}
    diary.take(permit, "let_run", officer, granted["decided_on"], **values)


def doubts_of(
    rows: Sequence[Mapping[str, Any]], seen: Sequence[Mapping[str, Any]], points: Mapping[str, WeighingPoint]
) -> tuple[Registered, list[list[Told]]]:
    """What is registered of some passes, and their doubts among all that were seen in the same days."""
    registered = Registered.of(rows)
    found = []
    for row, of_register in zip(rows, register_doubts(rows, registered), strict=True):
        near = [one for one in seen if row["plate"] and one["plate"] == row["plate"]]
        told = [*told_of(row), *of_register, *elsewhere(row, near, points)]
        found.append(sorted(told, key=lambda one: one.look))
    return registered, found
