"""Upkeep of the ledgers' database: what a planner must know to choose the right index."""

from django.db import connection

MANY = 5_000
"""Records written at once after which the planner's statistics are worth taking again."""


def refresh_statistics() -> None:
    """Let SQLite look again at how its rows are spread; a few milliseconds. PostgreSQL does this by itself.

    Without statistics SQLite takes the index of the unit for every list and visits each row of a whole bureau.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")
