"""The walk from a byte to a number, as a newcomer takes it: one command, a browser, and every step by a click.

The demo county is started as `make demo` starts it, only smaller; the browser is the machine's Chromium.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from tonggui.base.site import Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian package chromium)"),
]


class County:
    """`tonggui up --demo` on ports of its own, and what it said."""

    def __init__(self, data, vehicles: int) -> None:
        self.site = Site.at(data)
        self.port, terminals, weighing = (_free_port() for _ in range(3))
        ports = ["--port", str(self.port), "--terminal-port", str(terminals), "--weighing-port", str(weighing)]
        self.command = [sys.executable, "-m", "tonggui.run.cli", "up", "--demo", "--vehicles", str(vehicles)]
        self.command += ["--data", str(data), *ports]
        self.said = ""
        self.start()

    def start(self) -> None:
        """Start and read along until it says that it is ready."""
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        self.said = "".join(lines)
        assert "is ready" in self.said, self.said

    def stop(self) -> list[psutil.Process]:
        """Press Ctrl-C; the processes that are still there afterwards."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        os.kill(self.process.pid, signal.SIGINT)
        self.process.wait(60)
        return [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]

    def login(self, name: str) -> tuple[str, str]:
        """Name and password as they were shown."""
        return name, re.search(rf"{name}\s+(\S+)$", self.said, re.MULTILINE)[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    county = County(tmp_path_factory.mktemp("county") / "site", vehicles=60)
    yield county
    if county.process.poll() is None:
        county.stop()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--enable-unsafe-swiftshader"])
        yield browser
        browser.close()


@pytest.fixture
def page(county, browser):
    """A page of a fresh visitor; requests that leave the machine, and errors of the page, fail the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=county.address)
    page, strangers, errors = context.new_page(), [], []
    page.on("request", lambda r: r.url.startswith((county.address, "data:", "blob:")) or strangers.append(r.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert (strangers, errors) == ([], [])


def enter(page, county: County, name: str) -> None:
    login, password = county.login(name)
    page.goto("/login/")
    page.fill("[name=username]", login)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{county.address}/")


def until(page, true, seconds: float) -> None:
    """Wait, looking once a second; what is waited for comes with the traffic, not with a click."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        page.wait_for_timeout(1000)


def test_one_login_a_role_is_shown(county):
    from tonggui.register.roles import ROLES

    assert all(title in county.said for title in ROLES.values())


def test_vehicles_move_on_the_map(page, county):
    enter(page, county, "jiankong")
    page.goto("/map/")
    moving = page.locator("[data-count=moving]")
    until(page, lambda: (moving.text_content() or "").isdigit() and int(moving.text_content()) > 10, seconds=60)
    before = page.locator("#map").screenshot()
    page.wait_for_timeout(16_000)
    assert int(moving.text_content()) > 10
    assert page.locator("#map").screenshot() != before


def test_from_a_figure_of_the_summary_to_the_bytes(page, county):
    enter(page, county, "cailiao")
    page.goto("/documents/")
    page.get_by_role("button", name="起草").click()
    page.wait_for_url(re.compile(r"/documents/\d+/"))
    page.get_by_role("link", name=re.compile(r"^\d+宗$")).first.click()
    page.wait_for_url(re.compile(r"/figures/\d+/"))
    assert page.get_by_text("OVR-07").first.is_visible()
    page.locator("a[href*='/ledgers/overload.case/CX']").first.click()
    page.wait_for_url(re.compile(r"/ledgers/overload.case/CX"))
    page.locator("a[href*='/ledgers/overload.doubtedpass/GC']").first.click()
    page.wait_for_url(re.compile(r"/ledgers/overload.doubtedpass/GC"))
    page.locator("a[href^='/frames/']").first.click()
    page.wait_for_url(re.compile(r"/frames/weighing-demo/\d+/"))
    assert page.get_by_text("称重过车数据").first.is_visible()
    assert page.get_by_text("gross_kg").first.is_visible()


def test_from_an_alarm_to_the_frame_explained(page, county):
    enter(page, county, "jiankong")
    records = page.locator("a[href*='/ledgers/fleet.alarm/BJ']")

    def some_alarm() -> bool:
        page.goto("/ledgers/fleet.alarm/")
        return records.count() > 0

    until(page, some_alarm, seconds=240)
    records.first.click()
    page.wait_for_url(re.compile(r"/ledgers/fleet.alarm/BJ"))
    page.locator("a[href^='/frames/jt808']").first.click()
    page.wait_for_url(re.compile(r"/frames/jt808"))
    for title in ("位置信息汇报", "纬度", "校验码"):
        assert page.get_by_text(title).first.is_visible()


def test_a_process_that_falls_is_started_again(page, county):
    fallen = county.site.address("stream")["pid"]
    os.kill(fallen, signal.SIGKILL)
    until(page, lambda: county.site.address("stream")["pid"] != fallen, seconds=60)
    line = next(line for line in county.process.stdout if "stream" in line)
    assert line.startswith("stream ended with -9")
    assert "starting it again" in line


def test_ctrl_c_leaves_nothing_running_and_a_second_start_is_quick(county):
    assert county.stop() == []
    assert county.process.returncode == 0
    county.start()
    assert "logins were shown" in county.said
    assert "making the demo county" not in county.said
