"""Pictures at the intake: uploaded, carried inside a pass, named before they come; refused in words."""

import asyncio
import base64
import hashlib
import json
import os

import httpx
import pytest
from weighing_passes import PASS, RECEIVED

from tonggui.base.clock import SECOND
from tonggui.base.site import Site
from tonggui.protocols.weighing.files import array_items
from tonggui.run.weighing import WEIGHING
from tonggui.run.weighing_import import open_log
from tonggui.stream import media as kept
from tonggui.stream.devices import Devices, enrol, sign
from tonggui.stream.intake import Intake
from tonggui.stream.log import FrameLogReader
from tonggui.stream.media import Media
from tonggui.wire.framing import Reason

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 4
SHA = hashlib.sha256(JPEG).hexdigest()


@pytest.fixture
def site(tmp_path):
    return Site.at(tmp_path / "site")


@pytest.fixture
def intake(site):
    app = Intake(open_log(site), Devices(site), Media(site), array_items, now=lambda: RECEIVED / SECOND)
    yield app
    app.log.close()


@pytest.fixture
def ask(intake, site):
    """A request of a device, signed as the documents say."""
    key = bytes.fromhex(enrol(site, "SL0001-W1"))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=intake), base_url="http://intake")

    def asked(method, path, body, **headers):
        moment = str(RECEIVED // SECOND)
        signed = {"X-Tonggui-Device": "SL0001-W1", "X-Tonggui-Time": moment}
        signed |= {"X-Tonggui-Signature": sign(key, moment, body)} | headers
        return asyncio.run(client.request(method, path, content=body, headers=signed))

    return asked


@pytest.fixture
def send(ask):
    return lambda *items: ask("POST", "/passes", json.dumps(items, ensure_ascii=False).encode()).json()["results"]


def logged(site):
    with FrameLogReader(site.frame_logs / "weighing-0") as log:
        return log.read(0)[0]


def test_a_picture_is_stored_once_under_its_hash(ask, site, intake):
    first = ask("PUT", f"/media/{SHA}", JPEG)
    assert first.status_code == 201 and first.json() == {"sha256": SHA, "status": "stored", "message": "已存"}
    assert Media(site).path(SHA).read_bytes() == JPEG
    again = ask("PUT", f"/media/{SHA.upper()}", JPEG)
    assert again.status_code == 200 and again.json()["message"] == "已有，未重复存入"
    assert intake.counts["media_stored"] == intake.counts["media_duplicate"] == 1


@pytest.mark.parametrize(
    ("path", "body", "headers", "status", "words"),
    [
        ("0" * 64, JPEG, {}, 400, "不一致"),
        ("short", JPEG, {}, 400, "64 位十六进制数"),
        ("../secrets", JPEG, {}, 404, "没有这个地址"),
        (hashlib.sha256(b"GIF89a" * 20).hexdigest(), b"GIF89a" * 20, {}, 415, "不是 JPEG"),
        (hashlib.sha256(b"").hexdigest(), b"", {}, 415, "不是 JPEG"),
        (SHA, JPEG, {"X-Tonggui-Signature": "00"}, 401, "签名不符"),
        (SHA, JPEG, {"X-Tonggui-Signature": "签名".encode()}, 401, "签名不符"),
        (SHA, JPEG, {"X-Tonggui-Device": "nobody"}, 401, "设备未登记"),
        (SHA, JPEG, {"X-Tonggui-Time": "1"}, 401, "校准设备时钟"),
        (SHA, JPEG, {"Content-Length": str(1 << 30)}, 413, "超过 128 MB"),
    ],
)
def test_an_upload_is_refused_in_words(ask, site, path, body, headers, status, words):
    answer = ask("PUT", f"/media/{path}", body, **headers)
    assert answer.status_code == status and words in answer.json()["error"]
    assert not list(Media(site).every()) and not list(Media(site).parts.iterdir())


def test_a_picture_too_large_is_refused(ask, site, monkeypatch):
    monkeypatch.setattr(kept, "MOST_PICTURE_BYTES", 1000)
    answer = ask("PUT", f"/media/{SHA}", JPEG)
    assert answer.status_code == 413 and not list(Media(site).every())


def test_a_failing_disk_is_answered_as_such(ask, site, monkeypatch):
    def full(file):
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", full)
        answer = ask("PUT", f"/media/{SHA}", JPEG)
        assert answer.status_code == 503 and "稍后原样重发" in answer.json()["error"]
    assert ask("PUT", f"/media/{SHA}", JPEG).status_code == 201


def test_other_methods_are_refused(ask):
    assert ask("GET", f"/media/{SHA}", b"").status_code == 405


def test_a_pass_may_come_before_its_pictures_or_after_them(ask, send):
    named = PASS | {"media": [{"kind": "front", "sha256": SHA}, {"kind": "rear", "sha256": "a" * 64}]}
    assert send(named)[0]["missing_media"] == [SHA, "a" * 64]
    ask("PUT", f"/media/{SHA}", JPEG)
    assert send(named)[0] | {"index": 0} == {
        "index": 0,
        "record": f"SL0001/{PASS['record_no']}",
        "status": "duplicate",
        "message": "已有，未重复存入",
        "missing_media": ["a" * 64],
    }
    assert "missing_media" not in send(PASS | {"record_no": "2", "media": [{"sha256": SHA}]})[0]


def test_media_are_rows_of_the_store_in_one_form(send, site):
    send(
        PASS | {"record_no": "1", "direction": "上行", "plate_rear": "示A0002挂", "photos": ["http://192.0.2.1/a.jpg"]},
        PASS
        | {"record_no": "2", "media": [{"kind": "side", "sha256": SHA.upper(), "taken_at": "2026-05-01 08:30:00"}]},
        PASS | {"record_no": "3"},
    )
    rows = WEIGHING.decode(logged(site))
    assert [json.loads(listed) for listed in rows["media"]] == [
        [{"href": "http://192.0.2.1/a.jpg"}],
        [{"kind": "side", "sha256": SHA, "taken_at": "2026-05-01 08:30:00"}],
        [],
    ]
    assert rows["direction"].tolist() == ["上行", "", ""] and rows["plate_rear"].tolist() == ["示A0002挂", "", ""]


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ("front.jpg", "“影像”应为不多于 20 项的列表"),
        ([{"sha256": SHA}] * 21, "应为不多于 20 项的列表"),
        ([{"kind": "top", "sha256": SHA}], "不认识的种类：“top”。可用：front、side"),
        ([{"kind": "front"}], "每项应有 sha256 或 href 之一"),
        ([{"sha256": SHA, "href": "x"}], "每项应有 sha256 或 href 之一"),
        ([{"sha256": "12"}], "sha256 应为 64 位十六进制数"),
        ([{"data": "!!"}], "“影像”内容不是 base64"),
        ([{"data": 3}], "“影像”data 应为 base64 文字"),
        ([{"data": base64.b64encode(b"GIF89a" * 20).decode()}], "不是 JPEG"),
    ],
)
def test_media_that_cannot_be_are_refused(send, site, media, words):
    result = send(PASS | {"media": media})[0]
    assert result["status"] == "refused" and any(words in error for error in result["errors"])
    assert logged(site).reason.tolist() == [Reason.BAD_BODY]


@pytest.mark.parametrize("head", ["", "data:image/jpeg;base64,"])
def test_a_picture_inside_a_pass_is_kept_and_its_hash_logged(send, site, head):
    inside = PASS | {"media": [{"kind": "front", "data": head + base64.b64encode(JPEG).decode()}]}
    assert send(inside, PASS | {"record_no": "2"})[0]["status"] == "stored"
    assert Media(site).path(SHA).read_bytes() == JPEG
    frames = logged(site)
    text = WEIGHING.unframe(frames.raw[: frames.end[0]].tobytes())[0]
    assert json.loads(text) == PASS | {"media": [{"kind": "front", "sha256": SHA}]}
    assert send(inside)[0]["status"] == "duplicate" and "data" not in text


def test_a_picture_inside_a_vendors_item_is_kept_too(send, site):
    item = {
        "recordId": "7", "stationId": "SL0001", "passTime": "20260501083000", "axleCount": 6, "grossWeight": 52400,
        "imgFront": base64.b64encode(JPEG).decode(), "imgRear": "http://192.0.2.1/r.jpg",
    }  # fmt: skip
    assert send(item)[0]["status"] == "stored" and Media(site).path(SHA)
    assert json.loads(WEIGHING.decode(logged(site))["media"][0]) == [
        {"kind": "front", "sha256": SHA},
        {"kind": "rear", "href": "http://192.0.2.1/r.jpg"},
    ]
