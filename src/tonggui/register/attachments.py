"""Attachments: files given as evidence, checked by what is in them and kept once under their SHA-256.

A file lies in `site.attachments/ab/abcdef…` and is never changed: the same file given twice is stored once, and its
name, giver and time are kept with each giving.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from tonggui.register.actor import Actor
from tonggui.register.errors import Refused
from tonggui.register.models import Attachment

LIMIT = 20 * 1024 * 1024

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
# First bytes of each type we take; names alone prove nothing.
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "webp": (b"RIFF",),
    **dict.fromkeys(("docx", "xlsx", "ofd", "zip"), (_ZIP,)),
    **dict.fromkeys(("doc", "xls"), (_OLE,)),
    **dict.fromkeys(("wps", "et"), (_OLE, _ZIP)),
}
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
"""Types that a browser may show in place; every other is only downloaded."""


class Upload(Protocol):
    """What a browser sent (Django's UploadedFile)."""

    name: str

    def chunks(self) -> Iterable[bytes]: ...


def keep(
    file: Upload, ledger: Any, actor: Actor, types: tuple[str, ...], taken: dict[str, Any] | None = None
) -> Attachment:
    """Store an upload and return its attachment; Refused when it is too big, empty or not of `types`.

    `taken`: when and where a picture was taken (see `Attachment`), where that is known.
    """
    name = Path(file.name.replace("\\", "/")).name[-200:]
    kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if kind not in {one.replace("jpeg", "jpg") for one in types}:
        raise Refused(f"不能上传“{name}”：只收 {'、'.join(types)} 文件。")
    folder = settings.SITE.attachments
    handle, part = tempfile.mkstemp(dir=folder, prefix=".upload-")
    try:
        with os.fdopen(handle, "wb") as target:
            digest, size, head = _copy(file, target, name)
        if not size:
            raise Refused(f"“{name}”是空文件，请重新选择。")
        if not _is(kind, head):
            raise Refused(f"“{name}”的内容不是 {kind} 文件，可能改过扩展名。请上传原文件。")
        place = _place(digest)
        place.parent.mkdir(exist_ok=True)
        os.replace(part, place)
    finally:
        Path(part).unlink(missing_ok=True)
    return Attachment.objects.create(
        digest=digest,
        name=name,
        kind=kind,
        size=size,
        ledger=str(ledger),
        account_id=actor.account_id,
        actor_name=actor.name,
        taken=taken or {},
    )


def path_of(attachment: Attachment) -> Path:
    """Where the file lies."""
    return _place(attachment.digest)


def _copy(file: Upload, target: Any, name: str) -> tuple[str, int, bytes]:
    """(digest, bytes, first bytes) of what was copied, on disk before it returns."""
    digest, size, head = hashlib.sha256(), 0, b""
    for chunk in file.chunks():
        size += len(chunk)
        if size > LIMIT:
            raise Refused(f"“{name}”太大：最多 {LIMIT // 1024 // 1024} MB。照片请压缩后再传。")
        head = head or chunk[:4096]
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size, head


def _is(kind: str, head: bytes) -> bool:
    if kind == "txt":
        return b"\0" not in head
    if kind == "webp" and head[8:12] != b"WEBP":
        return False
    return head.startswith(_BEGINNINGS[kind])


def _place(digest: str) -> Path:
    return settings.SITE.attachments / digest[:2] / digest
