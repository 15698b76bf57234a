"""Which attachments a record holds, and who may hang which on it.

A file may be read by whoever may read a record that holds it. So an id may enter a record only where the record holds
it already, or where the one who writes has given the file themselves; anything else would open other people's files.
"""

from typing import Any

from tonggui.register.actor import Actor
from tonggui.register.errors import Invalid, InvalidValues
from tonggui.register.kinds.files import Files
from tonggui.register.models import Attachment


def file_fields(ledger: Any) -> list[Files]:
    """Fields of a ledger that hold attachments."""
    return [kind for kind in ledger.kinds.values() if isinstance(kind, Files)]


def held_ids(record: Any) -> set[int]:
    return {pk for kind in file_fields(record.ledger) for pk in kind.value_of(record) or []}


def held_files(record: Any) -> dict[int, Attachment]:
    """The attachments of a record by id, in one query; none where it holds none."""
    ids = held_ids(record)
    return Attachment.objects.in_bulk(ids) if ids else {}


def check_held(ledger: Any, record: Any, actor: Actor, values: dict[str, Any]) -> None:
    """InvalidValues where raw values for file fields name files that the writer may not hang on the record."""
    given = {kind.name: _ids(kind, values[kind.name]) for kind in file_fields(ledger) if values.get(kind.name)}
    wanted = {pk for ids in given.values() for pk in ids} - (held_ids(record) if record is not None else set())
    if not wanted:
        return
    own = Attachment.objects.filter(pk__in=wanted, account_id=actor.account_id, ledger=ledger.key)
    unknown = wanted - set(own.values_list("pk", flat=True))
    if unknown:
        errors = {
            name: f"“{ledger.kinds[name].label}”没有这个附件，或者不是您上传的。请重新上传文件。"
            for name, ids in given.items()
            if unknown & set(ids)
        }
        raise InvalidValues(errors)


def _ids(kind: Files, raw: Any) -> list[int]:
    """Ids in a raw value; one that cannot be read is left for the ledger to refuse."""
    try:
        return kind.read(raw, None) or []  # type: ignore[arg-type]
    except Invalid:
        return []
