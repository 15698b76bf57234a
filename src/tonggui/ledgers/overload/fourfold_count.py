"""How far one party has come by one act: its numbers by both readings of the year, its level, and the words for it.

The bureau's reading decides; the other stands beside it. Of an enterprise the distinct vehicles with an act are
counted against the goods vehicles on its books on the day of counting, whose number is kept (规定未写明取哪一日).
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from tonggui.ledgers.overload.fourfold_acts import Act, Tally, tallies
from tonggui.ledgers.overload.fourfold_kinds import AUTHORITIES, FOLLOWS, GOODS_CLASSES, LINKS, Checked, Level
from tonggui.statutes.overloading.counted_acts import ENTERPRISE_WARNED_SHARE, YARD_WARNED_AT
from tonggui.statutes.overloading.counting import (
    ACTS_IN_YEAR,
    COUNTING_YEAR,
    ENTERPRISE_REVOKED_SHARE,
    ENTERPRISE_SHARE,
    WARNED_AT,
    exceeded,
    share_exceeded,
    warned,
)

if TYPE_CHECKING:
    from tonggui.ledgers.overload.fourfold import Fourfold

#: The field of a vehicle, a driver or an enterprise that says when its year began.
FIRST_ISSUED = {"vehicle": "permit_first_on", "driver": "certificate_first_on", "enterprise": "licence_first_on"}


def count(check: "Fourfold", act: Act, acts: Iterable[Act]) -> None:
    """Fill what the check says of its party: numbers, year, level, what follows and from whom."""
    on, checked = check.took_effect_on, check.checked_party
    found = tallies(act, acts, checked, _first_issued(check))
    reading = COUNTING_YEAR.on(on)
    deciding = found[reading]
    check.rolling_no, check.anniversary_no = len(found["rolling"].acts), len(found["anniversary"].acts)
    check.repeat_no = len(deciding.acts)
    check.counted_from, check.counted_to = deciding.window
    if checked == Checked.ENTERPRISE:
        check.vehicles_over = len(deciding.plates)
        check.vehicles_owned, check.owned_on = on_books(check.enterprise_id), on
        check.over_share = share(check.vehicles_over, check.vehicles_owned)
    check.level = level_of(checked, on, check.repeat_no, check.vehicles_over or 0, check.vehicles_owned or 0)
    check.follows = FOLLOWS.get((checked, check.level), "")
    check.handling_body = AUTHORITIES[checked]
    check.counting = "\n".join(_words(check, found, reading, on))


def on_books(enterprise_id: int) -> int:
    """The goods vehicles that an enterprise has on its books, laid up or not."""
    from tonggui.ledgers.overload.fourfold import Fourfold

    vehicles = Fourfold.kinds["vehicle"].related_model._base_manager  # type: ignore[attr-defined]
    return vehicles.filter(enterprise=enterprise_id, vehicle_class__in=GOODS_CLASSES).exclude(state="ended").count()


def share(part: int, whole: int) -> Decimal | None:
    """A part of a stated whole in per cent, one rounding; None of nothing."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None


def level_of(checked: str, on: date, acts: int, over: int = 0, owned: int = 0) -> str:
    """How far so many acts in the deciding year bring a party; an enterprise by its vehicles over and owned."""
    if checked == Checked.YARD:
        return Level.WARNED if acts >= int(YARD_WARNED_AT.on(on)) else Level.COUNTED
    if checked != Checked.ENTERPRISE:
        return Level.REACHED if exceeded(on, acts) else Level.WARNED if warned(on, acts) else Level.COUNTED
    if owned and Decimal(over) / owned > ENTERPRISE_REVOKED_SHARE.on(on):
        return Level.REVOCABLE
    if share_exceeded(on, over, owned):
        return Level.REACHED
    return Level.WARNED if owned and Decimal(over) / owned >= ENTERPRISE_WARNED_SHARE.on(on) else Level.COUNTED


def _first_issued(check: "Fourfold") -> date | None:
    holder = getattr(check, check.checked_party)
    return (
        getattr(holder, FIRST_ISSUED[check.checked_party]) if holder and check.checked_party in FIRST_ISSUED else None
    )


def _words(check: "Fourfold", found: dict[str, Tally], reading: str, on: date) -> Iterable[str]:
    for code, tally in found.items():
        first, last = tally.window
        said = f"{COUNTING_YEAR.choices[code]}（{first} 至 {last}）：{_counted(check, tally)}"
        if code == "anniversary" and _first_issued(check) is None:
            said += "。初次发放日期未登记，按连续十二个月计"
        yield said + ("。本局按此认定" if code == reading else "")
    yield _threshold(check, on)


def _counted(check: "Fourfold", tally: Tally) -> str:
    if check.checked_party != Checked.ENTERPRISE:
        return f"{len(tally.acts)} 次"
    owned = check.vehicles_owned
    part = share(len(tally.plates), owned)
    of = f"占在册货车 {owned} 辆的 {part}%" if owned else "在册货车为零，请先核对车辆台账"
    return f"{len(tally.acts)} 次，涉及车辆 {len(tally.plates)} 辆，{of}"


def _threshold(check: "Fourfold", on: date) -> str:
    if check.checked_party == Checked.ENTERPRISE:
        revoked = ENTERPRISE_REVOKED_SHARE.on(on)
        above = f"，超过 {revoked:.0%} 吊销许可" if revoked < 1 else ""
        return f"标准：超过 {ENTERPRISE_SHARE.on(on):.0%} 停业整顿{above}；{ENTERPRISE_WARNED_SHARE.on(on):.0%} 起预警"
    if check.checked_party == Checked.YARD:
        return f"标准：每次均核查源头责任；{YARD_WARNED_AT.on(on)} 次起预警"
    most = int(ACTS_IN_YEAR.on(on))
    return f"标准：超过 {most} 次（即第 {most + 1} 次起）处置；{WARNED_AT.on(on)} 次起预警"


def party_of(check: "Fourfold") -> object:
    """The linked party of a check, or the plate of a vehicle; None where it is not known."""
    return getattr(check, LINKS[check.checked_party]) if check.checked_party in LINKS else check.plate
