"""The picture of a project on its page: its chain of steps, time share against completion, what blocked it when."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import template

from tonggui.base import clock
from tonggui.ledgers.works.blocker import WEATHER, Blocker, BlockerKind
from tonggui.ledgers.works.milestone import Milestone
from tonggui.ledgers.works.steps import Step, place_of
from tonggui.statutes.works import time_share

register = template.Library()


@dataclass(frozen=True)
class Standing:
    """What is drawn of one project. Shares and places along the year are per cent from 0 to 100."""

    steps: list[dict[str, Any]]
    time: Decimal
    done: Decimal | None
    light: str
    year: int
    blockers: list[dict[str, Any]]
    months: list[dict[str, Any]]


@register.simple_tag
def standing_of(project: Any) -> Standing:
    """The project as it stands: steps in their order, its shares, and the blockers of the plan's year."""
    today = clock.today()
    until = min(today, date(project.plan_year, 12, 31))
    rate = project.target_rate()
    return Standing(
        steps=[_step(row, today) for row in _steps(project)],
        time=time_share(until) if today.year >= project.plan_year else Decimal(0),
        done=None if rate is None else Decimal(rate),
        light=project.light(),
        year=project.plan_year,
        blockers=[_blocker(row, project.plan_year, today) for row in _blockers(project, today)],
        months=[
            {"at": _along(date(project.plan_year, n, 1), project.plan_year), "word": f"{n}月"} for n in range(1, 13, 3)
        ],
    )


def _steps(project: Any) -> list[Any]:
    rows = Milestone._base_manager.filter(project=project.pk).exclude(state="not_needed")
    return sorted(rows, key=lambda row: place_of(row.node))


def _step(row: Any, today: date) -> dict[str, Any]:
    """A step with its word, its days and its tone: done, late, doing or to come."""
    done = row.state == "step_done"
    late = not done and row.planned_on is not None and row.planned_on < today
    tone = "done" if done else "late" if late else "todo" if row.state == "doing" else "faint"
    return {"word": Step(row.node).label, "row": row, "tone": tone, "late": late, "days": row.days_off()}


def _blockers(project: Any, today: date) -> list[Any]:
    """The blockers that stood in the plan's year, in the order in which they began."""
    rows = Blocker._base_manager.filter(project=project.pk, blocked_from__year__lte=project.plan_year)
    rows = rows.filter(state__in=["blocking", "lifted"]).order_by("blocked_from")
    first = date(project.plan_year, 1, 1)
    return [row for row in rows if (row.blocked_to or today) >= first and row.blocked_from <= today]


def _blocker(row: Any, year: int, today: date) -> dict[str, Any]:
    start = max(row.blocked_from, date(year, 1, 1))
    end = min(row.blocked_to or today, date(year, 12, 31))
    at = _along(start, year)
    return {
        "row": row,
        "word": BlockerKind(row.blocker).label,
        "weather": row.blocker in WEATHER,
        "at": at,
        "width": max(Decimal("0.8"), _along(end + timedelta(days=1), year) - at),
        "days": row.days_so_far(),
        "open": row.blocked_to is None,
    }


def _along(day: date, year: int) -> Decimal:
    """The place of a day's beginning along a year, in per cent; the first of the next January is 100."""
    days = (day - date(year, 1, 1)).days
    whole = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return (Decimal(days) * 100 / whole).quantize(Decimal("0.01"))
