"""Weighings as lines of JSON: a batch is read key by key into columns, judged by one call, and told pattern by pattern.

What a whole column makes plain is not asked of each value again; a line with anything unusual in it is read alone
(`read`), which knows every fault in words.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

import numpy as np

from tonggui.base.checks import Check, day, number, shown, text, whole
from tonggui.base.errors import Problem
from tonggui.law import overrides
from tonggui.law.declare import Step
from tonggui.law.rules import Columns, plain_numbers
from tonggui.law.telling import alike, template
from tonggui.protocols.weighing.vehicle import KILOGRAMS, TRAITS, type_code
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


def axle_code(value: Any) -> int:
    """An axle-group code; one with digits that stand for no group is judged by the count of axles, and told."""
    digits = str(value).strip()
    if not digits and isinstance(value, str):
        return 0
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else type_code(value)


FIELDS: dict[str, tuple[str, Check]] = {
    "axles": ("axles", whole(2, 30)),
    "gross_kg": ("gross_kg", KILOGRAMS),
    "date": ("on", day),
    "readings": ("readings", named_readings),
    "accuracy": ("accuracy", number(0.1, 20)),
    "site_kind": ("site_kind", text(20)),
    **{trait.key: (trait.column, trait.check) for trait in TRAITS},
    "type": ("type_code", axle_code),
}
"""Each key of a line: the column it fills and its check."""
REQUIRED = ("axles", "gross_kg", "date")
ABSENT: Given = {
    "readings": {},
    "accuracy": np.nan,
    "site_kind": "",
    **{trait.column: trait.absent for trait in TRAITS},
}
"""The value of a column whose key is absent or null."""
LEAST_MOST = {"gross_kg": (1, 1_000_000), "licence_kg": (1, 1_000_000), "permit_kg": (1, 1_000_000)}
"""Keys whose values are mostly all different: their bounds are tried over the column."""

_scan = json.JSONDecoder().scan_once


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


def answered(lines: Iterable[str]) -> Iterator[str]:
    """One line of JSON a line, in order, judged in batches; blank lines are passed over."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(numbered, LINES_AT_ONCE)):
        yield from _batch([line for _, line in batch], [number for number, _ in batch])


def _batch(lines: Sequence[str], numbers: Sequence[int]) -> list[str]:
    """The answers of a batch of lines."""
    found = [""] * len(lines)
    objects = [_object(line) for line in lines]
    columns, odd = _columns(objects)
    alone: list[Given] = []
    places: list[int] = []
    for place in odd:
        try:
            alone.append(read(lines[place]))
        except Problem as problem:
            error = {"error": str(problem.at(f"第 {numbers[place]} 行")), "line": numbers[place]}
            found[place] = json.dumps(error, ensure_ascii=False)
        else:
            places.append(place)
    good = np.setdiff1d(np.arange(len(lines)), odd)
    parts = [({name: values[good] for name, values in columns.items()}, good)] if len(good) else []
    if alone:
        parts.append(({name: _array([row[name] for row in alone]) for name in alone[0]}, np.array(places)))
    for part, where in parts:
        for rows, readings in _by_readings(part["readings"]):
            told = _told({name: values[rows] for name, values in part.items() if name != "readings"}, readings)
            for place, answer in zip(where[rows].tolist(), told, strict=True):
                found[place] = answer
    return found


def _object(line: str) -> Any:
    """The object of a line, None where the line is anything else."""
    line = line.strip(" \t\r\n")
    try:
        value, end = _scan(line, 0)
    except (ValueError, StopIteration, RecursionError):
        return None
    return value if type(value) is dict and end == len(line) else None


def _columns(objects: Sequence[Any]) -> tuple[Columns, list[int]]:
    """The lines as columns, and the places of lines that must be read alone."""
    odd = {place for place, value in enumerate(objects) if value is None}
    objects = [value if value is not None else {} for value in objects] if odd else objects
    shapes = set(map(tuple, objects))
    if len(shapes) == 1:
        given = dict(zip(*shapes, zip(*map(dict.values, objects), strict=True), strict=True))
    else:
        given = {key: [value.get(key) for value in objects] for key in set().union(*shapes) & FIELDS.keys()}
    nothing = [None] * len(objects)
    columns = {name: _column(key, given.get(key, nothing), check, odd) for key, (name, check) in FIELDS.items()}
    before = columns["on"] < np.datetime64(overloading.mass_limit.since or "0001-01-01")
    odd.update(np.flatnonzero(before).tolist())
    return columns, sorted(odd)


def _column(key: str, values: Sequence[Any], check: Check, odd: set[int]) -> Any:
    """The checked values of one key; the places of values that do not pass are added to `odd`."""
    absent = ABSENT.get(FIELDS[key][0], STAND_IN.get(key))
    kinds = set(map(type, values))
    if key in LEAST_MOST and kinds <= {int, float, type(None)}:
        try:
            return _numbers(key, values, odd)
        except OverflowError:
            pass
    if kinds - {type(None)} in (set(), {int}, {str}, {bool}):
        known = _checked(set(values), check, None if key in REQUIRED else absent)
        if None in known.values():
            odd.update(place for place, value in enumerate(values) if known[value] is None)
        if len(known) == 1:
            return _array([absent if made is None else made for made in known.values()]).repeat(len(values))
        return _array([absent if made is None else made for made in map(known.__getitem__, values)])
    found = []
    for place, value in enumerate(values):
        try:
            found.append(absent if value is None else check(value))
        except Problem:
            odd.add(place)
            found.append(absent)
    if key in REQUIRED:
        odd.update(place for place, value in enumerate(values) if value is None)
    return _array(found)


STAND_IN: Given = {"axles": 2, "gross_kg": 1.0, "date": day("2026-01-01")}
"""What stands in a required column for a line that is read alone."""


def _numbers(key: str, values: Sequence[Any], odd: set[int]) -> Any:
    """A column of numbers, None as NaN, all bounds tried at once."""
    numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    least, most = LEAST_MOST[key]
    for place in np.flatnonzero(~((numbers >= least) & (numbers <= most))).tolist():
        if values[place] is not None or key in REQUIRED:
            odd.add(place)
    return numbers


def _checked(distinct: Iterable[Any], check: Check, absent: Any) -> dict[Any, Any]:
    """What the check makes of each value, None where it does not pass; None itself is `absent`."""
    known = {}
    for value in distinct:
        try:
            known[value] = absent if value is None else check(value)
        except Problem:
            known[value] = None
    return known


def _array(values: list[Any]) -> Any:
    """An array of one dimension whatever the values are."""
    if values and isinstance(values[0], dict):
        made = np.empty(len(values), dtype=object)
        made[:] = values
        return made
    return np.array(values, dtype="datetime64[D]" if values and hasattr(values[0], "isoformat") else None)


def _by_readings(given: Any) -> Iterator[tuple[Any, dict[str, str]]]:
    """Rows that share their readings, with them."""
    names = [str(sorted(readings.items())) if readings else "" for readings in given.tolist()]
    if not any(names):
        yield np.arange(len(names)), {}
        return
    _, first, which = np.unique(np.array(names), return_index=True, return_inverse=True)
    for place, row in enumerate(first.tolist()):
        yield np.flatnonzero(which == place), given[row]


def _told(columns: Columns, readings: dict[str, str]) -> list[str]:
    """The answers of rows of one set of readings, by one call over columns."""
    judged = overloading.judge(columns.pop("on"), columns.pop("gross_kg"), readings=readings, **columns)
    decided = _decided(judged, readings)
    steps = tuple(chain.from_iterable(rule.steps for rule in overloading.RULES))
    answers = [""] * len(judged["on"])
    for taken, rows in alike(steps, judged):
        form, names = _form(taken)
        values = [_written(judged[name][rows]) for name in (*RESULTS, *names)]
        for row, answer in zip(rows.tolist(), map(form, *values), strict=True):
            answers[row] = answer
    return [with_decisions(answer, more) for answer, more in zip(answers, decided, strict=True)] if decided else answers


@cache
def _form(steps: tuple[Step, ...]) -> tuple[Callable[..., str], list[str]]:
    """How an answer with these steps is written, and the columns its sentences name."""
    texts, names = template(steps)
    articles = list(dict.fromkeys(str(step.basis) for step in steps))
    results = ", ".join(f'"{name}": {{}}' for name in RESULTS)
    fixed = json.dumps(articles, ensure_ascii=False).replace("{", "{{").replace("}", "}}")
    sentences = json.dumps(texts, ensure_ascii=False)
    return f'{{{{{results}, "articles": {fixed}, "steps": {sentences}}}}}'.format, names


def _written(column: Any) -> list[Any]:
    """A column as it is written in JSON."""
    return (
        ["true" if value else "false" for value in column.tolist()] if column.dtype == bool else plain_numbers(column)
    )


def _decided(judged: Columns, readings: dict[str, str]) -> list[list[tuple[str, str]]]:
    """What the bureau has set itself and each weighing was judged by, as sentences with their basis."""
    if not overrides.version():
        return []
    by_day = {
        day: [(sentence, str(basis)) for rule in overloading.RULES for sentence, basis in rule.decided(day, readings)]
        for day in set(judged["on"].tolist())
    }
    return [by_day[day] for day in judged["on"].tolist()]


def with_decisions(answer: str, decided: list[tuple[str, str]]) -> str:
    """An answer with the bureau's own decisions behind its steps."""
    if not decided:
        return answer
    told = json.loads(answer)
    told["steps"] += [sentence for sentence, _ in decided]
    told["articles"] = list(dict.fromkeys(told["articles"] + [basis for _, basis in decided]))
    return json.dumps(told, ensure_ascii=False)
