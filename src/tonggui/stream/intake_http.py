"""What every request to the intake has in common: its headers, its body, and refusals as a status and a sentence."""

from collections.abc import AsyncIterator
from typing import Any

from tonggui.base.errors import Problem


class Refusal(Exception):
    """A request that is answered with an error: an HTTP status and a sentence."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(str(problem))
        self.status, self.problem = status, problem


def headers_of(scope: Any) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


async def pieces(receive: Any) -> AsyncIterator[bytes]:
    """The body as it comes; Refusal where the sender hangs up before its end."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, Problem("连接中断，正文不完整"))
        yield message.get("body", b"")
        if not message.get("more_body"):
            return


async def read_body(receive: Any, declared: str, most: int) -> bytes:
    """The whole body, refused once it is larger than `most` bytes."""
    too_large = Refusal(413, Problem(f"正文超过 {most >> 20} MB", do="请分批发送"))
    if declared.isdigit() and int(declared) > most:
        raise too_large
    parts, size = [], 0
    async for piece in pieces(receive):
        parts.append(piece)
        size += len(piece)
        if size > most:
            raise too_large
    return b"".join(parts)
