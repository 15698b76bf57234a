"""The worker of long imports and exports: one thread each of `tonggui tasks`.

A lock on a file says who works; the system gives it back when its holder dies. Whoever holds it therefore knows that a
run in a waiting state is nobody's and takes it up, from its row alone: reading and exporting begin again, and writing,
which is one transaction with the row's own state, was either done whole or not at all.
"""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db.models import F

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.errors import Refused
from tonggui.register.jobs import Job
from tonggui.register.models import ExportRun, ImportRun
from tonggui.register.registry import ledger
from tonggui.register.sheets import exporting, importing
from tonggui.register.sheets.progress import Cancelled, Interrupted, Progress

ATTEMPTS = 3
"""After so many beginnings that came to no end a run is given back to its person."""
WRITING_FAILED = "平台写入时多次出错，一行也没有写入。可以再确认一次；仍不成功时请把这个页面的地址告诉系统管理员。"
READING_FAILED = "平台核对时多次出错，台账没有改动。请重新上传；仍不成功时请把这个页面的地址告诉系统管理员。"
EXPORT_FAILED = "平台生成时多次出错。请缩小查询条件后重新导出；仍不成功时请把这个页面的地址告诉系统管理员。"

log = logging.getLogger(__name__)


def take_imports(stop: threading.Event) -> None:
    """Every import that waits for the machine, one after another."""
    _take(ImportRun, _import, stop)


def take_exports(stop: threading.Event) -> None:
    """Every export that waits, one after another."""
    _take(ExportRun, _export, stop)


def sweep() -> None:
    """Clear away what is no longer wanted: sheets past their time, uploads that belong to no run."""
    exporting.expire()
    wanted = set(ImportRun.objects.exclude(stored="").values_list("stored", flat=True))
    day_ago = clock.now().timestamp() - 24 * 3600
    for path in settings.SITE.folder("sheets").iterdir():
        if path.name not in wanted and path.stat().st_mtime < day_ago:
            path.unlink(missing_ok=True)


def _take(model: type[Job], work: Callable[[Any, Actor, Progress], None], stop: threading.Event) -> None:
    with _alone(model.kind) as mine:
        if not mine:
            return
        for key in model.objects.filter(state__in=model.WAITS).order_by("pk").values_list("pk", flat=True):
            # Read again: it may have been called off while another was worked on.
            run = model.objects.select_related("account").get(pk=key)
            if run.waits and not stop.is_set():
                _attempt(run, work, stop)


def _attempt(run: Job, work: Callable[[Any, Actor, Progress], None], stop: threading.Event) -> None:
    progress = Progress(run, stop)
    # Counted before the work begins, so that a run that kills its worker is not taken up for ever.
    type(run).objects.filter(pk=run.pk).update(attempts=F("attempts") + 1)
    try:
        if run.attempts >= ATTEMPTS:
            _give_back(run, "")
        else:
            work(run, _actor(run), progress)
    except Refused as refusal:
        _give_back(run, str(refusal))
    except Cancelled:
        log.info("%s %s was called off", run.kind, run.pk)
    except Interrupted:
        type(run).objects.filter(pk=run.pk).update(attempts=F("attempts") - 1)
    except Exception:
        # Whatever a sheet can cause must not stop the sheets of others; the row keeps count and is tried again.
        log.exception("%s %s failed, attempt %s", run.kind, run.pk, run.attempts + 1)
    finally:
        progress.forget()


def _actor(run: Job) -> Actor:
    """Who asked, with the rights they have now; Refused for an account that was closed."""
    if run.account is None or not run.account.is_active:
        raise Refused("账号已停用，没有继续。")
    return run.account.actor


def _import(run: ImportRun, actor: Actor, progress: Progress) -> None:
    bound = ledger(run.ledger)
    if not bound.can_create(actor):
        raise Refused(f"您没有向{bound.title}导入的权限。")
    if run.state == "reading":
        importing.read_and_check(run, actor, progress)
    else:
        importing.finish(run, actor, run.why, progress)


def _export(run: ExportRun, actor: Actor, progress: Progress) -> None:
    exporting.write(run, actor, progress)


def _give_back(run: Job, problem: str) -> None:
    """Return a run to its person with what to do; a sheet that was checked can be confirmed again."""
    run.refresh_from_db(fields=["state"])
    if run.kind == "export":
        run.moved(*run.WAITS, state="failed", problem=problem or EXPORT_FAILED, done_at=clock.now())
    elif run.state == "reading":
        state = "refused" if problem else "failed"
        run.moved("reading", state=state, problem=problem or READING_FAILED, stored="", done_at=clock.now())
    else:
        # `finish` has put a run with faults back itself; it says which.
        run.moved("confirmed", "writing", "checked", state="checked", problem=problem or WRITING_FAILED, attempts=0)


@contextmanager
def _alone(kind: str) -> Iterator[bool]:
    """Whether this process is the one that works on a kind; held until the block ends or the process dies."""
    with (settings.SITE.folder("run") / f"{kind}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
