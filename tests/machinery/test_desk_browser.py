"""The review desk in a browser: keys decide, B takes back before anything leaves, a lost line loses nothing."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from browser_server import one_at_a_time
from django.test import Client

import tonggui.web
from tonggui.base.site import Site
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.run.demo import truck_pictures
from tonggui.stream.media import Media

BUILT = Path(tonggui.web.__file__).parent / "static" / "dist" / "desk.js"
CHROMIUM = shutil.which("chromium")
MACHINE = Actor.system("测试")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
    pytest.mark.skipif(not BUILT.exists(), reason="needs the built assets: make setup"),
]


@pytest.fixture
def page(live_server, settings, tmp_path, monkeypatch):
    """A page of Chromium for an officer with five passes on the desk, the third without a valid scale."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    finish = one_at_a_time(monkeypatch)
    settings.SITE = Site.at(tmp_path)
    media = Media(settings.SITE)
    drawn = {
        "front": truck_pictures.end(rear=False),
        "side": truck_pictures.side("123"),
        "rear": truck_pictures.end(rear=True),
        "plate": truck_pictures.plate("示A00001"),
    }
    listed = [{"kind": kind, "sha256": media.put(content)} for kind, content in drawn.items()]
    for n in range(5):
        ledger("overload.doubtedpass").example(
            record_no=f"D{n}", plate=f"示A0000{n}", media=listed, calibrated=n != 2, passed_at=f"2026-06-01 09:0{n}"
        )
    unit = ledger("parties.unit").query(MACHINE).first() or ledger("parties.unit").example()
    account = Account.objects.create_account("officer", None, roles=["overload_officer"], unit=unit, name="王示例")
    client = Client()
    client.force_login(account)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768}, locale="zh-CN")
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        found = context.new_page()
        faults = []
        found.on("pageerror", lambda fault: faults.append(str(fault)))
        found.goto("/desk/passes/")
        found.wait_for_selector(".desk-actions button")
        yield found
        assert faults == []
        browser.close()
        finish()


def states():
    rows = ledger("overload.doubtedpass").query(MACHINE).order_by("record_no")
    return [row.state for row in rows]


def plate_of(page):
    return page.input_value("#desk-plate")


def told(page, where, words):
    """Wait until a part of the page says so."""
    page.locator(where, has_text=words).wait_for(timeout=20_000)


def eventually(holds):
    """Wait until what is sent behind the page has arrived."""
    for _ in range(1_000):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")


def test_one_pass_fills_the_screen_and_keys_decide(page):
    assert page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == [768, 1366]
    assert plate_of(page) == "示A00000"
    assert page.locator(".desk-proofs").inner_text().count("✓") == 7
    page.keyboard.press("4")
    assert page.get_attribute(".desk-picture img", "alt") == "号牌"
    page.keyboard.press("a")
    assert plate_of(page) == "示A00001"
    assert "几秒后提交" in page.inner_text(".desk-lately")
    page.keyboard.press("b")
    assert plate_of(page) == "示A00000"
    assert states() == ["found"] * 5
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("3")
    assert plate_of(page) == "示A00002"
    # What lacks evidence is not accepted, and the sentence says what to do.
    page.keyboard.press("a")
    assert plate_of(page) == "示A00002"
    assert "请办理“不采用”" in page.inner_text(".desk-notices")
    page.keyboard.press("n")
    assert plate_of(page) == "示A00003"
    page.keyboard.press("?")
    assert "撤销上一个决定" in page.inner_text("dialog[open]")
    page.keyboard.press("Escape")
    told(page, ".desk-lately", "已提交")
    told(page, "#desk-counts", "今日已审 2")
    assert states() == ["reviewed", "rejected", "found", "found", "found"]


def test_a_lost_line_is_told_and_the_decision_kept(page):
    page.route("**/desk/passes/decide/", lambda route: route.abort())
    page.keyboard.press("a")
    told(page, ".desk-notices", "保存在本机")
    assert states() == ["found"] * 5
    kept = page.evaluate("Object.entries(localStorage).find(([name]) => name.startsWith('desk-decisions'))[1]")
    assert [one["label"] for one in json.loads(kept)] == ["初审通过"]
    page.unroute("**/desk/passes/decide/")
    told(page, ".desk-lately", "已提交")
    assert page.locator(".desk-notices .message").count() == 0
    assert states()[0] == "reviewed"


def test_a_plate_is_corrected_beside_its_picture(page):
    page.keyboard.press("e")
    page.keyboard.type("示A00009")
    page.keyboard.press("Enter")
    eventually(lambda: ledger("overload.doubtedpass").query(MACHINE).filter(plate="示A00009").count() == 1)


def test_a_phone_shows_the_parts_below_one_another(page):
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    box = page.locator(".desk-actions .button--primary").bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= 844
    page.locator(".desk-actions .button--primary").click()
    assert plate_of(page) == "示A00001"
    # Who goes elsewhere has decided: what still waits is sent.
    page.goto("/")
    eventually(lambda: states()[0] == "reviewed")
