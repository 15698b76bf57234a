"""Rules between figures that a report declares, since only it knows which of them belong together."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tonggui.measure.crossfoot.fault import Fault, exact, like

if TYPE_CHECKING:
    from tonggui.measure.figureset import FigureSet


@dataclass(frozen=True, slots=True)
class SumOf:
    """The parts of a split add up to the total (R1, R2); a part that is unknown is named.

    Parts that may overlap (sites, and the measures taken at them) need not add up, but none is more than the total.
    """

    rule: str
    total: str
    parts: str
    may_overlap: bool = False

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        total, parts = figures.get(self.total), figures.parts_of(self.parts)
        if total is None or not parts:
            return
        for part in parts:
            if part.value is None:
                yield Fault(
                    self.rule, f"{part.scope.label}的{part.title}无法计算（{part.reason}），合计未含该项。", (part.key,)
                )
        if self.may_overlap:
            over = [part for part in parts if part.value is not None and total.value is not None]
            for part in (part for part in over if part.value > total.value):
                words = f"{part.scope.label}的{part.title}{part.text}大于{total.title}{total.text}。"
                yield Fault(self.rule, words, (part.key, total.key))
            return
        known = sum((part.value for part in parts if part.value is not None), Decimal(0))
        if total.value is not None and known != total.value:
            words = f"{total.title}{exact(total, total.value)}，分项之和{exact(total, known)}，两者不等。"
            yield Fault(self.rule, words, (total.key,))


@dataclass(frozen=True, slots=True)
class RateOf:
    """A rate is its part over its whole (R3), in the document's own figures, one by one over a split."""

    rule: str
    rate: str
    part: str
    whole: str

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        for rate in figures.all_of(self.rate):
            part, whole = (figures.get(code, rate.scope.code) for code in (self.part, self.whole))
            if not (part and whole and rate.value is not None and part.value is not None and whole.value):
                continue
            if rate.value != part.value / whole.value:
                named = f"{part.title}{part.text}÷{whole.title}{whole.text}"
                words = f"{rate.scope.label}{rate.title}{rate.text}与{named}不符。"
                yield Fault(self.rule, words, (rate.key, part.key, whole.key))


@dataclass(frozen=True, slots=True)
class AtMost:
    """One figure is not above another (R4, R19): fixed ≤ found, paid ≤ decided."""

    rule: str
    less: str
    more: str

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        less, more = figures.get(self.less), figures.get(self.more)
        if less and more and less.value is not None and more.value is not None and less.value > more.value:
            yield Fault(self.rule, f"{less.title}{less.text}大于{more.title}{more.text}。", (less.key, more.key))


@dataclass(frozen=True, slots=True)
class NotFalling:
    """A cumulative figure is not below what it was a month before in the same year (R9), one by one over a split."""

    rule: str
    of: str

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        from tonggui.measure.indicators import indicator

        before = figures.period.last_month.previous
        if before.start.year != figures.period.end.year:
            return
        for now in figures.all_of(self.of):
            then = indicator(now.code).figure(before, now.scope, as_of=figures.as_of)
            if now.value is not None and then.value is not None and now.value < then.value:
                words = f"{now.scope.label}{now.title}{now.text}，少于{before.label}的{like(now, then.value)}。"
                yield Fault(self.rule, words, (now.key,))


@dataclass(frozen=True, slots=True)
class Balance:
    """Parts that have codes of their own make up the whole (R5): vaccinated + contraindicated + deferred + other."""

    rule: str
    whole: str
    parts: tuple[str, ...]

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        whole, parts = figures.get(self.whole), [figures.get(code) for code in self.parts]
        known = [part for part in parts if part is not None and part.value is not None]
        if whole is None or whole.value is None or len(known) < len(parts):
            return
        if (added := sum((part.value for part in known if part.value is not None), Decimal(0))) != whole.value:
            named = "＋".join(f"{part.title}{part.text}" for part in known)
            words = f"{named}合计{exact(whole, added)}，与{whole.title}{whole.text}不等。"
            yield Fault(self.rule, words, (whole.key, *(part.key for part in known)))


@dataclass(frozen=True, slots=True)
class CountedOnce:
    """Joint work is counted once at the bureau, however many units came (R14).

    The bureau's figure counts no record that no unit counts, each once, and is not above what its units say together.
    """

    rule: str
    of: str

    def faults(self, figures: "FigureSet") -> Iterator[Fault]:
        total = figures.get(self.of)
        parts = [part for part in figures.parts_of(self.of) if part.scope.by == "unit" or part.scope.by == "own_unit"]
        if total is None or total.value is None or not parts:
            return
        held = {(place, one) for part in parts for place, records in part.behind.items() for one in records.ids}
        strays = {(place, one) for place, records in total.behind.items() for one in records.ids} - held
        added = sum((part.value for part in parts if part.value is not None), Decimal(0))
        if strays:
            yield Fault(self.rule, f"{total.title}中有{len(strays)}条记录不属于任何单位。", (total.key,))
        elif total.value > added:
            words = f"{total.title}{total.text}大于各单位之和{exact(total, added)}，联合行动可能重复计数。"
            yield Fault(self.rule, words, (total.key,))
