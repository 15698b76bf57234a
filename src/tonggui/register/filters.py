"""Filters: how each kind narrows a list by what stands in the address, and how the query bar shows it.

A filter reads its own parameters, says what it understood (`chips`), gives a condition, and never fails on nonsense:
what cannot be understood is shown as such and filters nothing.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from tonggui.base.clock import CHINA
from tonggui.register.actor import Actor
from tonggui.register.errors import Invalid
from tonggui.register.kinds import Kind, Moment, Money
from tonggui.register.kinds.numbers import as_decimal
from tonggui.register.spans import SHORTCUTS, Days, days


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force, in words; `name` and `value` are the parameter that a click on it takes away."""

    name: str
    value: str
    text: str


@dataclass
class Filter:
    """Base of the filters of a kind; `control` names the template part that draws it."""

    kind: Kind

    control = "text"

    @property
    def name(self) -> str:
        return self.kind.name

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def parameters(self) -> list[str]:
        """Parameters of the address that belong to this filter."""
        return [self.name]

    def given(self, query: QueryDict) -> list[str]:
        return [value.strip() for value in query.getlist(self.name) if value.strip()]

    def value(self, query: QueryDict) -> str:
        """The single value to show in the control."""
        return (self.given(query) or [""])[0]

    def q(self, query: QueryDict) -> Q:
        raise NotImplementedError

    def chips(self, query: QueryDict, actor: Actor) -> list[Chip]:
        """The conditions in words; a record that the actor may not see is not named."""
        return [Chip(self.name, value, f"{self.label}：{value}") for value in self.given(query)]

    def options(self) -> list[tuple[str, str]]:
        return []


class TextFilter(Filter):
    """Contains the words; several numbers are those of the ticked records, and mean any of them."""

    def q(self, query: QueryDict) -> Q:
        found = Q()
        if self.name == "number" and len(self.given(query)) > 1:
            return Q(number__in=self.given(query))
        for value in self.given(query):
            found &= Q(**{f"{self.name}__icontains": value})
        return found


class ChoiceFilter(Filter):
    """One of the words, or any of several."""

    control = "choice"

    def options(self) -> list[tuple[str, str]]:
        return self.kind.options()

    def q(self, query: QueryDict) -> Q:
        known = dict(self.options())
        chosen = [value for value in self.given(query) if value in known]
        return Q(**{f"{self.name}__in": chosen}) if chosen else Q()

    def chips(self, query: QueryDict, actor: Actor) -> list[Chip]:
        known = dict(self.options())
        said = {value: known.get(value, f"没有“{value}”这一项") for value in self.given(query)}
        return [Chip(self.name, value, f"{self.label}：{word}") for value, word in said.items()]


class ChoicesFilter(ChoiceFilter):
    """Has one of the words, or any of several."""

    def q(self, query: QueryDict) -> Q:
        known = dict(self.options())
        found = Q()
        for value in self.given(query):
            if value in known:
                found |= Q(**{f"{self.name}__contains": f",{value},"})
        return found


class FlagFilter(ChoiceFilter):
    """Yes or no."""

    control = "flag"

    def q(self, query: QueryDict) -> Q:
        chosen = {value == "true" for value in self.given(query) if value in ("true", "false")}
        return Q(**{self.name: chosen.pop()}) if len(chosen) == 1 else Q()


class LinkFilter(Filter):
    """The linked record, by its number or a part of its name (or several). `control` looks it up while one types."""

    control = "link"

    def _linked(self, texts: list[str]) -> QuerySet:
        found = Q(number__in=texts)
        for name in self.kind.names[1:]:
            for text in texts:
                found |= Q(**{f"{name}__icontains": text})
        return self.kind.related_model._base_manager.filter(found)

    def q(self, query: QueryDict) -> Q:
        texts = self.given(query)
        return Q(**{f"{self.name}__in": self._linked(texts).values("pk")}) if texts else Q()

    def chips(self, query: QueryDict, actor: Actor) -> list[Chip]:
        texts = self.given(query)
        rows = self.kind.related_model.objects.visible_to(actor).filter(number__in=texts) if texts else ()
        names = {row.number: row.short_name for row in rows}
        return [Chip(self.name, text, f"{self.label}：{names.get(text, f'含“{text}”')}") for text in texts]


class SpanFilter(Filter):
    """A span of days: a shortcut, a named period, or two days (`found_on_from`, `found_on_to`)."""

    control = "span"

    @property
    def parameters(self) -> list[str]:
        return [self.name, f"{self.name}_from", f"{self.name}_to"]

    def options(self) -> list[tuple[str, str]]:
        return list(SHORTCUTS.items())

    def span(self, query: QueryDict) -> Days | None:
        if self.value(query):
            return days(self.value(query))
        first, last = query.get(f"{self.name}_from", ""), query.get(f"{self.name}_to", "")
        return days(f"{first}..{last}") if first or last else None

    def q(self, query: QueryDict) -> Q:
        span = self.span(query)
        found = Q()
        if span is None:
            return found
        is_moment = isinstance(self.kind, Moment)
        if span.start:
            first = datetime.combine(span.start, time(), CHINA) if is_moment else span.start
            found &= Q(**{f"{self.name}__gte": first})
        if span.end and is_moment:
            found &= Q(**{f"{self.name}__lt": datetime.combine(span.end + timedelta(days=1), time(), CHINA)})
        elif span.end:
            found &= Q(**{f"{self.name}__lte": span.end})
        return found

    def chips(self, query: QueryDict, actor: Actor) -> list[Chip]:
        given = {name: query.get(name, "") for name in self.parameters if query.get(name)}
        if not given:
            return []
        span = self.span(query)
        words = str(span) if span else f"看不懂“{'、'.join(given.values())}”"
        return [Chip(next(iter(given)), next(iter(given.values())), f"{self.label}：{words}")]


class RangeFilter(Filter):
    """From a least to a most value (`amount_min`, `amount_max`), or exactly one."""

    control = "range"

    @property
    def parameters(self) -> list[str]:
        return [self.name, f"{self.name}_min", f"{self.name}_max"]

    def _number(self, query: QueryDict, name: str) -> Any:
        try:
            number = as_decimal(query.get(name, ""))
        except Invalid:
            return None
        return self.kind.yuan(number) if isinstance(self.kind, Money) else number

    def q(self, query: QueryDict) -> Q:
        found = Q()
        for name, lookup in zip(self.parameters, ("", "__gte", "__lte"), strict=True):
            number = self._number(query, name)
            if number is not None and abs(number) < 10**15:
                found &= Q(**{f"{self.name}{lookup}": number})
        return found

    def chips(self, query: QueryDict, actor: Actor) -> list[Chip]:
        found = []
        for name, word in zip(self.parameters, ("等于", "不小于", "不大于"), strict=True):
            if query.get(name):
                words = f"{word} {query[name]}{self.kind.unit}"
                if self._number(query, name) is None:
                    words = f"看不懂“{query[name]}”"
                found.append(Chip(name, query[name], f"{self.label}：{words}"))
        return found


_FILTERS = {
    "text": TextFilter,
    "choice": ChoiceFilter,
    "choices": ChoicesFilter,
    "flag": FlagFilter,
    "link": LinkFilter,
    "span": SpanFilter,
    "range": RangeFilter,
}


def filter_of(bound: Any, name: str) -> Filter:
    """The filter of a field of a ledger, by its kind."""
    kind = bound.kinds[name]
    return _FILTERS[kind.filter](kind)
