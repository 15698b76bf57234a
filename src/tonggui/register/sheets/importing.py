"""Bringing a sheet into its ledger: read, check, correct, then write all of it or nothing.

run = start(ledger, actor, file, "隐患.xlsx")      # read and checked; nothing written
outcome = look(run, actor)                         # what each row would do, faults by cell
correct(run, actor, {(12, "found_on"): "2026-12-01"})
finish(run, actor, why="…")                        # one transaction; Refused while a fault is left
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from tonggui.base import clock
from tonggui.register.actor import Actor, acting
from tonggui.register.errors import Missing, Refused
from tonggui.register.models import ImportRun
from tonggui.register.registry import ledger
from tonggui.register.sheets.checking import CHANGED, NEW, SAME, Checker, Fault, Outcome
from tonggui.register.sheets.layout import Heads, find_heads
from tonggui.register.sheets.reading import ROW_LIMIT, Table, read_table


def start(bound: Any, actor: Actor, file: BinaryIO, name: str) -> ImportRun:
    """Read and check a sheet and keep it as a run; Refused when the file or its heads cannot be used at all."""
    if bound.sheet is None or not bound.can_create(actor):
        raise Refused(f"您没有向{bound.title}导入的权限。")
    try:
        table, heads, rows = _taken(bound, file, name)
    except Refused as why:
        _remember(bound, actor, name, str(why))
        raise
    run = ImportRun(
        ledger=bound.key,
        account_id=actor.account_id,
        file_name=table.name[-200:],
        digest=table.digest,
        columns=list(heads.fields.values()),
        rows=rows,
    )
    _keep(run, Checker(bound, actor).check(rows))
    return run


def _taken(bound: Any, file: BinaryIO, name: str) -> tuple[Table, Heads, list[dict[str, Any]]]:
    """The sheet, its heads and its rows; Refused when they cannot be used at all."""
    table = read_table(file, name)
    heads = find_heads(bound, table.rows)
    if heads.faults:
        raise Refused("".join(heads.faults))
    rows = _rows(table, heads)
    if not rows:
        raise Refused("表头下面没有数据行。请填好后再导入。")
    if len(rows) > ROW_LIMIT:
        raise Refused(f"一次最多导入 {ROW_LIMIT} 行，这个表有 {len(rows)} 行。请分成几个表导入。")
    return table, heads, rows


def _remember(bound: Any, actor: Actor, name: str, why: str) -> None:
    """A sheet that was not taken stands in the list of imports with the reason, so that it can be asked about."""
    ImportRun.objects.create(
        ledger=bound.key,
        account_id=actor.account_id,
        file_name=Path(name).name[-200:],
        state="refused",
        faults=[Fault(0, "", why).as_json()],
        done_at=clock.now(),
    )


def look(run: ImportRun, actor: Actor) -> Outcome:
    """What the run would do now, row by row."""
    _own(run, actor)
    return Checker(ledger(run.ledger), actor).check(run.rows)


def correct(run: ImportRun, actor: Actor, cells: dict[tuple[int, str], str]) -> Outcome:
    """Put other values into cells, by (row, field), and check again; a cell given None is emptied."""
    _own(run, actor)
    for row in run.rows:
        for name in run.columns:
            if (row["row"], name) in cells:
                row["values"][name] = cells[row["row"], name] or None
                row["formulas"] = [other for other in row.get("formulas", ()) if other != name]
    outcome = Checker(ledger(run.ledger), actor).check(run.rows)
    _keep(run, outcome)
    return outcome


def leave_out(run: ImportRun, actor: Actor, rows: set[int]) -> Outcome:
    """Take rows out of the run, by their number in the sheet, and check again."""
    _own(run, actor)
    run.rows = [row for row in run.rows if row["row"] not in rows]
    outcome = Checker(ledger(run.ledger), actor).check(run.rows)
    _keep(run, outcome)
    return outcome


def finish(run: ImportRun, actor: Actor, why: str = "") -> ImportRun:
    """Write every row, or nothing. Checked once more inside the transaction, since the ledger may have moved on."""
    _own(run, actor)
    bound = ledger(run.ledger)
    with transaction.atomic():
        outcome = Checker(bound, actor).check(run.rows)
        if outcome.faults:
            _keep(run, outcome)
        else:
            if outcome.needs_reason and not why.strip():
                raise Refused("有已审核通过的行要修改，请写明更正理由。")
            with acting(actor, why or f"导入 {run.file_name}", action="import"):
                bound.model.objects.bulk_create([line.record for line in outcome.lines if line.status == NEW])
                for line in outcome.lines:
                    if line.status == CHANGED:
                        line.record.save()
            run.state, run.done_at = "done", clock.now()
            _keep(run, outcome)
    if outcome.faults:
        raise Refused(f"还有 {len(outcome.faults)} 处错误没有改正，一行也没有导入。")
    return run


def drop(run: ImportRun, actor: Actor) -> None:
    """Give the run up; its rows are forgotten."""
    _own(run, actor)
    run.state, run.rows, run.faults, run.done_at = "dropped", [], [], clock.now()
    run.save()


def find(bound: Any, key: int, actor: Actor) -> ImportRun:
    """The actor's own run of a ledger; Missing for another's."""
    run = ImportRun.objects.filter(pk=key, ledger=bound.key, account_id=actor.account_id).first()
    if run is None:
        raise Missing("没有这次导入，或者不是您导入的。")
    return run


def _own(run: ImportRun, actor: Actor) -> None:
    if not actor.is_system and run.account_id != actor.account_id:
        raise Refused("这是别人的导入，请自己重新上传。")
    if run.state != "checked":
        raise Refused(f"这次导入{ImportRun.STATES[run.state]}，不能再改。")


def _keep(run: ImportRun, outcome: Outcome) -> None:
    run.created, run.changed, run.same = (outcome.count(status) for status in (NEW, CHANGED, SAME))
    run.faults = [fault.as_json() for fault in outcome.faults]
    run.save()


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
