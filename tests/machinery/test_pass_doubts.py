"""Doubts that need other passes or the register: each is said with its figures, and next to it one that is not."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from stream_site import running
from weighing_passes import PASS, RECEIVED

from tonggui.base.site import Site
from tonggui.bridge.passes import bring_in_passes
from tonggui.protocols.weighing import PASSES
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.run.weighing import WEIGHING
from tonggui.stream.store.client import connect
from tonggui.stream.store.writer import as_arrow


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("doubts"))
    with running("store", site):
        yield site


@pytest.fixture
def client(site):
    with connect(site, wait=30) as client:
        client.command(PASSES.create())
        client.command("TRUNCATE TABLE passes")
        yield client


def test_codes_and_loads_lie_in_the_store_as_lists(client):
    passes = [PASS | {"record_no": "r1"}, PASS | {"record_no": "r2", "plate": "", "axle_kg": [6400] + [9200] * 5}]
    columns = WEIGHING.judged([WEIGHING.read(one, RECEIVED).values for one in passes], [{}, {}])
    columns |= {"received_at": columns["time"], "frame_position": columns["axles"]}
    client.insert_arrow("passes", as_arrow(PASSES, columns, {}))
    asked = "SELECT doubt_codes, axle_kg FROM passes ORDER BY record_no"
    assert client.query(asked).result_rows == [([], []), (["plate_unread"], [6400] + [9200] * 5)]


# From here on the whole way: rows in the store, records in the ledger.

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
READER = Actor.system("test")
EAST, WEST = (121.50, 31.23), (121.40, 31.23)


def weighed(number, minutes=0.0, *, site="SL0001", plate="示E00001", gross_kg=52_400.0, **more):
    """A row of the store, some minutes after noon, received two seconds later."""
    at = NOON + timedelta(minutes=minutes)
    limit = 49_000.0
    return {
        "record_no": f"r{number}", "site": site, "device": f"{site}-W1", "usable": True, "plate": plate,
        "plate_rear": "", "plate_color": "黄色", "axles": 6, "axle_groups": "157", "gross_kg": gross_kg,
        "speed_kmh": 40.0, "time": at, "limit_kg": limit, "excess_kg": max(gross_kg - limit, 0.0),
        "rate": max(gross_kg - limit, 0.0) / limit, "fine_yuan": 1500.0, "warning": False, "doubt": "",
        "doubt_codes": [], "axle_kg": [], "media": "[]", "lane": "1", "direction": "", "log": "weighing-0",
        "received_at": at + timedelta(seconds=2), "frame_position": number,
    } | more  # fmt: skip


@pytest.fixture
def points(db):
    """Two points nine and a half kilometres apart."""
    east, west = f"{EAST[0]}, {EAST[1]}", f"{WEST[0]}, {WEST[1]}"
    here = ledger("overload.weighingpoint").example(place=east)
    there = ledger("overload.weighingpoint").example(code="SL0002", name="示例二号检测点", device="SL2", place=west)
    return here, there


def records(site, client, *rows):
    """The doubted passes that these rows of the store become."""
    client.insert_arrow("passes", pa.Table.from_pylist(list(rows)))
    for cursor in site.folder("bridge").glob("*.json"):
        cursor.unlink()
    bring_in_passes(site, client)
    return {record.record_no: record for record in ledger("overload.doubtedpass").query(READER)}


def codes(record):
    return [doubt["code"] for doubt in record.doubts]


def test_a_record_carries_what_the_store_knows(points, site, client):
    row = weighed(
        1, plate_rear="示E0001挂", direction="由东向西", axle_kg=[6400.0] + [9200.0] * 5,
        doubt="跨道行驶；设备检定有效期未登记", doubt_codes=["straddling", "certificate_missing"],
        media='[{"kind": "front", "sha256": "00"}]', tolerance_kg=500.0, adjusted_kg=51_900.0,
        law_edition="e1",
    )  # fmt: skip
    record = records(site, client, row)["r1"]
    assert (record.lane, record.direction, record.plate_rear) == ("1", "由东向西", "示E0001挂")
    assert record.axle_kg == [6400] + [9200] * 5 and record.media == [{"kind": "front", "sha256": "00"}]
    assert record.recorded_at == NOON + timedelta(seconds=2)
    assert (record.tolerance_kg, record.adjusted_kg, record.law_edition) == (500, 51_900, "e1")
    assert record.doubt == "设备检定有效期未登记；跨道行驶"
    assert record.doubts[0] == {"code": "certificate_missing", "look": "先核设备", "words": "设备检定有效期未登记"}


def test_a_plate_at_two_places_at_once_is_doubted_with_the_speed_it_would_need(points, site, client):
    found = records(site, client, weighed(1), weighed(2, 3, site="SL0002", gross_kg=30_000.0))
    assert codes(found["r1"]) == ["cloned_plate"]
    assert found["r1"].doubt == (
        "同一号牌 06-01 12:03 在示例二号检测点过车，直线相距 9.5 公里、相隔 3 分钟，需 190 km/h，疑似套牌"
    )


def test_a_plate_that_had_time_to_get_there_is_not(points, site, client):
    assert codes(records(site, client, weighed(1), weighed(2, 6, site="SL0002", gross_kg=30_000.0))["r1"]) == []


def test_plates_that_nobody_read_are_not_compared(points, site, client):
    assert codes(records(site, client, weighed(1, plate=""), weighed(2, 1, site="SL0002", plate=""))["r1"]) == []


def test_the_same_trip_recorded_elsewhere_is_said_on_both(points, site, client):
    found = records(site, client, weighed(1), weighed(2, 30, site="SL0002", gross_kg=53_000.0))
    assert codes(found["r1"]) == codes(found["r2"]) == ["same_trip"]
    assert "06-01 12:00 已在示例一号检测点记录超限（总质量 52,400 千克，相距 10 公里）" in found["r2"].doubt


@pytest.mark.parametrize(
    "other",
    [
        {"minutes": 60 * 4 + 1, "gross_kg": 53_000.0},
        {"minutes": 30, "gross_kg": 58_000.0},
        {"minutes": 30, "gross_kg": 48_500.0},
        {"minutes": 30, "gross_kg": 53_000.0, "plate": "示E00002"},
    ],
    ids=["too late", "another load", "lawful there", "another truck"],
)
def test_another_trip_is_not_the_same(points, site, client, other):
    assert codes(records(site, client, weighed(1), weighed(2, site="SL0002", **other))["r1"]) == []


def test_a_pass_recorded_twice_within_seconds_is_doubted(points, site, client):
    found = records(site, client, weighed(1), weighed(2, 3 / 60), weighed(3, 30 / 60))
    assert codes(found["r1"]) == ["repeated"] and codes(found["r3"]) == []
    assert found["r1"].doubt == "同一号牌 3 秒内在本检测点另有记录 r2"


def test_a_clock_that_runs_back_is_doubted(points, site, client):
    back = weighed(2, -5, plate="示E00002", received_at=NOON + timedelta(minutes=1))
    just = weighed(3, -0.5, plate="示E00003", received_at=NOON + timedelta(minutes=2))
    found = records(site, client, weighed(1), back, just)
    assert codes(found["r2"]) == ["clock_back"] and codes(found["r3"]) == []
    assert "设备先上报了 12:00:00 的记录，本次检测时间却为 11:55:00" in found["r2"].doubt


def history(how_many=10, axles=6, gross_kg=40_000.0, plate="示E00001", first=100):
    return [
        weighed(first + n, -60 * 24 * (n + 1), axles=axles, gross_kg=gross_kg - n, plate=plate, excess_kg=0.0)
        for n in range(how_many)
    ]


def test_a_truck_heavier_than_ever_is_doubted(points, site, client):
    found = records(site, client, *history(), weighed(1, gross_kg=52_400.0))
    assert found["r1"].doubt == "近 180 日该车 10 次过车总质量最大 40,000 千克，本次高出 31%"
    assert codes(found["r1"]) == ["heavier_than_ever"]


def test_a_truck_nearly_as_heavy_as_before_or_hardly_known_is_not(points, site, client):
    rows = [*history(), *history(9, plate="示E00002", first=200)]
    found = records(site, client, *rows, weighed(1, gross_kg=51_900.0), weighed(2, plate="示E00002", gross_kg=90_000.0))
    assert codes(found["r1"]) == codes(found["r2"]) == []


def test_a_truck_far_below_its_empty_mass_is_doubted(points, site, client):
    rows = history(gross_kg=65_000.0)
    found = records(site, client, *rows, weighed(1, gross_kg=51_900.0), weighed(2, 30, gross_kg=52_100.0))
    assert codes(found["r1"]) == ["lighter_than_ever"] and codes(found["r2"]) == []


def test_a_truck_with_another_number_of_axles_is_doubted(points, site, client):
    rows = [*history(19), weighed(300, -60, axles=5, gross_kg=30_000.0, excess_kg=0.0)]
    found = records(site, client, *rows, weighed(1, axles=4, gross_kg=50_000.0))
    assert found["r1"].doubt == "近 180 日该号牌 20 次过车中 19 次为 6 轴，本次 4 轴"
    more = [weighed(301, -90, axles=5, gross_kg=30_000.0, excess_kg=0.0), weighed(2, 40, axles=4, gross_kg=50_000.0)]
    assert "axles_changed" not in codes(records(site, client, *more)["r2"])


def day_of(day, front_kg, how_many=25, first=1000):
    """Six-axle trucks of a day with about this on their front axle, lawful ones."""
    return [
        weighed(
            first + n, day * 24 * 60 + n, plate=f"示F{first + n:05}", gross_kg=40_000.0,
            axle_kg=[front_kg + n, *[6800.0] * 5],
        )
        for n in range(how_many)
    ]  # fmt: skip


def test_a_point_that_weighs_everybody_heavier_than_before_is_doubted(points, site, client):
    weeks = [row for day in (-20, -10, -3) for row in day_of(day, 6_000.0, first=2000 - 100 * day)]
    found = records(site, client, *weeks, *day_of(0, 6_500.0), weighed(1))
    assert codes(found["r1"]) == ["drift"]
    assert found["r1"].doubt == (
        "示例一号检测点当日 25 台六轴车转向轴轴重中位数 6,512 千克，前几周为 6,012 千克，整体偏重 8.3%，设备疑似漂移"
    )


@pytest.mark.parametrize(("front_kg", "how_many"), [(6_280.0, 25), (6_500.0, 19)], ids=["a little", "few trucks"])
def test_a_point_within_its_usual_spread_is_not(points, site, client, front_kg, how_many):
    weeks = [row for day in (-20, -10, -3) for row in day_of(day, 6_000.0, first=2000 - 100 * day)]
    assert codes(records(site, client, *weeks, *day_of(0, front_kg, how_many), weighed(1))["r1"]) == []


def truck(**values):
    usual = {"plate_color": "2", "vehicle_class": "heavy", "gross_kg": 31_000, "axles": 6, "seats": None}
    return ledger("fleet.vehicle").example(**usual | values)


@pytest.mark.parametrize(
    ("values", "code", "words"),
    [
        ({"vehicle_class": "coach"}, "register_kind", "示E00001 登记为班线客车，不是货车"),
        ({"vehicle_class": "special"}, "register_exempt", "示E00001 登记为专项作业车，是否适用限值请人工核对"),
        ({"plate_color": "1"}, "register_color", "示E00001 登记为蓝色号牌，识别为黄色"),
        ({"axles": 4}, "register_axles", "示E00001 登记 4 轴，实测 6 轴"),
        ({"gross_kg": 17_000}, "register_mass", "示E00001 登记最大总质量 17,000 千克，实测为其 3.1 倍"),
        ({}, "", ""),
        ({"vehicle_class": "tractor", "axles": 3, "gross_kg": 17_000}, "", ""),
        ({"gross_kg": 17_500, "axles": None}, "", ""),
    ],
)
def test_what_the_register_says_of_a_vehicle_is_held_against_the_pass(points, site, client, values, code, words):
    vehicle = truck(**values)
    record = records(site, client, weighed(1))["r1"]
    assert record.vehicle == vehicle
    assert (codes(record), record.doubt) == ([code] if code else [], words)


def test_a_vehicle_that_left_the_register_is_doubted_and_a_stranger_is_not(points, site, client):
    vehicle = truck()
    ledger("fleet.vehicle").perform(vehicle, "end", READER, "报废")
    found = records(site, client, weighed(1), weighed(2, 30, plate="示E99999"))
    assert found["r1"].doubt == "示E00001 在车辆档案中已注销" and codes(found["r2"]) == []
    assert found["r2"].vehicle is None


def permit(**values):
    record = ledger("overload.permit").example(
        plate="示E00001", accepted_on="2026-05-11", gross_t="55", pass_no="示超001", **values
    )
    granted = {"decided_on": "2026-05-12", "valid_from": "2026-05-20", "runs_until": "2026-06-01"}
    ledger("overload.permit").perform(record, "let_run", READER, "", granted)
    return record


def test_a_permit_held_on_the_day_is_linked_and_said(points, site, client):
    held = permit()
    found = records(site, client, weighed(1), weighed(2, 60, gross_kg=60_000.0), weighed(3, 60 * 13))
    assert found["r1"].permit == held and codes(found["r1"]) == ["permit_held"]
    assert found["r1"].doubt == "持有效超限运输通行证 示超001（至 2026-06-01），证载总重 55 吨，请核对路线和时间"
    assert codes(found["r2"]) == ["permit_exceeded"] and "但实测 60.0 吨，超过证载总重 55 吨" in found["r2"].doubt
    assert found["r3"].permit is None and codes(found["r3"]) == []


def test_a_batch_costs_as_many_questions_as_one_pass(points, site, client, django_assert_max_num_queries):
    asked = []
    query = client.query
    client.query = lambda *told, **more: asked.append(told) or query(*told, **more)
    records(site, client, weighed(1))
    one = len(asked)
    asked.clear()
    with django_assert_max_num_queries(40):
        records(site, client, *(weighed(n, n * 60, plate=f"示E{n:05}") for n in range(2, 120)))
    assert len(asked) == one
