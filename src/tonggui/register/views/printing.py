"""Paper and sheets: the print list (landscape, head on every page), the card of a record with its signature places, and
the export of exactly what is filtered."""

from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tonggui.base import clock
from tonggui.register import roles
from tonggui.register.actor import Actor
from tonggui.register.approvals import trace, urging, waiting
from tonggui.register.errors import Refused
from tonggui.register.history import lines_of
from tonggui.register.holding import held_files
from tonggui.register.query import ListQuery
from tonggui.register.registry import BoundLedger
from tonggui.register.sheets import exporting
from tonggui.register.sheets.writing import write_export
from tonggui.register.views import picturing
from tonggui.register.views.access import open_ledger, open_record
from tonggui.register.views.address import Address
from tonggui.register.views.cells import cell, is_numeric
from tonggui.register.views.listing import choosable_columns
from tonggui.register.views.record import sections

#: Rows on paper; more is for a sheet.
PRINT_LIMIT = 2000
#: Cards printed at once.
CARD_LIMIT = 100
#: Lines of history that the approval form on a card goes back.
TRACE_LIMIT = 200
FORMS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


@require_GET
def print_list(request: HttpRequest, key: str) -> HttpResponse:
    """The rows of the filter on A4 landscape, with what was asked, when, and by whom."""
    ledger, actor = open_ledger(request, key)
    asked = ListQuery(ledger, actor, request.GET)
    picture = picturing.drawn(asked, Address(asked))
    if picture:
        return render(request, "register/print_picture.html", {"picture": picture, **_headed(asked, actor)})
    choosable = choosable_columns(ledger)
    chosen = Address(asked).chosen_columns(choosable) or [column.name for column in ledger.columns]
    columns = [choosable[name] for name in chosen]
    records = chosen_rows(asked, request.GET.getlist("number"), PRINT_LIMIT)
    context = {
        **_headed(asked, actor),
        "columns": [{"label": c.label, "unit": c.unit, "numeric": is_numeric(c)} for c in columns],
        "rows": [[cell(column, record) for column in columns] for record in records],
        "totals": _totals(asked, columns) if not request.GET.getlist("number") else [],
        "shown": len(records),
    }
    return render(request, "register/print_list.html", context)


def _headed(asked: ListQuery, actor: Actor) -> dict[str, Any]:
    """What stands around a list or a picture on paper: what was asked, how much it is, when and by whom."""
    return {
        "ledger": asked.ledger,
        "total": asked.count,
        "conditions": "，".join(chip.text for chip in asked.chips) or "全部",
        "printed_at": clock.now(),
        "printed_by": actor.name,
        "back": asked.address(number=None),
    }


def _totals(asked: ListQuery, columns: list[Any]) -> list[str]:
    sums = asked.totals
    if not any(column.name in sums for column in columns):
        return []
    return [column.show(sums[column.name]) if column.name in sums else "" for column in columns]


@require_GET
def print_card(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """One record on A4, with places for the signatures of its workflow."""
    ledger, actor, record = open_record(request, key, number)
    return _cards(request, ledger, actor, [record])


@require_GET
def print_cards(request: HttpRequest, key: str) -> HttpResponse:
    """The ticked records, a card a page; without ticks, the first of the filter."""
    ledger, actor = open_ledger(request, key)
    asked = ListQuery(ledger, actor, request.GET)
    return _cards(request, ledger, actor, chosen_rows(asked, request.GET.getlist("number"), CARD_LIMIT))


def _cards(request: HttpRequest, ledger: BoundLedger, actor: Actor, records: list[Any]) -> HttpResponse:
    context = {
        "ledger": ledger,
        "cards": [_card(ledger, record) for record in records],
        "signatures": signatures(ledger),
        "printed_at": clock.now(),
        "printed_by": actor.name,
    }
    return render(request, "register/print_cards.html", context)


def _card(ledger: BoundLedger, record: Any) -> dict[str, Any]:
    lines = reversed(lines_of(record)[:TRACE_LIMIT])
    final = record.state_now.final
    return {
        "record": record,
        "sections": sections(ledger, record, held_files(record)),
        "steps": trace.course(ledger, lines, waiting.asks_of(record), urging.urgings(record)),
        "blank": [] if final else trace.missing_roles(record),
    }


def signatures(ledger: BoundLedger) -> list[str]:
    """Who signs: the roles that take part in the workflow, in its order."""
    parts = [roles.title(part) for move in ledger.flow.moves for part in move.by if isinstance(part, str)]
    return list(dict.fromkeys(parts))[:4] or ["经办人"]


def chosen_rows(asked: ListQuery, numbers: list[str], limit: int) -> list[Any]:
    """The ticked records in the order of the list, or the rows of the filter where none is ticked."""
    rows = asked.ordered()
    if numbers:
        rows = rows.filter(number__in=numbers[:limit])
    if asked.as_of:
        from tonggui.register.history import records_of

        return records_of(asked.ledger, list(rows[:limit]))
    return list(rows.select_related(*asked.ledger.links)[:limit])


@require_GET
def export(request: HttpRequest, key: str) -> HttpResponse:
    """The rows of the filter (or the ticked ones) as .xlsx, in a form that can be imported back.

    A long list is written by the worker; the answer then leads to the page that tells how far it is.
    """
    ledger, actor = open_ledger(request, key)
    asked = ListQuery(ledger, actor, request.GET)
    ticked = request.GET.getlist("number")
    if not ticked and asked.count > exporting.SMALL_ROWS:
        try:
            return redirect("register:export_run", exporting.start(asked, actor).pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("register:tasks")
    records = chosen_rows(asked, ticked, CARD_LIMIT) if ticked else asked.stream()
    # A large sheet goes through the disk, never whole through memory.
    file = SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 - the answer closes it
    write_export(ledger, actor, records, file, conditions="，".join(chip.text for chip in asked.chips))
    file.seek(0)
    return sheet_answer(file, f"{ledger.title}{clock.today():%Y%m%d}.xlsx")


def sheet_answer(file: Any, name: str) -> FileResponse:
    """A sheet to be saved under a Chinese name, whose ending says what it is."""
    form = Path(name).suffix
    answer = FileResponse(file, content_type=FORMS[form])
    answer["Content-Disposition"] = f"attachment; filename=\"export{form}\"; filename*=UTF-8''{quote(name)}"
    return answer
