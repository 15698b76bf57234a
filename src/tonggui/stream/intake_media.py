"""Pictures and videos at the intake: uploaded under their hash, or carried inside a pass.

`PUT /media/<sha256>` takes the content as its body, signed by the device like a pass. It is answered 201 once it is
durable, 200 where it was there before, 400 where the content has another hash, 413 and 415 where it is too large or no
picture or video, 401 where the signature is not good. A pass may come before its pictures or after them: the answer to
a pass lists those it names and that are not here yet (`missing_media`).

A pass that carries contents in itself is kept with their hashes in their place: the frame log then holds the item as
sent but for those, and `media` the contents.
"""

import asyncio
import re
from collections.abc import Callable, Iterable
from typing import Any

from tonggui.base.clock import Micros
from tonggui.base.errors import Problem
from tonggui.stream.devices import Devices
from tonggui.stream.intake_http import Refusal, headers_of, pieces
from tonggui.stream.intake_log import Record, RecordProtocol, as_text, read_records
from tonggui.stream.media import MOST_VIDEO_BYTES, Media, OtherHash, Part, TooLarge, WrongKind

PREFIX = "/media/"
_HASH = re.compile(r"[0-9a-f]{64}")
_STATUS = {OtherHash: 400, TooLarge: 413, WrongKind: 415}


class Uploads:
    """Takes in contents that devices send by themselves."""

    def __init__(self, media: Media, devices: Devices, now: Callable[[], float]) -> None:
        self.media, self.devices, self.now = media, devices, now

    async def take(self, scope: Any, receive: Any) -> tuple[int, Any]:
        """The answer to one request."""
        announced = scope["path"].removeprefix(PREFIX).lower()
        if not _HASH.fullmatch(announced):
            raise Refusal(400, Problem("地址应为 /media/ 加文件的 SHA-256（64 位十六进制数）"))
        headers = headers_of(scope)
        declared = headers.get("content-length", "")
        if declared.isdigit() and int(declared) > MOST_VIDEO_BYTES:
            raise Refusal(413, Problem(f"文件超过 {MOST_VIDEO_BYTES >> 20} MB", do="请压缩后再传"))
        try:
            fresh = await self._receive(headers, receive, announced)
        except (OtherHash, TooLarge, WrongKind) as problem:
            raise Refusal(_STATUS[type(problem)], problem) from None
        except OSError:
            raise Refusal(503, Problem("平台暂时无法写盘，未存入", do="请稍后原样重发")) from None
        status, words = ("stored", "已存") if fresh else ("duplicate", "已有，未重复存入")
        return (201 if fresh else 200), {"sha256": announced, "status": status, "message": words}

    async def _receive(self, headers: dict[str, str], receive: Any, announced: str) -> bool:
        """Whether the content is new; it is written aside as it comes and gets its name after its signature."""
        device, moment = headers.get("x-tonggui-device", ""), headers.get("x-tonggui-time", "")
        try:
            signed = self.devices.begin(device, moment, self.now())
        except Problem as problem:
            raise Refusal(401, problem) from None
        with self.media.part() as part:
            fault: Problem | None = None
            async for piece in pieces(receive):
                signed.update(piece)
                fault = fault or written(part, piece)
            try:
                self.devices.finish(signed, headers.get("x-tonggui-signature", ""))
            except Problem as problem:
                raise Refusal(401, problem) from None
            if fault:
                raise fault
            return (await asyncio.to_thread(part.keep, announced))[1]


def written(part: Part, piece: bytes) -> Problem | None:
    """What is wrong with a content, once a piece of it shows that; the rest is then only read past."""
    try:
        part.write(piece)
    except (TooLarge, WrongKind) as problem:
        return problem
    return None


def carries(protocol: RecordProtocol, item: Any) -> bool:
    """Whether an item has contents in itself."""
    return protocol.lighten(item, lambda content: "")[0] is not item


def read_light(
    protocol: RecordProtocol,
    items: Iterable[tuple[str, Any]],
    note: Callable[[dict[str, Any]], dict[str, Any]],
    received_at: Micros,
    media: Media,
) -> list[Record]:
    """Items as records (`read_records`), with hashes in place of the contents they carry, which are durable then."""
    light, unkept = [], []
    for text, item in items:
        lighter, faults = protocol.lighten(item, media.put)
        light.append((text if lighter is item else as_text(lighter), lighter))
        unkept.append(faults)
    records = read_records(protocol, light, note, received_at)
    for record, faults in zip(records, unkept, strict=True):
        record.faults = faults + record.faults
    return records
