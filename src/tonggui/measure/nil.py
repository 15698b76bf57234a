"""Nil returns (零报告): the statement, month by month, that a ledger holds nothing because nothing happened.

Only where every month of a period either holds rows or is covered by a nil return may a document say 未发生.
"""

from datetime import date, datetime, time, timedelta

from tonggui.base import clock
from tonggui.measure.periods import BEGINNING, Period


def nil_covers(ledger: str, period: Period, as_of: date | datetime | None = None) -> bool:
    """Whether nil returns were made for every month of the period, up to `as_of` where it is given.

    A period that reaches back without end (what stands at a day) is never covered.
    """
    if period.start == BEGINNING:
        return False
    returned = months_returned(ledger, as_of)
    return all((month.start.year, month.start.month) in returned for month in period.months())


def months_returned(ledger: str, as_of: date | datetime | None = None) -> set[tuple[int, int]]:
    """Year and month of each nil return of a ledger that has not been taken back."""
    from tonggui.measure.models import NilReturn

    found = NilReturn.objects.filter(ledger=ledger)
    if as_of is not None:
        found = found.filter(made_at__lt=_end_of(as_of))
    return {(month.year, month.month) for month in found.values_list("month", flat=True)}


def _end_of(as_of: date | datetime) -> datetime:
    if isinstance(as_of, datetime):
        return as_of
    return datetime.combine(as_of + timedelta(days=1), time(), clock.CHINA)
