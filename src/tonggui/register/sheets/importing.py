"""Bringing a sheet into its ledger: read, check, correct, then write all of it or nothing.

run = start(ledger, actor, file, "隐患.xlsx")      # read and checked; nothing written
map_columns(run, actor, mapping)                  # only where the heads are not the ledger's own: which column is what
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
from django.db.models import F

from tonggui.base import clock
from tonggui.register.actor import Actor, acting
from tonggui.register.errors import Missing, Refused
from tonggui.register.jobs import KnownForm
from tonggui.register.models import HistoryEntry, ImportRun
from tonggui.register.registry import ledger
from tonggui.register.sheets.checking import CHANGED, NEW, SAME, Checker, Fault, Line, Outcome
from tonggui.register.sheets.layout import find_heads
from tonggui.register.sheets.mapping import Column, Mapping, proposal
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
    if run.state == "reading" and not run.stored and run.total <= SMALL_ROWS:
        run.state = "checked"
        _set(run, _results(bound, Checker(bound, actor).check(run.rows)))
    run.save()
    return run


def map_columns(run: ImportRun, actor: Actor, mapping: Mapping) -> ImportRun:
    """Read the run's sheet as a person said; Refused while a field that new rows must have is nowhere.

    What was said is remembered for the next sheet with the same heads, whoever brings it.
    """
    _own(run, actor, "mapping")
    bound = ledger(run.ledger)
    if faults := mapping.faults(bound):
        raise Refused("".join(faults))
    said = {"mapping": mapping.as_json()}
    KnownForm.objects.update_or_create(
        ledger=run.ledger,
        signature=mapping.signature,
        defaults=said | {"used_at": clock.now(), "account_id": actor.account_id},
        create_defaults=said | {"name": run.file_name, "account_id": actor.account_id, "uses": 1},
    )
    run.mapping = said["mapping"]
    with stored_file(run).open("rb") as file:
        _take_in(run, bound, file)
    taken = {name: getattr(run, name) for name in ("mapping", "columns", "rows", "total", "left_out", "digest")}
    old = stored_file(run)
    if run.total <= SMALL_ROWS:
        taken |= _results(bound, Checker(bound, actor).check(run.rows)) | {"state": "checked"}
    else:
        taken |= {"state": "reading"}
    _move(run, "mapping", **taken, stored="", problem="")
    old.unlink(missing_ok=True)
    return run


def look_again(run: ImportRun, actor: Actor, sheet: str = "", first: int = 0, last: int = 0) -> Mapping:
    """The proposal for another sheet of the file, or for other head rows of it; the run keeps it."""
    _own(run, actor, "mapping")
    bound = ledger(run.ledger)
    with stored_file(run).open("rb") as file:
        table = read_table(file, run.file_name, sheet)
    if not table.rows:
        raise Refused(f"工作表“{table.sheet}”里没有内容。")
    proposed = proposal(bound, table, (first, max(first, last)) if first else None)
    _move(run, "mapping", mapping=proposed.as_json())
    return proposed


def read_and_check(run: ImportRun, actor: Actor, progress: Silent) -> None:
    """What remains to be done before a large run can be confirmed. Refused as in `start`; Cancelled."""
    bound = ledger(run.ledger)
    if run.stored:
        progress.tell("read", 0, 0)
        with stored_file(run).open("rb") as file:
            _take_in(run, bound, file)
        if run.state == "mapping":
            if not run.moved("reading", state="mapping", mapping=run.mapping):
                raise Cancelled
            return
    results = _results(bound, Checker(bound, actor).check(run.rows, progress))
    kept = ("mapping", "rows", "columns", "digest", "total", "left_out")
    taken = {name: getattr(run, name) for name in kept} | {"stored": ""}
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
    name = uuid.uuid4().hex
    file.seek(0)
    with (settings.SITE.folder("sheets") / name).open("xb") as target:
        shutil.copyfileobj(file, target)
    return name


def stored_file(run: ImportRun) -> Path:
    """Where the upload of a run lies; a path that does not exist where there is none."""
    return settings.SITE.folder("sheets") / (run.stored or "none")


def _take_in(run: ImportRun, bound: Any, file: BinaryIO) -> None:
    """Read the sheet into the run, or leave it in `mapping` with a proposal where its heads are not known.

    Refused when the file cannot be used at all.
    """
    mapping = Mapping.from_json(run.mapping) if run.mapping else None
    table = read_table(file, run.file_name, mapping.sheet if mapping else "")
    mapping = mapping or _known(run, bound, table)
    if mapping is None:
        run.state, run.stored = "mapping", run.stored or _store(file)
        return
    read, left_out = mapping.rows(bound, table)
    rows = [{**row, "values": {name: _raw(value) for name, value in row["values"].items()}} for row in read]
    if not rows:
        raise Refused("表头下面没有数据行。请填好后再导入。")
    if len(rows) > ROW_LIMIT:
        raise Refused(f"一次最多导入 {ROW_LIMIT} 行，这个表有 {len(rows)} 行。请分成几个表导入。")
    run.digest, run.rows, run.total, run.left_out = table.digest, rows, len(rows), left_out
    run.columns = list(dict.fromkeys([*mapping.fields.values(), *mapping.fixed]))


def _known(run: ImportRun, bound: Any, table: Table) -> Mapping | None:
    """How to read a sheet with the ledger's own heads, or one of a form that was read before; else None.

    The run then holds the proposal (or what was said of the form before).
    """
    if not table.rows:
        raise Refused("这个表里没有内容。请填好后再导入。")
    heads = find_heads(bound, table.rows)
    if not heads.faults:
        columns = [Column(at, bound.kinds[name].label, [], name) for at, name in heads.fields.items()]
        return Mapping(table.sheet, heads.row, heads.row, columns, {}, heads.version_at)
    proposed = proposal(bound, table)
    if len(proposed.columns) < 2 or not any(column.samples for column in proposed.columns):
        raise Refused("".join(heads.faults))
    form = KnownForm.objects.filter(ledger=bound.key, signature=proposed.signature).first()
    if form is None:
        run.mapping = proposed.as_json()
        return None
    said = proposed.with_choices_of(Mapping.from_json(form.mapping))
    run.mapping = said.as_json()
    if said.faults(bound):
        return None
    KnownForm.objects.filter(pk=form.pk).update(uses=F("uses") + 1, used_at=clock.now())
    return said


def _raw(value: Any) -> Any:
    """A cell as JSON can keep it: text, number, true or false; times as text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value


__all__ = ["Fault", "correct", "drop", "find", "finish", "leave_out", "look", "look_again", "map_columns", "start"]
