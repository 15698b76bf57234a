"""Shares and ratios: a part of a stated whole, one total over another, and shares counted by the telemetry plane."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from tonggui.measure import numbers, providers
from tonggui.measure.figures import COUNTY
from tonggui.measure.indicators import SAMPLE, Computed, Indicator
from tonggui.measure.reading import counted, read
from tonggui.measure.recordsets import NONE
from tonggui.measure.sources import ABOVE, BELOW, Condition, During, Source, place, resolved
from tonggui.measure.splitting import scopes_of
from tonggui.measure.totals import Total, days_said, says
from tonggui.register.measures import Count, Measure


@dataclass(kw_only=True)
class Share(Indicator):
    """A part of a stated whole: the rows of a measure, and those of them that also meet the condition `part`.

    The part is chosen from the rows of the whole, so a share lies between 0 and 100 %. `where` narrows the whole
    first. Where the whole has no rows there is no share.
    """

    whole: Measure
    part: Condition
    part_title: str = ""
    where: Condition = None
    during: During = During.WHOLE
    unit: str = "%"
    places: int = 1

    kind: ClassVar[str] = "占比"

    def sources(self, period, scope=COUNTY, *, as_of=None):
        days, path = self.during.of(period), self.by.get(scope.by, "")
        moment = self.during.moment(self.whole.model.ledger.key, period, as_of)
        whole = Source.of(BELOW, self.whole, days, scope, path, moment).where(resolved(self.where, period))
        return [replace(whole.where(resolved(self.part, period)), role=ABOVE), whole]

    def compute(self, period, scope, as_of):
        part, whole = self.sources(period, scope, as_of=as_of)
        found = read(whole)
        value, above = counted(part) if found.records.count else (Decimal(0), NONE)
        rows = {place(ABOVE, self.whole): above, place(BELOW, self.whole): found.records}
        counts = {name.partition(":")[0]: records.count for name, records in rows.items()}
        if not found.value:
            return Computed(reason=found.reason or f"{period.label}没有可作分母的记录", behind=rows, counts=counts)
        parts = (value, found.value)
        return Computed(parts[0] / parts[1], parts=parts, behind=rows, counts=counts)

    def scopes(self, period, by, *, as_of=None):
        return scopes_of(self.sources(period, as_of=as_of)[1], by, self.by.get(by, ""))

    def definition(self):
        return {
            **super().definition(),
            "whole": self.whole.definition(),
            "part": repr(resolved(self.part, SAMPLE)),
            "during": self.during.name,
            **({"where": repr(resolved(self.where, SAMPLE))} if self.where else {}),
        }

    def expression(self, period):
        whole = f"{says(self.whole, '')}，{days_said(self.whole, self.during, period)}"
        return f"{whole}，其中{self.part_title or self.title}所占比例"

    def show(self, value, parts):
        return share_text(parts, self.whole.unit, self.places)


@dataclass(kw_only=True)
class Ratio(Indicator):
    """One total over another, as a percentage (`unit="%"`) or a plain number. It may pass 100 %."""

    over: Total
    under: Total
    unit: str = "%"
    places: int = 1

    kind: ClassVar[str] = "比率"

    def __post_init__(self) -> None:
        self.by = self.by or {name: name for name in self.over.by if name in self.under.by}
        super().__post_init__()

    def sources(self, period, scope=COUNTY, *, as_of=None):
        pairs = ((self.over, ABOVE), (self.under, BELOW))
        return [replace(total.sources(period, scope, as_of=as_of)[0], role=role) for total, role in pairs]

    def compute(self, period, scope, as_of):
        over, under = (total.reading(period, scope, as_of) for total in (self.over, self.under))
        rows = {place(ABOVE, self.over.of): over.records, place(BELOW, self.under.of): under.records}
        counts = {ABOVE: over.records.count, BELOW: under.records.count}
        for part, found in ((self.over, over), (self.under, under)):
            if found.value is None:
                return Computed(reason=f"{part.title}：{found.reason}", behind=rows, counts=counts)
        if not under.value:
            return Computed(reason=f"{self.under.title}为零，无从计算", behind=rows, counts=counts)
        return Computed(over.value / under.value, "", (over.value, under.value), rows, counts)

    def scopes(self, period, by, *, as_of=None):
        return self.under.scopes(period, by, as_of=as_of)

    def definition(self):
        return {**super().definition(), "over": self.over.definition(), "under": self.under.definition()}

    def expression(self, period):
        return f"{self.over.title}（{self.over.code}）÷{self.under.title}（{self.under.code}）"

    def show(self, value, parts):
        if self.unit == "%" and isinstance(self.under.of, Count):
            return share_text(parts, self.under.unit, self.places)
        if self.unit == "%":
            return numbers.percent(*parts, self.places)
        return super().show(value, parts)


@dataclass(kw_only=True)
class Fed(Indicator):
    """A share whose counts the telemetry plane hands in through a provider; without one it says that it waits."""

    provider: str
    part_title: str
    whole_title: str
    unit: str = "%"
    places: int = 1

    kind: ClassVar[str] = "监测占比"

    @property
    def from_telemetry(self) -> bool:
        return True

    def sources(self, period, scope=COUNTY, *, as_of=None):
        return []

    def scopes(self, period, by, *, as_of=None):
        return []

    def compute(self, period, scope, as_of):
        found = providers.ask(self.provider, period)
        if isinstance(found, str):
            return Computed(reason=found)
        counts = {self.part_title: int(found.part), self.whole_title: int(found.whole)}
        if not found.whole:
            return Computed(reason=f"{self.whole_title}为零，无从计算", counts=counts)
        parts = (Decimal(found.part), Decimal(found.whole))
        return Computed(parts[0] / parts[1], "", parts, {}, counts)

    def definition(self):
        return {**super().definition(), "provider": self.provider}

    def expression(self, period):
        return f"{self.part_title}÷{self.whole_title}，{period.label}行车数据"

    def show(self, value, parts):
        return numbers.percent(*parts, self.places)


def share_text(parts: tuple[Decimal, Decimal], unit: str, places: int) -> str:
    """83.3%, and below twenty cases the counts with it: 83.3%（6处中5处）."""
    text = numbers.percent(*parts, places)
    if all(part == part.to_integral_value() for part in parts) and 0 < parts[1] < numbers.FEW:
        text += f"（{parts[1]:f}{unit}中{parts[0]:f}{unit}）"
    return text
