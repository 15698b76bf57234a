"""桩号: places along a road, written K12+345.678 for 12,345.678 metres from its origin.

Basis: JTG B01-2014. A realigned road has broken chains (断链): a long one repeats stakes, a short one skips them, so
the difference of two stakes is a length only where the section has none.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

_STAKE = re.compile(r"K(\d{1,4})\+(\d{1,3}(?:\.\d{1,3})?)", re.IGNORECASE)
#: How far the length of a section may lie from the difference of its stakes: they are posted to the metre.
TOLERANCE_KM = Decimal("0.002")


def metres(stake: str) -> Decimal | None:
    """Metres from the road's origin; None for what is no stake."""
    found = _STAKE.fullmatch(stake.strip())
    return found and Decimal(found[1]) * 1000 + Decimal(found[2])


def kilometres(start: str, end: str) -> Decimal | None:
    """Length between two stakes in kilometres, three decimals; None where one is no stake."""
    first, last = metres(start), metres(end)
    return None if first is None or last is None else abs(last - first).quantize(Decimal("0.001")) / 1000


def stake_faults(record: Any, *names: str) -> Iterator[tuple[str, str]]:
    """Each named field that is filled and holds no stake, with a sentence."""
    for name in names:
        stake = getattr(record, name)
        if stake and metres(stake) is None:
            yield name, f"“{record.kinds[name].label}”不是桩号：{stake}。请写成 K12+345 这样的形式。"


def order_faults(record: Any) -> Iterator[tuple[str, str]]:
    """Both stakes are stakes, and the end lies behind the start: stakes rise along the road."""
    found = list(stake_faults(record, "start_stake", "end_stake"))
    yield from found
    if found or not (record.start_stake and record.end_stake):
        return
    if metres(record.end_stake) <= metres(record.start_stake):
        yield "end_stake", f"“止点桩号”应大于“起点桩号”（{record.start_stake}）。"
