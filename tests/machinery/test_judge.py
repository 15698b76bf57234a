"""`tonggui judge`: lines in, judgements out, in order, whatever a line holds; and the rules against a plain loop."""

import json
from datetime import date
from math import floor

import numpy as np
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonggui.law.rules import NO, UNKNOWN, YES
from tonggui.run.commands import judge
from tonggui.statutes import overloading

LINE = {
    "axles": 6,
    "axle_groups": [[6500], [9000, 9000], [9300, 9300, 9300]],
    "driven_axles": 2,
    "gross_kg": 52400,
    "type": None,
    "combination": True,
    "single_tyre_axles": 0,
    "air_suspension": False,
    "permit_kg": None,
    "date": "2026-05-01",
    "readings": {},
}


def answered(*lines):
    return list(judge.answers(line if isinstance(line, str) else json.dumps(LINE | line) for line in lines))


def test_a_judgement_says_how_and_why():
    (answer,) = answered({})
    assert {name: answer[name] for name in judge.RESULTS} == {
        "limit_kg": 49000,
        "excess_kg": 3400,
        "rate": pytest.approx(3400 / 49000, abs=1e-6),
        "fine_yuan": 1500,
        "warning": False,
    }
    assert answer["steps"] == [
        "六轴及以上汽车列车，车货总质量限值 49000 千克",
        "车货总质量 52400 千克，超限 3400 千克，超限率 6.94%",
        "每超 1000 千克罚款 500 元，计 1500 元",
    ]
    order = "《超限运输车辆行驶公路管理规定》（交通运输部令2016年第62号）"
    assert answer["articles"] == [
        f"{order}第三条第一款第八项",
        f"{order}第三条第一款",
        f"{order}第四十三条第一款第二项",
    ]


@pytest.mark.parametrize(
    ("change", "limit", "fine", "warning"),
    [
        ({"gross_kg": 49_900}, 49_000, 0, True),
        ({"gross_kg": 50_000}, 49_000, 0, True),
        ({"gross_kg": 50_600}, 49_000, 500, False),
        ({"gross_kg": 120_000}, 49_000, 30_000, False),
        ({"driven_axles": 1}, 46_000, 3_000, False),
        ({"single_tyre_axles": 3}, 40_000, 6_000, False),
        ({"single_tyre_axles": 3, "readings": {"single_tyres": "once"}}, 46_000, 3_000, False),
        ({"readings": {"fine_steps": "proportional"}}, 49_000, 1_700, False),
        ({"readings": {"fine_steps": "up"}}, 49_000, 2_000, False),
        ({"permit_kg": 60_000}, 60_000, 0, False),
        ({"axles": 5, "axle_groups": [[1], [2], [3, 4, 5]]}, 42_000, 5_000, False),
        ({"axles": 5, "type": "127", "readings": {"two_plus_three": "article"}}, 43_000, 4_500, False),
        ({"axles": 4, "axle_groups": None, "combination": False, "air_suspension": True}, 32_000, 10_000, False),
        ({"axles": 2, "axle_groups": None, "combination": False, "licence_kg": 16_000}, 16_000, 18_000, False),
    ],
)
def test_the_law_as_the_annex_draws_it(change, limit, fine, warning):
    (answer,) = answered(change)
    assert (answer["limit_kg"], answer["fine_yuan"], answer["warning"]) == (limit, fine, warning)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("nonsense", "不是 JSON"),
        ("[1]", "不是 JSON 对象"),
        ("[" * 100_000, "不是 JSON"),
        ({"gross_kg": 10**300}, "“gross_kg”应在 1 至 1,000,000 千克之间"),
        ({"gross_kg": float("inf")}, "“gross_kg”应在 1 至 1,000,000 千克之间，实为 inf"),
        ({"gross_kg": "52400"}, "“gross_kg”应为数字，实为“52400”"),
        ({"gross_kg": None}, "缺少“gross_kg”"),
        ({"date": "2015-05-01"}, "“date”在规定施行之前：2015-05-01"),
        ({"date": "2026-02-30"}, "“date”不是日期"),
        ({"readings": {"fine_steps": "down"}}, "没有“down”这种理解"),
        ({"readings": {"moon": "full"}}, "没有“moon”这一项"),
    ],
)
def test_a_bad_line_gives_an_error_in_its_place(line, fault):
    first, wrong, last = answered({}, line, {})
    assert fault in wrong["error"] and wrong["error"].startswith("第 2 行") and wrong["line"] == 2
    assert first == last and first["limit_kg"] == 49_000


@given(st.lists(st.text(), max_size=5))
def test_no_line_stops_the_rest(lines):
    *_, last = judge.answers([*(line.replace("\n", " ") for line in lines), json.dumps(LINE)])
    assert last["fine_yuan"] == 1500


def test_the_command_reads_and_writes_json_lines(capsys, tmp_path):
    file = tmp_path / "passes.jsonl"
    file.write_bytes(json.dumps(LINE).encode() + b"\n\n{}\n\xff\xfe\n")
    from tonggui.run.cli import main

    assert main(["judge", str(file)]) == 0
    written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(line) >= {"limit_kg"} for line in written] == [True, False, False]


def limit_row_by_row(axles, combination, driven):
    """The limit by a count of axles and the kind of body, written as one would for a single vehicle."""
    if axles == 2:
        return 18_000
    if axles == 3:
        return 25_000 if combination == NO else 27_000
    if axles == 4:
        return 31_000 if combination == NO else 36_000
    if axles == 5:
        return 43_000
    return 46_000 if driven == 1 else 49_000


def fine_row_by_row(gross, limit):
    """The fine in whole thousands, written as one would for a single vehicle."""
    excess = gross - limit
    return 0 if excess <= 1_000 else min(floor(excess / 1_000) * 500, 30_000)


ROWS = st.tuples(st.integers(2, 9), st.integers(1_000, 150_000), st.sampled_from([UNKNOWN, NO, YES]), st.integers(1, 3))


@given(st.lists(ROWS, min_size=1, max_size=50))
def test_columns_agree_with_a_plain_loop(rows):
    axles, gross, combination, driven = map(np.array, zip(*rows, strict=True))
    judged = overloading.judge(date(2026, 5, 1), gross, axles=axles, combination=combination, driven_axles=driven)
    limits = [limit_row_by_row(*row) for row in zip(axles, combination, driven, strict=True)]
    assert judged["limit_kg"].tolist() == limits
    assert judged["fine_yuan"].tolist() == [fine_row_by_row(*row) for row in zip(gross, limits, strict=True)]


@given(
    st.lists(st.tuples(st.integers(2, 30), *[st.integers(0, 10**9)] * 2, st.integers(-1, 1)), min_size=1, max_size=30)
)
def test_every_description_has_a_limit(rows):
    axles, code, sizes, combination = map(np.array, zip(*rows, strict=True))
    judged = overloading.judge(
        date(2026, 5, 1), 50_000.0, axles=axles, type_code=code, group_sizes=sizes, combination=combination
    )
    assert np.all((judged["limit_kg"] >= 18_000) & (judged["limit_kg"] <= 49_000))
    assert all(trace for trace in overloading.trace(judged))


def test_measured_trucks_exceed_the_general_limits_as_counted():
    """Real axle counts and masses: the counts published with the records come out."""
    path = "/".join((*__file__.split("/")[:-3], "..", "shared", "data", "wim", "a16_wim_trucks.parquet"))
    try:
        table = parquet.read_table(path, columns=["axles", "gross_t"])
    except FileNotFoundError:
        pytest.skip("the weigh-in-motion records are not here")
    axles, gross_t = (table[name].to_numpy() for name in ("axles", "gross_t"))
    excess = overloading.judge(date(2026, 5, 1), gross_t * 1000, axles=axles, combination=YES)["excess_kg"]
    assert [int(np.sum(excess[axles == count] > 0)) for count in range(2, 9)] == [15, 12, 37, 207, 0, 0, 0]
