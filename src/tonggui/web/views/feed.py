"""`/feed/?window=west,south,east,north`: what moves in the person's scope and window, as server-sent events.

A stream ends after ten minutes and the browser opens the next one by itself, so that a login that ended or a scope that
changed takes effect.
"""

import asyncio
import time
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from tonggui.register.actor import Actor
from tonggui.web.live import upstream
from tonggui.web.live.hub import Window
from tonggui.web.live.scope import Scope, scope_of

LONGEST_SECONDS = 600
# Maps that one person may have open at once: a wall, a desk and a phone, several times over.
STREAMS = 20


async def feed(request: HttpRequest) -> HttpResponse:
    account = await request.auser()
    if not account.is_authenticated:
        return HttpResponse("请先登录。", status=401, content_type="text/plain; charset=utf-8")
    if account.must_change_password:
        return HttpResponse("请先修改密码。", status=403, content_type="text/plain; charset=utf-8")
    if upstream.hub.streams_of(account.pk) >= STREAMS:
        return HttpResponse("打开的地图太多，请先关闭几个。", status=429, content_type="text/plain; charset=utf-8")
    scope = await sync_to_async(_scope)(account)
    window = Window.parse(request.GET.get("window", ""))
    answer = StreamingHttpResponse(events(window, scope, account.pk), content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _scope(account) -> Scope:
    return scope_of(Actor.of(account))


async def events(window: Window, scope: Scope, account: int) -> AsyncIterator[bytes]:
    """The events of one browser, until it leaves, the process stops, or the time is up."""
    watcher = upstream.hub.join(window, scope, account)
    until = time.monotonic() + LONGEST_SECONDS
    try:
        yield b"retry: 1000\n\n"
        while time.monotonic() < until and (payload := await watcher.queue.get()) is not None:
            yield payload
    except asyncio.CancelledError:
        return
    finally:
        upstream.hub.leave(watcher)
