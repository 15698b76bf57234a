"""The review desk in Chromium: decisions a minute by keys over fifty passes, beside as many bare requests.

A site with passes and their drawn pictures is made, the web process started, and an officer's keys pressed: A, or R
with a reason, as soon as the next pass stands with its picture. What is pressed leaves some seconds later, as for
anybody. Printed: decisions a minute, the milliseconds from a key to the next picture, requests and bytes a pass, and
the server's milliseconds for a decision. The peer posts as many decisions one after another, without a browser.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.site import running

PASSWORD = "Shili-2026-desk"
CSRF = "X-CSRFToken"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench desk", description=__doc__)
    parser.add_argument("--passes", type=int, default=50)
    options = parser.parse_args(arguments)
    chromium = shutil.which("chromium")
    if chromium is None:
        print("needs Debian's chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TONGGUI_DATA"] = folder
        measure(Path(folder), options.passes, chromium)


def measure(folder: Path, how_many: int, chromium: str) -> None:
    from tonggui.base.site import Site
    from tonggui.run.setup import prepare_ledgers

    site = Site.at(folder)
    prepare_ledgers()
    make_passes(site, 2 * how_many + 8)
    with running("web", site, "--port", "0"):
        address = site.address("web")
        assert address is not None
        base = f"http://{address['host']}:{address['port']}"
        print(f"{'':24}{'a minute':>10}{'median ms':>11}{'worst ms':>10}{'requests':>10}{'bytes':>10}")
        by_keys(base, how_many, chromium)
        by_requests(base, how_many)


def make_passes(site: Any, how_many: int) -> None:
    """Passes with complete evidence and four pictures each, the plate's its own, and an officer."""
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger
    from tonggui.run.demo import truck_pictures
    from tonggui.stream.media import Media

    media = Media(site)
    drawn = {"front": truck_pictures.end(rear=False), "side": truck_pictures.side("123")}
    drawn["rear"] = truck_pictures.end(rear=True)
    shared = [{"kind": kind, "sha256": media.put(content)} for kind, content in drawn.items()]
    unit = ledger("parties.unit").example()
    for n in range(how_many):
        plate = f"示A{n:05}"
        own = {"kind": "plate", "sha256": media.put(truck_pictures.plate(plate))}
        ledger("overload.doubtedpass").example(record_no=f"B{n}", plate=plate, media=[*shared, own])
    Account.objects.create_account("officer", PASSWORD, roles=["overload_officer"], unit=unit, name="示例")


def by_keys(base: str, how_many: int, chromium: str) -> None:
    """Press keys in a browser; a decision counts from its key to the next pass with its picture drawn."""
    from playwright.sync_api import sync_playwright

    asked: list[Any] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(base_url=base, viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page.goto("/login/")
        page.fill("[name=username]", "officer")
        page.fill("[name=password]", PASSWORD)
        page.locator("form button").last.click()
        page.wait_for_load_state()
        page.goto("/desk/passes/")
        page.locator(".desk-picture img").wait_for()
        page.on("requestfinished", lambda request: asked.append(request))
        waits, started = [], time.monotonic()
        for n in range(how_many):
            before, at = page.get_attribute("#desk", "data-pass"), time.monotonic()
            page.keyboard.press("r" if n % 5 == 4 else "a")
            if n % 5 == 4:
                page.keyboard.press("3")
            page.locator(f"#desk:not([data-pass='{before}']):not([data-pass=''])").wait_for(state="attached")
            page.locator(".desk-picture img").evaluate("picture => picture.decode()")
            waits.append((time.monotonic() - at) * 1000)
        took = time.monotonic() - started
        page.locator(".desk-lately", has_text="已提交").wait_for()
        page.locator("#desk-counts", has_text=f"今日已审 {how_many}").wait_for()
        page.wait_for_timeout(6_000)
        sizes = [request.sizes() for request in asked]
        decisions = [one for one in asked if one.url.endswith("/decide/")]
        browser.close()
    size = sum(one["responseBodySize"] + one["requestBodySize"] for one in sizes) / how_many
    row("keys in Chromium", took, waits, how_many, len(asked) / how_many, size)
    served = [one.timing["responseStart"] - one.timing["requestStart"] for one in decisions]
    print(f"  {len(decisions)} requests to decide, the server's median {statistics.median(served):.0f} ms")


def by_requests(base: str, how_many: int) -> None:
    """The peer: the same decisions posted one after another, each with its refill."""
    from http.cookiejar import CookieJar
    from urllib.parse import urlencode
    from urllib.request import HTTPCookieProcessor, Request, build_opener

    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    opener.open(f"{base}/login/").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = {"username": "officer", "password": PASSWORD, "csrfmiddlewaretoken": token}
    opener.open(Request(f"{base}/login/", urlencode(form).encode(), {"Referer": base})).read()
    text = opener.open(f"{base}/desk/passes/").read().decode()
    setup = text.partition('id="desk-setup" type="application/json">')[2].partition("</script>")[0]
    queue = json.loads(setup)["passes"]
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    waits, size, started = [], 0, time.monotonic()
    for _ in range(how_many):
        one = queue.pop(0)
        have = [other["number"] for other in queue]
        body = {"number": one["number"], "version": one["version"], "move": one["accept"]["name"], "have": have}
        head = {"Content-Type": "application/json", CSRF: token, "Referer": base}
        sent = json.dumps(body | {"most": 1}).encode()
        at = time.monotonic()
        got = opener.open(Request(f"{base}/desk/passes/decide/", sent, head)).read()
        waits.append((time.monotonic() - at) * 1000)
        size += len(sent) + len(got)
        queue += json.loads(got)["passes"]
    row("bare requests", time.monotonic() - started, waits, how_many, 1, size / how_many)


def row(name: str, took: float, waits: list[float], how_many: int, requests: float, size: float) -> None:
    figures = f"{60 * how_many / took:>10,.0f}{statistics.median(waits):>11.0f}{max(waits):>10.0f}"
    print(f"{name:24}{figures}{requests:>10.1f}{size:>10,.0f}")
