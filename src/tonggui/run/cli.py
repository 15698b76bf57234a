"""`tonggui COMMAND`: finds the module of the command, lets it declare its options, runs it."""

import argparse
import ast
import importlib
import os
import sys
from pathlib import Path

# Nothing here multiplies matrices, yet NumPy's library would start a thread a core, and with more than one thread every
# system call costs more: a tenth of the gateway's work (`python -m bench gateway`). Read when NumPy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tonggui.base.site import Site
from tonggui.law import overrides

COMMANDS = Path(__file__).with_name("commands")


def commands() -> dict[str, str]:
    """Each command with the first line of its module's docstring, read without importing it."""
    found = {}
    for path in sorted(COMMANDS.glob("[a-z]*.py")):
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        found[path.stem.replace("_", "-")] = doc.splitlines()[0] if doc else ""
    return found


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """`--data DIR`, the same for every command that works on a site."""
    parser.add_argument("--data", default=default_data(), metavar="DIR", help="the site's folder")


def default_data() -> str:
    return os.environ.get("TONGGUI_DATA", "data")


def main(argv: list[str] | None = None) -> int:
    argv = sys.argv[1:] if argv is None else argv
    known = commands()
    if not argv or argv[0] in ("-h", "--help", "help"):
        print("usage: tonggui COMMAND [options]\n")
        for name, line in known.items():
            print(f"  {name:<16}{line}")
        return 0
    name, rest = argv[0], argv[1:]
    if name not in known:
        print(f"tonggui: no command {name!r}; `tonggui help` lists them", file=sys.stderr)
        return 2
    module = importlib.import_module(f"tonggui.run.commands.{name.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"tonggui {name}", description=module.__doc__)
    module.arguments(parser)
    options = parser.parse_args(rest)
    # Every process judges by the values that this site's bureau has set for itself.
    overrides.read_from(Site.at(getattr(options, "data", default_data())).bureau_values)
    try:
        return module.run(options) or 0
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
