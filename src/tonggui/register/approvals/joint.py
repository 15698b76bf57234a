"""会签: a move that is made only once one person of each of its roles has agreed.

A consent holds for the version of the record that was read: any change of the record voids it. A disagreement voids
the others and returns the record to the step before, with words.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tonggui.base import clock
from tonggui.register import roles
from tonggui.register.actor import Actor
from tonggui.register.approvals import bell
from tonggui.register.approvals.kept import Ask
from tonggui.register.approvals.recall import line_into, put_back
from tonggui.register.approvals.waiting import takers
from tonggui.register.editing import locked
from tonggui.register.errors import Refused
from tonggui.register.workflow import Move


@dataclass(frozen=True, slots=True)
class Signature:
    """One role of a joint move, and the consent given in it so far."""

    role: str
    consent: Ask | None

    @property
    def title(self) -> str:
        return roles.title(self.role)


def signatures(move: Move, record: Any, asks: list[Ask] | None = None) -> list[Signature]:
    """Each role of the move with its consent to the record as it stands now."""
    if asks is None:
        asks = list(Ask.objects.filter(ledger=record.ledger.key, record=record.pk, kind=Ask.JOINT, move=move.name))
    valid = {
        ask.role: ask
        for ask in asks
        if ask.kind == Ask.JOINT
        and ask.move == move.name
        and ask.answer == "agreed"
        and (ask.step, ask.version) == (record.state, record.version)
    }
    return [Signature(role, valid.get(role)) for role in move.joint]


def open_role(signed: list[Signature], actor: Actor) -> str:
    """The role in which the actor may still sign, or the empty string; nobody signs twice."""
    if any(one.consent and one.consent.account_id == actor.account_id for one in signed):
        return ""
    return next((one.role for one in signed if not one.consent and roles.members(one.role) & actor.roles), "")


def completes(move: Move, record: Any, actor: Actor, signed: list[Signature]) -> bool:
    """Whether the move is made once this actor takes it: nobody else's consent is missing and it is theirs to make."""
    lacking = {one.role for one in signed if not one.consent} - {open_role(signed, actor)}
    makers = {role for part in move.by for role in roles.members(part)}
    return not lacking and (not makers or bool(makers & actor.roles))


def sign(move: Move, record: Any, actor: Actor, words: str) -> bool:
    """Give the actor's consent, where one is missing; True when the move is to be made now.

    The record is held by the caller's transaction, so of two who sign at once one finds the other's consent.
    """
    if actor.is_system:
        return True
    signed = signatures(move, record)
    role, makes = open_role(signed, actor), completes(move, record, actor, signed)
    lacking = "、".join(one.title for one in signed if not one.consent and one.role != role)
    if role:
        _consent(move, record, actor, role, "agreed", words)
    elif not makes:
        raise Refused(f"不能{move.label}：" + (f"还须{lacking}会签同意。" if lacking else "会签已齐，由经办人办理。"))
    if not lacking and not makes:
        makers = takers(record, [Move(move.edge, move.label, by=move.by)])
        bell.tell_of(record, makers, f"“{move.label}”会签已齐，请办理")
    return makes


def disagree(record: Any, name: str, actor: Actor, words: str) -> Any:
    """Refuse consent: the other consents are void, and the record goes back to the step before."""
    move = record.ledger.flow.move(name)
    if move is None or not move.joint:
        raise Refused("这一步不需要会签。")
    if not words.strip():
        raise Refused("不同意的，请写明理由。")
    with transaction.atomic():
        record = locked(record)
        role = open_role(signatures(move, record), actor) if move.starts_in(record.state) else ""
        if not role or not record.ledger.read.allows(actor, record):
            raise Refused(f"“{move.label}”不等您会签。")
        _consent(move, record, actor, role, "disagreed", words)
        consents = Ask.objects.filter(ledger=record.ledger.key, record=record.pk, kind=Ask.JOINT, answer="agreed")
        consents.filter(step=record.state, version=record.version).update(answer="lapsed")
        line = line_into(record)
        record = put_back(record, line, actor, words, "return") if line else record
    if line and line.account:
        bell.tell_of(record, [line.account], f"{actor.name}不同意“{move.label}”", words)
    return record


def _consent(move: Move, record: Any, actor: Actor, role: str, answer: str, words: str) -> None:
    Ask.objects.create(
        kind=Ask.JOINT,
        ledger=record.ledger.key,
        record=record.pk,
        record_number=record.number,
        step=record.state,
        move=move.name,
        role=role,
        account=actor.account,
        account_name=actor.name,
        version=record.version,
        answer=answer,
        answer_words=words.strip(),
        answered_at=clock.now(),
    )
