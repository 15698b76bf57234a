"""The indicators that a wording names, so that a report computes what it prints and nothing is declared twice.

Every indicator is loaded before the reports, so a wording that names an unknown code fails when the program starts.
"""

from functools import cache
from pathlib import Path

from tonggui.measure.indicators import Indicator, indicator
from tonggui.measure.wording.reading import read
from tonggui.measure.wording.tree import Wording


@cache
def wording_of(path: Path) -> Wording:
    return read(path.read_text(encoding="utf-8"))


def named_in(path: Path) -> list[Indicator]:
    """What a wording names for the whole: in its marks, and in what its conditions ask."""
    return [indicator(code) for code in wording_of(path).codes]


def named_of(path: Path, rows: str, leading: Indicator) -> list[Indicator]:
    """What a wording names of the rows of a list, the indicator first that says which rows there are."""
    codes = [code for code in wording_of(path).row_codes.get(rows, ()) if code != leading.code]
    return [leading, *map(indicator, codes)]
