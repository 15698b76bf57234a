"""The wire to the province: JSON over HTTPS, each request signed, every failure of the line told as one kind of error.

X-Tonggui-County     the county's code
X-Tonggui-Time       seconds since 1970-01-01T00:00:00Z, as digits
X-Tonggui-Signature  HMAC-SHA256 in hexadecimal over the time, the path with its query, and the body

The answer is signed in the same way, over the same time and path and the answer's body: a receipt that anybody could
have written proves nothing, so an answer without its signature counts as none.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

COUNTY, TIME, SIGNATURE = "X-Tonggui-County", "X-Tonggui-Time", "X-Tonggui-Signature"
TIMEOUT = urllib3.Timeout(connect=5, read=30)
MOST_BYTES = 50_000_000


class Away(Exception):
    """The other side did not answer, or not in a way that can be read: to be tried again later."""


def sign(key: bytes, at: str, path: str, body: bytes) -> str:
    """The signature of a request."""
    return hmac.new(key, at.encode() + path.encode() + body, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Transport:
    """One province's address, and who we are to it."""

    address: str
    county: str
    key: bytes
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(timeout=TIMEOUT, retries=False))

    def post(self, path: str, content: Any) -> dict[str, Any]:
        return self._ask("POST", path, json.dumps(content, ensure_ascii=False).encode())

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        return self._ask("GET", f"{path}?{urlencode(query)}" if query else path, b"")

    def _ask(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        address = self.address.rstrip("/") + path
        signed = urlsplit(address)
        at = str(int(time.time()))
        whole = signed.path + (f"?{signed.query}" if signed.query else "")
        headers = {
            COUNTY: self.county,
            TIME: at,
            SIGNATURE: sign(self.key, at, whole, body),
            "Content-Type": "application/json; charset=utf-8",
        }
        try:
            answer = self.pool.request(method, address, body=body or None, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as problem:
            raise Away(f"连接不上省级平台：{problem}") from problem
        if answer.status != 200:
            raise Away(f"省级平台应答 {answer.status}：{answer.data[:200].decode(errors='replace')}")
        signature = answer.headers.get(SIGNATURE, "").strip().lower()
        if not hmac.compare_digest(signature.encode(), sign(self.key, at, whole, answer.data).encode()):
            raise Away("省级平台的应答没有签名或签名不符，按没有应答处理；请核对双方密钥")
        try:
            told = json.loads(answer.data)
        except ValueError as problem:
            raise Away("省级平台的应答不是 JSON") from problem
        if not isinstance(told, dict):
            raise Away("省级平台的应答不是 JSON 对象")
        return told
