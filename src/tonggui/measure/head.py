"""What stands around the text of a document: title, the line under it, and the red head of a report upward.

Basis: GB/T 9704-2012, 7.2 (版头) and 7.3.1 to 7.3.2 (标题, 主送机关). The number and the signatory are given when the
document is signed, which may be after it was sealed; everything else is sealed with the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tonggui.measure.document.parts import RedHead
from tonggui.measure.errors import DocumentError
from tonggui.measure.models import Document
from tonggui.measure.reports import Skin

# Fields of a document that a person may fill in, with their names.
FIELDS = {
    "skin": "版式",
    "heading": "标题",
    "subtitle": "题下行",
    "document_no": "发文字号",
    "signatory": "签发人",
    "addressee": "主送机关",
    "copies": "抄送机关",
}
AFTER_SEALING = ("document_no", "signatory")
_NEEDED = ("document_no", "signatory", "addressee")


@dataclass(frozen=True, slots=True)
class Head:
    """The lines of the title, the line under it, the red head where the document has one, and what it still lacks."""

    skin: Skin
    title: tuple[str, ...]
    subtitle: str
    red: RedHead | None
    lacking: tuple[str, ...] = ()


def head_of(document: Document) -> Head:
    """The head of a document as it is printed."""
    skin = Skin[document.skin] if document.skin else document.report.skin
    if skin is not Skin.RED_HEAD:
        return Head(skin, tuple(document.title), document.subtitle, None)
    red = RedHead(
        mark=f"{document.issuer}文件",
        number=document.document_no,
        signatory=document.signatory,
        addressee=document.addressee,
        printed_by=f"{document.issuer}办公室",
        copies=document.copies,
    )
    lacking = tuple(FIELDS[name] for name in _NEEDED if not getattr(document, name))
    return Head(skin, tuple(document.title), document.subtitle, red, lacking)


def fill(document: Document, values: Mapping[str, str]) -> None:
    """Fill in fields of the head; a sealed document takes its number and signatory alone."""
    changed = {name: value.strip() for name, value in values.items() if value.strip() != getattr(document, name)}
    unknown = [name for name in changed if name not in FIELDS]
    if unknown:
        raise KeyError(unknown[0])
    if document.is_sealed and any(name not in AFTER_SEALING for name in changed):
        raise DocumentError("文书已封存，只能填写发文字号和签发人。")
    if changed.get("skin") and changed["skin"] not in Skin.__members__:
        raise DocumentError("请选择版式。")
    for name, value in changed.items():
        longest = Document._meta.get_field(name).max_length
        if longest and len(value) > longest:
            raise DocumentError(f"{FIELDS[name]}不能超过{longest}字。")
        setattr(document, name, value)
    document.save(update_fields=list(changed))
