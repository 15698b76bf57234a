"""What a ledger promises about time, as it is declared: days watched, duties that come round, data that must go.

A `Watch` warns before and after a day that stands in a record (a certificate ends, a drill falls due). An `Every` says
how often something must be on record (a safety meeting every month, a look at every bridge every quarter), so that
what is missing can be named. A `Purge` says when personal data is no longer needed. Lengths are numbers, or dated
parameters of the law where a rule sets them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db.models import Q


class Dated(Protocol):
    """A number of the law by date: `law.Parameter`. A lead may be several numbers, one for each reminder."""

    def on(self, day: date) -> Any: ...


Length = int | Dated


def length_on(length: Length, day: date) -> int:
    """The length in force on a day; of several the longest."""
    return steps_on(length, day)[0]


def steps_on(length: Length, day: date) -> tuple[int, ...]:
    """The lengths in force on a day, longest first: (60, 30, 7) reminds three times."""
    value = length if isinstance(length, int) else length.on(day)
    return tuple(sorted(map(int, value), reverse=True)) if isinstance(value, tuple) else (int(value),)


@dataclass(frozen=True)
class Watch:
    """A Day that must not pass unseen: `Watch("valid_until", "资格证到期", lead=60)`.

    `lead`: how many days before it the warning begins. `tell`: roles that are warned; by default those who write the
    ledger. `where`: rows that are watched; rows in a void state never are. `basis`: the clause.
    """

    day: str
    label: str
    lead: Length = 30
    tell: tuple[str, ...] | str = ()
    where: Q = field(default_factory=Q)
    basis: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        return (self.tell,) if isinstance(self.tell, str) else self.tell


#: Periods in which a duty can come round; the words are the reader's.
PERIODS = {"day": "每日", "week": "每周", "month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}


@dataclass(frozen=True)
class Every:
    """A duty that comes round: `Every("month", "安全生产例会", on="held_on", where=Q(kind="safety"))`.

    `period`: one of PERIODS. `on`: the Day (or Moment, or Month) by which a row belongs to a period. `count`: how many
    rows of each period fulfil it. `per`: a link; the duty then holds for each linked record in use ("for each bridge"),
    narrowed by `of`. `grace`: days after the period's end before it is called missed. `confirmed`: whether only rows
    that count fulfil it. `nil`: a confirmed nil return (零报告) of the month fulfils it too, since nothing happened.
    `tell`: roles that are reminded.
    """

    period: str
    label: str
    on: str
    where: Q = field(default_factory=Q)
    count: int = 1
    per: str = ""
    of: Q = field(default_factory=Q)
    grace: Length = 0
    confirmed: bool = False
    nil: bool = False
    tell: tuple[str, ...] | str = ()
    basis: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        return (self.tell,) if isinstance(self.tell, str) else self.tell


@dataclass(frozen=True)
class Purge:
    """Personal data that goes: `Purge("id_no phone", after="checked_on", days=KEPT_DAYS)`.

    `days` after the day in `after`, the named fields are emptied in the record and in its history. The line that says
    so stays.
    """

    fields: str
    after: str
    days: Length
    basis: str = ""

    @property
    def names(self) -> list[str]:
        return self.fields.split()
