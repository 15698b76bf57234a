"""Taking in an old summary: the file read, its figures proposed as baselines, the same file recognised."""

import hashlib
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tonggui.base.errors import Problem
from tonggui.indicators.heard import code_of
from tonggui.measure.baselines import Baseline, OldText
from tonggui.measure.indicators import all_indicators
from tonggui.register.actor import Actor
from tonggui.texts.summary import Entry, Reading, read_file

LARGEST = 20 * 1024 * 1024
KINDS = (".docx", ".txt")


def take_in(file: UploadedFile, actor: Actor, account: object = None) -> tuple[OldText, bool]:
    """The text of a file with its proposed baselines, and whether it is new. Raises Problem for what cannot be read."""
    name = Path(file.name or "").name
    if Path(name).suffix.lower() not in KINDS:
        raise Problem(f"{name} 不是可以读取的格式", do="请上传 .docx 或 .txt；旧的 .doc 请先另存为 .docx")
    if (file.size or 0) > LARGEST:
        raise Problem(f"{name} 超过 {LARGEST // 1024 // 1024} MB", do="请去掉图片或分成几份再上传")
    content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    if known := OldText.objects.filter(digest=digest).first():
        return known, False
    return keep(name, digest, _read(name, content), actor, account), True


def _read(name: str, content: bytes) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_file(path)


@transaction.atomic
def keep(name: str, digest: str, reading: Reading, actor: Actor, account: object = None) -> OldText:
    """Keep a text that was read, every figure proposed."""
    lines = {line.number: line.text for line in reading.text.lines}
    text = "\n".join(lines.get(number, "") for number in range(1, max(lines, default=0) + 1))
    kept = OldText.objects.create(
        name=name, digest=digest, text=text, period_code=reading.period or "", actor_name=actor.name, account=account
    )
    declared = {each.code for each in all_indicators()}
    Baseline.objects.bulk_create(_proposed(kept, entry, declared) for entry in reading.entries)
    return kept


def _proposed(kept: OldText, entry: Entry, declared: set[str]) -> Baseline:
    code = code_of(entry) or ""
    return Baseline(
        source=kept,
        line=entry.line,
        place=entry.start,
        place_end=entry.end,
        heading=entry.heading[:200],
        item=entry.item[:80],
        value=entry.value,
        unit_word=entry.unit,
        qualifier=entry.qualifier or "",
        period_code=entry.period or "",
        code=code if code in declared else "",
        planned=entry.planned,
        faults="\n".join(entry.faults),
    )
