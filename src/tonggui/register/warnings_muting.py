"""Silencing a warning for a while: by whom, until when and why; kept, listed, lifted, never deleted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.clock_models import WarningMute
from tonggui.register.errors import Missing, Refused
from tonggui.register.registry import ledger
from tonggui.register.warnings import forget_counts, told

LONGEST_DAYS = 180
LISTED = 200


@dataclass(frozen=True, slots=True)
class Silenced:
    """One silenced warning with its record, as far as the reader may see it."""

    mute: WarningMute
    record: Any
    label: str
    may_lift: bool


def may_mute(bound: Any, field: str, record: Any, actor: Actor) -> bool:
    """Whoever is told of the watch, or may change the record, may silence it."""
    watch = next((watch for watch in bound.page.watches if watch.day == field), None)
    return watch is not None and (told(bound, watch.roles, actor) or bound.write.allows(actor, record))


def silence(actor: Actor, key: str, number: str, field: str, until: date | None, why: str) -> WarningMute:
    """Silence one warning of a record; Refused says what is missing."""
    bound = ledger(key)
    record = bound.get(number, actor)
    if not may_mute(bound, field, record, actor):
        raise Refused("您不能让这条预警暂不提醒：由接收预警的角色或台账的经办人办理。")
    value = getattr(record, field)
    if value is None:
        raise Refused("这一行已经没有所涉日期，不必设暂不提醒。")
    today = clock.today()
    if until is None or not today <= until <= today + timedelta(days=LONGEST_DAYS):
        raise Refused(f"请写明到哪一天之前不再提醒：从今天起，最长 {LONGEST_DAYS} 天。")
    if not why.strip():
        raise Refused("请写明暂不提醒的理由。")
    day = value.astimezone(clock.CHINA).date() if isinstance(value, datetime) else value
    made = WarningMute.objects.create(
        ledger=key,
        record=record.pk,
        field=field,
        day=day,
        until=until,
        why=why.strip()[:500],
        account_id=actor.account_id,
        actor_name=actor.name,
    )
    forget_counts()
    return made


def lift(actor: Actor, pk: int) -> WarningMute:
    """End the silence before its day; Missing where there is none that the actor may see."""
    mute = WarningMute.objects.filter(pk=pk, lifted_at__isnull=True).first()
    if mute is None:
        raise Missing("没有这条暂不提醒，或已经解除。")
    record = ledger(mute.ledger).query(actor).filter(pk=mute.record).first()
    if record is None or not may_mute(record.ledger, mute.field, record, actor):
        raise Missing("没有这条暂不提醒，或您无权解除。")
    mute.lifted_at, mute.lifted_by = clock.now(), actor.name
    mute.save(update_fields=["lifted_at", "lifted_by"])
    forget_counts()
    return mute


def silenced(actor: Actor) -> list[Silenced]:
    """What is silenced today and what was lately, newest first."""
    mutes = list(WarningMute.objects.order_by("-id")[:LISTED])
    found: dict[str, dict[int, Any]] = {}
    for key in {mute.ledger for mute in mutes}:
        bound = ledger(key)
        if bound.can_read(actor):
            found[key] = bound.query(actor).in_bulk({mute.record for mute in mutes if mute.ledger == key})
    listed = []
    for mute in mutes:
        if record := found.get(mute.ledger, {}).get(mute.record):
            label = next((w.label for w in record.ledger.page.watches if w.day == mute.field), mute.field)
            holds = mute.lifted_at is None and mute.until >= clock.today()
            listed.append(Silenced(mute, record, label, holds and may_mute(record.ledger, mute.field, record, actor)))
    return listed
