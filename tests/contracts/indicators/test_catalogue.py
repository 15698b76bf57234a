"""No indicator of the catalogue is missing, and each is tried at least twice: as it usually is, and at an edge.

`catalogue.txt` lists the codes by group. Rates of the telemetry plane have no rows, and are tried in their own files.
"""

from collections import Counter
from pathlib import Path

import pytest

from indicators.cases import all_cases
from tonggui.measure.indicators import all_indicators

TRIED = Counter(case.code for case in all_cases())


def catalogue() -> dict[str, list[str]]:
    """The codes of each group: PRJ → PRJ-01, PRJ-02 …"""
    lines = Path(__file__).with_name("catalogue.txt").read_text(encoding="utf-8").splitlines()
    groups = [line.split() for line in lines if line and not line.startswith("#")]
    return {group: [f"{group}-{number}" for number in numbers] for group, _, *numbers in groups}


@pytest.mark.parametrize("group", catalogue())
def test_every_code_of_the_group_is_declared(group):
    declared = {indicator.code for indicator in all_indicators()}
    assert [code for code in catalogue()[group] if code not in declared] == []


@pytest.mark.parametrize("group", catalogue())
def test_every_indicator_of_the_group_has_a_usual_case_and_an_edge(group):
    listed = catalogue()[group]
    counted = [each.code for each in all_indicators() if each.code[:6] in listed and not each.from_telemetry]
    assert [code for code in counted if TRIED[code] < 2] == []


def test_the_catalogue_has_its_codes_once_each():
    codes = [code for group in catalogue().values() for code in group]
    assert len(codes) == len(set(codes)) == 175
