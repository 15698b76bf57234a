"""The bell: messages told to accounts, read by them, and muted until a day for a reason.

Other parts tell through `tell`; a standing cause gives a `topic`, and an account is then told of it once while the
earlier message is unread.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from tonggui.base import clock
from tonggui.register.accounts import Account
from tonggui.register.approvals.kept import Message, Mute
from tonggui.register.errors import Refused

#: A mute longer than this is forgotten by the one who set it.
MUTE_DAYS = 90


def tell(
    accounts: Iterable[Account],
    kind: str,
    title: str,
    url: str = "",
    *,
    text: str = "",
    ledger: str = "",
    number: str = "",
    topic: str = "",
) -> int:
    """Put a message into the bell of each account, in one insert; how many were told.

    `kind` is todo, warning or notice. With a `topic`, those who have not yet read the last message of it are left out.
    """
    people = {account.pk: account for account in accounts}
    if topic:
        unread = Message.objects.filter(topic=topic, read_at=None, account__in=people)
        for told in unread.values_list("account", flat=True):
            people.pop(told, None)
    about = {"text": text, "url": url, "ledger": ledger, "record_number": number, "topic": topic}
    found = [Message(account=one, kind=kind, title=title[:200], at=clock.now(), **about) for one in people.values()]
    Message.objects.bulk_create(found, batch_size=500)
    return len(found)


def tell_of(record: Any, accounts: Iterable[Account], title: str, text: str = "", kind: str = "todo") -> int:
    """The same about one record: the message names it and leads to it."""
    bound = record.ledger
    return tell(accounts, kind, f"{title}：{record}", record.url, text=text, ledger=bound.key, number=record.number)


def heard(account: Account) -> QuerySet:
    """The messages of an account that are not muted today, newest first."""
    found = Message.objects.filter(account=account)
    for one in mutes(account):
        about = Q(kind=one.kind, ledger=one.ledger)
        found = found.exclude(about & Q(record_number=one.record_number) if one.record_number else about)
    return found.order_by("-id")


def unread(account: Account) -> dict[str, int]:
    """Unread messages by kind, in the order of the tabs; two queries."""
    rows = heard(account).filter(read_at=None).order_by().values("kind").annotate(n=Count("pk"))
    found = {row["kind"]: row["n"] for row in rows}
    return {kind: found.get(kind, 0) for kind in Message.KINDS}


def read(account: Account, kind: str = "", message: int | None = None) -> int:
    """Mark as read: one message, or all of a kind; how many were unread."""
    rows = Message.objects.filter(account=account, read_at=None)
    rows = rows.filter(pk=message) if message is not None else rows.filter(kind=kind)
    return rows.update(read_at=clock.now())


def mutes(account: Account) -> list[Mute]:
    """What the account does not want to hear of today."""
    return list(Mute.objects.filter(account=account, until__gte=clock.today()).order_by("-id"))


def mute(message: Message, until: date | None, why: str, *, whole_ledger: bool = False) -> Mute:
    """Hear no more of what the message is about, its record or its whole ledger, up to and including a day."""
    if not why.strip():
        raise Refused("请写明免打扰的理由。")
    if not until or not 0 <= (until - clock.today()).days <= MUTE_DAYS:
        raise Refused(f"截止日期应从今天起，最长 {MUTE_DAYS} 天。")
    about = "" if whole_ledger else message.record_number
    where = {"account": message.account, "kind": message.kind, "ledger": message.ledger, "record_number": about}
    return Mute.objects.create(**where, until=until, why=why.strip()[:200])
