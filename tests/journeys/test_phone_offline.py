"""A phone without signal, in a real browser over HTTPS: what is entered waits on the phone and arrives once.

The shell opens from the phone alone; an inspection with a photo and a signature, and a hazard that names it, are
entered offline, survive a restart of the page and arrive in their order; a conflict is shown with both versions.
"""

import base64
import hashlib
import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BUILT = Path(__file__).resolve().parents[2] / "src/tonggui/web/static/dist/phone.js"
PASSWORD = "a long example password"
# Targets in sight that are lower than 44 px.
SMALL = """[...document.querySelectorAll('a, button, .choice span, .input')]
    .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML)"""
PHONES = [(390, 844), (360, 640), (1366, 768)]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian package chromium)"),
    pytest.mark.skipif(not BUILT.exists(), reason="the web assets are not built (make setup)"),
]


def write_county() -> None:
    """A bureau with two officers, a firm with a place, and a hazard of it that waits to be fixed."""
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    from tonggui.register.actor import Actor, acting
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    with acting(Actor.system("示例")):
        unit = ledger("parties.unit").example()
        firm = ledger("parties.enterprise").example(name="示例运输公司", unit=unit, place="120.651, 31.121")
        hazard = ledger("safety.hazard").example(enterprise=firm, grade="general", found_on="2026-11-01")
    officer, other = (
        Account.objects.create_account(name, PASSWORD, roles=["safety_officer"], unit=unit, name=name).actor
        for name in ("officer", "other")
    )
    hazards = ledger("safety.hazard")
    hazard = hazards.perform(hazard, "approve", other)
    hazards.perform(hazard, "order", officer, "", {"notice_no": "示例〔2026〕1号", "due_on": "2099-12-31"})


CHANGE = """
from tonggui.register.models import Account
from tonggui.register.registry import ledger
other = Account.objects.get(username="other").actor
hazards = ledger("safety.hazard")
hazards.change(hazards.query(other).get(number="YH202600001"), other, {"responsible": "李示例"}, why="补填")
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A site with the county written once; each test begins with a copy of it."""
    data = tmp_path_factory.mktemp("county")
    subprocess.run([sys.executable, __file__], env={**os.environ, "TONGGUI_DATA": str(data)}, check=True)
    return data


@pytest.fixture
def web(platform, county):
    """The pages over HTTPS with the site's own certificate."""
    shutil.copytree(county, platform.site.data, dirs_exist_ok=True)
    platform.start("web", "--port", "0", "--https-port", "0")
    return platform


@pytest.fixture
def browser(web):
    """Chromium that trusts the site's certificate as a phone does once it is put on it."""
    from playwright.sync_api import sync_playwright

    pages = x509.load_pem_x509_certificate((web.site.authority.parent / "pages.pem").read_bytes())
    key = pages.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(key).digest()).decode()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", f"--ignore-certificate-errors-spki-list={pin}"]
        )


class Phone:
    """One phone of one officer."""

    def __init__(self, browser, web) -> None:
        self.base = f"https://127.0.0.1:{web.site.address('web')['https_port']}"
        here = {"longitude": 120.65, "latitude": 31.12, "accuracy": 15}
        self.context = browser.new_context(
            viewport={"width": 390, "height": 844},
            locale="zh-CN",
            has_touch=True,
            geolocation=here,
            permissions=["geolocation"],
        )
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def log_in(self) -> None:
        self.page.goto(f"{self.base}/login/?next=/m/")
        self.page.fill("#username", "officer")
        self.page.fill("#password", PASSWORD)
        self.page.click("button.button--primary")
        self.page.wait_for_selector(".row")
        self.page.evaluate("navigator.serviceWorker.ready")
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")

    def open(self, hash_: str) -> None:
        self.page.goto(f"{self.base}/m/{hash_}")
        self.page.reload()

    def offline(self, is_so: bool) -> None:
        self.context.set_offline(is_so)

    def inspect(self, photo: Path) -> None:
        """An inspection, as it is entered with one thumb."""
        page = self.page
        page.click(".bar a:has-text('上报')")
        page.click(".tile:has-text('安全检查')")
        page.click("a.big")
        page.click("[data-field=kind] .choice >> nth=0")
        page.click("[data-field=domain] .choice >> nth=0")
        page.click("text=定位到这里")
        page.wait_for_selector("text=误差约 15 米")
        page.click("[data-field=enterprise] .option:has-text('示例运输公司')")
        for name, value in (("subject", "示例客运站"), ("staff", "4"), ("vehicles", "1"), ("hazards_found", "1")):
            page.fill(f"#f-{name}", value)
        page.fill("#f-inspectors", "孙示例、李示例")
        page.set_input_files("[data-field=photos] input[capture]", photo)
        page.wait_for_selector("[data-field=photos] .photo img")
        self.sign("检查人员签名")
        page.click("form [type=submit]")
        page.wait_for_selector(".state:has-text('待上传')")

    def sign(self, label: str) -> None:
        self.page.click(f"button:has-text('{label}')")
        box = self.page.locator(".sign-canvas").bounding_box()
        self.page.mouse.move(box["x"] + 40, box["y"] + 60)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 200, box["y"] + 120)
        self.page.mouse.up()
        self.page.click(".sign button:has-text('确定')")
        self.page.wait_for_selector(".photos--sign img")


@pytest.fixture
def phone(browser, web):
    phone = Phone(browser, web)
    phone.log_in()
    yield phone
    assert phone.faults == []


@pytest.fixture
def photo(tmp_path):
    """A picture larger than any that is sent: 2400 × 1800, plain."""
    row = b"\0" + b"\x33\x66\x99" * 2400
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 2400, 1800, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(row * 1800))]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (*chunks, (b"IEND", b""))
    )
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def rows(web, statement):
    with sqlite3.connect(web.site.ledgers_database) as base:
        return base.execute(statement).fetchall()


def test_what_is_entered_without_signal_arrives_once(web, phone, photo):
    page = phone.page
    phone.offline(True)
    phone.inspect(photo)
    page.click("button:has-text('登记隐患')")
    page.click("[data-field=grade] .choice >> nth=0")
    page.fill("#f-content", "示例隐患：指示灯损坏")
    page.click("form [type=submit]")
    page.wait_for_selector(".state:has-text('待上传')")

    phone.open("#/queue")
    page.wait_for_selector("text=没有信号，待上传 2 条")
    assert page.locator(".row:has-text('待上传')").count() == 2
    assert rows(web, "select count(*) from safety_inspection") == [(0,)]

    phone.offline(False)
    page.wait_for_selector(".row:has-text('已上传') >> nth=1", timeout=60_000)
    assert rows(web, "select state from safety_inspection") == [("submitted",)]
    found = rows(web, "select inspection_id, content from safety_hazard where content like '示例隐患%'")
    assert found == [(1, "示例隐患：指示灯损坏")]
    kept = rows(web, "select kind, taken from register_attachment order by kind")
    assert [kind for kind, _ in kept] == ["jpg", "png"] and '"at"' in kept[0][1]

    phone.open("#/queue")
    page.wait_for_selector(".row:has-text('已上传')")
    assert rows(web, "select count(*) from web_received") == [(2,)]


def test_a_conflict_is_shown_with_both_versions_and_sent_again(web, phone):
    page = phone.page
    phone.open("#/record/safety.hazard/YH202600001")
    page.wait_for_selector("a:has-text('提交整改')")
    phone.offline(True)
    page.click("a:has-text('提交整改')")
    page.set_input_files("[data-field=photos] input:not([capture])", BUILT.parents[5] / "docs/images/live-map.png")
    page.wait_for_selector("[data-field=photos] .photo img")
    page.click("form [type=submit]")
    page.wait_for_selector(".state:has-text('待上传')")
    web.run("manage", "shell", "--verbosity", "0", "--command", CHANGE)
    phone.offline(False)
    page.wait_for_selector("text=这条记录已被别人改动", timeout=60_000)
    assert "李示例" in page.inner_text(".side:has-text('现在')") and "李示例" not in page.inner_text(".side >> nth=0")
    page.click("a:has-text('改后重传')")
    page.click("form [type=submit]")
    page.wait_for_selector(".state:has-text('已上传')", timeout=60_000)
    assert rows(web, "select state from safety_hazard") == [("fixed",)]


def test_the_queue_outlives_the_login_and_belongs_to_its_account(web, phone, photo):
    page = phone.page
    phone.offline(True)
    phone.inspect(photo)
    phone.context.clear_cookies()
    phone.offline(False)
    page.wait_for_selector("text=登录已过期，待上传 1 条，内容仍在本机", timeout=60_000)
    page.click(".banner a")
    page.fill("#username", "other")
    page.fill("#password", PASSWORD)
    page.click("button.button--primary")
    page.wait_for_selector(".top-unit:has-text('other')")
    phone.open("#/me")
    page.wait_for_selector("text=其他帐号填写的 1 条待上传")
    assert rows(web, "select count(*) from safety_inspection") == [(0,)]
    page.click("text=退出登录")
    page.wait_for_url("**/login/**")
    page.fill("#username", "officer")
    page.fill("#password", PASSWORD)
    page.click("button.button--primary")
    web.wait_for("the inspection", lambda: rows(web, "select count(*) from safety_inspection") == [(1,)])


def test_every_page_fits_its_screen_and_every_target_a_thumb(phone):
    page = phone.page
    for width, height in PHONES:
        page.set_viewport_size({"width": width, "height": height})
        for hash_ in ("#/todo", "#/report", "#/ledger/safety.hazard", "#/new/safety.inspection", "#/near", "#/me"):
            phone.open(hash_)
            page.wait_for_selector(".page > *")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, hash_)
            assert page.evaluate(SMALL) == [], (width, hash_)


if __name__ == "__main__":
    write_county()
