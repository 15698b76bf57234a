"""超限运输: limits of goods vehicles, the penalty for exceeding them, and what may be evidence of it.

`judge` puts the rules together in the order an officer would: the limit of the vehicle, what is taken off the measured
mass, the dimensions, the excess and its price.
"""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Any

import numpy as np

from tonggui.law.declare import Article
from tonggui.law.rules import Columns, suggestion
from tonggui.statutes.overloading import (
    counted_acts,
    counting,
    media,
    penalties,
    permits,
    reviewing,
    sites,
    statistics,
    yards,
)
from tonggui.statutes.overloading.counting import COUNTING_YEAR, counting_window
from tonggui.statutes.overloading.doubts import pass_thresholds
from tonggui.statutes.overloading.edition import RULES, edition, editions, readings_of
from tonggui.statutes.overloading.evidence import weighing_evidence
from tonggui.statutes.overloading.fines import overload_fine
from tonggui.statutes.overloading.limits import mass_limit
from tonggui.statutes.overloading.sizes import size_fine
from tonggui.statutes.overloading.tolerance import mass_tolerance

TAKEN = {column.name for rule in RULES for column in rule.takes} - {
    "measured_kg",
    "gross_kg",
    "limit_kg",
    "layout",
    "size_fine_yuan",
}
"""What may be said of a weighing beside its mass: columns of the vehicle, its dimensions and the scale."""
READINGS = {reading.code: reading for rule in (*RULES, counting.counting_year) for reading in rule.readings}
"""Every choice between ways to understand the regulation, by its code."""

__all__ = [
    "COUNTING_YEAR",
    "READINGS",
    "RULES",
    "counted_acts",
    "counting",
    "counting_window",
    "edition",
    "editions",
    "in_force",
    "judge",
    "mass_limit",
    "mass_tolerance",
    "media",
    "overload_fine",
    "pass_thresholds",
    "penalties",
    "permits",
    "readings_of",
    "reviewing",
    "sites",
    "size_fine",
    "statistics",
    "trace",
    "weighing_evidence",
    "yards",
]


def in_force(day: date) -> bool:
    """Whether the regulation was the law on a day."""
    return mass_limit.since <= day


def judge(on: Any, gross_kg: Any, *, readings: Mapping[str, str] | None = None, **given: Any) -> Columns:
    """Limit, excess, rate, fine and warning of each weighing, with every column they came from.

    `on` is the day or an array of days (datetime64), `gross_kg` the mass measured, `given` what the rules take of the
    vehicle, its dimensions and the scale; all rows share `readings`, and what they leave out is as the bureau had it on
    the day. In the result `measured_kg` is the mass measured, `gross_kg` the mass judged, `law_edition` the edition of
    the law. Raises Problem for a day before the regulation.
    """
    for name in given:
        if name not in TAKEN:
            raise TypeError(f"no rule of a judgement takes {name!r}.{suggestion(name, sorted(TAKEN))}")
    columns: Columns = {**given, "measured_kg": gross_kg}
    days = np.broadcast_to(np.asarray(on, "datetime64[D]"), max(map(np.size, (on, *columns.values()))))
    for rule in RULES:
        taken = rule.taken(days, {column.name: columns[column.name] for column in rule.takes if column.name in columns})
        days = taken.pop("on")
        columns |= taken | rule.columns(days, readings=readings, **taken)
        if rule is mass_tolerance:
            columns["gross_kg"] = columns["adjusted_kg"]
    return columns | {"on": days, "law_edition": editions(days, readings)}


def trace(judged: Columns, readings: Mapping[str, str] | None = None) -> list[list[tuple[str, Article]]]:
    """For each weighing judged by some readings the steps to its result, each with its article."""
    return [list(chain(*steps)) for steps in zip(*(rule.trace(judged, {}, readings) for rule in RULES), strict=True)]
