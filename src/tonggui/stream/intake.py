"""The intake: records that arrive over HTTP, signed, in bulk; answered once they are durable.

`POST /passes` takes a JSON array of records, or one object. The signature is that of `stream.devices`. The answer says
what became of each record: stored, there before (duplicate), or refused with its faults in words; and which of the
media it names are still missing. Every record that came with a good signature is in the frame log before the answer,
refused ones with their reason. `PUT /media/<sha256>` takes media (`intake_media`). `GET /health` counts.

Requests that wait for the disk together are made durable by one fdatasync.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from tonggui.base.clock import Micros
from tonggui.base.errors import Problem
from tonggui.stream.devices import Devices
from tonggui.stream.intake_http import Refusal, headers_of, read_body
from tonggui.stream.intake_log import IntakeLog, Record, Result, Status, as_text, read_records
from tonggui.stream.intake_media import PREFIX, Uploads, carries, read_light
from tonggui.stream.media import Media

MOST_BYTES = 8 << 20
MOST_RECORDS = 5_000
WORDS = {Status.STORED: "已存", Status.DUPLICATE: "已有，未重复存入", Status.REFUSED: "未收"}

Split = Callable[[str], Iterable[tuple[str, Any]]]


class Intake:
    """The ASGI application. `split` gives the text and value of each element of a body, or raises Problem."""

    def __init__(
        self, log: IntakeLog, devices: Devices, media: Media, split: Split, now: Callable[[], float] = time.time
    ) -> None:
        self.log, self.devices, self.media, self.split, self.now = log, devices, media, split, now
        self.uploads = Uploads(media, devices, lambda: self.now())
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
        body = as_text(content).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Any, receive: Any) -> tuple[int, Any]:
        match scope["method"], scope["path"]:
            case "GET", "/health":
                return 200, dict(self.counts)
            case "POST", "/passes":
                return await self._passes(scope, receive)
            case "PUT", path if path.startswith(PREFIX):
                status, content = await self.uploads.take(scope, receive)
                self.counts[f"media_{content['status']}"] += 1
                return status, content
            case _, path if path in ("/passes", "/health") or path.startswith(PREFIX):
                raise Refusal(
                    405, Problem("不支持这种请求方法", do="请用 POST /passes、PUT /media/<sha256> 或 GET /health")
                )
        raise Refusal(
            404, Problem(f"没有这个地址：{scope['path'][:100]}", do="请用 POST /passes 或 PUT /media/<sha256>")
        )

    async def _passes(self, scope: Any, receive: Any) -> tuple[int, Any]:
        headers = headers_of(scope)
        body = await read_body(receive, headers.get("content-length", ""), MOST_BYTES)
        device = headers.get("x-tonggui-device", "")
        signed = headers.get("x-tonggui-time", ""), headers.get("x-tonggui-signature", "")
        try:
            self.devices.authenticate(device, *signed, body, self.now())
        except Problem as problem:
            raise Refusal(401, problem) from None
        items = list(self._items(body))
        try:
            records = await self._read(items, device)
            results = await self._durable(records)
        except OSError:
            raise Refusal(503, Problem("平台暂时无法写盘，本次未存入任何记录", do="请稍后原样重发")) from None
        self.counts.update(f"records_{result.status}" for result in results)
        return 200, answer_of(records, results, self.media)

    async def _read(self, items: list[tuple[str, Any]], device: str) -> list[Record]:
        """Items as records; where they carry pictures, those are durable then, written beside the loop."""
        protocol, received_at = self.log.protocol, Micros(self.now() * 1e6)
        note = partial(self.devices.note, device)
        if any(carries(protocol, item) for _, item in items):
            return await asyncio.to_thread(read_light, protocol, items, note, received_at, self.media)
        return read_records(protocol, items, note, received_at)

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


def answer_of(records: list[Record], results: list[Result], media: Media) -> dict[str, Any]:
    """The answer to a request: counts, and each record's fate in the order in which they came."""
    counts = Counter(result.status for result in results)
    listed = [
        {"index": index, **told(record, result, media)}
        for index, (record, result) in enumerate(zip(records, results, strict=True))
    ]
    return {"received": len(results), **{status.value: counts[status] for status in Status}, "results": listed}


def told(record: Record, result: Result, media: Media) -> dict[str, Any]:
    """What became of one record, and the hashes of media that it names and that are not here."""
    said: dict[str, Any] = {"record": result.key, "status": result.status, "message": WORDS[result.status]}
    if result.position is not None:
        said["position"] = result.position
    if result.faults:
        said["errors"] = list(result.faults)
    elif missing := [one for one in record.media if media.path(one) is None]:
        said["missing_media"] = missing
    return said
