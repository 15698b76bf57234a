"""A million rows for the bench of summaries: the demo county's own rows, multiplied inside the database.

The ledgers are those that a summary counts in masses: cases of overload, operations, hazards, inspections, waybills,
publicity. Copies differ from their originals in key, number and the other unique texts; days, states, units and links
repeat, so that every figure grows with its ledger. Each copy has the line of history that holds now.
"""

from typing import Any

from django.db import connection

LEDGERS = (
    "overload.case",
    "enforcement.operation",
    "safety.hazard",
    "safety.inspection",
    "hazmat.waybill",
    "party.publicity",
)
HISTORY = "register_historyentry"


def fill(rows: int) -> dict[str, int]:
    """Bring the ledgers together to so many rows; how many each of them holds."""
    from tonggui.register.registry import ledger

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA foreign_keys = OFF")
    found = {}
    for key in LEDGERS:
        bound = ledger(key)
        _multiply(bound, rows // len(LEDGERS))
        found[key] = bound.model._base_manager.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA foreign_keys = ON")
    return found


def _multiply(bound: Any, rows: int) -> None:
    """Copies of every row of a ledger until it holds so many; the last round is cut short."""
    model = bound.model
    ids = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    if not ids:
        bound.example()
        return _multiply(bound, rows)
    stride = ids[-1] - ids[0] + 1
    copies = -(-rows // len(ids)) - 1
    if copies <= 0:
        return None
    table, fields = model._meta.db_table, model._meta.concrete_fields
    unique = {kind.name for kind in bound.kinds.values() if kind.unique} | {"number"}
    unique |= {field for each in model._meta.constraints for field in getattr(each, "fields", ())[-1:]}
    changed = {
        field.column: f"o.id + n * {stride}" if field.primary_key else _apart(field)
        for field in fields
        if field.primary_key or field.name in unique
    }
    series = f"WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {copies}) "
    _copy(table, [field.column for field in fields], changed, series, f"o.id <= {ids[-1]}")
    columns = [name for name in _columns(HISTORY) if name != "id"]
    past = {
        "record": f"o.record + n * {stride}",
        "record_number": "o.record_number || '-' || n",
        "after": "REPLACE(o.after, o.record_number, o.record_number || '-' || n)",
    }
    _copy(HISTORY, columns, past, series, f"o.ledger = '{bound.key}' AND o.until IS NULL AND o.record <= {ids[-1]}")
    return None


def _apart(field: Any) -> str:
    """A value that no other copy has."""
    column = f'o."{field.column}"'
    internal = field.get_internal_type()
    if internal in ("DateField",):
        return f"date({column}, '-' || (n * 400) || ' days')"
    return f"{column} || '-' || n" if internal in ("CharField", "TextField") else f"{column} + n"


def _copy(table: str, columns: list[str], changed: dict[str, str], series: str, which: str) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changed.get(column, f'o."{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) {series} SELECT {values} FROM series, {table} o WHERE {which}")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]
