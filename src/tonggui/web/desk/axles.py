"""The axles of a pass as they are drawn: groups with their tyres, their loads, and what GB 1589 lets them carry.

The limit of a group is there to look at. The national fine rests on the gross mass, so a heavy axle is a word beside
the drawing and no finding.
"""

from typing import Any

from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.statutes.overloading.axle_loads import AXLE_LOADS, groups_of

SIZES = dict(zip("1234567", (1, 1, 2, 2, 2, 3, 3), strict=True))
SINGLE_TYRES = "136"


def axles_of(found: DoubtedPass) -> list[dict[str, Any]]:
    """The groups front to back: their name, loads in kg, what they may carry together, and the words where they carry
    more. Where the groups are not known or do not fit the loads, each axle stands alone without a limit."""
    loads = [round(load) for load in found.axle_kg]
    code, sizes = _described(found.axle_groups)
    if sum(sizes) != len(loads):
        return [_group("", [load], None, False) for load in loads]
    names = groups_of(int(code or 0), int("".join(map(str, sizes))))
    may_carry = AXLE_LOADS.on(found.passed_on)
    groups, at = [], 0
    for place, size in enumerate(sizes):
        name = names[place] if names else ""
        single = code[place] in SINGLE_TYRES if code else not place
        groups.append(_group(name, loads[at : at + size], may_carry.get(name), single))
        at += size
    return groups


def _described(written: str) -> tuple[str, list[int]]:
    """The axle-group code and the sizes of the groups of what the device said: 157, or 1+2+3."""
    if "+" not in written:
        return (written, [SIZES[digit] for digit in written]) if written and set(written) <= set(SIZES) else ("", [])
    return "", [int(size) for size in written.split("+") if size.isdigit()]


def _group(name: str, loads: list[int], limit: float | None, single: bool) -> dict[str, Any]:
    total = sum(loads)
    over = total - limit if limit and total > limit else 0
    words = f"超出轴荷参考值 {over:,.0f} kg" if over else ""
    return {"name": name, "loads": loads, "sum": total, "limit": limit, "over": words, "single": single}
