"""Codes in the world: scan or type one and come to its record, print labels with QR codes, issue a lost one again."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from tonggui.register.coding import code_of, find, has_labels, reissue
from tonggui.register.errors import Refused
from tonggui.register.query import ListQuery
from tonggui.register.views.access import actor_of, need, open_ledger, open_record
from tonggui.register.views.printing import chosen_rows

#: Labels printed at once: ten sheets of 21.
MOST = 210


@require_GET
def look_up(request: HttpRequest) -> HttpResponse:
    """The page behind every printed code: straight to the record where the code is in use, else what is to be said."""
    code = request.GET.get("code", "").strip()
    record, said = find(code, actor_of(request)) if code else (None, "")
    if record is not None and not said:
        return redirect(record.url)
    return render(request, "register/codes.html", {"code": code, "record": record, "said": said})


@require_GET
def labels(request: HttpRequest, key: str) -> HttpResponse:
    """Labels of the ticked records, or of the filter's first, on A4: QR code, code and what the page says of each."""
    ledger, actor = open_ledger(request, key)
    need(has_labels(ledger), f"{ledger.title}没有编码，不能打印标签。")
    asked = ListQuery(ledger, actor, request.GET)
    records = chosen_rows(asked, request.GET.getlist("number"), MOST)
    context = {
        "ledger": ledger,
        "labels": [_label(request, ledger, record) for record in records],
        "total": asked.count,
        "back": asked.address(number=None),
    }
    return render(request, "register/labels.html", context)


@require_POST
def reissue_code(request: HttpRequest, key: str, number: str) -> HttpResponse:
    _, actor, record = open_record(request, key, number)
    try:
        record = reissue(record, actor, request.POST.get("why", ""))
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"已补发，新编码 {code_of(record)}；旧编码作废。")
    return redirect(record.url)


def _label(request: HttpRequest, ledger: Any, record: Any) -> dict[str, Any]:
    code = code_of(record)
    columns = [ledger.column(name) for name in ledger.page.labels.split()]
    lines = [text for column in columns if (text := column.show(column.value_of(record)))]
    return {"code": code, "lines": lines or [str(record)], "qr": qr(request.build_absolute_uri(f"/codes/?code={code}"))}


def qr(text: str) -> SafeString:
    """A QR code as inline SVG that takes the size of its box; level M bears 15 % of it being damaged."""
    return mark_safe(segno.make(text, error="m").svg_inline(omitsize=True, border=2))
