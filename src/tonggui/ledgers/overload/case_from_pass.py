"""From a reviewed pass to a case that waits for filing: everything that the pass knows goes along.

Basis: 行政处罚法 (2021) 第二十二条 (the place of the act has jurisdiction), 第四十一条 (only a reviewed record is
evidence). The same is offered as a button on the page of the pass; this is for the desk and the machine.
"""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.case_kinds import Found
from tonggui.register.actor import Actor, acting
from tonggui.register.editing import check_record
from tonggui.register.errors import Refused

if TYPE_CHECKING:
    from tonggui.ledgers.overload.doubted_pass import DoubtedPass


def case_from_pass(found: "DoubtedPass") -> Case:
    """The case of a pass, not yet written: it was received today, and happened where and when the truck passed."""
    vehicle = found.vehicle
    return Case(
        found_by=Found.OFF_SITE,
        doubted_pass=found,
        point=found.point,
        unit=found.unit,
        is_example=found.is_example,
        plate=found.plate,
        vehicle=vehicle,
        enterprise=vehicle.enterprise if vehicle else None,
        party="" if vehicle and vehicle.enterprise_id else f"{found.plate}车辆所有人",
        yard=found.yard,
        source=found.yard.name if found.yard else "",
        scene=_scene(found.point),
        received_on=clock.today(),
        happened_on=found.passed_on,
        acted_at=found.passed_at,
        gross_kg=found.gross_kg if found.adjusted_kg is None else found.adjusted_kg,
        limit_kg=found.limit_kg,
    )


def open_from_pass(found: "DoubtedPass", actor: Actor) -> Case:
    """Write the case of an accepted pass; Refused or InvalidValues say why there is none."""
    if found.state != "accepted":
        raise Refused(f"{found} 还没有复审入库，不能作为立案的证据。请先完成两级审核。")
    case = case_from_pass(found)
    case.facts = case.derive_facts()
    case.party = case.party or case.derive_party()
    check_record(case)
    with acting(actor, f"由过车记录 {found.number} 立案", action="create"):
        case.save()
    return case


def _scene(point) -> str:
    return f"{point.road} {point.stake}".strip()[:60] or point.name
