"""Plans: what declarations compile to, and executors that refuse a plan which does not fit its data."""

import threading
import time

import numpy as np
import pytest

from tonggui.protocols.jt808 import JT808, LOCATION_REPORT
from tonggui.protocols.jt808.location_report import LocationReport
from tonggui.protocols.jt808.session import Registration
from tonggui.wire import plan, plan_numpy
from tonggui.wire.batch import spans
from tonggui.wire.declare import Message, i32, item, tlv, u8, u16, u32, u64
from tonggui.wire.kinds import NO_TIME
from tonggui.wire.plan_ops import BROKEN, INCOMPLETE

needs_native = pytest.mark.skipif(plan.native is None, reason="the compiled module is not built, or TONGGUI_NATIVE=0")
EXECUTORS = [plan_numpy.run] + ([plan.native.run_plan] if plan.native else [])
each_executor = pytest.mark.parametrize("executor", EXECUTORS, ids=lambda f: f.__module__ or "tonggui._native")
LAYOUT = LocationReport.layout("2019")


def run(executor, layout, bodies, monkeypatch):
    monkeypatch.setattr(plan, "execute", executor)
    sizes = np.array([len(body) for body in bodies], np.int64)
    end = np.cumsum(sizes)
    return plan.plan_of(layout).run(np.frombuffer(b"".join(bodies), np.uint8), end - sizes, end)


def test_editions_with_the_same_lines_share_a_layout_and_a_plan():
    assert LocationReport.layout("2013") is LAYOUT and plan.plan_of(LAYOUT) is plan.plan_of(LAYOUT)
    assert Registration.layout("2011") is not Registration.layout("2013")


def test_a_message_with_text_has_no_plan():
    assert plan.plan_of(Registration.layout("2019")) is None


@each_executor
def test_every_width_and_sign(executor, monkeypatch):
    class Widths(Message, id=0x7002, title="各种宽度", basis="示例"):
        a, b, c, d = u8("甲"), u16("乙"), u32("丙"), u64("丁")
        e = i32("戊", scale=0.01)
        f = u16("己", sign="top")
        g = u16("庚", scale=0.1, column="f4")

    body = bytes.fromhex("ff fffe fffffffd 7ffffffffffffffc ffffff85 8007 0007")
    got = run(executor, Widths.layout("2019"), [body], monkeypatch)
    values = {name: column[0].item() for name, column in got.items()}
    assert values == {
        "a": 255, "b": 65534, "c": 2**32 - 3, "d": 2**63 - 4, "e": -1.23, "f": -7, "g": np.float32(0.7), "fault": 0,
    }  # fmt: skip


@each_executor
def test_keys_and_lengths_of_two_bytes(executor, monkeypatch):
    class Wide(Message, id=0x7003, title="宽键", basis="示例"):
        extras = tlv("附加", key=u16, length=u16, of={0x0102: item(x=u8("甲")), 0x0101: item(y=u16("乙"))})

    bodies = [
        bytes.fromhex("0101 0002 0007 0102 0001 09 0100 0001 ff"),
        bytes.fromhex("0102 0001 05 0101"),
        b"\1\1\0\3a",
    ]
    got = run(executor, Wide.layout("2019"), bodies, monkeypatch)
    assert got["x"].tolist()[:2] == [9.0, 5.0] and got["y"][0] == 7.0 and np.isnan(got["y"][1:]).all()
    assert got["fault"].tolist() == [0, INCOMPLETE | BROKEN, INCOMPLETE | BROKEN]


@each_executor
@pytest.mark.parametrize(
    ("digits", "micros"),
    [
        ("000101000000", 946656000_000000),
        ("240229235959", 1709222399_000000),
        ("230229000000", NO_TIME),
        ("991231235959", 4102415999_000000),
        ("000000000000", NO_TIME),
        ("26010112006a", NO_TIME),
        ("261301000000", NO_TIME),
        ("260101240000", NO_TIME),
    ],
)
def test_times(executor, monkeypatch, digits, micros):
    body = bytes(22) + bytes.fromhex(digits)
    assert run(executor, LAYOUT, [body], monkeypatch)["time"].tolist() == [micros]
    value = LAYOUT.read(body).values["time"]
    assert (NO_TIME if isinstance(value, bytes) else value) == micros


@each_executor
def test_the_last_of_a_repeated_item_counts_and_wrong_lengths_do_not(executor, monkeypatch):
    items = bytes.fromhex("310105 310109 31020101 300120")
    got = run(executor, LAYOUT, [bytes(28) + items], monkeypatch)
    assert (got["satellites"][0], got["signal_strength"][0], got["fault"][0]) == (9.0, 32.0, 0)


@each_executor
def test_no_bodies_no_rows(executor, monkeypatch):
    got = run(executor, LAYOUT, [], monkeypatch)
    assert {len(column) for column in got.values()} == {0}


def test_spans_of_members_stay_inside_their_row():
    clean = np.frombuffer(bytes.fromhex("0001aa 0002bbbb 0009cc"), np.uint8)
    row, begin, stop, short = spans(clean, np.array([0, 7]), np.array([7, 10]), np.array([2, 1]), 2)
    assert row.tolist() == [0, 0] and begin.tolist() == [2, 5] and stop.tolist() == [3, 7] and short.tolist() == [1]


@needs_native
@pytest.mark.parametrize(
    "spoil",
    [
        lambda a: a.update(start=np.array([-1])),
        lambda a: a.update(end=np.array([99])),
        lambda a: a.update(end=np.array([27])),
        lambda a: a.update(start=np.array([0, 0])),
        lambda a: a.update(fixed=bent(a["fixed"], 0, 30)),
        lambda a: a.update(fixed=bent(a["fixed"], 1, 9)),
        lambda a: a.update(fixed=bent(a["fixed"], 2, 77)),
        lambda a: a.update(fixed=bent(a["fixed"], 3, 99)),
        lambda a: a.update(fixed=bent(a["fixed"], 4, 0)),
        lambda a: a.update(fixed=bent(a["fixed"], 5, 0)),
        lambda a: a.update(items=bent(a["items"], 2, 999)),
        lambda a: a.update(out=tuple(column[:0] for column in a["out"])),
        lambda a: a.update(fault=np.zeros(0, np.uint8)),
        lambda a: a.update(key_bytes=9),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_before_a_byte_is_read(spoil):
    made = plan.plan_of(LAYOUT)
    arguments = {
        "clean": np.zeros(28, np.uint8),
        "start": np.array([0]),
        "end": np.array([28]),
        "size": 28,
        "fixed": made.fixed,
        "items": made.items,
        "item_ops": made.item_ops,
        "key_bytes": 1,
        "length_bytes": 1,
        "out": tuple(np.zeros(1, column.dtype) for column in made.columns),
        "fault": np.zeros(1, np.uint8),
    }
    plan.native.run_plan(*arguments.values())
    spoil(arguments)
    with pytest.raises(ValueError):
        plan.native.run_plan(*arguments.values())


def bent(table, part, value):
    spoilt = table.copy()
    spoilt[0, part] = value
    return spoilt


@needs_native
def test_the_lock_is_free_while_a_plan_runs():
    """Another thread gets on while a big batch is read."""
    made, rows = plan.plan_of(LAYOUT), 400_000
    clean, start = np.zeros(28, np.uint8), np.zeros(rows, np.int64)
    seen, done = [], threading.Event()

    def watch():
        while not done.is_set():
            seen.append(time.perf_counter())
            time.sleep(0.0005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    out = tuple(np.zeros(rows, column.dtype) for column in made.columns)
    ready = time.perf_counter()
    for _ in range(5):
        plan.native.run_plan(
            clean, start, start + 28, 28, made.fixed, made.items, made.item_ops, 1, 1, out, np.zeros(rows, np.uint8)
        )
    ended = time.perf_counter()
    done.set()
    watcher.join()
    assert ended > ready > began and sum(ready < at < ended for at in seen) >= 5


def test_frames_in_parts_and_encrypted_ones_give_no_row():
    whole = JT808.encode(LOCATION_REPORT, {"status": 3}, {"phone": "1"})
    part = JT808.frame_of(LOCATION_REPORT, bytes(28), {"phone": "1", "part": (2, 1)})
    only = JT808.frame_of(LOCATION_REPORT, bytes(28), {"phone": "1", "part": (1, 1)})
    secret = JT808.framing.frame(bytes.fromhex("0200041c0000000000010000") + bytes(28))
    frames = [whole, part, only, secret, whole]
    sizes = np.array([len(frame) for frame in frames], np.int64)
    end = np.cumsum(sizes)
    batch = JT808.framing.batch(np.frombuffer(b"".join(frames), np.uint8), end - sizes, end)
    assert JT808.decode_batch(batch, LOCATION_REPORT)["frame"].tolist() == [0, 2, 4]
    assert JT808.decode_one(part).values == {} and JT808.decode_one(secret).values == {}
