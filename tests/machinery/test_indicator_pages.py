"""Pages of the indicators: the catalogue, one indicator with exactly its records, by unit and by any period."""

import io
from datetime import date

import openpyxl
import pytest
from django.test import Client

from tonggui.measure.indicators import all_indicators
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.web.indicators.catalogue import DOMAINS, prefix_of

pytestmark = pytest.mark.django_db
HALF = "period=2026H1"


@pytest.fixture
def county():
    """A bureau with a station, two hazards of the station and one of the bureau, and somebody who writes."""
    units = ledger("parties.unit")
    root = units.example()
    station = units.example(name="示例东站", kind="station", parent=root, unit=root)
    for unit, day in ((root, 5), (station, 6), (station, 7)):
        ledger("safety.hazard").example(
            unit=unit, state="ordered", found_on=date(2026, 3, day), due_on=date(2026, 9, 1)
        )
    account = Account.objects.create_account("example", None, roles=["writer"], unit=root, name="示例")
    client = Client()
    client.force_login(account)
    return {"client": client, "station": station, "root": root}


def words(county, url: str) -> str:
    answer = county["client"].get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_catalogue_lists_every_indicator_under_its_domain(county):
    page = words(county, f"/indicators/?{HALF}")
    assert [each.code for each in all_indicators() if f"/indicators/{each.code}/?{HALF}" not in page] == []
    assert {prefix_of(each) for each in all_indicators()} - set(DOMAINS) == set()


def test_a_search_leaves_what_it_names_and_says_so_where_nothing_is_left(county):
    page = words(county, f"/indicators/?{HALF}&q=HAZ-05R")
    assert "重复隐患" in page and "HAZ-01" not in page and "共 1 个" in page
    assert "没有这样的指标" in words(county, "/indicators/?q=无此")


@pytest.mark.parametrize("prefix", list(DOMAINS))
def test_each_domain_gives_its_figures(county, prefix):
    codes = [each.code for each in all_indicators() if prefix_of(each) == prefix]
    answer = county["client"].get(f"/indicators/group/{prefix}/?{HALF}")
    assert answer.status_code == (200 if codes else 404)
    assert all(code in answer.content.decode() for code in codes)


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("period=2026H1", "3处"),
        ("period=2026-03", "3处"),
        ("period=2026Q1", "3处"),
        ("from=2026-03-06&to=2026-03-06", "1处"),
        ("from=2026-03-08&to=2026-03-06", "期间的结束日"),
        ("from=2026-03-08", "自定义期间要填写"),
        ("period=x", "不是期间"),
        ("period=2026H1&unit=DW9999", "没有编号为"),
    ],
)
def test_an_indicator_answers_for_any_period_or_says_what_is_wrong(county, asked, value):
    assert value in words(county, f"/indicators/HAZ-01/?{asked}")


def test_an_indicator_answers_for_a_unit_with_exactly_its_records(county):
    page = words(county, f"/indicators/HAZ-01/?{HALF}&unit={county['station'].number}")
    assert "2处" in page and page.count('class="code"><a href="/ledgers/safety.hazard/') == 2
    assert "在台账中查看" in page and "口径宽" in page


def test_what_waits_for_telemetry_says_so(county):
    assert "等待行车数据接入后统计" in words(county, f"/indicators/VEH-02/?{HALF}")


def test_changes_and_pictures_follow(county):
    assert "《隐患台账》自2026-03-05起登记" in words(county, f"/indicators/HAZ-01/?{HALF}&part=changes")
    charts = words(county, f"/indicators/HAZ-01/?{HALF}&part=charts")
    assert "2026年各月" in charts and "按单位" in charts and "本级" in charts


@pytest.mark.parametrize("each", all_indicators()[::7], ids=lambda each: each.code)
def test_every_page_opens_with_its_parts(county, each):
    for part in ("", "&part=changes", "&part=charts"):
        words(county, f"/indicators/{each.code}/?{HALF}{part}")


def test_the_sheet_holds_the_figure_and_its_records(county):
    answer = county["client"].get(f"/indicators/HAZ-01/figure.xlsx?{HALF}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    said = dict(row[:2] for row in book["指标"].iter_rows(values_only=True))
    assert said["数值"] == "3处" and "无可比基数" in said["同比"]
    numbers = [row[2] for row in book["记录"].iter_rows(min_row=2, values_only=True)]
    assert numbers == sorted(ledger("safety.hazard").model._base_manager.values_list("number", flat=True))


def test_an_unknown_code_is_not_found_and_an_enterprise_sees_none(county):
    assert county["client"].get("/indicators/NO-01/").status_code == 404
    firm = ledger("parties.enterprise").example(name="示例新公司", unit=county["root"])
    account = Account.objects.create_account("firm", None, roles=["enterprise"], enterprise=firm, name="示例")
    county["client"].force_login(account)
    assert county["client"].get("/indicators/").status_code == 403
