"""Connecting to the store: the official ClickHouse client, given the site.

By default the store is the site's own process. `TONGGUI_STORE=http://user:password@host:8123/database` names a
ClickHouse server or cluster instead; nothing else changes.
"""

import logging
import os
import time
from typing import Any

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from tonggui.base.site import Site

USER = "tonggui"

# That the store does not answer is said once, by our own StoreAway; the client and its pool would say it at every try.
for _noisy in ("clickhouse_connect.driver", "urllib3.connectionpool"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


class StoreAway(Exception):
    """The store does not answer: it never ran on this site, has stopped, or is starting."""


def connect(site: Site, *, wait: float = 0.0) -> Client:
    """A client of the site's store; one client belongs to one thread at a time.

    Tries again for `wait` seconds while the store starts, then raises StoreAway.
    """
    until = time.monotonic() + wait
    while True:
        try:
            return _connect(site)
        except (StoreAway, ClickHouseError) as error:
            if time.monotonic() >= until:
                raise StoreAway(f"连不上存储进程：{error}") from error
            time.sleep(0.1)


def store_password(site: Site) -> str:
    """The password between this site's processes, made on first use and readable by the owner alone."""
    return site.secret("store").hex()


def _connect(site: Site) -> Client:
    # A retry is the caller's decision: an insert goes again with its token, never silently.
    common: dict[str, Any] = {
        "compress": False,
        "autogenerate_session_id": False,
        "connect_timeout": 5,
        "query_retries": 0,
    }
    if cluster := os.environ.get("TONGGUI_STORE"):
        return clickhouse_connect.get_client(dsn=cluster, **common)
    address = site.address("store")
    if address is None:
        raise StoreAway("此站点的存储进程从未启动过（tonggui store）")
    return clickhouse_connect.get_client(
        host=address["host"], port=address["port"], username=USER, password=store_password(site), **common
    )
