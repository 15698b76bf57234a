"""The half-year summary over a million ledger rows: the whole command, beside the start of Django that nobody can save.

The rows are the demo county's own, multiplied in the ledgers that a summary counts in masses (`--rows 0`: the county as
it is). Rounds are interleaved. In process it also times the parts: all figures with their bases, the same figures from
history, the .docx; and the pages of figures, beside a plain count of the same rows in SQL. The
bar for the command is 5 s, for a page 300 ms; CPU seconds stand beside, for a busy machine.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

AS_OF = date(2026, 7, 10)
PERIOD = "2026H1"


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench summary", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--data", help="a site that holds the demo county; made anew where left out")
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(options.data or folder)
        os.environ["TONGGUI_DATA"] = str(site)
        if not options.data:
            make_demo(site)
            if options.rows:
                from bench.summary_rows import fill

                print("  " + "，".join(f"{key} {rows:,}" for key, rows in fill(options.rows).items()))
        command = [sys.executable, "-m", "tonggui.run.cli", "summary", "--period", PERIOD, "--out", f"{folder}/s.docx"]
        work = {
            "tonggui summary": command,
            "start of Django": [sys.executable, "-c", "from tonggui.run.setup import start_django; start_django()"],
        }
        seconds = interleaved({name: lambda argv=argv: call(argv) for name, argv in work.items()}, options.rounds)
        tell(seconds)
        tell(interleaved(parts(), options.rounds))
        tell(interleaved(pages(), options.rounds))


def make_demo(site: Path) -> None:
    """The demo county of the first half of 2026, with its 2,000 vehicles."""
    from tonggui.base.site import Site
    from tonggui.run.demo.county import make_county
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    make_county(Site.at(site), vehicles=2_000, seed=1, as_of=AS_OF)


def parts() -> dict[str, Callable[[], object]]:
    """The pieces of the command, ready to run in this process."""
    from tonggui.run.setup import start_django

    start_django()
    from tonggui.base import clock
    from tonggui.measure import documents, export
    from tonggui.measure.models import Document
    from tonggui.measure.periods import Period
    from tonggui.reports.half_year import half_year

    period = Period.parse(PERIOD)
    document = Document.objects.order_by("-pk").first()
    return {
        "figures, now": lambda: documents.compute(half_year, period),
        "figures, from history": lambda: half_year.compute(period, clock.now()),
        "figures again, compared": lambda: documents.compare(document),
        ".docx": lambda: export.docx(document),
    }


PAGES = ("HAZ-01", "SAF-07", "OVR-05", "OVR-09")


def pages() -> dict[str, Callable[[], object]]:
    """Pages of figures as a browser gets them, and a count of one of their ledgers as somebody writes it by hand."""
    from django.db import connection
    from django.test import Client

    from tonggui.measure.models import Document
    from tonggui.register.models import Account

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(next(one for one in Account.objects.all() if "writer" in one.roles))
    document = Document.objects.order_by("-pk").first()
    numbers = dict(document.rows.values_list("key", "n"))
    addresses = {f"page of {code}": f"/indicators/{code}/?period={PERIOD}" for code in PAGES}
    addresses |= {f"panel of {code}": f"{document.url}figures/{numbers[code]}/" for code in PAGES}
    addresses |= {"changes of HAZ-01": f"/indicators/HAZ-01/?period={PERIOD}&part=changes"}
    addresses |= {"catalogue": "/indicators/", "catalogue, hazards": f"/indicators/group/HAZ/?period={PERIOD}"}

    def get(address: str) -> None:
        if client.get(address, HTTP_HX_REQUEST="true").status_code != 200:
            raise RuntimeError(f"{address} did not open")

    def plain() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT COUNT(*) FROM safety_hazard WHERE state IN ('closed', 'fixed', 'found', 'ordered') "
                "AND found_on BETWEEN '2026-01-01' AND '2026-06-30'"
            )
            cursor.fetchone()

    return {
        **{name: lambda address=address: get(address) for name, address in addresses.items()},
        "HAZ-01 in plain SQL": plain,
    }


def call(argv: list[str]) -> None:
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)


Taken = dict[str, list[tuple[float, float]]]


def interleaved(work: dict[str, Callable[[], object]], rounds: int) -> Taken:
    """Seconds of each piece of work by the clock and of CPU, its processes included, round by round in turn."""
    seconds: Taken = {name: [] for name in work}
    for _ in range(rounds):
        for name, do in work.items():
            start, cpu = time.perf_counter(), cpu_seconds()
            do()
            seconds[name].append((time.perf_counter() - start, cpu_seconds() - cpu))
    return seconds


def cpu_seconds() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def tell(seconds: Taken) -> None:
    for name, found in seconds.items():
        clock = [seconds for seconds, _ in found]
        cpu = statistics.median(seconds for _, seconds in found)
        print(
            f"  {name:<26}{statistics.median(clock):8.3f} s   ({min(clock):.3f} to {max(clock):.3f}), CPU {cpu:.2f} s"
        )
