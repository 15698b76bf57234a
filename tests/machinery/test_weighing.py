"""Weighing passes: read in every form, refused in words, judged and doubted as columns; drawn as they were measured."""

import json
from datetime import date

import numpy as np
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weighing_passes import PASS, RECEIVED, VENDOR_PASS

from tonggui.base.errors import Problem
from tonggui.protocols.weighing.fields import instant
from tonggui.protocols.weighing.files import array_items, read_file
from tonggui.run.demo.weighings import CODES, Weighings, item_of
from tonggui.run.weighing import WEIGHING

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def judged(*passes, note=None):
    readings = [WEIGHING.read(one, RECEIVED) for one in passes]
    assert [reading.faults for reading in readings] == [[] for _ in passes]
    return WEIGHING.judged([reading.values for reading in readings], [note or {}] * len(passes))


def test_the_vendors_form_reads_as_ours():
    ours, vendors = WEIGHING.read(PASS, RECEIVED), WEIGHING.read(VENDOR_PASS, RECEIVED)
    assert not ours.faults and not vendors.faults
    assert ours.key == vendors.key == "SL0001/SL000120260501083000001"
    shared = ours.values.keys() & vendors.values.keys()
    assert {"time", "plate", "plate_color", "axles", "gross_kg", "speed_kmh"} <= shared
    assert all(ours.values[name] == vendors.values[name] for name in shared)
    assert vendors.values["axle_kg"] == [6400, 9200, 9200, 9200, 9200, 9200]
    assert vendors.values["plate_rear"] == "" and vendors.values["evading"] is False


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"record_no": None}, "缺少“检测记录号”（record_no）。"),
        ({"gross_kg": "52400"}, "“车货总质量”应为数字，实为“52400”。"),
        ({"axles": 1}, "“轴数”应在 2 至 30 之间，实为 1。"),
        ({"plate": "??"}, "“前牌号码”不是车牌号：??。请写成 苏E12345、苏ED12345 或 苏E1234挂 这样的形式。"),
        ({"time": "昨天"}, "“检测时间”不是时间：昨天。请写成 2026-12-01 08:30:00 这样的形式。"),
        ({"type": "189"}, "“轴型代码”应为轴型代码，实为“189”。轴型代码每位为 1 至 7，如 157。"),
        ({"straddling": 1}, "“跨道行驶”应为 true 或 false，实为 1。"),
        ({"axle_groups": [[1], "x"]}, "“各轴组”每个轴组应有 1 至 9 个轴，实为 [[1], 'x']。"),
    ],
)
def test_a_fault_is_told_by_field(change, fault):
    assert WEIGHING.read(PASS | change, RECEIVED).faults == [fault]


def test_a_clock_ahead_or_before_the_law_is_a_fault():
    assert "请校准设备时钟" in WEIGHING.read(PASS | {"time": "2091-01-01 00:00:00"}, RECEIVED).faults[0]
    assert (
        "早于现行限值施行之日（2016-09-21）"
        in WEIGHING.read(PASS | {"time": "2016-09-20 23:59:59"}, RECEIVED).faults[0]
    )
    assert not WEIGHING.read(PASS | {"time": "2026-05-01T00:35:00+00:00"}, RECEIVED).faults


@given(
    item=JSON, names=st.lists(st.sampled_from([*PASS, *VENDOR_PASS, "axle_groups", "photos"]), max_size=4), value=JSON
)
def test_nothing_an_item_holds_raises(item, names, value):
    for candidate in (item, PASS | dict.fromkeys(names, value), VENDOR_PASS | dict.fromkeys(names, value)):
        reading = WEIGHING.read(candidate, RECEIVED)
        assert all(isinstance(fault, str) for fault in reading.faults)
        if not reading.faults:
            assert len(WEIGHING.judged([reading.values], [{}])["limit_kg"]) == 1


def test_a_pass_is_judged_by_the_law_of_its_day():
    columns = judged(PASS, PASS | {"axles": 5, "type": "127", "gross_kg": 43000}, PASS | {"gross_kg": 49000})
    assert columns["limit_kg"].tolist() == [49000, 42000, 49000]
    assert columns["excess_kg"].tolist() == [3400, 1000, 0]
    assert columns["fine_yuan"].tolist() == [1500, 0, 0]
    assert columns["warning"].tolist() == [False, True, False]
    assert columns["usable"].tolist() == [True] * 3
    assert columns["doubt"].tolist() == [""] * 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"calibrated_to": "2026-04-30"}, "设备检定已于 2026-04-30 到期，不得作为立案依据"),
        ({"calibrated_to": None}, "设备检定有效期未登记"),
        ({"plate": "无牌"}, "号牌未识别"),
        ({"plate_rear": "示A00002"}, "前后号牌不一致（示A00001、示A00002）"),
        ({"plate_rear": "示A0002挂"}, ""),
        ({"straddling": True}, "跨道行驶"),
        ({"tailgating": True}, "跟车过近"),
        ({"evading": True}, "设备标记疑似逃检"),
        ({"speed_kmh": 120}, "车速 120 km/h 超出 0.5 至 100 km/h"),
        ({"axle_kg": [6400, 9200, 9200, 9200, 9200, 5000]}, "各轴轴重之和与总质量相差 -8.0%"),
        ({"type": None, "combination": False}, "车型未列明，限值按该轴数最高值"),
        ({"gross_kg": 300000}, "超限率 512%，数据异常"),
        ({"claimed_excess_kg": 400}, "设备上报超限 400 千克，与平台计算 3400 千克不一致"),
    ],
)
def test_a_doubt_is_said_in_words(change, words):
    assert judged(PASS | change)["doubt"].tolist() == [words]


def test_an_uncalibrated_scale_founds_no_case_and_the_pass_is_kept():
    columns = judged(PASS | {"calibrated_to": "2026-04-30"})
    assert not columns["usable"][0] and columns["excess_kg"][0] == 3400


def test_the_registered_certificate_goes_before_the_devices_word():
    columns = judged(PASS, note={"device": "SL0001-W1", "calibrated_to": "2026-01-31", "posted_kg": 30_000})
    assert columns["calibrated_to"].tolist() == [date(2026, 1, 31)]
    assert columns["device"].tolist() == ["SL0001-W1"] and columns["limit_kg"].tolist() == [30_000]


def test_no_passes_are_no_rows():
    columns = WEIGHING.judged([], [])
    assert all(len(column) == 0 for column in columns.values())


def test_elements_of_an_array_keep_their_own_text():
    body = ' [ {"a": 1.10} ,\n{"b":[1,2]},3] '
    assert list(array_items(body)) == [('{"a": 1.10}', {"a": 1.1}), ('{"b":[1,2]}', {"b": [1, 2]}), ("3", 3)]
    assert list(array_items('{"a": 1}')) == [('{"a": 1}', {"a": 1})]
    assert list(array_items("[]")) == []


@pytest.mark.parametrize("body", ["", "x", "3", "[1 2]", "[1", "[1]]", "[1,", '{"a":1} {"b":2}', "[" * 100_000])
def test_what_is_no_array_is_refused(body):
    with pytest.raises(Problem, match="JSON"):
        list(array_items(body))


def test_files_of_every_form_read_alike(tmp_path):
    lines, array, ours, vendors = (tmp_path / name for name in ("p.jsonl", "p.json", "p.csv", "v.csv"))
    lines.write_text(json.dumps(PASS) + "\n\n")
    array.write_text(json.dumps([PASS]))
    heading = "检测记录号,站点编码,检测时间,前牌号码,号牌颜色,轴数,轴型代码,车货总质量,车速,检定有效期至"
    row = "SL000120260501083000001,SL0001,2026-05-01 08:30:00,示A00001,黄色,6,157,52400,62.5,2026-12-31"
    ours.write_bytes(f"{heading}\n{row}\n".encode("gb18030"))
    vendors.write_text(",".join(VENDOR_PASS) + "\n" + ",".join(map(str, VENDOR_PASS.values())) + "\n", "utf-8-sig")
    read = [[WEIGHING.read(json.loads(text), RECEIVED) for _, text in read_file(path)] for path in (lines, array, ours)]
    assert read[0] == read[1] == read[2] == [WEIGHING.read(PASS, RECEIVED)]
    assert [WEIGHING.read(json.loads(text), RECEIVED) for _, text in read_file(vendors)] == [
        WEIGHING.read(VENDOR_PASS, RECEIVED)
    ]


def test_a_sheet_without_a_needed_column_is_refused(tmp_path):
    sheet = tmp_path / "p.csv"
    sheet.write_text("检测记录号,站点编码,检测时间\n1,2,3\n")
    with pytest.raises(Problem, match="缺少列：轴数、车货总质量"):
        list(read_file(sheet))


def test_a_quote_that_never_ends_is_told_with_its_row(tmp_path):
    sheet = tmp_path / "b.csv"
    sheet.write_text('record_no,site,time,axles,gross_kg\n1,SL1,2026-05-01 08:30:00,6,52400\n2,"SL1' + ",1\n" * 50_000)
    read = read_file(sheet)
    assert next(read)[0] == 2
    with pytest.raises(Problem, match=r"读不下去.*引号是否成对"):
        next(read)


def test_drawn_weighings_exceed_limits_as_often_as_the_measured(wim):
    drawn = Weighings(seed=1)
    for axles, limit_t in {2: 18, 3: 27, 4: 36, 5: 43, 6: 46}.items():
        measured = wim["gross_t"][wim["axles"] == axles]
        sample = drawn.gross_t(axles, 50_000)
        for part in (1.0, 0.9, 0.7):
            assert np.mean(sample > limit_t * part) == pytest.approx(np.mean(measured > limit_t * part), abs=0.02)


@pytest.fixture
def wim():
    path = "/".join((*__file__.split("/")[:-3], "..", "shared", "data", "wim", "a16_wim_trucks.parquet"))
    try:
        table = parquet.read_table(path, columns=["axles", "gross_t"])
    except FileNotFoundError:
        pytest.skip("the records the distribution was fitted to are not here")
    return {name: table[name].to_numpy() for name in table.column_names}


def test_drawn_trucks_read_as_passes_and_repeat_by_seed():
    first, second = (iter(Weighings(seed=7)) for _ in range(2))
    random = np.random.default_rng(7)
    point = {"code": "SL0001", "device": "SL0001-W1", "lanes": 2}
    for serial in range(300):
        truck, same = next(first), next(second)
        assert truck == same and sum(truck.axle_kg) == truck.gross_kg and sum(map(int, truck.groups)) == truck.axles
        item = item_of(truck, point, instant(PASS["time"]), serial, "示A00001", random)
        assert not WEIGHING.read(item, RECEIVED).faults


def test_axle_group_codes_have_as_many_axles_as_their_groups():
    axles_of = dict(zip("1234567", (1, 1, 2, 2, 2, 3, 3), strict=True))
    for groups, code in CODES.items():
        assert sum(axles_of[digit] for digit in code) == sum(map(int, groups))
