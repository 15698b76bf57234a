"""The doubts of a pass whose plate an officer has put right: those of the other plate go, those of this one come.

Limit, excess and fine stay as they are: they follow from what the point reported (第62号令 第三条), the axles and the
mass above all, and ask nothing of the register. Where the point reported papers too, the licence's mass of a two-axle
truck or the mass of a permit, these were of the plate it read, so the officer is told to look at them. What the
register and other passes say is said of a plate: the register is asked again, other passes are left to the officer.
"""

from typing import Any

from tonggui.bridge.pass_register import Registered, register_doubts
from tonggui.bridge.pass_told import Told
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.protocols.weighing.doubts import BY_CODE, Look

#: Doubts that other passes under the plate, or the reading of the plate itself, gave.
OF_PASSES = ("repeated", "cloned_plate", "same_trip", "axles_changed", "heavier_than_ever", "lighter_than_ever")
OF_READING = ("plate_unread", "plates_differ", "plate_corrected")
#: Doubts that the register gave all begin so.
OF_REGISTER = ("register_", "permit_")
CORRECTED = Told(
    "plate_corrected",
    Look.VEHICLE,
    "号牌经人工更正，机器没有对照这一号牌的其他过车；限值仍按检测点报来的轴数等得出，没有重新判定，"
    "二轴货车、按行驶证限载和持通行证的车辆请核对证件",
)
ORDER = {look.label: look for look in Look}


def doubts_under(found: DoubtedPass, plate: str) -> list[dict[str, str]]:
    """What is doubtful of a pass under another plate than it was read with, what to look at first in front."""
    kept = [one for one in found.doubts if not _of_plate(one.get("code", ""))]
    row = _row(found, plate)
    told = [*_of_reading(row), *register_doubts([row], Registered.of([row]))[0], CORRECTED]
    return sorted([*kept, *(one.noted for one in told)], key=lambda one: ORDER.get(one.get("look", ""), Look.NOTE))


def _of_plate(code: str) -> bool:
    return code in (*OF_PASSES, *OF_READING) or code.startswith(OF_REGISTER)


def _of_reading(row: dict[str, Any]) -> list[Told]:
    """Front and rear do not agree; a trailer has a plate of its own."""
    rear = row["plate_rear"]
    if not rear or rear == row["plate"] or rear.endswith("挂"):
        return []
    differ = BY_CODE["plates_differ"]
    return [Told(differ.code, differ.look, differ.words.format(**row))]


def _row(found: DoubtedPass, plate: str) -> dict[str, Any]:
    """The pass as the register is asked about it; the colour of the plate is not kept with the record."""
    return {
        "plate": plate,
        "plate_rear": found.plate_rear,
        "plate_color": "",
        "axles": found.axles,
        "gross_kg": found.gross_kg,
        "time": found.passed_at,
    }
