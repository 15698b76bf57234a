"""`/documents/old/`: old summaries, the figures read in each, and a person's decision on every one."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tonggui.base.errors import Problem
from tonggui.measure.baselines import Baseline, OldText
from tonggui.measure.indicators import all_indicators
from tonggui.measure.periods import Period
from tonggui.register.views.address import whole
from tonggui.web.documents.access import may_write, reader, writer
from tonggui.web.documents.old import deciding
from tonggui.web.documents.old.ledgers import ledger_titles
from tonggui.web.documents.old.marking import marked
from tonggui.web.documents.old.reading import take_in

DECISIONS = {"accept": Baseline.CONFIRMED, "reject": Baseline.REJECTED, "reopen": Baseline.PROPOSED}
DONE = {Baseline.CONFIRMED: "已采用", Baseline.REJECTED: "已标为不采用", Baseline.PROPOSED: "已退回待定"}
ROWS_SHOWN = 100


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The old texts with how far each is decided; a file sent in is read."""
    actor = reader(request)
    refusal = ""
    if request.method == "POST":
        actor = writer(request)
        try:
            file = request.FILES.get("file")
            if file is None:
                raise Problem("没有选择文件", do="请选择一份 .docx 或 .txt")
            text, new = take_in(file, actor, request.user)
        except Problem as problem:
            refusal = str(problem)
        else:
            if new:
                messages.success(request, f"读出 {text.baselines.count()} 个数字，请核对后采用。")
            else:
                messages.info(
                    request, f"这份文件 {text.at:%Y-%m-%d} 已由{text.actor_name}上传过，下面是原来的核对结果。"
                )
            return redirect(text.url)
    counts = {state: Count("baselines", filter=Q(baselines__state=state)) for state in Baseline.STATES}
    texts = OldText.objects.defer("text").annotate(found=Count("baselines"), **counts)
    context = {"texts": texts, "may_write": may_write(actor), "refusal": refusal}
    return render(request, "documents/old/list.html", context, status=400 if refusal else 200)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One old text: its lines with the figures marked, and the list of figures."""
    actor = reader(request)
    return _page(request, get_object_or_404(OldText, pk=pk), may_write(actor))


def _page(request: HttpRequest, text: OldText, writes: bool, refusal: str = "", at: int = 0) -> HttpResponse:
    rows = list(text.baselines.all())
    chosen = at or whole(request.GET.get("at"), 0)
    show = request.GET.get("show", "")
    shown = [row for row in rows if _shown(row, show)]
    names = {each.code: each.title for each in all_indicators()}
    keepers = ledger_titles()
    numbers = [row.pk for row in shown]
    number = numbers.index(chosen) // ROWS_SHOWN + 1 if chosen in numbers else whole(request.GET.get("page"), 1)
    pages = Paginator(shown, ROWS_SHOWN)
    current = pages.get_page(number)
    for row in current:
        row.indicator_title = names.get(row.code, "")
        row.ledger_title = keepers.get(row.code, "")
        row.period_label = Period.parse(row.period_code).label if row.period_code else ""
    facets = [
        ("", "全部", len(rows)),
        *((state, title, sum(row.state == state for row in rows)) for state, title in Baseline.STATES.items()),
    ]
    facets.append(("faults", "对不上", sum(bool(row.faults) for row in rows)))
    context = {
        "text": text,
        "lines": marked(text, rows, chosen),
        "rows": current,
        "facets": facets,
        "show": show,
        "chosen": chosen,
        "certain": deciding.certain(text).count() if writes else 0,
        "undo": next((row.batch for row in sorted(rows, key=_decided, reverse=True) if row.batch), ""),
        "indicators": all_indicators() if chosen else [],
        "may_write": writes,
        "refusal": refusal,
    }
    return render(request, "documents/old/page.html", context, status=400 if refusal else 200)


def _decided(row: Baseline) -> float:
    return row.decided_at.timestamp() if row.decided_at else 0.0


def _shown(row: Baseline, show: str) -> bool:
    if show == "faults":
        return bool(row.faults)
    return not show or row.state == show


@require_POST
def decide(request: HttpRequest, pk: int, baseline: int) -> HttpResponse:
    """One figure corrected and decided."""
    actor = writer(request)
    text = get_object_or_404(OldText, pk=pk)
    row = get_object_or_404(text.baselines, pk=baseline)
    state = DECISIONS.get(request.POST.get("decision", ""))
    if state is None and request.POST.get("decision") != "save":
        raise BadRequest("没有这样的决定。")
    if "item" in request.POST:
        try:
            deciding.correct(row, request.POST)
        except Problem as problem:
            return _page(request, text, True, str(problem), row.pk)
    if state is not None:
        deciding.decide(text.baselines.filter(pk=row.pk), state, actor)
    query = f"?show={request.POST['show']}" if request.POST.get("show") else ""
    return redirect(f"{text.url}{query}#b{row.pk}")


@require_POST
def decide_all(request: HttpRequest, pk: int) -> HttpResponse:
    """All certain figures taken at once, or the last decision taken back."""
    actor = writer(request)
    text = get_object_or_404(OldText, pk=pk)
    if batch := request.POST.get("undo"):
        count, _ = deciding.decide(text.baselines.filter(batch=batch), Baseline.PROPOSED, actor)
        messages.success(request, f"已撤回上一次决定，{count} 个数字回到待定。")
    else:
        count, _ = deciding.decide(deciding.certain(text), Baseline.CONFIRMED, actor)
        messages.success(request, f"已采用 {count} 个把握较大的数字，可以撤回。")
    return redirect(text.url)
