"""零报告: month by month, which ledgers hold rows and which are reported to hold none because nothing happened; of one
ledger the same unit by unit, with what waits for its second person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tonggui.base.clock import today
from tonggui.measure import nil
from tonggui.measure.indicators import all_indicators
from tonggui.measure.models import NilReturn
from tonggui.measure.periods import Kind, Period, PeriodError
from tonggui.measure.totals import Total
from tonggui.register import duties
from tonggui.register.actor import Actor
from tonggui.register.errors import Refused
from tonggui.register.registry import BoundLedger, all_ledgers, ledger
from tonggui.register.views.address import whole
from tonggui.web.documents.access import reader

ACTOR = Actor.system("零报告")


@dataclass(frozen=True, slots=True)
class Owing:
    """A ledger whose empty months are reported: its rows of a period, and whether a duty demands it."""

    ledger: BoundLedger
    rows: Callable[[Period, Actor], QuerySet]
    demanded: bool

    def count(self, month: Period, unit: Any, actor: Actor) -> int:
        """Rows of a month, of a unit and those below it where one is given."""
        rows = self.rows(month, actor)
        return (rows.filter(unit__path__startswith=unit.path) if unit else rows).count()


@dataclass(frozen=True, slots=True)
class Month:
    """One cell of the page: rows of a month, or a nil return, or neither."""

    period: Period
    count: int
    nil: bool
    waiting: NilReturn | None
    may_report: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class Line:
    ledger: BoundLedger
    months: list[Month]
    demanded: bool = False
    unit: Any = None


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The year's months of every ledger that owes them, or of one ledger by unit; a POST reports one empty month."""
    actor = reader(request)
    given = whole(request.GET.get("year"), 0)
    year = given if 2000 <= given <= 2100 else today().year
    known = owing()
    if request.method == "POST":
        return _report(request, actor, known)
    one = known.get(request.GET.get("ledger", ""))
    if one is not None:
        lines = [
            Line(one.ledger, list(_months(one, year, actor, unit)), one.demanded, unit) for unit in _units(one, actor)
        ]
    else:
        lines = [
            Line(each.ledger, list(_months(each, year, actor, None)), each.demanded)
            for each in known.values()
            if each.ledger.can_read(actor)
        ]
    last = Period.of(Kind.MONTH, today().year, today().month).previous
    context = {
        "lines": lines,
        "year": year,
        "heads": range(1, 13),
        "chosen": one.ledger if one else None,
        "last": last,
        "open": open_months(actor, last, known) if one is None else [],
    }
    return render(request, "documents/nil.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's word on one return."""
    actor = reader(request)
    returned = NilReturn.objects.select_related("unit").filter(pk=pk).first()
    if returned is None:
        raise Http404("没有这条零报告。")
    try:
        nil.confirm(returned, actor)
    except Refused as problem:
        raise PermissionDenied(str(problem)) from None
    duties.forget()
    messages.success(request, f"已核实《{ledger(returned.ledger).title}》{returned.month:%Y年%-m月}零报告。")
    return redirect(_back(request, returned.month.year))


def owing() -> dict[str, Owing]:
    """Ledgers whose empty months are reported: a duty says so (`nil=True`), or an indicator counts them by date."""
    found: dict[str, Owing] = {}
    for bound in all_ledgers():
        for every in bound.page.duties:
            if every.nil:
                duty = duties.Duty(bound, every)
                found.setdefault(bound.key, Owing(bound, partial(_rows_of_duty, duty), True))
    for each in all_indicators():
        if isinstance(each, Total) and each.of.on:
            found.setdefault(each.of.model.ledger.key, Owing(each.of.model.ledger, each.of.queryset, False))
    return found


def open_months(actor: Actor, month: Period, known: dict[str, Owing] | None = None) -> list[BoundLedger]:
    """Ledgers that the actor keeps and of whose month, now over, there is neither a row nor a nil return."""
    found = []
    for one in (known or owing()).values():
        said = NilReturn.objects.filter(ledger=one.ledger.key, month=month.start)
        if one.ledger.can_create(actor) and not one.count(month, None, actor) and not said.exists():
            found.append(one.ledger)
    return found


def _rows_of_duty(duty: duties.Duty, period: Period, actor: Actor) -> QuerySet:
    rows = duty.rows().filter(duties.between(duty.ledger, duty.every.on, period.start, period.end))
    return rows.filter(duty.ledger.read.q(actor, duty.ledger.model))


def _months(one: Owing, year: int, actor: Actor, unit: Any) -> Iterator[Month]:
    """The months of a ledger: of the bureau by what covers it as a whole, of a unit by what covers the unit."""
    covered = nil.months_returned(one.ledger.key)
    units = nil.covered_units(one.ledger.key) if unit else set()
    returns = NilReturn.objects.filter(ledger=one.ledger.key, month__year=year, confirmed_at=None).select_related(
        "unit"
    )
    waiting = {returned.month: returned for returned in (returns.filter(unit=unit) if unit else returns)}
    for n in range(1, 13):
        period = Period.of(Kind.MONTH, year, n)
        count = one.count(period, unit, actor)
        is_nil = (year, n) in covered or (unit is not None and (unit.pk, period.start) in units)
        waits = waiting.get(period.start)
        may_report = period.end < today() and not count and not is_nil and not waits and one.ledger.can_create(actor)
        yield Month(period, count, is_nil, waits, may_report, waits is not None and nil.may_confirm(waits, actor))


def _units(one: Owing, actor: Actor) -> list[Any]:
    """Units that keep the ledger, as far as the actor sees them."""
    seen = set(ledger("parties.unit").query(actor).values_list("pk", flat=True))
    return [unit for unit in nil.keepers(one.ledger.key) if unit.pk in seen]


def _report(request: HttpRequest, actor: Actor, known: dict[str, Owing]) -> HttpResponse:
    one = known.get(request.POST.get("ledger", ""))
    try:
        month = Period.parse(request.POST.get("month", ""))
    except PeriodError as fault:
        raise BadRequest(str(fault)) from None
    if one is None or month.kind is not Kind.MONTH or not one.ledger.can_create(actor):
        raise PermissionDenied("没有为这本台账作零报告的权限。")
    unit = actor.unit
    if request.POST.get("unit"):
        unit = ledger("parties.unit").query(actor).filter(number=request.POST["unit"]).first()
    try:
        nil.report(one.ledger, month, unit, one.count(month, unit, ACTOR), actor)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"已登记《{one.ledger.title}》{month.label}零报告，由另一人核实后生效。")
    return redirect(_back(request, month.start.year))


def _back(request: HttpRequest, year: int) -> str:
    query = {"year": year} | ({"ledger": request.POST["back"]} if request.POST.get("back") else {})
    return f"/documents/nil/?{urlencode(query)}"
