"""Counts that come from the telemetry plane, for indicators of kind `Fed`.

Measures know nothing of positions or stores. Whoever starts the platform hands in, under a name, a function that counts
for a period; an indicator whose provider is absent, or cannot answer now, is printed as a dash with that reason.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tonggui.measure.periods import Period

WAITING = "等待行车数据接入后统计"


@dataclass(frozen=True, slots=True)
class Counts:
    """A part and its whole; `part <= whole`."""

    part: int
    whole: int


class NothingToCount(Exception):
    """Why a provider has no counts for a period, in the reader's words: no data is not zero."""


Provider = Callable[[Period], Counts]

_provided: dict[str, Provider] = {}


def provide(name: str, provider: Provider) -> None:
    """Hand in the counts of a name. The provider may raise NothingToCount, and OSError where its source is away."""
    _provided[name] = provider


def withdraw(name: str) -> None:
    _provided.pop(name, None)


def ask(name: str, period: Period) -> Counts | str:
    """The counts for a period, or the reason why there are none."""
    provider = _provided.get(name)
    if provider is None:
        return WAITING
    try:
        return provider(period)
    except NothingToCount as why:
        return str(why)
    except OSError:
        return "行车数据服务未启动，暂时无法统计"
