"""Time as the bureau reads it: aware, +08:00 at the edge, whole microseconds inside.

Columns carry instants as int64 microseconds since 1970-01-01T00:00:00Z (`Micros`); people and JSON see +08:00.
China has had one zone and no summer time since 1992, so a fixed offset is exact for everything we supervise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "+08:00")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Micros = int
SECOND: Micros = 1_000_000

# Days that people may ask for: every one has neighbours, in every zone.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


_pretended: ContextVar[datetime | None] = ContextVar("tonggui_pretended_now", default=None)


def now() -> datetime:
    """The present instant, aware, in +08:00."""
    return _pretended.get() or datetime.now(CHINA)


@contextmanager
def pretending(at: datetime) -> Iterator[None]:
    """Let `now` stand still at an aware instant: to write a past into a demo, or to test a deadline."""
    token = _pretended.set(at.astimezone(CHINA))
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    """Today's date in China."""
    return now().date()


def day_of(text: str) -> date | None:
    """The day that an ISO text (2026-06-30) names; None where it names none, or one no bureau has to do with."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def to_micros(at: datetime) -> Micros:
    """Microseconds since the epoch of an aware instant; a naive one raises ValueError."""
    if at.tzinfo is None:
        raise ValueError(f"naive time {at!r}: say its zone")
    return (at - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: Micros) -> datetime:
    """The aware instant (+08:00) of microseconds since the epoch."""
    return (EPOCH + timedelta(microseconds=int(micros))).astimezone(CHINA)
