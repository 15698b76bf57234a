"""Performing moves: who may, what must be there, who may not be the same person, and what is then set."""

import re
from typing import Any

from django.db import transaction

from tonggui.base import clock
from tonggui.register import roles
from tonggui.register.actor import Actor, acting
from tonggui.register.approvals import joint
from tonggui.register.approvals.waiting import asks_of, outstanding
from tonggui.register.editing import check_record, locked, parse_values
from tonggui.register.errors import Refused
from tonggui.register.kinds import Reading
from tonggui.register.models import HistoryEntry, Series
from tonggui.register.workflow import Move


def may(move: Move, record: Any, actor: Actor) -> bool:
    """Whether the actor has a role that takes or signs the move, and sees the record in that role."""
    if actor.is_system:
        return True
    read = record.ledger.read.by_role
    able = {role for part in move.hands for role in roles.members(part)} & actor.roles
    return any(role in read and read[role].allows(actor, record) for role in able)


def moves_for(record: Any, actor: Actor) -> list[Move]:
    """Moves open to the actor from the record's present state, in the order of the declaration."""
    return [move for move in record.ledger.flow.moves if move.starts_in(record.state) and may(move, record, actor)]


def perform(
    record: Any, name: str, actor: Actor, comment: str = "", values: dict[str, Any] | None = None, *, why: str = ""
) -> Any:
    """Take the move `name` and return the record in its new state; of a joint move, in the old one while the consent of
    others is outstanding.

    `values` are raw values for fields the move takes or needs. Refused says, in the reader's words, why not.
    """
    bound = record.ledger
    move = bound.flow.move(name)
    if move is None:
        raise Refused(f"{bound.title}没有“{name}”这一步。")
    with transaction.atomic():
        record = locked(record)
        _refuse_wrong_state(move, record)
        if not may(move, record, actor):
            who = "、".join(roles.title(part) for part in move.hands)
            raise Refused(f"您不能办理“{move.label}”：这一步由{who}办理。")
        _refuse_same_person(move, record, actor)
        _refuse_outstanding(move, record, actor)
        if move.joint and not joint.sign(move, record, actor, comment):
            return record
        _take(move, record, actor, values or {})
        _refuse_incomplete(move, record, comment)
        for field, series in move.numbers.items():
            number(record, field, series)
        record.state = move.target.name
        with acting(actor, comment or why, action="move", move=move.name):
            record.save()
            if move.then:
                move.then(record, actor)
    return record


def number(record: Any, field: str, series: str) -> None:
    """Give an empty field the next number of its series, in the year of the clock and under the bureau's mark.

    A number is taken for good when the move is committed, so a series has no gaps that nobody can explain. One that
    was typed in the form of the series pushes it on, so that it is not given again.
    """
    year = clock.today().year if "{year" in series else 0
    named = series.replace("{bureau}", mark_of(record.unit))
    held = getattr(record, field)
    if record.kinds[field].is_empty(held):
        setattr(record, field, named.format(year=year, seq=Series.take(named, year, 1)))
        return
    head, tail = (part.format(year=year) for part in re.split(r"\{seq[^}]*\}", named))
    if typed := re.fullmatch(f"{re.escape(head)}([0-9]{{1,9}}){re.escape(tail)}", held):
        Series.at_least(named, year, int(typed[1]))


def mark_of(unit: Any) -> str:
    """The mark (机关代字) under which a unit writes: its own, or that of the nearest unit above it that has one."""
    while unit is not None:
        if unit.mark:
            return unit.mark
        unit = unit.parent
    return ""


def _take(move: Move, record: Any, actor: Actor, values: dict[str, Any]) -> None:
    allowed = {*move.takes, *move.needed(record)}
    if surplus := [name for name in values if name not in allowed]:
        raise Refused(f"“{move.label}”这一步不能填写：{'、'.join(surplus)}。")
    for field, value in parse_values(record.ledger, values, Reading(actor)).items():
        record.kinds[field].set_on(record, value)
    for field, value in move.sets.items():
        record.kinds[field].set_on(record, value() if callable(value) else value)
    check_record(record)


def _refuse_wrong_state(move: Move, record: Any) -> None:
    if not move.starts_in(record.state):
        possible = "、".join(f"“{state.label}”" for state in move.edge.sources)
        raise Refused(
            f"不能{move.label}：这一行现在是“{record.state_now.label}”，{possible}时才能办理。请刷新页面看最新状态。"
        )


def _refuse_same_person(move: Move, record: Any, actor: Actor) -> None:
    if actor.is_system:
        return
    for other in move.not_same_as:
        last = last_doer(record, other)
        if last is not None and last.account_id == actor.account_id:
            earlier = record.ledger.flow.move(other)
            who = "、".join(roles.title(part) for part in move.by)
            raise Refused(
                f"不能{move.label}：办理“{earlier.label}”与“{move.label}”的是同一人（{last.actor_name}）。请由其他{who}办理。"
            )


def _refuse_outstanding(move: Move, record: Any, actor: Actor) -> None:
    """An opinion that the asker waits for comes before the move (加签)."""
    if actor.is_system:
        return
    waited = [ask.account_name for ask in outstanding(asks_of(record), record, move.name) if ask.waits]
    if waited:
        raise Refused(f"不能{move.label}：还在等{'、'.join(waited)}的意见。意见签署后或由征求人撤销后再办理。")


def last_doer(record: Any, move: str) -> Any:
    """The history line of the last time the move was taken on the record, or None."""
    lines = HistoryEntry.objects.filter(ledger=record.ledger.key, record=record.pk, move=move)
    return lines.order_by("-id").first()


def _refuse_incomplete(move: Move, record: Any, comment: str) -> None:
    if move.comment and not comment.strip():
        raise Refused(f"不能{move.label}：请写明理由。")
    empty = [
        record.kinds[name].label
        for name in move.needed(record)
        if record.kinds[name].is_empty(record.kinds[name].value_of(record))
    ]
    if empty:
        raise Refused(f"不能{move.label}：还没有填写{'、'.join(f'“{label}”' for label in empty)}。")
    if move.check and (refusal := move.check(record)):
        raise Refused(f"不能{move.label}：{refusal}")
