"""Papers of a record: seen on screen, fetched as .docx, a batch from the list; the time line says what was printed."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tonggui.base import clock
from tonggui.measure.document import paper as document
from tonggui.register.actor import Act, Actor
from tonggui.register.models import HistoryEntry
from tonggui.register.papers import Filled, Paper, fill, joins
from tonggui.register.query import ListQuery
from tonggui.register.registry import BoundLedger
from tonggui.register.views.access import need, open_ledger, open_record
from tonggui.register.views.printing import CARD_LIMIT, chosen_rows

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PRINTED = "print"


@require_GET
def preview(request: HttpRequest, key: str, number: str, n: int) -> HttpResponse:
    """The paper as it will be printed."""
    ledger, _, record = open_record(request, key, number)
    paper = _allowed(ledger, record, n)
    context = {
        "ledger": ledger,
        "record": record,
        "paper": fill(paper, record, first_printed(paper, [record]).get(record.pk)),
        "file": f"{record.url}papers/{n}.docx",
    }
    return render(request, "web/paper.html", context)


@require_GET
def download(request: HttpRequest, key: str, number: str, n: int) -> HttpResponse:
    """The paper as .docx; its first printing of each wording leaves a line in the history."""
    ledger, actor, record = open_record(request, key, number)
    (form,) = issue(_allowed(ledger, record, n), [record], actor)
    return _file(document.write([form]), form.headline)


@require_GET
def batch(request: HttpRequest, key: str, n: int) -> HttpResponse:
    """The paper of every ticked record that is in a state for it, in one file; the rest is named."""
    ledger, actor = open_ledger(request, key)
    paper = _paper(ledger, n)
    asked = ListQuery(ledger, actor, request.GET)
    rows = chosen_rows(asked, request.GET.getlist("number"), CARD_LIMIT)
    ready = [record for record in rows if paper.fits(record) and not record.is_past]
    if not ready:
        states = "、".join(f"“{ledger.flow.state(name).label}”" for name in paper.state_names)
        messages.error(request, f"选中的记录都不能打印{paper.title}：{states}时才能打印。")
        return redirect(asked.address(number=None))
    full = ledger.query(actor).select_related(*joins(paper, ledger)).in_bulk([record.pk for record in ready])
    forms = issue(paper, [full[record.pk] for record in ready], actor)
    left = len(rows) - len(ready)
    return _file(document.write(forms), f"{paper.title} {len(forms)}份" + (f"（另{left}条状态不符）" if left else ""))


def issue(paper: Paper, records: list[Any], actor: Actor) -> list[Filled]:
    """The papers of records, and a line in the history of each whose paper was not printed before."""
    before = first_printed(paper, records)
    forms = [fill(paper, record, before.get(record.pk)) for record in records]
    for record, form in zip(records, forms, strict=True):
        if record.pk not in before or not _lines([record]).filter(why=form.headline).exists():
            now = record.snapshot()
            HistoryEntry.write([record], [now], [now], Act(actor, form.headline, "", action=PRINTED))
    return forms


def first_printed(paper: Paper, records: list[Any]) -> dict[int, Any]:
    """The day on which the paper of each record was first printed under its present number."""
    lines = _lines(records).filter(why__startswith=paper.title).order_by("-id").values_list("record", "why", "at")
    numbers = {record.pk: fill(paper, record).headline for record in records}
    return {pk: at.astimezone(clock.CHINA).date() for pk, why, at in lines if numbers[pk] == why}


def _lines(records: list[Any]) -> Any:
    ids = [record.pk for record in records]
    return HistoryEntry.objects.filter(ledger=records[0].ledger.key, record__in=ids, action=PRINTED)


def _paper(ledger: BoundLedger, n: int) -> Paper:
    papers = ledger.page.papers
    if not 1 <= n <= len(papers):
        raise Http404(f"{ledger.title}没有第 {n} 种文书。")
    return papers[n - 1]


def _allowed(ledger: BoundLedger, record: Any, n: int) -> Paper:
    paper = _paper(ledger, n)
    states = "、".join(f"“{ledger.flow.state(name).label}”" for name in paper.state_names)
    need(
        paper.fits(record),
        f"{record.number} 现在是“{record.state_now.label}”，不能打印{paper.title}：{states}时才能打印。",
    )
    return paper


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.docx"
    return answer
