"""Long work of a person: one list of their imports and exports, how far each is, and the sheets that are ready.

A page with work under way asks for its part again every second or two; reloaded by hand it says the same.
"""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tonggui.register.errors import Missing, Refused
from tonggui.register.jobs import Job
from tonggui.register.models import ExportRun, ImportRun
from tonggui.register.sheets import exporting
from tonggui.register.sheets.lists import listed
from tonggui.register.sheets.progress import standing
from tonggui.register.views.access import actor_of, need
from tonggui.register.views.printing import sheet_answer

SHOWN = 50


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """Imports and exports of the person, newest first; HTMX asks for the table alone."""
    imports = ImportRun.objects.filter(account=request.user).defer("rows", "faults", "preview").order_by("-pk")
    exports = ExportRun.objects.filter(account=request.user).order_by("-pk")
    jobs: list[Job] = sorted([*imports[:SHOWN], *exports[:SHOWN]], key=lambda job: job.at, reverse=True)[:SHOWN]
    lines = [line for job in jobs if (line := _line(job))]
    context = {"lines": lines, "under_way": any(line["job"].waits for line in lines), "kept": exporting.KEPT.days}
    part = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == "tasks"
    return render(request, "register/parts/tasks.html" if part else "register/tasks.html", context)


def _line(job: Job) -> dict[str, Any] | None:
    ledger = _ledger_of(job)
    if ledger is None:
        return None
    is_import = isinstance(job, ImportRun)
    return {
        "job": job,
        "what": f"{'导入' if is_import else '导出'}{ledger.title}",
        "url": f"{ledger.url}import/{job.pk}/" if is_import else f"/tasks/exports/{job.pk}/",
        "standing": standing(job) if job.waits else None,
    }


def _ledger_of(job: Job) -> Any:
    """The ledger of a work; None for one that this version of the platform no longer has."""
    try:
        return listed(job.ledger)
    except Missing:
        return None


def progress_part(request: HttpRequest, job: Job) -> HttpResponse:
    """How far the work is, as a part of its page; when the machine is through, the whole page is asked for again."""
    if not job.waits:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "register/parts/progress.html", {"job": job, "standing": standing(job)})


def export(request: HttpRequest, run: int) -> HttpResponse:
    """One export: how far it is, its sheet when it is ready; POST calls it off."""
    found, ledger = _open(request, run)
    if "progress" in request.GET:
        return progress_part(request, found)
    if request.method == "POST":
        try:
            exporting.drop(found, actor_of(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("register:export_run", found.pk)
    context = {
        "ledger": ledger,
        "run": found,
        "standing": standing(found) if found.waits else None,
        "kept": exporting.KEPT.days,
        "back": f"{ledger.url}?{found.query or 'all=1'}",
    }
    return render(request, "register/export_run.html", context)


@require_GET
def export_file(request: HttpRequest, run: int) -> FileResponse:
    """The file of an export that is ready."""
    found, _ = _open(request, run)
    if found.state != "done":
        raise Http404(f"这次导出{found.state_title}，没有可以下载的文件。")
    return sheet_answer(exporting.path_of(found).open("rb"), found.file_name)


def _open(request: HttpRequest, run: int) -> tuple[ExportRun, Any]:
    """The person's own export, of a ledger that they may still read."""
    actor = actor_of(request)
    try:
        found = exporting.find(run, actor)
        ledger = listed(found.ledger)
    except Missing as problem:
        raise Http404(str(problem)) from None
    need(ledger.can_read(actor), f"没有查看{ledger.title}的权限。需要时请联系系统管理员。")
    return found, ledger
