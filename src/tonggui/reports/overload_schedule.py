"""The overload bulletins by themselves: each day, week and month that is over gets its one, at the bureau's hour.

Passes are waited for: while the store cannot answer, a bulletin is put off for as long as the bureau has set, so that a
restart in the morning does not seal a page of dashes. What was missed is caught up, and nothing is written twice.
"""

from datetime import datetime, timedelta

from tonggui.base import clock
from tonggui.measure import issuing, providers, schedule
from tonggui.measure.models import Document
from tonggui.measure.periods import Period
from tonggui.measure.reports import Report
from tonggui.measure.schedule import Times
from tonggui.reports.half_year import issuer_of_site
from tonggui.reports.overload_daily import daily
from tonggui.reports.overload_monthly import monthly
from tonggui.reports.overload_weekly import weekly
from tonggui.statutes.overloading import statistics as law

BULLETINS = (daily, weekly, monthly)
LAST_MONTHDAY = 28
WRITTEN = ("period_code", "scheduled")


def times_on(day) -> Times:
    """The bureau's times of a day; what lies outside the clock or the calendar is brought back into it."""
    return Times(
        hour=_within(law.BULLETIN_HOUR.on(day), 0, 23),
        weekday=_within(law.BULLETIN_WEEKDAY.on(day), 1, 7),
        monthday=_within(law.BULLETIN_MONTHDAY.on(day), 1, LAST_MONTHDAY),
        catch_up=_within(law.BULLETIN_CATCH_UP.on(day), 0, 366),
    )


def _within(value: float, least: int, most: int) -> int:
    return min(max(int(value), least), most)


def due_bulletins(now: datetime | None = None) -> list[tuple[Report, Period]]:
    """Every bulletin that is over, ready and not written, oldest first in its kind."""
    now = now or clock.now()
    times = times_on(now.astimezone(clock.CHINA).date())
    found: list[tuple[Report, Period]] = []
    for report in BULLETINS:
        sealed = Document.objects.filter(report_code=report.code, state=Document.SEALED)
        written = {Period.parse(code): own for code, own in sealed.order_by("scheduled").values_list(*WRITTEN)}
        began = min((period.start for period, own in written.items() if own), default=None)
        found += [(report, period) for period in schedule.due(report.kinds[0], times, now, written, began)]
    return found


def write_due(now: datetime | None = None) -> list[Document]:
    """Write what is due; what waits for its passes is left for the next round."""
    now = now or clock.now()
    found = []
    for report, period in due_bulletins(now):
        with providers.together():
            if not waits(period, now):
                found.append(issuing.write_scheduled(report, period, issuer_of_site()))
    return [document for document in found if document is not None]


def waits(period: Period, now: datetime) -> bool:
    """Whether the passes cannot be read now and the bureau's patience is not over yet."""
    today = now.astimezone(clock.CHINA).date()
    patience = timedelta(hours=law.BULLETIN_PATIENCE.on(today))
    return now < times_on(today).ready_at(period) + patience and providers.is_away("passes", period)
