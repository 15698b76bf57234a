"""Faults of an official text (.docx or .txt), one a line, with place, rule and what to do.

With --json each is a JSON object: rule, line, column, words, wrong, do. With --layout a .docx is held against GB/T
9704-2012 instead, a point a line. Ends with 1 where something was found, with 2 where a file cannot be read.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tonggui.base.errors import Problem
from tonggui.texts import lint, read


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="+", help="the text, .docx or .txt")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--layout", action="store_true", help="the layout of a .docx by GB/T 9704, not its words")


def run(options: argparse.Namespace) -> int:
    if options.layout:
        return layout(options)
    found = 0
    for path in options.file:
        try:
            findings = lint(read(path))
        except (Problem, OSError) as problem:
            print(problem, file=sys.stderr)
            return 2
        found += len(findings)
        named = f"{path.name} " if len(options.file) > 1 else ""
        for one in findings:
            print(json.dumps(asdict(one), ensure_ascii=False) if options.json else f"{named}{one}")
    if not found and not options.json:
        print("没有发现问题。")
    return 1 if found else 0


def layout(options: argparse.Namespace) -> int:
    """Each point of the standard with what was found in the file."""
    from tonggui.measure.document.checking import check

    wrong = 0
    for path in options.file:
        try:
            points = check(path.read_bytes(), path.name)
        except (Problem, OSError) as problem:
            print(problem, file=sys.stderr)
            return 2
        wrong += sum(not point.holds for point in points)
        named = f"{path.name} " if len(options.file) > 1 else ""
        for point in points:
            words = f"[{point.title}] {'相符' if point.holds else '不符'}：{point.found}。"
            advice = "" if point.holds else f"应为{point.asked}。{point.do}。"
            print(json.dumps(asdict(point), ensure_ascii=False) if options.json else f"{named}{words}{advice}")
    return 1 if wrong else 0
