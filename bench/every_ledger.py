"""The list page of every ledger over 200,000 rows, as a browser gets it, beside a plain count and select in SQL.

Each ledger in turn is filled from its own declared example (choices, states, days and links vary over the rows), its
pages are asked for through Django's whole stack by somebody who reads all of the bureau, and it is emptied again.
Printed: the median in ms of the list as it opens, of a word searched, of the counts by value, and of the last page;
what is over 300 ms is marked. `--only works.` takes the ledgers whose key begins so.
"""

import argparse
import os
import statistics
import tempfile
from datetime import date, timedelta
from typing import Any

from bench.ledgers import BAR_MS, get, milliseconds

PAGES = {"opens": "all=1", "search": "q=0199", "facets": "all=1&part=facets", "last page": "all=1&page=99999999"}
SPREAD = 48
"""Different values of a day or a moment."""
SERIES = "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < %s) "


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench every_ledger", description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default="", metavar="PREFIX")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TONGGUI_DATA"] = folder
        measure_all(options)


def measure_all(options: argparse.Namespace) -> None:
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    from django.test import Client

    from tonggui.register.models import Account
    from tonggui.register.registry import all_ledgers, ledger
    from tonggui.register.roles import ROLES

    root = ledger("parties.unit").example()
    roles = [role for role in ROLES if role not in ("enterprise", "road_chief")]
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.create_account("example", None, roles=roles, unit=root, name="示例"))
    chosen = [one for one in all_ledgers() if one.key.startswith(options.only)]
    # Everything another ledger links to must be there before any of them is multiplied.
    for one in chosen:
        if not one.model._base_manager.exists():
            one.example(**({"parent": root} if one.key == "parties.unit" else {}))
    print(f"{'':26}{'rows':>9}  " + "".join(f"{name:>11}" for name in PAGES) + f"{'plain SQL':>12}")
    over = 0
    for one in chosen:
        rows = multiply(one, options.rows)
        ours = {}
        for name, address in PAGES.items():
            url = f"/ledgers/{one.key}/?{address}"
            get(client, url)
            ours[name] = statistics.median(milliseconds(get, client, url) for _ in range(options.repeats))
        peer = statistics.median(milliseconds(plain, one) for _ in range(options.repeats))
        late = max(ours.values()) > BAR_MS
        over += late
        figures = "".join(f"{ms:>8.0f} ms" for ms in ours.values())
        print(f"{one.key:<26}{rows:>9,}  {figures}{peer:>9.1f} ms{'  OVER' if late else ''}", flush=True)
        thin(one)
    print(f"{len(chosen)} ledgers, {over} over {BAR_MS} ms")


def plain(one: Any) -> None:
    """A count and the rows of one page, as somebody would write them by hand."""
    from django.db import connection

    table = one.model._meta.db_table
    with connection.cursor() as cursor:
        for statement in (f"SELECT COUNT(*) FROM {table}", f"SELECT * FROM {table} ORDER BY number DESC LIMIT 20"):
            cursor.execute(statement)
            cursor.fetchall()


def multiply(one: Any, rows: int) -> int:
    """Copies of the ledger's first row up to so many rows, written inside the database; the count."""
    from django.db import connection

    model = one.model
    first = model._base_manager.order_by("pk").first()
    fields = model._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = ", ".join(_value(one, field, first) for field in fields)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) {SERIES} SELECT {values} FROM series, {table} WHERE id = %s",
            [rows - 1, first.pk],
        )
        cursor.execute("ANALYZE")
    return model._base_manager.count()


def thin(one: Any) -> None:
    """Take the copies away again; the first row stays for the ledgers that link to it."""
    from django.db import connection

    first = one.model._base_manager.order_by("pk").values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(f"DELETE FROM {one.model._meta.db_table} WHERE id > %s", [first])
        cursor.execute("PRAGMA foreign_keys = ON")


def _value(one: Any, field: Any, first: Any) -> str:
    """The SQL of a column's value in the n-th copy."""
    from tonggui.register.kinds import Choice, Day, Kind, Link, Moment, Month

    column = f'"{field.column}"'
    if field.primary_key:
        return f"{first.pk} + n"
    if not isinstance(field, Kind):
        return column
    if field.name in _distinct(one):
        if isinstance(field, Day | Month):
            return "date('2100-01-01', '+' || n || ' days')"
        if isinstance(field, Link):
            return _picked(list(field.related_model._base_manager.values_list("pk", flat=True)[:SPREAD]), column)
        return f"{column} || substr('0000000' || n, -7)" if not field.numeric else f"{column} + n"
    if isinstance(field, Choice):
        return _picked([value for value, _ in field.options()], column)
    if isinstance(field, Day | Moment) and field.value_of(first) is not None:
        return _picked([_moved(field, k) for k in range(SPREAD)], column)
    return column


def _distinct(one: Any) -> set[str]:
    """Fields that no two rows may share."""
    unique = {kind.name for kind in one.kinds.values() if kind.unique}
    together = [constraint.fields for constraint in one.model._meta.constraints] + list(one.model._meta.unique_together)
    unique.update(*together)
    return unique


def _picked(values: list[Any], column: str) -> str:
    """One of the values in turn."""
    if not values:
        return column
    cases = " ".join(f"WHEN {k} THEN {_literal(value)}" for k, value in enumerate(values))
    return f"CASE n % {len(values)} {cases} END"


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _moved(field: Any, k: int) -> str:
    """A day, or a moment as SQLite keeps it, k steps on from the first."""
    from tonggui.register.kinds import Day

    day = date(2024, 6, 1) + timedelta(days=k * 17)
    return day.isoformat() if isinstance(field, Day) else f"{day} 08:30:00"
