"""The half-year summary of the demo county: the whole command, beside the start of Django that nobody can save.

Rounds are interleaved. In process it also times the parts: all figures, the same figures from history, the .docx, the
sheet of figures. The bar for the command is 5 s.
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
    parser.add_argument("--data", help="a site that holds the demo county; made anew where left out")
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(options.data or folder)
        os.environ["TONGGUI_DATA"] = str(site)
        if not options.data:
            make_demo(site)
        command = [sys.executable, "-m", "tonggui.run.cli", "summary", "--period", PERIOD, "--out", f"{folder}/s.docx"]
        work = {
            "tonggui summary": [*command, "--figures", f"{folder}/s.xlsx"],
            "start of Django": [sys.executable, "-c", "from tonggui.run.setup import start_django; start_django()"],
        }
        seconds = interleaved({name: lambda argv=argv: call(argv) for name, argv in work.items()}, options.rounds)
        tell(seconds)
        tell(interleaved(parts(), options.rounds))


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
        ".xlsx of figures": lambda: export.xlsx(document),
    }


def call(argv: list[str]) -> None:
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)


def interleaved(work: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each piece of work, round by round in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, do in work.items():
            start = time.perf_counter()
            do()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def tell(seconds: dict[str, list[float]]) -> None:
    for name, found in seconds.items():
        print(f"  {name:<26}{statistics.median(found):7.2f} s   ({min(found):.2f} to {max(found):.2f})")
