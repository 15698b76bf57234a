"""Show what a declaration gives: `tonggui show ledger safety.hazard`; without a name, all there are."""

import argparse
import sys

from tonggui.run.setup import start_django


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=("ledger",), help="kind of unit")
    parser.add_argument("name", nargs="?", help="its key, such as safety.hazard")


def run(options: argparse.Namespace) -> int:
    start_django()
    from tonggui.register.errors import Missing
    from tonggui.register.registry import all_ledgers, ledger
    from tonggui.register.showing import ledger_lines

    if not options.name:
        for bound in all_ledgers():
            print(f"{bound.key:<26}{bound.title}")
        return 0
    try:
        bound = ledger(options.name)
    except Missing as problem:
        print(f"tonggui show: {problem}", file=sys.stderr)
        return 2
    for line in ledger_lines(bound):
        print(line)
    return 0
