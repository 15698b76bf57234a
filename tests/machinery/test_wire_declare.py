"""Mistakes in a declaration speak up when it is loaded, in its own words; dialects change only what they say."""

import numpy as np
import pytest

from tonggui.protocols.jt808 import JT808
from tonggui.protocols.jt808.general import ServerTime, utc_server_time
from tonggui.protocols.jt808.location_report import LocationReport, unsigned_altitude
from tonggui.wire.declare import (
    Example,
    Item,
    Message,
    bits,
    dialect,
    fixed_text,
    item,
    repeat,
    text,
    tlv,
    u8,
    u16,
    u32,
)
from tonggui.wire.mistakes import DeclarationError


def declare(**lines):
    return type("Sample", (Message,), {"__module__": __name__, **lines}, id=0x7001, title="样例", basis="示例")


def test_a_sign_that_names_no_field_asks_what_was_meant():
    with pytest.raises(DeclarationError) as caught:
        declare(status=u32("状态"), latitude=u32("纬度", negative_if=("statis", 4)))
    assert str(caught.value).endswith('Sample.latitude negative_if names "statis". Did you mean "status"?')
    assert str(caught.value).startswith("test_wire_declare.py: ")


def test_a_count_must_stand_before_its_group():
    with pytest.raises(DeclarationError, match=r'Sample\.items count names "count"'):
        declare(items=repeat("项", of=LocationReport, count="count", length=u16), count=u16("个数"))


def test_names_inside_items_are_checked_too():
    with pytest.raises(DeclarationError, match=r'Sample\.extras\[0x2B\]\.ad0 of names "analogue"'):
        declare(
            extras=tlv(
                "附加",
                key=u8,
                length=u8,
                of={0x2B: item("模拟量", analog=u32("量"), ad0=bits("analogue", 0, 16, "AD0"))},
            )
        )


def test_nothing_follows_what_runs_to_the_end():
    with pytest.raises(DeclarationError, match=r"Sample.code runs to the end of the body"):
        declare(code=text("鉴权码"), result=u8("结果"))


def test_two_fields_cannot_be_one_column():
    with pytest.raises(DeclarationError, match='two fields want the column "speed"'):
        declare(speed=u16("速度"), extras=tlv("附加", key=u8, length=u8, of={1: item(speed=u16("速度"))}))


def test_a_field_cannot_take_a_word_of_every_message():
    with pytest.raises(DeclarationError, match='"layout" is a word of every message'):
        declare(layout=u8("布局"))


def test_an_example_is_hexadecimal():
    with pytest.raises(DeclarationError, match="the frame of the example “坏” is not hexadecimal"):
        declare(examples=[Example("坏", frame="7e zz")])


def test_a_scale_is_one_over_a_whole_number():
    with pytest.raises(ValueError, match="not one over a whole number"):
        u16("速度", scale=0.3)


def test_values_of_unknown_names_are_refused_with_a_hint():
    with pytest.raises(ValueError, match=r'no field "latitud"\. Did you mean "latitude"\?'):
        JT808.encode(0x0200, {"latitud": 30.0}, {"phone": "1"})


def test_a_value_that_does_not_fit_is_refused():
    sample = declare(code=fixed_text("代码", size=3))
    with pytest.raises(ValueError, match="needs 4 bytes, the field has 3"):
        sample.write({"code": "粤粤"}, "2013")
    with pytest.raises(OverflowError):
        JT808.encode(0x0001, {"ack_serial": 70000}, {"phone": "1"})
    with pytest.raises(ValueError, match="room for 1023"):
        JT808.encode(0x0200, {"extras": [Item(0xE1, bytes(200))] * 6}, {"phone": "1"})


def test_a_dialect_adds_items_and_keeps_the_rest():
    tyre = dialect(
        LocationReport, maker="70111", title="胎压终端", items={0xEB: item(tyre_kpa=u16("胎压", scale=0.1, unit="kPa"))}
    )
    platform = JT808.with_messages(tyre)
    frame = JT808.encode(0x0200, {"extras": [Item(0xEB, b"\x09\x29"), Item(0x31, b"\x0c")]}, {"phone": "1"})
    values = {k: v for one in platform.decode_one(frame).values["extras"] for k, v in (one.values or {}).items()}
    assert values == {"tyre_kpa": 234.5, "satellites": 12}
    assert JT808.decode_one(frame).values["extras"][0].values is None
    raws = np.frombuffer(frame, np.uint8)
    table = platform.decode_batch(platform.framing.batch(raws, np.array([0]), np.array([len(frame)])), 0x0200)
    assert table["tyre_kpa"].tolist() == [234.5] and tyre.maker == "70111"


def test_a_dialect_of_a_field_that_is_not_there_asks():
    with pytest.raises(DeclarationError, match=r'replaces "altitude"\. Did you mean "altitude_m"\?'):
        dialect(LocationReport, title="错", fields={"altitude": u16("高程")})


@pytest.mark.parametrize(
    ("message", "other", "name", "body", "ours", "theirs"),
    [
        (LocationReport, unsigned_altitude, "altitude_m", bytes(16) + b"\xff\xf6" + bytes(10), -10, 65526),
        (ServerTime, utc_server_time, "time", bytes.fromhex("191126155850"), 1574755130_000000, 1574783930_000000),
    ],
)
def test_the_other_reading_of_an_unclear_clause_can_be_chosen(message, other, name, body, ours, theirs):
    assert message.layout("2019").read(body).values[name] == ours
    assert other.layout("2019").read(body).values[name] == theirs
    reading = next(line.reading for line in message.fields if line.name == name)
    assert reading, "an unclear clause says how it is read"


def test_a_magnitude_with_its_top_bit_set_is_read_as_twos_complement():
    body = bytes(4) + (4).to_bytes(4, "big") + (-12222222).to_bytes(4, "big", signed=True) + bytes(16)
    assert LocationReport.layout("2013").read(body).values["latitude"] == -12.222222


def test_utf8_of_a_sender_is_recognised_and_gbk_is_not_mistaken_for_it():
    message = declare(plate=text("车牌"))
    for plate in ("粤B12345", "鲁A12345", "豫P99999", "测试"):
        assert message.layout("2013").read(plate.encode("gbk")).values["plate"] == plate
        assert message.layout("2013").read(plate.encode("utf-8")).values["plate"] == plate
