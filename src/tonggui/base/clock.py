"""Time as the bureau reads it: aware, +08:00 at the edge, whole microseconds inside.

Columns carry instants as int64 microseconds since 1970-01-01T00:00:00Z (`Micros`); people and JSON see +08:00.
China has had one zone and no summer time since 1992, so a fixed offset is exact for everything we supervise.
"""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "+08:00")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

Micros = int
SECOND: Micros = 1_000_000


def now() -> datetime:
    """The present instant, aware, in +08:00."""
    return datetime.now(CHINA)


def today() -> date:
    """Today's date in China."""
    return now().date()


def to_micros(at: datetime) -> Micros:
    """Microseconds since the epoch of an aware instant; a naive one raises ValueError."""
    if at.tzinfo is None:
        raise ValueError(f"naive time {at!r}: say its zone")
    return (at - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: Micros) -> datetime:
    """The aware instant (+08:00) of microseconds since the epoch."""
    return (EPOCH + timedelta(microseconds=int(micros))).astimezone(CHINA)
