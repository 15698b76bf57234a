"""The time line of a record: changes with what was before and after, who and why, and the remarks between them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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

    @property
    def rows(self) -> list[Difference]:
        """The changes, or one empty line for a table that shows the event all the same."""
        return self.changes or [Difference("—", "", "")]


def events(record: Any, limit: int = SHOWN, *, as_of: date | None = None) -> list[Event]:
    """The latest events of a record up to the end of a day, newest first, in a constant number of queries."""
    remarks = Comment.objects.filter(ledger=record.ledger.key, record=record.pk).order_by("-id")
    lines = lines_of(record)
    if as_of:
        remarks, lines = (rows.filter(at__lte=moment_of(as_of)) for rows in (remarks, lines))
    found = [*changes(record.ledger, list(lines[:limit])), *map(_remark, remarks[:limit])]
    return sorted(found, key=lambda event: event.at, reverse=True)[:limit]


def changes(ledger: Any, lines: list[HistoryEntry]) -> list[Event]:
    """History lines as events, in the order given."""
    found = differences(ledger, lines)
    return [
        Event(
            at=line.at,
            who=line.actor_name,
            what=_deed(ledger, line),
            why=line.why,
            version=line.record_version,
            request=line.request,
            changes=found[line.pk],
        )
        for line in lines
    ]


def _deed(ledger: Any, line: HistoryEntry) -> str:
    """What was done: the label of the move, or of the kind of writing."""
    move = ledger.flow.move(line.move) if line.move else None
    return move.label if move else line.action_title


def _remark(comment: Comment) -> Event:
    return Event(at=comment.at, who=comment.actor_name, what="批注", text=comment.text)
