"""The filtered passes as a sheet or as text. A long list is written by the worker of `tonggui tasks`."""

from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from tonggui.base import clock
from tonggui.register.errors import Refused
from tonggui.register.sheets import exporting
from tonggui.register.sheets.writing import write_export, write_text
from tonggui.register.views.printing import sheet_answer
from tonggui.stream.store.client import StoreAway
from tonggui.web.passlist.listed import PASS_LIST
from tonggui.web.passlist.views import asker


@require_GET
def export_sheet(request: HttpRequest) -> HttpResponse:
    return _export(request, ".xlsx")


@require_GET
def export_text(request: HttpRequest) -> HttpResponse:
    return _export(request, ".csv")


def _export(request: HttpRequest, form: str) -> HttpResponse:
    """Exactly what is filtered, in its order; the answer for a long list leads to the page of its progress."""
    actor = asker(request)
    asked = PASS_LIST.asked(actor, request.GET.copy())
    try:
        if asked.count > exporting.SMALL_ROWS:
            return redirect("register:export_run", exporting.start(asked, actor, form).pk)
        file = SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 - the answer closes it
        if form == ".csv":
            write_text(PASS_LIST, asked.stream(), file)
        else:
            conditions = "，".join(chip.text for chip in asked.chips)
            write_export(PASS_LIST, actor, asked.stream(), file, conditions=conditions)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("register:tasks")
    except StoreAway as problem:
        messages.error(request, f"没有导出：{problem}。请稍后再试。")
        return redirect(PASS_LIST.url)
    file.seek(0)
    return sheet_answer(file, f"{PASS_LIST.title}{clock.today():%Y%m%d}{form}")
