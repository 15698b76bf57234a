"""What a page of indicators is asked for: a period of any kind, a unit or the whole county, and words to search for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from tonggui.base.clock import day_of, today
from tonggui.measure.figures import COUNTY, Scope
from tonggui.measure.periods import Kind, Period, PeriodError, latest_half
from tonggui.measure.units import below, unit_scope

KINDS = (("半年", Kind.HALF, 4), ("季度", Kind.QUARTER, 6), ("月份", Kind.MONTH, 14), ("年度", Kind.YEAR, 3))


@dataclass(frozen=True)
class Asked:
    """One question. `fault` says what of the address could not be understood; the last half-year stands in for it."""

    period: Period
    unit: Any = None
    words: str = ""
    fault: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        given = {name: request.GET.get(name, "").strip() for name in ("period", "from", "to", "unit", "q")}
        period, fault = latest_half(today()), ""
        try:
            if given["from"] or given["to"]:
                period = _days(given["from"], given["to"])
            elif given["period"]:
                period = Period.parse(given["period"])
        except PeriodError as why:
            fault = str(why)
        unit = next((unit for unit in below("/") if unit.number == given["unit"]), None)
        if given["unit"] and unit is None:
            fault = f"没有编号为“{given['unit']}”的单位，以下为全县。"
        return cls(period, unit, given["q"], fault)

    @property
    def scope(self) -> Scope:
        return unit_scope(self.unit) if self.unit else COUNTY

    @property
    def place(self) -> str:
        return self.unit.name if self.unit else "全县"

    @property
    def is_custom(self) -> bool:
        return self.period.kind in (Kind.CUSTOM, Kind.DAY, Kind.WEEK)

    @property
    def address(self) -> str:
        """The question as the parameters of an address, without the search."""
        return urlencode({"period": self.period.code, **({"unit": self.unit.number} if self.unit else {})})

    @cached_property
    def periods(self) -> list[tuple[str, list[Period]]]:
        """The periods to choose from, by kind, the newest first; the one under way is among them."""
        found = []
        for title, kind, many in KINDS:
            period = Period.containing(kind, today())
            found.append((title, [period]))
            while len(found[-1][1]) < many:
                found[-1][1].append(found[-1][1][-1].previous)
        return found

    @cached_property
    def units(self) -> list[tuple[str, str, bool]]:
        """Number and name of every unit, indented by its place in the tree, and whether it is chosen."""
        return [(unit.number, "　" * (unit.path.count("/") - 2) + unit.name, unit == self.unit) for unit in below("/")]


def _days(first: str, last: str) -> Period:
    start, end = day_of(first), day_of(last)
    if start is None or end is None:
        raise PeriodError("自定义期间要填写开始日和结束日。")
    return Period(start, end)
