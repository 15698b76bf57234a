"""Judge weighing passes: JSON lines on stdin, limit, excess, rate, fine, warning, articles and steps on stdout.

One object a line, for example {"axles": 6, "gross_kg": 52400, "date": "2026-05-01", "combination": true, "type": "157",
"axle_groups": [[6500], [9000, 9000], [9300, 9300, 9300]], "driven_axles": 2, "single_tyre_axles": 0, "air_suspension":
false, "permit_kg": null, "readings": {"fine_steps": "floor"}}.
Required: axles, gross_kg, date. Also read: licence_kg, by_licence, posted_kg, trailer_spacing_mm, wide_tyres, exempt,
height_m, width_m, length_m, and accuracy and site_kind of the scale. A line that cannot be judged gives {"error": …,
"line": …} in its place, and the next line is read.

Without --data (or TONGGUI_DATA) every clause is read as the law's own reference prefers; with it, as the bureau of
that site has chosen from each day on. A line's own readings go before both.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from tonggui.base.site import Site
from tonggui.law import overrides
from tonggui.run.judging import RESULTS, answered

__all__ = ["RESULTS", "answers", "arguments", "run"]


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One answer a line, in order; blank lines are passed over."""
    return map(json.loads, answered(lines))


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=argparse.FileType("rb"), default=sys.stdin.buffer)
    parser.add_argument(
        "--data",
        "--site",
        dest="bureau",
        default=os.environ.get("TONGGUI_DATA"),
        metavar="DIR",
        help="the site whose bureau's own choices are used",
    )


def run(options: argparse.Namespace) -> None:
    overrides.read_from(Site.at(options.bureau).bureau_values if options.bureau else None)
    for answer in answered(io.TextIOWrapper(options.file, "utf-8-sig", errors="replace")):
        sys.stdout.write(answer + "\n")
