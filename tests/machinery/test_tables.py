"""A first start makes the tables from the declarations, an upgrade by migrations: both end in the same tables."""

import os
import re
import sqlite3
import subprocess
import sys

import pytest

from tonggui.base.site import Site

AT_ONCE = (
    "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
)
STEP_BY_STEP = AT_ONCE.replace(
    "c('migrate'", "from django.core.management.commands.migrate import Command; c(Command()"
)


def migrated(folder, code):
    environment = os.environ | {"TONGGUI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tonggui.run.settings"}
    environment.pop("TONGGUI_POSTGRES", None)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    return Site.at(folder).ledgers_database


def shape(database):
    """Columns of each table with type, null and key; each index with its columns; the migrations recorded."""
    with sqlite3.connect(database) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            name: sorted(row[1:4] + row[5:] for row in connection.execute(f"PRAGMA table_info({name})"))
            for name in names
        }
        links = {
            name: sorted(row[2:5] for row in connection.execute(f"PRAGMA foreign_key_list({name})")) for name in names
        }
        indexes = {
            re.sub(r"\s+", " ", sql)
            for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        }
        applied = sorted(connection.execute("SELECT app, name FROM django_migrations"))
    return columns, links, indexes, applied


@pytest.mark.timeout(1200)
def test_a_first_start_and_an_upgrade_make_the_same_tables(tmp_path):
    at_once = migrated(tmp_path / "first", AT_ONCE)
    step_by_step = migrated(tmp_path / "upgraded", STEP_BY_STEP)
    for name, first, upgraded in zip(
        ("columns", "links", "indexes", "applied"), shape(at_once), shape(step_by_step), strict=True
    ):
        assert first == upgraded, name
