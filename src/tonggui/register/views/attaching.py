"""Attachments of a record: given, and read by whoever may read the record."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tonggui.register.attachments import CONTENT_TYPES, keep, path_of
from tonggui.register.errors import Refused
from tonggui.register.holding import file_fields, held_files
from tonggui.register.views.access import open_record
from tonggui.register.views.address import whole


@require_POST
def add(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Hang files on a field of the record; a change like any other, with its line of history."""
    ledger, actor, record = open_record(request, key, number)
    kind = next((one for one in file_fields(ledger) if one.name == request.POST.get("field")), None)
    if kind is None:
        raise Http404(f"{ledger.title}没有这一类附件。")
    files = request.FILES.getlist("file")
    try:
        if refusal := ledger.change_refusal(record, actor):
            raise Refused(refusal)
        if not files:
            raise Refused("没有选择文件。")
        ids = [*(kind.value_of(record) or []), *(keep(file, ledger, actor, kind.types).pk for file in files)]
        version = whole(request.POST.get("version"), record.version)
        ledger.change(record, actor, {kind.name: ids}, request.POST.get("why", ""), version)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"已上传 {len(files)} 个文件到“{kind.label}”。")
    return redirect(f"{record.url}?tab=files")


@require_GET
def download(request: HttpRequest, key: str, number: str, attachment: int) -> HttpResponse:
    """One file of the record. Pictures and PDF may be looked at in place (`?inline=1`), all else is only saved."""
    _, _, record = open_record(request, key, number)
    found = held_files(record).get(attachment)
    path = path_of(found) if found else None
    if path is None or not path.exists():
        raise Http404("这条记录没有这个附件。")
    shown = request.GET.get("inline") == "1" and found.kind in CONTENT_TYPES
    answer = FileResponse(
        path.open("rb"),
        as_attachment=not shown,
        filename=found.name,
        content_type=CONTENT_TYPES.get(found.kind, "application/octet-stream"),
    )
    # What others uploaded runs nothing, even where a browser shows it.
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
