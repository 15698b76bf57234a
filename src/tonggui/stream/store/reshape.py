"""A table of an earlier declaration that is ordered or divided otherwise is written anew, once, as the store starts.

ClickHouse cannot change the order of a table in place: the rows are copied into a table of the new shape, which takes
the old one's name in one step. A store that is ended half-way begins again from the whole old table.
"""

import logging
from dataclasses import replace

from tonggui.stream.store.engine import Engine
from tonggui.stream.store.tables import Table

log = logging.getLogger(__name__)

# An insert that copies a whole table may touch every partition that the table has.
NO_LIMIT = {"max_partitions_per_insert_block": "0"}


def reshape(engine: Engine, table: Table) -> bool:
    """Bring an existing table to its declared order and partition; whether there was anything to do."""
    name, away = table.name, f"{table.name}_before"
    stands = _shape(engine, name)
    if stands is None or stands == (_plain(table.order_by), _plain(table.partition_by)):
        engine.run(f"DROP TABLE IF EXISTS {away}".encode())
        return False
    log.warning("store: writing %s anew in another order", name)
    engine.run(f"DROP TABLE IF EXISTS {away}".encode())
    engine.run(replace(table, name=away).create().encode())
    columns = ", ".join(column for column in table.stored if column in _columns(engine, name))
    engine.run(f"INSERT INTO {away} ({columns}) SELECT {columns} FROM {name}".encode(), settings=NO_LIMIT)
    engine.run(f"EXCHANGE TABLES {name} AND {away}".encode())
    engine.run(f"DROP TABLE {away}".encode())
    return True


def _shape(engine: Engine, name: str) -> tuple[str, str] | None:
    """Order and partition of a table that stands, or None."""
    asked = (
        f"SELECT sorting_key, partition_key FROM system.tables WHERE database = currentDatabase() AND name = '{name}'"
    )
    rows = _rows(engine, asked)
    return (_plain(rows[0][0]), _plain(rows[0][1])) if rows else None


def _columns(engine: Engine, name: str) -> set[str]:
    asked = f"SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '{name}'"
    return {row[0] for row in _rows(engine, asked)}


def _rows(engine: Engine, asked: str) -> list[list[str]]:
    return [line.split("\t") for line in engine.run(asked.encode()).body.decode().splitlines()]


def _plain(expression: str) -> str:
    """An expression without blanks and outer brackets; no partition is written as tuple() or as nothing."""
    plain = expression.replace(" ", "")
    return "" if plain == "tuple()" else plain.removeprefix("(").removesuffix(")") if plain[:1] == "(" else plain
