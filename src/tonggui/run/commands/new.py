"""Begin a new unit: `tonggui new ledger safety.drill --title 应急演练` writes its file, example and glossary line."""

import argparse
import sys
from pathlib import Path

import tonggui
from tonggui.register.errors import DeclarationError

PACKAGE = Path(tonggui.__file__).parent


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=("ledger",), help="kind of unit")
    parser.add_argument("name", help="its key, such as safety.drill")
    parser.add_argument("--title", help="what people call it; the key where it is not given")


def run(options: argparse.Namespace) -> int:
    from tonggui.register.scaffold import new_ledger

    glossary = PACKAGE.parents[1] / "docs" / "glossary.md"
    try:
        written = new_ledger(PACKAGE / "ledgers", glossary, options.name, options.title or options.name.split(".")[-1])
    except DeclarationError as problem:
        print(f"tonggui new: {problem}", file=sys.stderr)
        return 2
    for path in written:
        print(f"wrote {path}")
    print(f"next: tonggui manage makemigrations; tonggui show ledger {options.name.replace('_', '')}")
    return 0
