"""The watch over weighing points: a silence opens one record and its end closes it; what is seen stands on the page."""

import shutil
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from django.template.loader import render_to_string
from stream_site import running
from test_pass_doubts import EAST, WEST, day_of, weighed

from tonggui.base.clock import pretending, to_micros
from tonggui.base.site import Site
from tonggui.bridge.point_silence import expected, is_silent
from tonggui.bridge.point_watch import FILE, provide_points, watch_points
from tonggui.ledgers.overload.point_seen import Seen, provide
from tonggui.protocols.weighing import PASSES
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.stream.log import FrameLogWriter
from tonggui.stream.store.client import connect

READER = Actor.system("test")
NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
BUSY = dict.fromkeys(range(24), 40.0)
NIGHTLY = dict.fromkeys(range(7, 21), 40.0) | dict.fromkeys((21, 22, 23, 0, 1, 2, 3, 4, 5, 6), 2.0)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("watch"))
    with running("store", site):
        yield site


@pytest.fixture
def client(site):
    with connect(site, wait=30) as client:
        client.command(PASSES.create())
        client.command("TRUNCATE TABLE passes")
        yield client


@pytest.fixture
def point(db, site):
    (site.folder("bridge") / FILE).unlink(missing_ok=True)
    provide_points(site)
    yield ledger("overload.weighingpoint").example(place=f"{EAST[0]}, {EAST[1]}")
    provide(lambda code: None)


def put(client, *rows):
    client.insert_arrow("passes", pa.Table.from_pylist(list(rows)))


def weeks(client, days=range(-10, 0), until=0, code="SL0001"):
    """A truck every two minutes in noon's hour and the two before, on the days before and until so many minutes."""
    minutes = [day * 1440 + minute for day in days for minute in range(-120, 60, 2)]
    minutes += list(range(-120, until + 1, 2))
    put(client, *(weighed(n, m, site=code, plate="", gross_kg=30_000.0) for n, m in enumerate(minutes, 1)))


def faults():
    return list(ledger("overload.devicefault").query(READER).order_by("number"))


def watch(site, client, minutes, since=-100_000):
    with pretending(NOON + timedelta(minutes=minutes)):
        return watch_points(site, client, NOON + timedelta(minutes=since))


@pytest.mark.parametrize(
    ("usual", "last", "now", "silent"),
    [
        (BUSY, 0, 29, False),  # not half an hour
        (BUSY, 0, 30, True),
        (dict.fromkeys(range(24), 10.0), 0, 119, False),  # nineteen trucks are missing
        (dict.fromkeys(range(24), 10.0), 0, 120, True),
        (NIGHTLY, 9 * 60, 9 * 60 + 8 * 60, False),  # from nine in the evening to five: sixteen trucks
        (NIGHTLY, 9 * 60, 9 * 60 + 10 * 60 + 1, True),
        (dict.fromkeys(range(24), 0.5), 0, 23 * 60, False),  # a quiet point has a day
        (dict.fromkeys(range(24), 0.5), 0, 24 * 60, True),
        ({}, 0, 24 * 60, True),
    ],
)
def test_how_long_a_point_may_be_quiet_follows_from_its_hours(usual, last, now, silent):
    assert is_silent(usual, NOON + timedelta(minutes=last), NOON + timedelta(minutes=now)) is silent


def test_trucks_are_expected_by_the_hours_between():
    usual = {12: 60.0, 13: 30.0}
    assert expected(usual, NOON + timedelta(minutes=30), NOON + timedelta(minutes=90)) == 30 + 15
    assert expected(usual, NOON, NOON) == 0


def test_a_silence_opens_one_record_and_its_end_closes_it(point, site, client):
    weeks(client)
    assert watch(site, client, 20) == 0 and faults() == []
    assert watch(site, client, 80) == 1
    assert watch(site, client, 90) == watch(site, client, 600) == 0
    (fault,) = faults()
    assert (fault.point, fault.kind, fault.state, fault.no_data) == (point, "silent", "down", True)
    assert fault.broken_at == NOON + timedelta(seconds=2)
    assert fault.repair_order_by == fault.broken_at + timedelta(hours=24)
    assert fault.symptom == "自 2026-06-01 12:00 起无过车数据上报，按前四周同时段应有约 30 台次"
    point.refresh_from_db()
    assert str(point.silent_since) == "2026-06-01" and point.online() == "中断"

    put(client, weighed(9001, 700), weighed(9002, 701))
    assert watch(site, client, 702) == 1
    (fault,) = faults()
    assert fault.state == "working" and fault.data_back_at == NOON + timedelta(minutes=700, seconds=2)
    point.refresh_from_db()
    assert point.silent_since is None and point.online() == "在线"
    assert watch(site, client, 703) == 0 and len(faults()) == 1


def test_the_next_silence_is_another_record(point, site, client):
    weeks(client)
    watch(site, client, 80)
    put(client, weighed(9001, 100))
    watch(site, client, 101)
    watch(site, client, 100 + 1440)
    assert [fault.state for fault in faults()] == ["working", "down"]


def test_a_record_that_somebody_works_on_stays_theirs(point, site, client):
    weeks(client)
    watch(site, client, 80)
    order = {"repair_ordered_at": "2026-06-01 14:00", "repairer": "示例公司（示例）"}
    ledger("overload.devicefault").perform(faults()[0], "order_repair", READER, "", order)
    put(client, weighed(9001, 300))
    watch(site, client, 301)
    (fault,) = faults()
    assert fault.state == "under_repair" and fault.data_back_at == NOON + timedelta(minutes=300, seconds=2)


def test_an_outage_that_a_person_has_entered_or_closed_is_not_entered_again(point, site, client):
    weeks(client)
    mine = ledger("overload.devicefault").example(point=point, no_data=True, broken_at="2026-06-01T12:10:00+08:00")
    assert watch(site, client, 80) == 0 and faults() == [mine]
    ledger("overload.devicefault").perform(mine, "recover", READER, "", {"data_back_at": "2026-06-01 13:00"})
    assert watch(site, client, 90) == 1
    told = faults()[-1]
    ledger("overload.devicefault").perform(told, "recover", READER, "", {"data_back_at": "2026-06-01 13:40"})
    assert watch(site, client, 120) == 0


def test_what_came_while_nobody_listened_is_no_silence_of_a_device(point, site, client):
    weeks(client)
    assert watch(site, client, 80, since=70) == 0 and faults() == []
    assert watch(site, client, 1440 + 60, since=1440 - 60) == 1


def test_a_platform_that_starts_anew_does_not_end_a_silence(point, site, client):
    weeks(client)
    watch(site, client, 80)
    assert watch(site, client, 90, since=85) == 0
    assert [fault.state for fault in faults()] == ["down"]
    point.refresh_from_db()
    assert point.silent_since is not None


def test_while_the_store_is_behind_the_log_nobody_is_called_silent(point, site, client):
    weeks(client)
    folder = site.frame_logs / "weighing-0"
    with FrameLogWriter(folder) as log:
        log.append(b"{}", received_at=to_micros(NOON + timedelta(minutes=70)))
        log.sync()
    try:
        assert watch(site, client, 80) == 0 and faults() == []
    finally:
        shutil.rmtree(folder)
    assert watch(site, client, 80) == 1


def test_a_drift_is_marked_on_the_point_until_it_is_over(point, site, client):
    rows = [row for day in (-20, -10, -3) for row in day_of(day, 6_000.0, first=2000 - 100 * day)]
    put(
        client, *rows, *day_of(0, 6_500.0), *day_of(1, 6_500.0, how_many=5, first=1100), *day_of(2, 6_100.0, first=1200)
    )
    for minutes, marked in ((30, "2026-06-01"), (1440 + 30, "2026-06-01"), (2880 + 30, "None")):
        watch(site, client, minutes)
        point.refresh_from_db()
        assert str(point.drifting_since) == marked
    assert point.seen.drift == ""


def test_mobile_points_and_points_out_of_use_are_not_watched(point, site, client):
    mobile = ledger("overload.weighingpoint").example(code="SL0009", name="流动点", device="M", kind="mobile")
    weeks(client)
    weeks(client, code=mobile.code)
    ledger("overload.weighingpoint").perform(point, "end", READER, "拆除")
    assert watch(site, client, 600) == 0 and faults() == []


def test_what_is_seen_of_a_point_stands_on_its_page(point, site, client):
    there = ledger("overload.weighingpoint").example(
        code="SL0002", name="示例二号检测点", device="SL2", place=f"{WEST[0]}, {WEST[1]}"
    )
    assert point.seen == Seen() and point.online() == "无数据" and point.last_report() is None
    put(
        client,
        weighed(1, -1440, gross_kg=30_000.0, doubt="跨道行驶", doubt_codes=["straddling"]),
        weighed(2, -60, gross_kg=30_000.0, doubt="号牌未识别", doubt_codes=["plate_unread"], plate=""),
        weighed(3, 0, gross_kg=30_000.0),
        weighed(4, 4, gross_kg=30_000.0, site="SL0002"),
        weighed(5, 90, gross_kg=30_000.0),
    )
    watch(site, client, 100)
    assert point.last_report() == "06-01 13:30" and there.online() == "在线"
    seen = point.seen
    assert (point.days_online(), point.month_trucks()) == (1, 3)
    assert (seen.doubted, seen.weighed, seen.doubted_share) == (1, 4, 25.0)
    (clue,) = seen.clues
    assert clue.plate == "示E00001"
    assert clue.words == (
        "先在示例一号检测点、后在示例二号检测点过车，直线相距 9.5 公里、相隔 4 分钟，需 143 km/h，疑似套牌"
    )


def test_the_page_of_a_point_tells_it(point, site, client):
    weeks(client)
    watch(site, client, 20)
    told = render_to_string("overload/point_seen.html", {"record": point})
    assert "06-01 12:00" in told and "本月尚未达有效站点标准（应不少于 10 天、超过 500 辆次）" in told
