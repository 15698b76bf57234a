"""What a gateway shows of itself: JSON over HTTP on the loopback.

`GET /status` gives the counters, `GET /sessions` who is connected, from where, since when and last heard when.
"""

import asyncio
import json
import socket
import time

from tonggui.base.clock import from_micros
from tonggui.stream.gateway import Gateway

REQUEST_BYTES = 8192


async def serve_status(gateway: Gateway, name: str, host: str = "127.0.0.1") -> asyncio.Server:
    """Answer on a free port of the host; the caller closes the server."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), timeout=5)
            content = _content(gateway, name, request.split(b" ", 2)[1].decode("latin-1"))
            status = "200 OK" if content is not None else "404 Not Found"
            shown = {"error": "没有这个地址"} if content is None else content
            body = json.dumps(shown, ensure_ascii=False).encode()
            head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            writer.write(head.encode() + b"Connection: close\r\n\r\n" + body)
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ConnectionError, IndexError):
            pass  # Not a request we could answer.
        finally:
            writer.close()

    # A socket of our own: to look a host up the loop would start threads, which make every system call dearer.
    return await asyncio.start_server(answer, sock=socket.create_server((host, 0)), limit=REQUEST_BYTES)


def _content(gateway: Gateway, name: str, path: str) -> dict | list | None:
    if path == "/status":
        return {"name": name, **gateway.status()}
    if path == "/sessions":
        return [_session(identity, link) for identity, link in gateway.sessions]
    return None


def _session(identity: str, link) -> dict:
    def shown(monotonic: float) -> str:
        return from_micros((time.time_ns() // 1000) - int((time.monotonic() - monotonic) * 1e6)).isoformat(
            "T", "seconds"
        )

    return {
        "terminal": identity,
        "link": link.number,
        "peer": link.peer,
        "since": shown(link.opened_at),
        "heard_at": shown(link.heard_at),
    }
