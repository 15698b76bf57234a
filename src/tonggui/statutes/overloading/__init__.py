"""超限运输: mass limits of goods vehicles, the penalty for exceeding them, and what may be evidence of it.

`judge` puts the rules together in the order an officer would: the limit of the vehicle, the excess and its price.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tonggui.law.declare import Article
from tonggui.law.rules import Columns
from tonggui.statutes.overloading import counted_acts, counting, media, permits, reviewing, sites
from tonggui.statutes.overloading.counting import COUNTING_YEAR, counting_window, counting_windows
from tonggui.statutes.overloading.doubts import pass_thresholds
from tonggui.statutes.overloading.evidence import weighing_evidence
from tonggui.statutes.overloading.fines import overload_fine
from tonggui.statutes.overloading.limits import mass_limit

READINGS = {reading.code: reading for reading in (*mass_limit.readings, *overload_fine.readings)}
"""Every choice between ways to understand the regulation, by its code."""

__all__ = [
    "COUNTING_YEAR",
    "READINGS",
    "counted_acts",
    "counting",
    "counting_window",
    "counting_windows",
    "in_force",
    "judge",
    "mass_limit",
    "media",
    "overload_fine",
    "pass_thresholds",
    "permits",
    "reviewing",
    "sites",
    "trace",
    "weighing_evidence",
]


def in_force(day: date) -> bool:
    """Whether the regulation was the law on a day."""
    return mass_limit.since <= day


def judge(on: Any, gross_kg: Any, *, readings: Mapping[str, str] | None = None, **vehicle: Any) -> Columns:
    """Limit, excess, rate, fine and warning of each weighing, with every column they came from.

    `on` is the day or an array of days (datetime64), `vehicle` the columns of `mass_limit`; all rows share `readings`.
    Raises Problem for a day before the regulation.
    """
    taken = mass_limit.taken(on, vehicle)
    days = taken.pop("on")
    limits = mass_limit.columns(days, readings=readings, **taken)
    weighed = overload_fine.taken(days, {"gross_kg": gross_kg, "limit_kg": limits["limit_kg"]})
    fines = overload_fine.columns(weighed.pop("on"), readings=readings, **weighed)
    return {"on": days, **taken, **weighed, **limits, **fines}


def trace(judged: Columns) -> list[list[tuple[str, Article]]]:
    """For each judged weighing the steps to its result, each with its article."""
    limits = mass_limit.trace(judged, {})
    return [limit + fine for limit, fine in zip(limits, overload_fine.trace(judged, {}), strict=True)]
