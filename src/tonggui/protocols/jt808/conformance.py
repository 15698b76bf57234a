"""The rules of JT/T 808 that a platform must keep, each played against a gateway by a terminal that tries it.

A rule is a coroutine over a `Tested` gateway; it raises `Broken` with what was seen instead. Rules run in their order,
each on connections of its own; the one that registers hands its authentication code on. Clauses are those of JT/T
808-2013, which 808-2019 keeps, unless the rule names its edition.

The terminal tried with reports no place, so that a run leaves no false track. Its registered line, if it has one at the
time, is taken over: try with a terminal that stands in no vehicle.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tonggui.protocols.jt808 import (
    AUTHENTICATE,
    BATCH_REPORT,
    GENERAL_ANSWER,
    HEARTBEAT,
    JT808,
    LOCATION_REPORT,
    LOG_OUT,
    REGISTER,
    REGISTER_ANSWER,
    SERVER_TIME,
    SERVER_TIME_QUERY,
    TERMINAL_ANSWER,
)
from tonggui.protocols.jt808.frame import FRAMING, HEAD_2013, HEAD_2019
from tonggui.protocols.jt808.terminal import Fix, Identity, position_values, registration_values
from tonggui.wire.framing import Rejected
from tonggui.wire.protocol import Decoded

ANSWER_WITHIN_SECONDS = 5.0
UNSUPPORTED = 3
PARTS = 0x2000
NOBODYS_NUMBER = "099999999998"
NOBODYS_MESSAGE = 0x0F7F
"""In the range that the standard leaves to makers; declared nowhere."""


class Broken(Exception):
    """A rule that was not kept: what was seen."""


class Result(NamedTuple):
    """How a rule came out; `broken` is empty where it was kept."""

    title: str
    clause: str
    broken: str


class Caller:
    """One connection to the gateway, as the terminal at its other end sees it."""

    def __init__(self, phone: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.phone, self.reader, self.writer = phone, reader, writer
        self._heard: list[Decoded] = []
        self._rest = b""

    def message(self, message_id: int, values: dict[str, Any], serial: int, edition: str = "2013") -> bytes:
        return JT808.encode(message_id, values, {"phone": self.phone, "serial": serial, "edition": edition})

    def heartbeat(self, serial: int, edition: str = "2013") -> bytes:
        return self.message(HEARTBEAT, {}, serial, edition)

    def bare(self, message_id: int, body: bytes, serial: int, part: tuple[int, int] | None = None) -> bytes:
        """A frame with the head of 2013 around any body, whole or one part (total, number from 1) of several."""
        attributes = len(body) | (PARTS if part else 0)
        numbers = message_id.to_bytes(2, "big") + attributes.to_bytes(2, "big")
        parts = b"".join(number.to_bytes(2, "big") for number in part or ())
        return FRAMING.frame(numbers + bytes.fromhex(self.phone) + serial.to_bytes(2, "big") + parts + body)

    def send(self, *pieces: bytes) -> None:
        self.writer.write(b"".join(pieces))

    async def answer(self) -> Decoded:
        """The next message of the gateway."""
        while not self._heard:
            try:
                data = await asyncio.wait_for(self.reader.read(65536), ANSWER_WITHIN_SECONDS)
            except TimeoutError:
                raise Broken(f"{ANSWER_WITHIN_SECONDS:g} 秒内没有应答") from None
            if not data:
                raise Broken("平台断开了连接")
            pieces, self._rest = FRAMING.split_reference(self._rest + data)
            for piece in pieces:
                decoded = JT808.decode_one(piece.raw)
                if isinstance(decoded, Rejected):
                    raise Broken(f"应答本身不合规：{decoded.reason.label}（{piece.raw.hex()}）")
                self._heard.append(decoded)
        return self._heard.pop(0)

    async def ask(self, raw: bytes) -> Decoded:
        self.send(raw)
        return await self.answer()

    async def expect(self, raw: bytes, serial: int, message_id: int, refused: bool = False) -> int:
        """Send, and check that the general answer is to this message; returns its result."""
        self.send(raw)
        return await self.answered(serial, message_id, refused)

    async def answered(self, serial: int, message_id: int, refused: bool = False) -> int:
        """Check that the next message is the general answer to this one; returns its result."""
        answer = await self.answer()
        if answer.message_id != GENERAL_ANSWER:
            raise Broken(f"应答应为 0x8001，实为 0x{answer.message_id:04X}")
        said = answer.values["ack_serial"], answer.values["ack_id"]
        if said != (serial, message_id):
            raise Broken(f"应答的是 0x{said[1]:04X} 第 {said[0]} 号，应为 0x{message_id:04X} 第 {serial} 号")
        result = answer.values["result"]
        if (result != 0) != refused:
            raise Broken(f"应答结果为 {result}，{'应不予受理' if refused else '应为 0（成功）'}")
        return result

    async def closed(self) -> None:
        """Check that the gateway has closed the connection."""
        try:
            rest = await asyncio.wait_for(self.reader.read(), ANSWER_WITHIN_SECONDS)
        except TimeoutError:
            raise Broken(f"{ANSWER_WITHIN_SECONDS:g} 秒内没有断开原连接") from None
        except ConnectionError:
            return
        if rest:
            raise Broken(f"断开前多发了 {len(rest)} 字节")


@dataclass
class Tested:
    """The gateway under test and the terminal it is tried with, whose number it must know."""

    host: str
    port: int
    phone: str
    code: str = field(default="", repr=False)

    @asynccontextmanager
    async def line(self, phone: str = "") -> AsyncIterator[Caller]:
        """A new connection."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            yield Caller((phone or self.phone).zfill(12), reader, writer)
        finally:
            writer.close()

    @asynccontextmanager
    async def let_in(self) -> AsyncIterator[Caller]:
        """A new connection of the terminal, authenticated."""
        async with self.line() as caller:
            await self.authenticate(caller)
            yield caller

    async def authenticate(self, caller: Caller, edition: str = "2013") -> None:
        raw = caller.message(AUTHENTICATE, authentication(self.code), 1, edition)
        await caller.expect(raw, 1, AUTHENTICATE)


Check = Callable[[Tested], Awaitable[None]]
RULES: list[tuple[str, str, Check]] = []


def rule(title: str, clause: str) -> Callable[[Check], Check]:
    def declare(check: Check) -> Check:
        RULES.append((title, clause, check))
        return check

    return declare


async def conform(host: str, port: int, phone: str) -> AsyncIterator[Result]:
    """Play every rule against a gateway, giving each result as it comes."""
    tested = Tested(host, port, phone)
    for title, clause, check in RULES:
        try:
            await check(tested)
        except Broken as broken:
            yield Result(title, clause, str(broken))
        except OSError as error:
            yield Result(title, clause, f"连接失败：{error}")
        else:
            yield Result(title, clause, "")


def unframed(raw: bytes) -> bytes:
    """Head and body of a frame that was made here, so that they can be spoilt on purpose."""
    clean = FRAMING.unframe(raw)
    assert isinstance(clean, bytes)
    return clean


def authentication(code: str) -> dict[str, Any]:
    return {"auth_code": code, "imei": "", "software_version": ""}


def report() -> dict[str, Any]:
    """A position report of a receiver that sees no sky: status 0, no place."""
    return position_values(Fix(time.time_ns() // 1000, 0.0, 0.0, 0.0)) | {"status": 0}


@rule("鉴权通过之前，其他消息不予受理", "JT/T 808-2013 5.1、7.2")
async def before_authentication(tested: Tested) -> None:
    async with tested.line() as caller:
        await caller.expect(caller.heartbeat(7), 7, HEARTBEAT, refused=True)


@rule("未登记的终端不予注册", "JT/T 808-2013 8.6")
async def nobody_registers(tested: Tested) -> None:
    async with tested.line(NOBODYS_NUMBER) as caller:
        values = registration_values(Identity(NOBODYS_NUMBER))
        answer = await caller.ask(caller.message(REGISTER, values, 3))
        if answer.message_id != REGISTER_ANSWER or answer.values["result"] not in (2, 4):
            raise Broken(f"应以 0x8100 答复 2 或 4，实为 0x{answer.message_id:04X} {answer.values.get('result')}")


async def _registers(tested: Tested, edition: str) -> None:
    async with tested.line() as caller:
        values = registration_values(Identity(tested.phone))
        answer = await caller.ask(caller.message(REGISTER, values, 9, edition))
        if answer.message_id != REGISTER_ANSWER:
            raise Broken(f"应答应为 0x8100，实为 0x{answer.message_id:04X}")
        said = answer.values
        if said["ack_serial"] != 9 or said["result"] != 0 or not said.get("auth_code"):
            raise Broken(f"应答流水号 {said['ack_serial']}，结果 {said['result']}，鉴权码 {said.get('auth_code')!r}")
        tested.code = said["auth_code"]


@rule("2011 版消息体注册成功并得到鉴权码", "JT/T 808-2011 8.4、8.5")
async def registers_2011(tested: Tested) -> None:
    await _registers(tested, "2011")


@rule("2013 版消息体注册成功并得到鉴权码", "JT/T 808-2013 8.5、8.6")
async def registers_2013(tested: Tested) -> None:
    await _registers(tested, "2013")


@rule("2019 版消息头注册成功并得到鉴权码", "JT/T 808-2019 4.4.3、8.8、8.9")
async def registers_2019(tested: Tested) -> None:
    await _registers(tested, "2019")


@rule("鉴权码不对时答复失败，连接保持", "JT/T 808-2013 8.8")
async def wrong_code(tested: Tested) -> None:
    async with tested.line() as caller:
        await caller.expect(caller.message(AUTHENTICATE, authentication("guess"), 2), 2, AUTHENTICATE, refused=True)
        await tested.authenticate(caller)


@rule("2013 版鉴权后受理心跳", "JT/T 808-2013 8.3、8.8")
async def heartbeat_2013(tested: Tested) -> None:
    async with tested.let_in() as caller:
        await caller.expect(caller.heartbeat(20), 20, HEARTBEAT)


@rule("2019 版鉴权（带 IMEI 和软件版本）后，应答用 2019 版消息头", "JT/T 808-2019 4.4.3、8.11")
async def head_2019(tested: Tested) -> None:
    async with tested.line() as caller:
        await tested.authenticate(caller, "2019")
        answer = await caller.ask(caller.heartbeat(21, "2019"))
        if answer.head.layout is not HEAD_2019:
            raise Broken(f"应答用了 {answer.head.layout.name} 版消息头")


@rule("位置汇报以原流水号应答", "JT/T 808-2013 6.1、8.18")
async def position_answered(tested: Tested) -> None:
    async with tested.let_in() as caller:
        for serial, edition in ((30, "2013"), (31, "2019")):
            await caller.expect(caller.message(LOCATION_REPORT, report(), serial, edition), serial, LOCATION_REPORT)


@rule("一次到达的多帧逐帧应答（粘包）", "JT/T 808-2013 4.4.2、6.1")
async def back_to_back(tested: Tested) -> None:
    async with tested.let_in() as caller:
        caller.send(*(caller.heartbeat(serial) for serial in range(40, 45)))
        for serial in range(40, 45):
            await caller.answered(serial, HEARTBEAT)


@rule("相邻两帧共用一个标识位时分别应答", "JT/T 808-2013 4.4.2")
async def shared_flags(tested: Tested) -> None:
    async with tested.let_in() as caller:
        caller.send(caller.heartbeat(50), caller.heartbeat(51)[1:], caller.heartbeat(52)[1:])
        for serial in (50, 51, 52):
            await caller.answered(serial, HEARTBEAT)


@rule("逐字节到达的帧照常应答（拆包）", "JT/T 808-2013 4.4.2")
async def byte_by_byte(tested: Tested) -> None:
    async with tested.let_in() as caller:
        for byte in caller.heartbeat(60):
            caller.send(bytes((byte,)))
            await caller.writer.drain()
            await asyncio.sleep(0.002)
        await caller.answered(60, HEARTBEAT)


@rule("含 0x7E、0x7D 的内容转义后往返不变", "JT/T 808-2013 4.4.2")
async def escapes(tested: Tested) -> None:
    async with tested.let_in() as caller:
        for serial in (0x7E7D, 0x7D01, 0x7D7E):
            await caller.expect(caller.heartbeat(serial), serial, HEARTBEAT)


@rule("分包消息的每一包都应答", "JT/T 808-2013 4.4.3、6.1")
async def parts(tested: Tested) -> None:
    async with tested.let_in() as caller:
        position = unframed(caller.message(LOCATION_REPORT, report(), 0))[HEAD_2013.size :]
        body = b"\0\1\0" + len(position).to_bytes(2, "big") + position
        for number, piece in enumerate((body[:20], body[20:]), 1):
            raw = caller.bare(BATCH_REPORT, piece, 70 + number, part=(2, number))
            await caller.expect(raw, 70 + number, BATCH_REPORT)


@rule("不认识的消息答复“不支持”（结果 3）", "JT/T 808-2013 8.2")
async def unknown_message(tested: Tested) -> None:
    async with tested.let_in() as caller:
        result = await caller.expect(caller.bare(NOBODYS_MESSAGE, b"?", 80), 80, NOBODYS_MESSAGE, refused=True)
        if result != UNSUPPORTED:
            raise Broken(f"应答结果为 {result}，应为 3（不支持）")
        await caller.expect(caller.heartbeat(81), 81, HEARTBEAT)


@rule("校验码不符的帧不应答，连接保持", "JT/T 808-2013 4.4.4")
async def bad_checksum(tested: Tested) -> None:
    async with tested.let_in() as caller:
        raw = caller.heartbeat(90)
        # One bit of the message's number: no flag, no escape, and the check byte no longer fits.
        caller.send(raw[:2] + bytes((raw[2] ^ 1,)) + raw[3:])
        await caller.expect(caller.heartbeat(91), 91, HEARTBEAT)


@rule("长度与声明不符的帧不应答，连接保持", "JT/T 808-2013 4.4.3")
async def lying_length(tested: Tested) -> None:
    async with tested.let_in() as caller:
        clean = unframed(caller.heartbeat(95))
        caller.send(FRAMING.frame(clean[:3] + b"\x09" + clean[4:]))
        await caller.expect(caller.heartbeat(96), 96, HEARTBEAT)


@rule("帧前的杂散字节不影响其后的帧", "JT/T 808-2013 4.4.2")
async def noise(tested: Tested) -> None:
    async with tested.let_in() as caller:
        await caller.expect(b"\r\nAT+NOISE\r\n" + caller.heartbeat(97), 97, HEARTBEAT)


@rule("终端通用应答不再应答", "JT/T 808-2013 6.1、8.1")
async def answers_are_not_answered(tested: Tested) -> None:
    async with tested.let_in() as caller:
        caller.send(caller.message(TERMINAL_ANSWER, {"ack_serial": 1, "ack_id": 0x8104, "result": 0}, 98))
        await caller.expect(caller.heartbeat(99), 99, HEARTBEAT)


@rule("2019 版查询服务器时间得到应答", "JT/T 808-2019 8.4、8.5")
async def server_time(tested: Tested) -> None:
    async with tested.let_in() as caller:
        answer = await caller.ask(caller.message(SERVER_TIME_QUERY, {}, 100, "2019"))
        if answer.message_id != SERVER_TIME or answer.problems:
            raise Broken(f"应以 0x8004 答复，实为 0x{answer.message_id:04X} {'；'.join(answer.problems)}")


@rule("同一终端重新登录后，原连接断开", "JT/T 808-2013 5.3")
async def logs_in_again(tested: Tested) -> None:
    async with tested.let_in() as old, tested.let_in() as new:
        await new.expect(new.heartbeat(110), 110, HEARTBEAT)
        await old.closed()


@rule("注销得到应答，之后须重新鉴权", "JT/T 808-2013 7.2、8.7")
async def logs_out(tested: Tested) -> None:
    async with tested.let_in() as caller:
        await caller.expect(caller.message(LOG_OUT, {}, 120), 120, LOG_OUT)
        await caller.expect(caller.heartbeat(121), 121, HEARTBEAT, refused=True)
        await tested.authenticate(caller)
