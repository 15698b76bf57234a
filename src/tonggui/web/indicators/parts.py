"""What an indicator's page shows beside its figure: the months of the year and the splits, as bars."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tonggui.measure.figures import Scope
from tonggui.measure.indicators import Computed, Indicator, reading_ahead
from tonggui.measure.periods import Period
from tonggui.measure.sources import SELF
from tonggui.measure.units import UNIT
from tonggui.web.indicators.asked import Asked

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its word, the figure as printed or the reason why there is none, its length, and where it leads."""

    word: str
    text: str
    reason: str
    share: str
    url: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one picture, and what was left out of it."""

    title: str
    bars: list[Bar]
    cut: str = ""


def months(indicator: Indicator, asked: Asked) -> Chart:
    """The year of the period month by month, up to its last day."""
    end = asked.period.end
    found = []
    for month in Period(end.replace(month=1, day=1), end).months():
        with reading_ahead([(indicator, asked.scope)], month, values_only=True):
            found.append(
                (month.label.partition("年")[2], _value(indicator, month, asked.scope), _month_url(asked, month))
            )
    return Chart(f"{end.year}年各月", _bars(indicator, found))


def splits(indicator: Indicator, asked: Asked) -> list[Chart]:
    """A picture for each split of the indicator, and by unit for the whole county; the largest values first."""
    if asked.unit:
        return []
    names = list(dict.fromkeys([*indicator.by, *([UNIT] if indicator.by_unit else [])]))
    charts = []
    for by in names:
        scopes = indicator.scopes(asked.period, by)
        with reading_ahead([(indicator, scope) for scope in scopes], asked.period, values_only=True):
            found = [(scope, _value(indicator, asked.period, scope)) for scope in scopes]
        some = sorted((one for one in found if one[1].value), key=lambda one: -(one[1].value or 0))
        if len(some) > 1:
            bars = _bars(indicator, [(scope.label, value, _unit_url(asked, scope)) for scope, value in some[:SHOWN]])
            cut = f"共{len(some)}项，只列前{SHOWN}项" if len(some) > SHOWN else ""
            charts.append(Chart(f"按{title_of(indicator, by)}", bars, cut))
    return charts


def title_of(indicator: Indicator, by: str) -> str:
    """A split in words: the label of its field."""
    if by == UNIT:
        return "单位"
    path = indicator.by[by]
    ledgers = [source.ledger for source in indicator.sources(Period.parse("2000"))]
    if path == SELF:
        return ledgers[0].title.removesuffix("台账") if ledgers else by
    kind = next((ledger.kinds[path] for ledger in ledgers if path in ledger.kinds), None)
    return kind.label if kind is not None else {"point": "检测点", "hour": "时段"}.get(by, "分项")


def _value(indicator: Indicator, period: Period, scope: Scope) -> Computed:
    if period.start < indicator.since:
        return Computed(reason=f"该指标自{indicator.since}起统计")
    return indicator.compute(period, scope, None)


def _bars(indicator: Indicator, found: list[tuple[str, Computed, str]]) -> list[Bar]:
    most = max((abs(one.value) for _, one, _ in found if one.value is not None), default=Decimal(0))
    show: Callable[[Computed], Any] = lambda one: one.text or indicator.show(one.value, one.parts)  # noqa: E731
    return [
        Bar(word, "—", one.reason, "0", url)
        if one.value is None
        else Bar(word, show(one), "", f"{float(abs(one.value) / most * 100) if most else 0:.1f}", url)
        for word, one, url in found
    ]


def _month_url(asked: Asked, month: Period) -> str:
    return f"?period={month.code}" + (f"&unit={asked.unit.number}" if asked.unit else "")


def _unit_url(asked: Asked, scope: Scope) -> str:
    return f"?period={asked.period.code}&unit={scope.code}" if scope.by == UNIT else ""
