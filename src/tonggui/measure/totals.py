"""Totals: counts and sums of one ledger."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from tonggui.measure import numbers
from tonggui.measure.figures import COUNTY, Scope
from tonggui.measure.indicators import SAMPLE, Computed, Indicator
from tonggui.measure.names import names_of
from tonggui.measure.periods import Period
from tonggui.measure.reading import NOTHING_REGISTERED, Reading, read
from tonggui.measure.recordsets import NONE
from tonggui.measure.sources import (
    COUNTED,
    AsOf,
    Condition,
    During,
    Source,
    place,
    resolved,
)
from tonggui.measure.splitting import scopes_of
from tonggui.register.measures import Count, Measure

UNFILLED = "未填写"
MIXED_UNITS = "计量单位不同，须分项统计"


@dataclass(kw_only=True)
class Total(Indicator):
    """A measure of one ledger over the period (or its last month, or everything up to its end).

    `year` names the Year field that places a row in a year, where it has no day. `where` adds a condition, which may
    depend on the reporting period. `among` names a link and another total: only
    rows whose link leads to one of that total's rows count; with `apart_from`, only rows whose link does not. With
    `distinct`, rows that agree in all the named fields count once (a vehicle caught twice on one day). Money that is
    compared with another total (done with planned) stands `beside` it and is printed in its unit. `names` is the field,
    or `link__field`, whose values name what was counted.

    `latest` names a field and a day: of the rows that agree in the field only the last by that day counts (the newest
    survey of a hamlet), and `where` asks of these. `unit_of` is the Choice (or `link__choice`) that holds the unit of a
    quantity; quantities of different units are never added. A split by `link__field` through the link of `among` takes
    its part of the other total, which must be split by the same name. `per` is how many of the ledger's unit make one
    printed unit (1000 kg a 吨). With `filled`, a sum of a field that no row fills in is not known.
    """

    of: Measure
    during: During = During.WHOLE
    year: str = ""
    where: Condition = None
    among: tuple[str, "Total"] | None = None
    apart_from: tuple[str, "Total"] | None = None
    distinct: tuple[str, ...] = ()
    beside: "Total | None" = None
    names: str = ""
    latest: tuple[str, str] | None = None
    unit_of: str = ""
    per: int = 1
    filled: bool = False

    kind: ClassVar[str] = "总数"

    def sources(self, period, scope=COUNTY, *, as_of=None):
        # A condition speaks of the reporting period; the days read may be only its last month.
        days, moment = self.during.of(period), self.during.moment(self.of.model.ledger.key, period, as_of)
        own, others = (COUNTY, scope) if self._through(scope.by) else (scope, COUNTY)
        source = Source.of(COUNTED, self.of, days, own, self.by.get(own.by, ""), moment)
        source = source.in_year(self.year) if self.year else source
        source = source.newest(*self.latest) if self.latest else source
        source = replace(source.where(resolved(self.where, period)), distinct=self.distinct)
        for named, inside in ((self.among, True), (self.apart_from, False)):
            # A scope of one linked record has been chosen from the other total already.
            if named and not (inside and scope.by and self.by.get(scope.by) == named[0]):
                link, other = named
                linked = other.sources(period, others if inside else COUNTY, as_of=as_of)[0]
                source = source.linked_to(link, linked, inside=inside)
        return [source]

    def _through(self, by: str) -> bool:
        """Whether a split is made in the other total, through the link to it: projects by class, for their months."""
        return self.among is not None and self.by.get(by, "").startswith(f"{self.among[0]}__")

    def reading(self, period: Period, scope: Scope, as_of: AsOf) -> Reading:
        source = self.sources(period, scope, as_of=as_of)[0]
        found = read(source)
        if self.during is During.LAST_MONTH and not found.records.count:
            # A return that was not made is unknown, whatever others have returned for the month.
            return Reading(None, NONE, NOTHING_REGISTERED)
        if self.unit_of and len(self._units(source)) > 1:
            return Reading(None, found.records, MIXED_UNITS)
        if self.filled and found.records.count and not source.rows.exclude(**{self.of.of: None}).exists():
            return Reading(None, found.records, UNFILLED)
        return replace(found, value=found.value / self.per) if found.value else found

    def _units(self, source: Source) -> tuple[str, ...]:
        return names_of(source.ledger, source.rows, self.unit_of)

    def compute(self, period, scope, as_of):
        found = self.reading(period, scope, as_of)
        names: tuple[str, ...] = ()
        text = self._beside(found.value, period, scope, as_of)
        if found.value and (self.names or self.unit_of):
            source = self.sources(period, scope, as_of=as_of)[0]
            names = names_of(source.ledger, source.rows, self.names) if self.names else ()
            text = text or (numbers.plain(found.value, self.places) + self._units(source)[0] if self.unit_of else "")
        return Computed(
            found.value,
            found.reason,
            None,
            {place(COUNTED, self.of): found.records},
            {COUNTED: found.records.count},
            found.nil,
            text=text,
            names=names,
            counts_names=isinstance(self.of, Count),
        )

    def _beside(self, value: Decimal | None, period: Period, scope: Scope, as_of: AsOf) -> str:
        """The sum in the unit of the total it is compared with; empty where it stands alone."""
        other = self.beside.reading(period, scope, as_of).value if self.beside and value is not None else None
        return "" if other is None else numbers.money(value, numbers.money_unit(other))

    def scopes(self, period, by, *, as_of=None):
        if self.among and self._through(by):
            return self.among[1].scopes(period, by, as_of=as_of)
        return scopes_of(self.sources(period, as_of=as_of)[0], by, self.by.get(by, ""))

    def definition(self):
        return {
            **super().definition(),
            "of": self.of.definition(),
            "during": self.during.name,
            "year": self.year,
            "distinct": list(self.distinct),
            **({"per": self.per} if self.per != 1 else {}),
            "where": repr(resolved(self.where, SAMPLE)),
            **{
                name: [found[0], found[1].definition()]
                for name in ("among", "apart_from")
                if (found := getattr(self, name))
            },
            **{name: found for name in ("latest", "unit_of", "filled") if (found := getattr(self, name))},
        }

    def expression(self, period):
        among = f"，限于“{self.among[1].title}”所计的记录" if self.among else ""
        apart = f"，不含“{self.apart_from[1].title}”所计的记录" if self.apart_from else ""
        kinds = self.of.model.ledger.kinds
        once = f"，{'、'.join(kinds[name].label for name in self.distinct)}相同的只计一次" if self.distinct else ""
        days = days_said(self.of, self.during, period, self.year)
        last = f"，{kinds[self.latest[0]].label}相同的取{kinds[self.latest[1]].label}最近的一条" if self.latest else ""
        return f"{says(self.of, self.title)}，{days}{among}{apart}{last}{once}"


def says(measure: Measure, title: str) -> str:
    """A measure in words: 《隐患台账》发现隐患（审核通过的记录）."""
    checked = "，仅计审核通过的记录" if measure.confirmed else ""
    return f"《{measure.model.ledger.title}》{measure.label or title}{checked}"


def days_said(measure: Measure, during: During, period: Period, year: str = "") -> str:
    kinds = measure.model.ledger.kinds
    if year:
        return f"“{kinds[year].label}”为{period.end.year}年"
    if during is During.AT_END:
        return f"{period.end}日终在册"
    if not measure.on:
        return "按现状计"
    label = kinds[measure.on].label
    if during is During.UNTIL_END:
        return f"“{label}”不晚于{period.end}"
    days = during.of(period)
    return f"“{label}”在{days.start}至{days.end}之间"
