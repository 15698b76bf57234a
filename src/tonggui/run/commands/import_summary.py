"""Figures read from an old summary (.txt or .docx), one a line: what is counted, value, unit, certainty, period.

    tonggui import-summary F --json          a JSON object a line: item, value, unit, qualifier, period, indicator, line
    tonggui import-summary F --json --all    also dates, projects, places, stages, and what does not add up
    tonggui import-summary --evaluate DIR    precision and recall over labelled texts (F.txt with F.jsonl beside it)

The value stays as printed with its unit (2.2万平方米 is 2.2 and 万平方米). An indicator is a code of the catalogue, or
null where the words do not say which for certain. Nothing is kept: at /documents/old/ a person takes baselines from it.
"""

import argparse
import json
import sys
from pathlib import Path

from tonggui.base.errors import Problem


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="*", help="the summary, .docx or .txt (UTF-8 or GB 18030)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--all", action="store_true", help="also dates, names, places, stages and what does not add up")
    parser.add_argument("--evaluate", type=Path, metavar="DIR", help="measure the reader on labelled texts")
    parser.add_argument("--misses", action="store_true", help="with --evaluate: print what was missed or wrongly read")


def run(options: argparse.Namespace) -> int:
    if options.evaluate:
        return evaluate(options.evaluate, options.misses)
    if not options.file:
        print("tonggui import-summary: 请给出要读取的文件", file=sys.stderr)
        return 2
    from tonggui.indicators.heard import code_of
    from tonggui.texts.summary import read_file, sights

    for path in options.file:
        try:
            reading = read_file(path)
        except (Problem, OSError) as problem:
            print(problem, file=sys.stderr)
            return 2
        for entry in reading.entries:
            said = entry.as_json(code_of(entry), full=options.all or not options.json)
            print(json.dumps(said, ensure_ascii=False) if options.json else in_words(said))
        if options.all:
            for sight in sights(reading.text):
                print(json.dumps(sight.as_json(), ensure_ascii=False) if options.json else str(sight))
    return 0


def in_words(said: dict) -> str:
    """第 3 行 发现隐患 12处（2024H1，HAZ-01）."""
    notes = "，".join(str(said[name]) for name in ("period", "indicator") if said[name])
    faults = "".join(f" ⚠ {fault}" for fault in said.get("faults", ()))
    return (
        f"第 {said['line']} 行 {said['item']} {said['qualifier'] or ''}{said['value']}{said['unit']}（{notes}）{faults}"
    )


def evaluate(folder: Path, misses: bool) -> int:
    """Print precision and recall of figures (by unit and object), of periods and of indicators."""
    from tonggui.indicators.heard import code_of
    from tonggui.texts.summary.evaluate import Score, evaluate

    total = Score()
    for path in sorted(folder.glob("*.txt")):
        if path.with_suffix(".jsonl").exists():
            score = evaluate(path, code_of)
            total += score
            print(f"{path.stem:44} {score}")
            for missed in score.missed if misses else ():
                print(f"    漏读 {missed}")
            for wrong in score.wrong if misses else ():
                print(f"    误读 {wrong}")
    if not total.labelled:
        print(f"tonggui import-summary: {folder} 里没有标注过的文本（X.txt 与 X.jsonl）", file=sys.stderr)
        return 2
    print(f"{'all':44} {total}")
    return 0
