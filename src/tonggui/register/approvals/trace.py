"""The course of a record through its approval: who, in which role, did what in which step, with which words, and how
long it had lain there. History tells the moves; asks and urgings stand between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tonggui.register import roles
from tonggui.register.accounts import Account
from tonggui.register.approvals.kept import Ask, Urging
from tonggui.register.approvals.waiting import onward
from tonggui.register.models import HistoryEntry
from tonggui.register.workflow import Move


@dataclass(frozen=True, slots=True)
class Step:
    """One box of the approval form. `verdict` is 同意 or 不同意 where one was asked for; `took` how long the record had
    lain in the step, for a move, or how long the answer took. `key` names the history line it is made of."""

    at: datetime
    who: str
    role: str
    what: str
    step: str = ""
    words: str = ""
    verdict: str = ""
    took: timedelta | None = None
    line: int = 0

    @property
    def took_words(self) -> str:
        return in_words(self.took) if self.took is not None else ""


def in_words(length: timedelta) -> str:
    """2 天 3 小时, 3 小时 5 分, 4 分钟: the two largest parts."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 1)} 分钟"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} 小时" + (f" {minutes} 分" if minutes else "")
    days, hours = divmod(hours, 24)
    return f"{days} 天" + (f" {hours} 小时" if hours else "")


def of_lines(bound: Any, lines: Iterable[HistoryEntry]) -> list[Step]:
    """The lines of history (oldest first) that began the record or moved it on or back."""
    found, entered = [], None
    for line in lines:
        move = bound.flow.move(line.move) if line.move else None
        before, after = line.changes.get("state", (line.record_state, line.record_state))
        if line.action in ("create", "import") or move or before != after:
            found.append(
                Step(
                    at=line.at,
                    who=line.actor_name,
                    role=role_of(line.account, move),
                    what=move.label if move else line.action_title,
                    step=_state_title(bound, before),
                    words=line.why,
                    took=line.at - entered if entered and line.changes else None,
                    line=line.pk,
                )
            )
            entered = line.at
    return found


def of_asks(bound: Any, asks: Iterable[Ask]) -> list[Step]:
    """Each ask as it was made and, where it was answered by a person, its answer."""
    found = []
    for ask in asks:
        step = _state_title(bound, ask.step)
        move = bound.flow.move(ask.move) if ask.move else None
        if ask.kind == Ask.JOINT:
            title = f"会签“{move.label}”" if move else "会签"
            verdict = "不同意" if ask.answer == "disagreed" else "同意"
            words = ask.answer_words
            found.append(Step(ask.at, ask.account_name, roles.title(ask.role), title, step, words, verdict))
            continue
        due = f"，{ask.due} 前办结" if ask.due else ""
        about = f"（{move.label}）" if move else ""
        asked = f"{ask.title}{about}给{ask.account_name}{due}"
        found.append(Step(ask.at, ask.asker_name, role_of(ask.asker), asked, step, ask.words))
        if ask.answer in ("agreed", "disagreed", "withdrawn"):
            withdrawn = ask.answer == "withdrawn"
            found.append(
                Step(
                    at=ask.answered_at,
                    who=ask.asker_name if withdrawn else ask.account_name,
                    role=role_of(ask.asker if withdrawn else ask.account),
                    what=f"撤销{ask.title}" if withdrawn else f"{ask.title}意见{about}",
                    step=step,
                    words=ask.answer_words,
                    verdict="" if withdrawn else ask.answer_title,
                    took=None if withdrawn else ask.answered_at - ask.at,
                )
            )
    return found


def of_urgings(bound: Any, urgings: Iterable[Urging]) -> list[Step]:
    return [Step(one.at, one.actor_name, "", "催办", _state_title(bound, one.step), one.words) for one in urgings]


def course(bound: Any, lines: Iterable[HistoryEntry], asks: Iterable[Ask], urgings: Iterable[Urging]) -> list[Step]:
    """Everything in the order of time."""
    steps = [*of_lines(bound, lines), *of_asks(bound, asks), *of_urgings(bound, urgings)]
    return sorted(steps, key=lambda step: step.at)


def role_of(account: Account | None, move: Move | None = None) -> str:
    """The role in which an account acted: of its roles the one that takes the move, else its first."""
    if account is None:
        return ""
    hands = {role for part in move.hands for role in roles.members(part)} if move else set()
    acted = [role for role in account.roles if role in hands] or account.roles
    return roles.title(acted[0]) if acted and acted[0] in roles.ROLES else ""


def missing_roles(record: Any) -> list[str]:
    """Whose signature the paper still waits for: the roles that may take the record on from its state."""
    parts = [part for move in onward(record.ledger.flow, record.state) for part in move.hands]
    return list(dict.fromkeys(roles.title(part) for part in parts))


def _state_title(bound: Any, name: str) -> str:
    return next((state.label for state in bound.flow.states if state.name == name), "")
