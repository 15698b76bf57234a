"""`/parameters/`: every value of the law we work by, what is in force on a day and on what basis; what the bureau may
set leads to the form that sets it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonggui.base.clock import day_of, today
from tonggui.base.errors import Problem
from tonggui.law.acts import Article
from tonggui.law.parameters import all_parameters
from tonggui.law.reference import shown
from tonggui.law.settable import settable
from tonggui.register.registry import ledger
from tonggui.register.roles import members
from tonggui.register.views.access import actor_of, need


@dataclass(frozen=True, slots=True)
class Line:
    """One value on the page; `set_url` is empty where the law leaves nothing to set, or the reader may not."""

    title: str
    value: str
    basis: str
    own: bool
    local: bool
    note: str
    set_url: str
    log_url: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    need(actor.has(*members("county")), "法规参数只供局内人员查看。")
    day = day_of(request.GET.get("day", "")) or today()
    text, which = request.GET.get("q", "").strip(), request.GET.get("which", "")
    book = ledger("office.parameter")
    lines = [*_settable(day, book, book.can_create(actor)), *_fixed(day)]
    counts = {
        "": len(lines),
        "local": sum(line.local for line in lines),
        "own": sum(line.own for line in lines),
    }
    lines = [line for line in lines if _asked(line, text, which)]
    waiting = book.query(actor).filter(state="submitted").count()
    words = (("", "全部"), ("local", "本局可设定"), ("own", "已由本局设定"))
    return render(
        request,
        "promises/parameters.html",
        {
            "lines": lines,
            "day": day,
            "text": text,
            "which": which,
            "facets": [(code, word, counts[code]) for code, word in words],
            "book": book,
            "waiting": waiting,
            "may_set": book.can_create(actor),
        },
    )


def _asked(line: Line, text: str, which: str) -> bool:
    kept = {"local": line.local, "own": line.own}.get(which, True)
    return kept and all(word in f"{line.title}{line.basis}{line.note}" for word in text.split())


def _settable(day: date, book: Any, may_set: bool) -> Iterable[Line]:
    for one in settable():
        value, basis = _in_force(one.on, one.show, day), one.basis_on(day)
        query = urlencode({"setting": one.title})
        url = f"{book.url}new/?{query}" if may_set else ""
        log = f"{book.url}?{urlencode({'q': one.title})}"
        yield Line(one.title, value, basis, basis != one.basis, True, one.note, url, log)


def _fixed(day: date) -> Iterable[Line]:
    for one in all_parameters():
        if not one.local:
            value = _in_force(one.on, lambda value, one=one: shown(value, one.words) + one.unit, day)
            yield Line(one.title, value, _cited(one.source), False, False, one.note, "", "")


def _in_force(on: Any, show: Any, day: date) -> str:
    try:
        return show(on(day))
    except Problem:
        return "当日没有已知的值"


def _cited(source: Article) -> str:
    return source.short
