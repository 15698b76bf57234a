"""Who has a document open and in which paragraph: an open page says so every few seconds while it is looked at."""

from datetime import timedelta

from tonggui.base import clock
from tonggui.measure.cowriting.models import Writer
from tonggui.measure.models import Document
from tonggui.register.actor import Actor

#: A page that has said nothing for so long is taken for closed.
HERE = timedelta(seconds=20)
#: A page that stays where it is writes its line only so often.
AGAIN = timedelta(seconds=8)
FORGOTTEN = timedelta(days=7)


def seen(document: Document, session: str, place: int, actor: Actor) -> None:
    """Note where a writer is. The line of a page long closed goes with the first of a new one."""
    now = clock.now()
    writer = Writer.objects.filter(document=document, session=session).first()
    if writer and writer.place == place and now - writer.seen_at < AGAIN:
        return
    if writer is None:
        Writer.objects.filter(document=document, seen_at__lt=now - FORGOTTEN).delete()
    said = {"place": place, "seen_at": now, "name": actor.name}
    Writer.objects.update_or_create(
        document=document, session=session, defaults=said, create_defaults={**said, "account_id": actor.account_id}
    )


def others(document: Document, session: str) -> list[Writer]:
    """Everybody else who has the document open now."""
    here = Writer.objects.filter(document=document, seen_at__gte=clock.now() - HERE)
    return list(here.exclude(session=session).order_by("name", "pk"))


def leave(document: Document, session: str) -> None:
    """The page is closed; its line stays, so that a save sent in closing is still known."""
    Writer.objects.filter(document=document, session=session).update(seen_at=clock.now() - HERE)
