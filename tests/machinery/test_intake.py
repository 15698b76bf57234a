"""The intake: what it answers as stored is in the log, once, whoever sends it and whatever ends the process."""

import argparse
import asyncio
import contextlib
import json
import os
import subprocess
import sys
import threading
import time

import httpx
import pytest
from weighing_passes import PASS, RECEIVED

from tonggui.base.clock import SECOND
from tonggui.base.site import Site
from tonggui.protocols.weighing import PASSES
from tonggui.protocols.weighing.files import array_items
from tonggui.run.commands.intake import import_file, run
from tonggui.run.demo.weighings import send, send_passes
from tonggui.run.weighing import SOURCE, WEIGHING
from tonggui.run.weighing_import import open_log
from tonggui.stream.devices import WINDOW_SECONDS, Devices, enrol, sign
from tonggui.stream.intake import MOST_BYTES, MOST_RECORDS, Intake
from tonggui.stream.log import FrameLogReader
from tonggui.stream.media import Media
from tonggui.wire.framing import Reason


@pytest.fixture
def site(tmp_path):
    return Site.at(tmp_path / "site")


class Point:
    """A weighing point's device: signs and posts as the documents say."""

    def __init__(self, app, site, device="SL0001-W1"):
        self.app, self.device, self.key = app, device, bytes.fromhex(enrol(site, device))
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://intake")

    def signed(self, body: bytes, at: float | None = None) -> dict[str, str]:
        moment = str(int(self.app.now() if at is None else at))
        signature = sign(self.key, moment, body)
        return {"X-Tonggui-Device": self.device, "X-Tonggui-Time": moment, "X-Tonggui-Signature": signature}

    async def sends(self, items, **changes):
        body = items if isinstance(items, bytes) else json.dumps(items, ensure_ascii=False).encode()
        return await self.client.post("/passes", content=body, headers=self.signed(body) | changes)

    def send(self, items, **changes):
        return asyncio.run(self.sends(items, **changes))


@pytest.fixture
def intake(site):
    app = Intake(open_log(site), Devices(site), Media(site), array_items, now=lambda: RECEIVED / SECOND)
    yield app
    app.log.close()


@pytest.fixture
def point(intake, site):
    return Point(intake, site)


def logged(site):
    with FrameLogReader(site.frame_logs / "weighing-0") as log:
        return log.read(0)[0]


def test_what_is_answered_as_stored_is_in_the_log(point, site):
    answer = point.send([PASS, PASS | {"record_no": "2", "gross_kg": None}]).json()
    assert (answer["stored"], answer["refused"]) == (1, 1)
    assert answer["results"][1]["errors"] == ["缺少“车货总质量”（gross_kg）。"]
    frames = logged(site)
    assert frames.reason.tolist() == [Reason.OK, Reason.BAD_BODY]
    assert frames.position.tolist() == [result["position"] for result in answer["results"]]
    rows = WEIGHING.decode(frames)
    assert rows["record_no"].tolist() == [PASS["record_no"]] and rows["device"].tolist() == ["SL0001-W1"]
    assert rows["frame_position"].tolist() == frames.position[:1].tolist() and rows["received_at"].tolist() == [
        RECEIVED
    ]


def test_the_source_gives_the_columns_of_its_table(point, site):
    point.send([PASS])
    read = SOURCE.read(logged(site))
    assert SOURCE.table is PASSES and set(read.rows) - {"frame"} == set(PASSES.stored) - {"log", "frame_position"}
    assert read.reason.tolist() == [Reason.OK] and read.rows["frame"].tolist() == [0]


def test_a_record_sent_again_is_one_also_after_a_restart(point, site, intake):
    assert point.send([PASS, PASS]).json()["duplicate"] == 1
    assert point.send([PASS]).json()["results"][0]["status"] == "duplicate"
    intake.log.close()
    (site.stream_state / "weighing-0.sqlite3").unlink()
    intake.log = open_log(site)
    assert point.send([PASS]).json()["results"][0]["message"] == "已有，未重复存入"
    assert len(logged(site)) == 1


def test_a_record_written_otherwise_is_the_same(point, site):
    point.send([PASS])
    other = json.dumps(dict(reversed(PASS.items())), indent=1).encode()
    assert point.send(other).json()["results"][0]["status"] == "duplicate" and len(logged(site)) == 1


def test_an_index_of_an_earlier_edition_is_made_anew(point, site, intake):
    point.send([PASS])
    intake.log.index.executescript("UPDATE records SET digest = x'00'; PRAGMA user_version = 1")
    intake.log.close()
    intake.log = open_log(site)
    assert point.send([PASS]).json()["results"][0]["status"] == "duplicate"


def test_what_no_database_keeps_is_refused_and_logged(point, site):
    for number, change in enumerate([{"direction": "\ud800"}, {"direction": "a\0b"}, {"photos": ["\udfff.jpg"]}]):
        body = json.dumps([PASS | {"record_no": f"N{number}"} | change]).encode()
        [result] = point.send(body).json()["results"]
        assert result["status"] == "refused" and "残缺字符" in result["errors"][0]
    [result] = point.send(json.dumps([PASS | {"plate": "\ud800"}]).encode()).json()["results"]
    assert "不是车牌号" in result["errors"][0]
    inside = {"direction": "\ud800", "media": [{"data": "!"}]}
    assert point.send(json.dumps([PASS | inside]).encode()).json()["refused"] == 1
    assert len(WEIGHING.decode(logged(site))["record_no"]) == 0 and len(logged(site)) == 5


def test_another_content_under_a_known_number_is_refused_and_kept(point, site):
    point.send([PASS])
    result = point.send([PASS | {"gross_kg": 40_000}]).json()["results"][0]
    assert result["status"] == "refused" and "内容不同" in result["errors"][0]
    assert logged(site).reason.tolist() == [Reason.OK, Reason.BAD_BODY]


def test_requests_at_once_are_each_answered_with_their_own(point, intake):
    async def together():
        return await asyncio.gather(*(point.sends([PASS | {"record_no": f"R{n}"}]) for n in range(20)))

    answers = [answer.json()["results"][0] for answer in asyncio.run(together())]
    assert [answer["record"] for answer in answers] == [f"SL0001/R{n}" for n in range(20)]
    assert intake.counts["records_stored"] == 20 and len({answer["position"] for answer in answers}) == 20


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"X-Tonggui-Signature": "00"}, "签名不符"),
        ({"X-Tonggui-Device": "nobody"}, "设备未登记：nobody"),
        ({"X-Tonggui-Device": "../weighing-SL0001-W1"}, "设备未登记"),
        ({"X-Tonggui-Time": "soon"}, "应为自 1970 年起的秒数"),
        ({"X-Tonggui-Time": str(RECEIVED // SECOND + 1)}, "签名不符"),
    ],
)
def test_an_unsigned_request_stores_nothing(point, site, changes, words):
    answer = point.send([PASS], **changes)
    assert answer.status_code == 401 and words in answer.json()["error"]
    assert len(logged(site)) == 0


def test_an_old_request_is_refused(point):
    body = json.dumps([PASS]).encode()
    old = point.signed(body, at=RECEIVED / SECOND - WINDOW_SECONDS - 1)
    answer = point.send(body, **old)
    assert answer.status_code == 401 and "校准设备时钟" in answer.json()["error"]


def test_a_point_registered_with_another_device_is_refused(point, site):
    points = {"points": [{"code": "SL0001", "device": "SL0001-W2", "calibrated_to": "2026-12-31"}]}
    (site.fleet / "weighing_points.json").write_text(json.dumps(points))
    assert "登记的设备是 SL0001-W2" in point.send([PASS]).json()["results"][0]["errors"][0]


def test_a_body_that_cannot_be_read_is_refused_in_words(point):
    assert "JSON" in point.send(b"GET / HTTP/1.1").json()["error"]
    assert "UTF-8" in point.send(b"\xff\xfe").json()["error"]
    assert point.send(b"[" + b"1," * MOST_RECORDS + b"1]").status_code == 413
    assert point.send(b" " * (MOST_BYTES + 1)).status_code == 413
    asked = asyncio.run(point.client.get("/passes"))
    assert asked.status_code == 405 and asyncio.run(point.client.get("/nothing")).status_code == 404
    assert asyncio.run(point.client.get("/health")).json()["refused_413"] == 2


def test_a_failing_disk_is_answered_as_such_and_nothing_counts(point, site, monkeypatch):
    def full(file):
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", full)
        answer = point.send([PASS])
        assert answer.status_code == 503 and "稍后原样重发" in answer.json()["error"]
    assert point.send([PASS]).json()["results"][0]["status"] == "stored"
    assert len(logged(site)) == 1


def test_a_file_is_brought_in_once(site, tmp_path, capsys):
    file = tmp_path / "p.jsonl"
    file.write_text(json.dumps(PASS) + "\nnonsense\n")
    assert import_file(site, file) == 1
    shown = capsys.readouterr()
    assert "已存 1 条" in shown.out and "第 2 行：应为一个 JSON 对象。" in shown.err
    assert import_file(site, file) == 1
    assert "已存 0 条，已有，未重复存入 1 条" in capsys.readouterr().out


@contextlib.contextmanager
def serving(site):
    """The intake as a process of its own, reachable; ended with the block, if it has not ended before."""
    (site.folder("run") / "intake.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "tonggui.run.cli", "intake", "--data", str(site.data), "--host", "127.0.0.1"]
    process = subprocess.Popen([*command, "--port", "0"])
    try:
        deadline = time.monotonic() + 30
        while site.address("intake") is None and time.monotonic() < deadline:
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def test_a_file_goes_through_the_running_intake(site, tmp_path, capsys):
    file = tmp_path / "p.jsonl"
    file.write_text(json.dumps(PASS) + "\nnonsense\n")
    with serving(site):
        assert import_file(site, file) == 1
        assert import_file(site, file) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("已存 1 条") and shown[1].startswith("已存 0 条，已有，未重复存入 1 条")
    assert logged(site).reason.tolist() == [Reason.OK, Reason.BAD_BODY, Reason.BAD_BODY]


def test_the_running_intake_takes_files_out_of_the_drop_folder(site):
    drop = site.folder("drop")
    with serving(site):
        (drop / "p.jsonl").write_text(json.dumps(PASS) + "\n")
        (drop / "p.jsonl.done").touch()
        deadline = time.monotonic() + 30
        while not (drop / "done" / "p.jsonl").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert [path.name for path in (drop / "done").iterdir()] == ["p.jsonl"] and len(logged(site)) == 1


def test_a_drop_folder_that_is_not_there_is_told(site, tmp_path, capsys):
    options = argparse.Namespace(data=site.data, drop=tmp_path / "nowhere", enrol=None, file=None, fetch_again=False)
    assert run(options) == 1
    assert "没有这个文件夹" in capsys.readouterr().err


def test_what_was_answered_survives_a_kill(site):
    """Killed while a device sends without pause: every answered pass is in the log once, also when it is sent again."""
    answered = []
    for round_number in range(3):
        with serving(site) as process:
            threading.Timer(0.3, process.kill).start()
            number = 0
            while send(site, "SL0001-W1", [PASS | {"record_no": f"K{round_number}-{number}"}]):
                answered.append(f"K{round_number}-{number}")
                number += 1
    with serving(site):
        assert all(send(site, "SL0001-W1", [PASS | {"record_no": record_no}]) for record_no in answered)
    stored, position = [], 0
    with FrameLogReader(site.frame_logs / "weighing-0") as log:
        while len((read := log.read(position))[0]):
            frames, position = read
            stored += WEIGHING.decode(frames)["record_no"].tolist()
    assert len(answered) >= 3 and set(answered) <= set(stored) and len(stored) == len(set(stored))


def test_the_demos_trucks_arrive_as_passes_of_registered_points(site):
    points = [
        {"code": code, "device": f"{code}-W1", "lanes": 2, "calibrated_to": "2099-12-31"} for code in ("SL1", "SL2")
    ]
    (site.fleet / "weighing_points.json").write_text(json.dumps({"points": points}))

    async def for_a_while():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(send_passes(site, per_minute=3_000, seed=1), 1)

    with serving(site):
        asyncio.run(for_a_while())
    rows = WEIGHING.decode(logged(site))
    assert len(rows["record_no"]) > 5 and set(rows["site"]) <= {"SL1", "SL2"} and rows["usable"].all()
    assert all(plate == "" or plate.startswith("示") for plate in rows["plate"])
