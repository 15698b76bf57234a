"""A bound on what one request may carry, before anything of it lies on the disk."""

from typing import Any

# The largest form: a handful of attachments of 20 MB each.
MOST_BYTES = 128 << 20
TOO_LARGE = "内容太大，平台没有接收。请分几次上传。".encode()


class BoundedBodies:
    """The ASGI application `app`, to which no body larger than MOST_BYTES is given.

    A request that declares more is answered 413; one that sends more than it declared is cut off like a lost line.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        declared = dict(scope.get("headers", ())).get(b"content-length", b"")
        if declared.isdigit() and (len(declared) > 18 or int(declared) > MOST_BYTES):
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
            await send({"type": "http.response.start", "status": 413, "headers": headers})
            await send({"type": "http.response.body", "body": TOO_LARGE})
            return
        taken = 0

        async def bounded() -> dict[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= MOST_BYTES else {"type": "http.disconnect"}

        await self.app(scope, bounded, send)
