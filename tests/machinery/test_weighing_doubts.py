"""What one pass makes the machine doubt: each doubt is said, and next to it a pass that gives none."""

import numpy as np
import pyarrow.parquet as parquet
import pytest
from weighing_passes import PASS, RECEIVED

from tonggui.base.codes import PlateColor
from tonggui.protocols.weighing.doubts import BY_CODE, DOUBTS, SMALL_COLORS
from tonggui.protocols.weighing.fields import from_text
from tonggui.protocols.weighing.vehicle import GROUP_KINDS
from tonggui.run.weighing import WEIGHING
from tonggui.statutes.overloading.layouts import AXLES_OF_DIGIT

LOADS = [6400, 9200, 9200, 9200, 9200, 9200]
GAPS = [3300, 1350, 6800, 1310, 1310]
WHEELS = [[load / 2, load / 2] for load in LOADS]
CERTIFIED = {"calibrated_to": "2026-12-31", "calibrated_from": "2026-01-01", "speed_from": 5.0, "speed_to": 80.0}
FULL = PASS | {"axle_kg": LOADS, "gap_mm": GAPS, "wheel_kg": WHEELS, "speed_in_kmh": 62, "speed_out_kmh": 63}


def found(change, note=None):
    """The doubts of a pass that gives none, changed: code → words."""
    reading = WEIGHING.read(FULL | change, RECEIVED)
    assert reading.faults == []
    columns = WEIGHING.judged([reading.values], [note or {}])
    codes = columns["doubt_codes"][0]
    words = columns["doubt"][0].split("；") if codes else []
    return dict(zip(codes, words, strict=True))


def with_axle(place, load, total=None):
    loads = [*LOADS]
    loads[place] = load
    return {"axle_kg": loads, "gross_kg": total or sum(loads)}


def with_gap(place, gap):
    gaps = [*GAPS]
    gaps[place] = gap
    return {"gap_mm": gaps}


def with_wheels(place, left, right):
    wheels = [*WHEELS]
    wheels[place] = [left, right]
    return {"wheel_kg": wheels}


SMALL = {"axles": 2, "type": "12", "axle_kg": None, "gap_mm": None, "wheel_kg": None}
# Code, a pass that gives it, its words, a pass that just does not.
CASES = [
    ("certificate_missing", {"calibrated_to": None}, "设备检定有效期未登记", {}),
    (
        "certificate_lapsed",
        {"calibrated_to": "2026-04-30"},
        "设备检定已于 2026-04-30 到期，不得作为立案依据",
        {"calibrated_to": "2026-05-01"},
    ),
    ("plate_unread", {"plate": "未识别"}, "号牌未识别", {}),
    ("plates_differ", {"plate_rear": "示A00002"}, "前后号牌不一致（示A00001、示A00002）", {"plate_rear": "示A0002挂"}),
    ("small_plate", {"plate_color": "蓝色"}, "蓝色号牌属小型汽车，实测 6 轴", {"plate_color": "黄绿色"}),
    ("straddling", {"straddling": True}, "跨道行驶", {"straddling": False}),
    ("tailgating", {"tailgating": True}, "跟车过近", {"tailgating": False}),
    ("evading", {"evading": True}, "设备标记疑似逃检", {"evading": False}),
    ("speed_unusual", {"speed_kmh": 101}, "车速 101 km/h 超出 0.5 至 100 km/h", {"speed_kmh": 100}),
    ("speed_crawling", {"speed_kmh": 2.5}, "车速仅 2.5 km/h，接近停车", {"speed_kmh": 3}),
    (
        "speed_jump",
        {"speed_in_kmh": 60, "speed_out_kmh": 45},
        "驶入 60 km/h、驶出 45 km/h，过秤中车速突变",
        {"speed_in_kmh": 60, "speed_out_kmh": 48},
    ),
    (
        "braking",
        {"acceleration_ms2": -1.6},
        "过秤中制动（加速度 -1.6 m/s²），轴重前移",
        {"acceleration_ms2": -1.5},
    ),
    (
        "accelerating",
        {"acceleration_ms2": 1.6},
        "过秤中加速（加速度 1.6 m/s²），轴重后移",
        {"acceleration_ms2": 1.5},
    ),
    (
        "one_sided",
        with_wheels(2, 7400, 1800),
        "第 3 轴左 7,400、右 1,800 千克，一侧占 80%",
        with_wheels(2, 5900, 3300),
    ),
    (
        "axle_sum",
        with_axle(5, 5000, 52400),
        "各轴轴重之和与总质量相差 -8.0%",
        with_axle(5, 8200, 52400),
    ),
    ("axles_loads", {"axle_kg": [*LOADS[:5], 4600, 4600]}, "上报 6 轴，轴重有 7 个", {}),
    ("axles_gaps", {"gap_mm": GAPS[:4]}, "上报 6 轴，轴距有 4 个", {"gap_mm": None}),
    ("axles_type", {"type": "155"}, "上报 6 轴，轴型 155 为 5 轴", {"type": "1227"}),
    ("axle_light", with_axle(3, 290), "第 4 轴仅 290 千克", with_axle(3, 300)),
    ("axle_heavy", with_axle(2, 30_500), "第 3 轴达 30,500 千克", with_axle(2, 30_000)),
    ("gap_short", with_gap(1, 790), "相邻轴距仅 790 毫米", with_gap(1, 800)),
    ("gap_long", with_gap(2, 13_800), "相邻轴距达 13,800 毫米，疑似两车并为一车", with_gap(2, 13_700)),
    (
        "wheelbase_long",
        {"gap_mm": [6000, 1300, 13_000, 1300, 1300]},
        "首末轴距达 22,900 毫米，疑似两车并为一车",
        {"gap_mm": [5100, 1300, 13_000, 1300, 1300]},
    ),
    (
        "below_empty",
        SMALL | {"gross_kg": 1400},
        "总质量 1,400 千克，低于 2 轴空车的 1,500 千克",
        SMALL | {"gross_kg": 1500},
    ),
    (
        "rate_implausible",
        {"gross_kg": 300_000, "axle_kg": None},
        "超限率 512%，数据异常",
        {"gross_kg": 260_000, "axle_kg": None},
    ),
    ("type_not_listed", {"type": None, "combination": False}, "车型未列明，限值按该轴数最高值", {"type": None}),
    (
        "claim_differs",
        {"claimed_excess_kg": 400},
        "设备上报超限 400 千克，与平台计算 3400 千克不一致",
        {"claimed_excess_kg": 3450},
    ),
]


def test_an_ordinary_pass_gives_no_doubt():
    assert found({}) == {}


@pytest.mark.parametrize(("code", "change", "words", "near"), CASES, ids=[case[0] for case in CASES])
def test_a_doubt_is_said_and_its_near_miss_is_not(code, change, words, near):
    assert found(change) == {code: words}
    assert found(near) == {}


def test_a_certificate_covers_its_days_and_speeds_alone():
    assert found({}, CERTIFIED) == {}
    assert found({"speed_kmh": 80.5}, CERTIFIED) == {
        "speed_not_certified": "车速 80.5 km/h 不在检定速度范围 5 至 80 km/h 内，不得作为立案依据"
    }
    later = CERTIFIED | {"calibrated_from": "2026-05-02"}
    assert found({}, later) == {"certificate_not_yet": "设备检定自 2026-05-02 起有效，过车时尚未检定，不得作为立案依据"}
    for change, note in (({"speed_kmh": 80.5}, CERTIFIED), ({}, later)):
        values = WEIGHING.read(FULL | change, RECEIVED).values
        assert not WEIGHING.judged([values], [note])["usable"][0]


def test_a_low_speed_scale_weighs_slow_trucks():
    slow = {"speed_kmh": 2.5, "speed_in_kmh": 2.5, "speed_out_kmh": 2.5}
    assert found(slow, CERTIFIED | {"speed_from": 0.5, "speed_to": 15.0}) == {}


def test_every_doubt_has_its_case_and_a_code_of_its_own():
    cased = {case[0] for case in CASES} | {"speed_not_certified", "certificate_not_yet"}
    assert cased == BY_CODE.keys() and len(BY_CODE) == len(DOUBTS)


def test_doubts_about_the_scale_come_first_and_nothing_changes_the_judgement():
    doubted = {"straddling": True, "calibrated_to": "2026-04-30", "plate": ""}
    assert list(found(doubted)) == ["certificate_lapsed", "straddling", "plate_unread"]
    values = [WEIGHING.read(FULL | change, RECEIVED).values for change in ({}, doubted)]
    columns = WEIGHING.judged(values, [{}, {}])
    for name in ("limit_kg", "excess_kg", "rate", "fine_yuan", "warning"):
        assert columns[name][0] == columns[name][1], name


def test_loads_are_kept_for_the_store_and_lists_are_read_from_sheets():
    values = WEIGHING.read(FULL, RECEIVED).values
    columns = WEIGHING.judged([values, WEIGHING.read(PASS, RECEIVED).values], [{}, {}])
    assert [list(loads) for loads in columns["axle_kg"]] == [LOADS, []]
    assert from_text("wheel_kg", "3200/3200, 4600/4600") == [[3200, 3200], [4600, 4600]]
    assert from_text("gap_mm", "3300；1350") == [3300, 1350]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"wheel_kg": [[1, 2]]}, "“各轴左右轮重”应为各轴左右轮重的列表，实为 [[1, 2]]。"),
        ({"wheel_kg": [[1, 2], [3]]}, "“各轴左右轮重”每个轴应有左、右两个轮重，实为 [[1, 2], [3]]。"),
        ({"gap_mm": []}, "“相邻轴距”应为相邻轴距的列表，实为 []。"),
        ({"acceleration_ms2": 40}, "“加速度”应在 -20 至 20 米每二次方秒之间，实为 40。"),
    ],
)
def test_lists_of_the_wrong_shape_are_faults(change, fault):
    assert WEIGHING.read(FULL | change, RECEIVED).faults[0].startswith(fault)


def test_groups_and_colours_are_those_of_the_standards():
    from tonggui.protocols.weighing.axles import AXLES_OF_KIND

    assert {int(kind): AXLES_OF_KIND[kind] for kind in GROUP_KINDS} == AXLES_OF_DIGIT
    assert set(SMALL_COLORS) == {PlateColor.BLUE.label, PlateColor.SHADED_GREEN.label}


def measured():
    """The real weighings as passes: axle loads, gaps and gross mass as they were measured."""
    path = "/".join((*__file__.split("/")[:-3], "..", "shared", "data", "wim", "a16_wim_trucks.parquet"))
    try:
        table = parquet.read_table(path)
    except FileNotFoundError:
        pytest.skip("the real weighings are not here")
    columns = {name: table[name].to_pylist() for name in table.column_names}
    for row in range(len(table)):
        axles = columns["axles"][row]
        loads = [columns[f"axle{n}_kN"][row] * 1000 / 9.80665 for n in range(1, axles + 1)]
        yield PASS | {
            "axles": axles,
            "type": None,
            "axle_kg": loads,
            "gross_kg": columns["gross_t"][row] * 1000,
            "gap_mm": [columns[f"gap{n}_cm"][row] * 10 for n in range(1, axles)],
        }


def test_ordinary_trucks_are_hardly_ever_doubted():
    """None of the real trucks is known to be wrong: what a doubt marks of them is its share of false alarms."""
    values = [reading.values for one in measured() if not (reading := WEIGHING.read(one, RECEIVED)).faults]
    codes = WEIGHING.judged(values, [{}] * len(values))["doubt_codes"]
    shares = {code: np.mean([code in found for found in codes]) for code in BY_CODE}
    for code, share in shares.items():
        print(f"{code:24}{share:8.3%}")
    assert len(values) > 10_000
    assert all(share <= 0.002 for share in shares.values()), shares
    assert np.mean([bool(found) for found in codes]) <= 0.003
