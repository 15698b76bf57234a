"""Writing a past: records and their moves on the days on which they would have happened, by the people whose job it
was.

Everything goes through the register as it would have then, so history, numbers and deadlines are real; only the clock
is told the day.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from tonggui.base.clock import CHINA, pretending
from tonggui.register.actor import Actor, acting

#: How long after the step before it one is taken that chance would have put before it.
BETWEEN_TWO_STEPS = timedelta(minutes=12)


@dataclass
class Diary:
    """The pen of the demo: a period, a seeded chance, and the people of the bureau by what they do."""

    start: date
    end: date
    random: np.random.Generator
    people: dict[str, list[Actor]] = field(default_factory=dict)
    told: dict[tuple[type, int], datetime] = field(default_factory=dict, repr=False)

    def who(self, role: str, but: Actor | None = None) -> Actor:
        """Somebody with a role, another one than `but`."""
        able = [actor for actor in self.people[role] if actor is not but]
        return able[int(self.random.integers(len(able)))]

    def day(self, last: date | None = None) -> date:
        """A working-looking day of the period, not after `last`."""
        end = min(self.end, last or self.end)
        while True:
            day = self.start + timedelta(days=int(self.random.integers((end - self.start).days + 1)))
            if day.weekday() < 6:
                return day

    def days(self, how_many: int) -> list[date]:
        return sorted(self.day() for _ in range(how_many))

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def one_of(self, options: list[Any]) -> Any:
        return options[int(self.random.integers(len(options)))]

    def between(self, low: float, high: float) -> float:
        return float(self.random.uniform(low, high))

    def count(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self.random.integers(low, high + 1))

    def moment(self, day: date) -> datetime:
        """An office hour of a day; a moment is itself."""
        if isinstance(day, datetime):
            return day
        return datetime.combine(day, time(8), CHINA) + timedelta(minutes=int(self.random.integers(9 * 60)))

    def write(self, record: Any, by: Actor, day: date) -> Any:
        """Write a new example record on a day, or at a moment."""
        record.is_example = True
        at = self.moment(day)
        with pretending(at), acting(by, action="create"):
            record.save()
        self.told[type(record), record.pk] = at
        return record

    def write_all(self, model: Any, records: list[Any], by: Actor, day: date) -> list[Any]:
        """Write many new example records on a day."""
        for record in records:
            record.is_example = True
        with pretending(self.moment(day)), acting(by, action="create"):
            return model.objects.bulk_create(records)

    def take(self, record: Any, move: str, by: Actor, day: date, comment: str = "", **values: Any) -> Any:
        """Take a move on a day, as its page would, and later than what was told of the record before."""
        key = type(record), record.pk
        at = self.told[key] = _not_before(self.moment(day), self.told.get(key))
        with pretending(at):
            return record.ledger.perform(record, move, by, comment, values)

    def confirm(self, record: Any, by: str, checked_by: str, day: date) -> Any:
        """Submit and approve by two people on a day: the usual way into the figures."""
        submitter = self.who(by)
        record = self.take(record, "submit", submitter, day)
        return self.take(record, "approve", self.who(checked_by, but=submitter), day)


def _not_before(at: datetime, earlier: datetime | None) -> datetime:
    return at if earlier is None or at > earlier else earlier + BETWEEN_TWO_STEPS


def after(day: date, days: float) -> date:
    return day + timedelta(days=int(days))
