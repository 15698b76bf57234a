"""Media of passes between the planes: a fetched picture reaches the review desk, old media of lawful passes go."""

import json
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from stream_site import running

from tonggui.base.clock import CHINA, pretending, to_micros
from tonggui.base.site import Site
from tonggui.bridge.pass_media import clear_media, frames_of_evidence, months_before, tell_fetched
from tonggui.protocols.weighing import PASSES
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.stream import media_keeping
from tonggui.stream.media import Media
from tonggui.stream.media_keeping import months_between
from tonggui.stream.references import References
from tonggui.stream.store.client import connect

READER = Actor.system("test")
OLD, RECENT = datetime(2026, 1, 31, 4, tzinfo=UTC), datetime(2026, 5, 3, 4, tzinfo=UTC)
TONIGHT = datetime(2026, 8, 15, 3, tzinfo=CHINA)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("store"))
    with running("store", site):
        yield site


@pytest.fixture
def client(store):
    with connect(store, wait=30) as client:
        client.command(f"TRUNCATE TABLE {PASSES.name}")
        yield client


@pytest.fixture
def site(tmp_path):
    return Site.at(tmp_path / "site")


def picture(number):
    return b"\xff\xd8\xff\xe0" + f"{number:>20}".encode()


def weighed(number, *hashes, received_at=OLD, excess_kg=0.0, doubt="", href=""):
    media = [{"sha256": one} for one in hashes] + ([{"href": href}] if href else [])
    return {
        "record_no": f"r{number}", "site": "SL0001", "excess_kg": excess_kg, "doubt": doubt, "time": received_at,
        "received_at": received_at, "media": json.dumps(media), "log": "weighing-0", "frame_position": number,
    }  # fmt: skip


@pytest.mark.parametrize("at_once", [2, 3, media_keeping.AT_ONCE])
def test_only_media_of_passes_on_which_nothing_rests_are_cleared(db, site, client, monkeypatch, at_once):
    monkeypatch.setattr(media_keeping, "AT_ONCE", at_once)
    kept = Media(site)
    lawful, shared, over, doubted, recent, evidence, fetched, twice = (kept.put(picture(n)) for n in range(8))
    absent = "a" * 64
    rows = [
        weighed(1, lawful, shared, absent),
        weighed(2, over, shared, excess_kg=3_400.0),
        weighed(3, doubted, doubt="跨道行驶"),
        weighed(4, recent, received_at=RECENT),
        weighed(5, evidence),
        weighed(6, href="http://x/1"),
        weighed(7, href="http://x/2"),
        weighed(8, href="http://x/2", excess_kg=100.0),
    ]
    client.insert_arrow(PASSES.name, pa.Table.from_pylist(rows))
    references = References(site)
    named = [("SL0001/r6", "http://x/1"), ("SL0001/r7", "http://x/2"), ("SL0001/r8", "http://x/2")]
    references.note(named, "weighing-0", 9, 0)
    for record, href in named:
        references.fetched(references.of(record)[href], fetched if href.endswith("1") else twice)
    ledger("overload.doubtedpass").example(evidence=[{"log": "weighing-0", "position": 5}])
    assert ("weighing-0", 5) in frames_of_evidence()
    with pretending(TONIGHT):
        assert clear_media(site, client) == (2, 48)
        assert clear_media(site, client) == (0, 0)
    left = {path.name for path in kept.every()}
    assert left == {shared, over, doubted, recent, evidence, twice}
    assert references.cleared_at(lawful) == to_micros(TONIGHT) and references.cleared_at(shared) is None
    assert client.query("SELECT count() FROM passes").first_row == (8,)


def test_a_store_without_passes_has_nothing_to_clear(db, site, client):
    assert clear_media(site, client) == (0, 0)


def test_months_are_counted_whole():
    assert months_before(TONIGHT, 6) == datetime(2026, 2, 1, tzinfo=CHINA)
    assert months_before(datetime(2026, 1, 5, tzinfo=CHINA), 1) == datetime(2025, 12, 1, tzinfo=CHINA)
    begin, end = datetime(2025, 11, 20, tzinfo=CHINA), datetime(2026, 2, 1, tzinfo=CHINA)
    months = [(one.month, two.month) for one, two in months_between(begin, end)]
    assert months == [(11, 12), (12, 1), (1, 2)] and list(months_between(end, begin)) == []


def test_a_fetched_picture_reaches_the_pass_under_review(db, site):
    point = ledger("overload.weighingpoint").example(code="SL0001")
    media = [{"kind": "plate", "href": "http://x/1"}, {"kind": "front", "href": "http://x/2"}]
    number = ledger("overload.doubtedpass").example(record_no="r1", point=point, media=media).pk
    references = References(site)
    references.note([("SL0001/r1", "http://x/1"), ("SL0001/r1", "http://x/2")], "weighing-0", 1, 0)
    assert tell_fetched(site) == 0
    references.fetched(references.of("SL0001/r1")["http://x/1"], "b" * 64)
    assert tell_fetched(site) == 1 and tell_fetched(site) == 0
    assert ledger("overload.doubtedpass").query(READER).get(pk=number).media == [
        {"kind": "plate", "href": "http://x/1", "sha256": "b" * 64},
        {"kind": "front", "href": "http://x/2"},
    ]
