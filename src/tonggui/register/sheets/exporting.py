"""Long lists on their way out: kept as a run, written by `tonggui tasks`, fetched by the person who asked.

A list of up to SMALL_ROWS rows is written within the request. What an export may hold is decided when it is written, by
what its person may see then, and once more when it is fetched.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import QueryDict

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.errors import Missing, Refused
from tonggui.register.models import ExportRun
from tonggui.register.sheets.lists import Asked, ask, listed
from tonggui.register.sheets.progress import Cancelled, Silent
from tonggui.register.sheets.writing import write_export, write_text

SMALL_ROWS = 5_000
"""Rows that are written within the request."""
ROWS_MOST = {".xlsx": 1_000_000, ".csv": 20_000_000}
"""A sheet holds 1,048,576 rows, some of them heads; a text has no end, but a disk has."""
AT_ONCE = 3
"""Exports that one person may have waiting."""
KEPT = timedelta(days=7)


def start(asked: Asked, actor: Actor, form: str = ".xlsx") -> ExportRun:
    """Ask for a list as a file of a form (a key of ROWS_MOST). The same question, still waiting, is not asked twice."""
    if asked.count > ROWS_MOST[form]:
        raise Refused(f"共 {asked.count} 条，一个文件最多放 {ROWS_MOST[form]} 条。请先用查询条件缩小范围。")
    query = asked.query.urlencode()
    waiting = ExportRun.objects.filter(account_id=actor.account_id, state="waiting")
    if same := waiting.filter(ledger=asked.ledger.key, query=query, file_name__endswith=form).first():
        return same
    if waiting.count() >= AT_ONCE:
        raise Refused(f"您已有 {AT_ONCE} 个导出正在生成。请等它们完成，或在“我的任务”里取消后再试。")
    return ExportRun.objects.create(
        ledger=asked.ledger.key,
        account_id=actor.account_id,
        file_name=f"{asked.ledger.title}{clock.today():%Y%m%d}{form}",
        query=query,
        total=asked.count,
    )


def write(run: ExportRun, actor: Actor, progress: Silent) -> None:
    """Write the file whole under its name, or not at all. Refused when the actor may not read the list any more."""
    bound = listed(run.ledger)
    if not bound.can_read(actor):
        raise Refused(f"没有查看{bound.title}的权限。")
    asked = ask(bound, actor, QueryDict(run.query))
    total, path = asked.count, path_of(run)
    part = path.with_suffix(".part")
    try:
        with part.open("w+b") as file:
            conditions = "，".join(chip.text for chip in asked.chips)
            records = _told(asked.stream(), total, progress)
            if path.suffix == ".csv":
                written = write_text(bound, records, file)
            else:
                written = write_export(bound, actor, records, file, conditions=conditions)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    size = path.stat().st_size
    if not run.moved("waiting", state="done", total=written, size=size, done_at=clock.now(), problem="", attempts=0):
        path.unlink(missing_ok=True)
        raise Cancelled


def _told(records: Iterator[Any], total: int, progress: Silent) -> Iterator[Any]:
    for done, record in enumerate(records, 1):
        if done % 200 == 0:
            progress.tell("export", done, total)
        yield record
    progress.tell("pack", 0, 0)


def drop(run: ExportRun, actor: Actor) -> None:
    """Call the export off."""
    _own(run, actor)
    if not run.moved("waiting", state="dropped", done_at=clock.now()):
        raise Refused(f"这次导出{run.state_title}，不能取消。")


def find(key: int, actor: Actor) -> ExportRun:
    """The actor's own export; Missing for another's."""
    run = ExportRun.objects.filter(pk=key, account_id=actor.account_id).first()
    if run is None:
        raise Missing("没有这次导出，或者不是您要的。")
    return run


def _own(run: ExportRun, actor: Actor) -> None:
    if run.account_id != actor.account_id:
        raise Refused("这是别人的导出。")


def path_of(run: ExportRun) -> Path:
    """Where the file of an export lies."""
    return settings.SITE.folder("exports") / f"{run.pk}{Path(run.file_name).suffix}"


def expire() -> None:
    """Take away sheets that nobody will fetch any more."""
    for run in ExportRun.objects.filter(state="done", done_at__lt=clock.now() - KEPT):
        run.moved("done", state="expired")
        path_of(run).unlink(missing_ok=True)
