"""`python -m bench [NAME] [options]`: run one bench, or all of them in turn.

A bench is a module here with a docstring and `main(args: list[str]) -> None`. It prints its own figures and those of a
peer doing the same work, interleaved, so that a busy machine hurts both alike. No bench decides a test.
"""

import ast
import importlib
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def benches() -> dict[str, str]:
    """Each bench with the first line of its docstring."""
    found = {}
    for path in sorted(FOLDER.glob("[a-z]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(part, ast.FunctionDef) and part.name == "main" for part in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").splitlines()[0]
    return found


def run(arguments: list[str]) -> int:
    known = benches()
    if arguments and arguments[0] in ("-h", "--help"):
        for name, line in known.items():
            print(f"  {name:<12}{line}")
        return 0
    names = arguments[:1] or list(known)
    if names[0] not in known:
        print(f"no bench {names[0]!r}; `python -m bench --help` lists them", file=sys.stderr)
        return 2
    for name in names:
        print(f"== {name}: {known[name]}", flush=True)
        importlib.import_module(f"bench.{name}").main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
