"""零报告: month by month, which ledgers hold rows and which are reported to hold none because nothing happened."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tonggui.base.clock import today
from tonggui.measure.indicators import all_indicators
from tonggui.measure.models import NilReturn
from tonggui.measure.nil import months_returned
from tonggui.measure.periods import Kind, Period, PeriodError
from tonggui.measure.totals import Total
from tonggui.register.actor import Actor
from tonggui.register.measures import Measure
from tonggui.register.registry import BoundLedger
from tonggui.register.views.address import whole
from tonggui.web.documents.access import reader


@dataclass(frozen=True, slots=True)
class Month:
    """One cell of the page: rows of a month, or a nil return, or neither."""

    period: Period
    count: int
    nil: bool
    may_report: bool


@dataclass(frozen=True, slots=True)
class Line:
    ledger: BoundLedger
    months: list[Month]


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The year's months of every ledger that figures count by date; a POST reports one empty month."""
    actor = reader(request)
    given = whole(request.GET.get("year"), 0)
    year = given if 2000 <= given <= 2100 else today().year
    dated = dated_measures()
    if request.method == "POST":
        return _report(request, actor, dated)
    lines = [Line(measure.model.ledger, list(_months(measure, year, actor))) for measure in dated.values()]
    return render(request, "documents/nil.html", {"lines": lines, "year": year, "heads": range(1, 13)})


def dated_measures() -> dict[str, Measure]:
    """For each ledger the first measure that an indicator counts by date."""
    found: dict[str, Measure] = {}
    for each in all_indicators():
        if isinstance(each, Total) and each.of.on:
            found.setdefault(each.of.model.ledger.key, each.of)
    return found


def _months(measure: Measure, year: int, actor: Actor):
    ledger = measure.model.ledger
    returned = months_returned(ledger.key)
    for n in range(1, 13):
        period = Period.of(Kind.MONTH, year, n)
        count = measure.queryset(period, actor).count()
        nil = (year, n) in returned
        over = period.end < today()
        yield Month(period, count, nil, over and not count and not nil and ledger.can_create(actor))


def _report(request: HttpRequest, actor: Actor, dated: dict[str, Measure]) -> HttpResponse:
    measure = dated.get(request.POST.get("ledger", ""))
    try:
        month = Period.parse(request.POST.get("month", ""))
    except PeriodError as fault:
        raise BadRequest(str(fault)) from None
    if measure is None or month.kind is not Kind.MONTH or not measure.model.ledger.can_create(actor):
        raise PermissionDenied("没有为这本台账作零报告的权限。")
    ledger = measure.model.ledger
    rows = measure.queryset(month, Actor.system("零报告")).count()
    if rows or month.end >= today():
        messages.error(request, f"《{ledger.title}》{month.label}已有{rows}条记录或尚未结束，不能作零报告。")
    else:
        NilReturn.objects.get_or_create(
            ledger=ledger.key, month=month.start, defaults={"account": actor.account, "actor_name": actor.name}
        )
        messages.success(request, f"已登记《{ledger.title}》{month.label}零报告。")
    return redirect(f"/documents/nil/?year={month.start.year}")
