"""How fresh and how good each registered source is, from what the platform sees: logs, imports, passes.

Known at most KEPT_SECONDS ago for all sources together, since a list asks for every row. Where the store is away the
shares are unknown, never zero.
"""

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Max

from tonggui.base import clock
from tonggui.base.site import Site
from tonggui.ledgers.office.source import Channel, Freshness, Source, provide
from tonggui.register.actor import Actor, acting
from tonggui.register.models import HistoryEntry, ImportRun
from tonggui.stream.log import segments
from tonggui.stream.store.client import StoreAway, connect

WRITER = Actor.system("数据来源巡检")
KEPT_SECONDS = 60.0
LOOKS_BACK = timedelta(days=7)
FRAMES = "SELECT count() FROM {table} WHERE received_at >= {{since:DateTime64(3)}}"
PASSES = "SELECT site, max(time), count() FROM passes FINAL WHERE time >= {since:DateTime64(3)} GROUP BY site"


@dataclass
class Seen:
    """What was seen at one moment, by channel, by weighing point and by ledger."""

    at: float = 0.0
    logs: dict[str, Freshness] = field(default_factory=dict)
    points: dict[str, Freshness] = field(default_factory=dict)
    sheets: dict[str, Freshness] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)


class Watcher:
    """Looks at a site, at most once in KEPT_SECONDS."""

    def __init__(self, site: Site):
        self.site, self.seen = site, Seen()

    def freshness(self, source: Source) -> Freshness | None:
        """What is known of one source; None where its way leaves no trace here."""
        seen = self._look()
        match source.access:
            case Channel.JT808:
                return seen.logs.get("jt808")
            case Channel.WEIGHING:
                return seen.points.get(source.point.code) if source.point else seen.logs.get("weighing")
            case Channel.SHEET:
                return seen.sheets.get(source.feeds)
        last = seen.written.get(source.feeds)
        return Freshness(last) if last else None

    def _look(self) -> Seen:
        if not self.seen.at or time.monotonic() - self.seen.at > KEPT_SECONDS:
            self.seen = Seen(time.monotonic(), sheets=_sheets(), written=_written())
            self.seen.logs = {
                name: Freshness(last) for name in ("jt808", "weighing") if (last := last_frame(self.site, name))
            }
            # Without the store the last frame is still known from the log; how many were bad is not.
            with suppress(StoreAway, OSError):
                self._ask_store(self.seen)
        return self.seen

    def _ask_store(self, seen: Seen) -> None:
        client = connect(self.site)
        since = {"since": clock.now() - LOOKS_BACK}
        try:
            good, bad = (
                client.query(FRAMES.format(table=table), parameters=since).result_rows[0][0]
                for table in ("positions", "bad_frames")
            )
            rows = client.query(PASSES, parameters=since).result_rows
        finally:
            client.close()
        if "jt808" in seen.logs:
            seen.logs["jt808"] = Freshness(seen.logs["jt808"].last_at, good + bad, bad)
        seen.points = {site: Freshness(_aware(last), n) for site, last, n in rows}


def provide_freshness(site: Site) -> Watcher:
    """Let the ledger of sources show what this site sees."""
    watcher = Watcher(site)
    provide(watcher.freshness)
    return watcher


def mark_silent(watcher: Watcher) -> int:
    """Write into each source in use the day on which it fell silent, or take it out; how many changed."""
    changed, now = 0, clock.now()
    with acting(WRITER):
        for source in Source.objects.visible_to(WRITER).filter(state="in_use").select_related("point"):
            known = watcher.freshness(source)
            if known is None or known.last_at is None:
                continue
            silent = now - known.last_at > timedelta(minutes=source.every_minutes)
            if silent != (source.silent_since is not None):
                source.silent_since = now.date() if silent else None
                source.save()
                changed += 1
    return changed


def last_frame(site: Site, name: str) -> datetime | None:
    """When the newest frame of a kind of log was written: the time of the newest segment."""
    times = [
        path.stat().st_mtime
        for folder in site.frame_logs.glob(f"{name}-*")
        if folder.is_dir()
        for _, path in segments(folder)[-1:]
    ]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def _sheets() -> dict[str, Freshness]:
    """The last sheet taken by each ledger, and of the last days how many rows were refused."""
    since = clock.now() - LOOKS_BACK
    taken = ImportRun.objects.filter(state="done").order_by().values_list("ledger").annotate(Max("done_at"))
    items: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for run in ImportRun.objects.filter(at__gte=since).only("ledger", "total", "faults"):
        items[run.ledger] += run.total
        refused[run.ledger] += len({fault.get("row") for fault in run.faults})
    return {key: Freshness(last, items[key], min(items[key], refused[key])) for key, last in taken}


def _written() -> dict[str, datetime]:
    """When each ledger was last written by anybody."""
    lines = HistoryEntry.objects.filter(at__gte=clock.now() - timedelta(days=60)).order_by()
    return dict(lines.values_list("ledger").annotate(Max("at")))


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
