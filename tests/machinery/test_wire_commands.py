"""`tonggui decode` and `tonggui explain`: what people and files of frames get."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tonggui.protocols.jt808 import JT808
from tonggui.protocols.jt808.location_report import LocationReport
from tonggui.run.cli import main
from tonggui.run.commands.decode import decode_lines
from tonggui.wire.parts import Assembly

POSITION = LocationReport.examples[0].frame
PHONE = {"phone": "13800000001", "serial": 65534}


def one(line: str) -> dict:
    [found] = decode_lines([line])
    return found


@pytest.mark.parametrize("line", ["", "zz", "7", "7e7", "位置", "7e 02 00\x00"])
def test_a_line_that_is_no_hex_says_so(line):
    found = one(line)
    assert found["error"] in ("not_hex", "incomplete_frame")


def test_every_line_has_its_object(monkeypatch, capsys):
    lines = [POSITION, "", "junk", POSITION.upper(), "7e7e", " " + POSITION + " "]
    monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": io.BytesIO("\n".join(lines).encode())}))
    assert main(["decode"]) == 0
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(out) == len(lines)
    assert [found.get("message_id") for found in out] == ["0x0200", None, None, "0x0200", None, "0x0200"]


def test_an_unknown_message_keeps_head_and_body():
    found = one(JT808.framing.frame(bytes.fromhex("0f01000301380000000100 07 010203".replace(" ", ""))).hex())
    assert found["unknown_message"] and found["message_id"] == "0x0F01" and found["body"] == "010203"
    assert found["phone"] == "013800000001" and "error" not in found


def test_a_wrong_checksum_says_both_values_and_reads_the_head():
    found = one(POSITION[:-4] + "00" + "7e")
    assert found["error"] == "checksum" and found["actual_checksum"] == "0x00"
    assert found["expected_checksum"] == f"0x{int(POSITION[-4:-2], 16):02X}" and found["phone"] == "017028775424"
    assert "latitude" not in found


def test_a_body_shorter_than_its_table_gives_what_was_there():
    frame = JT808.frame_of(0x0200, bytes(20), PHONE)
    found = one(frame.hex())
    assert found["error"] == "body_incomplete" and found["speed_kmh"] == 0.0 and "time" not in found


def test_an_encrypted_body_is_kept_not_read():
    clean = bytes.fromhex("0200041c013800000001 0007".replace(" ", "")) + bytes(28)
    found = one(JT808.framing.frame(clean).hex())
    assert found["encryption"] == 1 and found["body"] == bytes(28).hex() and "latitude" not in found


def test_times_that_are_no_date_keep_their_digits():
    body = bytes(22) + bytes.fromhex("209902300000")
    assert one(JT808.frame_of(0x0200, body, PHONE).hex())["time"] == "raw:209902300000"


def test_parts_on_several_lines_become_the_message_on_the_last():
    members = [{"latitude": number / 10, "time": 1_600_000_000_000_000} for number in range(80)]
    frames = JT808.encode_parts(0x0704, {"type": 1, "items": members}, PHONE)
    assert len(frames) == 3
    first, third, second = decode_lines(frames[at].hex() for at in (0, 2, 1))
    assert "items" not in first and "items" not in third and first["fragmented"]
    assert second["count"] == 80 and len(second["items"]) == 80 and second["serials"] == [65534, 65535, 0]
    together = one("".join(frame.hex() for frame in frames))
    assert together["items"] == second["items"] and together["frames"] == [frame.hex() for frame in frames]


def test_frames_of_several_messages_on_one_line_are_all_told():
    found = one(POSITION + POSITION + "7e0200")
    assert [message["message_id"] for message in found["messages"]] == ["0x0200", "0x0200"]
    assert found["pending_bytes"] == 3


@given(order=st.permutations(range(5)), repeats=st.lists(st.integers(0, 4), max_size=3))
@settings(deadline=None)
def test_parts_come_together_in_any_order_and_once(order, repeats):
    parts, whole = Assembly(), []
    sent = [index for index in [*order[:-1], *repeats] if index != order[-1]] + [order[-1]]
    for index in sent:
        whole.append(parts.add("1", 0x0801, (65533 + index) & 0xFFFF, 5, index + 1, bytes([index])))
    assert whole[-1] == bytes(range(5)) and not any(whole[:-1])


def test_messages_never_completed_are_given_up_oldest_first():
    parts = Assembly(most=2)
    for phone in ("1", "2", "3"):
        assert parts.add(phone, 0x0801, 0, 2, 1, b"a") is None
    assert parts.missing("1", 0x0801, 0, 2) == [] and parts.missing("3", 0x0801, 0, 2) == [2]
    assert parts.add("3", 0x0801, 9, 2, 3, b"") is None


def test_explain_prints_offsets_names_values_and_clauses(capsys):
    assert main(["explain", POSITION]) == 0
    text = capsys.readouterr().out
    for words in (
        "位置信息汇报",
        "终端手机号",
        "纬度",
        "25.811947 °",
        "JT/T 808-2013 8.18",
        "0xE1 自定义或未知项",
        "校验码",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (POSITION[:-4] + "007e", "校验码不符：按内容应为 0xDC，帧中为 0x00"),
        (POSITION[:-2], "帧不完整"),
        (JT808.framing.frame(bytes.fromhex("0002000001")).hex(), "消息头不完整"),
        (JT808.framing.frame(bytes.fromhex("000200050138000000010007")).hex(), "消息头声明 5 字节，实有 0 字节"),
        (JT808.frame_of(0x0200, bytes(20), PHONE).hex(), "消息体不完整：在“方向”处截断"),
        (JT808.frame_of(0x0200, bytes(28) + b"\x01\x04\x00", PHONE).hex(), "附加信息项的长度与剩余字节不符"),
        (JT808.frame_of(0x0704, b"\x00\x02\x00\x00\x05\x00", PHONE).hex(), "数据项个数与实有的项数不符"),
        (JT808.frame_of(0x0704, b"\0\1\0\0\x1d" + bytes(28) + b"\1", PHONE).hex(), "第 1 项：附加信息项的长度与剩余"),
        (JT808.frame_of(0x0002, b"??", PHONE).hex(), "末尾多出 2 字节"),
        (JT808.framing.frame(bytes.fromhex("0f0100000138000000010007")).hex(), "未知消息 0x0F01"),
    ],
)
def test_explain_says_what_is_wrong(frame, words, capsys):
    main(["explain", frame])
    assert words in capsys.readouterr().out


def test_flags_are_named_as_their_edition_names_them():
    body = (1 << 3 | 1 << 15).to_bytes(4, "big") + (0x300 | 1 << 30).to_bytes(4, "big") + bytes(20)
    shown = {}
    for edition in ("2013", "2019"):
        lines = JT808.explain(JT808.frame_of(0x0200, body, {**PHONE, "edition": edition}))
        shown[edition] = {line.name: line.value for line in lines}
    assert shown["2013"]["alarm"] == "0x00008008（危险预警、第15位）"
    assert shown["2019"]["alarm"] == "0x00008008（危险驾驶行为报警、违规行驶报警）"
    assert shown["2019"]["status"] == "0x40000300（第30位、满载）"


def test_an_item_cites_the_edition_that_brought_it():
    frame = JT808.encode(0x0200, {"extras": {0x06: {"compartment_temperature_c": -18}}}, PHONE)
    line = next(line for line in JT808.explain(frame) if line.name == "compartment_temperature_c")
    assert (line.value, line.unit, line.basis) == ("-18", "℃", "JT/T 808-2019 8.21")
    assert line.hex == "06028012" and line.level == 1


def test_a_damaged_frame_is_explained_as_far_as_it_goes(capsys):
    main(["explain", POSITION[:-4] + "007e"])
    assert "25.811947 °" in capsys.readouterr().out
    main(["explain", POSITION[:60]])
    text = capsys.readouterr().out
    assert "帧不完整" in text and "25.811947 °" in text and "字节不足" in text


def test_explain_refuses_what_is_no_hex(capsys):
    assert main(["explain", "zz"]) == 2
    assert "这不是十六进制数据" in capsys.readouterr().err
