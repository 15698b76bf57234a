"""`tonggui judge` against the published tables of limits and fines, and against a plain count over measured trucks."""

import json
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from tonggui.run.commands import judge

TRUCKS = Path(__file__).parents[3] / "shared" / "data" / "wim" / "a16_wim_trucks.parquet"

# Axle-group codes and the limit, in tonnes, that the annex draws for each.
CODES = {
    "12": 18, "15": 25, "112": 25, "122": 27, "115": 31, "125": 36, "152": 35, "1222": 36,
    "155": 43, "127": 42, "157": 49, "1127": 46, "1227": 46,
}  # fmt: skip
AXLES = {"1": 1, "2": 1, "3": 2, "4": 2, "5": 2, "6": 3, "7": 3}


def answered(lines):
    return list(judge.answers(json.dumps({"date": "2026-05-01", "gross_kg": 50_000, **line}) for line in lines))


def limit(**line):
    (answer,) = answered([line])
    return answer["limit_kg"]


@pytest.mark.parametrize(("code", "tonnes"), CODES.items())
def test_each_code_has_the_limit_of_its_drawing(code, tonnes):
    assert limit(axles=sum(AXLES[digit] for digit in code), type=code) == tonnes * 1_000


@pytest.mark.parametrize(
    ("axles", "truck", "train"), [(2, 18, None), (3, 25, 27), (4, 31, 36), (5, None, 43), (6, None, 49), (8, None, 49)]
)
def test_a_count_of_axles_takes_its_body_and_without_one_the_highest(axles, truck, train):
    known = [tonnes * 1_000 for tonnes in (truck, train) if tonnes]
    if truck:
        assert limit(axles=axles, combination=False) == truck * 1_000
    if train:
        assert limit(axles=axles, combination=True) == train * 1_000
    assert limit(axles=axles) == max(known)


@pytest.mark.parametrize(
    ("gross", "fine", "warning"),
    [
        (49_000, 0, False),
        (49_900, 0, True),
        (50_000, 0, True),
        (50_001, 500, False),
        (50_600, 500, False),
        (59_300, 5_000, False),
        (80_000, 15_500, False),
        (109_000, 30_000, False),
        (120_000, 30_000, False),
    ],
)
def test_the_fine_of_a_six_axle_train(gross, fine, warning):
    (answer,) = answered([{"axles": 6, "type": "157", "gross_kg": gross}])
    assert (answer["fine_yuan"], answer["warning"]) == (fine, warning)


def test_the_published_rate_of_a_vehicle():
    (answer,) = answered([{"axles": 6, "type": "157", "gross_kg": 59_300}])
    assert f"{answer['rate']:.2%}" == "21.02%"


@pytest.mark.parametrize(
    ("why", "line", "kilograms"),
    [
        ("a permit comes before everything", {"permit_kg": 70_000, "posted_kg": 20_000}, 70_000),
        ("a farm vehicle has its licence", {"axles": 2, "by_licence": True, "licence_kg": 4_500}, 4_500),
        ("tyres are counted before the sign", {"single_tyre_axles": 3, "posted_kg": 45_000}, 40_000),
        ("the lower of vehicle and sign", {"single_tyre_axles": 1, "posted_kg": 45_000}, 45_000),
        ("two axles: never above the licence", {"axles": 2, "licence_kg": 16_000, "posted_kg": 17_000}, 16_000),
        ("a licence does not bind three axles", {"axles": 3, "combination": False, "licence_kg": 20_000}, 25_000),
        ("air suspension, then the sign", {"axles": 4, "combination": False, "air_suspension": True}, 32_000),
        ("no air suspension for a trailer set close", {
            "axles": 4, "type": "125", "air_suspension": True, "trailer_spacing_mm": 1_799,
        }, 36_000),
    ],
)  # fmt: skip
def test_what_binds_before_what(why, line, kilograms):
    assert limit(**{"axles": 6, **line}) == kilograms, why


def plain_limit(axles, groups):
    """The limit by the sizes of the axle groups of a vehicle of unknown body, read off the annex by hand."""
    drawn = {
        (1, 2): 25_000,
        (1, 2, 1): 35_000,
        (1, 1, 3): 42_000,
        (2, 3): 42_000,
        (1, 1, 1, 3): 46_000,
    }
    return drawn.get(groups, {2: 18_000, 3: 27_000, 4: 36_000, 5: 43_000}.get(axles, 49_000))


def plain_fine(gross, limit):
    excess = gross - limit
    return 0 if excess <= 1_000 else min(500 * int(excess / 1_000), 30_000)


GAP_OF_A_GROUP_CM = 180
"""Axles less than this apart are one group: GB 1589 has tandems and tri-axles up to 1.8 m, and single axles beyond."""


def test_measured_trucks_come_out_as_a_plain_count_says():
    """Every real truck of the folder, its axles grouped by their distance, judged line by line both ways."""
    if not TRUCKS.exists():
        pytest.skip("the weigh-in-motion records are not here")
    lines, expected = [], []
    for truck in parquet.read_table(TRUCKS).to_pylist():
        axles, gross = truck["axles"], round(truck["gross_t"] * 1_000, 1)
        loads = [truck[f"axle{n}_kN"] * 101.97 for n in range(1, axles + 1)]
        groups = [[loads[0]]]
        for n, load in enumerate(loads[1:], 1):
            if truck[f"gap{n}_cm"] < GAP_OF_A_GROUP_CM:
                groups[-1].append(load)
            else:
                groups.append([load])
        held = plain_limit(axles, tuple(map(len, groups)))
        excess = max(gross - held, 0)
        lines.append({"axles": axles, "gross_kg": gross, "axle_groups": groups})
        expected.append((held, plain_fine(gross, held), 0 < excess <= 1_000, round(excess, 3), round(excess / held, 6)))
    found = [
        (one["limit_kg"], one["fine_yuan"], one["warning"], round(one["excess_kg"], 3), one["rate"])
        for one in answered(lines)
    ]
    assert len(found) > 10_000 and sum(row[3] > 0 for row in found) > 200
    assert [pair for pair in zip(lines, expected, found, strict=True) if pair[1] != pair[2]][:3] == []
