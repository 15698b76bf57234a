"""The live map in a real browser, fed by the stream's own HTTP face: vehicles appear, move, are found and open a card.

Every request that the browser makes is watched: none may leave the machine, and nothing may be logged as an error.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import uvicorn

from tonggui.base.clock import SECOND
from tonggui.base.site import Site
from tonggui.stream.feed import Feed, _as_stream
from tonggui.stream.feed_server import FeedApp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BUILT = Path(__file__).resolve().parents[2] / "src/tonggui/web/static/dist/live.js"
VEHICLES = 2500
PASSWORD = "a long example password"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian package chromium)"),
    pytest.mark.skipif(not BUILT.exists(), reason="the web assets are not built (make setup)"),
]

MAKE_ACCOUNT = f"""
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.register.actor import Actor, acting
with acting(Actor.system("示例")):
    vehicle = ledger("fleet.vehicle").example(plate="示A00007")
Account.objects.create_account("example", "{PASSWORD}", roles=["monitor"], unit=vehicle.unit, name="示例监控员")
"""


class Fleet:
    """Vehicles on a circle round the middle of the base map, shown by a feed as the stream process shows them."""

    def __init__(self, feed):
        self.feed = feed
        self.angle = np.linspace(0, 2 * np.pi, VEHICLES, endpoint=False)
        self.phones = [f"139{number:08d}" for number in range(VEHICLES)]
        self.plates = [f"示A{number:05d}" for number in range(VEHICLES)]

    def columns(self):
        return {
            "phone": self.phones,
            "vehicle": self.plates,
            "latitude": (31.229 + 0.03 * np.sin(self.angle)).round(6),
            "longitude": (121.48 + 0.04 * np.cos(self.angle)).round(6),
            "speed_kmh": np.full(VEHICLES, 42.0, np.float32),
            "direction": np.full(VEHICLES, 90, np.uint16),
            "alarm": np.zeros(VEHICLES, np.uint32),
        }

    def publish(self):
        """One tick: everything moves a little, the latest table is made anew, listeners are told."""
        self.angle += 0.01
        now = int(time.time())
        columns = self.columns()
        instants = pa.array(np.full(VEHICLES, now * SECOND)).view(pa.timestamp("us", "UTC"))
        self.feed.latest = _as_stream(pa.table({**columns, "time": instants, "received_at": instants}))
        lists = {
            name: list(column) if name in ("phone", "vehicle") else column.tolist() for name, column in columns.items()
        }
        event = {"tick": 1, "at": now * 1000, "positions": {**lists, "time": [now] * VEHICLES}, "alarms": []}
        for listener in self.feed._listeners:
            listener.tell(json.dumps(event, ensure_ascii=False).encode())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with one account and one vehicle, a feed that ticks four times a second, and the pages over it."""
    site = Site.at(tmp_path_factory.mktemp("site"))
    environment = {**os.environ, "TONGGUI_DATA": str(site.data)}
    manage = [sys.executable, "-m", "tonggui.run.cli", "manage"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)
    subprocess.run([*manage, "shell", "--verbosity", "0", "--command", MAKE_ACCOUNT], env=environment, check=True)

    feed = Feed()
    fleet = Fleet(feed)
    fleet.publish()
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(FeedApp(feed), lifespan="off", log_level="error"))
    serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    serving.start()
    site.announce("stream", host="127.0.0.1", port=listener.getsockname()[1])
    stopped = threading.Event()

    def tick():
        while not stopped.wait(0.25):
            fleet.publish()

    ticking = threading.Thread(target=tick, daemon=True)
    ticking.start()
    web = [sys.executable, "-m", "tonggui.run.cli", "web", "--data", str(site.data), "--port", "0"]
    process = subprocess.Popen(web, env=environment)
    try:
        yield wait_for_pages(site)
    finally:
        stopped.set()
        server.should_exit = True
        process.terminate()
        assert process.wait(15) is not None


def wait_for_pages(site, seconds=60):
    """The address of the pages once they answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (address := site.address("web")) is not None:
            base = f"http://127.0.0.1:{address['port']}"
            try:
                urllib.request.urlopen(f"{base}/login/", timeout=5).close()
                return base
            except OSError:
                pass
        time.sleep(0.2)
    raise AssertionError("the pages did not come up")


@pytest.fixture
def page(site):
    """A browser page, logged in; at its end nothing was asked of another machine and nothing was logged as an error."""
    from playwright.sync_api import sync_playwright

    outside, errors = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--use-gl=swiftshader", "--enable-webgl", "--ignore-gpu-blocklist"],
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page.on("request", lambda r: outside.append(r.url) if not r.url.startswith((site, "data:", "blob:")) else None)
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{site}/login/")
        page.fill("#username", "example")
        page.fill("#password", PASSWORD)
        page.click("button.button--primary")
        page.wait_for_url(f"{site}/")
        yield page
        browser.close()
    assert outside == []
    assert errors == []


def test_thousands_of_vehicles_move_on_the_map(site, page):
    page.goto(f"{site}/map/")
    page.wait_for_selector(f"#map[data-vehicles='{VEHICLES}']", timeout=60_000)
    assert page.inner_text("[data-count='moving']") == str(VEHICLES)
    page.add_style_tag(content=".map-legend, .map-bar { visibility: hidden }")
    moving, later = picture(page), picture(page)
    assert moving != later
    page.evaluate("document.querySelector('[data-state=moving]').click()")
    without, still_without = picture(page), picture(page)
    assert without == still_without != later


def picture(page):
    """The map after the next message of the feed has been drawn."""
    page.wait_for_timeout(1500)
    return page.locator("#map canvas").screenshot()


def test_a_vehicle_is_found_by_its_plate_and_opens_its_card(site, page):
    page.goto(f"{site}/map/")
    page.wait_for_selector("#map[data-vehicles]", timeout=60_000)
    page.fill("#map-q", "00007")
    page.click("#map-found li:has-text('示A00007')")
    page.wait_for_selector("#map-card h2:has-text('示A00007')")
    assert "42.0 km/h" in page.inner_text("#map-card")
    assert page.get_attribute("#map-card a.button--primary", "href").startswith("/map/track/?plate=")
    page.click("#map-card a:has-text('档案')")
    page.wait_for_selector("h1:has-text('示A00007')")


def test_the_map_says_whose_roads_it_shows_and_keeps_its_place_in_the_address(site, page):
    page.goto(f"{site}/map/#at=14/31.23/121.48")
    page.wait_for_selector(".maplibregl-ctrl-attrib:has-text('© OpenStreetMap contributors')", timeout=60_000)
    page.evaluate("document.querySelector('#map').view.jumpTo({center: [121.49, 31.24], zoom: 13})")
    page.wait_for_url("**#at=13/31.24/121.49")
    roads = "document.querySelector('#map').view.queryRenderedFeatures({layers: ['roads']}).length"
    for _ in range(50):
        if page.evaluate(roads) > 50:
            break
        page.wait_for_timeout(200)
    assert page.evaluate(roads) > 50


def test_display_modes_reach_the_next_page_without_a_flash(site, page):
    page.click("details.drop:has([data-display]) summary")
    page.check("[data-display='skin:dark']")
    page.check("[data-display='text:large']")
    assert page.get_attribute("html", "data-skin") == "dark"
    page.goto(f"{site}/alarms/")
    assert page.get_attribute("html", "data-skin") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_opens_the_menu_and_nothing_scrolls_sideways(site, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/")
    assert not page.is_visible("#menu")
    page.click("#menu-toggle")
    assert page.is_visible("#menu a:has-text('实时监控')")
    page.keyboard.press("Escape")
    assert not page.is_visible("#menu")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
