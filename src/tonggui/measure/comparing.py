"""Bases of 同比 and 环比: what a figure may be compared with, or why there is nothing to compare it with.

A base is, in this order: the figure sealed for the period under the same definition, as it was printed; a baseline of
an old summary that a person has confirmed to follow the same rule; the figure computed from the ledgers for the period.
The last only where the period is over, the indicator was in force (`since`) and its ledgers were kept then. No period
is ever closed to corrections in a ledger, so "locked" (R10) is: sealed, or over. A figure sealed under another
definition rules out a comparison with newer counts of the same period: readers hold the printed one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Min

from tonggui.base import clock
from tonggui.measure.baselines import bases_of
from tonggui.measure.figures import Figure, Scope
from tonggui.measure.indicators import Indicator, indicator, reading_ahead
from tonggui.measure.nil import months_returned
from tonggui.measure.numbers import DASH, change, points
from tonggui.measure.periods import BEGINNING, Period
from tonggui.measure.reading import first_day
from tonggui.measure.sources import AsOf, During, Source
from tonggui.measure.units import is_unit
from tonggui.register.history import moment_of
from tonggui.register.models import HistoryEntry

LAST_YEAR, BEFORE = "同比", "环比"

# The first day of a ledger's rows by ledger, field, whether confirmed, and unit.
FirstDays = dict[tuple[str, str, bool, Scope | None], date | None]


@dataclass(frozen=True, slots=True)
class Base:
    """The value a figure is compared with, or the reason why there is none."""

    value: Decimal | None = None
    reason: str = ""


def compared(figures: Iterable[Figure], bases: Mapping[str, Base], word: str) -> dict[str, Figure]:
    """The figures by key with their change against their bases in words, the base, and why there is none."""
    found = {}
    for figure in figures:
        base = bases.get(figure.key, Base(reason="分项只与封存数比较"))
        words = change_words(figure, base, word)
        if word == LAST_YEAR:
            figure = replace(figure, change=words, last_year=base.value, change_reason=base.reason)
        else:
            figure = replace(figure, step=words, before=base.value, step_reason=base.reason)
        found[figure.key] = figure
    return found


def change_words(now: Figure, base: Base, word: str) -> str:
    """同比 or 环比 in words: growth of a total, percentage points of a share; no base is said as such."""
    if now.value is None:
        return DASH
    if base.value is None:
        return change(now.value, None, "").words
    if now.unit == "%":
        return points(now.value, base.value, word)
    return change(now.value, base.value, indicator(now.code).show(abs(now.value - base.value), None), word).words


def bases(
    figures: Iterable[Figure], period: Period, sealed: Mapping[str, Figure], as_of: AsOf = None, telemetry: bool = False
) -> dict[str, Base]:
    """The base of each figure in an earlier period; those from the ledgers are read together.

    Of the parts of a split, units apart, only sealed ones are. `telemetry` says that passes and positions may be
    counted again too.
    """
    figures = list(figures)
    baselines = bases_of([figure.code for figure in figures if not figure.scope.code], period)
    found: dict[str, Base] = {}
    first_days: FirstDays = {}
    asked: list[tuple[Indicator, Scope, str]] = []
    for figure in figures:
        base = _kept(figure, period, sealed)
        if base is None and not figure.scope.code and (old := baselines.get(figure.code)):
            base = Base(old.value)
        if base is None and (not figure.scope.code or is_unit(figure.scope)):
            declared = indicator(figure.code)
            why = "" if figure.value is not None else "本期数无法计算"
            if why := why or not_counted(declared, period, figure.scope, telemetry, first_days):
                base = Base(reason=why)
            else:
                asked.append((declared, figure.scope, figure.key))
        if base is not None:
            found[figure.key] = base
    with reading_ahead([(declared, scope) for declared, scope, _ in asked], period, as_of, values_only=True):
        for declared, scope, key in asked:
            then = declared.compute(period, scope, as_of)
            found[key] = Base(then.value, f"{period.label}：{then.reason}" if then.reason else "")
    return found


def _kept(figure: Figure, period: Period, sealed: Mapping[str, Figure]) -> Base | None:
    """A sealed base; that there can be none; or None, where the ledgers may be asked."""
    then = sealed.get(figure.key)
    if then is None or (then.value is None and then.stamp.definition == figure.stamp.definition):
        return None
    if then.stamp.definition == figure.stamp.definition:
        return Base(then.value)
    return Base(reason=f"{period.label}按另一口径封存，不可比")


def not_counted(
    declared: Indicator, period: Period, scope: Scope, telemetry: bool = False, first_days: FirstDays | None = None
) -> str:
    """Why the ledgers cannot give an earlier period's figure; empty where they can."""
    if period.start < declared.since:
        return f"该指标自{declared.since}起统计，{period.label}没有同口径数"
    if period.end >= clock.today():
        return f"{period.label}尚未结束"
    if declared.from_telemetry:
        return "" if telemetry else f"{period.label}没有封存数，行车数据不重新统计"
    for source, during in _read_by(declared, period, scope):
        if why := _not_kept(source, during, period, first_days if first_days is not None else {}):
            return why
    return ""


def _read_by(declared: Indicator, period: Period, scope: Scope) -> list[tuple[Source, During]]:
    """The sources of an indicator, each with the days that it reads."""
    parts = [part for name in ("over", "under", "rate") if (part := getattr(declared, name, None)) is not None]
    parts += [*getattr(declared, "plus", ()), *getattr(declared, "less", ())]
    if parts:
        return [read for part in parts for read in _read_by(part, period, scope)]
    during = getattr(declared, "during", During.WHOLE)
    return [(source, during) for source in declared.sources(period, scope)]


def _not_kept(source: Source, during: During, period: Period, first_days: FirstDays) -> str:
    """Why the ledger of a source says nothing of a period: it was not kept then, or tells only how things stand."""
    title = f"《{source.ledger.title}》"
    if during is During.AT_END:
        first = HistoryEntry.objects.filter(ledger=source.ledger.key).aggregate(first=Min("at"))["first"]
        if first is None or first > moment_of(period.end):
            return f"{title}在{period.end_label}尚未建账，没有{period.label}期末的记录"
        return ""
    if not source.measure.on:
        return f"{title}按现状统计，没有{period.label}的数"
    asked = source.ledger.key, source.measure.on, source.measure.confirmed, source.unit
    if asked not in first_days:
        first_days[asked] = first_day(source)
    begun = first_days[asked]
    begins = source.period if source.period.start != BEGINNING else period
    month = next(begins.months())
    if begun is None or begun > min(month.end, begins.end):
        if (month.start.year, month.start.month) in months_returned(source.ledger.key):
            return ""
        return f"{title}自{begun}起登记，{period.label}不完整" if begun else f"{title}没有登记"
    return ""
