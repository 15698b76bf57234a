"""The acts behind 一超四罚: decisions that count, the year they fall in, and how many there are by each reading.

An act counts for a check when it was effective no later than the check's own, so what a check says stays as it was
when later cases come; only a quashed case changes it. A transport decided late may fall before others that were
decided first: counted is then the fullest twelve months in which it lies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tonggui.law.deadlines import add_months
from tonggui.ledgers.overload.fourfold_kinds import Checked
from tonggui.statutes.overloading.counted_acts import counted_act
from tonggui.statutes.overloading.counting import COUNTING_YEAR, Window, counting_window, look_back

#: States in which a case was decided but its decision does not stand.
FALLEN = ("dropped", "quashed")
LINKED = ("driver", "enterprise", "vehicle__enterprise", "yard")
FIELDS = ("pk", "number", "plate", *LINKED, "happened_on", "served_on", "fine")
#: A transport of the year may have been filed and decided long after.
DECIDED_WITHIN_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Act:
    """One counted transport. `order` is that in which decisions became effective; the others are ids."""

    pk: int
    number: str
    plate: str
    driver: int | None
    enterprise: int | None
    yard: int | None
    day: date
    order: tuple[date, int]

    def of(self, checked: str) -> Any:
        """By what the party of a check is known in the act: the plate, or an id; None where nobody knows."""
        return self.plate if checked == Checked.VEHICLE else getattr(self, checked)


@dataclass(frozen=True, slots=True)
class Tally:
    """The acts of one party within one year."""

    window: Window
    acts: tuple[Act, ...]

    @property
    def plates(self) -> set[str]:
        return {act.plate for act in self.acts}


def counted_acts(rows: Iterable[Any], on: date) -> list[Act]:
    """Those cases that count on a day by the readings in force, in the order in which they became effective."""
    found = list(rows.values_list(*FIELDS))  # type: ignore[attr-defined]
    if not found:
        return []
    cases = [dict(zip(FIELDS, row, strict=True)) for row in found]
    judged = counted_act.columns(
        on,
        acted_on=_days(case["happened_on"] for case in cases),
        served_on=_days(case["served_on"] for case in cases),
        fined=np.array([bool(case["fine"]) for case in cases]),
    )
    acts = [
        Act(
            case["pk"],
            case["number"],
            case["plate"],
            case["driver"],
            case["enterprise"] or case["vehicle__enterprise"],
            case["yard"],
            day,
            (case["served_on"], case["pk"]),
        )
        for case, counts, day in zip(cases, judged["counted"], judged["counted_on"].tolist(), strict=True)
        if counts
    ]
    return sorted(acts, key=lambda act: act.order)


def effective_cases(cases: Any, on: date) -> Any:
    """Of some cases those whose decision stands and was served, as far back as a year of the day can reach."""
    since = add_months(look_back(on), -DECIDED_WITHIN_MONTHS)
    standing = cases.filter(state__in=cases.model.ledger.flow.confirmed, served_on__gte=since)
    return standing.exclude(state__in=FALLEN)


def tallies(act: Act, acts: Iterable[Act], checked: str, issued_on: date | None) -> dict[str, Tally]:
    """For each reading of the year the acts of the party that count beside this one, itself included."""
    known = [one for one in acts if one.of(checked) == act.of(checked) and one.order <= act.order]
    rolling = [counting_window(one.day, None, "rolling") for one in known if one.day >= act.day]
    windows = {
        "rolling": [window for window in rolling if window[0] <= act.day],
        "anniversary": [counting_window(act.day, issued_on, "anniversary")] if issued_on else [],
    }
    found = {reading: [_within(known, window) for window in choices] for reading, choices in windows.items()}
    best = {reading: max(choices, key=lambda one: len(one.acts)) for reading, choices in found.items() if choices}
    # Where nobody knows when the licence was first issued, the year is any twelve months.
    return {reading: best.get(reading, best["rolling"]) for reading in COUNTING_YEAR.choices}


def _within(acts: Iterable[Act], window: Window) -> Tally:
    return Tally(window, tuple(act for act in acts if window[0] <= act.day <= window[1]))


def _days(days: Iterable[date | None]) -> Any:
    return np.array(list(days), dtype="datetime64[D]")
