"""Rules of law over columns: one weighing and a year of weighings are the same call.

A rule says its article, what it takes and gives, on which readings of unclear words it rests, how its result came about
(steps) and examples. Examples are tests: `Rule.failures` computes them, and the shared suite runs every rule.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from string import Formatter
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.base.errors import Problem
from tonggui.law import overrides
from tonggui.law.acts import Act, Article
from tonggui.law.parameters import Parameter

Columns = dict[str, npt.NDArray[Any]]

UNKNOWN, NO, YES = -1, 0, 1
"""The values of a column that answers a question, where the answer may not be known."""

_rules: dict[str, "Rule"] = {}


@dataclass(frozen=True, slots=True)
class Given:
    """A column that a rule takes. None in the data becomes `unknown`; a missing column is `unknown` throughout."""

    name: str
    title: str
    dtype: str = "int64"
    unit: str = ""
    unknown: Any = None  # a required column when None

    def column(self, value: Any) -> npt.NDArray[Any]:
        """The values as an array of at least one row, None written as `unknown`."""
        array = np.atleast_1d(np.asarray(value))
        if array.dtype == object and self.unknown is not None:
            array = np.where(array == None, self.unknown, array)  # noqa: E711 - element by element
        return array.astype(self.dtype, copy=False)


@dataclass(frozen=True, slots=True)
class Gives:
    """A column that a rule gives."""

    name: str
    title: str
    unit: str = ""


@dataclass(frozen=True)
class Reading:
    """An unclear clause: the ways it can be read, by code, and the one used unless somebody chooses another."""

    code: str
    title: str
    clause: Article
    choices: Mapping[str, str]
    default: str

    def __post_init__(self) -> None:
        if self.default not in self.choices:
            raise ValueError(f"reading {self.code!r}: default {self.default!r} is not one of {list(self.choices)}")

    def chosen(self, readings: Mapping[str, str] | None) -> str:
        """The choice in `readings`, or the default; an unknown choice raises Problem."""
        choice = (readings or {}).get(self.code, self.default)
        if choice not in self.choices:
            raise Problem(f"“{self.title}”没有“{choice}”这种理解", do=f"可选：{'、'.join(self.choices)}")
        return choice

    def on(self, day: date) -> str:
        """The choice in force on a day: the bureau's own where it has decided, else the default."""
        decided = overrides.at(self.code, day)
        return decided.value if decided else self.default


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to a result: a sentence with columns in braces, its basis, and when it was taken.

    `when` gives the rows on which the step was taken, from the columns (taken and given together); None is every row.
    """

    text: str
    basis: Article
    when: Callable[[Columns], npt.NDArray[np.bool_]] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Given columns of one row on a day, and what must come out. Columns not named are not compared."""

    title: str
    on: date
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule of law. Call it with a day and columns; see `rule` for the parts."""

    title: str
    article: Article
    since: date
    compute: Callable[..., Columns]
    takes: Sequence[Given]
    gives: Sequence[Gives]
    parameters: Sequence[Parameter] = ()
    reading: str = ""
    readings: Sequence[Reading] = ()
    steps: Sequence[Step] = ()
    examples: Sequence[Example] = ()
    until: date | None = None

    @property
    def name(self) -> str:
        """The name of its function, by which other declarations know it."""
        return self.compute.__name__

    def __repr__(self) -> str:
        return f"Rule({self.name})"

    def in_force(self, days: Any) -> npt.NDArray[np.bool_]:
        """For each day whether this rule is the law."""
        days = np.atleast_1d(np.asarray(days, dtype="datetime64[D]"))
        return (days >= np.datetime64(self.since)) & (self.until is None or days < np.datetime64(self.until))

    def __call__(self, on: Any, *, readings: Mapping[str, str] | None = None, **given: Any) -> dict[str, Any]:
        """Every column the rule gives. Scalars in, scalars out; any array makes all of them arrays of its length.

        Raises Problem for a day on which the rule is not the law, TypeError for a column it does not know or lacks.
        """
        single = isinstance(on, date) and all(np.ndim(value) == 0 for value in given.values())
        result = self.columns(on, readings=readings, **given)
        return {name: column[0].item() for name, column in result.items()} if single else result

    def columns(self, on: Any, *, readings: Mapping[str, str] | None = None, **given: Any) -> Columns:
        """As calling the rule, but always arrays."""
        taken = self.taken(on, given)
        days = taken.pop("on")
        known = self.in_force(days)
        if not known.all():
            day = days[~known][0].item()
            raise Problem(
                f"“{self.title}”在 {day} 不适用：自 {self.since} 起施行（{self.article.short}）", do="请核对日期"
            )
        if not self.readings:
            return self.compute(days, **taken)
        return self._read(days, taken, readings or {})

    def _read(self, days: npt.NDArray[Any], taken: Columns, readings: Mapping[str, str]) -> Columns:
        """The result under the choices given and, for the rest, under those that the bureau had made by each day."""
        free = [reading for reading in self.readings if reading.code not in readings]
        changes = sorted({one.since for reading in free for one in overrides.of(reading.code)})
        if not changes:
            return self.compute(days, **taken, readings=readings)
        found: Columns = {}
        spans = np.searchsorted(np.array(changes, dtype="datetime64[D]"), days, side="right")
        for span in np.unique(spans):
            rows = spans == span
            chosen = {reading.code: reading.on(changes[span - 1]) for reading in free} if span else {}
            part = self.compute(
                days[rows], **{name: column[rows] for name, column in taken.items()}, readings={**readings, **chosen}
            )
            for name, column in part.items():
                found.setdefault(name, np.empty(len(days), dtype=column.dtype))[rows] = column
        return found

    def taken(self, on: Any, given: Mapping[str, Any]) -> Columns:
        """The columns the rule takes, with `on`, as arrays of one length."""
        names = [column.name for column in self.takes]
        for name in given:
            if name not in names:
                raise TypeError(f"{self.name} takes no column {name!r}.{suggestion(name, names)}")
        columns = {"on": np.atleast_1d(np.asarray(on, dtype="datetime64[D]"))}
        for column in self.takes:
            if column.name not in given and column.unknown is None:
                raise TypeError(f"{self.name} needs the column {column.name!r}")
            columns[column.name] = column.column(given.get(column.name, column.unknown))
        return dict(zip(columns, np.broadcast_arrays(*columns.values()), strict=True))

    def trace(
        self, taken: Columns, result: Columns, readings: Mapping[str, str] | None = None
    ) -> list[list[tuple[str, Article]]]:
        """For each row the steps taken, as sentences with their basis, and last what the bureau has set itself.

        `readings` are the choices given to the rule, which went before the bureau's.
        """
        traces = render_steps(self.steps, {**taken, **result})
        if "on" in taken and any(overrides.of(one) for one in self._settable):
            for steps, day in zip(traces, taken["on"].tolist(), strict=True):
                steps += self.decided(day, readings)
        return traces

    @property
    def _settable(self) -> list[str]:
        """What of the rule a bureau may have set: titles of parameters, codes of readings."""
        return [one.title for one in self.parameters if one.local] + [one.code for one in self.readings]

    def decided(self, day: date, readings: Mapping[str, str] | None = None) -> list[tuple[str, Article]]:
        """The bureau's own values that the rule uses on a day, each as a sentence with its basis."""
        found = [(one.title, one.title) for one in self.parameters if one.local]
        found += [(one.code, one.title) for one in self.readings if one.code not in (readings or {})]
        made = [(title, decided) for name, title in found if (decided := overrides.at(name, day))]
        return [(f"“{title}”按{decided}", Article(Act("本局参数"), name=decided.by)) for title, decided in made]

    def failures(self) -> list[str]:
        """Each example that does not come out as it says."""
        wrong = []
        for example in self.examples:
            got = self(example.on, readings=example.readings, **example.given)
            for name, value in example.expect.items():
                if got[name] != value:
                    wrong.append(f"{self.name}: {example.title}: {name} is {got[name]!r}, not {value!r}")
        return wrong


def render_steps(steps: Sequence[Step], columns: Columns) -> list[list[tuple[str, Article]]]:
    """The sentences of each row, step by step; a number without a fraction is written without one."""
    rows = len(next(iter(columns.values())))
    traces: list[list[tuple[str, Article]]] = [[] for _ in range(rows)]
    for step in steps:
        taken = np.arange(rows) if step.when is None else np.flatnonzero(step.when(columns))
        if not len(taken):
            continue
        names = placeholders(step.text)
        values = [plain_numbers(columns[name][taken]) for name in names]
        sentences = map(_template(step.text).format, *values) if names else [step.text] * len(taken)
        for row, sentence in zip(taken.tolist(), sentences, strict=True):
            traces[row].append((sentence, step.basis))
    return traces


def placeholders(text: str) -> list[str]:
    """The columns a sentence names, in order."""
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _template(text: str) -> str:
    """The sentence with its columns by position instead of by name, so that whole columns can be mapped over it."""
    for name in placeholders(text):
        text = text.replace("{" + name, "{", 1)
    return text


def plain_numbers(column: npt.NDArray[Any]) -> list[Any]:
    """A column as Python values, whole numbers of a float column as ints."""
    values = column.tolist()
    return [int(value) if value.is_integer() else value for value in values] if column.dtype.kind == "f" else values


def suggestion(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f' Did you mean "{close[0]}"?' if close else f" It knows {', '.join(known)}."


def rule(
    title: str,
    article: Article,
    *,
    since: date,
    takes: Sequence[Given],
    gives: Sequence[Gives],
    examples: Sequence[Example],
    parameters: Sequence[Parameter] = (),
    reading: str = "",
    readings: Sequence[Reading] = (),
    steps: Sequence[Step] = (),
    until: date | None = None,
) -> Callable[[Callable[..., Columns]], Rule]:
    """Declares a function over columns as a rule of law.

    The function takes the days (datetime64[D]) and one array a taken column, and `readings` where the rule has any; it
    returns one array a given column. `reading` states how an unclear clause is understood where there is no choice.
    """

    def declare(compute: Callable[..., Columns]) -> Rule:
        made = Rule(title, article, since, compute, takes, gives, parameters, reading, readings, steps, examples, until)
        _check(made)
        _rules[f"{made.name}@{since}"] = made
        return made

    return declare


def _check(made: Rule) -> None:
    """Mistakes in a declaration speak up when it is loaded, with the file's own words."""
    where = f"{made.compute.__module__}: {made.name}"
    taken = [column.name for column in made.takes]
    given = [column.name for column in made.gives]
    arguments = list(inspect.signature(made.compute).parameters)
    expected = ["on", *taken, *(["readings"] if made.readings else [])]
    if sorted(arguments) != sorted(expected):
        raise ValueError(f"{where} has the arguments {arguments}, its declaration says {expected}")
    if not made.examples:
        raise ValueError(f"{where} has no example")
    for example in made.examples:
        for name, known in [*((n, taken) for n in example.given), *((n, given) for n in example.expect)]:
            if name not in known:
                raise ValueError(f'{where}: example "{example.title}" names "{name}".{suggestion(name, known)}')
    for step in made.steps:
        for name in placeholders(step.text):
            if name not in taken + given:
                raise ValueError(f'{where}: a step names "{name}".{suggestion(name, taken + given)}')


def all_rules() -> list[Rule]:
    """Every rule declared so far, in the order of declaration. Import `tonggui.statutes` first to have them all."""
    return list(_rules.values())
