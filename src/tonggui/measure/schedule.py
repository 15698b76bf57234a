"""When documents of a series are due: for each kind of period the moment after its end from which it may be written.

After an outage every period that was missed is due, oldest first, as far back as the bureau has set, but none from
before the series began; the first time of all only the last period is.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA
from tonggui.measure.periods import Kind, Period


@dataclass(frozen=True, slots=True)
class Times:
    """The bureau's hours and days: each bulletin at `hour`, the weekly on `weekday` (1 Monday), the monthly on
    `monthday`; `catch_up` days back what was missed is still written."""

    hour: int
    weekday: int
    monthday: int
    catch_up: int

    def ready_at(self, period: Period) -> datetime:
        """From when a period's document may be written."""
        after = period.end + timedelta(days=1)
        if period.kind is Kind.WEEK:
            after += timedelta(days=self.weekday - 1)
        elif period.kind is Kind.MONTH:
            after = after.replace(day=self.monthday)
        return datetime.combine(after, time(self.hour), CHINA)


def due(
    kind: Kind, times: Times, now: datetime, written: Collection[Period], began: date | None = None
) -> list[Period]:
    """The periods of a kind whose document is due and not among those `written`, oldest first.

    `began` is the first day of the first period that the platform wrote by itself; None before the first time.
    """
    ready = ready_periods(kind, times, now)
    if began is None:
        ready = iter([next(ready)])
    return [period for period in ready if (began is None or period.start > began) and period not in written][::-1]


def ready_periods(kind: Kind, times: Times, now: datetime) -> Iterator[Period]:
    """Periods that are over and ready, newest first, as far back as is caught up; always the newest."""
    today: date = now.astimezone(CHINA).date()
    period = Period.containing(kind, today).previous
    while times.ready_at(period) > now:
        period = period.previous
    oldest = today - timedelta(days=times.catch_up)
    yield period
    while (period := period.previous).end >= oldest:
        yield period
