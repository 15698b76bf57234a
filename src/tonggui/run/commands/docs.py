"""Write docs/reference and the tables of docs/glossary.md from the declarations; `--check` only says whether they are
up to date.
"""

import argparse
import sys
from pathlib import Path

DOCS = Path(__file__).parents[4] / "docs"
REFERENCE, GLOSSARY = DOCS / "reference", DOCS / "glossary.md"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when a page is missing, stale or left over"
    )


def run(options: argparse.Namespace) -> int:
    from tonggui.run.setup import start_django

    start_django()
    from tonggui.run.reference import glossary, pages

    there = {path: path.read_text(encoding="utf-8") for path in (*REFERENCE.rglob("*.md"), GLOSSARY)}
    wanted = {REFERENCE / path: text for path, text in pages().items()}
    wanted[GLOSSARY] = glossary.completed(there[GLOSSARY])
    stale = sorted(path for path in wanted.keys() | there.keys() if wanted.get(path) != there.get(path))
    if options.check:
        for path in stale:
            state = "missing" if path not in there else "left over" if path not in wanted else "stale"
            print(f"docs/{path.relative_to(DOCS)} is {state}; run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    print(f"{len(wanted)} pages, {len(stale)} changed")
    return 0
