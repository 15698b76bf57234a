"""Bulletins of the demo county: the last days before today, and the last day, week and month of its half-year, issued.

They are written as the platform writes them, from the same passes: those of the demo's own frame log, since no store
runs while the county is made. The heads of the bureau have issued the earlier ones; the last days wait for them.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from tonggui.base.clock import CHINA, now, pretending
from tonggui.base.site import Site
from tonggui.bridge import pass_counts
from tonggui.measure import documents, issuing, providers
from tonggui.measure.models import Document
from tonggui.measure.periods import Kind, Period
from tonggui.measure.providers import NothingToCount, Tallies
from tonggui.measure.reports import Report
from tonggui.reports.half_year import half_year, issuer_of_site
from tonggui.reports.ideology import ideology
from tonggui.reports.overload_daily import daily
from tonggui.reports.overload_fines import fines
from tonggui.reports.overload_monthly import monthly
from tonggui.reports.overload_weekly import weekly
from tonggui.reports.project_dispatch import project_dispatch
from tonggui.reports.safety_monthly import safety_monthly
from tonggui.reports.safety_summary import safety_summary
from tonggui.run.demo.diary import Diary
from tonggui.run.demo.overload import LOG
from tonggui.run.weighing import WEIGHING
from tonggui.statutes.overloading import statistics as law
from tonggui.statutes.overloading.counted_acts import HUNDRED_TONNES
from tonggui.stream.log import FrameLogReader

#: What the writer has drafted for the half-year and for its last month.
DRAFTED = (
    (Kind.HALF, (fines, safety_summary, ideology, half_year)),
    (Kind.MONTH, (safety_monthly, project_dispatch)),
)
WRITTEN_AT, ISSUED_AFTER = time(8), timedelta(hours=1)


def make_bulletins(diary: Diary, site: Site, as_of: date) -> None:
    """Two dailies that wait, a day, a week and a month that are issued, and one draft of every other paper."""
    passes = Passes(site)
    was = providers.provider("passes")
    providers.provide("passes", passes.tallies)
    try:
        end = diary.end
        for report, period in (
            (monthly, Period.containing(Kind.MONTH, end)),
            (weekly, Period.containing(Kind.WEEK, end - timedelta(days=6))),
            (daily, Period.containing(Kind.DAY, end)),
        ):
            document = _written(report, period, period.end)
            with pretending(_at(period.end) + ISSUED_AFTER):
                issuing.issue(document, diary.who("director"))
        for days in (2, 1):
            day = as_of - timedelta(days=days)
            with pretending(min(_at(day), now())):
                issuing.write_scheduled(daily, Period.containing(Kind.DAY, day), issuer_of_site())
        with pretending(_at(end)):
            for kind, drafted in DRAFTED:
                for report in drafted:
                    documents.draft(report, Period.containing(kind, end), diary.who("writer"), issuer_of_site())
    finally:
        providers.withdraw("passes")
        if was is not None:
            providers.provide("passes", was)


def _written(report: Report, period: Period, end: date) -> Document:
    """A sealed bulletin of long ago; it stands outside the schedule, which begins with the last days."""
    with pretending(_at(end)):
        return issuing.write_sealed(report, period, issuer_of_site())


def _at(last: date) -> datetime:
    """The hour on the day after a period at which the platform writes."""
    return datetime.combine(last + timedelta(days=1), WRITTEN_AT, CHINA)


class Passes:
    """The passes of the demo's frame log, counted as the store counts its own."""

    def __init__(self, site: Site) -> None:
        parts, position = [], 0
        with FrameLogReader(site.frame_logs / LOG) as log:
            while True:
                frames, position = log.read(position)
                if not len(frames.received_at):
                    break
                parts.append(WEIGHING.decode(frames, LOG))
        self.columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}

    def tallies(self, period: Period) -> Tallies:
        """What `pass_counts.tallies` would give."""
        if not self.columns:
            raise NothingToCount("没有数据")
        first = datetime.combine(period.start, time(), CHINA).astimezone(UTC).replace(tzinfo=None)
        after = datetime.combine(period.end + timedelta(days=1), time(), CHINA).astimezone(UTC).replace(tzinfo=None)
        at = self.columns["time"].astype("datetime64[us]")
        places = np.flatnonzero((at >= np.datetime64(first)) & (at < np.datetime64(after)))
        rows: dict[tuple[str, int], dict[str, int]] = {}
        days: dict[str, set[date]] = defaultdict(set)
        for place in places.tolist():
            one = {name: column[place] for name, column in self.columns.items()}
            moment = at[place].item().replace(tzinfo=UTC).astimezone(CHINA)
            counts = rows.setdefault((str(one["site"]), moment.hour), dict.fromkeys(pass_counts.NAMES, 0))
            for name, value in _counted(one, period.end).items():
                counts[name] += value
            days[str(one["site"])].add(moment.date())
        return pass_counts.combined([(site, hour, counts) for (site, hour), counts in rows.items()], days, period)


def _counted(one: dict, day: date) -> dict[str, int]:
    """What one pass adds to each count of the store's statement."""
    rate, tonnes = float(one["rate"]), float(one["gross_kg"]) / 1000
    king = HUNDRED_TONNES.on(day) / 1000
    valid = bool(one["usable"]) and rate <= law.PLAUSIBLE_RATE.on(day) / 100
    bands = {
        name: valid and rate > least and rate <= (most or rate)
        for name, least, most in zip(pass_counts.BAND_NAMES, law.BANDS, (*law.BANDS[1:], None), strict=True)
    }
    found = {
        "passes": True,
        "valid": valid,
        "over": valid and one["excess_kg"] > 0,
        **bands,
        "kings": valid and king <= tonnes <= law.KING_MOST_TONNES.on(day),
        "heavy": valid and tonnes > law.HEAVY_TONNES.on(day),
        "doubled": valid and rate > 1 and tonnes < king,
        "unread": not one["plate"],
        "doubted": bool(one["doubt"]),
        "uncertified": not one["usable"],
    }
    return {name: int(value) for name, value in found.items()} | {"kg": int(one["gross_kg"])}
