"""What is done to the store once a night: parts that overlap are merged, so that lists need not sort out doubles.

Within a day late and repeated rows lie in small parts beside the large ones; reading each row once (FINAL) then costs
the merging of both. A partition that has one part already is left alone.
"""

from clickhouse_connect.driver.client import Client


def settle(client: Client, table: str) -> None:
    """Merge every partition of a table into one part, where it has more."""
    client.command(f"OPTIMIZE TABLE {table} FINAL SETTINGS optimize_skip_merged_partitions = 1")
