"""From the frame log to the store: every position once, whatever stops in between; alarms that know their frames."""

import json
import os
import signal
import threading
from contextlib import contextmanager
from datetime import UTC

import httpx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stream_site import (
    PHONE,
    START,
    Log,
    at,
    batch_in_parts,
    batch_report,
    fix,
    report,
    running,
    spawn,
    square,
    wait_until,
    write_fleet,
)

from tonggui.base.clock import CHINA, SECOND, to_micros
from tonggui.base.site import Site
from tonggui.run.commands.positions import write_lines
from tonggui.run.telemetry import DETECTORS, SOURCES
from tonggui.stream import pipeline
from tonggui.stream.checkpoint import Checkpoint
from tonggui.stream.latest import Latest
from tonggui.stream.log import FrameLogReader
from tonggui.stream.quality import Quality
from tonggui.stream.repeats import DEPTH, Repeats, report_key
from tonggui.stream.store.client import connect
from tonggui.stream.store.queries import positions
from tonggui.stream.terminals import Terminals, distinct
from tonggui.stream.worker import Worker


@pytest.fixture(scope="module")
def store_site(tmp_path_factory):
    """One store process for all tests of this file; each test empties its tables."""
    site = Site.at(tmp_path_factory.mktemp("stored"))
    with running("store", site):
        connect(site, wait=30).close()
        yield site


@pytest.fixture
def site(store_site, tmp_path):
    """A site of the test's own, with the shared store behind it."""
    site = Site.at(tmp_path)
    (site.folder("secrets") / "store").write_text(store_site.secret("store").hex())
    address = store_site.address("store")
    site.announce("store", host=address["host"], port=address["port"])
    with connect(site) as client:
        for table in ("positions", "alarms", "passes", "bad_frames"):
            client.command(f"TRUNCATE TABLE {table}")
    write_fleet(site)
    return site


@pytest.fixture
def client(site):
    with connect(site) as client:
        yield client


@contextmanager
def working(site, detectors=DETECTORS):
    worker = Worker(site, SOURCES, detectors, tick=0.02)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(30)
        assert not thread.is_alive()


def follow(site, detectors=DETECTORS):
    """Run the worker until it has read all logs."""
    with working(site, detectors) as worker:
        wait_until(lambda: worker.feed.health.get("backlog_bytes") == 0 and worker.feed.health["state"] == "ok")


def stored(client, phone=PHONE):
    table = positions(client, phone, at(-10_000_000), at(10**10))
    return [(row["serial"], row["time"]) for row in table.to_pylist()]


def alarms(client):
    return list(client.query("SELECT * FROM alarms FINAL WHERE type != 'silent' ORDER BY started_at").named_results())


def in_china(naive_utc):
    return naive_utc.replace(tzinfo=UTC).astimezone(CHINA)


def test_every_position_comes_back_as_it_was_sent(site, client, tmp_path):
    sent = fix(10, latitude=-33.123456, longitude=-70.654321, speed_kmh=60.2, direction=359, altitude_m=-12, alarm=1)
    sent["status"] = 3 | 4 | 8  # south, west
    log = Log(site)
    log.add(report(0), report(5, phone="013900000002", edition="2019"), second=5)
    log.add(batch_report([fix(10), sent | {"time": to_micros(at(20))}, fix(30)], serial=7), second=30)
    follow(site)
    table = positions(client, PHONE, START, at(3600))
    assert table.column("serial").to_pylist() == [0, 7, 7, 7]
    row = table.slice(2, 1).to_pylist()[0]
    assert {name: row[name] for name in ("latitude", "longitude", "direction", "altitude_m", "alarm", "status")} == {
        "latitude": -33.123456, "longitude": -70.654321, "direction": 359, "altitude_m": -12, "alarm": 1, "status": 15,
    }  # fmt: skip
    assert (row["time"], row["received_at"]) == (at(20), at(31))
    assert len(positions(client, "013900000002", START, at(3600))) == 1
    assert len(positions(client, PHONE, at(10), at(30))) == 2
    write_lines(table, tmp_path / "out.jsonl")
    line = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[2])
    assert (line["speed_kmh"], line["time"]) == (60.2, at(20).isoformat())


def test_reports_sent_again_are_stored_once(site, client):
    log = Log(site)
    log.add(report(0), report(0), report(1))
    follow(site)
    log.add(report(1), report(2))
    follow(site)  # a restart in between
    log.add(report(0), batch_report([fix(3), fix(3)], serial=3), batch_report([fix(3), fix(3)], serial=3))
    follow(site)
    assert [serial for serial, _ in stored(client)] == [0, 1, 2, 3, 3]
    assert client.command("SELECT count() FROM positions") == 5


def test_a_report_in_parts_is_joined_across_batches_and_restarts(site, client):
    parts = batch_in_parts([fix(t) for t in range(130)], serial=65_535)
    assert len(parts) == 4
    log = Log(site)
    log.add(parts[2], parts[0])
    follow(site)
    assert stored(client) == []
    log.add(parts[3], report(200), parts[1], *parts)
    follow(site)
    assert [serial for serial, _ in stored(client)] == [65_535] * 130 + [200]


def test_frames_that_are_none_are_kept_with_their_reason(site, client):
    log = Log(site)
    good = report(0)
    log.add(good[:-2] + bytes([good[-2] ^ 1, 0x7E]), b"GET / HTTP/1.1\r\n\r\n", good, good[:20] + b"\x7e")
    follow(site)
    found = client.query("SELECT reason, size FROM bad_frames ORDER BY frame_position").result_rows
    assert [size for _, size in found] == [len(good), 18, 21]
    assert all(reason for reason, _ in found)
    assert len(stored(client)) == 1


@pytest.mark.parametrize(
    ("wrong", "mark"),
    [
        ({"time": to_micros(at(0).replace(year=2091))}, Quality.FUTURE),
        ({"latitude": 0.0, "longitude": 0.0}, Quality.NO_PLACE | Quality.OUTSIDE),
        ({"speed_kmh": 600.0}, Quality.SPEED),
        ({"latitude": 60.0}, Quality.OUTSIDE),
        ({"altitude_m": 9000}, Quality.ALTITUDE),
    ],
    ids=["a clock in 2091", "nowhere", "speed in the wrong unit", "abroad", "too high"],
)
def test_odd_positions_are_kept_and_marked(site, client, wrong, mark):
    log = Log(site)
    log.add(*(report(t, **wrong) for t in range(10)), second=10)
    with working(site) as worker:
        wait_until(lambda: worker.feed.health.get("counts", {}).get("positions") == 10)
        assert list(worker.feed.health["unqualified"]) == [mark.label]
    assert client.query("SELECT DISTINCT quality FROM positions").result_rows == [(int(mark),)]
    assert alarms(client) == []


def test_an_alarm_knows_its_frames(site, client):
    log = Log(site)
    places = [log.add(report(t, speed_kmh=95 if t < 60 else 50), second=t)[0] for t in range(0, 100, 10)]
    follow(site)
    (alarm,) = alarms(client)
    assert (alarm["type"], alarm["vehicle"], alarm["peak"]) == ("overspeed", "示A00001", 95)
    assert (alarm["frame_position"], alarm["raised_position"]) == (places[0], places[4])
    with FrameLogReader(site.frame_logs / alarm["log"]) as reader:
        assert reader.frame_at(alarm["frame_position"]).raw == report(0, speed_kmh=95)
    assert json.loads(alarm["evidence"])["limit_kmh"] == 80


def test_detectors_remember_across_a_restart(site, client):
    log = Log(site)
    for t in range(0, 60, 10):
        log.add(report(t, speed_kmh=95), second=t)
        follow(site)
    (alarm,) = alarms(client)
    # By our clock the vehicle has long fallen silent, so its alarm ended with its last fix.
    assert (in_china(alarm["started_at"]), in_china(alarm["ended_at"])) == (at(0), at(50))


def test_areas_of_the_fleet_raise_and_limit(site, client):
    forbidden = ({"id": "WL1", "kind": "forbidden", "applies_to": "freight"}, square(121.5, 31.2))
    others = ({"id": "WL2", "kind": "forbidden", "applies_to": "hazmat"}, square(121.5, 31.2))
    slow = ({"id": "WL3", "kind": "speed", "applies_to": "all", "limit_kmh": 40}, square(121.6, 31.2))
    write_fleet(site, areas=[forbidden, others, slow])
    log = Log(site)
    course = [121.4, 121.5, 121.55, *[121.6] * 6]
    for t, longitude in enumerate(course):
        log.add(report(10 * t, longitude=longitude), second=10 * t)
    follow(site)
    entered, fast = alarms(client)
    assert (entered["type"], entered["area"]) == ("area_entered", "WL1")
    assert (in_china(entered["started_at"]), in_china(entered["ended_at"])) == (at(10), at(20))
    assert (fast["type"], json.loads(fast["evidence"])["limit_kmh"]) == ("overspeed", 40)


def test_an_area_drawn_around_a_vehicle_is_not_entered_by_it(site, client):
    log = Log(site)
    with working(site) as worker:
        log.add(report(0), second=0)
        wait_until(lambda: worker.feed.health.get("counts", {}).get("positions") == 1)
        write_fleet(site, areas=[({"id": "WL1", "kind": "watched", "applies_to": "all"}, square(121.4, 31.2))])
        wait_until(lambda: worker._memory.areas == ["WL1"])
        log.add(report(10), second=10)
        log.add(report(20, longitude=121.5), second=20)
        wait_until(lambda: worker.feed.health["counts"]["positions"] == 3)
    assert [(a["type"], a["area"]) for a in alarms(client)] == [("area_left", "WL1")]


def test_what_came_while_the_store_was_away_is_stored_when_it_is_back(tmp_path):
    site = Site.at(tmp_path)
    log = Log(site)
    log.add(*(report(t) for t in range(50)))
    with working(site) as worker:
        wait_until(lambda: worker.feed.health["state"] == "store away")
        assert worker.feed.health["store"]["trouble"]
        with running("store", site), connect(site, wait=30) as client:
            wait_until(lambda: len(stored(client)) == 50)


class Crash(Exception):
    """Ends a worker at a chosen point."""


@pytest.mark.parametrize("step", [step.__name__ for step in pipeline.PIPELINE])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_any_step_loses_and_doubles_nothing(site, client, monkeypatch, step, after):
    log = Log(site)
    log.add(*(report(t, speed_kmh=95) for t in range(0, 30, 10)), b"noise", second=30)
    follow(site)
    log.add(*(report(t, speed_kmh=95) for t in range(20, 80, 10)), b"noise", second=80)

    def crash(memory, batch):
        if batch.frames:
            if after:
                whole(memory, batch)
            raise Crash
        whole(memory, batch)

    place = [one.__name__ for one in pipeline.PIPELINE].index(step)
    whole = pipeline.PIPELINE[place]
    with monkeypatch.context() as patch:
        steps = [*pipeline.PIPELINE[:place], crash, *pipeline.PIPELINE[place + 1 :]]
        patch.setattr("tonggui.stream.worker.PIPELINE", steps)
        worker = Worker(site, SOURCES, DETECTORS, tick=0.02)
        with pytest.raises(Crash):
            worker.run()
    follow(site)
    assert [serial for serial, _ in stored(client)] == list(range(0, 80, 10))
    assert client.command("SELECT count() FROM positions") == 8
    assert client.command("SELECT count() FROM bad_frames") == 2
    assert [alarm["type"] for alarm in alarms(client)] == ["overspeed"]


def test_killed_again_and_again_under_load(site, client):
    log = Log(site)
    sent = 0
    for _ in range(3):
        process, before = spawn("stream", site), sent
        for _ in range(10):
            log.add(*(report(t, phone="13911111111") for t in range(sent, sent + 50)), second=sent + 50)
            sent += 50
        wait_until(lambda known=before: len(stored(client, "13911111111")) > known)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    follow(site)
    assert [serial for serial, _ in stored(client, "13911111111")] == list(range(sent))
    assert client.command("SELECT count() FROM positions") == sent


def test_a_lost_checkpoint_costs_a_replay_and_no_row(site, client):
    log = Log(site)
    log.add(*(report(t) for t in range(20)))
    follow(site)
    for file in site.stream_state.iterdir():
        file.unlink()
    follow(site)
    assert len(stored(client)) == 20


def test_a_torn_plan_is_passed_over(tmp_path):
    checkpoint = Checkpoint(tmp_path)
    (tmp_path / "plans.jsonl").write_bytes(b'{"number": 1, "stretches": {"a": [0, 5]}, "clock": 7}\n{"number": 2, "str')
    _, plans = checkpoint.load()
    assert [(plan.number, plan.stretches, stored) for plan, stored in plans] == [(1, {"a": (0, 5)}, False)]
    checkpoint.write_stored(1)
    assert [stored for _, stored in Checkpoint(tmp_path).load()[1]] == [True]


def test_the_port_shows_latest_positions_events_and_health(site):
    log = Log(site)
    log.add(report(0), b"noise")
    with running("stream", site):
        wait_until(lambda: site.address("stream"))
        address = site.address("stream")
        with httpx.Client(base_url=f"http://{address['host']}:{address['port']}", trust_env=False) as http:
            wait_until(lambda: http.get("/health").json().get("counts", {}).get("positions") == 1)
            health = http.get("/health").json()
            assert (health["state"], health["backlog_bytes"]) == ("ok", 0)
            assert sum(reason["count"] for reason in health["bad"].values()) == 1
            table = pa.ipc.open_stream(http.get("/latest").content).read_all()
            assert table.select(["phone", "vehicle", "latitude"]).to_pylist() == [
                {"phone": PHONE, "vehicle": "示A00001", "latitude": 31.2}
            ]
            assert http.get("/latest?format=json").json()["time"] == [to_micros(at(0)) // 1000]
            assert http.get("/nowhere").status_code == 404
            with http.stream("GET", "/feed") as stream:
                lines = stream.iter_lines()
                assert next(lines).startswith(":")
                log.add(report(10), second=10)
                event = json.loads(next(line for line in lines if line.startswith("data: ")).removeprefix("data: "))
                assert event["positions"]["phone"] == [PHONE]
                assert event["positions"]["time"] == [to_micros(at(10)) // SECOND]


@given(st.lists(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=12), max_size=8))
@settings(max_examples=200, deadline=None)
def test_repeats_are_those_a_set_would_find(batches):
    repeats, seen = Repeats(), set()
    repeats.grow(3)
    for batch in batches:
        terminal = np.array([t for t, _ in batch], "i4")
        second = np.array([1_000 + s for _, s in batch], "i8")
        fresh = repeats.fresh(terminal, report_key(second * SECOND, second % 7, second * 0))
        expected = []
        for one in batch:
            expected.append(one not in seen)
            seen.add(one)
        assert fresh.tolist() == expected


def test_the_window_of_repeats_is_bounded():
    repeats = Repeats()
    repeats.grow(1)
    second = np.arange(1, 3 * DEPTH)
    key = report_key(second * SECOND, second, second * 0)
    terminal = np.zeros(len(second), "i4")
    assert repeats.fresh(terminal, key).all()
    assert not repeats.fresh(terminal, key)[-DEPTH:].any()
    assert repeats.keys.shape == (1, DEPTH)


def test_a_batch_report_that_comes_again_whole_is_known_whole():
    """A hundred stored positions whose answer was lost, with live reports before they come again."""
    repeats = Repeats()
    repeats.grow(1)
    item, live = np.arange(100), np.arange(20)
    batch = report_key((1_000 + item) * SECOND, np.full(100, 7), item)
    news = report_key((2_000 + live) * SECOND, 8 + live, live * 0)
    assert repeats.fresh(np.zeros(100, "i4"), batch).all()
    assert repeats.fresh(np.zeros(20, "i4"), news).all()
    assert not repeats.fresh(np.zeros(100, "i4"), batch).any()
    assert repeats.keys[0].nbytes == 1024


def test_rings_of_a_shorter_depth_are_taken_over():
    key = report_key(np.arange(1, 33) * SECOND, np.arange(32), np.zeros(32, "i8"))
    repeats = Repeats()
    repeats.load({"keys": key[None, :], "newest": key[-1:], "next": np.zeros(1, "i4")})
    later = report_key(np.arange(50, 50 + DEPTH - 32) * SECOND, np.arange(DEPTH - 32), np.zeros(DEPTH - 32, "i8"))
    assert repeats.fresh(np.zeros(len(later), "i4"), later).all()
    assert not repeats.fresh(np.zeros(32, "i4"), key).any()


@given(st.lists(st.integers(0, 10**12).map(str), max_size=30))
@settings(deadline=None)
def test_terminals_keep_their_numbers(phones):
    identities = np.array([phone.encode() for phone in phones], "S20")
    different, row = distinct(identities)
    assert different[row].tolist() == identities.tolist()
    terminals = Terminals()
    first = terminals.numbers(identities)
    assert terminals.numbers(identities).tolist() == first.tolist()
    assert [terminals.phones[number] for number in first] == phones


def test_a_late_position_does_not_move_a_vehicle_back():
    latest = Latest()
    latest.grow(1)
    rows = {name: np.zeros(2, column.dtype) for name, column in latest.columns.items()}
    rows |= {"terminal": np.zeros(2, "i4"), "time": np.array([20, 10]) * SECOND}
    assert latest.update(rows, np.array([1, 0])).tolist() == [0]
    rows["time"] = np.array([15, 12]) * SECOND
    assert latest.update(rows, np.array([1, 0])).tolist() == []
    assert latest.columns["time"].tolist() == [20 * SECOND]
