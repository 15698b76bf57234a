"""The list of a ledger: query bar, facets, table with totals, side panel. The page model is made here, drawn by
`templates/register/list.html`; HTMX asks for the same address and gets the part it replaces."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tonggui.register.actor import Actor
from tonggui.register.coding import has_labels
from tonggui.register.errors import Missing
from tonggui.register.holding import held_files
from tonggui.register.kinds import Link
from tonggui.register.query import SEARCH_AT_ONCE, SIZES, ListQuery
from tonggui.register.registry import BoundLedger
from tonggui.register.views import picturing, story
from tonggui.register.views.access import May, open_ledger
from tonggui.register.views.address import Address
from tonggui.register.views.cells import cell, is_numeric, state_badges
from tonggui.register.views.record import sections
from tonggui.register.views.saving import Saved, default_query

#: Conditions that stand open in the query bar beside the free text; the rest are folded.
VISIBLE = 5
#: Facets counted under the query bar.
FACETS = 3
#: Above so many rows the counts are fetched after the page, so that the rows come first.
COUNTED_AT_ONCE = 20_000


@require_GET
def list_page(request: HttpRequest, key: str) -> HttpResponse:
    ledger, actor = open_ledger(request, key)
    if not request.GET and (default := default_query(request.user, ledger)):
        return redirect(f"{ledger.url}?{default}")
    # Which part is wanted is no part of what the page's own links say.
    query = request.GET.copy()
    part = (query.pop("part", [""]))[-1]
    asked = ListQuery(ledger, actor, query)
    address = Address(asked)
    if request.headers.get("HX-Request") == "true":
        part = part or request.headers.get("HX-Target", "")
    if part == "panel":
        context = {"ledger": ledger, "address": address, "panel": panel(ledger, actor, address)}
        return pushed(render(request, "register/parts/panel.html", context), address)
    if part == "facets":
        late = {"overdue": asked.overdue_count, "overdue_url": address.to(overdue=1, state=None)}
        return render(request, "register/parts/facets.html", {"facets": facets(asked, address), **late})
    context = page_model(request, ledger, actor, asked, address)
    if part == "results":
        return pushed(render(request, "register/parts/results_with_head.html", {**context, "partial": True}), address)
    return render(request, "register/list.html", context)


def pushed(answer: HttpResponse, address: Address) -> HttpResponse:
    """The address bar follows what is shown, without the empty conditions of the form."""
    if "page" in address.query or address.open or address.kept:
        query = address.query.copy()
        for name in [name for name in query if not any(query.getlist(name))]:
            query.pop(name)
        answer["HX-Push-Url"] = f"{address.asked.ledger.url}?{query.urlencode(safe=',')}"
    else:
        answer["HX-Push-Url"] = f"{address.asked.ledger.url}?all=1"
    return answer


def page_model(
    request: HttpRequest, ledger: BoundLedger, actor: Actor, asked: ListQuery, address: Address
) -> dict[str, Any]:
    """Everything that the list's templates show."""
    picture = picturing.drawn(asked, address) if asked.count else None
    table = Table(asked, address, drawn=picture is not None)
    at_once = table.total <= (SEARCH_AT_ONCE if asked.text else COUNTED_AT_ONCE)
    return {
        "ledger": ledger,
        "address": address,
        "asked": asked,
        "may": May() if asked.as_of else May.on_ledger(ledger, actor),
        "bar": query_bar(ledger, asked, address),
        "chips": chips(asked, address),
        "facets": facets(asked, address) if at_once else None,
        "facets_url": address.to(part="facets"),
        "table": table,
        "pages": pages(asked, address),
        "tabs": picturing.tabs(asked, address),
        "picture": picture,
        "labelled": has_labels(ledger),
        "empty": None if asked.count else emptiness(ledger, actor, asked),
        "at_once": at_once,
        "overdue": asked.overdue_count if at_once else 0,
        "overdue_url": address.to(overdue=1, state=None),
        "kept": f"?{address.kept}" if address.kept else "",
        "kept_query": address.kept,
        "saved": Saved.of(request.user, ledger, address.kept),
        "display": display(ledger, address, table),
        "panel": panel(ledger, actor, address),
    }


class Table:
    """The rows of one page, cell by cell, with the totals of the whole filter."""

    def __init__(self, asked: ListQuery, address: Address, *, drawn: bool = False):
        self.asked, self.address = asked, address
        choosable = choosable_columns(asked.ledger)
        chosen = address.chosen_columns(choosable) or [column.name for column in asked.ledger.columns]
        # The number leads, so that every row can be opened and its first column can stay in sight.
        self.shown = [choosable[name] for name in dict.fromkeys(["number", *chosen])]
        self.total = asked.count
        # A picture takes the place of the rows.
        self.rows = [] if drawn else [self.row(record) for record in asked.records]

    @property
    def columns(self) -> list[dict[str, Any]]:
        falling, field = self.asked.sort.startswith("-"), self.asked.sort.lstrip("-")
        return [
            {
                "name": column.name,
                "label": column.label,
                "unit": column.unit,
                "numeric": is_numeric(column),
                "sort_url": self.address.sorted_by(column.name) if column.name in self.asked.sortable else "",
                "order": ("descending" if falling else "ascending") if column.name == field else "",
            }
            for column in self.shown
        ]

    def row(self, record: Any) -> dict[str, Any]:
        past = f"?as_of={self.asked.as_of}" if self.asked.as_of else ""
        return {
            "number": record.number,
            "url": f"{record.url}{past}",
            "open_url": self.address.to(open=record.number),
            "cells": [cell(column, record, self.asked.as_of) for column in self.shown],
        }

    @property
    def totals(self) -> list[dict[str, str]]:
        """One sum with its heading a column, the first left to the count; empty where no shown column is summed."""
        sums = self.asked.totals
        if not any(column.name in sums for column in self.shown):
            return []
        return [
            {
                "title": f"{column.label} {column.unit}",
                "text": column.show(sums[column.name]) if column.name in sums else "",
            }
            for column in self.shown
        ]


def choosable_columns(ledger: BoundLedger) -> dict[str, Any]:
    """Columns that a list may show: those declared, those of the exports, then every other plain field."""
    plain = {name: kind for name, kind in ledger.kinds.items() if kind.filter}
    declared = {column.name: column for column in [*ledger.columns, *ledger.export_columns]}
    return {"number": ledger.kinds["number"], **declared, **ledger.computed, **plain}


def query_bar(ledger: BoundLedger, asked: ListQuery, address: Address) -> dict[str, Any]:
    """Time first, unit second, state third, then as declared; at most six in sight with the free text."""
    times = [filter_.name for filter_ in asked.filters if filter_.control == "span"]
    lead = [*times[:1], "unit", "state"]
    controls = sorted(
        (_control(filter_, asked) for filter_ in asked.filters),
        key=lambda one: lead.index(one["name"]) if one["name"] in lead else len(lead),
    )
    own = {name for control in controls for name in control["filter"].parameters}
    searched = [path.split("__")[0] for path in ledger.search]
    labels = dict.fromkeys(ledger.kinds[name].label for name in searched)
    return {
        "shown": controls[:VISIBLE],
        "folded": controls[VISIBLE:],
        "spans": [control for control in controls if control["kind"] == "span"],
        "folded_used": sum(control["used"] for control in controls[VISIBLE:]) + sum(one["custom"] for one in controls),
        "text_hint": "、".join(labels),
        "carried": address.carried("q", *own),
    }


def _control(filter_: Any, asked: ListQuery) -> dict[str, Any]:
    query = asked.query
    span = filter_.span(query) if filter_.control == "span" else None
    ends = [query.get(name, "") for name in filter_.parameters[1:]] if filter_.control == "range" else ["", ""]
    return {
        "filter": filter_,
        "name": filter_.name,
        "label": filter_.label,
        "kind": filter_.control,
        "unit": filter_.kind.unit,
        "options": filter_.options(),
        "values": filter_.given(query),
        "value": filter_.value(query),
        "parameters": filter_.parameters,
        "first": (span.start or "") if span else ends[0],
        "last": (span.end or "") if span else ends[1],
        "named": str(span)
        if span and filter_.value(query) and filter_.value(query) not in dict(filter_.options())
        else "",
        "used": bool(filter_.given(query) or any(ends)),
        "custom": span is not None and not filter_.value(query),
    }


def facets(asked: ListQuery, address: Address) -> list[dict[str, Any]]:
    """Counts by value, each a link that adds or takes away its value."""
    found = []
    for name in asked.facet_names[:FACETS]:
        values = [
            {"word": one.label, "count": one.count, "chosen": one.chosen, "url": address.toggled(name, one.value)}
            for one in asked.facet(name)
        ]
        if len(values) > 1 or any(value["chosen"] for value in values):
            found.append({"label": asked.ledger.kinds[name].label, "values": values})
    return found


def chips(asked: ListQuery, address: Address) -> list[dict[str, str]]:
    """Conditions in force that neither a facet nor an open control of the bar already shows; a click takes one away."""
    kinds = asked.ledger.kinds
    shown = {"q", *(name for name in asked.facet_names[:FACETS] if not isinstance(kinds[name], Link))}
    shown |= {
        name for filter_ in asked.ledger.filters if filter_.control in ("choice", "flag") for name in filter_.parameters
    }
    return [
        {"text": chip.text, "url": address.toggled(chip.name, chip.value)}
        for chip in asked.chips
        if chip.name not in shown
    ]


def pages(asked: ListQuery, address: Address) -> dict[str, Any]:
    """Where in the list one is, and the ways on."""
    first = (asked.page - 1) * asked.size
    near = {1, asked.pages, *range(asked.page - 2, asked.page + 3)}
    steps: list[dict[str, Any]] = [{"word": "上一页", "url": address.to(page=asked.page - 1) if asked.page > 1 else ""}]
    before = 0
    for number in sorted(number for number in near if 1 <= number <= asked.pages):
        if number > before + 1:
            steps.append({"word": "…", "url": ""})
        steps.append({"word": number, "url": address.to(page=number), "current": number == asked.page})
        before = number
    steps.append({"word": "下一页", "url": address.to(page=asked.page + 1) if asked.page < asked.pages else ""})
    return {
        "number": asked.page,
        "first": first + 1,
        "last": min(first + asked.size, asked.count),
        "steps": steps,
        "sizes": [{"value": size, "chosen": size == asked.size, "url": address.to(size=size)} for size in SIZES],
    }


def emptiness(ledger: BoundLedger, actor: Actor, asked: ListQuery) -> dict[str, Any]:
    """Why the list is empty and what can be done about it."""
    if asked.chips:
        said = "，".join(chip.text for chip in asked.chips)
        return {
            "why": "没有符合条件的记录",
            "next": f"现在的条件是：{said}。",
            "links": [(f"{ledger.url}?all=1", "清除全部条件")],
        }
    links = []
    if ledger.can_create(actor):
        links.append((f"{ledger.url}new/", "新增一条"))
        links += [(f"{ledger.url}import/", "从表格导入")] if ledger.sheet else []
        return {"why": f"{ledger.title}里还没有记录", "next": "可以现在开始：", "links": links}
    return {
        "why": f"{ledger.title}里没有您能看到的记录",
        "next": "新的记录录入后会出现在这里；如果应当看到却没有，请联系系统管理员核对您的单位和权限。",
        "links": [],
    }


def display(ledger: BoundLedger, address: Address, table: Table) -> dict[str, Any]:
    """The column picker and the density, which live in the address."""
    shown = {column.name for column in table.shown}
    columns = [
        {"name": column.name, "label": column.label, "chosen": column.name in shown}
        for column in choosable_columns(ledger).values()
        if column.name != "number"
    ]
    return {
        "dense_url": address.to(dense=None if address.dense else 1),
        "columns": columns,
        "carried": address.carried("cols"),
        "carried_as_of": address.carried("as_of"),
    }


def panel(ledger: BoundLedger, actor: Actor, address: Address) -> dict[str, Any] | None:
    """The record that is open beside the list, where the address names one that the actor may see."""
    if not address.open:
        return None
    try:
        record = ledger.get(address.open, actor)
    except Missing:
        return None
    named = [one for one in sections(ledger, record, held_files(record)) if not one.get("own")]
    return {
        "number": record.number,
        "url": record.url,
        "state": state_badges(record),
        "sections": named,
        "events": story.events(record, 5),
        "close_url": address.to(open=None),
    }
