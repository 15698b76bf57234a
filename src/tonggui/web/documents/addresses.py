"""From a figure to the list of what it counted, filtered the same way as far as the list's filters reach.

A source in a ledger leads to the ledger's list, a tally of the telemetry to the page of its rows (`/passes/`).
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q

from tonggui.measure.figures import Scope
from tonggui.measure.periods import BEGINNING, Kind, Period
from tonggui.measure.sources import Source
from tonggui.measure.tallies import Tally
from tonggui.register.actor import Actor
from tonggui.register.registry import BoundLedger, ledger

READER = Actor.system("指标来源")


@dataclass(frozen=True, slots=True)
class ListAddress:
    """A list's address; `whole` says that it shows exactly the source's rows."""

    url: str
    whole: bool


def list_address(source: Source) -> ListAddress:
    """The ledger's list with the measure's period and states, and every further condition that a filter can say."""
    ledger, measure = source.ledger, source.measure
    filters = set(ledger.page.filters.split())
    query: list[tuple[str, str]] = []
    whole = not source.linked and source.as_of is None and source.unit is None
    if measure.on:
        query += span(measure.on, source.period)
        whole &= measure.on in filters
    if measure.confirmed:
        query += [("state", name) for name in sorted(ledger.flow.confirmed)]
        whole &= "state" in filters
    for condition in (measure.where, source.asked):
        said, all_said = spoken(ledger, condition)
        # A condition on the state is narrower than the measure's list of confirmed states.
        if any(name == "state" for name, _ in said):
            query = [pair for pair in query if pair[0] != "state"]
        query += said
        whole &= all_said and all(name.removesuffix("_to") in filters for name, _ in said)
    query = [pair for pair in query if pair[0].removesuffix("_to") in filters]
    return ListAddress(f"{ledger.url}?{urlencode(list(dict.fromkeys(query)))}", whole)


def span(name: str, period: Period) -> list[tuple[str, str]]:
    """A period as the span filter of a list reads it."""
    if period.start == BEGINNING:
        return [(f"{name}_to", period.end.isoformat())]
    return [(name, f"{period.start}..{period.end}" if period.kind is Kind.WEEK else period.code)]


@dataclass(frozen=True, slots=True)
class Site:
    """A weighing point as addresses know it."""

    number: str
    code: str
    kind: str
    in_use: bool


def sites() -> list[Site]:
    """Every weighing point; read once by a page with many addresses."""
    points = ledger("overload.weighingpoint").query(READER).order_by("code")
    return [Site(*row, state == "in_use") for *row, state in points.values_list("number", "code", "kind", "state")]


def telemetry_address(
    tally: Tally, period: Period, scope: Scope, known: list[Site] | None = None
) -> ListAddress | None:
    """The weighing passes behind a tally: those of its days, its hour, its point or the points of the road, and what
    it asks. A valid pass is a little less than one of a certified scale, which is all that can be asked for.
    """
    if tally.provider != "passes":
        return None
    yards = tally.name.startswith("yard")
    codes = [
        site.code
        for site in (sites() if known is None else known)
        if (site.number == scope.code if scope.by == "point" else site.in_use) and (site.kind == "source") == yards
    ]
    asked = [*span("passed_at", period), *(("point", code) for code in codes), *tally.opens.items()]
    if scope.by == "hour":
        asked.append(("hour", str(int(scope.code))))
    return ListAddress(f"/passes/?{urlencode(asked)}", "calibrated" not in tally.opens)


def spoken(ledger: BoundLedger, condition: Q) -> tuple[list[tuple[str, str]], bool]:
    """A condition as parameters of the list, and whether nothing of it was left unsaid."""
    if condition.negated or (condition.connector != Q.AND and len(condition.children) > 1):
        return [], False
    said: list[tuple[str, str]] = []
    whole = True
    for child in condition.children:
        if isinstance(child, Q):
            inner, all_said = spoken(ledger, child)
            said, whole = said + inner, whole and all_said
            continue
        name, values = _values(ledger, *child)
        said += [(name, value) for value in values]
        whole &= bool(values)
    return said, whole


def _values(ledger: BoundLedger, lookup: str, value: object) -> tuple[str, list[str]]:
    """One comparison as values of a list's parameter; no values where the list cannot say it."""
    name, _, how = lookup.partition("__")
    kind = ledger.kinds.get(name)
    if isinstance(value, bool) and not how:
        return name, ["true" if value else "false"]
    if getattr(kind, "filter", "") == "link" and not how:
        linked = kind.related_model._base_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return name, [linked.number] if linked else []
    if getattr(kind, "filter", "") == "choice" and how in ("", "in"):
        return name, [str(each) for each in (value if how else [value])]  # type: ignore[union-attr]
    if isinstance(value, int) and not how:
        return name, [str(value)]
    if isinstance(value, date) and how == "lte":
        return f"{name}_to", [value.isoformat()]
    return name, []
