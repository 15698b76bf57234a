"""One truck from its axle loads to the closed case, the monthly bulletin and the half-year summary."""

import hashlib
import json
import os
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from docx import Document
from overload_story import PASSED_AT, PLATE, POINT

from tonggui.run.demo.picture import stripes
from tonggui.stream.devices import enrol, sign

pytestmark = pytest.mark.journey

AXLES = [6_400, 9_300, 9_300, 9_200, 9_200, 9_000]
RECORD_NO = "SL000120260506091200001"
EXCESS_KG, FINE = 3_400, "1500.00"


def story(platform, what: str) -> str:
    """What the people of the story do, in a process of their own on this site."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("overload_story.py")), what],
        capture_output=True,
        text=True,
        env={**os.environ, "TONGGUI_DATA": str(platform.site.data)},
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def send(platform, method: str, path: str, body: bytes) -> tuple[int, dict]:
    """A request as the point's device signs it."""
    device, moment = f"{POINT}-W1", str(int(time.time()))
    signature = sign(bytes.fromhex(enrol(platform.site, device)), moment, body)
    headers = {"X-Tonggui-Device": device, "X-Tonggui-Time": moment, "X-Tonggui-Signature": signature}
    address = platform.site.address("intake")
    connection = HTTPConnection(address["host"], address["port"], timeout=30)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or b"{}")


def text_of(path: Path) -> str:
    """The words of a .docx: its paragraphs, then the cells of its tables."""
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_one_truck_from_its_axles_to_the_summary(platform, tmp_path):
    story(platform, "people")
    for name, *options in (("store",), ("stream",), ("intake", "--port", "0")):
        platform.start(name, *options)
    errands = ("tasks", "--once", "--data", str(platform.site.data))
    platform.run(*errands)

    # The device sends its pictures and the pass, the pass twice.
    pictures = {kind: stripes(size) for kind, size in (("front", 96), ("rear", 128), ("plate", 64))}
    for content in pictures.values():
        assert send(platform, "PUT", f"/media/{hashlib.sha256(content).hexdigest()}", content)[0] == 201
    item = {
        "record_no": RECORD_NO, "site": POINT, "lane": "1", "time": PASSED_AT.isoformat(), "plate": PLATE, "axles": 6,
        "type": "157", "axle_kg": AXLES, "gross_kg": sum(AXLES), "speed_kmh": 41.0, "plate_color": "黄色",
        "media": [
            {"kind": kind, "sha256": hashlib.sha256(content).hexdigest()} for kind, content in pictures.items()
        ],
    }  # fmt: skip
    body = json.dumps([item], ensure_ascii=False).encode()
    assert [send(platform, "POST", "/passes", body)[1]["results"][0]["status"] for _ in "12"] == ["stored", "duplicate"]

    # Judged by the stream as by the command, stored once, and brought to the desk.
    counted = "SELECT count() FROM passes FINAL"
    platform.wait_for("the pass in the store", lambda: platform.query(counted)[0][0] == 1)
    assert platform.query("SELECT excess_kg, fine_yuan FROM passes FINAL") == [(EXCESS_KG, float(FINE))]
    platform.run(*errands)

    # Reviewed by two, filed, unloaded and weighed again, told, decided, served, paid, closed, copied home.
    told = json.loads(story(platform, "case"))
    assert (told["state"], told["fine"]) == ("copied", FINE)
    assert float(told["unloaded_t"]) == (sum(AXLES) - 48_600) / 1000
    assert told["checks"] and told["evidence"][0]["log"].startswith("weighing-")

    # The bulletin of its month and the summary of its half-year tell of it, by words and by records.
    data = str(platform.site.data)
    bulletin, summary, figures = (tmp_path / name for name in ("bulletin.docx", "summary.docx", "figures.xlsx"))
    platform.run("bulletin", "--data", data, "--month", "2026-05", "--out", str(bulletin))
    platform.run("summary", "--data", data, "--period", "2026H1", "--out", str(summary), "--figures", str(figures))
    told_of_may = text_of(bulletin)
    assert "检测货车1辆次" in told_of_may and "超限1辆次" in told_of_may
    assert "立案1宗，决定罚款0.15万元，卸载货物3.8吨" in told_of_may
    assert "查处超限超载车辆1台" in text_of(summary)
