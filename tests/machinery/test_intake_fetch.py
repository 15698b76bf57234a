"""Pictures by address: only allowed hosts are asked, failures are told and tried again, the hash is recorded."""

import hashlib
import http.server
import socket
import threading

import pytest

from tonggui.base import allowed_hosts
from tonggui.base.allowed_hosts import Allowed, NotAllowed
from tonggui.base.clock import SECOND
from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.stream import intake_fetch
from tonggui.stream.intake_fetch import fetch, fetch_due
from tonggui.stream.media import Media
from tonggui.stream.references import PAUSES_SECONDS, Reference, References, State

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500)
SHA = hashlib.sha256(JPEG).hexdigest()


class Camera(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kinds = {"/a.jpg": (200, JPEG), "/page": (200, b"<html>" + bytes(50)), "/away": (302, b"")}
        status, body = kinds.get(self.path, (404, b""))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/a.jpg")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def camera():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def site(tmp_path):
    return Site.at(tmp_path / "site")


class Store:
    """What the store would answer: the passes of one log with a position from the one asked for."""

    def __init__(self, *rows):
        self.rows, self.result_rows = rows, []

    def query(self, statement, parameters=None):
        found = Store()
        found.result_rows = (
            [row for row in self.rows if row[3] >= parameters["position"]] if parameters else [("weighing-0",)]
        )
        return found


def test_what_lies_at_an_allowed_address_is_kept_under_its_hash(camera, site):
    assert fetch(f"http://127.0.0.1:{camera}/a.jpg", Allowed.read("127.0.0.0/8"), Media(site)) == SHA
    assert Media(site).path(SHA).read_bytes() == JPEG


@pytest.mark.parametrize(("path", "words"), [("missing", "404"), ("away", "302"), ("page", "不是 JPEG")])
def test_what_is_no_picture_is_told_in_words(camera, site, path, words):
    with pytest.raises(Problem, match=words):
        fetch(f"http://127.0.0.1:{camera}/{path}", Allowed.read("127.0.0.1"), Media(site))


@pytest.mark.parametrize("href", ["http://[abc/1.jpg", "http://[abc]/1.jpg"])
def test_what_is_no_address_is_told_in_words(site, href):
    with pytest.raises(Problem, match="不是可用的地址"):
        fetch(href, Allowed.read("127.0.0.0/8"), Media(site))


def test_an_address_that_does_not_answer_is_a_problem(site):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Problem, match="取不到：ConnectionRefusedError"):
        fetch(f"http://127.0.0.1:{port}/a.jpg", Allowed.read("127.0.0.0/8"), Media(site))


LEADS_TO = {
    "img.example.cn": "93.184.216.34",
    "inside.example.cn": "10.20.1.5",
    "here.example.cn": "127.0.0.1",
    "mapped.example.cn": "::ffff:127.0.0.1",
    "meta.example.cn": "169.254.169.254",
}


@pytest.mark.parametrize(
    ("href", "allowed", "leads"),
    [
        ("http://img.example.cn/a.jpg", "img.example.cn", ("93.184.216.34", 80)),
        ("https://IMG.example.cn./a.jpg", "无，img.example.cn", ("93.184.216.34", 443)),
        ("http://img.example.cn:8080/a.jpg", "img.example.cn:8080", ("93.184.216.34", 8080)),
        ("http://inside.example.cn/a.jpg", "10.20.0.0/16", ("10.20.1.5", 80)),
        ("http://img.example.cn:22/", "img.example.cn", None),
        ("http://img.example.cn:99999/", "img.example.cn", None),
        ("http://img.example.cn/a.jpg", "无", None),
        ("http://img.example.cn/a.jpg", "example.cn", None),
        ("http://inside.example.cn/a.jpg", "inside.example.cn", None),
        ("http://here.example.cn/a.jpg", "here.example.cn", None),
        ("http://mapped.example.cn/a.jpg", "mapped.example.cn", None),
        ("http://meta.example.cn/a.jpg", "meta.example.cn", None),
        ("http://img.example.cn@here.example.cn/a.jpg", "img.example.cn", None),
    ],
)
def test_only_allowed_hosts_are_asked(monkeypatch, href, allowed, leads):
    def looked_up(host, port, **_):
        return [(0, 0, 0, "", (LEADS_TO[host], port))]

    monkeypatch.setattr(allowed_hosts.socket, "getaddrinfo", looked_up)
    url = intake_fetch.urlsplit(href)
    if leads:
        assert Allowed.read(allowed).address(url) == leads
    else:
        with pytest.raises(NotAllowed):
            Allowed.read(allowed).address(url)


@pytest.mark.parametrize(
    ("written", "unread"),
    [
        ("无", ()),
        ("", ()),
        ("img.example.cn，10.20.0.0/16 nvr.example.cn:8080；fd00::/8、10.1.1.9:81", ()),
        ("img.example.cn，http://nvr.example.cn/a", ("第 2 项“http://nvr.example.cn/a”",)),
        ("10.20.0.0/33，img..example.cn，示例", ("第 1 项“10.20.0.0/33”", "第 2 项“img..example.cn”", "第 3 项“示例”")),
        ("img.example.cn:99999，10.300.1.1", ("第 1 项“img.example.cn:99999”", "第 2 项“10.300.1.1”")),
    ],
)
def test_an_entry_that_is_neither_host_nor_network_is_told_with_its_place(written, unread):
    assert Allowed.read(written).unread == unread
    if unread:
        with pytest.raises(Problem, match="既不是主机名，也不是网段"):
            allowed_hosts.checked(written)
    else:
        allowed_hosts.checked(written)


def test_the_hash_of_what_was_fetched_is_recorded_with_the_pass(camera, site):
    base = f"http://127.0.0.1:{camera}"
    media = f'[{{"kind": "front", "href": "{base}/a.jpg"}}, {{"href": "{base}/missing"}}, {{"href": "front.jpg"}}]'
    store = Store(("SL1", "R1", media, 7))
    assert fetch_due(site, store, "127.0.0.0/8") == 1 and fetch_due(site, store, "127.0.0.0/8") == 0
    references = References(site)
    assert references.read_to("weighing-0") == 8
    assert references.counts() == {State.WAITING: 1, State.FETCHED: 1, State.GIVEN_UP: 0}
    assert references.faults() == [("对方答复 404。", 1)]
    assert references.resolved("SL1/R1", intake_fetch.json.loads(media)) == [
        {"kind": "front", "href": f"{base}/a.jpg", "sha256": SHA},
        {"href": f"{base}/missing", "fault": "对方答复 404。"},
        {"href": "front.jpg"},
    ]
    assert references.resolved("SL1/R2", [{"sha256": SHA}]) == [{"sha256": SHA}]


def test_an_address_not_allowed_waits_without_losing_its_tries(camera, site):
    store = Store(("SL1", "R1", f'[{{"href": "http://127.0.0.1:{camera}/a.jpg"}}]', 7))
    assert fetch_due(site, store, "无") == 0
    [one] = References(site).of("SL1/R1").values()
    assert (one.state, one.tries) == (State.WAITING, 0) and "不在允许取用的地址之列" in one.fault


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(site):
    references = References(site)
    assert references.note([("SL1/R1", "http://x/1")] * 2, "weighing-0", 1, now=0) == 1
    at = 0
    for pause in PAUSES_SECONDS:
        [one] = references.due(at, 10)
        references.failed(one, "对方答复 500。", at)
        assert references.due(at + (pause - 1) * SECOND, 10) == []
        at += pause * SECOND
    references.failed(*references.due(at, 10), "对方答复 500。", at)
    assert references.due(at * 100, 10) == [] and references.counts()[State.GIVEN_UP] == 1
    assert references.of("SL1/R1")["http://x/1"] == Reference(
        "SL1/R1", "http://x/1", State.GIVEN_UP, "", len(PAUSES_SECONDS) + 1, "对方答复 500。"
    )
    assert references.again() == 1 and [one.tries for one in references.due(at, 10)] == [0]
