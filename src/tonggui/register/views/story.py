"""The time line of a record: changes with what was before and after, who, in which role and step and why, how long it
had lain there, and between them the remarks and what was asked of people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tonggui.register.approvals.kept import Ask, Urging
from tonggui.register.approvals.trace import Step, of_asks, of_lines, of_urgings
from tonggui.register.history import Difference, differences, lines_of, moment_of
from tonggui.register.models import Comment, HistoryEntry

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the time line; `version` is 0 for a remark."""

    at: datetime
    who: str
    what: str
    why: str = ""
    text: str = ""
    version: int = 0
    request: str = ""
    changes: list[Difference] = field(default_factory=list)
    role: str = ""
    step: str = ""
    verdict: str = ""
    took: str = ""

    @property
    def rows(self) -> list[Difference]:
        """The changes, or one empty line for a table that shows the event all the same."""
        return self.changes or [Difference("—", "", "")]


def events(
    record: Any,
    limit: int = SHOWN,
    *,
    as_of: date | None = None,
    asks: Iterable[Ask] = (),
    urgings: Iterable[Urging] = (),
) -> list[Event]:
    """The latest events of a record up to the end of a day, newest first, in a constant number of queries."""
    remarks = Comment.objects.filter(ledger=record.ledger.key, record=record.pk).order_by("-id")
    lines = lines_of(record)
    if as_of:
        remarks, lines = (rows.filter(at__lte=moment_of(as_of)) for rows in (remarks, lines))
    asked = [*of_asks(record.ledger, asks), *of_urgings(record.ledger, urgings)]
    found = [*changes(record.ledger, list(lines[:limit])), *map(_remark, remarks[:limit]), *map(_asked, asked)]
    return sorted(found, key=lambda event: event.at, reverse=True)[:limit]


def changes(ledger: Any, lines: list[HistoryEntry]) -> list[Event]:
    """History lines as events, in the order given."""
    found = differences(ledger, lines)
    steps = {step.line: step for step in of_lines(ledger, sorted(lines, key=lambda line: line.pk))}
    return [_change(ledger, line, found[line.pk], steps.get(line.pk)) for line in lines]


def _change(ledger: Any, line: HistoryEntry, found: list[Difference], step: Step | None) -> Event:
    return Event(
        at=line.at,
        who=line.actor_name,
        what=_deed(ledger, line),
        why=line.why,
        version=line.record_version,
        request=line.request,
        changes=found,
        role=step.role if step else "",
        step=step.step if step else "",
        took=step.took_words if step else "",
    )


def _deed(ledger: Any, line: HistoryEntry) -> str:
    """What was done: the label of the move, or of the kind of writing."""
    move = ledger.flow.move(line.move) if line.move else None
    return move.label if move else line.action_title


def _remark(comment: Comment) -> Event:
    return Event(at=comment.at, who=comment.actor_name, what="批注", text=comment.text)


def _asked(step: Step) -> Event:
    """What was asked of people, and what they answered."""
    return Event(
        at=step.at,
        who=step.who,
        what=step.what,
        why=step.words,
        role=step.role,
        step=step.step,
        verdict=step.verdict,
        took=step.took_words,
    )
