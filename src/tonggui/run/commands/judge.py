"""Judge weighing passes: JSON lines on stdin, limit, excess, rate, fine, warning, articles and steps on stdout.

One object a line, for example {"axles": 6, "gross_kg": 52400, "date": "2026-05-01", "combination": true, "type": "157",
"axle_groups": [[6500], [9000, 9000], [9300, 9300, 9300]], "driven_axles": 2, "single_tyre_axles": 0, "air_suspension":
false, "permit_kg": null, "readings": {"fine_steps": "floor"}}.
Required: axles, gross_kg, date. Also read: licence_kg, by_licence, posted_kg, trailer_spacing_mm. A line that cannot be
judged gives {"error": …, "line": …} in its place, and the next line is read.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from tonggui.base.checks import day, flag, number, shown, whole
from tonggui.base.errors import Problem
from tonggui.law.rules import plain_numbers
from tonggui.statutes import overloading
from tonggui.statutes.overloading.layouts import AXLES_OF_DIGIT, NO, UNKNOWN, YES

LINES_AT_ONCE = 20_000
RESULTS = ("limit_kg", "excess_kg", "rate", "fine_yuan", "warning")

Given = dict[str, Any]


def type_code(value: Any) -> int:
    """An axle-group code, "157", as the number the rule takes."""
    digits = str(value)
    if not digits.isascii() or not digits.isdigit() or any(int(digit) not in AXLES_OF_DIGIT for digit in digits):
        raise Problem(f"应为轴型代码，实为{shown(value)}", do="轴型代码每位为 1 至 7，如 157")
    return int(digits)


def group_sizes(value: Any) -> int:
    """Groups of axles, front to back, each a list of its axles or their number, as digits read as one number."""
    if not isinstance(value, list):
        raise Problem(f"应为各轴组的列表，实为{shown(value)}", do="如 [[6500], [9000, 9000]]")
    sizes = [len(group) if isinstance(group, list) else group for group in value]
    if not all(type(size) is int and 1 <= size <= 9 for size in sizes) or len(sizes) > 18:
        raise Problem(f"每组应有 1 至 9 个轴，实为{shown(value)}")
    return int("".join(map(str, sizes)) or "0")


def combination(value: Any) -> int:
    return YES if flag(value) else NO


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


KILOGRAMS = number(1, 1_000_000, "千克")
FIELDS: dict[str, tuple[str, Callable[[Any], Any], Any]] = {
    "axles": ("axles", whole(2, 30), None),
    "gross_kg": ("gross_kg", KILOGRAMS, None),
    "date": ("on", day, None),
    "type": ("type_code", type_code, 0),
    "axle_groups": ("group_sizes", group_sizes, 0),
    "combination": ("combination", combination, UNKNOWN),
    "driven_axles": ("driven_axles", whole(0, 30), UNKNOWN),
    "single_tyre_axles": ("single_tyre_axles", whole(0, 12), 0),
    "air_suspension": ("air_suspension", flag, False),
    "trailer_spacing_mm": ("trailer_spacing_mm", number(0, 20_000, "毫米"), np.nan),
    "licence_kg": ("licence_kg", KILOGRAMS, np.nan),
    "by_licence": ("by_licence", flag, False),
    "posted_kg": ("posted_kg", KILOGRAMS, np.nan),
    "permit_kg": ("permit_kg", KILOGRAMS, np.nan),
    "readings": ("readings", named_readings, {}),
}
"""Each key of a line: the column it fills, its check, and its value where absent or null (None: required)."""


def read(line: str) -> Given:
    """One line as values of columns; raises Problem."""
    try:
        given = json.loads(line)
    except ValueError as error:
        raise Problem(f"不是 JSON：{error}", do="每行写一个 JSON 对象") from None
    if not isinstance(given, dict):
        raise Problem("不是 JSON 对象", do="每行写一个 JSON 对象")
    row = {}
    for key, (column, check, absent) in FIELDS.items():
        value = given.get(key)
        if value is None:
            if absent is None:
                raise Problem(f"缺少“{key}”")
            row[column] = absent
        else:
            try:
                row[column] = check(value)
            except Problem as problem:
                raise problem.at(f"“{key}”") from None
    if not overloading.in_force(row["on"]):
        raise Problem(
            f"“date”在规定施行之前：{row['on']}",
            do=f"{overloading.mass_limit.article.act}自 {overloading.mass_limit.since} 起施行",
        )
    return row


def judged(rows: list[Given]) -> Iterator[dict[str, Any]]:
    """The result of each row of one set of readings, by one call over columns."""
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0] if name not in ("on", "readings")}
    on = np.array([row["on"] for row in rows], dtype="datetime64[D]")
    result = overloading.judge(on, readings=rows[0]["readings"], **columns)
    traces = overloading.trace(result)
    for values, trace in zip(zip(*(plain_numbers(result[name]) for name in RESULTS), strict=True), traces, strict=True):
        articles = list(dict.fromkeys(str(basis) for _, basis in trace))
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
    parser.add_argument("file", nargs="?", type=argparse.FileType("r", encoding="utf-8"), default=sys.stdin)


def run(options: argparse.Namespace) -> None:
    for answer in answers(options.file):
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
