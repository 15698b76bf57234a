"""The workbench in a browser: two writers in one text, figures that are not typed, drafts that survive a lost line."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from browser_server import one_at_a_time

import tonggui.web
from tonggui.base.site import Site
from tonggui.measure import documents
from tonggui.measure.models import Document
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

BUILT = Path(tonggui.web.__file__).parent / "static" / "dist" / "workbench.js"
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
    pytest.mark.skipif(not BUILT.exists(), reason="needs the built assets: make setup"),
]
TEXT = "# 安全生产\n\n今年发现隐患[[HAZ-01]]，整改率[[HAZ-04]]。\n\n各单位履职尽责。"
MACHINE = Actor.system("测试")
FIRST, LAST = ".official-text p:nth-of-type(1)", ".official-text p:nth-of-type(2)"


@pytest.fixture
def document(db) -> Document:
    found = {"found_on": date(2026, 3, 1), "due_on": date(2026, 4, 1), "state": "ordered"}
    ledger("safety.hazard").example(**found)
    ledger("safety.hazard").example(**found | {"state": "closed", "closed_on": date(2026, 3, 20)})
    made = documents.draft(
        half_year, Period.parse("2026H1"), Actor.system("测试"), "示例县交通运输局", date(2026, 7, 5)
    )
    documents.edit(made, TEXT)
    return made


@pytest.fixture
def pages(live_server, document, settings, tmp_path, monkeypatch):
    """The document open in the browsers of two writers."""
    # Playwright's own loop runs in this thread; Django would take the test for asynchronous code.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    finish = one_at_a_time(monkeypatch)
    settings.SITE = Site.at(tmp_path)
    from django.test import Client
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = []
        for name in ("甲", "乙"):
            client = Client()
            client.force_login(Account.objects.create_account(f"w-{name}", None, roles=["writer"], name=f"示例{name}"))
            context = browser.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768})
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
            context.set_default_timeout(90_000)
            page = context.new_page()
            page.on("pageerror", lambda fault: faults.append(str(fault)))
            page.goto(document.url)
            page.wait_for_selector(".official-text a.figure")
            opened.append(page)
        yield opened
        assert faults == []
        browser.close()
        finish()


def write_at_end(page, paragraph: str, words: str) -> None:
    page.click(paragraph, position={"x": 2, "y": 10})
    page.keyboard.press("End")
    page.keyboard.insert_text(words)


def saved(page) -> None:
    page.wait_for_selector(".workbench-state[data-state=saved]")


def text_now(document: Document) -> str:
    return Document.objects.get(pk=document.pk).text


def test_two_write_at_once_and_each_sees_both(pages, document):
    jia, yi = pages
    write_at_end(jia, LAST, "甲补一句。")
    write_at_end(yi, FIRST, "乙补一句。")
    for page in pages:
        page.wait_for_selector(".official-text:has-text('甲补一句')")
        page.wait_for_selector(".official-text:has-text('乙补一句')")
        saved(page)
    assert "各单位履职尽责。甲补一句。" in text_now(document)
    assert "[[HAZ-04]]。乙补一句。" in text_now(document)
    jia.wait_for_selector(".workbench-person >> text=示例乙")
    # The cursor of each is still behind the words of its own.
    yi.keyboard.insert_text("还在这里。")
    saved(yi)
    assert "乙补一句。还在这里。" in yi.inner_text(FIRST)


def test_the_same_words_changed_by_both_wait_for_a_choice(pages, document):
    jia, yi = pages
    yi.context.set_offline(True)
    write_at_end(yi, LAST, "，乙这样写")
    yi.wait_for_selector(".workbench-state[data-state=away]")
    write_at_end(jia, LAST, "，甲那样写")
    saved(jia)
    yi.context.set_offline(False)
    yi.click("[data-shows=check-pane]")
    yi.wait_for_selector(".check-variant")
    yi.click(".check-variant button[value=both]")
    yi.wait_for_selector(".check-variant", state="detached")
    assert "甲那样写" in text_now(document) and "乙这样写" in text_now(document)


def test_what_was_written_offline_is_sent_after_a_reload(pages, document):
    page, _ = pages
    page.route("**/save/", lambda route: route.abort())
    write_at_end(page, LAST, "断网时写的。")
    page.wait_for_selector(".workbench-state[data-state=away]")
    page.unroute("**/save/")
    page.reload()
    page.wait_for_selector(".official-text:has-text('断网时写的')")
    saved(page)
    assert "断网时写的。" in text_now(document)


def test_a_chip_shows_its_sentence_and_a_typed_number_asks_for_its_source(pages, document):
    page, _ = pages
    page.click(".official-text a.figure >> nth=1")
    page.wait_for_selector(".source-value")
    assert page.locator(".source-tab").count() == 2
    assert "/figures/" in page.url

    write_at_end(page, LAST, "另有17处")
    page.wait_for_selector(".typed-digit")
    page.click(".source-asks button")
    page.fill("[name=words]", "17处")
    page.click("dialog button[type=submit]")
    page.wait_for_selector("dialog .error:not(:empty)")
    page.fill("[name=source]", "示例县统计月报.docx")
    page.click("dialog button[type=submit]")
    page.wait_for_selector(".figure--typed")
    saved(page)
    assert "[[HAND-01]]" in text_now(document)

    page.keyboard.press("Control+k")
    page.fill(".workbench-dialog input", "HAZ-02")
    page.keyboard.press("Enter")
    page.wait_for_selector(".official-text a[data-key=HAZ-02]")
    page.keyboard.press("Control+z")
    page.wait_for_selector(".official-text a[data-key=HAZ-02]", state="detached")


def test_a_phone_reads_and_shows_sources_in_a_sheet(pages):
    page, _ = pages
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.wait_for_selector(".official-text a.figure")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.click(".official-text a.figure >> nth=0")
    page.wait_for_selector(".workbench-side.is-up .source-value")
