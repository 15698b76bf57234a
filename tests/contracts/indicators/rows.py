"""Rows of ledgers that the cases of several domains are made of."""

from datetime import date

from indicators.cases import INSIDE, WAN, row

hazard = row("safety.hazard", state="ordered", found_on=INSIDE, due_on=date(2026, 4, 1))
visit = row("safety.inspection", state="审核通过", visited_on=date(2026, 5, 12))
case = row("overload.case", state="decided", filed_on=INSIDE)


def closed(day: date, **values):
    """A hazard struck off on a day."""
    return hazard(state="closed", closed_on=day, **values)


def decided(fine: int, **values):
    """A case of overload decided in March."""
    return case(decided_on=date(2026, 3, 10), fine=fine, **values)


def project(name: str, target: int, **values):
    """A project with its year's plan in yuan."""
    usual = {"state": "审核通过", "plan_year": 2026, "is_key": True}
    return "works.project", {**usual, "year_target": target / WAN, "name": name, **values}


def month(name: str, done: int, on: date = date(2026, 6, 1), **values):
    """One month of the project of a name, with what was done since January in yuan."""
    return "works.progress", {"state": "审核通过", "project": name, "month": on, "invest_year": done / WAN, **values}


TWO_PROJECTS = [
    project("甲", 200_000_000),
    project("乙", 100_000_000),
    project("丙", 50_000_000, is_key=False),
    project("丁", 70_000_000, plan_year=2025),
    project("戊", 80_000_000, state="待审核"),
]
TWO_RETURNS = [
    *TWO_PROJECTS,
    month("甲", 90_000_000),
    month("甲", 70_000_000, date(2026, 5, 1)),
    month("乙", 60_000_000),
    month("丙", 10_000_000),
]


def milestone(project: str, node: str, **values):
    """A step of a project, done where it has its day."""
    state = "step_done" if values.get("done_on") else "doing"
    return "works.milestone", {"project": project, "node": node, "state": state, **values}


def blocker(project: str, since: date, kind: str = "land", **values):
    """What holds a project up since a day."""
    state = "lifted" if values.get("blocked_to") else "blocking"
    return "works.blocker", {"project": project, "blocked_from": since, "blocker": kind, "state": state, **values}


def problem(**values):
    """A problem found in March; struck off where it has its day."""
    state = "closed" if values.get("closed_on") else "ordered"
    return "roads.problem", {"state": state, "found_on": INSIDE, "works": "minor", **values}
