"""Fetching the pictures that passes name by an address: what they name is noted from the store, asked for, and hashed.

Only hosts the bureau has allowed are asked (`base.allowed_hosts`). The connection goes to the address that was checked;
redirects are not followed.
"""

import json
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from clickhouse_connect.driver.client import Client

from tonggui.base.allowed_hosts import Allowed, NotAllowed
from tonggui.base.clock import now, to_micros
from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.stream.media import MOST_VIDEO_BYTES, Media
from tonggui.stream.references import Reference, References

WEB = re.compile(r"https?://[!-~]{4,490}", re.IGNORECASE)
AT_ONCE, SIDE_BY_SIDE = 64, 8
TIMEOUT_SECONDS, LONGEST_SECONDS = 10, 120
PIECE = 1 << 16
LOGS = "SELECT DISTINCT log FROM passes"
NAMED = """
SELECT site, record_no, media, frame_position FROM passes
WHERE log = {log:String} AND frame_position >= {position:UInt64} AND position(media, '"href"') > 0
ORDER BY frame_position LIMIT 500
"""


class _Pinned(HTTPConnection):
    """A connection to an address that has been checked, under the name it was asked for."""

    def __init__(self, host: str, address: str, port: int, *, encrypted: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT_SECONDS)
        self._address, self._encrypted = address, encrypted

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._encrypted:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def fetch(href: str, allowed: Allowed, media: Media) -> str:
    """The hash of what lies at an address, kept durably. Problem says in words why it cannot be had."""
    try:
        url = urlsplit(href)
    except ValueError:
        raise Problem(f"不是可用的地址：{href[:80]}") from None
    try:
        address, port = allowed.address(url)
        connection = _Pinned(url.hostname or "", address, port, encrypted=url.scheme.lower() == "https")
        try:
            connection.request("GET", (url.path or "/") + (f"?{url.query}" if url.query else ""))
            answer = connection.getresponse()
            if answer.status != 200:
                raise Problem(f"对方答复 {answer.status}")
            with media.part() as part:
                for piece in _within(LONGEST_SECONDS, lambda: answer.read(PIECE)):
                    part.write(piece)
                    if part.size > MOST_VIDEO_BYTES:
                        raise Problem("文件过大")
                return part.keep()[0]
        finally:
            connection.close()
    except (OSError, HTTPException, UnicodeError) as error:
        raise Problem(f"取不到：{type(error).__name__}") from error


def _within(seconds: float, read: Callable[[], bytes]) -> Iterator[bytes]:
    """Pieces until the end; Problem where it takes longer than `seconds` in all."""
    until = time.monotonic() + seconds
    while piece := read():
        if time.monotonic() > until:
            raise Problem(f"{seconds:.0f} 秒内没有传完")
        yield piece


def fetch_due(site: Site, client: Client, allowed: str) -> int:
    """Note what passes name since the last time and fetch what is due; how many were fetched."""
    references, media, hosts = References(site), Media(site), Allowed.read(allowed)
    for (log,) in client.query(LOGS).result_rows:
        while _noted(references, client, log):
            pass

    def one(reference: Reference) -> int:
        at = to_micros(now())
        try:
            references.fetched(reference, fetch(reference.href, hosts, media))
            return 1
        except NotAllowed as problem:
            references.refused(reference, str(problem), at)
        except Problem as problem:
            references.failed(reference, str(problem), at)
        return 0

    with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="fetch") as pool:
        return sum(pool.map(one, references.due(to_micros(now()), AT_ONCE)))


def _noted(references: References, client: Client, log: str) -> int:
    """Note the references of the next passes of a log; how many passes there were."""
    asked = {"log": log, "position": references.read_to(log)}
    rows = client.query(NAMED, parameters=asked).result_rows
    found = [
        (f"{site}/{record_no}", one["href"])
        for site, record_no, media, _ in rows
        for one in json.loads(media)
        if WEB.fullmatch(one.get("href", ""))
    ]
    if rows:
        references.note(found, log, rows[-1][3] + 1, to_micros(now()))
    return len(rows)
