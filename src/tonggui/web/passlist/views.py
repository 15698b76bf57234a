"""`/passes/`: the list of all weighing passes. HTMX asks for the same address and gets the part it replaces."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tonggui.register.actor import Actor
from tonggui.register.views import saving
from tonggui.register.views.access import actor_of, need
from tonggui.register.views.address import Address
from tonggui.register.views.cells import NOTHING, Cell
from tonggui.register.views.listing import VISIBLE, pages, pushed
from tonggui.stream.store.client import StoreAway
from tonggui.web.passlist.columns import COLUMNS, SHOWN, PassColumn, Row
from tonggui.web.passlist.conditions import CONDITIONS, SPAN
from tonggui.web.passlist.listed import PASS_LIST
from tonggui.web.passlist.question import PassQuestion
from tonggui.web.passlist.strip import strip

OPEN = "{log}:{position}"
PARTS = ("facets", "strip", "panel")


def asker(request: HttpRequest) -> Actor:
    """Who asks; PermissionDenied for those to whom passes are closed."""
    actor = actor_of(request)
    need(PASS_LIST.can_read(actor), "没有查看过车记录的权限。需要时请联系系统管理员。")
    return actor


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    actor = asker(request)
    if not request.GET and (default := saving.default_query(request.user, PASS_LIST)):
        return redirect(f"{PASS_LIST.url}?{default}")
    query = request.GET.copy()
    part = (query.pop("part", [""]))[-1]
    if request.headers.get("HX-Request") == "true":
        part = part or request.headers.get("HX-Target", "")
    asked = PASS_LIST.asked(actor, query)
    address = Address(asked)
    context = {"ledger": PASS_LIST, "address": address, "asked": asked}
    if part in PARTS:
        return _part(request, part, asked, address)
    try:
        context |= shown(asked, address)
    except StoreAway as problem:
        context |= {"away": str(problem), "total": None, "panel": None}
    context |= around(request, asked, address)
    if part == "results":
        return pushed(render(request, "passes/results_with_head.html", {**context, "partial": True}), address)
    return render(request, "passes/list.html", context)


def _part(request: HttpRequest, part: str, asked: PassQuestion, address: Address) -> HttpResponse:
    """Counts that are fetched after the rows, and the pass beside the list."""
    try:
        if part == "facets":
            return render(request, "register/parts/facets.html", {"facets": facets(asked, address)})
        if part == "strip":
            return render(request, "passes/strip.html", {"strip": strip(asked, address)})
        return pushed(render(request, "passes/panel.html", {"panel": panel(asked, address)}), address)
    except StoreAway as problem:
        return render(request, "passes/part_away.html", {"part": part, "away": str(problem)})


def shown(asked: PassQuestion, address: Address) -> dict[str, Any]:
    """What the store must answer before the page can stand: rows with their counts, the pass beside them."""
    return {
        "total": asked.count,
        "over": asked.sums["over"],
        "over_url": address.to(over="true"),
        "table": table(asked, address),
        "pages": pages(asked, address),
        "facets_url": address.to(part="facets"),
        "strip_url": address.to(part="strip"),
        "empty": None if asked.count else emptiness(asked),
        "panel": panel(asked, address),
    }


def around(request: HttpRequest, asked: PassQuestion, address: Address) -> dict[str, Any]:
    """What stands around the rows and needs no store: query bar, conditions in force, saved queries, columns."""
    return {
        "bar": query_bar(asked, address),
        "chips": chips(asked, address),
        "kept": f"?{address.kept}" if address.kept else "",
        "kept_query": address.kept,
        "saved": saving.Saved.of(request.user, PASS_LIST, address.kept),
        "display": display(address),
    }


def table(asked: PassQuestion, address: Address) -> dict[str, Any]:
    """The rows of the page cell by cell, with the sums of the whole filter."""
    columns = [COLUMNS[name] for name in chosen(address)]
    falling, field = asked.sort.startswith("-"), asked.sort.lstrip("-")
    sums = asked.totals
    heads = [
        {
            "label": column.label,
            "unit": column.unit,
            "numeric": column.numeric,
            "sort_url": address.sorted_by(column.name) if column.sortable else "",
            "order": ("descending" if falling else "ascending") if column.name == field else "",
        }
        for column in columns
    ]
    totals = [
        {
            "title": f"{column.label} {column.unit}".rstrip(),
            "text": column.show(sums[column.name]) if column.name in sums else "",
        }
        for column in columns
    ]
    rows = [_row(row, columns, address) for row in asked.rows]
    return {"columns": heads, "rows": rows, "totals": totals if any(one["text"] for one in totals) else []}


def _row(row: Row, columns: list[PassColumn], address: Address) -> dict[str, Any]:
    name = OPEN.format(log=row["log"], position=row["frame_position"])
    return {
        "open": name,
        "over": row["excess_kg"] > 0,
        "url": f"/passes/{row['log']}/{row['frame_position']}/",
        "open_url": address.to(open=name),
        "cells": [cell(column, row) for column in columns],
    }


def cell(column: PassColumn, row: Row) -> Cell:
    text, title = column.text(row), f"{column.label} {column.unit}".rstrip()
    classes = "num" if column.numeric else column.classes
    return Cell(text, text, classes, title) if text else Cell("—", NOTHING, f"none {classes}", title)


def chosen(address: Address) -> list[str]:
    """Columns of the table; the time leads, so that every row can be opened."""
    return list(dict.fromkeys(["passed_at", *(address.chosen_columns(COLUMNS) or SHOWN)]))


def query_bar(asked: PassQuestion, address: Address) -> dict[str, Any]:
    """Time first, then as declared; at most six in sight with the free text."""
    controls = [condition.control(asked.query, asked.scope) for condition in CONDITIONS]
    own = {name for condition in CONDITIONS for name in condition.parameters}
    folded = controls[VISIBLE:]
    return {
        "shown": controls[:VISIBLE],
        "folded": folded,
        "spans": [controls[0]],
        "folded_used": sum(one["used"] for one in folded) + controls[0]["custom"],
        "text_hint": "号牌的一部分，或检测记录号",
        "carried": address.carried("q", *own),
    }


def chips(asked: PassQuestion, address: Address) -> list[dict[str, str]]:
    """Conditions in force that no open control of the bar already shows; a click takes one away."""
    in_sight = {name for condition in CONDITIONS[1:VISIBLE] for name in condition.parameters} | {"q"}
    return [
        {"text": chip.text, "url": address.toggled(chip.name, chip.value)}
        for chip in asked.chips
        if chip.name not in in_sight
    ]


def facets(asked: PassQuestion, address: Address) -> list[dict[str, Any]]:
    """Counts by value, each a link that adds or takes away its value."""
    found = []
    for condition in asked.facet_conditions:
        values = [
            {
                "word": one.label,
                "count": one.count,
                "chosen": one.chosen,
                "url": address.toggled(condition.name, one.value),
            }
            for one in asked.facet(condition)
        ]
        if len(values) > 1 or any(value["chosen"] for value in values):
            found.append({"label": condition.label, "values": values})
    return found


def display(address: Address) -> dict[str, Any]:
    """The column picker and the density, which live in the address."""
    shown_now = set(chosen(address))
    return {
        "dense_url": address.to(dense=None if address.dense else 1),
        "columns": [
            {"name": column.name, "label": column.label, "chosen": column.name in shown_now}
            for column in COLUMNS.values()
            if column.name != "passed_at"
        ],
        "carried": address.carried("cols"),
    }


def emptiness(asked: PassQuestion) -> dict[str, Any]:
    """Why the list is empty and what can be done about it."""
    if not asked.scope.points:
        return {
            "why": "没有您能看到的检测点",
            "next": "过车记录按检测点开放。检测点登记后，该点的过车会出现在这里；应当看到却没有的，请联系系统管理员。",
            "links": [("/ledgers/overload.weighingpoint/", "查看检测点")],
        }
    if asked.chips:
        said = "，".join(chip.text for chip in asked.chips)
        links = [(f"{PASS_LIST.url}?all=1", "清除全部条件")]
        if SPAN.span(asked.query) is not None:
            links.insert(0, (asked.address(**dict.fromkeys(SPAN.parameters)), "不限时间"))
        return {"why": "没有符合条件的过车", "next": f"现在的条件是：{said}。", "links": links}
    return {
        "why": "还没有过车记录",
        "next": "检测点接入并开始上报后，全部过车会出现在这里。",
        "links": [("/status/", "查看各检测点的接入情况")],
    }


def panel(asked: PassQuestion, address: Address) -> dict[str, Any] | None:
    """The pass that is open beside the list, where the address names one within the asker's scope."""
    log, _, position = address.open.partition(":")
    row = asked.one(log, int(position)) if position.isdecimal() and len(position) < 19 else None
    if row is None:
        return None
    fields = [
        {"label": column.label, "text": text, "unit": column.unit}
        for column in COLUMNS.values()
        if (text := column.text(row))
    ]
    return {
        "title": row["plate"] or "未识别号牌",
        "over": row["excess_kg"] > 0,
        "url": f"/passes/{log}/{position}/",
        "fields": fields,
        "media": row["media"],
        "close_url": address.to(open=None),
    }


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a query under a name."""
    asker(request)
    return saving.keep(request, PASS_LIST)


@require_POST
def change(request: HttpRequest, view: int) -> HttpResponse:
    """Make a saved query the default, or delete it."""
    asker(request)
    return saving.alter(request, PASS_LIST, view)
