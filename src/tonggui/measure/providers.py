"""Counts that come from the telemetry plane, for indicators of kind `Fed` and `Tally`.

Measures know nothing of positions or stores. Whoever starts the platform hands in, under a name, a function that counts
for a period; an indicator whose provider is absent, or cannot answer now, is printed as a dash with that reason.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from tonggui.measure.periods import Period

WAITING = "等待行车数据接入后统计"
AWAY = "行车数据服务未启动，暂时无法统计"


@dataclass(frozen=True, slots=True)
class Counts:
    """A part and its whole; `part <= whole`."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a split: what the ledgers know it by (`value`), its name for people, and its counts."""

    label: str
    counts: Mapping[str, int]
    value: Any = None


@dataclass(frozen=True, slots=True)
class Tallies:
    """Named counts of a period: of everything, and of each part of each split (split → code → part)."""

    whole: Mapping[str, int]
    parts: Mapping[str, Mapping[str, Part]] = field(default_factory=dict)


class NothingToCount(Exception):
    """Why a provider has no counts for a period, in the reader's words: no data is not zero."""


Provider = Callable[[Period], Counts | Tallies]

_provided: dict[str, Provider] = {}
_kept: ContextVar[dict[tuple[str, Period], Counts | Tallies | str] | None] = ContextVar("kept_counts", default=None)


def provide(name: str, provider: Provider) -> None:
    """Hand in the counts of a name. The provider may raise NothingToCount, and OSError where its source is away."""
    _provided[name] = provider


def provider(name: str) -> Provider | None:
    """Who counts for a name now."""
    return _provided.get(name)


def withdraw(name: str) -> None:
    _provided.pop(name, None)


@contextmanager
def together() -> Iterator[None]:
    """While a document takes its figures, the counts of a name and a period are asked for once."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def ask(name: str, period: Period) -> Any:
    """The counts for a period, or the reason why there are none (a str)."""
    kept = _kept.get()
    if kept is None:
        return _ask(name, period)
    if (name, period) not in kept:
        kept[name, period] = _ask(name, period)
    return kept[name, period]


def is_away(name: str, period: Period) -> bool:
    """Whether the source of a name cannot answer now, though it is provided: asking again later may give counts."""
    return ask(name, period) == AWAY


def _ask(name: str, period: Period) -> Counts | Tallies | str:
    counted = _provided.get(name)
    if counted is None:
        return WAITING
    try:
        return counted(period)
    except NothingToCount as why:
        return str(why)
    except OSError:
        return AWAY
