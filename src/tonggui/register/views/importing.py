"""Import of a sheet: template, upload, faults by cell to correct in place, confirmation, result. Nothing is written
before the confirmation, and then everything or nothing. While the machine checks or writes, the page shows how far it
is.
"""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tonggui.register.actor import Actor
from tonggui.register.errors import Missing, Refused
from tonggui.register.models import ImportRun
from tonggui.register.registry import BoundLedger
from tonggui.register.sheets import importing
from tonggui.register.sheets.layout import required
from tonggui.register.sheets.progress import standing
from tonggui.register.sheets.reading import FILE_LIMIT, ROW_LIMIT
from tonggui.register.sheets.writing import write_template
from tonggui.register.views import columns
from tonggui.register.views.access import need, open_ledger
from tonggui.register.views.address import whole
from tonggui.register.views.printing import sheet_answer
from tonggui.register.views.working import progress_part

STEPS = ("准备表格", "上传", "对应列", "核对与改正", "确认导入")
#: Faulty rows shown at once; the next come when these are right.
FAULTY_ROWS = 50
RECENT = 8


def _open(request: HttpRequest, key: str) -> tuple[BoundLedger, Actor]:
    ledger, actor = open_ledger(request, key)
    if ledger.sheet is None:
        raise Http404(f"{ledger.title}不接收导入。")
    need(ledger.can_create(actor), f"您没有向{ledger.title}导入的权限。")
    return ledger, actor


@require_GET
def template(request: HttpRequest, key: str) -> HttpResponse:
    """The empty sheet to fill in."""
    ledger, _ = _open(request, key)
    file = BytesIO()
    write_template(ledger, file)
    file.seek(0)
    return sheet_answer(file, f"{ledger.sheet.title}.xlsx")


def start(request: HttpRequest, key: str) -> HttpResponse:
    """The way in: what the columns are, the upload, and what was imported lately."""
    ledger, actor = _open(request, key)
    refusal = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refused("没有选择文件。")
            run = importing.start(ledger, actor, file.file, file.name)
        except Refused as problem:
            refusal = str(problem)
        else:
            return redirect(f"{ledger.url}import/{run.pk}/")
    must = set(required(ledger))
    listed = [
        {"label": ledger.kinds[name].label, "required": name in must, "note": ledger.kinds[name].note()}
        for name in ledger.sheet.names
    ]
    recent = ImportRun.objects.filter(ledger=ledger.key, account=request.user).order_by("-pk")
    context = {
        "ledger": ledger,
        "steps": STEPS,
        "step": 2 if refusal else 1,
        "columns": listed,
        "refusal": refusal,
        "limit_rows": ROW_LIMIT,
        "limit_mb": FILE_LIMIT // 1024 // 1024,
        "recent": recent.defer("rows", "faults", "preview")[:RECENT],
    }
    return render(request, "register/import.html", context, status=422 if refusal else 200)


def run(request: HttpRequest, key: str, run: int) -> HttpResponse:
    """One sheet on its way: GET shows where it stands; POST corrects, leaves rows out, confirms or gives it up."""
    ledger, actor = _open(request, key)
    try:
        if "progress" in request.GET:
            return progress_part(request, importing.find(ledger, run, actor, rows=False))
        found = importing.find(ledger, run, actor)
    except Missing as problem:
        raise Http404(str(problem)) from None
    here, refusal = f"{ledger.url}import/{found.pk}/", ""
    if found.state == "mapping" and request.POST.get("act") != "drop":
        return _columns(request, ledger, actor, found, here)
    if request.method == "POST":
        try:
            return redirect(_act(request, ledger, actor, found) or here)
        except Refused as problem:
            refusal = str(problem)
            found = importing.find(ledger, run, actor)
    context = _standing(ledger, actor, found) | {"refusal": refusal, "why": request.POST.get("why", "")}
    return render(request, "register/import_run.html", context, status=422 if request.method == "POST" else 200)


def _columns(request: HttpRequest, ledger: BoundLedger, actor: Actor, found: ImportRun, here: str) -> HttpResponse:
    """A person says which column fills which field."""
    said, refusal = None, ""
    if request.method == "POST":
        try:
            said = columns.answer(request, ledger, actor, found)
        except Refused as problem:
            refusal = str(problem)
            said = columns.said_by(request, ledger, found) if columns.is_filled(request) else None
        else:
            if said is None:
                return redirect(here)
    shown = columns.standing(ledger, found, said)
    context = {"ledger": ledger, "run": found, "steps": STEPS, "step": 3, "refusal": refusal, **shown}
    return render(request, "register/import_columns.html", context, status=422 if refusal else 200)


def _act(request: HttpRequest, ledger: BoundLedger, actor: Actor, found: ImportRun) -> str:
    """Do what the pressed button says; the address to go to, or '' to stay."""
    act = request.POST.get("act", "correct")
    if act == "drop":
        importing.drop(found, actor)
        messages.success(request, f"已放弃导入“{found.file_name}”，台账没有改动。")
        return f"{ledger.url}import/"
    if act == "confirm":
        importing.confirm(found, actor, request.POST.get("why", ""))
        if found.state == "done":
            messages.success(
                request, f"导入完成：新增 {found.created} 条，修改 {found.changed} 条，未变 {found.same} 条。"
            )
        return ""
    if act.startswith("leave-"):
        importing.leave_out(found, actor, {whole(act.removeprefix("leave-"), 0)})
        return ""
    importing.correct(found, actor, _cells(request, found))
    return ""


def _cells(request: HttpRequest, found: ImportRun) -> dict[tuple[int, str], str]:
    """What was typed into cells: controls are named `cell-<row>-<field>`. Cells left as they were are left alone."""
    stood = {row["row"]: row["values"] for row in found.rows}
    cells = {}
    for control, value in request.POST.items():
        row, _, name = control.removeprefix("cell-").partition("-")
        number = whole(row, -1)
        if number in stood and name in found.columns and value.strip() != written(stood[number].get(name)):
            cells[number, name] = value.strip()
    return cells


def written(raw: Any) -> str:
    """A raw cell as an input shows it: 12.0 reads 12, nothing reads ''."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return "" if raw is None else str(raw)


def _standing(ledger: BoundLedger, actor: Actor, found: ImportRun) -> dict[str, Any]:
    """Where the run stands, for its page."""
    faulty = [] if found.waits else _faulty_rows(ledger, found)
    is_open = found.state == "checked"
    return {
        "ledger": ledger,
        "run": found,
        "is_open": is_open,
        "standing": standing(found) if found.waits else None,
        "steps": STEPS,
        "step": _step(found, bool(faulty)),
        "fault_count": len(found.faults),
        "wrong": len(faulty),
        "columns": [ledger.kinds[name] for name in found.columns],
        "faulty": faulty[:FAULTY_ROWS],
    }


def _step(found: ImportRun, faulty: bool) -> int:
    """Which of STEPS the run stands at; one past the last when it is over."""
    if found.state == "checked":
        return 4 if faulty else 5
    return {"reading": 4, "confirmed": 5, "writing": 5}.get(found.state, 6)


def _faulty_rows(ledger: BoundLedger, found: ImportRun) -> list[dict[str, Any]]:
    """Rows with faults, each cell as an input with its sentence; faults of a whole row stand before it."""
    faults: dict[int, dict[str, str]] = {}
    for fault in found.faults:
        of_row = faults.setdefault(fault["row"], {})
        of_row[fault["field"]] = of_row.get(fault["field"], "") + fault["text"]
    return [
        {
            "row": row["row"],
            "whole": faults[row["row"]].get("", ""),
            "cells": [
                {
                    "name": f"cell-{row['row']}-{name}",
                    "label": ledger.kinds[name].label,
                    "value": written(row["values"].get(name)),
                    "fault": faults[row["row"]].get(name, ""),
                    "options": ledger.kinds[name].options(),
                }
                for name in found.columns
            ],
            # A field the sheet has no column for cannot be corrected here, only said.
            "elsewhere": [text for name, text in faults[row["row"]].items() if name and name not in found.columns],
        }
        for row in found.rows
        if row["row"] in faults
    ]
