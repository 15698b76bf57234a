"""Deadlines: how long somebody has, counted as the law counts.

The day of the event is not counted. Working days skip holidays. A period in calendar days, months or years whose end
falls on a holiday moves to the first working day after it only where the clause says so of the party's acts
(`moves`); the authority's own limits and safety clocks stay where they are.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from tonggui.law.acts import Article
from tonggui.law.calendar import WorkingCalendar
from tonggui.law.parameters import Parameter

_deadlines: dict[str, "Deadline"] = {}


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAY = "工作日"
    DAY = "日"
    MONTH = "个月"
    YEAR = "年"


class Deadline:
    """A period of the law. Its length is a dated Parameter of the same title."""

    def __init__(
        self,
        title: str,
        length: int | Mapping[date, int],
        unit: Unit,
        source: Article,
        *,
        checked: date,
        calendar: WorkingCalendar,
        moves: bool = False,
        local: bool = False,
        note: str = "",
    ) -> None:
        values = length if isinstance(length, Mapping) else {source.act.since or date(2010, 1, 1): length}
        self.length = Parameter(title, unit=unit, source=source, checked=checked, values=values, local=local, note=note)
        self.unit, self.moves, self.calendar = unit, moves, calendar
        _deadlines[title] = self

    @property
    def title(self) -> str:
        return self.length.title

    def __repr__(self) -> str:
        return f"Deadline({self.title!r})"

    def due(self, start: date, *, paused_days: int = 0) -> date:
        """The last day of the period that begins with an event on `start`; days of pause are added.

        The length is that of the law on `start`. Raises Problem for a day before the law.
        """
        return self._shifted(start, self.length.on(start), paused_days)

    def latest(self, event: date) -> date:
        """The last day on which something that must happen this long before `event` may still happen."""
        return self._shifted(event, -self.length.on(event), 0)

    def is_final(self, start: date) -> bool:
        """False where the due day rests on a year whose working days are not published yet."""
        counts_holidays = self.unit is Unit.WORKING_DAY or self.moves
        return not counts_holidays or self.calendar.covers(self.due(start))

    def _shifted(self, start: date, length: int, paused_days: int) -> date:
        match self.unit:
            case Unit.WORKING_DAY:
                end = self.calendar.after(start, length + paused_days)
            case Unit.DAY:
                end = start + timedelta(days=length + paused_days)
            case Unit.MONTH:
                end = add_months(start, length) + timedelta(days=paused_days)
            case Unit.YEAR:
                end = add_months(start, 12 * length) + timedelta(days=paused_days)
        return self.calendar.from_here(end) if self.moves else end


def add_months(day: date, months: int) -> date:
    """The same day number so many months on, or the month's last day where it has none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def all_deadlines() -> list[Deadline]:
    """Every deadline declared so far, in the order of declaration."""
    return list(_deadlines.values())
