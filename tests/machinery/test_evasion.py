"""Ways around the check: passes and tracks in, clues for an officer out; what is ordinary gives none."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from stream_site import running

from tonggui.base import clock
from tonggui.base.site import Site
from tonggui.bridge.evasion import find_evasion
from tonggui.ledgers.overload.evasion import Pattern
from tonggui.ledgers.overload.point import PointKind
from tonggui.protocols.weighing import PASSES
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.stream.store.client import connect
from tonggui.stream.store.tables import POSITIONS

READER = Actor.system("test")
MORNING = datetime(2026, 6, 20, 0, 0, tzinfo=UTC)
TODAY = datetime(2026, 6, 25, 9, 0, tzinfo=clock.CHINA)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("evasion"))
    with running("store", site):
        yield site


@pytest.fixture
def client(site, db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda: TODAY.date())
    with connect(site, wait=30) as client:
        for table in (POSITIONS, PASSES):
            client.command(table.create())
            client.command(f"TRUNCATE TABLE {table.name}")
        yield client


@pytest.fixture
def points(client):
    """A station, a point on the way around it, and a third elsewhere."""
    example = ledger("overload.weighingpoint").example
    station = example(code="ST", kind=PointKind.FIXED, place="121.470000, 31.200000", device="D-ST")
    around = example(code="BY", kind=PointKind.NON_STOP, avoided_point=station.number, device="D-BY")
    return station, around, example(code="XX", kind=PointKind.NON_STOP, device="D-XX")


def weigh(client, plate, *passes):
    """Passes of a truck: (hours after the first morning, site, gross in kg, further columns)."""
    rows = [
        {
            "record_no": f"{plate}-{n}", "site": site, "plate": plate, "axles": 6, "gross_kg": float(gross),
            "limit_kg": 49_000.0, "excess_kg": max(gross - 49_000.0, 0.0), "time": MORNING + timedelta(hours=hours),
            "received_at": MORNING, "usable": True, "doubt": "", "media": "[]", "log": "weighing-0",
            "frame_position": abs(hash(plate)) % 10_000 * 100 + n, **(more[0] if more else {}),
        }
        for n, (hours, site, gross, *more) in enumerate(passes)
    ]  # fmt: skip
    client.insert_arrow("passes", pa.Table.from_pylist(rows))


def drive(client, plate, *fixes):
    """Fixes of a truck: (seconds, longitude, latitude)."""
    rows = [
        {
            "phone": f"1390000{plate[-4:]}", "vehicle": plate, "serial": n, "item": 0, "received_at": MORNING,
            "time": MORNING + timedelta(seconds=second), "latitude_e6": round(latitude * 1e6),
            "longitude_e6": round(longitude * 1e6), "speed_kmh": 40.0, "quality": 0, "log": "jt808-0",
            "frame_position": n,
        }
        for n, (second, longitude, latitude) in enumerate(fixes)
    ]  # fmt: skip
    client.insert_arrow("positions", pa.Table.from_pylist(rows))


def clues():
    return {(clue.plate, clue.kind): clue for clue in ledger("overload.evasion").query(READER)}


def test_a_truck_that_takes_the_way_around_again_and_again_is_a_clue(site, client, points):
    weigh(client, "示B00001", (1, "BY", 60_000), (25, "BY", 40_000), (49, "BY", 61_000))
    weigh(client, "示B00002", (1, "BY", 60_000), (25, "ST", 48_000), (49, "BY", 60_000), (73, "BY", 40_000))
    weigh(client, "示B00003", (1, "BY", 40_000), (25, "BY", 40_000), (49, "BY", 41_000))
    assert find_evasion(site, client) == 1
    (clue,) = clues().values()
    assert (clue.plate, clue.kind, clue.acts, clue.acts_over) == ("示B00001", Pattern.AROUND, 3, 2)
    assert "经示例一号检测点 3 次，其中超限 2 次" in clue.pattern_grounds
    assert [frame["log"] for frame in clue.evidence] == ["weighing-0"] * 3
    assert str(clue.verify_by) > "2026-06-25"


def test_many_loaded_trips_of_one_day_are_a_short_haul(site, client, points):
    weigh(client, "示B00001", *((n, "XX", 52_000 if n < 2 else 30_000) for n in range(6)))
    weigh(client, "示B00002", *((24 * n, "XX", 52_000) for n in range(4)))
    find_evasion(site, client)
    assert set(clues()) == {("示B00001", Pattern.SHORT_HAUL)}
    assert "一日最多过车 6 次" in clues()["示B00001", Pattern.SHORT_HAUL].pattern_grounds


def test_a_load_that_grows_light_only_at_the_station_is_split(site, client, points):
    trip = lambda day: ((day, "XX", 60_000), (day + 1, "ST", 40_000), (day + 2, "BY", 58_000))  # noqa: E731
    weigh(client, "示B00001", *trip(1), *trip(25))
    weigh(client, "示B00002", *trip(1), (30, "XX", 60_000), (54, "ST", 40_000), (78, "BY", 58_000))
    find_evasion(site, client)
    assert ("示B00001", Pattern.SPLIT) in clues() and ("示B00002", Pattern.SPLIT) not in clues()


def test_straddling_again_and_again_is_a_clue_and_once_is_none(site, client, points):
    astride = {"doubt_codes": ["straddling"]}
    weigh(client, "示B00001", *((24 * n, "XX", 40_000, astride) for n in range(3)))
    weigh(client, "示B00002", (1, "XX", 40_000, astride), (25, "XX", 40_000, {"doubt_codes": ["plate_unread"]}))
    find_evasion(site, client)
    assert set(clues()) == {("示B00001", Pattern.DODGE)}


def test_a_truck_that_carries_half_as_much_again_as_licensed_may_be_altered(site, client, points):
    ledger("fleet.vehicle").example(plate="沪B00001", vehicle_class="heavy", gross_kg=31_000)
    ledger("fleet.vehicle").example(plate="沪B00002", vehicle_class="tractor", gross_kg=25_000)
    for plate in ("沪B00001", "沪B00002"):
        weigh(client, plate, *((24 * n, "XX", 47_000) for n in range(3)))
    find_evasion(site, client)
    assert set(clues()) == {("沪B00001", Pattern.ALTERED)}
    assert "1.5 倍" in clues()["沪B00001", Pattern.ALTERED].pattern_grounds


def test_a_track_across_the_surroundings_that_never_passes_the_station_is_a_way_around(site, client, points):
    for plate in ("沪B00001", "沪B00002", "沪B00003"):
        ledger("fleet.vehicle").example(plate=plate, vehicle_class="heavy")
    west_to_east = [121.445 + 0.005 * n for n in range(11)]
    for day in range(3):
        start = 86_400 * day
        drive(client, "沪B00001", *((start + 60 * n, x, 31.210) for n, x in enumerate(west_to_east)))
        drive(client, "沪B00002", *((start + 60 * n, x, 31.200) for n, x in enumerate(west_to_east)))
        back = [*west_to_east[:6], *west_to_east[4::-1]]
        drive(client, "沪B00003", *((start + 60 * n, x, 31.215) for n, x in enumerate(back)))
    find_evasion(site, client)
    assert set(clues()) == {("沪B00001", Pattern.AROUND)}
    assert (
        "3 次穿过示例一号检测点周边而未经过站点，最近处距站点 1,1"
        in clues()["沪B00001", Pattern.AROUND].pattern_grounds
    )


def test_an_open_clue_grows_and_a_closed_one_opens_only_by_what_comes_after(site, client, points):
    three = [(24 * n, "BY", 60_000) for n in range(3)]
    weigh(client, "示B00001", *three)
    assert find_evasion(site, client) == 1 and find_evasion(site, client) == 0
    weigh(client, "示B00001", *three, (73, "BY", 60_000))
    assert find_evasion(site, client) == 1
    (clue,) = clues().values()
    assert clue.acts == 4
    book = ledger("overload.evasion")
    book.perform(clue, "disprove", READER, values={"verification": "沿线工地材料车，只有这一条路。"})
    assert find_evasion(site, client) == 0
    weigh(client, "示B00001", *three, *((73 + n, "BY", 60_000) for n in range(3)))
    assert find_evasion(site, client) == 0
    weigh(client, "示B00001", *three, *((73 + n, "BY", 60_000) for n in range(4)))
    assert find_evasion(site, client) == 1
    assert sorted(clue.state for clue in book.query(READER)) == ["to_verify", "unfounded"]
