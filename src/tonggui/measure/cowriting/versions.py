"""The versions of a document's text: every change leaves one, with who and when, and any can be put back."""

from datetime import timedelta

from django.db import transaction

from tonggui.base import clock
from tonggui.measure.cowriting.blocks import canonical
from tonggui.measure.cowriting.models import TextVersion
from tonggui.measure.errors import DocumentError
from tonggui.measure.models import Document
from tonggui.register.actor import Actor

#: What one person writes within this time is one version.
ONE_SITTING = timedelta(minutes=5)
PLATFORM = "平台"


def held(document: Document) -> Document:
    """The document, its row locked until the transaction ends; DocumentError for a sealed one."""
    found = Document.objects.select_for_update().get(pk=document.pk)
    if found.is_sealed:
        raise DocumentError("文书已封存，不能再修改。")
    return found


def current(document: Document) -> TextVersion:
    """The version that the document holds now.

    A text that was put there by other ways (drafted, written anew from its wording) becomes a version here.
    """
    return recorded(document, PLATFORM, "按模板更新")


def recorded(document: Document, name: str, why: str, account_id: int | None = None) -> TextVersion:
    """The version of the text as it stands; one is made, by that name, where the text was changed by other ways."""
    last = document.versions.first()
    if last is None:
        begun = dict(name=document.made_by, begun_at=document.made_at, at=document.made_at, why="起草")
        return TextVersion.objects.get_or_create(document=document, n=1, defaults={"text": document.text, **begun})[0]
    if last.text == document.text or canonical(last.text) == canonical(document.text):
        return last
    made = {"text": document.text, "name": name, "why": why, "account_id": account_id}
    return TextVersion.objects.get_or_create(document=document, n=last.n + 1, defaults=made)[0]


def put(document: Document, text: str, actor: Actor, why: str = "") -> TextVersion:
    """Make `text` the document's text. Call it in a transaction, with the document `held`."""
    last = current(document)
    if canonical(text) == canonical(last.text):
        return last
    document.text = text
    document.save(update_fields=["text"])
    now = clock.now()
    goes_on = not (why or last.why) and last.account_id == actor.account_id and now - last.begun_at < ONE_SITTING
    if goes_on:
        last.n, last.text, last.at = last.n + 1, text, now
        last.save(update_fields=["n", "text", "at"])
        return last
    by = dict(account_id=actor.account_id, name=actor.name)
    return TextVersion.objects.create(document=document, n=last.n + 1, text=text, why=why, begun_at=now, at=now, **by)


def restore(document: Document, n: int, actor: Actor) -> TextVersion:
    """Put the text of a version back; what stands now stays in the history."""
    with transaction.atomic():
        document = held(document)
        wanted = document.versions.filter(n=n).first()
        if wanted is None:
            raise DocumentError("没有这个版本，请从版本列表中选择。")
        return put(document, wanted.text, actor, f"恢复{wanted.at.astimezone(clock.CHINA):%m-%d %H:%M}的版本")
