"""To-dos: what waits for this person, of all ledgers in one list, read from their workflows and from what was asked.

A record waits for somebody when its state is not final, is shown as to be done or under way (or must be left by a day),
and one of the moves that lead on from it is theirs to take or sign. A step given to one person (转办, 交办) waits for
that person alone; an opinion asked for (加签) waits for the one who is asked.

Nothing is kept for it: each state of each ledger that fits the roles is one arm of one UNION ALL over the index of
state, due day and unit. However many ledgers there are, a list costs one statement for the counts, one for the ids of
the page, and one for the records of each ledger on that page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tonggui.base import clock
from tonggui.base.kept import Kept
from tonggui.register import roles
from tonggui.register.actor import Actor
from tonggui.register.approvals.kept import Ask
from tonggui.register.approvals.waiting import is_waiting, onward
from tonggui.register.registry import BoundLedger, all_ledgers, ledger
from tonggui.register.workflow import State

# What one page can show and one person can take in.
LIMIT = 50
COUNT_SECONDS = 20
# SQLite takes at most 500 arms in one statement.
ARMS = 400
# A plan in force until the year after next is nobody's work today.
AHEAD = timedelta(days=30)
NO_DAY = date(9999, 12, 31)

GROUPS = (
    ("given", "交办", "todo"),
    ("late", "逾期", "late"),
    ("today", "今天", "todo"),
    ("week", "本周", "normal"),
    ("later", "以后", "normal"),
)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what it is, where it stands, when it is due (None: no deadline), and who asked for it."""

    title: str
    url: str
    ledger: str
    step: str
    unit: str
    due: date | None
    kind: str = "待办"
    given: bool = False
    asked_by: str = ""
    words: str = ""
    key: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """To-dos of one urgency; `tone` is the badge's tone, `title` its word."""

    title: str
    tone: str
    items: list[Todo]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks for: a ledger, a step of it, a group of urgency, words in the record's number."""

    ledger: str = ""
    step: str = ""
    group: str = ""
    text: str = ""


@dataclass(slots=True)
class Tally:
    """How much waits, by ledger and step, and how much of it is past its day, due today, and asked of the person.

    `arms` are those in which anything waits.
    """

    steps: dict[tuple[str, str], int] = field(default_factory=dict)
    late: int = 0
    today: int = 0
    asks: list[Ask] = field(default_factory=list)
    arms: list["Arm"] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.steps.values())

    def of_ledger(self, key: str) -> int:
        return sum(count for (one, _), count in self.steps.items() if one == key)


@dataclass(frozen=True, slots=True)
class Arm:
    """One state of one ledger in which records wait for the actor, with the rows that do."""

    ledger: BoundLedger
    state: State
    rows: QuerySet


def waiting_states(bound: BoundLedger, actor: Actor) -> list[State]:
    """States of a ledger in which a record waits for this actor by role."""
    found = []
    for state in bound.flow.states:
        moves = onward(bound.flow, state.name) if is_waiting(state) else []
        hands = {role for move in moves for part in move.hands for role in roles.members(part)}
        if hands & actor.roles:
            found.append(state)
    return found


def arms(actor: Actor) -> list[Arm]:
    """Every state in which something can wait for the actor by role, without what was given to one person and what
    the actor has signed."""
    given = set(Ask.objects.filter(answer="", kind__in=Ask.GIVES).values_list("ledger", flat=True).distinct())
    found = []
    for bound in all_ledgers():
        states = waiting_states(bound, actor) if bound.can_read(actor) else []
        if not states:
            continue
        rows = bound.query(actor).order_by()
        if bound.key in given:
            steps = Ask.objects.filter(ledger=bound.key, answer="", kind__in=Ask.GIVES)
            rows = rows.exclude(pk__in=steps.values("record"))
        if any(move.joint for move in bound.flow.moves):
            rows = rows.exclude(_signed_by(bound, actor))
        found += [Arm(bound, state, rows.filter(_calls(state), state=state.name)) for state in states]
    return found


def _calls(state: State) -> Q:
    """What is done and in force (现行, 已签订) calls again only when its day is near."""
    if state.tone != "done":
        return Q()
    return Q(**{f"{state.due}__lte": clock.today() + AHEAD})


def _signed_by(bound: BoundLedger, actor: Actor) -> Exists:
    """The actor's consent to the record as it stands."""
    consents = Ask.objects.filter(ledger=bound.key, kind=Ask.JOINT, account=actor.account_id, answer="agreed")
    return Exists(consents.filter(record=OuterRef("pk"), step=OuterRef("state"), version=OuterRef("version")))


def open_asks(actor: Actor) -> list[Ask]:
    """What was asked of the actor in person and is not answered yet; copies only inform."""
    asks = Ask.objects.filter(account=actor.account_id, answer="").exclude(kind=Ask.COPY)
    return list(asks.order_by("id"))


def tally(actor: Actor) -> Tally:
    """All counts of one person, in one statement over the ledgers and one over the asks."""
    today, found, waiting = clock.today(), Tally(asks=open_asks(actor)), arms(actor)
    counted = []
    for at, arm in enumerate(waiting):
        due = arm.state.due
        late = Count("pk", filter=Q(**{f"{due}__lt": today})) if due else Value(0, IntegerField())
        now = Count("pk", filter=Q(**{due: today})) if due else Value(0, IntegerField())
        rows = arm.rows.annotate(_arm=Value(at, IntegerField())).values("_arm")
        counted.append(rows.annotate(_rows=Count("pk"), _late=late, _today=now))
    for row in _united(counted):
        if row["_rows"]:
            arm = waiting[row["_arm"]]
            found.arms.append(arm)
            _add(found, arm.ledger.key, arm.state.name, row["_rows"])
            found.late += row["_late"]
            found.today += row["_today"]
    for ask in found.asks:
        _add(found, ask.ledger, ask.step, 1)
        found.late += ask.due is not None and ask.due < today
        found.today += ask.due == today
    return found


def _add(found: Tally, key: str, step: str, count: int) -> None:
    found.steps[key, step] = found.steps.get((key, step), 0) + count


def _united(parts: list[QuerySet], finish: Callable[[Any], Any] = list) -> list[dict]:
    """The rows of all parts, in as few statements as the database allows."""
    rows: list[dict] = []
    for first in range(0, len(parts), ARMS):
        chunk = parts[first : first + ARMS]
        rows += finish(chunk[0].union(*chunk[1:], all=True))
    return rows


def todos(actor: Actor, limit: int = LIMIT, asked: Asked | None = None, counted: Tally | None = None) -> list[Todo]:
    """The most urgent things that wait for the actor: what was given to them first, then by deadline.

    What was `counted` before spares the arms in which nothing waits.
    """
    asked, counted = asked or Asked(), counted or tally(actor)
    waiting = [arm for arm in counted.arms if _is_asked(arm, asked)]
    asks = [ask for ask in counted.asks if _ask_is_asked(ask, asked)]
    lines = _lines(waiting, asked, limit)
    wanted: dict[str, set[int]] = {}
    for arm, pk, _ in lines:
        wanted.setdefault(arm.ledger.key, set()).add(pk)
    for ask in asks:
        wanted.setdefault(ask.ledger, set()).add(ask.record)
    records = {key: _records(ledger(key), ids, actor) for key, ids in wanted.items()}
    found = [_of_ask(ask, records[ask.ledger][ask.record]) for ask in asks if ask.record in records[ask.ledger]]
    found += [_of_record(arm, records[arm.ledger.key][pk]) for arm, pk, _ in lines if pk in records[arm.ledger.key]]
    found.sort(key=lambda todo: (not todo.given, todo.due or NO_DAY, todo.ledger, todo.title))
    return found[:limit]


def _is_asked(arm: Arm, asked: Asked) -> bool:
    if (asked.ledger and arm.ledger.key != asked.ledger) or (asked.step and arm.state.name != asked.step):
        return False
    return asked.group != "given" and (not asked.group or bool(arm.state.due) or asked.group == "later")


def _ask_is_asked(ask: Ask, asked: Asked) -> bool:
    if (asked.ledger and ask.ledger != asked.ledger) or (asked.step and ask.step != asked.step):
        return False
    if asked.text and asked.text.lower() not in ask.record_number.lower():
        return False
    if not asked.group:
        return True
    return ask.kind in Ask.GIVES if asked.group == "given" else group_of(ask.due, clock.today()) == asked.group


def _lines(waiting: list[Arm], asked: Asked, limit: int) -> list[tuple[Arm, int, date]]:
    """The most urgent rows of all arms, each with its day; one that has none comes last."""
    parts = []
    for at, arm in enumerate(waiting):
        rows = arm.rows.filter(_in_group(asked.group, arm.state.due))
        if asked.text:
            rows = rows.filter(number__icontains=asked.text)
        # The few most urgent of an arm are found by its index; only these are sorted with those of the others.
        first = rows.order_by(arm.state.due or "pk").values("pk")[:limit]
        day = Coalesce(F(arm.state.due), Value(NO_DAY)) if arm.state.due else Value(NO_DAY)
        parts.append(
            arm.ledger.model._base_manager.filter(pk__in=first)
            .order_by()
            .annotate(_arm=Value(at, IntegerField()), _pk=F("pk"))
            .annotate(_day=Coalesce(day, Value(NO_DAY), output_field=DateField()))
            .values("_arm", "_pk", "_day")
        )
    rows = _united(parts, lambda united: list(united.order_by("_day", "_arm", "_pk")[:limit]))
    rows.sort(key=lambda row: (row["_day"], row["_arm"], row["_pk"]))
    return [(waiting[row["_arm"]], row["_pk"], row["_day"]) for row in rows[:limit]]


def _in_group(group: str, due: str) -> Q:
    """Rows of one urgency, as a condition over their day."""
    today = clock.today()
    if not group or not due:
        return Q()
    sunday = _sunday(today)
    return {
        "late": Q(**{f"{due}__lt": today}),
        "today": Q(**{due: today}),
        "week": Q(**{f"{due}__gt": today, f"{due}__lte": sunday}),
        "later": Q(**{f"{due}__gt": max(sunday, today)}) | Q(**{f"{due}__isnull": True}),
    }.get(group, Q())


def _records(bound: BoundLedger, ids: Iterable[int], actor: Actor) -> dict[int, Any]:
    """Records that the actor may see, with what their names are made of; one statement."""
    return bound.query(actor).select_related(*dict.fromkeys(["unit", *bound.links])).in_bulk(list(ids))


def _of_record(arm: Arm, record: Any) -> Todo:
    due = getattr(record, arm.state.due) if arm.state.due else None
    return _todo(record, arm.state.label, due)


def _of_ask(ask: Ask, record: Any) -> Todo:
    given = ask.kind in Ask.GIVES
    return _todo(
        record,
        record.state_now.label,
        ask.due or (record.due_day if given else None),
        kind=ask.title,
        given=given,
        asked_by=ask.asker_name,
        words=ask.words,
    )


def _todo(record: Any, step: str, due: date | None, **more: Any) -> Todo:
    bound = record.ledger
    names = {"title": str(record), "url": record.url, "ledger": bound.title, "unit": str(record.unit or "")}
    return Todo(**names, step=step, due=due, key=bound.key, number=record.number, **more)


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """How many records of one ledger wait, and the address that lists them."""

    title: str
    url: str
    count: int
    key: str = ""


def counts_by_ledger(actor: Actor, counted: Tally | None = None) -> list[LedgerCount]:
    """What waits for the actor in each ledger; ledgers without anything are left out."""
    counted = counted or tally(actor)
    keys = {key for key, _ in counted.steps}
    return [
        LedgerCount(one.title, f"/todo/?{urlencode({'ledger': one.key})}", counted.of_ledger(one.key), one.key)
        for one in all_ledgers()
        if one.key in keys
    ]


_counts: Kept[int] = Kept(COUNT_SECONDS)


def todo_count(actor: Actor) -> int:
    """How many things wait for the actor, at most COUNT_SECONDS old: the number is on every page."""
    return _counts.get(actor.account_id, lambda: tally(actor).total)


def note_count(actor: Actor, counted: Tally) -> int:
    """Keep what a page has just counted, so that the frame around it says the same."""
    return _counts.put(actor.account_id, counted.total)


def group_of(due: date | None, today: date) -> str:
    due = due or NO_DAY
    return "late" if due < today else "today" if due == today else "week" if due <= _sunday(today) else "later"


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def grouped(found: list[Todo], today: date) -> list[TodoGroup]:
    """The same in the groups people think in: given by name, late, today, this week (to Sunday), later."""
    parts: dict[str, list[Todo]] = {name: [] for name, _, _ in GROUPS}
    for todo in found:
        parts["given" if todo.given else group_of(todo.due, today)].append(todo)
    return [TodoGroup(title, tone, parts[name]) for name, title, tone in GROUPS if parts[name]]
