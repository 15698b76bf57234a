"""The store's HTTP face: as much of ClickHouse's interface as its official client needs.

One statement a request: the query in the body, or in `query=` with the data of an insert in the body; settings and
parameters (`param_…`) in the address, or query and parameters as fields of a form (`forms.py`); body compressed by
gzip, deflate, lz4 or zstd, or plain. Errors are ClickHouse's own text with status 500 and
`X-ClickHouse-Exception-Code`. Answers are sent whole and plain.
Basis: ClickHouse documentation, "HTTP Interface".
"""

import asyncio
import base64
import gzip
import hmac
import json
import logging
import uuid
import zlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

import lz4.frame

from tonggui.stream.store.engine import Engine, Outcome, StatementFailed
from tonggui.stream.store.forms import NotAForm, fields_of
from tonggui.stream.store.statements import returns_rows

try:
    from compression import zstd
except ImportError:  # before Python 3.14
    from backports import zstd

log = logging.getLogger(__name__)

MAX_BODY = 512 << 20
# Words of the address that steer the transport; everything else is a setting of the engine.
_TRANSPORT = {
    *("query", "database", "default_format", "query_id", "user", "password", "role", "quota_key"),
    *("session_id", "session_timeout", "session_check", "compress", "decompress", "buffer_size", "wait_end_of_query"),
    *("client_protocol_version", "enable_http_compression", "send_progress_in_http_headers"),
    *("http_headers_progress_interval_ms", "cancel_http_readonly_queries_on_client_close"),
}
_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
    "lz4": lz4.frame.decompress,
    "zstd": zstd.decompress,
}
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Refused(Exception):
    """A request that never reached the engine: HTTP status, ClickHouse's error number, and why."""

    def __init__(self, status: int, code: int, why: str) -> None:
        super().__init__(f"Code: {code}. DB::Exception: {why}")
        self.status, self.code = status, code


class StoreApp:
    """ASGI application over one engine; every request must carry the password."""

    def __init__(self, engine: Engine, user: str, password: str, threads: int = 4) -> None:
        self._engine = engine
        self._user, self._password = user, password
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="store")
        self._timezone = engine.run(b"SELECT timezone()").body.decode().strip()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"the store does not speak {scope['type']}")
        address = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        query_id = address.get("query_id") or str(uuid.uuid4())
        try:
            if scope["path"] == "/ping":
                return await _answer(send, 200, b"Ok.\n", {})
            self._authenticate(headers, address)
            outcome = await self._run(scope["method"], headers, address, await _body(receive))
        except Refused as refusal:
            return await _fail(send, refusal.status, refusal.code, str(refusal), query_id)
        except StatementFailed as failure:
            log.warning("statement failed: %s", failure)
            return await _fail(send, 500, failure.code, str(failure), query_id)
        return await _answer(send, 200, outcome.body, self._headers(outcome, query_id))

    async def _run(self, method: str, headers: dict[str, str], address: dict[str, str], body: bytes) -> Outcome:
        body = _decode(body, headers.get("content-encoding", "").lower())
        if (form := headers.get("content-type", "")).startswith("multipart/"):
            try:
                address, body = address | fields_of(form, body), b""
            except NotAForm as fault:
                raise Refused(501, 48, str(fault)) from None
        query = address.get("query", "").encode()
        statement = query + b"\n" + body if query and body else query or body
        if not statement.strip():
            raise Refused(400, 62, "Empty query. (SYNTAX_ERROR)")
        if method != "POST" and not returns_rows(statement):
            raise Refused(405, 164, f"{method} may only read; send the statement with POST. (READONLY)")
        settings = {k: v for k, v in address.items() if k not in _TRANSPORT and not k.startswith("param_")}
        parameters = {k.removeprefix("param_"): v for k, v in address.items() if k.startswith("param_")}

        def work() -> Outcome:
            return self._engine.run(
                statement,
                settings=settings,
                parameters=parameters,
                database=address.get("database") or "default",
                default_format=address.get("default_format", "TabSeparated"),
            )

        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _authenticate(self, headers: dict[str, str], address: dict[str, str]) -> None:
        user = headers.get("x-clickhouse-user") or address.get("user", "")
        password = headers.get("x-clickhouse-key") or address.get("password", "")
        scheme, _, credentials = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                user, _, password = base64.b64decode(credentials).decode().partition(":")
            except ValueError:
                raise Refused(400, 516, "unreadable Authorization header. (AUTHENTICATION_FAILED)") from None
        if user != self._user or not hmac.compare_digest(password.encode(), self._password.encode()):
            raise Refused(403, 516, "Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)")

    def _headers(self, outcome: Outcome, query_id: str) -> dict[str, str]:
        summary = {
            "read_rows": str(outcome.read_rows),
            "written_rows": str(outcome.written_rows),
            "written_bytes": str(outcome.written_bytes),
            "result_bytes": str(len(outcome.body)),
        }
        headers = {
            "X-ClickHouse-Query-Id": query_id,
            "X-ClickHouse-Timezone": self._timezone,
            "X-ClickHouse-Summary": json.dumps(summary),
        }
        if outcome.format is not None:
            headers["X-ClickHouse-Format"] = outcome.format
        return headers


async def _body(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            # A body cut short must never be stored as if it were whole.
            raise Refused(400, 210, "the client went away before its body was complete. (NETWORK_ERROR)")
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY:
            raise Refused(413, 307, f"body over {MAX_BODY} bytes; insert in smaller batches. (TOO_MANY_BYTES)")
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _decode(body: bytes, encoding: str) -> bytes:
    if encoding not in _DECODERS:
        raise Refused(415, 89, f"Content-Encoding {encoding!r} is not supported. (UNKNOWN_COMPRESSION_METHOD)")
    try:
        return _DECODERS[encoding](body)
    except Exception as error:  # each codec has exceptions of its own
        raise Refused(400, 354, f"body is not {encoding}: {error}") from error


async def _answer(send: Send, status: int, body: bytes, headers: dict[str, str]) -> None:
    fields = {"Content-Type": "text/plain; charset=UTF-8", "Content-Length": str(len(body)), **headers}
    pairs = [(name.encode(), value.encode()) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


async def _fail(send: Send, status: int, code: int, text: str, query_id: str) -> None:
    headers = {"X-ClickHouse-Exception-Code": str(code), "X-ClickHouse-Query-Id": query_id}
    await _answer(send, status, text.encode() + b"\n", headers)
