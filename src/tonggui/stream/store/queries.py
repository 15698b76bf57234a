"""Questions about positions that commands and benches ask; pages have theirs in `web`, with the asker's scope."""

from datetime import datetime

import pyarrow as pa
from clickhouse_connect.driver.client import Client

from tonggui.base.clock import to_micros

POSITION_COLUMNS = (
    "phone",
    "serial",
    "time",
    "received_at",
    "latitude",
    "longitude",
    "speed_kmh",
    "direction",
    "altitude_m",
    "alarm",
    "status",
)


def positions(client: Client, phone: str, since: datetime, until: datetime) -> pa.Table:
    """Every stored position of a terminal with a time from `since` to before `until`, once each, by time and serial.

    Columns are POSITION_COLUMNS, times in UTC. `phone` with or without leading zeros.
    """
    table = client.query_arrow(
        # The inner query reads in the order of the key; LIMIT 1 BY leaves out what has not been merged yet.
        f"SELECT {', '.join(POSITION_COLUMNS)} FROM positions WHERE phone = %(phone)s"
        " AND time >= fromUnixTimestamp64Micro(%(since)s) AND time < fromUnixTimestamp64Micro(%(until)s)"
        " ORDER BY phone, time, serial, item LIMIT 1 BY phone, time, serial, item",
        parameters={
            "phone": phone.lstrip("0") or "0",
            "since": to_micros(since),
            "until": to_micros(until),
        },
        use_strings=True,
    )
    return table.select(list(POSITION_COLUMNS))
