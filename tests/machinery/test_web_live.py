"""The live picture: the mirror of latest positions, and what each watcher of the hub is told."""

import asyncio
import json

import numpy as np
import pytest

from tonggui.base.clock import SECOND
from tonggui.stream.feed import _as_stream
from tonggui.stream.latest import FIELDS, Latest
from tonggui.stream.terminals import Terminals
from tonggui.web.live.hub import QUEUE, Hub, Window
from tonggui.web.live.mirror import STALE_SECONDS, Batch, Mirror
from tonggui.web.live.scope import EVERYTHING, Scope
from tonggui.web.live.upstream import batch_of_event, batch_of_latest

NOW = 1_790_000_000 * SECOND
EAST = Window.parse("121.5,31.0,122.0,32.0")


def batch(*rows, received_at=NOW):
    """Rows of (phone, longitude, latitude, seconds after NOW, speed, alarm), plates made from the phone."""
    phone, lon, lat, after, speed, alarm = zip(*[(*row, *(30.0, 0)[len(row) - 4 :]) for row in rows], strict=True)
    return Batch(
        phone=list(phone),
        plate=[f"示A{name}" for name in phone],
        longitude=np.array(lon),
        latitude=np.array(lat),
        speed_kmh=np.array(speed),
        direction=np.full(len(rows), 90),
        alarm=np.array(alarm),
        time=NOW + np.array(after) * SECOND,
        received_at=np.full(len(rows), received_at),
    )


def event(payload):
    """(name, data) of a server-sent event."""
    name, data = payload.decode().strip().split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_the_latest_fix_holds_whatever_the_order_of_arrival():
    mirror = Mirror()
    mirror.apply(batch(("1", 121.0, 31.0, 10), ("1", 121.2, 31.0, 20), ("1", 121.1, 31.0, 20)))
    changes = mirror.apply(batch(("1", 129.0, 31.0, 5)))
    assert len(changes.rows) == 0
    assert mirror.describe(0)["longitude"] == pytest.approx(121.1)
    assert len(mirror) == 1


def test_more_terminals_than_there_was_room_for_keep_their_rows():
    mirror = Mirror()
    for start in (0, 900, 1800):
        mirror.apply(batch(*[(str(number), 121 + number / 1e4, 31.0, 0) for number in range(start, start + 900)]))
    assert len(mirror) == 2700
    assert mirror.describe(2699)["phone"] == "2699"
    assert mirror.describe(17)["longitude"] == pytest.approx(121.0017)


def test_counts_keep_to_the_scope_and_tell_stale_from_stopped():
    mirror = Mirror()
    mirror.apply(batch(("1", 121.0, 31.0, 0), ("2", 121.0, 31.0, 0, 0.0), received_at=2**62))
    mirror.apply(batch(("3", 121.0, 31.0, 0, 80.0, 1), received_at=NOW - (STALE_SECONDS + 1) * SECOND))
    counts = mirror.counts(EVERYTHING)
    assert (counts.known, counts.moving, counts.stopped, counts.stale, counts.alarm) == (3, 1, 1, 1, 0)
    assert mirror.counts(Scope(frozenset({"示A1"}))).known == 1


def test_search_finds_by_plate_and_number_only_what_the_scope_sees():
    mirror = Mirror()
    mirror.apply(batch(("100", 121.0, 31.0, 0), ("200", 121.0, 31.0, 0)))
    assert [found["plate"] for found in mirror.find("示a1", EVERYTHING)] == ["示A100"]
    assert [found["phone"] for found in mirror.find("00", EVERYTHING)] == ["100", "200"]
    assert mirror.find("200", Scope(frozenset({"示A100"}))) == []
    assert mirror.find(" ", EVERYTHING) == []


def test_a_watcher_hears_of_its_window_alone():
    mirror = Mirror()
    hub = Hub(mirror)
    mirror.apply(batch(("in", 121.6, 31.5, 0), ("out", 121.1, 31.5, 0)))
    name, data = event(hub.whole(EAST, EVERYTHING))
    assert (name, data["plate"]) == ("whole", ["示Ain"])

    changes = mirror.apply(batch(("in", 121.1, 31.5, 1), ("out", 121.7, 31.5, 1), ("new", 121.8, 31.5, 1)))
    name, data = event(hub.some(EAST, EVERYTHING, changes))
    rows = {mirror.phones[row] for row in data["id"]}
    assert (name, rows) == ("some", {"out", "new"})
    assert data["new"] == {"1": "示Aout", "2": "示Anew"}
    assert data["gone"] == [0]


def test_a_watcher_is_told_nothing_outside_its_scope():
    mirror = Mirror()
    hub = Hub(mirror)
    changes = mirror.apply(batch(("1", 121.6, 31.5, 0), ("2", 121.6, 31.5, 0)))
    mine = Scope(frozenset({"示A2"}))
    _, whole = event(hub.whole(EAST, mine))
    _, some = event(hub.some(EAST, mine, changes))
    assert whole["plate"] == ["示A2"]
    assert some["id"] == [1] and some["new"] == {"1": "示A2"}


def test_equal_watchers_share_one_payload_and_a_slow_one_gets_the_whole_again():
    async def story():
        mirror = Mirror()
        hub = Hub(mirror)
        mirror.apply(batch(("1", 121.6, 31.5, 0)))
        fast, also_fast, slow = (hub.join(EAST, EVERYTHING) for _ in range(3))
        for watcher in (fast, also_fast):
            watcher.queue.get_nowait()
        for second in range(1, QUEUE + 1):
            hub._tell(mirror.apply(batch(("1", 121.6 + second / 100, 31.5, second))))
            assert fast.queue.get_nowait() is also_fast.queue.get_nowait()
        assert slow.queue.qsize() == 1
        name, data = event(slow.queue.get_nowait())
        assert name == "whole" and data["lon"] == [121_640_000]
        hub.leave(slow)
        assert len(hub.watchers) == 2
        hub._close()
        assert fast.queue.get_nowait() is None

    asyncio.run(story())


def test_a_window_that_cannot_be_read_is_the_whole_earth():
    assert Window.parse("") == Window.parse("a,b,c,d") == Window.parse("1,2,3") == Window.parse("nan,0,0,0") == Window()
    assert Window.parse("121.5,31,122,32") == Window(121_500_000, 31_000_000, 122_000_000, 32_000_000)


def test_what_the_stream_shows_of_itself_is_what_the_mirror_reads():
    terminals = Terminals()
    terminals.load(["13900000001", "13900000002"])
    terminals.vehicle = np.array(["示A00001", ""], object)
    latest = Latest()
    latest.grow(2)
    for name in FIELDS:
        latest.columns[name][:2] = 1
    latest.columns["time"][:2] = [NOW, NOW + SECOND]
    latest.columns["longitude_e6"][:2] = [121_500_000, 121_600_000]
    latest.columns["log"][:2] = 0
    whole = batch_of_latest(_as_stream(latest.table(terminals, ["jt808-0"])))
    news = batch_of_event({"at": NOW // 1000, "positions": latest.changes(terminals, np.array([0, 1]))})
    for found in (whole, news):
        assert found.phone == ["13900000001", "13900000002"]
        assert found.plate == ["示A00001", ""]
        assert found.longitude.tolist() == [121.5, 121.6]
        assert found.time.tolist() == [NOW, NOW + SECOND]
    assert news.received_at.tolist() == [NOW, NOW]
    assert Mirror().apply(whole).rows.tolist() == [0, 1]


def test_a_stream_without_positions_is_an_empty_picture():
    import pyarrow as pa

    assert batch_of_latest(_as_stream(pa.table({}))).phone == []
