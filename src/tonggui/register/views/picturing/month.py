"""月历: a month of days with what stands on each; what lasts several days stands on all of them."""

from calendar import Calendar as Weeks
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Q

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.register.kinds import Kind, Moment
from tonggui.register.pictures import Calendar
from tonggui.register.query import ListQuery
from tonggui.register.spans import days
from tonggui.register.views.address import Address
from tonggui.register.views.picturing.common import day_of, page_of

#: Records of one month, and of one day on the grid.
ITEMS, DAY_ITEMS = 800, 4
WEEKDAYS = "一二三四五六日"


def draw_month(picture: Calendar, asked: ListQuery, address: Address) -> dict[str, Any]:
    kinds = asked.ledger.kinds
    on, until = kinds[picture.on], kinds.get(picture.until)
    first = _month(asked, on)
    following = (first + timedelta(days=31)).replace(day=1)
    rows = asked.narrowed.filter(_within(on, until, first, following)).order_by(on.name, "pk")
    ids = list(rows.values_list("pk", flat=True)[: ITEMS + 1])
    fields = [asked.ledger.column(name) for name in picture.text.split()]
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for record in asked.read(ids[:ITEMS]):
        start = day_of(on.value_of(record))
        end = (day_of(until.value_of(record)) if until is not None else None) or start
        day, last = max(start, first), min(end, following - timedelta(days=1))
        while day <= last:
            by_day[day].append(_item(record, fields, asked, goes_on=day > start))
            day += timedelta(days=1)
    weeks = Weeks().monthdatescalendar(first.year, first.month)
    return {
        "month": f"{first.year}年{first.month}月",
        "weeks": [[_square(day, first, by_day[day], address, on) for day in week] for week in weeks],
        "weekdays": WEEKDAYS,
        "before": address.to(leaf=_code(first - timedelta(days=1))),
        "after": address.to(leaf=_code(following)),
        "today": address.to(leaf=_code(clock.today())),
        "count": len(ids[:ITEMS]),
        "cut": f"本月超过 {ITEMS} 条，只画出前 {ITEMS} 条；请缩小条件。" if len(ids) > ITEMS else "",
    }


def _month(asked: ListQuery, on: Kind) -> date:
    """The first day of the month asked for; else this month, or the newest with rows where that is past."""
    span = days(asked.query.get("leaf", ""))
    if span and span.start:
        return span.start.replace(day=1)
    newest = day_of(asked.narrowed.aggregate(newest=Max(on.name))["newest"]) or clock.today()
    return min(newest, clock.today()).replace(day=1)


def _within(on: Kind, until: Kind | None, first: date, following: date) -> Q:
    """What begins before the month's end and ends after its beginning; without an end it lasts its own day."""
    begins = Q(**{f"{on.name}__lt": _bound(on, following)})
    own_day = Q(**{f"{on.name}__gte": _bound(on, first)})
    return begins & (own_day | Q(**{f"{until.name}__gte": _bound(until, first)}) if until is not None else own_day)


def _item(record: Any, fields: list[Any], asked: ListQuery, *, goes_on: bool) -> dict[str, Any]:
    words = " ".join(text for column in fields if (text := column.show(column.value_of(record))))
    return {
        "words": words or str(record),
        "url": page_of(record, asked),
        "goes_on": goes_on,
        "late": record.is_overdue and not asked.as_of,
        "void": record.state_now.tone == "void",
    }


def _square(day: date, first: date, items: list[dict[str, Any]], address: Address, on: Kind) -> dict[str, Any]:
    return {
        "day": day.day,
        "weekday": WEEKDAYS[day.weekday()],
        "inside": day.month == first.month,
        "today": day == clock.today(),
        "items": items[:DAY_ITEMS],
        "more": max(0, len(items) - DAY_ITEMS),
        "url": address.to(view=None, leaf=None, **{on.name: day.isoformat()}),
    }


def _code(day: date) -> str:
    return f"{day:%Y-%m}"


def _bound(kind: Kind, day: date) -> date | datetime:
    return datetime.combine(day, time(), CHINA) if isinstance(kind, Moment) else day
