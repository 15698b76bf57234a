"""Which column is what: the page between the upload and the check of a sheet with heads of its own."""

from typing import Any

from django.http import HttpRequest

from tonggui.base import units
from tonggui.register.actor import Actor
from tonggui.register.errors import Refused
from tonggui.register.jobs import ImportRun
from tonggui.register.kinds import Kind
from tonggui.register.registry import BoundLedger
from tonggui.register.sheets import importing
from tonggui.register.sheets.layout import required
from tonggui.register.sheets.mapping import Mapping
from tonggui.register.views.address import whole

#: Likeness from which a proposed field needs no second look.
SURE = 0.9


def standing(ledger: BoundLedger, run: ImportRun, said: Mapping | None = None) -> dict[str, Any]:
    """What the page shows: each column with its head, some cells and the field it fills; what still lacks a column."""
    mapping = said or Mapping.from_json(run.mapping)
    must = required(ledger)
    fields = [{"name": name, "label": _label(ledger.kinds[name], name in must)} for name in ledger.sheet.names]
    present = set(mapping.fields.values())
    return {
        "mapping": mapping,
        "sheets": run.mapping.get("sheets", []),
        "fields": fields,
        "columns": [
            {
                "at": column.at,
                "letter": letters(column.at),
                "head": column.head,
                "samples": "、".join(column.samples),
                "field": column.field,
                "sure": bool(column.field) and column.likeness >= SURE,
                "unit": column.unit,
                "units": _units(ledger.kinds[column.field]) if column.field else [],
            }
            for column in mapping.columns
        ],
        "lacking": [
            {
                "name": name,
                "label": ledger.kinds[name].label,
                "value": mapping.fixed.get(name, ""),
                "options": ledger.kinds[name].options(),
                "note": ledger.kinds[name].note(),
            }
            for name in must
            if name not in present
        ],
        "unfilled": sum(not column.field for column in mapping.columns),
    }


def answer(request: HttpRequest, ledger: BoundLedger, actor: Actor, run: ImportRun) -> Mapping | None:
    """Do what the pressed button says. None when the sheet is read; else what was said so far, to be shown again.

    Refused when the sheet cannot be read as said.
    """
    if request.POST.get("act") == "look":
        first, last = whole(request.POST.get("first"), 0), whole(request.POST.get("last"), 0)
        return importing.look_again(run, actor, request.POST.get("sheet", ""), first, last)
    said = said_by(request, ledger, run)
    importing.map_columns(run, actor, said)
    return None


def said_by(request: HttpRequest, ledger: BoundLedger, run: ImportRun) -> Mapping:
    """The mapping as the form has it; a field or a unit that does not exist is left out."""
    mapping = Mapping.from_json(run.mapping)
    known = set(ledger.sheet.names)
    for column in mapping.columns:
        name = request.POST.get(f"field-{column.at}", "")
        column.field = name if name in known else ""
        unit = request.POST.get(f"unit-{column.at}", "") if column.field else ""
        column.unit = unit if column.field and unit in _units(ledger.kinds[column.field]) else ""
        column.likeness = 1.0 if column.field else 0.0
    mapping.fixed = {name: value for name in known if (value := request.POST.get(f"fixed-{name}", "").strip()[:200])}
    if not mapping.fields:
        raise Refused("还没有选择任何一列。")
    return mapping


def is_filled(request: HttpRequest) -> bool:
    """Whether the form says of any column what it fills."""
    return any(name.startswith("field-") and value for name, value in request.POST.items())


def letters(at: int) -> str:
    """A for 0, AA for 26: how spreadsheets name their columns."""
    found = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(65 + rest) + found
    return found


def _label(kind: Kind, is_required: bool) -> str:
    unit = f"（{kind.unit}）" if kind.unit else ""
    return f"{kind.label}{unit}{' *' if is_required else ''}"


def _units(kind: Kind) -> list[str]:
    """Units in which a sheet may give the field, its own first; empty where only one makes sense."""
    return units.comparable(kind.unit) if kind.unit else []
