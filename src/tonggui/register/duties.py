"""Duties that come round (`Every`): what was due in each period, what is on record, and what is missing.

A duty is owed by its holders: each linked record in use (`per`), each unit that keeps the ledger (`per="unit"`), or the
bureau as a whole. A holder owes from its beginning on: the day it was entered, and not before the ledger's first row;
a unit from its own first row. Where the bureau has said from which day a duty counts, that day takes the place of the
first row. A period that is still running is never missing; one that is over is awaited for the duty's `grace`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from tonggui.base import clock
from tonggui.base.kept import Kept
from tonggui.register.actor import Actor
from tonggui.register.clock_models import DutyStart
from tonggui.register.clocks import Every, length_on
from tonggui.register.kinds import Link, Moment
from tonggui.register.measures import q_names
from tonggui.register.registry import BoundLedger, all_ledgers
from tonggui.register.rounds import Round
from tonggui.register.warnings import told

MACHINE = Actor.system("周期工作")
COUNT_SECONDS = 60

#: What a cell says: done, entered only after its time, awaited still, missing, running now, not owed.
DONE, LATE, AWAITED, MISSING, RUNNING, FREE = "done", "late", "awaited", "missing", "running", "free"

Holder = int | None
NilReturns = Callable[[str], set[tuple[Holder, date]]]

_nil_returns: list[NilReturns] = []


def provide_nil_returns(function: NilReturns) -> None:
    """Hand in what knows the confirmed nil returns: (unit or None for the bureau, first day of the month) a ledger."""
    _nil_returns[:] = [function]


@dataclass(frozen=True)
class Duty:
    """One duty of one ledger."""

    ledger: BoundLedger
    every: Every

    @property
    def key(self) -> str:
        return f"{self.ledger.key}:{self.every.label}"

    @property
    def link(self) -> Link | None:
        """The link to the holders; None where the bureau owes it as a whole."""
        return self.ledger.kinds[self.every.per] if self.every.per else None  # type: ignore[return-value]

    def due(self, round_: Round) -> date:
        """The last day on which the round may still be fulfilled."""
        return round_.end + timedelta(days=length_on(self.every.grace, round_.end))

    def rows(self) -> QuerySet:
        """Rows that can fulfil it, of every unit: whoever did it, it is done."""
        bound = self.ledger
        states = (
            bound.flow.confirmed
            if self.every.confirmed
            else [state.name for state in bound.flow.states if state.tone != "void"]
        )
        if "state" in q_names(self.every.where):
            return bound.query(MACHINE).filter(self.every.where)
        return bound.query(MACHINE).filter(self.every.where, state__in=states)

    def holders(self, actor: Actor) -> QuerySet | None:
        """Linked records in use that the actor may see, or None where there is no link."""
        if self.link is None:
            return None
        linked = self.link.related_model.ledger
        rows = linked.query(actor).filter(self.every.of)
        if "state" not in q_names(self.every.of):
            used = [state.name for state in linked.flow.states if state.confirmed and state.tone != "void"]
            rows = rows.filter(state__in=used)
        return rows.order_by("number")

    @cached_property
    def since(self) -> date | None:
        """The day from which the bureau counts it, where it has said so."""
        return DutyStart.objects.filter(duty=self.key).values_list("since", flat=True).first()

    @cached_property
    def first_rows(self) -> dict[Holder, date]:
        """The day of the first row, of each unit or (None) of the whole ledger."""
        on = self.every.on
        if self.every.per == "unit":
            return {unit: _day(first) for unit, first in self.rows().order_by().values_list("unit").annotate(Min(on))}
        first = self.rows().order_by(on).values_list(on, flat=True).first()
        return {None: _day(first)} if first else {}

    def begins(self, holder: Holder, entered: datetime | None) -> date | None:
        """From which day a holder owes it; None: not yet."""
        own = self.first_rows.get(holder if self.every.per == "unit" else None)
        start = self.since or own
        if start is None or self.every.per in ("", "unit") or entered is None:
            return start
        return max(start, entered.astimezone(clock.CHINA).date())


@dataclass(frozen=True, slots=True)
class Cell:
    """One holder in one round."""

    round: Round
    state: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One holder with its cells; `holder` is None for the bureau."""

    holder: Any
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing of one duty in one round: how many holders, and the first of them by name."""

    duty: Duty
    round: Round
    due: date
    state: str
    holders: list[int]
    count: int
    names: list[str] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        return self.state == MISSING

    @property
    def days_late(self) -> int:
        return (clock.today() - self.due).days

    @property
    def url(self) -> str:
        return f"/duties/?duty={self.duty.key}"


def duties(actor: Actor, *, all_: bool = False) -> list[Duty]:
    """The duties that the actor is reminded of, or with `all_` every one of a ledger they may read."""
    return [
        Duty(bound, every)
        for bound in all_ledgers()
        for every in (bound.page.duties if bound.can_read(actor) else ())
        if (all_ or actor.is_system or told(bound, every.roles, actor)) and _sees_holders(bound, every, actor)
    ]


def grid(duty: Duty, actor: Actor, shown: list[Round], start: int = 0, count: int = 50) -> tuple[list[Line], int]:
    """Lines of a page of holders over the rounds, and how many holders there are."""
    holders = duty.holders(actor)
    if holders is None:
        done = Done(duty, shown)
        return [Line(None, [done.cell(one, None, duty.begins(None, None)) for one in shown])], 1
    page = list(holders[start : start + count])
    done = Done(duty, shown, [one.pk for one in page])
    lines = [
        Line(one, [done.cell(round_, one.pk, duty.begins(one.pk, one.created_at)) for round_ in shown]) for one in page
    ]
    return lines, holders.count()


def missing(duty: Duty, actor: Actor, over: Iterable[Round], *, names: int = 5) -> list[Missing]:
    """What is missing or awaited of a duty in rounds that are over, each with the first holders by name."""
    over, holders = list(over), duty.holders(actor)
    if not over or (duty.since is None and not duty.first_rows):
        return []
    done = Done(duty, over)
    owing = [(None, None)] if holders is None else list(holders.values_list("pk", "created_at"))
    begins = {pk: duty.begins(pk, entered) for pk, entered in owing}
    found = []
    for one in over:
        states = {pk: done.cell(one, pk, begins[pk]).state for pk, _ in owing}
        lacking = [pk for pk, state in states.items() if state in (MISSING, AWAITED)]
        if lacking:
            state = MISSING if clock.today() > duty.due(one) else AWAITED
            first = [] if holders is None else holders.in_bulk([pk for pk in lacking[:names] if pk is not None])
            told_ = [first[pk].short_name for pk in lacking[:names] if pk in first]
            found.append(Missing(duty, one, duty.due(one), state, [p for p in lacking if p], len(lacking), told_))
    return found


def missing_now(actor: Actor) -> list[Missing]:
    """For each duty of the actor what is missing of the last round that is over, the longest overdue first."""
    today = clock.today()
    found = [
        lack for duty in duties(actor) for lack in missing(duty, actor, [Round.of(duty.every.period, today).previous])
    ]
    return sorted(found, key=lambda lack: (lack.due, lack.duty.key))


_missing: Kept[list[Missing]] = Kept(COUNT_SECONDS)


def missing_for(actor: Actor) -> list[Missing]:
    """The same, at most COUNT_SECONDS old: for the home page and the bell."""
    return _missing.get(actor.account_id, lambda: missing_now(actor))


def forget() -> None:
    """Look again at the next call: a duty's first day has just been set, or a nil return confirmed."""
    _missing.forget()


class Done:
    """What is on record of a duty in some rounds, in one query, and what each cell says for it."""

    def __init__(self, duty: Duty, over: list[Round], holders: list[int] | None = None):
        self.duty, self.today = duty, clock.today()
        # For each holder and round: how many rows, and when the one that fulfilled it was entered.
        self.entered: dict[tuple[Holder, Round], list[tuple[datetime, int]]] = defaultdict(list)
        self.nil = self._nil()
        every = duty.every
        rows = duty.rows().filter(between(duty.ledger, every.on, over[0].start, over[-1].end)).order_by()
        if holders is not None:
            rows = rows.filter(**{f"{every.per}__in": holders})
        link = f"{every.per}_id" if every.per else "pk"
        if every.per:
            counted = rows.values_list(link, every.on).annotate(n=Count("pk"), first=Min("created_at"))
        else:
            counted = rows.values_list(every.on).annotate(n=Count("pk"), first=Min("created_at"))
            counted = ((None, *row) for row in counted)  # type: ignore[assignment]
        for holder, on, n, first in counted:
            self.entered[holder, Round.of(every.period, _day(on))].append((first, n))

    def cell(self, round_: Round, holder: Holder, begins: date | None) -> Cell:
        """What one holder has done in one round; a round that began before the holder owed it is free."""
        entered = sorted(self.entered.get((holder, round_), ()))
        count, need = sum(n for _, n in entered), self.duty.every.count
        if count >= need:
            return Cell(round_, LATE if self._entered_late(entered, round_, begins) else DONE, count)
        if self._reported_nil(round_, holder):
            return Cell(round_, DONE, count)
        if begins is None or round_.start < begins or round_.start > self.today:
            return Cell(round_, FREE, count)
        if self.today <= round_.end:
            return Cell(round_, RUNNING, count)
        return Cell(round_, AWAITED if self.today <= self.duty.due(round_) else MISSING, count)

    def _entered_late(self, entered: list[tuple[datetime, int]], round_: Round, begins: date | None) -> bool:
        """Whether the row that fulfilled the round was entered after its time; of before the beginning nobody asks."""
        total = 0
        for at, n in entered:
            total += n
            if total >= self.duty.every.count:
                late = at is not None and at.astimezone(clock.CHINA).date() > self.duty.due(round_)
                return late and begins is not None and round_.start >= begins
        return False

    def _nil(self) -> set[tuple[Holder, date]]:
        return _nil_returns[0](self.duty.ledger.key) if self.duty.every.nil and _nil_returns else set()

    def _reported_nil(self, round_: Round, holder: Holder) -> bool:
        """Whether a nil return of the bureau, or of the unit that owes it, covers every month of the round."""
        if not self.nil:
            return False
        unit = holder if self.duty.every.per == "unit" else None
        month, covered = round_.start.replace(day=1), True
        while month <= round_.end:
            covered = covered and bool({(None, month), (unit, month)} & self.nil)
            month = (month + timedelta(days=32)).replace(day=1)
        return covered


def _sees_holders(bound: BoundLedger, every: Every, actor: Actor) -> bool:
    return not every.per or bound.kinds[every.per].related_model.ledger.can_read(actor)


def _day(value: date | datetime) -> date:
    return value.astimezone(clock.CHINA).date() if isinstance(value, datetime) else value


def between(bound: BoundLedger, name: str, first: date, last: date) -> Q:
    """Rows of which a Day, Month or Moment lies from the first to the last day."""
    if isinstance(bound.kinds[name], Moment):
        start = datetime.combine(first, datetime.min.time(), clock.CHINA)
        return Q(**{f"{name}__gte": start, f"{name}__lt": start + (last - first + timedelta(days=1))})
    return Q(**{f"{name}__gte": first, f"{name}__lte": last})
