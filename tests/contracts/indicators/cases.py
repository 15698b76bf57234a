"""What all files of indicator cases share: a case, its rows, the days around its period, and the test over cases.

A row is `(ledger, values)`. A link is given as the name of a record written before it in the same case.
"""

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tonggui.base import clock
from tonggui.measure.declare import Period
from tonggui.measure.indicators import indicator
from tonggui.measure.numbers import DASH
from tonggui.register.kinds import Link
from tonggui.register.registry import ledger

HALF = Period.parse("2026H1")
BEFORE, INSIDE, AFTER = date(2025, 12, 31), date(2026, 3, 1), date(2026, 7, 1)

# Money is typed in 万元 and kept in yuan.
WAN = 10_000

Row = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """Rows of the ledgers and the figure they must give for the first half of 2026.

    `by` and `of` name a part of a split (`by="project", of="甲"`) instead of the whole.
    """

    code: str
    why: str
    rows: list[Row] = field(repr=False)
    text: str = ""
    by: str = ""
    of: str = ""

    def figure(self):
        """The figure of the rows, which must have been written."""
        if not self.by:
            return indicator(self.code).figure(HALF)
        parts = {part.scope.label: part for part in indicator(self.code).split(HALF, self.by)}
        return parts[self.of]


def cases(why: str, rows: list[Row], texts: dict[str, str]) -> list[Case]:
    """The figures of several indicators from the same rows."""
    return [Case(code, why, rows, text) for code, text in texts.items()]


def row(key: str, /, **usual: Any):
    """A maker of rows of a ledger: its usual values, with others for the case at hand."""
    return lambda **values: (key, {**usual, **values})


def add(key: str, **values: Any) -> Any:
    """A record made from its ledger's example."""
    return ledger(key).example(**values)


def write(rows: Iterable[Row]) -> dict[tuple[str, str], Any]:
    """The rows as records, by ledger and name; those of one case see each other by their names."""
    made: dict[tuple[str, str], Any] = {}
    for key, values in rows:
        kinds = ledger(key).kinds
        linked = {
            name: made[kind.related_model.ledger.key, value]
            for name, value in values.items()
            if isinstance(kind := kinds.get(name), Link) and isinstance(value, str)
        }
        record = add(key, **{**values, **linked})
        made[key, str(record)] = record
        if getattr(record, "name", ""):
            made[key, record.name] = record
    return made


def rows_in_value_out(cases: list[Case]):
    """The test of a file's cases; the file names it so that pytest finds it."""

    @pytest.mark.django_db
    @pytest.mark.parametrize("case", cases, ids=lambda case: f"{case.code}: {case.why}")
    def test(case):
        write(case.rows)
        figure = case.figure()
        assert figure.text == case.text, figure.reason
        assert figure.known == (case.text != DASH) and bool(figure.reason) != figure.known

    return test


def all_cases() -> list[Case]:
    """The cases of every domain."""
    names = [found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"indicators.{name}") for name in names if name.startswith("test_")]
    return [case for module in modules for case in getattr(module, "CASES", ())]


def at(day: date) -> datetime:
    """Ten in the morning of a day: when a record is written."""
    return datetime.combine(day, time(10), clock.CHINA)


def value(code: str) -> Decimal | None:
    """The value of an indicator over what has been written."""
    return indicator(code).figure(HALF).value


def parts(code: str, by: str) -> list[Decimal | None]:
    """The values of a split, in its order."""
    return [figure.value for figure in indicator(code).split(HALF, by)]
