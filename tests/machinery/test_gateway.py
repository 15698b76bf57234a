"""The gateway: who is let in, what is answered, and that nothing is answered that is not stored."""

import asyncio
import errno
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import asynccontextmanager

import pytest
import uvloop

from tonggui.protocols.jt808.conduct import Conduct
from tonggui.protocols.jt808.frame import FRAMING
from tonggui.stream import gateway as gateway_module
from tonggui.stream.admission import Everyone, Registered
from tonggui.stream.gateway import Gateway
from tonggui.stream.gateway_status import serve_status
from tonggui.stream.log import FrameLogReader, FrameLogWriter
from tonggui.wire.framing import Reason
from tonggui.wire.intake import SPOILT_LIMIT, PlainIntake

PHONE, OTHER = "013800138000", "013800138001"


def frame(message_id, body=b"", phone=PHONE, serial=1):
    """A frame of the edition of 2013."""
    head = message_id.to_bytes(2, "big") + len(body).to_bytes(2, "big") + bytes.fromhex(phone)
    return FRAMING.frame(head + serial.to_bytes(2, "big") + body)


def newer(message_id, body=b"", phone=PHONE, serial=1):
    """A frame of the edition of 2019."""
    head = message_id.to_bytes(2, "big") + (len(body) | 0x4000).to_bytes(2, "big") + b"\x01"
    return FRAMING.frame(head + bytes.fromhex(phone.zfill(20)) + serial.to_bytes(2, "big") + body)


class Terminal:
    """A socket that speaks frames."""

    def __init__(self, reader, writer):
        self.reader, self.writer, self.rest = reader, writer, b""
        self.heard = []

    @classmethod
    async def at(cls, port):
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    def send(self, *frames):
        self.writer.write(b"".join(frames))

    async def answers(self, count=1):
        """The next answers as (message id, body)."""
        while len(self.heard) < count:
            data = await asyncio.wait_for(self.reader.read(65536), 5)
            assert data, "the gateway closed the connection"
            pieces, self.rest = FRAMING.split_reference(self.rest + data)
            for piece in pieces:
                clean = FRAMING.unframe(piece.raw)
                self.heard.append((int.from_bytes(clean[:2], "big"), clean[FRAMING.head(clean).body_start :]))
        found, self.heard = self.heard[:count], self.heard[count:]
        return found

    async def ask(self, raw):
        self.send(raw)
        return (await self.answers())[0]

    async def is_closed(self):
        return await asyncio.wait_for(self.reader.read(), 5) == b""


def logged(folder):
    """Everything in a log as (reason, raw)."""
    found, position = [], 0
    with FrameLogReader(folder) as reader:
        while True:
            frames, position = reader.read(position, 64 << 20)
            if not len(frames):
                return found
            raw = frames.raw.tobytes()
            rows = zip(frames.reason, frames.start, frames.end, strict=True)
            found += [(Reason(reason), raw[start:end]) for reason, start, end in rows]


@pytest.fixture(params=["compiled", "plain"])
def serve(request, tmp_path, monkeypatch):
    """Run a story against a gateway: `serve(story, admission)` calls `story(gateway, port)` on its loop."""
    if request.param == "plain":
        monkeypatch.setattr(gateway_module, "intake", lambda *args: PlainIntake(*args, SPOILT_LIMIT))

    @asynccontextmanager
    async def running(admission, **options):
        with FrameLogWriter(tmp_path / "log") as writer:
            gateway = Gateway(Conduct(b"secret of the test"), admission, writer, **options)
            port = gateway.start("127.0.0.1", 0)
            yield gateway, port
            await gateway.stop()

    def run(story, admission=None, **options):
        async def whole():
            async with running(admission or Everyone(), **options) as (gateway, port):
                await story(gateway, port)

        uvloop.run(asyncio.wait_for(whole(), 30))
        return logged(tmp_path / "log")

    return run


@pytest.fixture
def fleet(tmp_path):
    """The snapshot of a fleet of one terminal, and how to write another."""
    path = tmp_path / "terminals.json"

    def write(*phones, **more):
        path.write_text(json.dumps({"version": 1, "terminals": [{"phone": phone, **more} for phone in phones]}))
        return Registered(path)

    return write


def test_a_report_is_logged_and_answered_with_its_serial(serve):
    async def story(gateway, port):
        terminal = await Terminal.at(port)
        assert await terminal.ask(frame(0x0200, bytes(28), serial=77)) == (0x8001, bytes.fromhex("004d020000"))
        assert await terminal.ask(newer(0x0200, bytes(28), serial=78)) == (0x8001, bytes.fromhex("004e020000"))

    assert serve(story) == [
        (Reason.OK, frame(0x0200, bytes(28), serial=77)),
        (Reason.OK, newer(0x0200, bytes(28), serial=78)),
    ]


def test_frames_in_pieces_back_to_back_and_in_parts_are_each_answered(serve):
    part = FRAMING.frame(bytes.fromhex("08012003") + bytes.fromhex(PHONE) + b"\0\x09" + b"\0\2\0\1" + b"abc")

    async def story(gateway, port):
        terminal = await Terminal.at(port)
        stream = frame(0x0002, serial=1) + frame(0x0002, serial=2)[1:] + part
        for at in range(0, len(stream), 7):
            terminal.send(stream[at : at + 7])
            await asyncio.sleep(0.001)
        assert [body[:4].hex() for _, body in await terminal.answers(3)] == ["00010002", "00020002", "00090801"]

    assert len(serve(story)) == 3


def test_a_terminal_registers_authenticates_and_only_then_reports(serve, fleet):
    async def story(gateway, port):
        terminal = await Terminal.at(port)
        assert await terminal.ask(frame(0x0200, bytes(28))) == (0x8001, bytes.fromhex("0001020001"))
        answer, body = await terminal.ask(frame(0x0100, bytes(37), serial=2))
        assert answer == 0x8100 and body[:3] == b"\0\2\0"
        code = body[3:]
        assert await terminal.ask(frame(0x0102, b"guess", serial=3)) == (0x8001, bytes.fromhex("0003010201"))
        assert await terminal.ask(frame(0x0102, code, serial=4)) == (0x8001, bytes.fromhex("0004010200"))
        assert await terminal.ask(frame(0x0200, bytes(28), serial=5)) == (0x8001, bytes.fromhex("0005020000"))
        assert await terminal.ask(frame(0x0200, bytes(28), OTHER, 6)) == (0x8001, bytes.fromhex("0006020001"))
        again = await Terminal.at(port)
        with_length = bytes((len(code),)) + code + bytes(35)
        assert await again.ask(newer(0x0102, with_length)) == (0x8001, bytes.fromhex("0001010200"))
        assert await terminal.is_closed()
        assert gateway.status()["events"]["同一终端重新登录"] == 1
        assert [identity for identity, _ in gateway.sessions] == [PHONE.lstrip("0")]

    reasons = [reason for reason, _ in serve(story, fleet(PHONE))]
    assert reasons == [
        Reason.NOT_AUTHENTICATED,
        Reason.OK,
        Reason.NOT_AUTHENTICATED,
        Reason.OK,
        Reason.OK,
        Reason.UNKNOWN_TERMINAL,
        Reason.OK,
    ]


def test_a_terminal_that_is_in_does_not_report_for_another_of_the_fleet(serve, fleet):
    async def story(gateway, port):
        terminal = await Terminal.at(port)
        _, body = await terminal.ask(frame(0x0100, bytes(37)))
        code = body[3:]
        await terminal.ask(frame(0x0102, code))
        for number, attempt in enumerate((frame(0x0200, bytes(28), OTHER, 7), frame(0x0002, b"", OTHER, 7))):
            assert (await terminal.ask(attempt))[1][-1] == 1, number
        assert await terminal.ask(frame(0x0200, bytes(28), serial=8)) == (0x8001, bytes.fromhex("0008020000"))
        assert (await terminal.ask(frame(0x0102, code, OTHER, 9)))[1][-1] == 1
        assert len(gateway.sessions) == 0

    reasons = [reason for reason, _ in serve(story, fleet(PHONE, OTHER))]
    refused = Reason.NOT_AUTHENTICATED
    assert reasons == [Reason.OK, Reason.OK, refused, refused, Reason.OK, refused]


def test_an_unknown_terminal_is_refused_and_let_in_once_it_is_in_the_fleet(serve, fleet):
    admission = fleet(PHONE)

    async def story(gateway, port):
        terminal = await Terminal.at(port)
        assert await terminal.ask(frame(0x0100, bytes(37), OTHER)) == (0x8100, b"\0\1\4")
        assert await terminal.ask(frame(0x0102, b"any", OTHER)) == (0x8001, bytes.fromhex("0001010201"))
        fleet(PHONE, OTHER, authentication="from the earlier platform")
        await asyncio.sleep(1.2)
        assert await terminal.ask(frame(0x0102, b"from the earlier platform", OTHER)) == (
            0x8001,
            bytes.fromhex("0001010200"),
        )
        fleet(PHONE)
        await asyncio.sleep(1.2)
        assert await terminal.ask(frame(0x0200, bytes(28), OTHER)) == (0x8001, bytes.fromhex("0001020001"))

    reasons = [reason for reason, _ in serve(story, admission)]
    assert reasons == [Reason.UNKNOWN_TERMINAL, Reason.UNKNOWN_TERMINAL, Reason.OK, Reason.UNKNOWN_TERMINAL]


def test_a_spoilt_snapshot_leaves_the_fleet_as_it_was(fleet, tmp_path):
    admission = fleet(PHONE)
    (tmp_path / "terminals.json").write_text('{"terminals": [{"pho')
    assert not admission.reload() and admission.standing(PHONE.lstrip("0")).known
    assert not Registered(tmp_path / "absent.json").standing(PHONE.lstrip("0")).known


def test_signing_off_and_asking_the_time(serve, fleet):
    async def story(gateway, port):
        terminal = await Terminal.at(port)
        await terminal.ask(frame(0x0102, Conduct(b"secret of the test").code(PHONE.lstrip("0")).encode()))
        answer, body = await terminal.ask(newer(0x0004))
        assert answer == 0x8004 and len(body) == 6 and body[:1] == bytes.fromhex(time.strftime("%y"))
        assert await terminal.ask(frame(0x0003)) == (0x8001, bytes.fromhex("0001000300"))
        assert len(gateway.sessions) == 0
        assert await terminal.ask(frame(0x0200, bytes(28))) == (0x8001, bytes.fromhex("0001020001"))
        # The answer to a message of ours is not answered.
        terminal.send(frame(0x0001, bytes(5)))
        assert await terminal.ask(frame(0x0100, bytes(37), serial=9)) == (
            0x8100,
            b"\0\x09\0" + gateway.conduct.code(PHONE.lstrip("0")).encode(),
        )

    serve(story, fleet(PHONE))


def test_noise_closes_nothing_is_kept_and_counted(serve):
    good = frame(0x0200, bytes(28))
    bad = good[:-3] + bytes((good[-3] ^ 1,)) + good[-2:]
    request = b"GET / HTTP/1.1\r\nHost: example\r\n\r\n"

    async def story(gateway, port):
        terminal = await Terminal.at(port)
        terminal.send(request)
        await asyncio.sleep(0.05)
        terminal.send(bad, b"\x7e" + bytes(3000) + b"\x7e")
        assert await terminal.ask(good) == (0x8001, bytes.fromhex("0001020000"))
        terminal.send(good[:20])
        await asyncio.sleep(0.05)
        terminal.writer.close()
        await asyncio.sleep(0.05)
        frames = gateway.status()["frames"]
        assert frames == {"ok": 1, "checksum": 1, "oversize": 1, "foreign_protocol": 1, "incomplete": 1}

    assert serve(story) == [
        (Reason.FOREIGN_PROTOCOL, request),
        (Reason.CHECKSUM, bad),
        (Reason.OVERSIZE, b"\x7e" + bytes(3000) + b"\x7e"),
        (Reason.OK, good),
        (Reason.INCOMPLETE, good[:20]),
    ]


def test_a_flood_of_noise_is_capped_and_the_terminal_behind_it_still_served(serve):
    async def story(gateway, port):
        terminal = await Terminal.at(port)
        for _ in range(80):
            terminal.send(b"x" * 65536)
            await terminal.writer.drain()
        assert await terminal.ask(frame(0x0002)) == (0x8001, bytes.fromhex("0001000200"))
        assert gateway.status()["dropped_bytes"] > 80 * 65536 - 2 * SPOILT_LIMIT

    assert sum(len(raw) for _, raw in serve(story)) <= SPOILT_LIMIT + 100


def test_a_full_disk_means_no_answer_and_a_visible_refusal(serve, monkeypatch):
    async def story(gateway, port):
        terminal = await Terminal.at(port)
        await terminal.ask(frame(0x0002, serial=1))

        def full(*_):
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "writev", full)
            terminal.send(frame(0x0002, serial=2))
            await asyncio.sleep(0.1)
            status = gateway.status()
            assert status["events"]["unstored_frames"] == 1 and "No space left" in status["log_error"]
        assert await terminal.ask(frame(0x0002, serial=3)) == (0x8001, bytes.fromhex("0003000200"))
        assert gateway.status()["log_error"] is None

    assert [raw for _, raw in serve(story)] == [frame(0x0002, serial=1), frame(0x0002, serial=3)]


def test_a_terminal_that_takes_no_answers_is_not_read_either(serve):
    async def story(gateway, port):
        loop = asyncio.get_running_loop()
        # Connections inherit it: the system then takes few answers that nobody reads.
        gateway._listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.setblocking(False)
        await loop.sock_connect(deaf, ("127.0.0.1", port))
        sent = 0

        async def shout():
            nonlocal sent
            while True:
                await loop.sock_sendall(deaf, frame(0x0002) * 1000)
                sent += 1

        shouting = asyncio.ensure_future(shout())
        before = -1
        while not gateway.events["slow_readers"] or sent != before:
            before = sent
            await asyncio.sleep(0.2)
        other = await Terminal.at(port)
        assert await other.ask(frame(0x0002, phone=OTHER)) == (0x8001, bytes.fromhex("0001000200"))
        shouting.cancel()

    serve(story)


def test_a_silent_connection_is_closed_with_a_reason(serve):
    async def story(gateway, port):
        terminal = await Terminal.at(port)
        assert await terminal.is_closed()
        assert gateway.events["长时间无数据"] == 1

    serve(story, silence=0.5)


def test_many_connections_at_once_are_all_taken(serve):
    async def story(gateway, port):
        terminals = await asyncio.gather(*(Terminal.at(port) for _ in range(300)))
        phones = [f"{13900000000 + number:012d}" for number in range(300)]
        for terminal, phone in zip(terminals, phones, strict=True):
            terminal.send(frame(0x0002, phone=phone))
        await asyncio.gather(*(terminal.answers() for terminal in terminals))
        assert len(gateway.sessions) == 300

    serve(story)


def test_status_and_sessions_over_http(serve):
    async def get(port, path):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\n\r\n".encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        return head.split()[1], json.loads(body)

    async def story(gateway, port):
        status = await serve_status(gateway, "0")
        at = status.sockets[0].getsockname()[1]
        assert await get(at, "/sessions") == (b"200", [])
        terminal = await Terminal.at(port)
        await terminal.ask(frame(0x0002))
        code, counters = await get(at, "/status")
        assert code == b"200" and counters["frames"] == {"ok": 1} and counters["sessions"] == 1
        _, (session,) = await get(at, "/sessions")
        assert session["terminal"] == PHONE.lstrip("0") and session["peer"].startswith("127.0.0.1:")
        assert (await get(at, "/other"))[0] == b"404"
        status.close()

    serve(story)


def started(folder, *options):
    """A gateway process on a free port, once it has announced itself."""
    announced = folder / "run" / "gateway.json"
    announced.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tonggui.run.cli", "gateway", "--data", str(folder), "--host", "127.0.0.1"]
    process = subprocess.Popen([*command, "--port", "0", "--admission", "open", *options], stderr=subprocess.DEVNULL)
    while not announced.exists():
        assert process.poll() is None
        time.sleep(0.02)
    return process, json.loads(announced.read_bytes())["port"]


def test_nothing_answered_is_lost_when_the_gateway_is_killed(tmp_path):
    chance, serial, answered = random.Random(4), 0, set()
    for _ in range(6):
        process, port = started(tmp_path)
        deadline = time.monotonic() + chance.uniform(0.05, 0.4)
        killed = False
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.settimeout(2)
            rest = b""
            while True:
                if not killed and time.monotonic() > deadline:
                    process.send_signal(signal.SIGKILL)
                    killed = True
                try:
                    line.sendall(b"".join(frame(0x0200, bytes(28), serial=serial + n) for n in range(20)))
                    serial += 20
                    data = line.recv(65536)
                except ConnectionError:
                    break
                if not data:
                    break
                pieces, rest = FRAMING.split_reference(rest + data)
                answered |= {FRAMING.unframe(piece.raw)[12:14] for piece in pieces}
        process.wait(5)
    assert serial < 65536 and len(answered) > 100
    stored = {
        FRAMING.unframe(raw)[10:12] for reason, raw in logged(tmp_path / "log" / "jt808-0") if reason == Reason.OK
    }
    assert answered <= stored


def test_a_gateway_that_is_told_to_stop_answers_what_came_and_goes(tmp_path):
    process, port = started(tmp_path)
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(frame(0x0002))
        assert line.recv(100)
        process.terminate()
        assert process.wait(5) == 0
        assert line.recv(100) == b""
