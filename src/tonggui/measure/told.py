"""Told figures: words or a day of a record (the stage of a project, its planned finish) that lead back to their row."""

from dataclasses import dataclass
from typing import Any, ClassVar

from tonggui.measure.figures import COUNTY
from tonggui.measure.indicators import SAMPLE, Computed, Indicator
from tonggui.measure.names import names_of
from tonggui.measure.periods import day_label
from tonggui.measure.recordsets import RecordSet
from tonggui.measure.sources import (
    COUNTED,
    NOTHING_REGISTERED,
    Condition,
    During,
    Source,
    place,
    resolved,
    scopes_of,
)
from tonggui.measure.totals import UNFILLED, days_said
from tonggui.register.declare import Day, Link
from tonggui.register.measures import Measure

EACH_ITS_OWN = "各条记录不同，须分别说明"


@dataclass(kw_only=True)
class Told(Indicator):
    """A field of one record in words: the last by number or, with `latest`, by that day.

    What has splits is told of each part; of the whole only where it is a single record. With `joined` the different
    words of all records are told together: 征拆、雨天.
    """

    of: Measure
    field: str
    during: During = During.WHOLE
    where: Condition = None
    latest: str = ""
    joined: bool = False

    kind: ClassVar[str] = "文字"

    def sources(self, period, scope=COUNTY, *, as_of=None):
        days, moment = self.during.of(period), self.during.moment(self.of.model.ledger.key, period, as_of)
        source = Source.of(COUNTED, self.of, days, scope, self.by.get(scope.by, ""), moment)
        return [source.where(resolved(self.where, period))]

    def scopes(self, period, by, *, as_of=None):
        return scopes_of(self.sources(period, as_of=as_of)[0], by, self.by.get(by, ""))

    def compute(self, period, scope, as_of):
        source = self.sources(period, scope, as_of=as_of)[0]
        if self.joined:
            return self._joined(source)
        order = [self.latest, "number"] if self.latest else ["number"]
        first, *others = source.rows.order_by(*(f"-{name}" for name in order))[:2] or [None]
        if first is None:
            return Computed(reason=NOTHING_REGISTERED)
        behind = {place(COUNTED, self.of): RecordSet.of([getattr(first, source.key)])}
        if others and self.by and scope.by not in self.by:
            return Computed(behind=behind, reason=EACH_ITS_OWN)
        words = self._words(source.ledger, first)
        reason = "" if words else UNFILLED
        return Computed(behind=behind, counts={COUNTED: 1}, text=words, reason=reason)

    def _words(self, ledger: Any, record: Any) -> str:
        """As people write it: a day in full, a text on one line without its full stop, a number with its unit."""
        kind = ledger.kinds[self.field]
        value = kind.value_of(record)
        if isinstance(kind, Link) and isinstance(value, int):
            # A past row holds the number of what it linked to, which is called as it is called now.
            value = kind.related_model._base_manager.filter(pk=value).first()
        if isinstance(kind, Day):
            return day_label(value) if value else ""
        lines = (line.strip().rstrip("。；") for line in str(kind.show(value)).splitlines())
        words = "；".join(line for line in lines if line)
        return words + self.unit if words else ""

    def _joined(self, source: Source) -> Computed:
        found = source.records()
        words = "、".join(names_of(source.ledger, source.rows, self.field))
        reason = "" if words else UNFILLED if found.count else NOTHING_REGISTERED
        return Computed(
            behind={place(COUNTED, self.of): found}, counts={COUNTED: found.count}, text=words, reason=reason
        )

    def definition(self):
        return {
            **super().definition(),
            "of": self.of.definition(),
            "field": self.field,
            "during": self.during.name,
            **({"where": repr(resolved(self.where, SAMPLE))} if self.where else {}),
            **{name: found for name in ("latest", "joined") if (found := getattr(self, name))},
        }

    def expression(self, period):
        ledger = self.of.model.ledger
        last = f"，取{ledger.kinds[self.latest].label}最近的一条" if self.latest else ""
        return f"《{ledger.title}》“{ledger.kinds[self.field].label}”，{days_said(self.of, self.during, period)}{last}"
