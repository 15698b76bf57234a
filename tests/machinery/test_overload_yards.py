"""Source yards: a pass traced back to the yard it came from, the month of a yard counted, and what does not fit."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pyarrow as pa
import pytest
from django.test import Client
from openpyxl import load_workbook
from stream_site import running

from tonggui.base import clock
from tonggui.base.site import Site
from tonggui.bridge.hundred_tonnes import open_tracings
from tonggui.bridge.passes import bring_in_passes
from tonggui.bridge.yard_months import count_months
from tonggui.bridge.yards import trace, trace_again
from tonggui.protocols.weighing import PASSES
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.registry import ledger
from tonggui.stream.store.client import connect
from tonggui.stream.store.tables import POSITIONS

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
NOON = datetime(2026, 6, 10, 4, 0, tzinfo=UTC)  # noon in China
TRUCK, OTHER = "沪A00001", "沪A00002"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("yards"))
    with running("store", site):
        yield site


@pytest.fixture
def client(site):
    with connect(site, wait=30) as client:
        for table in (POSITIONS, PASSES):
            client.command(table.create())
            client.command(f"TRUNCATE TABLE {table.name}")
        for cursor in site.folder("bridge").glob("*.json"):
            cursor.unlink()
        yield client


@pytest.fixture
def yards():
    """A yard with its own scale at the exit, and one that only has a place on the map."""
    points, register = ledger("overload.weighingpoint"), ledger("overload.yard")
    road = points.example()
    gate = points.example(code="SL7001", name="示例出口称重点", kind="source")
    scaled = register.example(name="示例甲砂石厂", point=gate, place="121.400000, 31.200000")
    plain = register.example(name="示例乙砂石厂", point=road, place="121.500000, 31.250000")
    return road, scaled, plain


def weighed(record_no, minutes, gross_kg, plate=TRUCK, site="SL0001", **more):
    excess = max(gross_kg - 49_000, 0)
    at = NOON + timedelta(minutes=minutes)
    return {
        "record_no": record_no, "site": site, "plate": plate, "axles": 6, "gross_kg": float(gross_kg), "time": at,
        "limit_kg": 49_000.0, "excess_kg": float(excess), "rate": excess / 49_000, "received_at": at, "log": "w-0",
    } | more  # fmt: skip


def put(client, table, *rows):
    client.insert_arrow(table, pa.Table.from_pylist(list(rows)))


# --- 倒查 ---


def test_a_pass_is_traced_to_the_exit_that_weighed_the_truck_before(client, yards):
    _, scaled, _ = yards
    put(
        client,
        "passes",
        weighed("e0", -300, 50_000, site="SL7001"),
        weighed("e1", -42, 51_200, site="SL7001"),
        weighed("e2", 20, 51_300, site="SL7001"),
    )
    found = trace(
        client, [weighed("p1", 0, 52_400), weighed("p2", 0, 52_400, plate=OTHER), weighed("p3", 0, 1, plate="")]
    )
    assert found == {("SL0001", "p1"): (scaled, "过车前 42 分钟在示例甲砂石厂出口称重 51.2 t")}


def test_a_batch_of_hundreds_of_trucks_is_traced(client, yards):
    _, scaled, _ = yards
    put(client, "passes", weighed("e1", -42, 51_200, site="SL7001"))
    others = [weighed(f"o{number}", 0, 52_400, plate=f"示B{number:05}") for number in range(499)]
    assert {key: yard for key, (yard, _) in trace(client, [weighed("p1", 0, 52_400), *others]).items()} == {
        ("SL0001", "p1"): scaled
    }


def test_an_exit_longer_ago_than_a_trip_takes_is_no_candidate(client, yards):
    put(client, "passes", weighed("e1", -6 * 60 - 1, 51_200, site="SL7001"))
    assert trace(client, [weighed("p1", 0, 52_400)]) == {}


def test_the_yards_own_passes_are_not_traced(client, yards):
    put(client, "passes", weighed("e1", -42, 51_200, site="SL7001"))
    assert trace(client, [weighed("e9", 0, 52_400, site="SL7001")]) == {}


def test_the_loading_ledger_and_the_track_are_told_where_no_exit_weighed(client, yards):
    _, scaled, plain = yards
    ledger("overload.loading").example(
        yard=plain,
        plate=TRUCK,
        out_at=NOON - timedelta(minutes=150),
        entered_at=None,
        gross_kg=50_900,
        sheet_no="ZZ{1}",
    )
    inside = [
        {
            "phone": f"1390000{plate[-4:]}", "vehicle": plate, "serial": 60 + n, "item": 0, "received_at": NOON,
            "time": NOON + timedelta(minutes=n), "latitude_e6": 31_200_500, "longitude_e6": 121_400_500, "log": "j",
        }
        for plate in (TRUCK, OTHER)
        for n in (-59, -55, -50)
    ]  # fmt: skip
    put(client, "positions", *inside)
    found = trace(client, [weighed("p1", 0, 52_400), weighed("p2", 0, 52_400, plate=OTHER)])
    assert found["SL0001", "p1"][0] == plain
    assert found["SL0001", "p1"][1] == (
        "过车前 2.5 小时从示例乙砂石厂出厂，装载单 ZZ{1} 记 50.9 t；"
        "另有：过车前 50 分钟定位在示例甲砂石厂300 米范围内，至少停留 9 分钟"
    )
    assert found["SL0001", "p2"] == (scaled, "过车前 50 分钟定位在示例甲砂石厂300 米范围内，至少停留 9 分钟")


def test_a_pass_comes_to_the_desk_with_its_yard(site, client, yards):
    _, scaled, _ = yards
    put(
        client,
        "passes",
        weighed("e1", -42, 48_200, site="SL7001", frame_position=1),
        weighed("p1", 0, 52_400, frame_position=2),
        weighed("p2", 0, 52_400, plate=OTHER, frame_position=3),
    )
    assert bring_in_passes(site, client) == 2
    known, unknown = ledger("overload.doubtedpass").query(OFFICER).order_by("record_no")
    assert (known.yard, known.source_trace) == (scaled, "过车前 42 分钟在示例甲砂石厂出口称重 48.2 t")
    assert (unknown.yard, unknown.source_trace) == (None, "")


def test_a_pass_over_the_limit_at_an_exit_is_its_yards_own(site, client, yards):
    _, scaled, _ = yards
    put(client, "passes", weighed("e2", 0, 52_400, site="SL7001", frame_position=1))
    assert bring_in_passes(site, client) == 1
    (found,) = ledger("overload.doubtedpass").query(OFFICER)
    assert (found.yard, found.source_trace) == (scaled, "")


def test_an_exit_that_comes_late_is_found_by_tracing_again(site, client, yards):
    _, scaled, _ = yards
    put(client, "passes", weighed("p1", 0, 52_400, frame_position=1))
    bring_in_passes(site, client)
    put(client, "passes", weighed("e1", -42, 48_200, site="SL7001", frame_position=2))
    with clock.pretending(NOON + timedelta(days=8)):
        assert trace_again(site, client) == 0  # too long ago
    with clock.pretending(NOON + timedelta(days=1)):
        assert (trace_again(site, client), trace_again(site, client)) == (1, 0)
    (found,) = ledger("overload.doubtedpass").query(OFFICER)
    assert (found.yard, found.source_trace) == (scaled, "过车前 42 分钟在示例甲砂石厂出口称重 48.2 t")


def test_a_yards_month_counts_its_exit_its_ledger_and_the_road(site, client, yards):
    _, scaled, plain = yards
    put(
        client,
        "passes",
        *(weighed(f"e{n}", -60 * 24 * n, 50_000 + n, site="SL7001", media='[{"kind": "front"}]') for n in range(3)),
        *(weighed(f"r{n}", -60 * 24 * n + 30, 54_000, plate=TRUCK) for n in range(2)),
    )
    loading = ledger("overload.loading")
    loading.example(yard=scaled, sheet_no="1", entered_at=None, out_at=NOON, tare_kg=16_000, gross_kg=50_000)
    loading.example(yard=scaled, sheet_no="2", entered_at=None, out_at=NOON, load_result="held", gross_kg=60_000)
    with clock.pretending(NOON + timedelta(hours=8)):
        count_months(site, client)
        assert count_months(site, client) == 0  # nothing new, nothing written
    (row,) = ledger("overload.yardmonth").query(OFFICER).filter(yard=scaled, month=date(2026, 6, 1))
    assert (row.weighed_trucks, row.over_trucks, row.days_with_data, row.days_pictured) == (3, 3, 3, 3)
    assert (row.loadings, row.loaded_t, row.released_over) == (1, Decimal("34.00"), 1)
    assert (row.road_trucks, row.exit_t, row.road_t) == (2, Decimal("100.00"), Decimal("108.00"))
    assert not row.met_online
    assert "路面共 108.0 t，比出口称重 100.0 t 重 7.4%" in row.difference_note
    assert "装载台账只有 1 车次，2 车次未登记" in row.difference_note
    scaled.refresh_from_db()
    assert (scaled.connection, scaled.last_weighed_at) == ("online", NOON)
    assert not ledger("overload.yardmonth").query(OFFICER).filter(yard=plain).exists()


def test_a_yard_that_falls_silent_is_marked(site, client, yards):
    _, scaled, _ = yards
    put(client, "passes", weighed("e0", 0, 40_000, site="SL7001"))
    with clock.pretending(NOON + timedelta(days=3, minutes=1)):
        count_months(site, client)
    scaled.refresh_from_db()
    assert scaled.connection == "down"


@pytest.mark.parametrize(
    ("days", "tonnes", "trucks", "online"),
    [(20, "0", 0, False), (21, "0", 0, True), (1, "20000", 410, False), (1, "20000.01", 1, True), (1, "1", 411, True)],
)
def test_a_month_is_online_above_any_of_the_three_numbers(days, tonnes, trucks, online):
    row = ledger("overload.yardmonth").example(days_with_data=days, weighed_t=tonnes, weighed_trucks=trucks)
    assert row.met_online is online


def test_a_month_with_a_difference_is_explained_before_it_is_settled():
    row = ledger("overload.yardmonth").example(declared_t="30000", loaded_t="21000")
    assert row.difference_note == "申报产量 30,000 t，装载台账 21,000 t，相差 30.0%"
    with pytest.raises(Refused, match="要求源头单位说明"):
        row.ledger.perform(row, "settle_month", OFFICER)
    row = row.ledger.perform(row, "ask_why", OFFICER)
    with pytest.raises(Refused, match="情况说明"):
        row.ledger.perform(row, "explain_month", OFFICER)
    row = row.ledger.perform(row, "explain_month", OFFICER, values={"explanation": "另有铁路发运 9,000 t（示例）"})
    assert row.state == "month_settled"


def test_a_month_that_runs_or_has_no_declared_output_is_not_settled():
    months = ledger("overload.yardmonth")
    running = months.example(month=clock.today().replace(day=1), declared_t="21000")
    with pytest.raises(Refused, match="还没有结束"):
        running.ledger.perform(running, "settle_month", OFFICER)
    silent = months.example(declared_t=None)
    with pytest.raises(Refused, match="还没有申报产量"):
        silent.ledger.perform(silent, "settle_month", OFFICER)


def test_a_loading_is_held_against_the_limit_of_its_axles():
    loading = ledger("overload.loading").example(axles=4, gross_kg=38_000, tare_kg=15_000)
    assert (loading.limit_kg, loading.excess_kg, loading.net_kg) == (36_000, 2_000, 23_000)
    assert loading.keep_until == date(2026, 11, 12)
    with pytest.raises(InvalidValues, match="卸载后的车货总质量"):
        loading.ledger.change(loading, OFFICER, {"load_result": "reloaded"}, why="更正")


# --- 百吨王 ---


def test_a_hundred_tonnes_are_traced_from_the_day_they_are_seen(site, client, yards):
    road, scaled, _ = yards
    put(
        client,
        "passes",
        weighed("e1", -42, 99_000, site="SL7001", frame_position=1),
        weighed("p1", 0, 100_000, frame_position=2),
        weighed("p2", 30, 99_990, frame_position=3),
        weighed("p3", 60 * 25, 60_000, frame_position=4),
    )
    with clock.pretending(NOON + timedelta(minutes=5)):
        bring_in_passes(site, client)
        assert open_tracings(site, client) == 1
        assert open_tracings(site, client) == 0
    (row,) = ledger("overload.hundredtonne").query(OFFICER)
    assert (row.plate, row.gross_kg, row.point, row.yard) == (TRUCK, 100_000, road, scaled)
    assert (row.ordered_on, row.trace_by) == (date(2026, 6, 10), date(2026, 7, 2))  # fifteen working days, a holiday
    assert row.points_passed.splitlines() == [
        "06-10 11:18 示例出口称重点 99.0 t",
        "06-10 12:00 示例一号检测点 100.0 t",
        "06-10 12:30 示例一号检测点 100.0 t",
    ]
    with pytest.raises(Refused, match="责任认定"):
        row.ledger.perform(row, "finish_tracing", OFFICER, values={"traced_on": "2026-06-20"})
    found = {"loaded_by": "钱示例", "let_in": "沿途无人值守（示例）", "liability": "源头超限装载（示例）"}
    row = row.ledger.perform(row, "finish_tracing", OFFICER, values={"traced_on": "2026-06-20"} | found)
    assert row.state == "traced"


# --- 公示名单 ---


def published(name, day):
    version = ledger("overload.yardlist").example(version_name=name)
    version = version.ledger.perform(version, "display", OFFICER)
    return version.ledger.perform(version, "publish_list", OFFICER, values={"published_on": day})


def test_a_version_tells_what_it_changes_against_the_one_before(office):
    register = ledger("overload.yard")
    kept = register.example(name="示例甲砂石厂", yearly_t="200000", address="示例村 1 号", key=True)
    gone = register.example(name="示例乙砂石厂", yearly_t="300000", key=True)
    first = published("2026年第一版", "2026-01-10")
    assert (first.how_many, first.compared_with, first.changed, first.removed) == (2, "", "", "")
    register.change(kept, OFFICER, {"address": "示例村 8 号"}, why="迁址")
    register.change(gone, OFFICER, {"key": "否"}, why="停产")
    register.example(name="示例丙砂石厂", yearly_t="150000", key=True)
    second = published("2026年第二版", "2026-06-10")
    assert (second.compared_with, second.names) == ("2026年第一版", ["示例甲砂石厂", "示例丙砂石厂"])
    assert (second.added, second.removed) == ("示例丙砂石厂", "示例乙砂石厂")
    assert second.changed == "示例甲砂石厂：地址由“示例村 1 号”改为“示例村 8 号”"

    browser = Client()
    browser.force_login(office.person("overload_officer").account)
    page = browser.get(second.url).content.decode()
    assert "地址由“示例村 1 号”改为“示例村 8 号”" in page
    assert "<s>示例乙砂石厂</s>" in page
    book = load_workbook(BytesIO(browser.get(f"{second.url}list.xlsx").content))
    assert [row[1].value for row in book["名单"].iter_rows(min_row=3)] == ["名称", "示例甲砂石厂", "示例丙砂石厂"]
    changes = [tuple(cell.value for cell in row) for row in book["较上版变化"].iter_rows(min_row=2)]
    assert changes == [
        ("新增", "示例丙砂石厂"),
        ("移出", "示例乙砂石厂"),
        ("变更", "示例甲砂石厂：地址由“示例村 1 号”改为“示例村 8 号”"),
    ]
