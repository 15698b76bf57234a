"""Judgement against a plain computation written from the texts alone: thousands of drawn vehicles, all that may differ.

Nothing here comes from the statutes: limits, codes, deductions and fines are written down once more, as one would for
a single vehicle at the roadside.
"""

import json
import random
from math import ceil, floor

import pytest

from tonggui.run.judging import answered

# The drawings of the annex: code, axles, limit in tonnes, whether it is a 3- or 4-axle truck, an articulated 2 + 2.
DRAWN = {
    "12": (2, 18), "15": (3, 25), "112": (3, 25), "122": (3, 27), "115": (4, 31), "125": (4, 36), "152": (4, 35),
    "1222": (4, 36), "155": (5, 43), "127": (5, 42), "157": (6, 49), "1127": (6, 46), "1227": (6, 46),
}  # fmt: skip
TRUCKS = {"15", "112", "115"}
AXLES_OF_DIGIT = {"1": 1, "2": 1, "3": 2, "4": 2, "5": 2, "6": 3, "7": 3}


def tonnes_of(line, readings):
    """The limit of the drawing or of the article, and whether air suspension adds to it."""
    axles, code, body = line["axles"], line.get("type") or "", line.get("combination")
    sizes = [len(group) for group in line.get("axle_groups") or []]
    agreeing = code and sum(AXLES_OF_DIGIT[digit] for digit in code) == axles
    if agreeing:
        sizes = [AXLES_OF_DIGIT[digit] for digit in code]
    if sum(sizes) != axles:
        sizes = []
    two_plus_three = 43 if readings.get("two_plus_three") == "article" else 42
    spaced = (line.get("trailer_spacing_mm") or 0) >= 1_800
    if agreeing and code in DRAWN:
        limit = DRAWN[code][1]
        if code == "127":
            return two_plus_three, False
        if axles == 6 and line.get("driven_axles") == 1:
            limit = 46
        return limit, code in TRUCKS or (code == "125" and spaced)
    if body is not False:
        if sizes in ([1, 1, 3], [2, 3]):
            return two_plus_three, False
        if sizes == [1, 2, 1]:
            return 35, False
        if sizes == [1, 2] and body is None:
            return 25, True
        if sizes == [1, 1, 1, 3] and line.get("driven_axles") in (None, 0, 1):
            return 46, False
    if axles == 2:
        return 18, False
    if axles == 3:
        return (25, True) if body is False else (27, False)
    if axles == 4:
        return (31, True) if body is False else (36, spaced)
    if axles == 5:
        return 43, False
    return (46 if line.get("driven_axles") == 1 else 49), False


def plain(line):
    """Limit, excess, rate, fine and warning of one vehicle."""
    readings = line.get("readings") or {}
    tonnes, lighter = tonnes_of(line, readings)
    limit = tonnes * 1_000
    single = min(line.get("single_tyre_axles") or 0, line["axles"])
    if not line.get("wide_tyres"):
        limit -= 3_000 * (min(single, 1) if readings.get("single_tyres") == "once" else single)
    if lighter and line.get("air_suspension"):
        limit += 1_000
    licence = line.get("licence_kg")
    if line.get("by_licence") and licence is not None:
        limit = licence
    if line["axles"] == 2 and licence is not None:
        limit = min(limit, licence)
    if line.get("posted_kg") is not None:
        limit = min(limit, line["posted_kg"])
    permit = line.get("permit_kg")
    if permit is not None:
        limit = permit if readings.get("permit") == "stated" else max(limit, permit)
    excess = max(line["gross_kg"] - limit, 0)
    if readings.get("scheme") == "zhejiang":
        middle = min(max(line["gross_kg"] - limit * 1.2, 0), limit * 0.3)
        fine = middle / 1_000 * 300 + max(line["gross_kg"] - limit * 1.5, 0) / 1_000 * 500
        warning = 0 < excess <= limit * 0.2
    else:
        count = {"floor": floor, "up": ceil, "proportional": float}[readings.get("fine_steps", "floor")]
        warning = 0 < excess <= 1_000
        fine = 0 if excess <= 1_000 else count(excess / 1_000) * 500
    bounds = [(line.get("height_m") or 0, 4.0, 4.2, 4.5), (line.get("width_m") or 0, 2.55, 3.0, 3.75)]
    length = 20.0 if line.get("type") in ("152", "1222") and line["axles"] == 4 else 18.1
    if (line.get("axle_groups") and [len(g) for g in line["axle_groups"]] == [1, 2, 1]) and tonnes == 35:
        length = 20.0
    bounds.append((line.get("length_m") or 0, length, 20.0, 28.0))
    if line.get("permit_kg") is None and any(size > least for size, least, _, _ in bounds):
        grade = max(1 + (size > first) + (size > second) for size, _, first, second in bounds)
        fine += {1: 0, 2: 200, 3: 1_000}[grade]
    return limit, excess, excess / limit, min(fine, 30_000), warning


def drawn(chance):
    """One line, mostly of a vehicle as they are, sometimes of one that contradicts itself."""
    code = chance.choice([*DRAWN, *DRAWN, "156", "1125", "11", "117", "126", "1522", "1577", None, None])
    axles = sum(AXLES_OF_DIGIT[digit] for digit in code or "") or chance.randint(2, 9)
    if chance.random() < 0.1:
        axles = chance.randint(2, 9)
    groups = None
    if chance.random() < 0.4:
        groups, left = [], axles
        while left:
            size = min(left, chance.choice([1, 1, 1, 2, 3]))
            groups.append([chance.randint(3_000, 12_000)] * size)
            left -= size
    line = {
        "axles": axles,
        "type": code if chance.random() < 0.6 else None,
        "axle_groups": groups,
        "driven_axles": chance.choice([None, 0, 1, 1, 2, 2]),
        "gross_kg": chance.choice([chance.randint(8_000, 120_000), chance.randint(14, 100) * 1_000]),
        "combination": chance.choice([True, False, None]),
        "single_tyre_axles": chance.choice([0] * 6 + [1, 2, 3]),
        "air_suspension": chance.random() < 0.3,
        "permit_kg": chance.choice([None] * 6 + [75_000, 40_000]),
        "date": chance.choice(["2016-09-21", "2026-05-01", "2031-01-01"]),
        "readings": {},
    }
    for key, values in {
        "wide_tyres": [True],
        "trailer_spacing_mm": [1_799, 1_800, 2_000],
        "licence_kg": [4_500, 12_495, 18_000, 25_000],
        "by_licence": [True],
        "posted_kg": [10_000, 20_000, 55_000],
        "height_m": [3.9, 4.0, 4.1, 4.3, 4.6],
        "width_m": [2.5, 2.9, 3.3, 3.8],
        "length_m": [12.0, 18.1, 18.2, 20.0, 25.0, 28.5],
    }.items():
        if chance.random() < 0.15:
            line[key] = chance.choice(values)
    for code, values in {
        "two_plus_three": ["annex", "article"],
        "single_tyres": ["per_axle", "once"],
        "fine_steps": ["floor", "proportional", "up"],
        "permit": ["higher", "stated"],
        "counting_year": ["rolling", "anniversary"],
    }.items():
        if chance.random() < 0.1:
            line["readings"][code] = chance.choice(values)
    if line["date"] > "2021" and chance.random() < 0.1:
        line["readings"]["scheme"] = "zhejiang"
    return line


@pytest.mark.parametrize("seed", range(4))
def test_drawn_vehicles_are_judged_as_a_plain_computation_judges_them(seed):
    chance = random.Random(seed)
    lines = [drawn(chance) for _ in range(5_000)]
    wrong = []
    for line, answer in zip(lines, answered(map(json.dumps, lines)), strict=True):
        got = json.loads(answer)
        limit, excess, rate, fine, warning = plain(line)
        expected = (limit, pytest.approx(excess), pytest.approx(rate, abs=1e-6), pytest.approx(fine, abs=0.01), warning)
        found = tuple(got[name] for name in ("limit_kg", "excess_kg", "rate", "fine_yuan", "warning"))
        if found != expected:
            wrong.append((line, expected, found))
    assert wrong[:2] == []


def test_a_vehicle_whose_permit_weighs_less_may_weigh_what_needs_no_permit():
    base = {"axles": 6, "type": "157", "gross_kg": 45_000, "date": "2026-05-01", "permit_kg": 40_000}
    lines = [base, base | {"readings": {"permit": "stated"}}]
    higher, stated = [json.loads(answer) for answer in answered(map(json.dumps, lines))]
    assert (higher["limit_kg"], higher["excess_kg"]) == (49_000, 0)
    assert (stated["limit_kg"], stated["excess_kg"]) == (40_000, 5_000)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": "1125"}, "轴型代码 1125 与检测的 6 轴不符，未予采用，须人工核对"),
        ({"type": "189"}, "轴型代码 189 与检测的 6 轴不符，未予采用，须人工核对"),
        ({"type": "1155"}, "轴型代码 1155 未在图示中列出，按轴数和车型取限值，须人工核对"),
        ({"exempt": True}, "冷藏车、专用作业车等符合国家标准的特殊车辆不视为超限，须人工核对"),
        ({"by_licence": True}, "拖拉机、农用车、低速货车应以行驶证总质量为限值，行驶证总质量未登记，须人工核对"),
        ({"wide_tyres": True, "single_tyre_axles": 3}, "单轮胎为符合国家标准的宽轮胎，不扣减"),
        ({"height_m": 4.3}, "外廓超限第 2 档，罚款幅度 200 至 1000 元，计 200 元"),
        ({"width_m": 3.2}, "与外廓超限罚款 200 元合并，计 1700 元"),
        ({"type": "156", "readings": {"axle_sum": "binding"}}, "各轴最大允许轴荷之和 46000 千克，总质量不得超过"),
    ],
)
def test_what_is_unusual_is_told(change, words):
    line = {"axles": 6, "gross_kg": 52_400, "date": "2026-05-01", "combination": True} | change
    (answer,) = answered([json.dumps(line)])
    assert words in json.loads(answer)["steps"]


def test_lines_that_are_odd_stand_in_their_place_among_a_thousand():
    good = json.dumps({"axles": 6, "gross_kg": 52_400, "date": "2026-05-01"})
    odd = {
        3: "{",
        7: '{"axles": 6}',
        500: '{"axles": 6, "gross_kg": 1e400, "date": "2026-05-01"}',
        501: '{"axles": 6.0, "gross_kg": 52400, "date": "2026-05-01", "readings": {"fine_steps": "up"}}',
        998: '{"axles": true, "gross_kg": 52400, "date": "2026-05-01"}',
        999: f"{good},{good}",
    }
    found = [json.loads(answer) for answer in answered(odd.get(place, good) for place in range(1_000))]
    assert [place for place, answer in enumerate(found) if "error" in answer] == [3, 7, 500, 998, 999]
    assert all(found[place]["line"] == place + 1 for place in (3, 7, 500, 998, 999))
    assert (found[501]["fine_yuan"], found[0]["fine_yuan"], found[997]["limit_kg"]) == (2_000, 1_500, 49_000)
