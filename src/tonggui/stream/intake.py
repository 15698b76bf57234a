"""The intake: records that arrive over HTTP, signed, in bulk; answered once they are durable.

`POST /passes` takes a JSON array of records, or one object. The signature is that of `stream.devices`. The answer says
what became of each record: stored, there before (duplicate), or refused with its faults in words. Every record that
came with a good signature is in the frame log before the answer, refused ones with their reason. `GET /health` counts.

Requests that wait for the disk together are made durable by one fdatasync.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tonggui.base.clock import Micros
from tonggui.base.errors import Problem
from tonggui.stream.devices import Devices
from tonggui.stream.intake_log import IntakeLog, Record, Result, Status, read_records

MOST_BYTES = 8 << 20
MOST_RECORDS = 5_000
WORDS = {Status.STORED: "已存", Status.DUPLICATE: "已有，未重复存入", Status.REFUSED: "未收"}

Split = Callable[[str], Iterable[tuple[str, Any]]]


class Refusal(Exception):
    """A request that is answered with an error: an HTTP status and a sentence."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(str(problem))
        self.status, self.problem = status, problem


class Intake:
    """The ASGI application. `split` gives the text and value of each element of a body, or raises Problem."""

    def __init__(self, log: IntakeLog, devices: Devices, split: Split, now: Callable[[], float] = time.time) -> None:
        self.log, self.devices, self.split, self.now = log, devices, split, now
        self.counts: Counter[str] = Counter()
        self._waiting: list[tuple[list[Record], asyncio.Future[list[Result]]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        try:
            status, content = await self._answer(scope, receive)
        except Refusal as refusal:
            self.counts[f"refused_{refusal.status}"] += 1
            status, content = refusal.status, refusal.problem.as_json()
        body = json.dumps(content, ensure_ascii=False).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Any, receive: Any) -> tuple[int, Any]:
        match scope["method"], scope["path"]:
            case "GET", "/health":
                return 200, dict(self.counts)
            case "POST", "/passes":
                return await self._passes(scope, receive)
            case _, "/passes" | "/health":
                raise Refusal(405, Problem("不支持这种请求方法", do="请用 POST /passes 或 GET /health"))
        raise Refusal(404, Problem(f"没有这个地址：{scope['path'][:100]}", do="请用 POST /passes"))

    async def _passes(self, scope: Any, receive: Any) -> tuple[int, Any]:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        body = await read_body(receive, headers.get("content-length", ""))
        device = headers.get("x-tonggui-device", "")
        signed = headers.get("x-tonggui-time", ""), headers.get("x-tonggui-signature", "")
        try:
            self.devices.authenticate(device, *signed, body, self.now())
        except Problem as problem:
            raise Refusal(401, problem) from None
        received_at = int(self.now() * 1e6)
        records = read_records(
            self.log.protocol, self._items(body), lambda values: self.devices.note(device, values), received_at
        )
        try:
            results = await self._durable(records)
        except OSError:
            raise Refusal(503, Problem("平台暂时无法写盘，本次未存入任何记录", do="请稍后原样重发")) from None
        self.counts.update(f"records_{result.status}" for result in results)
        return 200, answer_of(results)

    def _items(self, body: bytes) -> Iterator[tuple[str, Any]]:
        try:
            for count, element in enumerate(self.split(body.decode()), 1):
                if count > MOST_RECORDS:
                    raise Refusal(413, Problem(f"一次最多 {MOST_RECORDS} 条", do="请分批发送"))
                yield element
        except UnicodeDecodeError:
            raise Refusal(400, Problem("正文不是 UTF-8 文本", do="请以 UTF-8 发送 JSON")) from None
        except Problem as problem:
            raise Refusal(400, problem) from None

    async def _durable(self, records: list[Record]) -> list[Result]:
        """Log the records together with those of other requests that wait, and give what became of these."""
        done: asyncio.Future[list[Result]] = asyncio.get_running_loop().create_future()
        self._waiting.append((records, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await done

    async def _write(self) -> None:
        while self._waiting:
            requests, self._waiting = self._waiting, []
            try:
                results = await asyncio.to_thread(self._take, [record for records, _ in requests for record in records])
            except OSError as error:
                for _, done in requests:
                    if not done.done():
                        done.set_exception(error)
                continue
            at = 0
            for records, done in requests:
                if not done.done():  # The sender may have hung up; what it sent is stored all the same.
                    done.set_result(results[at : at + len(records)])
                at += len(records)

    def _take(self, records: list[Record]) -> list[Result]:
        return self.log.take(records, received_at=Micros(self.now() * 1e6))


async def read_body(receive: Any, declared: str) -> bytes:
    """The whole body, refused once it is too large."""
    too_large = Refusal(413, Problem(f"正文超过 {MOST_BYTES >> 20} MB", do="请分批发送"))
    if declared.isdigit() and int(declared) > MOST_BYTES:
        raise too_large
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, Problem("连接中断，正文不完整"))
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise too_large
        if not message.get("more_body"):
            return b"".join(parts)


def answer_of(results: list[Result]) -> dict[str, Any]:
    """The answer to a request: counts, and each record's fate in the order in which they came."""
    counts = Counter(result.status for result in results)
    listed = [
        {
            "index": index,
            "record": result.key,
            "status": result.status,
            "message": WORDS[result.status],
            **({} if result.position is None else {"position": result.position}),
            **({"errors": list(result.faults)} if result.faults else {}),
        }
        for index, result in enumerate(results)
    ]
    return {"received": len(results), **{status.value: counts[status] for status in Status}, "results": listed}
