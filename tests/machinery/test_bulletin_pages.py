"""Pages of the bulletins and of overload control now: who may do what, what each number leads to."""

import html
import re
from datetime import date, datetime

import pytest
from django.test import Client
from test_bulletins import DAY, ISSUER, tallies, text_of

from tonggui.base import clock
from tonggui.measure import issuing, providers
from tonggui.measure.models import Document, Reading
from tonggui.measure.periods import Period
from tonggui.register.registry import ledger
from tonggui.reports.overload_daily import daily
from tonggui.reports.overload_weekly import weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def login(office):
    """`login("director")`: a browser of somebody with a role."""

    def as_(*roles: str, name: str = "李示例") -> Client:
        client = Client()
        client.force_login(office.person(*roles, name=name).account)
        return client

    return as_


@pytest.fixture
def written():
    """A sealed daily bulletin with passes of two points, one of them silent."""
    providers.provide("passes", lambda period: tallies(silent=True))
    try:
        yield issuing.write_scheduled(daily, DAY, ISSUER)
    finally:
        providers.withdraw("passes")


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_names_each_bulletin_with_its_stage_and_the_filters_count(login, written):
    issuing.write_scheduled(weekly, Period.parse("2026W26"), ISSUER)
    client = login("clerk")
    text = page(client, "/bulletins/")
    assert "共 2 份" in text and "2026年6月30日" in text and "6月22日至28日" in text and text.count("待签发") == 3
    assert "共 1 份" in page(client, "/bulletins/?report=overload_weekly")
    assert "没有符合条件的通报" in page(client, "/bulletins/?stage=issued")


def test_bulletins_that_are_due_and_not_written_are_told(login):
    with clock.pretending(datetime(2026, 7, 1, 9, tzinfo=clock.CHINA)):
        assert "已到编写时间而未编写：治超日报 2026年6月30日" in page(login("clerk"), "/bulletins/")


def test_other_documents_stay_in_their_own_list(login, written):
    assert "治超日报" not in page(login("clerk"), "/documents/")


def test_a_bulletin_stands_in_the_menu_under_the_bulletins(login, written):
    client = login("clerk")
    for url in ("/bulletins/", written.url):
        here = re.findall(
            r'<a href="([^"]+)" aria-current="page">', page(client, url).split('id="menu"')[1].split("</nav>")[0]
        )
        assert here == ["/bulletins/"]


def test_enterprises_see_no_bulletins(login, written):
    client = login("enterprise")
    assert [client.get(url).status_code for url in ("/bulletins/", written.url, "/overload/")] == [403, 403, 403]


def test_a_head_issues_and_a_clerk_may_not(login, written):
    assert login("clerk").post(f"{written.url}issue/").status_code == 403
    head = login("director", name="王示例")
    assert "签发通报" in page(head, written.url)
    head.post(f"{written.url}issue/")
    document = Document.objects.get(pk=written.pk)
    assert (document.number, document.issued_by[:3]) == ("治超日报〔2026〕1期", "王示例")
    text = page(head, written.url)
    assert "期号 治超日报〔2026〕1期" in text and "issue-dialog" not in text
    assert "不能改写" in head.post(f"{written.url}revise/", follow=True).content.decode()


def test_a_rewritten_bulletin_takes_the_place_of_the_first_which_stays(login, written):
    writer = login("writer")
    answer = writer.post(f"{written.url}revise/", follow=True)
    made = Document.objects.get(replaces=written)
    assert answer.redirect_chain[-1][0] == made.url and "这是改写后的一份" in answer.content.decode()
    assert "这一份已改写" in page(writer, written.url)
    text = page(writer, "/bulletins/")
    assert f'href="{made.url}"' in text and f'href="{written.url}"' not in text and "修改中" in text


def test_opening_a_bulletin_notes_the_reader(login, written):
    reader = login("clerk", name="赵示例")
    assert "已阅 1 人：赵示例" in page(reader, written.url)
    page(reader, written.url)
    assert Reading.objects.count() == 1 and "1 人" in page(reader, "/bulletins/")


def test_the_page_shows_the_funnel_and_the_tables(login, written):
    text = page(login("clerk"), written.url)
    assert "现场检查查处流程" in text and "非现场检测查处流程" in text
    assert text.count("official-table") == 2 and "城西" in text_of(written)


def test_a_figure_of_passes_leads_to_the_passes_of_its_days_and_point(login, written):
    ledger("overload.weighingpoint").example(name="城东")
    numbers = dict(written.rows.values_list("key", "n"))
    client = login("overload_officer")
    county = page(client, f"{written.url}figures/{numbers['OVR-22']}/")
    assert "/passes/?passed_at=2026-06-30&amp;point=SL0001&amp;calibrated=true&amp;over=true" in county
    hour = page(client, f"{written.url}figures/{numbers['OVR-22/22']}/")
    assert "calibrated=true&amp;over=true&amp;hour=22" in hour
    point = page(client, f"{written.url}figures/{numbers['OVR-20/JC0001']}/")
    assert "/passes/?passed_at=2026-06-30&amp;point=SL0001" in point


def test_the_screen_leads_everywhere_and_says_what_is_silent(login, written):
    point = ledger("overload.weighingpoint").example(name="城东")
    ledger("overload.weighingpoint").example(name="城西", code="SL0002", calibrated_to="2020-01-01")
    ledger("overload.case").example(plate="示A00001", filed_on=date(2026, 2, 1), state="filed")
    text = page(login("overload_officer"), "/overload/?span=month")
    assert point.url in text and "无数据" in text and "检定过期" in text
    assert "/ledgers/overload.case/?state=filed&amp;overdue=1" in text and "1 个" in text


def test_what_stands_open_leads_to_just_those_rows(login):
    client = login("overload_officer")
    for state in ("filed", "closed", "archived"):
        ledger("overload.case").example(plate="示A00001", filed_on=date(2026, 2, 1), state=state)
    text = page(client, "/overload/?span=month")
    tile = re.search(r'href="([^"]+)"[^>]*><span class="tile-name">在办案件', text)
    rows = page(client, html.unescape(tile[1]))
    assert "共 1 条" in rows and "state=archived" not in tile[1]


def test_the_screen_without_a_store_says_so(login):
    text = page(login("overload_officer"), "/overload/")
    assert "等待行车数据接入后统计" in text and "没有在用的检测点" in text and "没有在办案件" in text
