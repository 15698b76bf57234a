"""What every message promises: its examples, one decoder for batches and single frames, an encoder that is its inverse.

The damage tests hold for every message of every protocol: whatever arrives is a value, never an exception.
"""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire_values import body_values, editions

from tonggui.base.clock import from_micros
from tonggui.protocols.jt808 import JT808
from tonggui.run.commands.decode import decode_lines
from tonggui.wire import plan, plan_numpy
from tonggui.wire.batch import layouts_of
from tonggui.wire.columns import merged_columns, rows_of, table_of
from tonggui.wire.explain import explain
from tonggui.wire.framing import FrameBatch, Framing, Rejected
from tonggui.wire.inspect import inspect
from tonggui.wire.kinds import BcdTime
from tonggui.wire.layout import Read
from tonggui.wire.protocol import Decoded, Protocol

PROTOCOLS = [JT808]
EXECUTORS = {"numpy": plan_numpy.run}
if plan.native is not None:
    EXECUTORS["native"] = plan.native.run_plan


def all_messages():
    return [
        pytest.param(protocol, message, id=f"0x{message.id:04X} {message.__name__}")
        for protocol in PROTOCOLS
        for message in protocol.messages.values()
    ]


def all_examples():
    return [
        pytest.param(protocol, message, example, id=f"0x{message.id:04X} {example.title}")
        for protocol in PROTOCOLS
        for message in protocol.messages.values()
        for example in message.examples
    ]


each_message = pytest.mark.parametrize(("protocol", "message"), all_messages())
each_example = pytest.mark.parametrize(("protocol", "message", "example"), all_examples())


@pytest.fixture(params=EXECUTORS)
def executor(request, monkeypatch):
    """Plans executed by each of their executors in turn."""
    monkeypatch.setattr(plan, "execute", EXECUTORS[request.param])


def batch_of(framing: Framing, frames: list[bytes]) -> FrameBatch:
    sizes = np.array([len(frame) for frame in frames], np.int64)
    end = np.cumsum(sizes)
    return framing.batch(np.frombuffer(b"".join(frames), np.uint8), end - sizes, end)


def expected_table(protocol: Protocol, message, frames: list[bytes]) -> dict[str, np.ndarray]:
    """The table of the frames by the plain decoder, one frame at a time."""
    rows, places = [], []
    for place, frame in enumerate(frames):
        decoded = protocol.decode_one(frame)
        if isinstance(decoded, Decoded) and decoded.message is message and decoded.head.part_total <= 1:
            read = Read(decoded.values, decoded.problems, decoded.trailing)
            found = rows_of(message.layout(decoded.edition), read)
            rows += found
            places += [place] * len(found)
    return {"frame": np.array(places, np.int64), **table_of(merged_columns(layouts_of(protocol, message)), rows)}


def assert_same_table(got: dict[str, np.ndarray], wanted: dict[str, np.ndarray]) -> None:
    assert set(got) == set(wanted)
    for name, column in wanted.items():
        assert got[name].dtype == column.dtype, name
        np.testing.assert_array_equal(got[name], column, err_msg=name)


# -- examples


@each_message
def test_every_message_has_an_example(protocol, message):
    assert message.examples


@each_example
def test_an_example_reads_as_it_says(protocol, message, example):
    decoded = protocol.decode_one(bytes.fromhex(example.frame))
    assert isinstance(decoded, Decoded) and decoded.message is message
    assert not decoded.problems and not decoded.trailing
    if example.edition:
        assert decoded.edition == example.edition
    layout = message.layout(decoded.edition)
    row = rows_of(layout, Read(decoded.values, (), b""))[0]
    times = {line.name for line in layout.fields if isinstance(line, BcdTime)}
    for name, value in example.reads.items():
        assert (from_micros(row[name]).isoformat() if name in times else row[name]) == value, name


@each_example
def test_an_example_is_written_as_it_was_read(protocol, message, example):
    frame = bytes.fromhex(example.frame)
    decoded = protocol.decode_one(frame)
    head = {"phone": decoded.head.identity, "serial": decoded.head.serial, "edition": decoded.edition}
    assert protocol.encode(message.id, decoded.values, head) == frame


@each_example
def test_an_example_is_explained_to_its_last_byte(protocol, message, example):
    told = explain(protocol, bytes.fromhex(example.frame))
    clean = protocol.framing.unescape(bytes.fromhex(example.frame)[1:-1])[0]
    covered = b"".join(bytes.fromhex(line.hex) for line in told.lines)
    assert covered == clean
    assert not told.problems and not any(line.fault for line in told.lines)
    assert message.title in told.title and all(line.title for line in told.lines)


# -- two roads to one answer


@each_message
def test_a_batch_reads_as_its_frames_do(protocol, message, executor):
    frames = [frame for other in protocol.messages.values() for frame in other.frames()] * 3
    got = protocol.decode_batch(batch_of(protocol.framing, frames), message)
    assert_same_table(got, expected_table(protocol, message, frames))


@each_message
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_written_is_read_again(protocol, message, data):
    edition = data.draw(st.sampled_from(sorted(editions(protocol, message))))
    values = data.draw(body_values(message, edition))
    body = message.write(values, edition)
    read = message.layout(edition).read(body)
    assert not read.problems and not read.trailing
    assert message.write(read.values, edition) == body
    for name, value in values.items():
        if not isinstance(value, list):
            assert read.values[name] == value, name
    if len(body) <= 1023:
        frame = protocol.encode(message.id, values, {"phone": "13800000001", "serial": 65535, "edition": edition})
        assert protocol.decode_one(frame).body == body


@each_message
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_batches_of_any_bodies_read_as_one_by_one(protocol, message, executor, data):
    """Written bodies, cut and damaged ones, in frames whose head and checksum are right."""
    frames = [
        protocol.frame_of(message.id, body, {"phone": "13800000001", "edition": head.name})
        for head in protocol.framing.heads
        for body in data.draw(st.lists(any_body(protocol, message), max_size=6))
    ]
    got = protocol.decode_batch(batch_of(protocol.framing, frames), message)
    assert_same_table(got, expected_table(protocol, message, frames))


@st.composite
def any_body(draw, protocol, message):
    edition = draw(st.sampled_from(sorted(editions(protocol, message))))
    body = bytearray(message.write(draw(body_values(message, edition)), edition)[:1000])
    kind = draw(st.sampled_from(["whole", "cut", "flipped", "longer", "noise"]))
    if kind == "cut" and body:
        del body[draw(st.integers(0, len(body) - 1)) :]
    elif kind == "flipped" and body:
        body[draw(st.integers(0, len(body) - 1))] ^= draw(st.integers(1, 255))
    elif kind == "longer":
        body += draw(st.binary(max_size=9))
    elif kind == "noise":
        body = bytearray(draw(st.binary(max_size=80)))
    return bytes(body)


# -- damage


@each_message
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_frames_are_values_not_failures(protocol, message, data):
    frame = bytearray(data.draw(st.sampled_from(message.frames())))
    for _ in range(data.draw(st.integers(1, 3))):
        frame[data.draw(st.integers(0, len(frame) - 1))] ^= data.draw(st.integers(1, 255))
    assert_survives(protocol, bytes(frame[: data.draw(st.integers(0, len(frame)))]))


@each_message
def test_a_frame_cut_anywhere_is_told_not_raised(protocol, message):
    for frame in message.frames():
        for length in range(len(frame)):
            assert_survives(protocol, frame[:length])
            assert_survives(protocol, frame[:length] + b"\x7e")


@settings(max_examples=200, deadline=None)
@given(noise=st.binary(max_size=120))
def test_noise_is_told_not_raised(noise):
    assert_survives(JT808, noise)
    assert_survives(JT808, JT808.framing.frame(noise))


def check_byte(seen) -> bytes:
    return b"" if seen.inner.check is None else bytes((seen.inner.check,))


def assert_survives(protocol: Protocol, frame: bytes) -> None:
    assert isinstance(protocol.decode_one(frame), Decoded | Rejected)
    told, seen = explain(protocol, frame), inspect(protocol, frame)
    assert told.title
    assert b"".join(bytes.fromhex(line.hex) for line in told.lines) == seen.inner.clean + check_byte(seen)
    [found] = decode_lines([frame.hex()])
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    if isinstance(protocol.decode_one(frame), Rejected):
        assert told.problems and ("error" in found or "unknown_message" in found or "messages" in found)
