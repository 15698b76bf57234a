"""Everything wrong that can come in: each is told in the reader's words, counted, kept, and throws nobody off."""

import asyncio
import io
import itertools
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import county
import docx
import httpx
import openpyxl
import pytest

from tonggui.base.clock import SECOND, from_micros
from tonggui.protocols.jt808.conformance import RULES, conform
from tonggui.protocols.jt808.terminal import Fix, Fleet, Identity
from tonggui.run.demo import faults
from tonggui.stream.devices import enrol, sign
from tonggui.stream.log import FrameLogReader
from tonggui.stream.quality import Quality
from tonggui.wire.framing import Reason

pytestmark = pytest.mark.journey

BEHAVED, MISBEHAVING, SLOW, CONFORMING, *DRIVEN = county.PHONES
MB = 1 << 20
SERIALS = itertools.count(100, 100)


@pytest.fixture(scope="module")
def platform(shared_platform):
    """A county whose terminals must be registered, with all its processes."""
    data = str(shared_platform.site.data)
    environment = {**os.environ, "TONGGUI_DATA": data}
    subprocess.run([sys.executable, county.__file__], check=True, env=environment, timeout=120)
    shared_platform.start("store")
    shared_platform.run("tasks", "--once", "--data", data)
    for name in ("gateway", "intake", "web"):
        shared_platform.start(name, "--port", "0", "--host", "127.0.0.1")
    shared_platform.start("stream")
    return shared_platform


@pytest.fixture(scope="module")
def admin(platform):
    return county.Browser(platform.site.address("web"), "admin")


def asked(platform, process: str, path: str, port: str = "port") -> dict:
    """What a process says of itself."""
    with urllib.request.urlopen(f"http://127.0.0.1:{platform.site.address(process)[port]}{path}", timeout=10) as answer:
        return json.load(answer)


def refused(platform, reason: Reason) -> int:
    return asked(platform, "gateway", "/status", "status_port")["frames"].get(reason.name.lower(), 0)


def fix(**values) -> Fix:
    return Fix(**{"time": time.time_ns() // 1000, "latitude": 31.2, "longitude": 121.4, "speed_kmh": 40.0, **values})


async def beside_a_behaved_one(platform, misbehave, phone: str = MISBEHAVING) -> None:
    """One terminal reports properly, another calls `misbehave(terminal)` in between; both stay on and are answered."""
    address = platform.site.address("gateway")
    identities = [Identity(BEHAVED.zfill(12)), Identity(phone.zfill(12), edition=2019)]
    async with Fleet("127.0.0.1", address["port"], identities) as fleet:
        behaved, other = fleet.terminals
        for terminal in fleet.terminals:
            # Reports of the same second and serial would be one report sent again.
            terminal.serial = next(SERIALS)
        for terminal in fleet.terminals:
            terminal.report(fix())
        assert await fleet.all_answered(20), fleet.tally.line()
        misbehave(other)
        for terminal in (other, behaved):
            terminal.report(fix(time=time.time_ns() // 1000 + SECOND))
        assert await fleet.all_answered(20), fleet.tally.line()
        assert fleet.tally.events["lines broken"] == 0 and fleet.tally.events["logins"] == 2


@pytest.mark.parametrize(
    ("fault", "reason", "kept"),
    [
        (faults.unknown_message, Reason.UNKNOWN_MESSAGE, b"\x7e\x0f\x7f"),
        (faults.wrong_checksum, Reason.CHECKSUM, b"\x7e\x12\x00"),
        (faults.length_that_lies, Reason.LENGTH, b"\x7e\x02\x00"),
        (faults.another_protocol, Reason.FOREIGN_PROTOCOL, b"GET /status HTTP/1.1\r\n"),
        (faults.secure_hello, Reason.FOREIGN_PROTOCOL, b"\x16\x03\x01"),
    ],
    ids=["unknown message", "wrong checksum", "a length that lies", "HTTP", "TLS"],
)
def test_a_frame_that_cannot_be_used(platform, admin, fault, reason, kept):
    before = refused(platform, reason)
    asyncio.run(beside_a_behaved_one(platform, lambda terminal: fault(terminal, fix())))
    platform.wait_for("it to be counted", lambda: refused(platform, reason) > before)
    newest = (
        f"SELECT log, frame_position FROM bad_frames WHERE reason = {int(reason)} ORDER BY received_at DESC LIMIT 1"
    )
    platform.wait_for("it to be stored", lambda: kept_as(platform, newest, kept))
    assert asked(platform, "stream", "/health")["bad"][reason.name]["label"] == reason.label
    page = admin.text("/status/")
    assert reason.label in page and "怎么办" in page
    ((log, position),) = platform.query(newest)
    assert reason.label in admin.text(f"/frames/{log}/{position}/")


def kept_as(platform, newest: str, begins: bytes) -> bool:
    """Whether the newest such frame is in the log with its bytes."""
    for log, position in platform.query(newest):
        with FrameLogReader(platform.site.frame_logs / log) as reader:
            return reader.frame_at(position).raw.startswith(begins)
    return False


def test_a_terminal_nobody_registered(platform, admin):
    before = refused(platform, Reason.UNKNOWN_TERMINAL)

    async def story():
        address = platform.site.address("gateway")
        async with Fleet("127.0.0.1", address["port"], [faults.STRANGER]) as strangers:
            await beside_a_behaved_one(platform, lambda terminal: None)
            assert strangers.tally.events["registration refused, result 4"] >= 1

    asyncio.run(story())
    assert refused(platform, Reason.UNKNOWN_TERMINAL) > before
    phone = faults.STRANGER.phone.lstrip("0")
    stored = f"SELECT log, frame_position FROM bad_frames WHERE phone = '{phone}' LIMIT 1"
    platform.wait_for("its call to be stored", lambda: platform.query(stored))
    page = admin.text("/status/")
    assert "终端未登记" in page and "请核对终端号，并在“车载终端”台账登记" in page
    ((log, position),) = platform.query(stored)
    assert phone in admin.text(f"/frames/{log}/{position}/")
    assert platform.query(f"SELECT count() FROM positions WHERE phone = '{phone}'") == [(0,)]


@pytest.mark.parametrize(
    ("fault", "mark"),
    [(faults.clock_in_2091, Quality.FUTURE), (faults.nowhere, Quality.NO_PLACE)],
    ids=["a clock in 2091", "fixes at (0, 0)"],
)
def test_a_position_that_cannot_be_true(platform, admin, fault, mark):
    asyncio.run(beside_a_behaved_one(platform, lambda terminal: fault(terminal, fix())))
    told(platform, admin, mark, MISBEHAVING, 1)
    latest = asked(platform, "stream", "/latest?format=json")
    shown = dict(zip(latest["phone"], zip(latest["time"], latest["latitude"], strict=True), strict=True))
    at, latitude = shown[MISBEHAVING]
    assert abs(at / 1000 - time.time()) < 3600 and latitude == pytest.approx(31.2)


def test_a_speed_in_metres_a_second(platform, admin):
    """100 km/h on the ground, 27.8 in the reports: the second fix and all after it are marked, none is left out."""
    start, step_s, driven_kmh = time.time_ns() // 1000 - 60 * SECOND, 10, 100.0
    degrees_a_step = driven_kmh / 3.6 * step_s / 111_195

    def drive(terminal):
        for n in range(6):
            at = fix(time=start + n * step_s * SECOND, latitude=30.9 + n * degrees_a_step, speed_kmh=driven_kmh)
            faults.speed_in_metres_a_second(terminal, at)

    asyncio.run(beside_a_behaved_one(platform, drive, SLOW))
    told(platform, admin, Quality.SPEED_DISAGREES, SLOW, 5)
    driven = f"SELECT count(), countIf(quality = 0) FROM positions WHERE phone = '{SLOW}' AND speed_kmh < 30"
    assert platform.query(driven) == [(6, 1)]


def told(platform, admin, mark: Quality, phone: str, at_least: int) -> None:
    """Wait until positions with the mark are stored, then look where people see it: health, status page, frame."""
    marked = f"SELECT log, frame_position FROM positions WHERE phone = '{phone}' AND bitAnd(quality, {int(mark)}) != 0"
    platform.wait_for("the marked positions", lambda: len(platform.query(marked)) >= at_least)
    platform.wait_for("their count", lambda: mark.label in str(asked(platform, "stream", "/health")["unqualified"]))
    page = admin.text("/status/")
    assert "存疑的定位" in page and mark.label in page
    log, position = platform.query(marked)[0]
    assert phone in admin.text(f"/frames/{log}/{position}/")


@pytest.fixture(scope="module")
def clerk(platform):
    return county.Browser(platform.site.address("web"), "clerk")


IMPORT = "/ledgers/fleet.terminal/import/"


def sheet(clerk, change) -> bytes:
    """The ledger's own template with one row, after `change(cells)`; cells are found by the label of their column."""
    book = openpyxl.load_workbook(io.BytesIO(clerk.client.get(IMPORT + "template.xlsx").content))
    page = book.active
    heads = {str(cell.value).strip("* "): cell for row in page.iter_rows(max_row=10) for cell in row if cell.value}
    row = heads["终端号"].row + 1
    labels = {"终端号": "13911111111", "车辆": "示A00001", "协议版本": "JT/T 808-2019", "安装日期": "2026-03-01"}
    for label, value in labels.items():
        page.cell(row, heads[label].column).value = value
    change(page, heads, row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(clerk, content: bytes) -> httpx.Response:
    return clerk.post(IMPORT, files={"file": ("车载终端.xlsx", content)})


def test_a_sheet_with_a_column_of_another_name(clerk):
    def rename(page, heads, row):
        heads["终端号"].value = "终端号码"

    answer = upload(clerk, sheet(clerk, rename))
    said = county.words(answer)
    assert answer.status_code == 200 and "这个表的列名与台账不同" in said and "终端号码" in said
    assert "待对应列" in clerk.text(IMPORT)
    refused = clerk.post(str(answer.url), act="map")
    assert refused.status_code == 422 and "还没有选择任何一列" in county.words(refused)


def test_a_sheet_with_a_formula(clerk):
    def compute(page, heads, row):
        page.cell(row, heads["终端号"].column).value = "=13911111110+1"

    answer = upload(clerk, sheet(clerk, compute))
    said = county.words(answer)
    assert answer.status_code == 200 and "/import/" in str(answer.url)
    assert "“终端号”是公式。请复制这一列，再“选择性粘贴”为数值。" in said
    confirmed = clerk.post(str(answer.url), act="confirm")
    assert confirmed.status_code == 422 and "一行也没有导入" in county.words(confirmed)
    assert not re.findall(r"ZD\d{6}", clerk.text("/ledgers/fleet.terminal/?q=13911111111"))
    assert re.findall(r"ZD\d{6}", clerk.text(f"/ledgers/fleet.terminal/?q={BEHAVED}"))


def test_a_sheet_that_unpacks_to_300_mb(platform, clerk):
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(clerk, lambda *_: None))) as template,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb,
    ):
        for part in template.namelist():
            head, tail = template.read(part), b""
            if part == "xl/worksheets/sheet1.xml":
                head, tail = head.split(b"</sheetData>")
                tail = b"</t></is></c></row></sheetData>" + tail
                head += b'<row r="99"><c r="A99" t="inlineStr"><is><t>'
            with bomb.open(part, "w", force_zip64=True) as stream:
                stream.write(head)
                for _ in range(300 if tail else 0):
                    stream.write(b"x" * MB)
                stream.write(tail)
    content = packed.getvalue()
    assert len(content) < 3 * MB
    before = most_memory(platform.processes["web"].pid)
    answer = upload(clerk, content)
    assert answer.status_code == 422 and "这个表格展开后太大，无法导入" in county.words(answer)
    assert most_memory(platform.processes["web"].pid) - before < 100 * MB
    assert clerk.client.get("/ledgers/fleet.terminal/").status_code == 200


def most_memory(pid: int) -> int:
    """The most bytes that a process has ever held."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) * 1024


def send_pass(platform, site: str) -> dict:
    """A weighing point sends one pass above the limit, signed; what it is answered."""
    device, now = f"{site}-W1", int(time.time())
    moment, passed_at = str(now), from_micros((now - 5) * SECOND)
    passed = {
        "record_no": f"{site}-{moment}", "site": site, "time": f"{passed_at:%F %T}", "plate": "示A00001",
        "plate_color": "黄色", "axles": 6, "type": "157", "gross_kg": 52_400, "speed_kmh": 62.5,
    }  # fmt: skip
    body = json.dumps([passed], ensure_ascii=False).encode()
    signature = sign(bytes.fromhex(enrol(platform.site, device)), moment, body)
    headers = {"X-Tonggui-Device": device, "X-Tonggui-Time": moment, "X-Tonggui-Signature": signature}
    address = platform.site.address("intake")
    answer = httpx.post(f"http://127.0.0.1:{address['port']}/passes", content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"][0]


def test_a_pass_from_an_uncalibrated_scale(platform, admin):
    sent = {site: send_pass(platform, site) for site in (county.EXPIRED_SCALE, county.GOOD_SCALE)}
    assert [result["status"] for result in sent.values()] == ["stored", "stored"]
    stored = "SELECT site, usable, doubt FROM passes ORDER BY site"
    platform.wait_for("both passes", lambda: len(platform.query(stored)) == 2)
    doubt = "设备检定已于 2025-12-31 到期，不得作为立案依据"
    assert platform.query(stored) == [(county.GOOD_SCALE, 1, ""), (county.EXPIRED_SCALE, 0, doubt)]
    platform.run("tasks", "--once", "--data", str(platform.site.data))
    officer = county.Browser(platform.site.address("web"), "overload_officer")
    ledger = "/ledgers/overload.doubtedpass/"
    numbers = sorted(set(re.findall(r"GC\d{10}", officer.text(ledger))))
    assert len(numbers) == 2
    (doubted,) = [number for number in numbers if doubt in officer.text(f"{ledger}{number}/")]
    (good,) = set(numbers) - {doubted}
    answer = officer.post(f"{ledger}{doubted}/move/review/")
    assert answer.status_code == 422 and "已超过检定有效期，称重数据不能作为执法依据" in county.words(answer)
    answer = officer.post(f"{ledger}{good}/move/review/")
    assert answer.status_code == 422 and "超过检定有效期" not in county.words(answer), "it lacks its pictures alone"
    assert officer.post(f"{ledger}{doubted}/move/reject/", reject_reason="uncalibrated").status_code == 200
    assert "设备检定无效" in officer.text(f"{ledger}{doubted}/")
    assert "52400" in admin.text(f"/frames/weighing-0/{sent[county.EXPIRED_SCALE]['position']}/")


def test_a_summary_of_a_period_without_data(platform, tmp_path):
    out, data = tmp_path / "summary.docx", str(platform.site.data)
    said = platform.run("summary", "--data", data, "--period", "2031H1", "--out", str(out))
    (page,) = re.findall(r"/documents/\d+/", said)
    document = docx.Document(str(out))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "截至填报，2031年上半年未见超限案件登记。" in text and "未见隐患登记" in text
    assert "上线率" not in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert not [cell for cell in cells if "None" in cell or "nan" in cell.lower()]
    writer = county.Browser(platform.site.address("web"), "writer")
    assert "2031年上半年尚未开始，数据只到填报时为止，不是全期结果。" in writer.text(f"{page}?check=1")


def test_simulate_sends_every_fault(platform):
    reasons = [Reason.CHECKSUM, Reason.LENGTH, Reason.UNKNOWN_MESSAGE, Reason.FOREIGN_PROTOCOL, Reason.UNKNOWN_TERMINAL]
    before = {reason: refused(platform, reason) for reason in reasons}
    several = ["--vehicles", str(len(county.PHONES)), "--interval", "2", "--seconds", "6", "--passes-per-minute", "0"]
    started = f"fromUnixTimestamp64Micro({time.time_ns() // 1000})"
    platform.run("simulate", "--data", str(platform.site.data), "--faults", "1", *several)
    platform.wait_for(
        "every fault to be counted", lambda: all(refused(platform, reason) > before[reason] for reason in reasons)
    )
    driven = ", ".join(f"'{phone}'" for phone in county.PHONES)
    marks = f"SELECT groupBitOr(quality) FROM positions WHERE phone IN ({driven}) AND received_at > {started}"
    both = Quality.FUTURE | Quality.NO_PLACE
    platform.wait_for("both marks", lambda: Quality(platform.query(marks)[0][0]) & both == both)


def test_the_gateway_keeps_the_rules_of_jt808(platform):
    said = platform.run("simulate", "--conform", "--data", str(platform.site.data), "--phone", CONFORMING)
    assert f"共 {len(RULES)} 项，通过 {len(RULES)} 项，未通过 0 项" in said
    assert "不认识的消息答复“不支持”（结果 3）（JT/T 808-2013 8.2）" in said


def test_a_server_that_hangs_up_keeps_no_rule():
    async def story():
        server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return [result async for result in conform("127.0.0.1", port, CONFORMING)]

    results = asyncio.run(story())
    assert len(results) == len(RULES) and all(result.broken for result in results)
