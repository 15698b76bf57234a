"""Saving from an editor: what comes in is merged with what others wrote meanwhile.

An editor sends the text from which its writer went out (the ancestor: what it sent or received last) and the text as
it is now. The answer is the text of both. What cannot be merged stays as two forms of a paragraph (`Variant`) until a
writer chooses.
"""

from dataclasses import dataclass

from django.db import transaction

from tonggui.base import clock
from tonggui.measure.cowriting.blocks import canonical, paragraphs, whole
from tonggui.measure.cowriting.merge import Clash, likeness, merge
from tonggui.measure.cowriting.models import TextVersion, Variant, Writer
from tonggui.measure.cowriting.versions import current, held, put
from tonggui.measure.errors import DocumentError
from tonggui.measure.models import Document
from tonggui.register.actor import Actor
from tonggui.register.kinds.text import as_text

LONGEST_TEXT = 200_000
KEPT, OTHER, BOTH = "kept", "other", "both"


@dataclass(frozen=True, slots=True)
class Save:
    """What an editor sends: its session, the number of this save, the ancestor, and the text as its writer has it."""

    session: str
    number: str
    ancestor: str
    text: str


def save(document: Document, sent: Save, actor: Actor) -> TextVersion:
    """Take a save in. One that comes again changes nothing; its answer is the text as it stands."""
    if len(sent.text) > LONGEST_TEXT:
        raise DocumentError(f"正文不能超过{LONGEST_TEXT}字。")
    with transaction.atomic():
        document = held(document)
        writer = Writer.objects.filter(document=document, session=sent.session).first() if sent.session else None
        last = current(document)
        if writer and sent.number and writer.saved == sent.number:
            return last
        merged = merge(paragraphs(sent.ancestor), paragraphs(document.text), paragraphs(as_text(sent.text)))
        found = put(document, whole(merged.blocks), actor)
        for clash in merged.clashes:
            _keep_both(document, clash, last.name, actor.name)
        if sent.session:
            Writer.objects.update_or_create(
                document=document,
                session=sent.session,
                defaults={"saved": sent.number, "seen_at": clock.now(), "name": actor.name},
                create_defaults={"saved": sent.number, "name": actor.name, "account_id": actor.account_id},
            )
        return found


def _keep_both(document: Document, clash: Clash, theirs: str, mine: str) -> None:
    """Put the other form aside; what the same person goes on writing in it is one form."""
    there = Variant.objects.filter(document=document, chosen="", kept=clash.kept, other_by=mine).first()
    if there is None:
        Variant.objects.create(document=document, kept=clash.kept, other=clash.other, kept_by=theirs, other_by=mine)
    elif there.other != clash.other:
        there.other = clash.other
        there.save(update_fields=["other"])


def waiting(document: Document) -> list[Variant]:
    """Paragraphs of which two forms wait for a choice."""
    return list(document.variants.filter(chosen=""))


def choose(document: Document, pk: int, choice: str, actor: Actor) -> TextVersion:
    """Settle two forms of a paragraph: the one that stands, the one put aside, or both one after the other.

    Where the paragraph has been rewritten since, the form put aside is added behind what is most like it, so that
    choosing never deletes what a third person wrote.
    """
    with transaction.atomic():
        document = held(document)
        variant = document.variants.filter(pk=pk, chosen="").first()
        if variant is None:
            raise DocumentError("这一处已由别人选定，请看正文。")
        if choice not in (KEPT, OTHER, BOTH):
            raise DocumentError("请选择保留哪一种写法。")
        blocks = paragraphs(document.text)
        where = place_of(variant, blocks)
        if choice == OTHER and where is not None and blocks[where] == variant.kept:
            blocks[where] = variant.other
        elif choice != KEPT:
            blocks.insert(len(blocks) if where is None else where + 1, variant.other)
        variant.chosen, variant.chosen_by, variant.chosen_at = choice, actor.name, clock.now()
        variant.save(update_fields=["chosen", "chosen_by", "chosen_at"])
        return put(document, canonical(whole(blocks)), actor, "选定写法")


def place_of(variant: Variant, blocks: list[str]) -> int | None:
    """Where the paragraph stands now: itself, else what is most like it; None where nothing is."""
    if variant.kept in blocks:
        return blocks.index(variant.kept)
    likest = max(range(len(blocks)), key=lambda n: likeness(variant.kept, blocks[n]), default=None)
    return likest if likest is not None and likeness(variant.kept, blocks[likest]) else None
