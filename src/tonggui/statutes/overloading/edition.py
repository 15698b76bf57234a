"""适用规则版本: by which values and which readings a weighing was judged, short enough to stand beside every pass.

An edition is a digest of every value in force on the day and one digit for each reading, its place among the choices:
`9c1d2e3fa0-00000000`. It is stored with a pass; a bureau that reads a clause otherwise later, or a value that is
corrected, then changes nothing of what was judged before, and an appeal can reproduce the limit and the fine.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.law import overrides
from tonggui.law.declare import Reading
from tonggui.statutes.overloading.annex import AXLE_SUM, PERMIT, SINGLE_TYRES, TWO_PLUS_THREE
from tonggui.statutes.overloading.fines import FINE_STEPS, SCHEME, overload_fine
from tonggui.statutes.overloading.limits import mass_limit
from tonggui.statutes.overloading.sizes import SIZE_AMOUNT, size_fine
from tonggui.statutes.overloading.tolerance import TOLERANCE, mass_tolerance

RULES = (mass_limit, mass_tolerance, size_fine, overload_fine)
"""The rules of a judgement, in the order they are applied and told."""
PARAMETERS = tuple(parameter for rule in RULES for parameter in rule.parameters)
ORDER: tuple[Reading, ...] = (
    TWO_PLUS_THREE,
    SINGLE_TYRES,
    AXLE_SUM,
    PERMIT,
    TOLERANCE,
    SIZE_AMOUNT,
    FINE_STEPS,
    SCHEME,
)
"""The readings in the order of their digits. A new one goes to the end: stored editions stay readable."""
DIGEST_LENGTH = 10


def edition(on: date, readings: Mapping[str, str] | None = None) -> str:
    """The edition in force on a day, with the choices given in place of those the bureau had made by then."""
    return _edition(on, tuple(sorted((readings or {}).items())), overrides.version())


def editions(days: npt.NDArray[Any], readings: Mapping[str, str] | None = None) -> npt.NDArray[np.str_]:
    """The edition of each day."""
    span = np.searchsorted(_changes(overrides.version()), days, side="right")
    _, first, row = np.unique(span, return_index=True, return_inverse=True)
    return np.array([edition(days[place].item(), readings) for place in first.tolist()], dtype=np.str_)[row]


def readings_of(written: str) -> dict[str, str]:
    """The choices of an edition, by the code of their reading; those it is too old to know keep their default.

    Empty where the text is no edition.
    """
    digest, _, places = written.partition("-")
    if len(digest) != DIGEST_LENGTH or not (places.isascii() and places.isdigit()) or len(places) > len(ORDER):
        return {}
    chosen = {reading.code: reading.default for reading in ORDER}
    for reading, place in zip(ORDER, map(int, places), strict=False):
        if place >= len(reading.choices):
            return {}
        chosen[reading.code] = list(reading.choices)[place]
    return chosen


@lru_cache(maxsize=1)
def _changes(version: int) -> npt.NDArray[np.datetime64]:
    """The days from which another value or another of the bureau's choices holds."""
    days = {one.since for reading in ORDER for one in overrides.of(reading.code)}
    for parameter in PARAMETERS:
        days |= {one.since for one in overrides.of(parameter.title)} | set(parameter.values)
    return np.array(sorted(days), dtype="datetime64[D]")


@lru_cache(maxsize=4096)
def _edition(on: date, given: tuple[tuple[str, str], ...], version: int) -> str:
    readings = dict(given)
    chosen = [readings.get(reading.code) or reading.on(on) for reading in ORDER]
    values = {one.title: one.on(on) for one in PARAMETERS if one.in_force(on)}
    body = json.dumps({title: _plain(value) for title, value in values.items()}, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(body.encode()).hexdigest()[:DIGEST_LENGTH]
    places = (list(reading.choices).index(choice) for reading, choice in zip(ORDER, chosen, strict=True))
    return f"{digest}-{''.join(map(str, places))}"


def _plain(value: Any) -> Any:
    """Tables with their keys as text, so that they can be sorted and written."""
    return (
        {str(int(k) if isinstance(k, int) else k): _plain(v) for k, v in value.items()}
        if isinstance(value, Mapping)
        else value
    )
