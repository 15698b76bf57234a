"""催办: who waits for a record reminds those on whom it waits, once a day each."""

from typing import Any

from django.db import IntegrityError, transaction

from tonggui.base import clock
from tonggui.register import roles
from tonggui.register.actor import Actor
from tonggui.register.approvals import bell
from tonggui.register.approvals.kept import Urging
from tonggui.register.approvals.waiting import waits_for
from tonggui.register.errors import Refused
from tonggui.register.models import HistoryEntry


def may_urge(record: Any, actor: Actor) -> bool:
    """Staff who read the record, and whoever entered or moved it."""
    if not record.ledger.read.allows(actor, record):
        return False
    if actor.roles & roles.GROUPS["county"]:
        return True
    lines = HistoryEntry.objects.filter(ledger=record.ledger.key, record=record.pk, account=actor.account_id)
    return lines.exists()


def urge(record: Any, actor: Actor, words: str = "") -> int:
    """Remind those on whom the record waits; how many were told. Refused on the second time of a day."""
    if actor.account is None or not may_urge(record, actor):
        raise Refused(f"不能催办 {record.number}：您没有经办过这一行。")
    waited = waits_for(record)
    if not waited:
        raise Refused(f"{record.number} 现在不等任何人办理。")
    others = [one for one in waited if one.pk != actor.account_id]
    if not others:
        raise Refused(f"{record.number} 正等您自己办理。")
    try:
        with transaction.atomic():
            Urging.objects.create(
                ledger=record.ledger.key,
                record=record.pk,
                step=record.state,
                day=clock.today(),
                account=actor.account,
                actor_name=actor.name,
                words=words.strip()[:500],
            )
    except IntegrityError:
        raise Refused(f"您今天已催办过 {record.number}，明天可以再催。") from None
    bell.tell_of(record, others, f"{actor.name}催办“{record.state_now.label}”", words.strip())
    return len(others)


def urgings(record: Any) -> list[Urging]:
    """All urging on the record, oldest first."""
    return list(Urging.objects.filter(ledger=record.ledger.key, record=record.pk).order_by("id"))
