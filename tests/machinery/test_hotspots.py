"""Hot spots: passes by point and by the hour of the day in China, of the asker's points alone."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from page_people import county  # noqa: F401
from stream_site import running

from tonggui.base.site import Site
from tonggui.protocols.weighing import PASSES
from tonggui.register.registry import ledger
from tonggui.stream.store.client import connect
from tonggui.web import telemetry

# A Monday, 22:00 in China.
NIGHT = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)
JUNE = "days=2026-06-01..2026-06-07"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A week in the store: three heavy trucks each night at SL0001, a light one at noon, others elsewhere."""
    site = Site.at(tmp_path_factory.mktemp("hotspots"))
    with running("store", site), connect(site, wait=30) as client:
        client.command(PASSES.create())
        rows = []
        for day in range(7):
            at = NIGHT + timedelta(days=day)
            rows += [row(len(rows) + n, "SL0001", at + timedelta(minutes=n), 52_000) for n in range(3)]
            rows.append(row(len(rows), "SL0001", at - timedelta(hours=10), 30_000, plate=""))
            rows.append(row(len(rows), "OTHER", at, 60_000))
        client.insert_arrow("passes", pa.Table.from_pylist(rows))
        yield site


def row(number, site, at, gross, plate="示A00001"):
    return {
        "record_no": f"r{number}", "site": site, "plate": plate, "axles": 6, "gross_kg": float(gross), "time": at,
        "limit_kg": 49_000.0, "excess_kg": max(gross - 49_000.0, 0.0), "received_at": at, "usable": True, "doubt": "",
        "media": "[]", "log": "weighing-0", "frame_position": number,
    }  # fmt: skip


@pytest.fixture
def officer(county, settings, kept):  # noqa: F811
    settings.SITE = kept
    while not telemetry._idle.empty():
        telemetry._idle.get_nowait().close()
    county.point = ledger("overload.weighingpoint").example(code="SL0001", unit=county.unit)
    return county.browser("guard", "overload_officer", "enforcement_officer")


def spots_of(client, query):
    return client.get(f"/hotspots/?{query}").context


def test_the_hours_are_those_of_china_and_the_points_those_one_may_see(officer):
    shown = spots_of(officer, JUNE)
    (spot,) = shown["spots"]
    assert (spot.point.code, spot.counted[22], spot.total, sum(spot.passes)) == ("SL0001", 21, 21, 28)
    assert [cell.step for cell in spot.cells if cell.counted] == [5]
    assert "hour=22" in spot.cells[22].url and "over=true" in spot.cells[22].url
    assert shown["number_of_days"] == 7


def test_a_window_says_how_many_a_day_and_leads_to_a_new_operation(officer):
    shown = spots_of(officer, JUNE)
    (window,) = shown["windows"]
    assert (window.words, window.counted, window.a_day, window.share) == ("22:00–24:00", 21, 3.0, 100.0)
    assert f"point={window.spot.point.number}" in window.plan_url and officer.get(window.plan_url).status_code == 200


def test_unread_plates_and_the_days_of_the_week_can_be_asked_for(officer):
    (spot,) = spots_of(officer, f"{JUNE}&measure=unread")["spots"]
    assert spot.counted[12] == spot.total == 7
    shown = spots_of(officer, f"{JUNE}&weekday=rest")
    assert (shown["spots"][0].total, shown["number_of_days"]) == (6, 2)


def test_operations_of_the_same_days_stand_beside_the_point(officer, county):  # noqa: F811
    ledger("enforcement.operation").example(
        unit=county.unit, point=county.point.number, kind="overload", operated_on="2026-06-03"
    )
    (spot,) = spots_of(officer, JUNE)["spots"]
    assert spot.operations == 1


def test_a_link_of_the_table_lists_the_passes_of_that_hour(officer):
    (spot,) = spots_of(officer, JUNE)["spots"]
    assert officer.get(spot.cells[22].url).context["total"] == 21


def test_nonsense_is_the_usual_and_a_time_without_passes_says_so(officer, county):  # noqa: F811
    assert spots_of(officer, "measure=x&weekday=y&days=z")["measure"] == "over"
    assert "没有过车记录" in officer.get("/hotspots/?days=2020-01-01..2020-01-31").content.decode()
    assert county.firm_user.get("/hotspots/").status_code == 403


def test_a_store_that_is_away_is_said_in_words(officer, settings, tmp_path):
    settings.SITE = Site.at(tmp_path)
    while not telemetry._idle.empty():
        telemetry._idle.get_nowait().close()
    assert "过车数据暂时查不到" in officer.get("/hotspots/").content.decode()
