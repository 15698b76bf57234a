"""Who stands where today by 一超四罚: every vehicle, driver, enterprise and yard with an act within its year.

Counted from the cases themselves and not from the checks opened at the time, so that the page is true on any day: what
has left the year is gone. By both readings of the year; the bureau's decides. Nobody is ranked: parties stand by level
and then by name.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import Count

from tonggui.ledgers.fleet.driver import Driver
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.fourfold_acts import Act, counted_acts, effective_cases
from tonggui.ledgers.overload.fourfold_count import FIRST_ISSUED, level_of, share
from tonggui.ledgers.overload.fourfold_kinds import GOODS_CLASSES, Checked, Level
from tonggui.ledgers.overload.yard import Yard
from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.register.actor import Actor
from tonggui.statutes.overloading.counting import COUNTING_YEAR, Window, counting_year

#: Numbers of the law count over the whole bureau; who may see the page is asked of `standings`.
COUNTS = Actor.system("一超四罚计次")
LEDGERS: dict[str, Any] = {Checked.DRIVER: Driver, Checked.ENTERPRISE: Enterprise, Checked.YARD: Yard}
#: The order of the page: what must be done first stands first.
ORDER = (Level.REVOCABLE, Level.REACHED, Level.WARNED, Level.COUNTED)


@dataclass(frozen=True, slots=True)
class Standing:
    """One party on one day. `acts` are those of the deciding year, newest first; `numbers` those of each reading."""

    checked: str
    name: str
    url: str
    level: str
    window: Window
    acts: tuple[Act, ...]
    numbers: dict[str, int]
    vehicles_over: int = 0
    vehicles_owned: int = 0

    @property
    def times(self) -> int:
        return len(self.acts)

    @property
    def share(self) -> Decimal | None:
        """The enterprise's vehicles with an act in per cent of its goods vehicles."""
        return share(self.vehicles_over, self.vehicles_owned)

    @property
    def level_words(self) -> str:
        return str(Level(self.level).label)


def standings(actor: Actor, on: date) -> dict[str, list[Standing]]:
    """By kind of party all that have an act in the deciding year of the day, the furthest level first."""
    acts = counted_acts(effective_cases(Case.ledger.query(actor), on), on)
    found = {}
    for checked in Checked:
        of: dict[Any, list[Act]] = defaultdict(list)
        for act in acts:
            if (party := act.of(checked)) is not None:
                of[party].append(act)
        found[str(checked)] = _stand(checked, of, on) if of else []
    return found


def _stand(checked: str, of: dict[Any, list[Act]], on: date) -> list[Standing]:
    known = _known(checked, of)
    windows = _windows([known.get(party) for party in of], checked, on)
    owned = _on_books(of) if checked == Checked.ENTERPRISE else {}
    reading = COUNTING_YEAR.on(on)
    found = []
    for place, (party, acts) in enumerate(of.items()):
        within = {code: _within(acts, years[place]) for code, years in windows.items()}
        counted = within[reading]
        if not counted:
            continue
        over = len({act.plate for act in counted})
        record = known.get(party)
        found.append(
            Standing(
                str(checked),
                str(party) if checked == Checked.VEHICLE else record.name if record else "",
                record.url if record else "",
                level_of(checked, on, len(counted), over, owned.get(party, 0)),
                windows[reading][place],
                tuple(reversed(counted)),
                {code: len(one) for code, one in within.items()},
                over,
                owned.get(party, 0),
            )
        )
    return sorted(found, key=lambda one: (ORDER.index(Level(one.level)), one.name))


def _within(acts: list[Act], window: Window) -> list[Act]:
    return sorted((act for act in acts if window[0] <= act.day <= window[1]), key=lambda act: act.day)


def _windows(records: list[Any], checked: str, on: date) -> dict[str, list[Window]]:
    """For each reading the year of the day for each party, in one go."""
    field = FIRST_ISSUED.get(checked)
    issued = np.array([getattr(one, field) if one and field else None for one in records], dtype="datetime64[D]")
    found = {}
    for code in COUNTING_YEAR.choices:
        years = counting_year.columns(on, issued_on=issued, readings={COUNTING_YEAR.code: code})
        found[code] = list(zip(years["counted_from"].tolist(), years["counted_to"].tolist(), strict=True))
    return found


def _known(checked: str, parties: Iterable[Any]) -> dict[Any, Any]:
    """The records of the parties; a plate that the fleet does not know has none."""
    if checked == Checked.VEHICLE:
        return {one.plate: one for one in Vehicle.objects.visible_to(COUNTS).filter(plate__in=list(parties))}
    return LEDGERS[checked].objects.visible_to(COUNTS).in_bulk(list(parties))


def _on_books(enterprises: Iterable[int]) -> dict[int, int]:
    vehicles = Vehicle.objects.visible_to(COUNTS).filter(
        enterprise__in=list(enterprises), vehicle_class__in=GOODS_CLASSES
    )
    counted = vehicles.exclude(state="ended").order_by().values_list("enterprise").annotate(n=Count("pk"))
    return dict(counted)
