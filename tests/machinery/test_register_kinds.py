"""Kinds of field: what they take, what they refuse and in which words, and what they keep."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tonggui.base.clock import CHINA
from tonggui.base.geo import Point, bd09_to_gcj02, gcj02_to_wgs84, wgs84_to_gcj02
from tonggui.register.errors import Invalid
from tonggui.register.kinds import (
    Amount,
    Area,
    CreditCode,
    Day,
    Flag,
    Integer,
    Moment,
    Money,
    Month,
    Phone,
    Place,
    Plate,
)
from tonggui.register.kinds.text import LongText, Number, Text


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/2/3", date(2026, 2, 3)),
        ("2026.2.3", date(2026, 2, 3)),
        ("2026年2月3日", date(2026, 2, 3)),
        ("2026-12-01 00:00:00", date(2026, 12, 1)),
        (46357, date(2026, 12, 1)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), date(2026, 12, 2)),
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(raw, value):
    assert Day("发现日期").parse(raw) == value


@pytest.mark.parametrize("raw", ["2026-13-01", "2026-02-30", "十月一日", "1850-01-01", "12/1/2026", 7, True])
def test_what_is_no_day_is_refused_in_words(raw):
    with pytest.raises(Invalid, match=r"不是日期：|年份不合理"):
        Day("发现日期").parse(raw)


def test_moments_are_aware_and_read_as_chinas():
    kind = Moment("时间")
    nine = datetime(2026, 12, 1, 9, 30, tzinfo=CHINA)
    assert kind.parse("2026-12-01 09:30") == nine == kind.parse("2026年12月1日9时30分")
    assert kind.parse("2026-12-01T01:30:00Z") == nine
    assert kind.parse("2026-12-01T09:30:00.250+08:00").microsecond == 250_000
    assert kind.show(nine.astimezone(UTC)) == "2026-12-01 09:30"
    with pytest.raises(Invalid, match="不是时间：25点"):
        kind.parse("25点")


def test_months_are_kept_as_their_first_day():
    kind = Month("月份")
    assert kind.parse("2026-06") == kind.parse("2026年6月") == kind.parse("202606") == date(2026, 6, 1)
    assert kind.show(date(2026, 6, 1)) == "2026-06"
    with pytest.raises(Invalid, match="不是月份"):
        kind.parse("2026-13")


def test_amounts_are_exact_and_never_silently_rounded():
    kind = Amount("里程", unit="km", places=3)
    assert kind.parse(0.1) == Decimal("0.100")
    assert kind.parse("1,234.5") == Decimal("1234.500")
    assert kind.get_prep_value(Decimal("1234.5")) == 1_234_500
    assert kind.from_db_value(1_234_500, None, None) == Decimal("1234.500")
    assert kind.show(Decimal("1234.5")) == "1,234.500"
    for raw, words in (
        ("1.2345", "小数太多"),
        ("十", "不是数字"),
        ("NaN", "不是数字"),
        ("1e99", "太大"),
        (True, "不是数字"),
    ):
        with pytest.raises(Invalid, match=words):
            kind.parse(raw)
    with pytest.raises(Invalid, match="不能小于 0元"):
        Money("资金", least=0).parse("-1")


def test_money_written_in_wan_is_yuan_inside_and_exact():
    kind = Money("总投资", unit="万元", least=0)
    assert kind.parse("3,200.5") == kind.parse(3200.5) == Decimal("32005000.00")
    assert kind.parse("0.000001") == Decimal("0.01")
    value = kind.parse("1234.567891")
    assert value == Decimal("12345678.91") and kind.get_prep_value(value) == 1_234_567_891
    for written in (kind.entry(value), kind.cell(value), kind.api(value)):
        assert kind.parse(written) == value
    assert (kind.show(value), kind.show(Decimal(32_000_000))) == ("1,234.567891", "3,200.00")
    assert kind.load(kind.dump(value)) == value
    for raw, words in (("0.0000001", "最多 6 位小数"), ("-1", "不能小于 0万元")):
        with pytest.raises(Invalid, match=words):
            kind.parse(raw)
    assert Money("罚款").show(Decimal("1500")) == "1,500.00"


def test_whole_numbers():
    assert Integer("人数").parse("12.0") == Integer("人数").parse(12.0) == 12
    with pytest.raises(Invalid, match="不是整数"):
        Integer("人数").parse("1.5")


def test_empty_is_refused_unless_optional_and_a_flag_reads_its_words():
    with pytest.raises(Invalid, match="没有填写"):
        Text("名称").parse("  ")
    assert Text("名称", optional=True).parse(None) == ""
    assert Day("日期", optional=True).parse("") is None
    assert Flag("重点").parse("是") is True and Flag("重点").parse("") is False
    assert Flag("重点", optional=True).parse("") is None
    with pytest.raises(Invalid, match="“是”或“否”"):
        Flag("重点").parse("可能")


def test_text_is_one_line_without_control_characters_and_within_its_length():
    assert Text("名称").parse(" 甲\u0000  乙\n丙 ") == "甲 乙 丙"
    assert LongText("内容").parse("甲\r\n乙") == "甲\n乙"
    with pytest.raises(Invalid, match="太长：121 字，最多 120 字"):
        Text("名称").parse("长" * 121)


def test_codes_are_brought_into_one_form():
    assert Plate().parse(" 苏e·12345 ") == "苏E12345"
    assert Phone("电话").parse("138 0000 0000") == "13800000000"
    with pytest.raises(Invalid, match="不是电话号码"):
        Phone("电话").parse("12")
    with pytest.raises(Invalid, match="校验位不对"):
        CreditCode().parse("91310000000000001X")


def test_numbers_are_written_and_read_in_their_series():
    kind = Number("YH{year}{seq:05}")
    assert kind.write(2026, 12) == "YH202600012"
    assert kind.split("YH202600012") == (2026, 12)
    assert kind.split("12") is None
    with pytest.raises(Invalid, match="不是编号"):
        kind.parse("YH/../1")


def test_points_come_home_from_each_system():
    given = (121.4737, 31.2304)
    shifted = wgs84_to_gcj02(*given)
    assert max(abs(a - b) for a, b in zip(gcj02_to_wgs84(*shifted), given, strict=True)) < 1e-7
    kind = Place("位置")
    point = kind.parse(f"{shifted[0]}, {shifted[1]} GCJ02")
    assert (round(point.longitude, 6), round(point.latitude, 6)) == given
    assert point.original == shifted and point.system == "GCJ02"
    assert kind.parse(kind.entry(point)) == point == kind.load(kind.dump(point))
    # In Shanghai GCJ-02 lies some 450 m to the east, BD-09 further still.
    assert 0.001 < shifted[0] - given[0] < 0.01 and abs(bd09_to_gcj02(*shifted)[0] - shifted[0]) > 0.005
    assert kind.parse("121.5，31.2") == Point(121.5, 31.2)
    for raw in ("31.2", "200, 31", "121.4, 31.2 XYZ"):
        with pytest.raises(Invalid, match="坐标"):
            kind.parse(raw)


def test_an_area_is_closed_and_on_earth():
    kind = Area("范围")
    ring = [[121.0, 31.0], [121.1, 31.0], [121.1, 31.1], [121.0, 31.0]]
    assert kind.parse(f'{{"type": "Polygon", "coordinates": [{ring}]}}')["type"] == "Polygon"
    for shape in ({"type": "Polygon", "coordinates": [ring[:3]]}, {"type": "Point", "coordinates": [1, 2]}, "[]"):
        with pytest.raises(Invalid, match="不是区域"):
            kind.parse(shape)


def test_an_area_has_no_crossing_edges_and_says_its_size():
    kind = Area("范围")
    square = [[121.0, 31.0], [121.01, 31.0], [121.01, 31.01], [121.0, 31.01], [121.0, 31.0]]
    bow = [square[0], square[2], square[1], square[3], square[0]]
    assert kind.show({"type": "Polygon", "coordinates": [square]}) == "4 个角点，约 1.06 平方公里"
    with pytest.raises(Invalid, match="边线互相交叉"):
        kind.parse({"type": "Polygon", "coordinates": [bow]})
