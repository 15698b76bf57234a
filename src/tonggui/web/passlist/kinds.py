"""The kinds of condition by which a list of passes is narrowed: each reads its part of the address and gives SQL.

A condition never fails on nonsense: what it cannot understand it shows as such, and narrows nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.http import QueryDict

from tonggui.base.clock import CHINA, to_micros
from tonggui.register.filters import Chip
from tonggui.register.spans import SHORTCUTS, Days, days
from tonggui.web.passlist.scope import PassScope

Where = tuple[list[str], dict[str, Any]]
# A digit more, and a number no longer fits what a scale can weigh.
DIGITS = 7


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition of the query bar; `kind` names the control that `register/parts/filter.html` draws."""

    name: str
    label: str
    kind = "text"
    unit: str = ""
    facet: str = ""  # SQL of the value that is counted; of a Choice, the place of its word from 1, 0 for none
    early: bool = False  # tested before doubles are left out: the same for every copy of a pass

    @property
    def parameters(self) -> list[str]:
        return [self.name]

    def given(self, query: QueryDict) -> list[str]:
        return [value.strip()[:60] for value in query.getlist(self.name) if value.strip()]

    def options(self, scope: PassScope) -> list[tuple[str, str]]:
        return []

    def where(self, query: QueryDict) -> Where:
        raise NotImplementedError

    def counted(self, value: Any) -> str:
        """The parameter that a counted value stands for; '' for one that is no choice."""
        return str(value)

    def word(self, value: str, scope: PassScope) -> str:
        """A value in words."""
        known = dict(self.options(scope))
        return known.get(value, f"没有“{value}”这一项") if known else value

    def chips(self, query: QueryDict, scope: PassScope) -> list[Chip]:
        return [Chip(self.name, v, f"{self.label}：{self.word(v, scope)}") for v in dict.fromkeys(self.given(query))]

    def control(self, query: QueryDict, scope: PassScope) -> dict[str, Any]:
        """What the template of the query bar draws."""
        values = self.given(query)
        return {
            "filter": self,
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "unit": self.unit,
            "options": self.options(scope),
            "values": values,
            "value": (values or [""])[0],
            "parameters": self.parameters,
            "first": "",
            "last": "",
            "named": "",
            "used": bool(values),
            "custom": False,
        }


@dataclass(frozen=True, kw_only=True)
class Choice(Condition):
    """Any of several words, each a piece of SQL."""

    words: Mapping[str, str] = field(default_factory=dict)
    pieces: Mapping[str, str] = field(default_factory=dict)
    kind = "choice"

    def options(self, scope: PassScope) -> list[tuple[str, str]]:
        return list(self.words.items())

    def where(self, query: QueryDict) -> Where:
        chosen = [self.pieces[value] for value in self.given(query) if value in self.pieces]
        return [f"({' OR '.join(chosen)})"] if chosen else [], {}

    def counted(self, value: Any) -> str:
        return list(self.words)[int(value) - 1] if 0 < int(value) <= len(self.words) else ""


@dataclass(frozen=True, kw_only=True)
class OneOf(Condition):
    """A column that has one of the values given; `known` names those that can be chosen."""

    column: str
    known: Callable[[PassScope], list[tuple[str, str]]]
    kind = "choice"

    def options(self, scope: PassScope) -> list[tuple[str, str]]:
        return self.known(scope)

    def where(self, query: QueryDict) -> Where:
        values = self.given(query)
        return ([f"{self.column} IN %({self.name})s"], {self.name: values}) if values else ([], {})


@dataclass(frozen=True, kw_only=True)
class Holds(Condition):
    """A text column that is, or holds, what is written."""

    sql: str

    def where(self, query: QueryDict) -> Where:
        values = self.given(query)
        return ([self.sql], {self.name: values[0].upper()}) if values else ([], {})


@dataclass(frozen=True, kw_only=True)
class Range(Condition):
    """A number from a least to a most."""

    column: str
    kind = "range"

    @property
    def parameters(self) -> list[str]:
        return [self.name, f"{self.name}_min", f"{self.name}_max"]

    def where(self, query: QueryDict) -> Where:
        found: list[str] = []
        values: dict[str, Any] = {}
        for parameter, sign in zip(self.parameters, ("=", ">=", "<="), strict=True):
            if (number := as_number(query.get(parameter, ""))) is not None:
                found.append(f"{self.column} {sign} %({parameter})s")
                values[parameter] = number
        return found, values

    def chips(self, query: QueryDict, scope: PassScope) -> list[Chip]:
        found = []
        for parameter, word in zip(self.parameters, ("等于", "不小于", "不大于"), strict=True):
            if written := query.get(parameter, "").strip():
                said = f"{word} {written}{self.unit}" if as_number(written) is not None else f"看不懂“{written}”"
                found.append(Chip(parameter, written, f"{self.label}：{said}"))
        return found

    def control(self, query: QueryDict, scope: PassScope) -> dict[str, Any]:
        ends = [query.get(name, "") for name in self.parameters[1:]]
        return {**super().control(query, scope), "first": ends[0], "last": ends[1], "used": any(ends)}


@dataclass(frozen=True, kw_only=True)
class Span(Condition):
    """Days of an instant: a shortcut, a named period, or two days."""

    column: str
    kind = "span"

    @property
    def parameters(self) -> list[str]:
        return [self.name, f"{self.name}_from", f"{self.name}_to"]

    def options(self, scope: PassScope) -> list[tuple[str, str]]:
        return list(SHORTCUTS.items())

    def span(self, query: QueryDict) -> Days | None:
        if given := self.given(query):
            return days(given[0])
        first, last = (query.get(name, "") for name in self.parameters[1:])
        return days(f"{first}..{last}") if first or last else None

    def where(self, query: QueryDict) -> Where:
        found: list[str] = []
        values: dict[str, Any] = {}
        span = self.span(query)
        for name, sign, day in (
            ("since", ">=", span and span.start),
            ("until", "<", span and span.end and span.end + timedelta(days=1)),
        ):
            if day:
                found.append(f"{self.column} {sign} fromUnixTimestamp64Micro(%({self.name}_{name})s)")
                values[f"{self.name}_{name}"] = to_micros(datetime.combine(day, time(), CHINA))
        return found, values

    def chips(self, query: QueryDict, scope: PassScope) -> list[Chip]:
        given = {name: query.get(name, "") for name in self.parameters if query.get(name)}
        if not given:
            return []
        span = self.span(query)
        words = str(span) if span else f"看不懂“{'、'.join(given.values())}”"
        name, value = next(iter(given.items()))
        return [Chip(name, value, f"{self.label}：{words}")]

    def control(self, query: QueryDict, scope: PassScope) -> dict[str, Any]:
        made, span = super().control(query, scope), self.span(query)
        if span:
            value = made["value"]
            made |= {"first": span.start or "", "last": span.end or "", "custom": not value}
            made["named"] = str(span) if value and value not in SHORTCUTS else ""
        return made


def as_number(written: str) -> float | None:
    """A plain number of at most DIGITS digits before the point, or None."""
    plain = written.strip().replace(",", "")
    whole, _, rest = plain.partition(".")
    fits = whole.isascii() and whole.isdigit() and len(whole) <= DIGITS and (not rest or rest.isdigit())
    return float(plain) if fits and plain.isascii() and len(plain) < 16 else None
