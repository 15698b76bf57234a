"""Writing rows to the store: Arrow tables under a token, again and again until the store has them."""

import logging
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from urllib3.exceptions import HTTPError

from tonggui.stream.store.client import StoreAway
from tonggui.stream.store.tables import Table

log = logging.getLogger(__name__)

LISTS = {"String": pa.list_(pa.string()), "Float32": pa.list_(pa.float32())}
INSTANT = pa.timestamp("us", "UTC")
LONGEST_PAUSE = 5.0


class Writer:
    """One client that comes back by itself.

    `away_since` is the instant (seconds, monotonic) since which inserts fail, `trouble` what the store last said; both
    None while all is well.
    """

    def __init__(
        self, connect: Callable[[], Client], stopping: Callable[[], bool], tell: Callable[[], None] = lambda: None
    ) -> None:
        """`tell` is called after every attempt that failed, so that the waiting is seen while it lasts."""
        self._connect, self._stopping, self._tell = connect, stopping, tell
        self._client: Client | None = None
        self.away_since: float | None = None
        self.trouble: str | None = None

    def insert(self, table: Table, rows: pa.Table, token: str) -> None:
        """Store rows exactly once; returns when the store has them on disk.

        Whether an insert that broke off was stored is unknown: it goes again with the same token, and the store knows.
        Waits as long as it takes; raises Stopped where the process is told to end first.
        """
        pause = 0.1
        while True:
            try:
                if self._client is None:
                    self._client = self._connect()
                self._client.insert_arrow(table.name, rows, settings={"insert_deduplication_token": token})
                if self.away_since is not None:
                    log.warning("存储已恢复")
                self.away_since = self.trouble = None
                return
            except (StoreAway, ClickHouseError, HTTPError, OSError) as error:
                if self.away_since is None:
                    self.away_since = time.monotonic()
                    log.warning("存储暂不可用，等待中：%s", error)
                self.trouble = str(error)
                self._drop_client()
                self._tell()
            if self._stopping():
                raise Stopped
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _drop_client(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


class Stopped(Exception):
    """The process was told to end while an insert was waiting; the plan is durable and is worked through next time."""


def as_arrow(table: Table, columns: dict[str, Any], names: dict[str, pa.StringArray]) -> pa.Table:
    """Columns of a table as Arrow: `names` gives, for columns of numbers that stand for texts, the texts."""
    kinds = {name: form for name, form, _ in table.columns}
    made = {}
    for name in table.stored:
        if name not in columns:
            continue
        values = columns[name]
        if name in names:
            # Each text once and a number a row: fewer bytes and less work on both sides than a text a row.
            made[name] = names[name].dictionary_encode().take(pa.array(values))
        elif "DateTime64" in kinds[name]:
            made[name] = pa.array(values).view(INSTANT) if isinstance(values, np.ndarray) else pa.array(values, INSTANT)
        elif kinds[name].startswith("Array"):
            made[name] = pa.array(values, LISTS["String" if "String" in kinds[name] else "Float32"])
        else:
            made[name] = pa.array(values)
    return pa.table(made)
