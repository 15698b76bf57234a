"""Bringing a sheet into its ledger: read, check, correct, then write all of it or nothing.

run = start(ledger, actor, file, "隐患.xlsx")      # read and checked; nothing written
outcome = look(run, actor)                         # what each row would do, faults by cell
correct(run, actor, {(12, "found_on"): "2026-12-01"})
confirm(run, actor, why="…")                       # one transaction; Refused while a fault is left

A sheet of up to SMALL_ROWS rows goes through all of this within the request. A larger one is checked and written by
`tonggui tasks` (`work.py`), and the run's state says how far it is.
"""

import shutil
import uuid
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from tonggui.base import clock
from tonggui.register.actor import Actor, acting
from tonggui.register.errors import Missing, Refused
from tonggui.register.models import HistoryEntry, ImportRun
from tonggui.register.registry import ledger
from tonggui.register.sheets.checking import CHANGED, NEW, SAME, Checker, Fault, Line, Outcome
from tonggui.register.sheets.layout import Heads, find_heads
from tonggui.register.sheets.progress import Cancelled, Silent
from tonggui.register.sheets.reading import ROW_LIMIT, Table, look_over, read_table
from tonggui.register.writing import change_many, create_many

SMALL_ROWS = 500
"""Rows that are checked and written within the request."""
SMALL_BYTES = 1024 * 1024
"""A file up to this size is read within the request, so that what is wrong with it is said at once."""
PREVIEW_ROWS = 20
"""Rows whose changes are spelled out before they are confirmed."""


def start(bound: Any, actor: Actor, file: BinaryIO, name: str) -> ImportRun:
    """Take a sheet in as a run, checked if it is small; Refused when the file or its heads cannot be used at all."""
    if bound.sheet is None or not bound.can_create(actor):
        raise Refused(f"您没有向{bound.title}导入的权限。")
    run = ImportRun(ledger=bound.key, account_id=actor.account_id, file_name=Path(name).name[-200:], state="reading")
    try:
        if file.seek(0, 2) > SMALL_BYTES:
            look_over(file, name)
            run.stored = _store(file)
        else:
            _take_in(run, bound, file)
    except Refused as why:
        # It stands in the list of imports with the reason, so that it can be asked about.
        run.state, run.problem, run.done_at = "refused", str(why), clock.now()
        run.save()
        raise
    if not run.stored and run.total <= SMALL_ROWS:
        run.state = "checked"
        _set(run, _results(bound, Checker(bound, actor).check(run.rows)))
    run.save()
    return run


def read_and_check(run: ImportRun, actor: Actor, progress: Silent) -> None:
    """What remains to be done before a large run can be confirmed. Refused as in `start`; Cancelled."""
    bound = ledger(run.ledger)
    if run.stored:
        progress.tell("read", 0, 0)
        with stored_file(run).open("rb") as file:
            _take_in(run, bound, file)
    results = _results(bound, Checker(bound, actor).check(run.rows, progress))
    taken = {"rows": run.rows, "columns": run.columns, "digest": run.digest, "total": run.total, "stored": ""}
    old = stored_file(run)
    if not run.moved("reading", state="checked", attempts=0, **taken, **results):
        raise Cancelled
    old.unlink(missing_ok=True)


def look(run: ImportRun, actor: Actor) -> Outcome:
    """What the run would do now, row by row."""
    _own(run, actor)
    return Checker(ledger(run.ledger), actor).check(run.rows)


def correct(run: ImportRun, actor: Actor, cells: dict[tuple[int, str], str]) -> ImportRun:
    """Put other values into cells, by (row, field), and check again; a cell given None is emptied."""
    _own(run, actor)
    for row in run.rows:
        for name in run.columns:
            if (row["row"], name) in cells:
                row["values"][name] = cells[row["row"], name] or None
                row["formulas"] = [other for other in row.get("formulas", ()) if other != name]
    return _check_again(run, actor)


def leave_out(run: ImportRun, actor: Actor, rows: set[int]) -> ImportRun:
    """Take rows out of the run, by their number in the sheet, and check again."""
    _own(run, actor)
    run.rows = [row for row in run.rows if row["row"] not in rows]
    return _check_again(run, actor)


def _check_again(run: ImportRun, actor: Actor) -> ImportRun:
    """Check a small run now, leave a large one to the worker."""
    changes: dict[str, Any] = {"rows": run.rows, "total": len(run.rows), "problem": ""}
    if len(run.rows) > SMALL_ROWS:
        changes["state"] = "reading"
    else:
        bound = ledger(run.ledger)
        changes |= _results(bound, Checker(bound, actor).check(run.rows))
    _move(run, "checked", **changes)
    return run


def confirm(run: ImportRun, actor: Actor, why: str = "") -> None:
    """Write a small run now; leave a large one to the worker."""
    if run.total <= SMALL_ROWS:
        finish(run, actor, why)
        return
    _own(run, actor)
    if run.faults:
        raise Refused(_faults_left(len(run.faults)))
    if run.needs_reason and not why.strip():
        raise Refused(REASON_WANTED)
    _move(run, "checked", state="confirmed", why=why, problem="", attempts=0)


def finish(run: ImportRun, actor: Actor, why: str = "", progress: Silent | None = None) -> ImportRun:
    """Write every row, or nothing; Refused while a fault is left, Cancelled when the run was given up meanwhile.

    The check is repeated inside the transaction where any ledger has moved on since. That the run is done is part of
    the same transaction: however often this is begun, it is written once.
    """
    progress = progress or Silent()
    _own(run, actor, "checked", "confirmed", "writing")
    bound, seen = ledger(run.ledger), _last_change()
    outcome = Checker(bound, actor).check(run.rows, progress)
    if run.state == "confirmed" and not run.moved("confirmed", state="writing"):
        raise Cancelled
    with transaction.atomic():
        if _last_change() != seen:
            outcome = Checker(bound, actor).check(run.rows, progress)
        if not outcome.faults:
            if outcome.needs_reason and not why.strip():
                raise Refused(REASON_WANTED)
            _write(run, bound, actor, why, outcome, progress)
            _move(run, run.state, state="done", done_at=clock.now(), problem="", **_results(bound, outcome))
    if outcome.faults:
        _move(run, run.state, state="checked", **_results(bound, outcome))
        raise Refused(_faults_left(len(outcome.faults)))
    return run


def _write(run: ImportRun, bound: Any, actor: Actor, why: str, outcome: Outcome, progress: Silent) -> None:
    new, changed = ([line.record for line in outcome.lines if line.status == status] for status in (NEW, CHANGED))
    total = len(new) + len(changed)
    progress.tell("write", 0, total)
    with acting(actor, why or f"导入 {run.file_name}", action="import") as act:
        create_many(bound.model, new, act, 1000, lambda done: progress.tell("write", done, total))
        change_many(bound.model, changed, act, 1000, lambda done: progress.tell("write", len(new) + done, total))


def drop(run: ImportRun, actor: Actor) -> None:
    """Give the run up; its rows are forgotten."""
    _own(run, actor, *ImportRun.CANCELS)
    old = stored_file(run)
    _move(run, *ImportRun.CANCELS, state="dropped", rows=[], faults=[], preview=[], stored="", done_at=clock.now())
    old.unlink(missing_ok=True)


def find(bound: Any, key: int, actor: Actor, *, rows: bool = True) -> ImportRun:
    """The actor's own run of a ledger, its rows read only where they are wanted; Missing for another's."""
    runs = ImportRun.objects if rows else ImportRun.objects.defer("rows", "faults", "preview")
    run = runs.filter(pk=key, ledger=bound.key, account_id=actor.account_id).first()
    if run is None:
        raise Missing("没有这次导入，或者不是您导入的。")
    return run


REASON_WANTED = "有已审核通过的行要修改，请写明更正理由。"


def _faults_left(count: int) -> str:
    return f"还有 {count} 处错误没有改正，一行也没有导入。"


def _own(run: ImportRun, actor: Actor, *states: str) -> None:
    if not actor.is_system and run.account_id != actor.account_id:
        raise Refused("这是别人的导入，请自己重新上传。")
    if run.state not in (states or ("checked",)):
        raise Refused(f"这次导入{run.state_title}，不能再改。")


def _move(run: ImportRun, *before: str, **values: Any) -> None:
    """Set values while the run stands as it was read; Refused where another click or the worker was quicker."""
    if not run.moved(*before, **values):
        raise Refused("这次导入刚刚有了变化，请刷新页面。")


def _last_change() -> int:
    """Which line of history is the last one of any ledger."""
    return HistoryEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _results(bound: Any, outcome: Outcome) -> dict[str, Any]:
    """What a check found, as the run keeps it for its page."""
    shown = [line for line in outcome.lines if line.status in (NEW, CHANGED)][:PREVIEW_ROWS]
    return {
        "created": outcome.count(NEW),
        "changed": outcome.count(CHANGED),
        "same": outcome.count(SAME),
        "faults": [fault.as_json() for fault in outcome.faults],
        "needs_reason": outcome.needs_reason,
        "preview": [_preview(bound, line) for line in shown],
    }


def _preview(bound: Any, line: Line) -> dict[str, Any]:
    is_new = line.status == NEW
    return {
        "row": line.row,
        "is_new": is_new,
        "name": str(line.record.short_name or "") if is_new else line.number,
        "url": "" if is_new else line.record.url,
        "changes": [
            {"label": bound.kinds[name].label, "before": before, "after": after}
            for name, (before, after) in line.changes.items()
        ],
    }


def _set(run: ImportRun, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(run, name, value)


def _store(file: BinaryIO) -> str:
    """Keep an upload until it is read; the name under which it lies."""
    name = f"{uuid.uuid4().hex}.xlsx"
    file.seek(0)
    with (settings.SITE.folder("sheets") / name).open("xb") as target:
        shutil.copyfileobj(file, target)
    return name


def stored_file(run: ImportRun) -> Path:
    """Where the upload of a run lies; a path that does not exist where there is none."""
    return settings.SITE.folder("sheets") / (run.stored or "none")


def _take_in(run: ImportRun, bound: Any, file: BinaryIO) -> None:
    """Read the sheet into the run; Refused when the file or its heads cannot be used at all."""
    table = read_table(file, run.file_name)
    heads = find_heads(bound, table.rows)
    if heads.faults:
        raise Refused("".join(heads.faults))
    rows = _rows(table, heads)
    if not rows:
        raise Refused("表头下面没有数据行。请填好后再导入。")
    if len(rows) > ROW_LIMIT:
        raise Refused(f"一次最多导入 {ROW_LIMIT} 行，这个表有 {len(rows)} 行。请分成几个表导入。")
    run.digest, run.columns, run.rows, run.total = table.digest, list(heads.fields.values()), rows, len(rows)


def _rows(table: Table, heads: Heads) -> list[dict[str, Any]]:
    """Rows below the heads as JSON: place, raw values by field, fields that hold formulas, version exported."""
    found = []
    for number, cells in table.rows:
        if number <= heads.row:
            continue
        values = {name: _raw(cells[at]) if at < len(cells) else None for at, name in heads.fields.items()}
        formulas = [name for at, name in heads.fields.items() if (number, at) in table.formulas]
        if not formulas and all(value is None for value in values.values()):
            continue
        row: dict[str, Any] = {"row": number, "values": values, "formulas": formulas}
        if heads.version_at is not None and heads.version_at < len(cells):
            version = cells[heads.version_at]
            row["version"] = int(version) if isinstance(version, int | float) else None
        found.append(row)
    return found


def _raw(value: Any) -> Any:
    """A cell as JSON can keep it: text, number, true or false; times as text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value


__all__ = ["Fault", "correct", "drop", "find", "finish", "leave_out", "look", "start"]
