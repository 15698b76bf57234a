"""Ledger lists of 200,000 rows: each page as the platform asks for it, beside the plainest SQL for the same rows."""

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

QUESTIONS: dict[str, tuple[dict[str, str], str]] = {
    "first page": ({}, "1"),
    "one state": ({"state": "ordered"}, "state = 'ordered'"),
    "one month": ({"found_on": "2026-01"}, "found_on BETWEEN '2026-01-01' AND '2026-01-31'"),
    "one enterprise": ({"enterprise": "QY00007"}, "enterprise_id = 7"),
    "grade and year": (
        {"grade": "major", "found_on": "2025"},
        "grade = 'major' AND found_on BETWEEN '2025-01-01' AND '2025-12-31'",
    ),
    "words": ({"q": "隐患 1999"}, "content LIKE '%隐患%' AND content LIKE '%1999%'"),
    "last page": ({"page": "99999"}, "1"),
    "past day": ({"as_of": "2026-06-30"}, "1"),
}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench ledger", description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TONGGUI_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tonggui.run.settings"
        import django

        django.setup()
        started = time.perf_counter()
        readers = _filled(options.rows)
        took = time.perf_counter() - started
        print(f"{options.rows} rows with history written in {took:.0f} s ({options.rows / took:,.0f} a second)")
        plain = sqlite3.connect(f"{folder}/ledgers.sqlite3")
        for who, actor in readers.items():
            print(f"{who}:  median and worst ms of {options.repeats}, queries | plain SQL, median ms")
            for name, (address, where) in QUESTIONS.items():
                _compare(name, actor, address, plain, where, options.repeats)


def _filled(rows: int) -> dict[str, Any]:
    """A bureau of 20 stations and 500 enterprises with so many hazards; who reads them."""
    from django.core.management import call_command

    from tonggui.base import clock
    from tonggui.base.clock import CHINA
    from tonggui.register.actor import Actor, acting
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    call_command("migrate", verbosity=0, skip_checks=True)
    units, enterprises, hazards = (ledger(key) for key in ("parties.unit", "parties.enterprise", "safety.hazard"))
    chance = random.Random(1)
    root = units.example()
    stations = [units.example(name=f"示例{n}站", parent=root, unit=root) for n in range(20)]
    firms = [enterprises.example(name=f"示例{n}公司", unit=stations[n % 20]) for n in range(500)]
    states = [state.name for state in hazards.flow.states]
    made = (
        hazards.model(
            enterprise=chance.choice(firms),
            grade=chance.choice(["general", "major"]),
            content=f"示例隐患 {n} 灭火器过期，通道堵塞，台账不全。",
            found_on=date(2024, 1, 1) + timedelta(days=n % 900),
            state=chance.choice(states),
        )
        for n in range(rows)
    )
    midyear = datetime(2026, 6, 30, 12, tzinfo=CHINA)
    with clock.pretending(midyear), acting(Actor.system("测速")):
        hazards.model.objects.bulk_create(made)
    account = Account(username="示例")
    roles = frozenset(["safety_officer"])
    return {"whole bureau": Actor(account, roles, root), "one station": Actor(account, roles, stations[3])}


def _compare(
    name: str, actor: Any, address: dict[str, str], plain: sqlite3.Connection, where: str, repeats: int
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tonggui.register.query import ListQuery
    from tonggui.register.registry import ledger

    def page() -> None:
        listed = ListQuery(ledger("safety.hazard"), actor, address)
        assert listed.count >= 0 and listed.totals is not None and listed.records is not None

    within = f"unit_id IN (SELECT id FROM parties_unit WHERE path LIKE '{actor.unit.path}%') AND {where}"

    def peer() -> None:
        plain.execute(f"SELECT COUNT(*) FROM safety_hazard WHERE {within}").fetchall()
        plain.execute(f"SELECT * FROM safety_hazard WHERE {within} ORDER BY number DESC LIMIT 20").fetchall()

    ours, theirs = [], []
    for _ in range(repeats):
        ours.append(_milliseconds(page))
        theirs.append(_milliseconds(peer))
    with CaptureQueriesContext(connection) as captured:
        page()
    median, worst, other = statistics.median(ours), max(ours), statistics.median(theirs)
    print(f"  {name:<16}{median:7.0f} {worst:7.0f} {len(captured):4} | {other:7.0f}")


def _milliseconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
