"""The linter: precision and recall by kind of fault on labelled texts, and its time for 20,000 characters.

The texts stand in tests/captures/proofread. Faults are also planted by rule into the clean ones. The bar is 200 ms.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "contracts"))
from proofread_measure import Score, labelled, planted, texts

from tonggui.texts import Text, lint

CHARACTERS = 20_000
ROUNDS = 15


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench proofread", description=__doc__)
    parser.add_argument("--names", default="dev-", help="only texts whose name begins so: dev- or held-")
    options = parser.parse_args(args)
    tell("labelled texts", labelled(options.names))
    tell("planted by rule into clean texts", planted(options.names))
    clock, work = (statistics.median(each) * 1000 for each in zip(*seconds(), strict=True))
    print(f"20,000 characters: {clock:.0f} ms ({work:.0f} ms of CPU), bar 200 ms")


def tell(title: str, score: Score) -> None:
    print(f"{title}: recall {score.recall:.3f}, precision {score.precision:.3f}, {score.silent} clean lines silent")
    for kind, (found, all_) in sorted(score.by_kind.items()):
        print(f"  {kind:<16}{found:>4} of {all_}")
    for words in score.missed:
        print(f"  missed {words}")
    for words in score.false:
        print(f"  false  {words}")


def seconds() -> list[tuple[float, float]]:
    """Rounds over the texts of the captures, cut to the length: by the clock, and of the processor."""
    whole = "\n".join(path.read_text(encoding="utf-8") for path in texts("clean", "") + texts("faulty", ""))
    written = (whole * (CHARACTERS // len(whole) + 1))[:CHARACTERS]
    found = []
    for _ in range(ROUNDS):
        start, used = time.perf_counter(), time.process_time()
        lint(Text.of(written))
        found.append((time.perf_counter() - start, time.process_time() - used))
    return found
