"""The editor of a wording in a browser: figures are put in from the palette, sections added, moved, switched off, and
saved; a typed digit comes back with its place and nothing is lost."""

import os
import shutil
from pathlib import Path

import pytest
from browser_server import one_at_a_time

import tonggui.web
from tonggui.base.site import Site
from tonggui.measure.wording import own
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.reports.overload_fines import fines

BUILT = Path(tonggui.web.__file__).parent / "static" / "dist" / "wording.js"
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
    pytest.mark.skipif(not BUILT.exists(), reason="needs the built assets: make setup"),
]
PAGE = "/documents/wording/overload_fines/"
OPEN = "[data-section]:not([hidden])"


@pytest.fixture
def page(live_server, client, settings, tmp_path, monkeypatch):
    """A page of Chromium in which a writer is logged in."""
    # Playwright's own loop runs in this thread; Django would take the test for asynchronous code.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    finish = one_at_a_time(monkeypatch)
    settings.SITE = Site.at(tmp_path)
    unit = ledger("parties.unit").example()
    client.force_login(Account.objects.create_account("cailiao", None, roles=["writer"], unit=unit, name="王示例"))
    session = client.cookies["sessionid"].value
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        found = context.new_page()
        faults = []
        found.on("pageerror", lambda fault: faults.append(str(fault)))
        yield found
        assert faults == []
        browser.close()
        finish()


def save(page, reason: str) -> None:
    page.fill("#reason", reason)
    with page.expect_navigation():
        page.get_by_role("button", name="保存句式").click()


def test_a_writer_words_a_section_and_saves_it(page):
    page.goto(PAGE)
    page.locator("[data-list]").get_by_text("超限案件").click()
    page.locator(f"{OPEN} [data-act=edit]").click()
    text = page.locator(f"{OPEN} textarea")
    text.fill("全县查出。")
    text.evaluate("area => area.setSelectionRange(4, 4)")
    page.fill("[data-find]", "OVR-70N")
    page.locator('#palette [data-code="OVR-70N"]').click()
    page.select_option("[data-how]", "<有")
    page.locator('#palette [data-code="OVR-70N"]').click()
    assert text.input_value() == "<有 OVR-70N>全县查出[[OVR-70N]]。"
    page.locator(f"{OPEN} [data-act=edit]").click()
    page.locator(f"{OPEN} [data-read] .when").get_by_text("有").wait_for()
    page.locator("[data-list]").get_by_text("其他执法案件").click()
    page.locator(f"{OPEN} [data-act=on]").uncheck()
    page.locator("[data-move='-1']").click()
    save(page, "按县里要求改写")
    sections = own.sections_in(own.last_version(fines), fines)
    assert [(each.heading, each.on) for each in sections] == [
        ("", True), ("其他执法案件", False), ("超限案件", True),
    ]  # fmt: skip
    assert sections[2].text == "<有 OVR-70N>全县查出[[OVR-70N]]。"


def test_a_typed_digit_comes_back_with_its_place_and_nothing_is_lost(page):
    page.goto(PAGE)
    page.locator("[data-add]").click()
    page.locator(f"{OPEN} [name=heading]").fill("附注")
    page.locator(f"{OPEN} textarea").fill("共12处。")
    save(page, "加附注")
    assert "“附注”第1行“12”" in page.locator(".message--late:not([hidden])").first.inner_text()
    assert page.locator(f"{OPEN} [name=heading]").input_value() == "附注"
    assert page.locator(f"{OPEN} .error").count() == 1 and own.last_version(fines) is None


def test_nothing_overflows_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(PAGE)
    page.locator("[data-list]").get_by_text("超限案件").click()
    page.locator(f"{OPEN} [data-act=edit]").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
