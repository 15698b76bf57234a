"""The bridge: the fleet goes out whole, alarms and passes come in once, rates are counted over what was stored."""

import json
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from stream_site import running

from tonggui.base.site import Site
from tonggui.bridge import assessment
from tonggui.bridge.alarms import bring_in_alarms
from tonggui.bridge.fleet import write_fleet
from tonggui.bridge.passes import AT_ONCE, bring_in_passes
from tonggui.measure.periods import Period
from tonggui.protocols.weighing import PASSES
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.stream.store.client import connect
from tonggui.stream.store.tables import ALARMS, POSITIONS

READER = Actor.system("test")
NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("bridge"))
    with running("store", site):
        yield site


@pytest.fixture
def client(site):
    with connect(site, wait=30) as client:
        for table in (POSITIONS, ALARMS, PASSES):
            client.command(table.create())
            client.command(f"TRUNCATE TABLE {table.name}")
        for cursor in (site.folder("bridge")).glob("*.json"):
            cursor.unlink()
        yield client


def put(client, table, *rows):
    """Insert rows given by name; the columns left out take their defaults."""
    client.insert_arrow(table, pa.Table.from_pylist(list(rows)))


def alarm(number=1, plate="示E00001", ended_at=None, version=1, **more):
    return {
        "alarm_id": f"a{number}", "type": "overspeed", "title": "超速报警", "phone": "13900000001", "vehicle": plate,
        "area": "", "started_at": NOON, "raised_at": NOON + timedelta(seconds=40), "ended_at": ended_at,
        "latitude_e6": 31_220_000, "longitude_e6": 121_470_000, "peak": 92.5, "evidence": json.dumps({"limit_kmh": 80}),
        "log": "jt808-0", "frame_position": 10, "raised_log": "jt808-0", "raised_position": 20, "version": version,
    } | more  # fmt: skip


def weighed(number=1, gross_kg=52_400.0, plate="示E00001", usable=True):
    return {
        "record_no": f"r{number}", "site": "SL0001", "device": "SLWIM-01", "usable": usable, "plate": plate, "axles": 6,
        "axle_groups": "157", "gross_kg": gross_kg, "speed_kmh": 40.0, "time": NOON, "limit_kg": 49_000.0,
        "excess_kg": max(gross_kg - 49_000, 0), "rate": max(gross_kg - 49_000, 0) / 49_000, "fine_yuan": 1500.0,
        "warning": False, "doubt": "", "media": "[]", "received_at": NOON,
        "log": "weighing-0", "frame_position": number,
    }  # fmt: skip


def fix(second, latitude=31.2, plate="示E00001", speed=36.0, quality=0):
    return {
        "phone": "13900000001", "vehicle": plate, "serial": second, "item": 0, "time": NOON + timedelta(seconds=second),
        "received_at": NOON + timedelta(seconds=second), "latitude_e6": round(latitude * 1e6),
        "longitude_e6": 121_470_000, "speed_kmh": speed, "quality": quality, "log": "jt808-0", "frame_position": second,
    }  # fmt: skip


def records(key):
    return list(ledger(key).query(READER).order_by("number"))


def test_an_alarm_becomes_one_record_with_its_frames(db, site, client):
    vehicle = ledger("fleet.vehicle").example()
    put(client, "alarms", alarm())
    bring_in_alarms(site, client)
    (record,) = records("fleet.alarm")
    assert record.vehicle == vehicle
    assert record.enterprise == vehicle.enterprise
    assert (record.speed_kmh, record.limit_kmh, record.state) == (92.5, 80, "raised")
    assert record.raised_on == date(2026, 6, 1)
    assert [frame["position"] for frame in record.evidence] == [10, 20]


def test_an_alarm_told_again_is_the_same_record_and_learns_its_end(db, site, client):
    ledger("fleet.vehicle").example()
    put(client, "alarms", alarm())
    bring_in_alarms(site, client)
    (site.folder("bridge") / "alarms.json").unlink()
    put(client, "alarms", alarm(ended_at=NOON + timedelta(minutes=3), version=2))
    bring_in_alarms(site, client)
    (record,) = records("fleet.alarm")
    assert record.minutes() == 3


def test_an_alarm_of_a_stranger_stays_in_the_store(db, site, client):
    ledger("fleet.vehicle").example()
    put(client, "alarms", alarm(1, plate="示E99999"), alarm(2, version=2))
    assert bring_in_alarms(site, client) == 2
    assert [record.alarm_id for record in records("fleet.alarm")] == ["a2"]


def test_an_area_that_only_reminds_opens_no_record(db, site, client):
    ledger("fleet.vehicle").example()
    watched = ledger("fleet.watchedarea").example(purpose="watched", name="示例客运站周边")
    forbidden = ledger("fleet.watchedarea").example(name="示例禁行区")
    entered = [
        alarm(n, type="area_entered", area=area, version=n)
        for n, area in enumerate((watched.number, forbidden.number, "WL9999"), 1)
    ]
    put(client, "alarms", *entered)
    assert bring_in_alarms(site, client) == 3
    assert [(record.alarm_id, record.detail) for record in records("fleet.alarm")] == [
        ("a2", "区域：示例禁行区"),
        ("a3", "区域：WL9999"),
    ]


def test_only_passes_over_the_limit_come_in_and_each_once(db, site, client):
    ledger("overload.weighingpoint").example()
    put(client, "passes", weighed(0), weighed(1, gross_kg=48_000.0), weighed(2, plate=""))
    assert bring_in_passes(site, client) == 2
    assert bring_in_passes(site, client) == 0
    first, second = records("overload.doubtedpass")
    assert (first.record_no, first.excess_kg, str(first.rate)) == ("r0", 3400, "6.94")
    assert (second.plate, second.evidence) == ("", [{"log": "weighing-0", "position": 2}])


def test_more_passes_than_a_page_holds_all_come_in_and_none_twice(db, site, client):
    ledger("overload.weighingpoint").example()
    put(client, "passes", *(weighed(number) for number in range(AT_ONCE * 2 + 7)))
    assert bring_in_passes(site, client) == AT_ONCE * 2 + 7
    put(client, "passes", *(weighed(number) for number in range(2000, 2100)))
    assert bring_in_passes(site, client) == 100
    assert bring_in_passes(site, client) == 0


def test_a_pass_of_an_uncalibrated_scale_says_so(db, site, client):
    ledger("overload.weighingpoint").example()
    put(client, "passes", weighed(usable=False))
    bring_in_passes(site, client)
    (record,) = records("overload.doubtedpass")
    assert not record.calibrated


def test_the_fleet_is_written_only_when_it_has_changed(db, site):
    terminal = ledger("fleet.terminal").example()
    assert write_fleet(site)
    assert not write_fleet(site)
    (told,) = json.loads((site.fleet / "terminals.json").read_bytes())["terminals"]
    assert (told["phone"], told["plate"]) == (terminal.phone, terminal.vehicle.plate)
    ledger("fleet.terminal").perform(terminal, "end", READER, "拆除")
    assert write_fleet(site)
    assert json.loads((site.fleet / "terminals.json").read_bytes())["terminals"] == []


def test_rates_count_vehicles_records_and_kilometres(db, site, client):
    ledger("fleet.vehicle").example()
    step = 100 / 111_195
    put(client, "positions", *(fix(10 * n, 31.2 + step * n) for n in range(21)), fix(999, quality=4))
    assert assessment.networked(client, JUNE) == assessment.Counts(1, 1)
    assert assessment.online(client, JUNE) == assessment.Counts(1, 1)
    assert assessment.valid(client, JUNE) == assessment.Counts(21, 22)
    assert assessment.drifting(client, JUNE) == assessment.Counts(0, 1)
    whole = assessment.complete(client, JUNE)
    assert whole.part == whole.whole in (1, 2)


def test_a_jump_is_drift_and_a_hole_makes_a_track_incomplete(db, site, client):
    ledger("fleet.vehicle").example()
    put(client, "positions", fix(0), fix(10, 31.3))
    assert assessment.drifting(client, JUNE) == assessment.Counts(1, 1)
    assert assessment.complete(client, JUNE).part == 0


def test_a_period_without_positions_counts_nothing(db, site, client):
    ledger("fleet.vehicle").example()
    assert assessment.networked(client, JUNE) == assessment.Counts(0, 1)
    assert assessment.valid(client, JUNE) == assessment.Counts(0, 0)
    assert assessment.complete(client, JUNE) == assessment.Counts(0, 0)


def test_two_points_may_number_their_passes_alike(site, client, db):
    for code in ("SL0001", "SL0002"):
        ledger("overload.weighingpoint").example(code=code)
        put(client, "passes", weighed(1) | {"site": code, "frame_position": int(code[-1])})
    assert bring_in_passes(site, client) == 2
    assert {(one.point.code, one.record_no) for one in records("overload.doubtedpass")} == {
        ("SL0001", "r1"),
        ("SL0002", "r1"),
    }
