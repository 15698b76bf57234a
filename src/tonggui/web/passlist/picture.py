"""What is drawn of a pass: the truck's axles with their loads, and the weights of the same truck over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tonggui.base.clock import CHINA
from tonggui.statutes.overloading.layouts import AXLES_OF_DIGIT
from tonggui.web.passlist.columns import Row, kilograms

# Units of the drawings: axles of one group stand close, groups apart; bars at most so high.
CLOSE, APART, MARGIN, HIGHEST = 46, 84, 40, 90
WIDE, HIGH, EDGE = 640, 170, 34


@dataclass(frozen=True, slots=True)
class Axle:
    """One axle: where it stands, its load, how high its bar is."""

    place: int
    at: int
    kg: str
    height: float


def axles(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The truck from the side, each axle with its load; None where no loads were sent."""
    loads = values.get("axle_kg") or []
    if not loads:
        return None
    sizes, at, most = group_sizes(values, len(loads)), MARGIN, max(loads) or 1
    drawn: list[Axle] = []
    for place, kg in enumerate(loads):
        if place:
            at += APART if place in _starts(sizes) else CLOSE
        drawn.append(Axle(place + 1, at, kilograms(kg), round(kg * HIGHEST / most, 1)))
    gross = kilograms(values["gross_kg"])
    return {"axles": drawn, "width": at + MARGIN, "total": kilograms(sum(loads)), "gross": gross}


def group_sizes(values: Mapping[str, Any], axles: int) -> list[int]:
    """Axles of each group, front to back, where the pass says so and its axles add up; else each axle for itself."""
    said = str(values.get("axle_groups") or "")
    code = str(values.get("type") or "")
    for sizes in ([int(digit) for digit in said], [AXLES_OF_DIGIT.get(int(digit), 0) for digit in code]):
        if sum(sizes) == axles:
            return sizes
    return [1] * axles


def _starts(sizes: Sequence[int]) -> set[int]:
    """Places at which a group begins."""
    return {sum(sizes[:n]) for n in range(len(sizes))}


def weights(rows: Sequence[Row]) -> dict[str, Any] | None:
    """Gross weight and limit of one truck over its passes, oldest first; None below two."""
    if len(rows) < 2:
        return None
    rows = sorted(rows, key=lambda row: row["time"])
    most = max(max(row["gross_kg"], row["limit_kg"]) for row in rows) * 1.08
    step = (WIDE - 2 * EDGE) / (len(rows) - 1)

    def y(kg: float) -> float:
        return round(HIGH - EDGE - kg * (HIGH - 1.6 * EDGE) / most, 1)

    dots = [
        {
            "x": round(EDGE + n * step, 1),
            "y": y(row["gross_kg"]),
            "over": row["excess_kg"] > 0,
            "url": f"/passes/{row['log']}/{row['frame_position']}/",
            "words": f"{row['time'].astimezone(CHINA):%Y-%m-%d %H:%M} {row['point']} {row['gross_kg']:,.0f} kg",
        }
        for n, row in enumerate(rows)
    ]
    return {
        "dots": dots,
        "line": " ".join(f"{dot['x']},{dot['y']}" for dot in dots),
        "limit": " ".join(f"{round(EDGE + n * step, 1)},{y(row['limit_kg'])}" for n, row in enumerate(rows)),
        "first": rows[0]["time"],
        "last": rows[-1]["time"],
        "base": HIGH - EDGE,
        "right": WIDE - EDGE,
    }
