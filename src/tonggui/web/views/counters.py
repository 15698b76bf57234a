"""`/counters/`: who stands at which number by 一超四罚 today, every number with the cases behind it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonggui.base.clock import today
from tonggui.bridge.counters import ORDER, Standing, standings
from tonggui.ledgers.overload.fourfold import Fourfold
from tonggui.ledgers.overload.fourfold_kinds import Checked
from tonggui.register.views.access import actor_of, need
from tonggui.register.views.address import whole
from tonggui.statutes.overloading.counted_acts import ENTERPRISE_WARNED_SHARE, YARD_WARNED_AT
from tonggui.statutes.overloading.counting import ACTS_IN_YEAR, COUNTING_YEAR, ENTERPRISE_SHARE, WARNED_AT

ROWS = 50
TONES = {"revocable": "late", "reached": "late", "warned": "todo", "counted": "normal"}


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """One kind of party at a time; `?level=` narrows, `?q=` searches by name."""
    actor, on = actor_of(request), today()
    need(Fourfold.ledger.can_read(actor), "您没有查看一超四罚计次的权限。")
    found = standings(actor, on)
    checked = request.GET.get("party", "")
    checked = checked if checked in found else str(Checked.VEHICLE)
    level, asked = request.GET.get("level", ""), request.GET.get("q", "").strip()
    shown = [one for one in found[checked] if level in ("", one.level) and asked in one.name]
    pager = Paginator(shown, ROWS).get_page(whole(request.GET.get("page"), 1))
    context = {
        "parties": [(str(one), one.label, len(found[str(one)]), _pressing(found[str(one)])) for one in Checked],
        "checked": checked,
        "levels": [(str(one), one.label, sum(row.level == one for row in found[checked]), TONES[one]) for one in ORDER],
        "level": level,
        "asked": asked,
        "rows": [(one, TONES[one.level]) for one in pager],
        "pager": pager,
        "total": len(shown),
        "reading": COUNTING_YEAR.choices[COUNTING_YEAR.on(on)],
        "other": next(words for code, words in COUNTING_YEAR.choices.items() if code != COUNTING_YEAR.on(on)),
        "other_code": next(code for code in COUNTING_YEAR.choices if code != COUNTING_YEAR.on(on)),
        "standard": _standard(checked, on),
        "today": on,
    }
    return render(request, "web/counters.html", context)


def _pressing(rows: list[Standing]) -> int:
    return sum(row.level in ("revocable", "reached") for row in rows)


def _standard(checked: str, on: Any) -> str:
    if checked == Checked.ENTERPRISE:
        return f"超过 {ENTERPRISE_SHARE.on(on):.0%} 责令停业整顿，{ENTERPRISE_WARNED_SHARE.on(on):.0%} 起预警"
    if checked == Checked.YARD:
        return f"每次均核查源头责任，{YARD_WARNED_AT.on(on)} 次起预警"
    most = int(ACTS_IN_YEAR.on(on))
    return f"超过 {most} 次（第 {most + 1} 次起）处置，{WARNED_AT.on(on)} 次起预警"
