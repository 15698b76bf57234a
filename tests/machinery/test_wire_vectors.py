"""Frames of other people's terminals and platforms read as their test suites say.

The captures are part of the project; the shared vectors are more of the same kind, skipped where they are absent.
"""

import json
from pathlib import Path

import pytest

from tonggui.protocols.jt808 import JT808
from tonggui.run.commands.decode import decode_lines
from tonggui.wire.explain import explain
from tonggui.wire.framing import Reason

CAPTURES = Path(__file__).parents[1] / "captures" / "jt808" / "frames.jsonl"
SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "vehicle-protocols.jsonl"
HEAD = {
    *("message_id", "body_length", "encryption", "fragmented", "phone", "serial", "protocol_version"),
    *("package_total", "package_index", "fragment_body_length", "fragment_hex"),
    *("expected_checksum", "actual_checksum", "declared_body_length", "actual_body_length"),
}
OF_THE_FRAME = ("short_header", "checksum", "body_length", "incomplete_frame")


def rows(*layers: str):
    """Captures and shared vectors of JT/T 808 frames in these layers."""
    found = [json.loads(line) for line in CAPTURES.read_text(encoding="utf-8").splitlines()]
    kept = {row["id"] for row in found}
    shared = SHARED.read_text(encoding="utf-8").splitlines() if SHARED.exists() else []
    found += [
        row for row in map(json.loads, shared) if row["protocol"] in ("808", "1078", "su") and row["id"] not in kept
    ]
    some = [pytest.param(row, id=row["id"]) for row in found if row["layer"] in layers]
    if not SHARED.exists():
        some.append(
            pytest.param({}, id="shared", marks=pytest.mark.skip(reason="../shared is absent: only the captures ran"))
        )
    return some


def is_ours(row) -> bool:
    """Whether the message of a row is declared, so that its body is claimed too."""
    return int(row["expect"].get("message_id", "0"), 16) in JT808.messages


def claimed(row) -> dict:
    """What a row expects of us: all of it for messages we declare, the head and the frame's faults for others.

    Items of the active safety standard keep their bytes until that standard is declared.
    """
    expect = dict(row["expect"])
    if not is_ours(row):
        return {k: v for k, v in expect.items() if k in HEAD or (k == "error" and v in OF_THE_FRAME)}
    if row["protocol"] == "su":
        expect["extras"] = {key: value for key, value in expect["extras"].items() if int(key, 16) < 0x64}
    return expect


def assert_has(expect, got, path=""):
    """`got` says everything that `expect` says, with the same types; groups of values are the same to the last key."""
    if isinstance(expect, dict):
        for key, value in expect.items():
            assert key in got, f"{path}.{key}"
            assert_has(value, got[key], f"{path}.{key}")
        if path and path != ".extras":
            assert set(got) == set(expect), path
    elif isinstance(expect, list):
        assert len(got) == len(expect), path
        for index, value in enumerate(expect):
            assert_has(value, got[index], f"{path}[{index}]")
    else:
        assert got == expect and type(got) is type(expect), f"{path}: {got!r}, wanted {expect!r}"


@pytest.mark.parametrize("row", rows("frame", "fragments"))
def test_a_line_decodes_as_its_source_says(row):
    [got] = decode_lines([row["hex"]])
    expect = claimed(row)
    assert_has(expect, got)
    if "error" not in expect:
        assert "error" not in got


@pytest.mark.parametrize("row", rows("frame"))
def test_a_frame_is_explained_with_its_faults(row):
    told = explain(JT808, bytes.fromhex(row["hex"]))
    assert told.lines
    wrong = row["expect"].get("error") in OF_THE_FRAME or (is_ours(row) and "error" in row["expect"])
    if wrong:
        assert told.problems


@pytest.mark.parametrize("row", [param for param in rows("body") if param.marks or is_ours(param.values[0])])
def test_a_body_reads_as_its_source_says(row):
    expect = claimed(row)
    message = JT808.messages[int(expect.pop("message_id"), 16)]
    _, read = JT808.read_body(message, row["version"], bytes.fromhex(row["hex"]))
    assert_has(expect, message.plain(read))


@pytest.mark.parametrize("row", rows("stream808"))
def test_a_stream_gives_its_frames(row):
    """Every frame of the source is found, in order; after a broken one we find the next, where the source stops."""
    pieces, _ = JT808.framing.split_reference(bytes.fromhex(row["hex"]))
    good = [piece.raw.hex() for piece in pieces if piece.reason is Reason.OK and frame_is_whole(piece.raw)]
    wanted = row["expect"]["frames"]
    assert good[: len(wanted)] == wanted
    assert len(good) == len(wanted) or "error" in row["expect"]


def frame_is_whole(raw: bytes) -> bool:
    return isinstance(JT808.framing.unframe(raw), bytes)


@pytest.mark.parametrize("row", rows("escape"))
def test_escapes_are_taken_back(row):
    raw = bytes.fromhex(row["hex"])
    inner = raw[raw.index(b"\x7e") + 1 : -1]
    clean, lone = JT808.framing.unescape(inner)
    assert (b"\x7e" + clean + b"\x7e").hex() == row["expect"]["unescaped"] and not lone
