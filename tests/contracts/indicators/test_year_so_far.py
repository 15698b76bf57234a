"""本年累计: over a first half the year so far is the same days, so each case of the plain figure holds for it too."""

from dataclasses import replace

import pytest

from indicators import test_hazards, test_safety
from indicators.cases import HALF, rows_in_value_out, write
from indicators.rows import hazard
from tonggui.indicators.year_so_far import ACCIDENTS, HAZARDS, VISITS
from tonggui.measure.declare import Period
from tonggui.measure.indicators import indicator

CODES = {each.code for each in (*ACCIDENTS, *HAZARDS, *VISITS)}
CASES = [
    replace(case, code=f"{case.code}Y")
    for case in (*test_hazards.CASES, *test_safety.CASES)
    if f"{case.code}Y" in CODES
]

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_the_year_so_far_of_a_month_is_the_half_year_to_its_end():
    write([hazard(), hazard(found_on="2026-06-10", due_on="2026-07-10"), hazard(found_on="2025-12-31")])
    june, first_half = Period.parse("2026-06"), HALF
    assert indicator("HAZ-01").figure(june).value == 1
    assert indicator("HAZ-01Y").figure(june).value == indicator("HAZ-01").figure(first_half).value == 2
