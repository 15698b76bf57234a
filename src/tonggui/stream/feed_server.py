"""The stream's HTTP port, for the other processes of the site: `/latest`, `/feed`, `/health`."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from tonggui.stream.feed import Feed, latest_as_json

# A comment now and then, so that a listener whose peer is gone is noticed.
PATIENCE = 15.0

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class FeedApp:
    """ASGI application over a feed.

    `/latest`: Arrow stream, or columns of JSON with `?format=json`. `/feed`: server-sent events, one a batch that
    changed something: `{tick, at, positions: {column: [...]}, alarms: [...]}`, or `{lost: n}`. `/health`: JSON.
    """

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._json: tuple[bytes, bytes] = (b"", b"")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"the feed does not speak {scope['type']}")
        path = scope["path"]
        if path == "/latest":
            if b"format=json" in scope["query_string"]:
                await _answer(send, 200, "application/json", await asyncio.to_thread(self._latest_json))
            else:
                await _answer(send, 200, "application/vnd.apache.arrow.stream", self._feed.latest)
        elif path == "/health":
            await _answer(send, 200, "application/json", json.dumps(self._feed.health, ensure_ascii=False).encode())
        elif path == "/feed":
            await self._events(receive, send)
        else:
            await _answer(send, 404, "text/plain; charset=utf-8", b"/latest /feed /health\n")

    def _latest_json(self) -> bytes:
        stream = self._feed.latest
        if self._json[0] is not stream:
            self._json = (stream, latest_as_json(stream))
        return self._json[1]

    async def _events(self, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b": welcome\n\n", "more_body": True})
        listener = self._feed.listen(asyncio.get_running_loop())
        gone = asyncio.create_task(_disconnected(receive))
        try:
            while not gone.done():
                waiting = asyncio.create_task(listener.next(PATIENCE))
                await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
                if not waiting.done():
                    waiting.cancel()
                    break
                event = waiting.result()
                body = b": still here\n\n" if event is None else b"data: " + event + b"\n\n"
                await send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            self._feed.leave(listener)
            gone.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Send, status: int, kind: str, body: bytes) -> None:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
