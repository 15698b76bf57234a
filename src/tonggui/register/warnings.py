"""Warnings: every day that a ledger watches (`Watch`) and that is past or near, of all ledgers in one list.

All watches are asked in one statement (UNION ALL), each arm over the index of its day, so a page costs the same few
statements however many ledgers there are: one for the counts, one for the ids of the page, one a ledger on the page.
What is overdue for some days goes to the heads of the bureau as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from tonggui.base import clock
from tonggui.base.kept import Kept
from tonggui.law.acts import Act
from tonggui.law.parameters import Parameter
from tonggui.register.actor import Actor
from tonggui.register.clock_models import WarningMute
from tonggui.register.clocks import Watch, steps_on
from tonggui.register.kinds import Moment
from tonggui.register.registry import BoundLedger, all_ledgers
from tonggui.register.roles import members

HEADS = ("director",)
COUNT_SECONDS = 30

ESCALATION_DAYS = Parameter(
    "预警逾期上报日数",
    unit="日",
    source=Act("本局工作约定", "可按本地规定修改").part("预警"),
    checked=date(2026, 11, 22),
    values={date(2010, 1, 1): 3},
    local=True,
    note="期限过后满此日数仍未办的，同时提醒局领导。",
)

LATE, TODAY, WEEK, LATER = range(4)
GROUPS = (("late", "已逾期", "late"), ("today", "今天", "todo"), ("week", "本周", "todo"), ("later", "以后", "normal"))
"""Code in an address, word and tone of each group of urgency, most urgent first; a week ends on Sunday."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One watch as it concerns one reader: `last` bounds the days that are the reader's to know of."""

    ledger: BoundLedger
    watch: Watch
    steps: tuple[int, ...]
    last: date

    @property
    def kind(self) -> Any:
        return self.ledger.kinds[self.watch.day]

    @property
    def states(self) -> list[str]:
        """States in which a row is watched: all but void ones."""
        return living(self.ledger)

    def rows(self, actor: Actor, *, first: date | None = None, last: date | None = None) -> QuerySet:
        """Rows of the reader whose day is near or past, from `first` to `last` where they are given."""
        last = min(filter(None, (last, self.last)))
        found = self.ledger.query(actor).filter(self.watch.where, state__in=self.states)
        found = found.filter(_until(self.kind, self.watch.day, last))
        if first:
            found = found.filter(_since(self.kind, self.watch.day, first))
        return found.order_by()

    @property
    def day(self) -> Any:
        """The watched day as an expression."""
        return TruncDate(self.watch.day, tzinfo=clock.CHINA) if isinstance(self.kind, Moment) else F(self.watch.day)

    @property
    def lead_words(self) -> str:
        """When the warning comes: 提前 60、30、7 天."""
        days = [step for step in self.steps if step]
        return f"提前 {'、'.join(map(str, days))} 天" if days else "当日"


@dataclass(frozen=True, slots=True)
class Warning_:
    """One line: a record, the day that is watched in it, and the rule that watches it."""

    rule: Rule
    record: Any
    day: date
    today: date
    escalated: bool

    @property
    def days_left(self) -> int:
        return (self.day - self.today).days

    @property
    def group(self) -> int:
        return group_of(self.day, self.today)

    @property
    def left(self) -> str:
        """还有 12 天, 今天, 已逾期 3 天."""
        return words_left(self.days_left)

    @property
    def sentence(self) -> str:
        return sentence(self.rule.watch.label, self.days_left)


@dataclass(slots=True)
class Asked:
    """What a page asks for: one ledger, one unit, one urgency (its place in GROUPS), all that one may read or mine."""

    ledger: str = ""
    unit: int = 0
    group: int | None = None
    all: bool = False


@dataclass(slots=True)
class Tally:
    """How many warnings there are, by group, by ledger and by unit, each under the other conditions."""

    groups: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    ledgers: dict[str, int] = field(default_factory=dict)
    units: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.groups)


def living(bound: BoundLedger) -> list[str]:
    """States of a ledger whose rows still stand for something."""
    return [state.name for state in bound.flow.states if state.tone != "void"]


def rules(actor: Actor, *, all_: bool = False, ledger: str = "") -> list[Rule]:
    """The watches that concern the actor: told to a role of theirs, or overdue long enough for the heads; with `all_`
    every watch of a ledger they may read."""
    today, found = clock.today(), []
    escalates = today - timedelta(days=ESCALATION_DAYS.on(today))
    for bound in all_ledgers():
        if not bound.page.watches or (ledger and bound.key != ledger) or not bound.can_read(actor):
            continue
        for watch in bound.page.watches:
            steps = steps_on(watch.lead, today)
            near = today + timedelta(days=steps[0])
            if all_ or actor.is_system or told(bound, watch.roles, actor):
                found.append(Rule(bound, watch, steps, near))
            elif actor.has(*HEADS):
                found.append(Rule(bound, watch, steps, min(near, escalates)))
    return found


def told(bound: BoundLedger, named: tuple[str, ...], actor: Actor) -> bool:
    """Whether a promise is for a role of the actor: one that it names, else one that writes the ledger."""
    roles = {role for name in named for role in members(name)} or set(bound.write.by_role)
    return not actor.roles.isdisjoint(roles)


def tally(actor: Actor, asked: Asked) -> Tally:
    """Counts of all warnings of the actor in one statement; each facet is free of its own condition."""
    today, found = clock.today(), Tally()
    # Ledgers and units are facets, so they are not narrowed here.
    watched = rules(actor, all_=asked.all)
    arms = []
    for at, (rule, rows) in enumerate(_heard(watched, actor, asked, today, narrowed=False)):
        groups = [
            When(_until(rule.kind, rule.watch.day, last), then=Value(group))
            for group, last in ((LATE, today - timedelta(days=1)), (TODAY, today), (WEEK, _sunday(today)))
        ]
        rows = rows.annotate(_rule=Value(at, IntegerField()), _group=Case(*groups, default=Value(LATER)))
        arms.append(rows.values("_rule", "unit_id", "_group").annotate(_rows=Count("pk")))
    for row in _union(arms):
        rule, rows = watched[row["_rule"]], row["_rows"]
        in_ledger = not asked.ledger or rule.ledger.key == asked.ledger
        in_unit = not asked.unit or row["unit_id"] == asked.unit
        in_group = asked.group is None or row["_group"] == asked.group
        if in_ledger and in_unit:
            found.groups[row["_group"]] += rows
        if in_unit and in_group:
            found.ledgers[rule.ledger.key] = found.ledgers.get(rule.ledger.key, 0) + rows
        if in_ledger and in_group and row["unit_id"]:
            found.units[row["unit_id"]] = found.units.get(row["unit_id"], 0) + rows
    return found


def warnings(actor: Actor, asked: Asked, start: int = 0, count: int = 50) -> list[Warning_]:
    """A page of warnings, the longest overdue first."""
    today = clock.today()
    watched = rules(actor, all_=asked.all, ledger=asked.ledger)
    arms = [
        rows.annotate(
            _rule=Value(at, IntegerField()), _pk=F("pk"), _day=ExpressionWrapper(rule.day, output_field=DateField())
        ).values("_rule", "_pk", "_day")
        for at, (rule, rows) in enumerate(_heard(watched, actor, asked, today))
    ]
    if not arms:
        return []
    lines = list(_union(arms).order_by("_day", "_rule", "_pk")[start : start + count])
    records = _records(watched, lines, actor)
    escalates = ESCALATION_DAYS.on(today)
    return [
        Warning_(watched[line["_rule"]], record, line["_day"], today, (today - line["_day"]).days >= escalates)
        for line in lines
        if (record := records.get((watched[line["_rule"]].ledger.key, line["_pk"])))
    ]


_counts: Kept[int] = Kept(COUNT_SECONDS)


def count_for(actor: Actor) -> int:
    """How many warnings concern the actor, at most COUNT_SECONDS old: the bell stands on every page."""
    return _counts.get(actor.account_id, lambda: tally(actor, Asked()).total)


def forget_counts() -> None:
    """Count again at the next look: somebody has just silenced a warning or lifted it."""
    _counts.forget()


def of_record(record: Any) -> list[Warning_]:
    """The warnings of one record, for its own page; silenced ones are left out."""
    today, bound = clock.today(), record.ledger
    found = []
    for watch in bound.page.watches:
        value = getattr(record, watch.day)
        if value is None or record.state not in living(bound):
            continue
        day = value.astimezone(clock.CHINA).date() if isinstance(value, datetime) else value
        steps = steps_on(watch.lead, today)
        if (day - today).days > steps[0]:
            continue
        rows = bound.model._base_manager.filter(watch.where, pk=record.pk)
        if (not watch.where or rows.exists()) and not muted(bound, watch).filter(record=record.pk, day=day).exists():
            escalated = (today - day).days >= ESCALATION_DAYS.on(today)
            found.append(Warning_(Rule(bound, watch, steps, today), record, day, today, escalated))
    return found


def muted(bound: BoundLedger, watch: Watch) -> QuerySet:
    """What of a watch is silenced today."""
    return WarningMute.objects.filter(
        ledger=bound.key, field=watch.day, until__gte=clock.today(), lifted_at__isnull=True
    ).order_by()


def group_of(day: date, today: date) -> int:
    return LATE if day < today else TODAY if day == today else WEEK if day <= _sunday(today) else LATER


def words_left(days: int) -> str:
    return f"还有 {days} 天" if days > 0 else "今天" if days == 0 else f"已逾期 {-days} 天"


def sentence(label: str, days: int) -> str:
    """资格证还有 12 天到期; 资格证今天到期; 资格证已过期 3 天; other labels keep their words before the count."""
    what = label.removesuffix("到期")
    if what == label:
        return f"{label}：{words_left(days)}"
    return f"{what}还有 {days} 天到期" if days > 0 else f"{what}今天到期" if days == 0 else f"{what}已过期 {-days} 天"


def _heard(
    watched: list[Rule], actor: Actor, asked: Asked, today: date, *, narrowed: bool = True
) -> Iterator[tuple[Rule, QuerySet]]:
    """Each rule with its rows, without those that are silenced; `narrowed` also by what the page asks for."""
    silenced = set(
        WarningMute.objects.filter(until__gte=today, lifted_at__isnull=True).values_list("ledger", "field").distinct()
    )
    first, last = _span(asked.group, today) if narrowed else (None, None)
    for rule in watched:
        rows = rule.rows(actor, first=first, last=last)
        if narrowed and asked.unit:
            rows = rows.filter(unit=asked.unit)
        if (rule.ledger.key, rule.watch.day) in silenced:
            mutes = muted(rule.ledger, rule.watch).filter(record=OuterRef("pk"), day=OuterRef("_watched"))
            rows = rows.annotate(_watched=rule.day).filter(~Exists(mutes))
        yield rule, rows


def _span(group: int | None, today: date) -> tuple[date | None, date | None]:
    """First and last day of a group of urgency."""
    sunday, one = _sunday(today), timedelta(days=1)
    spans = {LATE: (None, today - one), TODAY: (today, today), WEEK: (today + one, sunday)}
    return spans.get(group, (max(today, sunday) + one, None)) if group is not None else (None, None)


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())


def _until(kind: Any, name: str, last: date) -> Q:
    """The day is `last` or before, as a condition that an index can answer."""
    if isinstance(kind, Moment):
        return Q(**{f"{name}__lt": datetime.combine(last + timedelta(days=1), time_of_day(), clock.CHINA)})
    return Q(**{f"{name}__lte": last})


def _since(kind: Any, name: str, first: date) -> Q:
    if isinstance(kind, Moment):
        return Q(**{f"{name}__gte": datetime.combine(first, time_of_day(), clock.CHINA)})
    return Q(**{f"{name}__gte": first})


def _union(arms: list[QuerySet]) -> Any:
    return arms[0].union(*arms[1:], all=True) if arms else []


def _records(watched: list[Rule], lines: list[dict], actor: Actor) -> dict[tuple[str, int], Any]:
    """The records of a page, one statement a ledger."""
    ids: dict[str, set[int]] = {}
    for line in lines:
        ids.setdefault(watched[line["_rule"]].ledger.key, set()).add(line["_pk"])
    bounds = {rule.ledger.key: rule.ledger for rule in watched}
    return {
        (key, pk): record
        for key, found in ids.items()
        for pk, record in bounds[key].query(actor).select_related("unit", *bounds[key].links).in_bulk(found).items()
    }
