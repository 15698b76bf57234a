"""Tallies: counts that the telemetry plane hands in by name, and steps from one indicator to another.

A tally has no record numbers: what it counted lies in the telemetry store in masses, and opens as a filtered page of it
(`opens`, the page's own conditions). Where the source heard nothing at all there is no figure: silence is not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from tonggui.measure import numbers, providers
from tonggui.measure.figures import COUNTY, Figure, Scope
from tonggui.measure.indicators import Computed, Indicator
from tonggui.measure.recordsets import RecordSet
from tonggui.measure.shares import share_text

SILENT = "没有收到数据"
NOT_FOR_THIS_PERIOD = "该口径只按月统计"


@dataclass(kw_only=True)
class Tally(Indicator):
    """A count of a provider under one name; `heard` names the count that tells whether anything was received."""

    provider: str
    name: str
    heard: str = ""
    unheard: str = SILENT
    expressed: str = ""
    opens: Mapping[str, str] = field(default_factory=dict)

    kind: ClassVar[str] = "监测总数"

    @property
    def from_telemetry(self) -> bool:
        return True

    def sources(self, period, scope=COUNTY, *, as_of=None):
        return []

    def scopes(self, period, by, *, as_of=None):
        found = providers.ask(self.provider, period)
        if isinstance(found, str):
            return []
        return [Scope(by, part.value, code, part.label) for code, part in found.parts.get(self.by[by], {}).items()]

    def count(self, period, scope, name: str) -> int | str:
        """One named count of a scope, or why there is none."""
        found = providers.ask(self.provider, period)
        if isinstance(found, str):
            return found
        part = found.parts.get(self.by[scope.by], {}).get(scope.code) if scope.by else None
        counts: Mapping[str, int] = found.whole if not scope.by else part.counts if part else {}
        if self.heard and not counts.get(self.heard):
            return f"{period.label}{self.unheard}"
        return counts.get(name, NOT_FOR_THIS_PERIOD)

    def compute(self, period, scope, as_of):
        found = self.count(period, scope, self.name)
        if isinstance(found, str):
            return Computed(reason=found)
        return Computed(Decimal(found), counts={self.title: found})

    def definition(self):
        return {**super().definition(), "provider": self.provider, "name": self.name, "heard": self.heard}

    def expression(self, period):
        return f"{self.expressed or self.title}，{period.label}"


@dataclass(kw_only=True)
class TallyShare(Tally):
    """One named count as a part of another of the same provider."""

    whole: str
    part_title: str
    whole_title: str
    whole_unit: str = ""
    unit: str = "%"
    places: int = 2

    kind: ClassVar[str] = "监测占比"

    def compute(self, period, scope, as_of):
        part, whole = (self.count(period, scope, name) for name in (self.name, self.whole))
        for found in (part, whole):
            if isinstance(found, str):
                return Computed(reason=found)
        counts = {self.part_title: part, self.whole_title: whole}
        if not whole:
            return Computed(reason=f"{self.whole_title}为零，无从计算", counts=counts)
        parts = (Decimal(part), Decimal(whole))
        return Computed(parts[0] / parts[1], parts=parts, counts=counts)

    def definition(self):
        return {**super().definition(), "whole": self.whole}

    def expression(self, period):
        return f"{self.expressed or f'{self.part_title}÷{self.whole_title}'}，{period.label}"

    def show(self, value, parts):
        return share_text(parts, self.whole_unit, self.places)


@dataclass(kw_only=True)
class Step(Indicator):
    """How much of one indicator came to another, of whatever kind both are: the conversion between two stages.

    It may pass 100 %: a later stage that is larger than the one before it was registered elsewhere, and says so.
    """

    over: Indicator
    under: Indicator
    unit: str = "%"
    places: int = 1

    kind: ClassVar[str] = "转化率"

    def __post_init__(self) -> None:
        self.by = self.by or {name: name for name in self.over.by if name in self.under.by}
        super().__post_init__()

    @property
    def from_telemetry(self) -> bool:
        return self.over.from_telemetry or self.under.from_telemetry

    def sources(self, period, scope=COUNTY, *, as_of=None):
        return [s for part in (self.over, self.under) for s in part.sources(period, scope, as_of=as_of)]

    def scopes(self, period, by, *, as_of=None):
        return self.under.scopes(period, by, as_of=as_of)

    def compute(self, period, scope, as_of):
        over, under = (part.figure(period, scope, as_of=as_of) for part in (self.over, self.under))
        rows = _behind(over, under)
        for found in (over, under):
            if found.value is None:
                return Computed(reason=f"{found.title}：{found.reason}", behind=rows)
        counts = {over.title: int(over.value), under.title: int(under.value)}
        if not under.value:
            return Computed(reason=f"{under.title}为零，无从计算", behind=rows, counts=counts)
        return Computed(over.value / under.value, "", (over.value, under.value), rows, counts)

    def definition(self) -> dict[str, Any]:
        return {**super().definition(), "over": self.over.definition(), "under": self.under.definition()}

    def expression(self, period):
        return f"{self.over.title}（{self.over.code}）÷{self.under.title}（{self.under.code}），{period.label}"

    def show(self, value, parts):
        return numbers.percent(*parts, self.places)


def _behind(over: Figure, under: Figure) -> dict[str, RecordSet]:
    """The records of both, each ledger once: the narrower stage under its own name where they share one."""
    return {**under.behind, **over.behind}
