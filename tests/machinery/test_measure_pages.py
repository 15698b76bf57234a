"""The workbench's pages: every number leads to its records, with and without HTMX, for those who may see them."""

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from django.http import QueryDict

from tonggui.measure import documents
from tonggui.measure.declare import Share, Total
from tonggui.measure.indicators import all_indicators
from tonggui.measure.models import Document, NilReturn
from tonggui.measure.periods import Period, day_label
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year
from tonggui.web.documents.addresses import list_address

pytestmark = pytest.mark.django_db
HALF = Period.parse("2026H1")
MACHINE = Actor.system("测试")


@pytest.fixture
def rows():
    """Two hazards, one of them closed, a visit, a case, a project with its June return, a vehicle with its terminal."""
    found = {"found_on": date(2026, 3, 1), "due_on": date(2026, 4, 1), "state": "ordered"}
    ledger("safety.hazard").example(**found)
    ledger("safety.hazard").example(**found | {"state": "closed", "closed_on": date(2026, 3, 20)})
    ledger("safety.inspection").example(state="审核通过", visited_on=date(2026, 5, 12))
    ledger("overload.case").example(state="decided", filed_on=date(2026, 3, 1), decided_on=date(2026, 3, 9), fine=1500)
    project = ledger("works.project").example(state="审核通过", plan_year=2026, is_key=True)
    ledger("works.progress").example(state="审核通过", project=project, month=date(2026, 6, 1))
    ledger("fleet.terminal").example()


@pytest.fixture
def document(rows) -> Document:
    return documents.draft(half_year, HALF, MACHINE, "示例县交通运输局", date(2026, 7, 5))


@pytest.fixture
def log_in(client, rows):
    """A browser in which somebody of a role is logged in."""

    def as_role(*roles):
        unit = ledger("parties.unit").query(MACHINE).first()
        firm = ledger("parties.enterprise").query(MACHINE).first()
        own = {"enterprise": firm} if "enterprise" in roles else {"unit": unit}
        client.force_login(Account.objects.create_account("-".join(roles), None, roles=list(roles), **own))
        return client

    return as_role


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_list_shows_every_document_and_offers_a_new_one(log_in, document):
    page = text_of(log_in("writer").get("/documents/"))
    assert "示例县交通运输局2026年上半年工作总结" in page and "起草" in page


def test_a_draft_is_made_for_the_chosen_period(log_in):
    browser = log_in("writer")
    answer = browser.post("/documents/new/", {"report": "half_year", "period": "2026H1"})
    document = Document.objects.get()
    assert answer["Location"] == document.url and document.period == HALF
    assert "不是期间" in text_of(browser.post("/documents/new/", {"report": "half_year", "period": "x"}, follow=True))


def test_every_chip_leads_to_a_page_with_its_records_and_no_script_is_needed(log_in, document):
    browser = log_in("writer")
    page = text_of(browser.get(document.url))
    addresses = set(re.findall(r'<a class="figure[^"]*" href="([^"#]+)#source"', page))
    assert len(addresses) > 10
    for address in addresses:
        whole = browser.get(address)
        assert whole.status_code == 200 and "<html" in text_of(whole) and 'id="source"' in text_of(whole)


def test_htmx_gets_the_panel_alone(log_in, document):
    row = document.rows.get(key="HAZ-04")
    answer = log_in("writer").get(f"{document.url}figures/{row.n}/", headers={"HX-Request": "true"})
    panel = text_of(answer)
    assert panel.lstrip().startswith('<aside class="side-panel source"') and "HX-Request" in answer["Vary"]
    assert "50.0%（2处中1处）" in panel and "分子：隐患台账 1 条" in panel and "分母：隐患台账 2 条" in panel
    for number in row.figure.record_numbers():
        assert f'href="/ledgers/safety.hazard/{number}/"' in panel


def test_a_figure_of_another_document_does_not_exist(log_in, document):
    assert log_in("writer").get(f"{document.url}figures/9999/").status_code == 404


def test_the_list_of_the_ledger_is_filtered_as_the_figure_where_it_says_so(rows):
    exact = 0
    for each in all_indicators():
        if not isinstance(each, Total | Share):
            continue
        for source in each.sources(HALF):
            address = list_address(source)
            query = QueryDict(address.url.partition("?")[2])
            listed = source.ledger.query(MACHINE)
            for filter_ in source.ledger.filters:
                listed = listed.filter(filter_.q(query))
            numbers = set(listed.values_list("number", flat=True))
            assert set(source.numbers()) <= numbers, each.code
            if address.whole:
                exact += 1
                assert set(source.numbers()) == numbers, each.code
    assert exact >= 8


def test_a_stale_chip_is_marked_and_named(log_in, document):
    ledger("safety.hazard").example(found_on=date(2026, 4, 1), due_on=date(2026, 9, 1), state="ordered")
    browser = log_in("writer")
    assert "台账已变" not in text_of(browser.get(document.url))
    page = text_of(browser.get(f"{document.url}?check=1"))
    assert "台账已变，请更新数据" in page and "<del>2处</del> → <ins>3处</ins>" in page
    assert "不一致" in text_of(browser.post(f"{document.url}seal/", follow=True))
    assert "个指标有变化" in text_of(browser.post(f"{document.url}refresh/", follow=True))
    assert "台账已变" not in text_of(browser.get(f"{document.url}?check=1"))


def test_faults_are_listed_before_the_document_is_taken_away(log_in, document):
    documents.edit(document, document.text + "\n\n另有17处。")
    page = text_of(log_in("writer").get(f"{document.url}?check=1"))
    assert "导出前请核对" in page and "“17”是手工录入的数字" in page


def test_a_sealed_document_shows_its_seal_and_what_differs_now(log_in, document):
    browser = log_in("director")
    browser.post(f"{document.url}seal/")
    sealed = Document.objects.get(pk=document.pk)
    assert sealed.is_sealed and sealed.seal in text_of(browser.get(document.url))
    ledger("safety.hazard").example(found_on=date(2026, 4, 1), due_on=date(2026, 9, 1), state="ordered")
    now = text_of(browser.get(f"{document.url}compare/"))
    assert "<del>2处</del>" in now and "<ins>3处</ins>" in now and "增加 1 条" in now
    assert "每个指标都相同" in text_of(browser.get(f"{document.url}compare/?with=day"))


def test_a_wrong_mark_comes_back_with_its_words_and_nothing_is_saved(log_in, document):
    answer = log_in("writer").post(f"{document.url}edit/", {"text": "发现[[HAZ-77]]。"})
    assert answer.status_code == 422 and "没有指标[[HAZ-77]]" in text_of(answer)
    assert Document.objects.get(pk=document.pk).text == document.text


def test_words_of_people_never_become_markup(log_in, document):
    documents.edit(document, "<script>alert(1)</script>[[HAZ-01]]")
    page = text_of(log_in("writer").get(document.url))
    assert "<script>alert(1)" not in page and "&lt;script&gt;" in page


def test_files_are_given_under_the_document_s_name(log_in, document):
    browser = log_in("clerk")
    for name, start in (("document.docx", b"PK"), ("figures.xlsx", b"PK")):
        answer = browser.get(f"{document.url}{name}")
        assert answer.content.startswith(start) and "filename*=UTF-8''" in answer["Content-Disposition"]


def test_a_file_may_go_out_without_the_sources_of_its_figures(log_in, document):
    browser = log_in("clerk")
    with_them, without = (
        docx.Document(BytesIO(browser.get(f"{document.url}document.docx{query}").content))
        for query in ("", "?annex=no")
    )
    assert with_them.tables and not without.tables
    said = [paragraph.text for paragraph in without.paragraphs]
    assert not any(line.startswith("附件") for line in said) and said[-1] == day_label(document.dated)


def test_an_enterprise_sees_no_document_and_a_monitor_only_reads(log_in, document):
    assert log_in("enterprise").get("/documents/").status_code == 403
    browser = log_in("monitor")
    assert browser.get(document.url).status_code == 200
    assert "起草和修改" in text_of(browser.post(f"{document.url}refresh/"))
    for path in ("refresh/", "rewrite/", "seal/", "edit/"):
        assert browser.post(f"{document.url}{path}").status_code == 403


def test_an_empty_month_is_reported_once_and_a_month_with_rows_never(log_in):
    browser = log_in("safety_officer")
    assert "报零" in text_of(browser.get("/documents/nil/?year=2026"))
    report = {"ledger": "safety.hazard", "month": "2026-02"}
    assert "已登记" in text_of(browser.post("/documents/nil/", report, follow=True))
    browser.post("/documents/nil/", report)
    assert NilReturn.objects.count() == 1
    refused = browser.post("/documents/nil/", {"ledger": "safety.hazard", "month": "2026-03"}, follow=True)
    assert "不能作零报告" in text_of(refused) and NilReturn.objects.count() == 1


def test_a_nil_return_belongs_to_those_who_keep_the_ledger(log_in):
    answer = log_in("monitor").post("/documents/nil/", {"ledger": "safety.hazard", "month": "2026-02"})
    assert answer.status_code == 403 and not NilReturn.objects.exists()
