"""Figures: a value of an indicator for a period and a scope, with the stamp by which it can be computed again.

A figure that cannot be computed has no value but a reason; it is printed as a dash and never as zero. Figures are plain
data: they are sealed into documents as JSON and come back equal. What they counted is opened again through their
indicator (`records`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tonggui.measure.numbered import numbered
from tonggui.measure.numbers import NO_BASE, plain
from tonggui.measure.periods import Period
from tonggui.measure.recordsets import RecordSet
from tonggui.register.registry import ledger


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure is about: the whole county, or the rows that hold one value in the field a split is made by.

    `value` is what the field holds (a link's id, a choice's code), `code` the record number or choice that stands in
    addresses, `label` its name for people.
    """

    by: str = ""
    value: Any = None
    code: str = ""
    label: str = ""


COUNTY = Scope(label="全县")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes a figure checkable: definition, period, scope, the time of reading, counts, and which records.

    `definition` and `records` are digests (16 hex digits of SHA-256) of the indicator's declaration and of all records
    behind the value.
    """

    definition: str
    period: str
    scope: str
    as_of: str
    counts: dict[str, int]
    records: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number. `behind` holds its records by role and ledger (`分子:safety.hazard`).

    `parts` are the two values of a share or ratio; `nil` says that a zero rests on complete nil returns (零报告);
    `change` is the 同比 in words and `last_year` its base, `step` the 环比 and `before` its base; where there is no
    base, `change_reason` and `step_reason` say why. `names` are the first of what was counted, `counts_names` says
    that the value counts what the names name. `by_number` marks the form of documents sealed before ids were kept. A
    figure without a reason is known: one that tells words (a stage, a problem) is known without a value.
    """

    code: str
    title: str
    unit: str
    period: Period
    scope: Scope
    value: Decimal | None
    text: str
    expression: str
    stamp: Stamp
    reason: str = ""
    parts: tuple[Decimal, Decimal] | None = None
    behind: Mapping[str, RecordSet] = field(default_factory=dict)
    nil: bool = False
    change: str = NO_BASE
    step: str = NO_BASE
    last_year: Decimal | None = None
    before: Decimal | None = None
    change_reason: str = ""
    step_reason: str = ""
    names: tuple[str, ...] = ()
    counts_names: bool = False
    by_number: bool = False

    @property
    def key(self) -> str:
        """HAZ-01, or PRJ-07/XM20260001 for the part of one record."""
        return f"{self.code}/{self.scope.code}" if self.scope.code else self.code

    @property
    def known(self) -> bool:
        return not self.reason

    @property
    def count(self) -> int:
        """How many records stand behind the value."""
        return sum(records.count for records in self.behind.values())

    @property
    def counts_text(self) -> str:
        """The counts as people read them: 记录 12 条; 分子 5，分母 6."""
        return "，".join(f"{name} {count}" for name, count in self.stamp.counts.items())

    @property
    def stamp_text(self) -> str:
        """The stamp as the annex prints it: the beginnings of both digests."""
        stamp = self.stamp
        return f"{stamp.definition[:8]}\n{stamp.records[:8]}"

    @property
    def parts_text(self) -> str:
        """What was divided by what, in full digits: 254000000 ÷ 625000000."""
        return " ÷ ".join(plain(part, 2) for part in self.parts or ())

    @property
    def read_at(self) -> str:
        """When the ledgers were read, to the minute."""
        return self.stamp.as_of[:16].replace("T", " ")

    def sources(self, as_of: Any = None) -> list:
        """The ledgers and rows behind the value, read again now or as of a time; see `indicators.Source`."""
        from tonggui.measure.indicators import indicator

        return indicator(self.code).sources(self.period, self.scope, as_of=as_of)

    def records(self, as_of: Any = None):
        """The rows of the figure: what a total counted, the part of a share, what stands above the line of a ratio."""
        return self.sources(as_of)[0].rows

    @property
    def numbers(self) -> dict[str, list[str]]:
        """The numbers of its records by role and ledger, looked up by their ids."""
        return {place: records.numbers(ledger(place.rpartition(":")[2])) for place, records in self.behind.items()}

    def record_numbers(self) -> list[str]:
        return sorted(number for numbers in self.numbers.values() for number in numbers)

    def as_json(self) -> dict[str, Any]:
        """The figure as it is sealed; `from_json` gives it back."""
        stamp = self.stamp
        records = (
            {"numbers": self.numbers}
            if self.by_number
            else {"behind": {place: [found.count, found.packed] for place, found in self.behind.items()}}
        )
        return {
            "code": self.code,
            "title": self.title,
            "unit": self.unit,
            "period": self.period.code,
            "scope": [self.scope.by, self.scope.value, self.scope.code, self.scope.label],
            "value": None if self.value is None else str(self.value),
            "text": self.text,
            "expression": self.expression,
            "stamp": [stamp.definition, stamp.period, stamp.scope, stamp.as_of, stamp.counts, stamp.records],
            "reason": self.reason,
            "parts": None if self.parts is None else [str(part) for part in self.parts],
            **records,
            "nil": self.nil,
            "change": self.change,
            "step": self.step,
            "last_year": None if self.last_year is None else str(self.last_year),
            "before": None if self.before is None else str(self.before),
            "change_reason": self.change_reason,
            "step_reason": self.step_reason,
            "names": list(self.names),
            "counts_names": self.counts_names,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Figure":
        """A figure of either form: that of today, or the one that names its records by `numbers`."""
        parts, by_number = kept["parts"], "numbers" in kept
        if by_number:
            behind = numbered(kept["numbers"])
        else:
            behind = {place: RecordSet(*packed) for place, packed in kept["behind"].items()}
        return cls(
            **{
                **{name: said for name, said in kept.items() if name != "numbers"},
                "period": Period.parse(kept["period"]),
                "scope": Scope(*kept["scope"]),
                **{name: _decimal(kept.get(name)) for name in ("value", "last_year", "before")},
                "stamp": Stamp(*kept["stamp"]),
                "behind": behind,
                "by_number": by_number,
                "parts": None if parts is None else (Decimal(parts[0]), Decimal(parts[1])),
                "names": tuple(kept.get("names", ())),
            }
        )

    def same_as(self, other: "Figure") -> bool:
        """Whether both print the same number of the same records by the same definition."""
        return (
            self.value == other.value
            and self.text == other.text
            and self.stamp.definition == other.stamp.definition
            and self._same_records(other)
        )

    def _same_records(self, other: "Figure") -> bool:
        """Whether the same records stand behind both; one of the older form knows no names and digests numbers."""
        if self.by_number == other.by_number:
            return self.names == other.names and self.stamp.records == other.stamp.records
        return _filled(self.numbers) == _filled(other.numbers)


def _filled(numbers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Without the roles that no record stands in."""
    return {place: found for place, found in numbers.items() if found}


def _decimal(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def digest(content: Any) -> str:
    """16 hex digits of SHA-256 over canonical JSON."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
