"""By what a list of passes is narrowed: each condition reads its part of the address and gives SQL with its values.

A condition never fails on nonsense: what it cannot understand it shows as such, and narrows nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.http import QueryDict

from tonggui.base.clock import CHINA, to_micros
from tonggui.base.codes import PlateColor
from tonggui.register.filters import Chip
from tonggui.register.spans import SHORTCUTS, Days, days
from tonggui.statutes.overloading import statistics
from tonggui.web.passlist.scope import PassScope

Where = tuple[list[str], dict[str, Any]]
# A digit more, and a number no longer fits what a scale can weigh.
DIGITS = 7


def _bands() -> dict[str, tuple[str, float, float | None]]:
    """Bands of the over-limit rate by their code: words, above which rate, and up to which."""
    found: dict[str, tuple[str, float, float | None]] = {}
    for least, most in zip(statistics.BANDS, (*statistics.BANDS[1:], None), strict=True):
        low, high = f"{least:.0%}"[:-1], f"{most or 0:.0%}"[:-1]
        if most is None:
            found[f"{low}+"] = (f"{low}% 以上", least, None)
        else:
            found[f"{low}-{high}"] = (f"{low}%–{high}%" if least else f"{high}% 及以下", least, most)
    return found


BANDS = _bands()
_STEPS = ", ".join(f"rate <= {high}, {place}" for place, (_, _, high) in enumerate(BANDS.values(), 1) if high)


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


def _points(scope: PassScope) -> list[tuple[str, str]]:
    return [(code, scope.name(code)) for code in scope.points]


def _hours(scope: PassScope) -> list[tuple[str, str]]:
    return [(str(hour), f"{hour} 时") for hour in range(24)]


def _colors(scope: PassScope) -> list[tuple[str, str]]:
    return [(color.label, color.label) for color in PlateColor]


CONDITIONS: tuple[Condition, ...] = (
    Span(name="passed_at", label="过车时间", column="time"),
    OneOf(name="point", label="检测点", column="site", known=_points, facet="site"),
    Choice(
        name="over",
        label="是否超限",
        words={"true": "超限", "false": "未超限"},
        pieces={"true": "excess_kg > 0", "false": "excess_kg <= 0"},
    ),
    Choice(
        name="band",
        label="超限幅度",
        words={code: words for code, (words, _, _) in BANDS.items()},
        pieces={
            code: f"(rate > {low}{f' AND rate <= {high}' if high else ''})" for code, (_, low, high) in BANDS.items()
        },
        facet=f"multiIf(rate <= 0, 0, {_STEPS}, {len(BANDS)})",
    ),
    Choice(
        name="axles",
        label="轴数",
        words={**{str(n): f"{n} 轴" for n in range(2, 7)}, "7+": "7 轴及以上"},
        pieces={**{str(n): f"axles = {n}" for n in range(2, 7)}, "7+": "axles >= 7"},
        facet="least(axles, 7) - 1",
    ),
    Holds(name="axle_groups", label="轴型", sql="axle_groups = %(axle_groups)s"),
    Holds(name="lane", label="车道", sql="upper(lane) = %(lane)s"),
    Choice(
        name="doubt",
        label="存疑",
        words={"true": "有存疑", "false": "无存疑"},
        pieces={"true": "doubt != ''", "false": "doubt = ''"},
    ),
    Choice(
        name="calibrated",
        label="检定有效",
        words={"true": "是", "false": "否"},
        pieces={"true": "usable", "false": "NOT usable"},
    ),
    Choice(
        name="media",
        label="照片与视频",
        words={"true": "有", "false": "无"},
        pieces={"true": "media NOT IN ('', '[]')", "false": "media IN ('', '[]')"},
    ),
    OneOf(name="hour", label="时段", column="toString(toHour(time, 'Asia/Shanghai'))", known=_hours),
    OneOf(name="plate_color", label="号牌颜色", column="plate_color", known=_colors),
    Choice(
        name="plate_read",
        label="号牌识别",
        words={"true": "已识别", "false": "未识别"},
        pieces={"true": "plate != ''", "false": "plate = ''"},
    ),
    Holds(name="plate", label="号牌号码", sql="position(plate, %(plate)s) > 0", early=True),
    Range(name="gross_kg", label="车货总质量", column="gross_kg", unit="kg"),
    Range(name="speed_kmh", label="车速", column="speed_kmh", unit="km/h"),
)
SPAN = CONDITIONS[0]
