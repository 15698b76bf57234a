"""All passes as pages: what each condition finds, a pass sent twice as one, whose passes one sees, what is exported.

The store is real and small; its rows are written as the stream writes them.
"""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from openpyxl import load_workbook
from stream_site import running
from weighing_passes import PASS

from tonggui.base.clock import CHINA, to_micros
from tonggui.base.site import Site
from tonggui.protocols.weighing import PASSES
from tonggui.protocols.weighing.envelope import wrap
from tonggui.register.actor import Actor, acting
from tonggui.register.jobs import ExportRun
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.register.sheets import exporting
from tonggui.register.sheets.progress import Silent
from tonggui.register.views.address import Address
from tonggui.run.weighing import WEIGHING
from tonggui.stream.log import FrameLogReader, FrameLogWriter
from tonggui.stream.store.client import connect
from tonggui.stream.store.writer import as_arrow
from tonggui.web import telemetry
from tonggui.web.passlist import scope as scopes
from tonggui.web.passlist.listed import PASS_LIST
from tonggui.web.passlist.picture import axles, group_sizes
from tonggui.web.passlist.question import PassQuestion
from tonggui.web.passlist.scope import PassScope
from tonggui.web.passlist.strip import strip

pytestmark = pytest.mark.django_db
START = datetime(2026, 5, 1, 8, 0, tzinfo=CHINA)
LOG = "weighing-0"


def items():
    """Forty passes at two points, 90 minutes apart: within, a little over, far over; some doubted, some unread."""
    for n in range(40):
        at = START + timedelta(minutes=90 * n)
        gross = (40_000, 49_500, 56_000, 80_000, 120_000)[n % 5]
        yield PASS | {
            "record_no": f"SL{n:08}",
            "site": ("SL0001", "SL0002")[n % 2],
            "time": f"{at:%Y-%m-%d %H:%M:%S}",
            "plate": "" if n % 8 == 7 else f"示A{n % 4:05}",
            "plate_color": ("黄色", "蓝色")[n % 2],
            "lane": str(n % 3 + 1),
            "gross_kg": gross,
            "axle_kg": [gross / 6] * 6,
            "straddling": n % 10 == 0,
            "media": [{"kind": "front", "href": f"http://point.example/{n}.jpg"}] if n % 4 == 0 else [],
        }


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A site with its store running, the passes in their log and in the store."""
    site = Site.at(tmp_path_factory.mktemp("passes"))
    with running("store", site), connect(site, wait=30) as client:
        writer = FrameLogWriter(site.frame_logs / LOG)
        for item in items():
            at = to_micros(datetime.fromisoformat(item["time"]).replace(tzinfo=CHINA)) + 1_000_000
            note = {"device": "W1", "calibrated_to": "2026-12-31"}
            writer.append(wrap(note, json.dumps(item, ensure_ascii=False)), received_at=at)
        writer.sync()
        with FrameLogReader(site.frame_logs / LOG) as log:
            frames, _ = log.read(0)
        store_rows(client, WEIGHING.decode(frames, LOG))
        yield site


def store_rows(client, columns):
    """Rows into the store by the names of its columns; the same row twice, as a replay without tokens would."""
    rows = as_arrow(PASSES, columns, {})
    client.insert_arrow("passes", rows)
    client.insert_arrow("passes", rows.slice(0, 20))


@pytest.fixture
def site(kept, settings):
    settings.SITE = kept
    while not telemetry._idle.empty():
        telemetry._idle.get_nowait().close()
    return kept


@pytest.fixture
def points(site):
    points = ledger("overload.weighingpoint")
    return [points.example(code=f"SL000{n}", name=name) for n, name in ((1, "示例一号检测点"), (2, "示例二号检测点"))]


@pytest.fixture
def asked(points):
    """`asked(over="true")`: the list of an address for somebody who sees both points."""
    scope = PassScope({point.code: point for point in points})
    return lambda **query: PassQuestion(PASS_LIST, scope, query)


@pytest.fixture
def officer(points):
    account = Account.objects.create_account(
        "officer", None, roles=["overload_officer"], unit=points[0].unit, name="示例"
    )
    client = Client()
    client.force_login(account)
    client.account = account
    return client


def numbers(question):
    return [int(row["record_no"][2:]) for row in question.rows]


def test_a_pass_stored_twice_is_one(asked):
    with telemetry.store() as client:
        assert client.command("SELECT count() FROM passes") > 40 or asked().count == 40
    assert asked().count == 40
    assert numbers(asked(size=50)) == list(range(39, -1, -1))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"over": "true"}, [n for n in range(40) if n % 5]),
        ({"over": "false"}, [n for n in range(40) if n % 5 == 0]),
        ({"band": "0-10"}, [n for n in range(40) if n % 5 == 1]),
        ({"band": "10-20"}, [n for n in range(40) if n % 5 == 2]),
        ({"band": ["50-100", "100+"]}, [n for n in range(40) if n % 5 > 2]),
        ({"point": "SL0002"}, [n for n in range(40) if n % 2]),
        ({"lane": "3"}, [n for n in range(40) if n % 3 == 2]),
        ({"axles": "5"}, []),
        ({"axles": ["5", "6"]}, list(range(40))),
        ({"plate": "a00003"}, [n for n in range(40) if n % 4 == 3 and n % 8 != 7]),
        ({"q": "0002"}, [n for n in range(40) if n % 4 == 2]),
        ({"q": "SL00000007"}, [7]),
        ({"plate_read": "false"}, [n for n in range(40) if n % 8 == 7]),
        ({"plate_color": "蓝色"}, [n for n in range(40) if n % 2]),
        ({"media": "true"}, [n for n in range(40) if n % 4 == 0]),
        ({"passed_at": "2026-05-01"}, list(range(11))),
        ({"passed_at_from": "2026-05-02", "passed_at_to": "2026-05-02"}, list(range(11, 27))),
        ({"gross_kg_min": "80,000"}, [n for n in range(40) if n % 5 > 2]),
        ({"gross_kg_min": "50000", "gross_kg_max": "60000", "point": "SL0001"}, [2, 12, 22, 32]),
    ],
)
def test_each_condition_finds_its_passes(asked, query, found):
    question = asked(**query, sort="passed_at", size=50)
    assert (numbers(question), question.count) == (found, len(found))


def test_doubted_passes_and_those_without_doubt_are_all_passes(asked):
    doubted, clean = asked(doubt="true", size=50), asked(doubt="false", size=50)
    assert {0, 10, 20, 30} <= set(numbers(doubted)) and doubted.count + clean.count == 40
    assert all(row["doubt"] for row in doubted.rows)


def test_nonsense_narrows_nothing_and_is_said(asked):
    query = {"passed_at": "someday", "gross_kg_min": "heavy", "axles": "many", "sort": "'; DROP", "page": "99999999999"}
    question = asked(**query)
    assert (question.count, question.page) == (40, 1)
    said = "，".join(chip.text for chip in question.chips)
    assert "看不懂“someday”" in said and "看不懂“heavy”" in said and "没有“many”这一项" in said


def test_values_of_an_address_are_values_and_no_sql(asked):
    assert asked(plate="' OR 1=1 --").count == 0
    assert asked(q="%(scope)s").count == 0
    assert asked(point="SL0001') OR (1=1").count == 0


def test_every_page_in_every_order_shows_each_pass_once(asked):
    for sort in ("passed_at", "-passed_at", "gross_kg", "-rate", "point", "-plate"):
        seen = [n for page in (1, 2) for n in numbers(asked(sort=sort, page=page, size=20))]
        assert sorted(seen) == list(range(40))
    heavy = [row["gross_kg"] for row in asked(sort="-gross_kg").rows]
    assert heavy == sorted(heavy, reverse=True)
    assert numbers(asked(sort="passed_at", page=2)) == list(range(20, 40))


def test_a_deep_page_is_the_same_whether_it_is_looked_for_among_values_or_sorted_to(asked, monkeypatch):
    sorts = ("passed_at", "-passed_at", "gross_kg", "-rate", "point", "-plate", "calibrated", "-speed_kmh")
    pages = [(sort, page) for sort in sorts for page in (1, 2)]
    plain = [numbers(asked(sort=sort, page=page, size=20, over="true")) for sort, page in pages]
    monkeypatch.setattr("tonggui.web.passlist.question.DEEP", -1)
    assert [numbers(asked(sort=sort, page=page, size=20, over="true")) for sort, page in pages] == plain


def test_counts_and_sums_are_of_the_whole_filter(asked):
    question = asked(over="true", size=20)
    assert question.count == question.sums["over"] == 32
    assert question.totals == {"excess_kg": 8 * (500 + 7_000 + 31_000 + 71_000)}


def test_a_facet_counts_over_all_conditions_but_its_own(asked):
    question = asked(band="10-20", point="SL0001")
    by_name = {condition.name: question.facet(condition) for condition in question.facet_conditions}
    assert [(one.value, one.count, one.chosen) for one in by_name["band"]] == [
        ("0-10", 4, False),
        ("10-20", 4, True),
        ("50-100", 4, False),
        ("100+", 4, False),
    ]
    assert {one.label: one.count for one in by_name["point"]} == {"示例一号检测点": 4, "示例二号检测点": 4}


def test_the_strip_counts_hours_of_china_and_points(asked):
    question = asked(passed_at="2026-05-01")
    drawn = strip(question, Address(question))
    assert [(bar.word, bar.passes, bar.over) for bar in drawn["hours"] if bar.passes][:3] == [
        ("8", 1, 0),
        ("9", 1, 1),
        ("11", 1, 1),
    ]
    assert sum(bar.passes for bar in drawn["hours"]) == sum(bar.passes for bar in drawn["points"]) == 11
    assert strip(asked(axles="2"), Address(question)) is None


def test_passes_are_seen_by_point_and_never_without_a_scope(points, asked):
    alone = PassQuestion(PASS_LIST, PassScope({"SL0002": points[1]}), {"size": 50})
    assert set(numbers(alone)) == set(range(1, 40, 2))
    assert alone.facet(alone.facet_conditions[0])[0].label == "示例二号检测点"
    assert PassQuestion(PASS_LIST, PassScope({}), {}).count == 0
    row = asked().rows[0]
    assert asked().one(LOG, row["frame_position"])["record_no"] == row["record_no"]
    assert alone.one(LOG, next(r for r in asked().rows if r["site"] == "SL0001")["frame_position"]) is None


def test_the_scope_is_what_the_point_ledger_lists(points):
    assert set(scopes.scope_of(Actor.system("核对")).points) == {"SL0001", "SL0002"}
    firm = Account.objects.create_account("firm", None, roles=["enterprise"], unit=None, name="示例企业")
    assert scopes.scope_of(firm.actor).points == {}


def test_the_page_lists_filters_and_leads_on(officer):
    page = officer.get("/passes/?over=true&sort=-gross_kg").text
    assert "共 32 辆次" in page and 'aria-sort="descending"' in page and "示例一号检测点" in page
    assert "合计 32 辆次" in page and "876,000" in page
    part = officer.get("/passes/?band=0-10", headers={"HX-Request": "true", "HX-Target": "results"})
    assert part.headers["HX-Push-Url"] == "/passes/?band=0-10" and "共 8 辆次" in part.text
    assert "10%–20%" in officer.get("/passes/?part=facets").text
    assert "一天各时的过车" in officer.get("/passes/?part=strip").text
    empty = officer.get("/passes/?plate=ZZ").text
    assert "没有符合条件的过车" in empty and "号牌号码：ZZ" in empty
    assert "过车记录" in officer.get("/").text


def test_who_may_not_read_passes_is_refused(points):
    chief = Account.objects.create_account("chief", None, roles=["road_chief"], unit=points[0].unit, name="示例")
    client = Client()
    client.force_login(chief)
    assert client.get("/passes/").status_code == 403
    assert client.get("/passes/export.csv").status_code == 403
    assert "过车记录" not in client.get("/").text


def test_a_pass_has_its_page_with_axles_judgement_record_and_other_passes(officer, asked):
    row = next(row for row in asked(size=50).rows if row["record_no"] == "SL00000004")
    with acting(Actor.system("测试")):
        record = ledger("overload.doubtedpass").example(
            record_no=row["record_no"], point=row_point(asked, row), evidence=[{"log": LOG, "position": 1}]
        )
    page = officer.get(f"/passes/{LOG}/{row['frame_position']}/").text
    assert "各轴合计 120,000 kg" in page and "限值与处理如何得出" in page and record.url in page
    assert f"/frames/{LOG}/{row['frame_position']}/" in page and "http://point.example/4.jpg" in page
    assert "此车历次称重" in page and page.count("此车其他过车") == 1 and "黑名单" not in page
    ledger("overload.provincialitem").example(plate=row["plate"], summary_of_item="一年三次")
    assert "黑名单中" in officer.get(f"/passes/{LOG}/{row['frame_position']}/").text
    panel = officer.get(
        f"/passes/?open={LOG}:{row['frame_position']}", headers={"HX-Request": "true", "HX-Target": "panel"}
    )
    assert "SL00000004" in panel.text
    assert officer.get(f"/passes/{LOG}/{row['frame_position'] + 1}/").status_code == 404


def row_point(asked, row):
    return asked().scope.points[row["site"]]


def test_a_pass_of_a_point_out_of_sight_does_not_exist(officer, asked, monkeypatch):
    row = next(row for row in asked(size=50).rows if row["site"] == "SL0001")
    point = asked().scope.points["SL0002"]
    monkeypatch.setattr("tonggui.web.passlist.listed.scope_of", lambda actor: PassScope({"SL0002": point}))
    assert officer.get(f"/passes/{LOG}/{row['frame_position']}/").status_code == 404


def test_the_vehicle_leads_to_its_passes(officer, points):
    vehicle = ledger("fleet.vehicle").example(plate="示A00001")
    page = officer.get(f"{vehicle.url}?tab=dossier").text
    assert "/passes/?plate=%E7%A4%BAA00001" in page and "称重检测点的全部过车" in page and "/map/track/" in page


def test_what_is_filtered_is_what_is_exported(officer):
    answer = officer.get("/passes/export.csv?over=true&sort=passed_at")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[0][:2] == ["过车时间", "检测点"] and len(rows) == 33
    assert rows[1][0] == "2026-05-01 09:30:00" and "49500" in rows[1][10]
    book = load_workbook(io.BytesIO(b"".join(officer.get("/passes/export.xlsx?band=100%2B"))))
    lines = list(book.active.iter_rows(values_only=True))
    assert lines[0][0] == "过车记录" and "超限幅度：100% 以上" in lines[1][0] and len(lines) == 3 + 8
    gross = lines[2].index("车货总质量（kg）")
    assert all(line[gross] == 120_000 for line in lines[3:])


def test_a_long_export_is_the_workers(officer, monkeypatch):
    monkeypatch.setattr(exporting, "SMALL_ROWS", 10)
    answer = officer.get("/passes/export.csv?over=true", follow=True)
    run = ExportRun.objects.get()
    assert run.file_name.endswith(".csv") and run.total == 32 and "过车记录" in answer.text
    exporting.write(run, officer.account.actor, Silent())
    run.refresh_from_db()
    file = officer.get(f"/tasks/exports/{run.pk}/file.xlsx")
    assert file.headers["Content-Type"].startswith("text/csv") and len(b"".join(file).splitlines()) == 33
    assert "导出过车记录" in officer.get("/tasks/").text


def test_a_query_is_saved_under_a_name_and_can_be_the_one_to_open_with(officer):
    officer.post("/passes/saved/", {"name": "百吨王", "query": "gross_kg_min=100000", "default": "1"})
    assert officer.get("/passes/").headers["Location"] == "/passes/?gross_kg_min=100000"
    assert "百吨王" in officer.get("/passes/?all=1").text


def test_columns_are_chosen_in_the_address(officer):
    page = officer.get("/passes/?cols=plate,device").text
    assert "称重设备编号" in page and 'data-title="超限 kg"' not in page and 'data-title="称重设备编号"' in page


def test_a_store_that_is_away_is_said_in_words(officer, settings, tmp_path, points):
    settings.SITE = Site.at(tmp_path)
    while not telemetry._idle.empty():
        telemetry._idle.get_nowait().close()
    page = officer.get("/passes/")
    assert page.status_code == 200 and "现在查不到过车记录" in page.text
    assert "暂时读不到" in officer.get("/passes/?part=strip").text
    assert "没有导出" in officer.get("/passes/export.csv", follow=True).text


def test_axles_stand_in_their_groups():
    assert group_sizes({"type": 157}, 6) == [1, 2, 3]
    assert group_sizes({"axle_groups": 12}, 3) == [1, 2]
    assert group_sizes({"type": 157}, 5) == [1] * 5
    drawn = axles({"type": 15, "axle_kg": [6_000, 9_000, 9_000], "gross_kg": 24_000})
    first, second, third = (axle.at for axle in drawn["axles"])
    assert second - first > third - second and drawn["total"] == "24,000"
    assert axles({"gross_kg": 24_000}) is None


def test_an_address_is_read_whatever_it_holds(asked):
    assert PassQuestion(PASS_LIST, asked().scope, QueryDict("over=true&over=false")).count == 40
