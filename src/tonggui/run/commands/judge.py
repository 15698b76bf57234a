"""Judge weighing passes: JSON lines on stdin, limit, excess, rate, fine, warning, articles and steps on stdout.

One object a line, for example {"axles": 6, "gross_kg": 52400, "date": "2026-05-01", "combination": true, "type": "157",
"axle_groups": [[6500], [9000, 9000], [9300, 9300, 9300]], "driven_axles": 2, "single_tyre_axles": 0, "air_suspension":
false, "permit_kg": null, "readings": {"fine_steps": "floor"}}.
Required: axles, gross_kg, date. Also read: licence_kg, by_licence, posted_kg, trailer_spacing_mm. A line that cannot be
judged gives {"error": …, "line": …} in its place, and the next line is read.
"""

import argparse
import io
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

import numpy as np

from tonggui.base.checks import Check, day, shown, whole
from tonggui.base.errors import Problem
from tonggui.law.declare import Article
from tonggui.law.rules import plain_numbers
from tonggui.protocols.weighing.vehicle import KILOGRAMS, TRAITS
from tonggui.statutes import overloading

LINES_AT_ONCE = 20_000
RESULTS = ("limit_kg", "excess_kg", "rate", "fine_yuan", "warning")

Given = dict[str, Any]


def named_readings(value: Any) -> dict[str, str]:
    """Choices by the code of their reading; an unknown code or choice is a fault."""
    if not isinstance(value, dict):
        raise Problem(f"应为对象，实为{shown(value)}")
    for code, choice in value.items():
        reading = overloading.READINGS.get(code)
        if reading is None:
            raise Problem(f"没有“{code}”这一项", do=f"可选：{'、'.join(overloading.READINGS)}")
        reading.chosen({code: choice})
    return value


FIELDS: dict[str, tuple[str, Check]] = {
    "axles": ("axles", whole(2, 30)),
    "gross_kg": ("gross_kg", KILOGRAMS),
    "date": ("on", day),
    "readings": ("readings", named_readings),
    **{trait.key: (trait.column, trait.check) for trait in TRAITS},
}
"""Each key of a line: the column it fills and its check."""
REQUIRED = ("axles", "gross_kg", "date")
ABSENT: Given = {"readings": {}, **{trait.column: trait.absent for trait in TRAITS}}
"""The value of a column whose key is absent or null."""


def read(line: str) -> Given:
    """One line as values of columns; raises Problem."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Problem(f"不是 JSON：{error}", do="每行写一个 JSON 对象") from None
    if not isinstance(given, dict):
        raise Problem("不是 JSON 对象", do="每行写一个 JSON 对象")
    row = ABSENT.copy()
    for key, value in given.items():
        if key in FIELDS and value is not None:
            column, check = FIELDS[key]
            try:
                row[column] = check(value)
            except Problem as problem:
                raise problem.at(f"“{key}”") from None
    for key in REQUIRED:
        if FIELDS[key][0] not in row:
            raise Problem(f"缺少“{key}”")
    if not overloading.in_force(row["on"]):
        act, since = overloading.mass_limit.article.act, overloading.mass_limit.since
        raise Problem(f"“date”在规定施行之前：{row['on']}", do=f"{act}自 {since} 起施行")
    return row


@cache
def cited(basis: Article) -> str:
    return str(basis)


def judged(rows: list[Given]) -> Iterator[dict[str, Any]]:
    """The result of each row of one set of readings, by one call over columns."""
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0] if name not in ("on", "readings")}
    on = np.array([row["on"] for row in rows], dtype="datetime64[D]")
    result = overloading.judge(on, readings=rows[0]["readings"], **columns)
    traces = overloading.trace(result)
    for values, trace in zip(zip(*(plain_numbers(result[name]) for name in RESULTS), strict=True), traces, strict=True):
        articles = list(dict.fromkeys(cited(basis) for _, basis in trace))
        yield dict(zip(RESULTS, values, strict=True)) | {"articles": articles, "steps": [step for step, _ in trace]}


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One answer a line, in order, judged in batches; blank lines are passed over."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(numbered, LINES_AT_ONCE)):
        answered: list[dict[str, Any]] = [{} for _ in batch]
        alike: dict[str, list[tuple[int, Given]]] = {}
        for place, (line_number, line) in enumerate(batch):
            try:
                row = read(line)
            except Problem as problem:
                answered[place] = {"error": str(problem.at(f"第 {line_number} 行")), "line": line_number}
            else:
                alike.setdefault(str(sorted(row["readings"].items())), []).append((place, row))
        for rows in alike.values():
            for (place, _), answer in zip(rows, judged([row for _, row in rows]), strict=True):
                answered[place] = answer
        yield from answered


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=argparse.FileType("rb"), default=sys.stdin.buffer)


def run(options: argparse.Namespace) -> None:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for answer in answers(io.TextIOWrapper(options.file, "utf-8-sig", errors="replace")):
        sys.stdout.write(encode(answer) + "\n")
