"""A ledger in a browser: parts change without a reload, the address follows, keys work, nothing overflows."""

import os
import shutil
from pathlib import Path

import pytest
from browser_server import one_at_a_time

import tonggui.web
from tonggui.base.site import Site
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.register.registry import ledger

BUILT = Path(tonggui.web.__file__).parent / "static" / "dist" / "app.js"
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
    pytest.mark.skipif(not BUILT.exists(), reason="needs the built assets: make setup"),
]


@pytest.fixture
def page(live_server, client, settings, tmp_path, monkeypatch):
    """A page of Chromium, logged in as a safety officer and monitor of a bureau with forty hazards."""
    # Playwright's own loop runs in this thread; Django would take the test for asynchronous code.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    finish = one_at_a_time(monkeypatch)
    settings.SITE = Site.at(tmp_path)
    unit = ledger("parties.unit").example()
    firm = ledger("parties.enterprise").example(unit=unit)
    for n in range(40):
        ledger("safety.hazard").example(
            enterprise=firm,
            unit=unit,
            content=f"示例隐患{n}：灭火器压力不足，已过检验有效期",
            grade="major" if n % 4 else "general",
        )
    account = Account.objects.create_account(
        "officer", None, roles=["safety_officer", "monitor"], unit=unit, name="示例员"
    )
    client.force_login(account)
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


def overflows(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_list_in_a_browser(page):
    page.goto("/ledgers/safety.hazard/")
    assert not overflows(page)
    assert page.locator("table[data-rows] tbody tr").count() == 20

    # A condition changes rows, counts and address without a reload.
    page.select_option("select[name=state]", "draft")
    page.wait_for_url("**state=draft**")
    page.fill("input[name=q]", "示例隐患7")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    page.wait_for_function("document.querySelectorAll('table[data-rows] tbody tr').length === 1")
    assert "共 1 条" in page.inner_text("#head .counts")

    # Back is back, and a reload shows the same.
    page.go_back()
    page.wait_for_function("document.querySelectorAll('table[data-rows] tbody tr').length === 20")
    page.reload()
    assert page.locator("table[data-rows] tbody tr").count() == 20
    assert page.input_value("select[name=state]") == "draft"


def test_keys_go_from_row_to_row_and_open_the_side_panel(page):
    page.goto("/ledgers/safety.hazard/?all=1")
    page.focus("table[data-rows] tbody tr:first-child a")
    page.keyboard.press("ArrowDown")
    second = page.inner_text("table[data-rows] tbody tr:nth-child(2) a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ledger-panel")
    assert second in page.inner_text(".ledger-panel")
    assert f"open={second}" in page.url
    page.click("[aria-label=关闭预览]")
    page.wait_for_selector(".ledger-panel", state="detached")


def test_a_phone_shows_rows_and_record_without_scrolling_sideways(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/ledgers/safety.hazard/?all=1")
    assert not overflows(page)
    assert not page.is_visible("select[name=state]")
    page.click("text=更多条件")
    assert page.is_visible("select[name=state]")
    page.click("table[data-rows] tbody tr:first-child td.actions a")
    page.wait_for_selector(".record")
    assert not overflows(page)


def test_a_move_opens_in_place_and_comes_back_with_its_fault(page):
    page.goto("/ledgers/safety.hazard/?all=1")
    page.click("table[data-rows] tbody tr:first-child td.actions a")
    page.click("text=审核通过")
    page.wait_for_selector("form#doing")
    page.click("form#doing .button--primary")
    page.wait_for_selector(".message--success, .message--done")
    page.click(".page-head >> text=下达整改")
    page.wait_for_selector("form#doing")
    page.click("form#doing .button--primary")
    page.wait_for_selector("form#doing .message--late, form#doing .error")


def test_an_area_is_drawn_on_a_map_and_edges_that_cross_are_refused(page):
    page.goto("/ledgers/fleet.watchedarea/new/")
    area = page.locator(".area-map[data-ready]")
    area.wait_for(timeout=60_000)
    said = page.locator(".area-control [role=status]")
    page.fill("#field-name", "示例围栏")
    page.select_option("#field-purpose", "forbidden")
    page.select_option("#field-applies_to", "all")

    for x, y in ((300, 80), (600, 80), (600, 300)):
        area.click(position={"x": x, "y": y})
    area.click(position={"x": 450, "y": 20})
    assert "交叉，没有加上这个点" in said.inner_text()
    area.click(position={"x": 300, "y": 300})
    page.click("button[data-do=undo]")
    assert "已有 3 个点" in said.inner_text()
    area.click(position={"x": 300, "y": 300})
    page.click("button[value=save]")

    page.wait_for_url("**/ledgers/fleet.watchedarea/WL*/")
    (record,) = ledger("fleet.watchedarea").query(Actor.system("test"))
    assert len(record.polygon["coordinates"][0]) == 5
    assert "4 个角点" in page.inner_text("main")
    page.locator(".spot-map[data-ready]").wait_for(timeout=60_000)
