"""关联: what a record is linked with, both ways and by equal codes; 一车一档: the same of an identity, as a year."""

from datetime import date, datetime, time, timedelta
from typing import Any

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.register.actor import Actor
from tonggui.register.kinds import Kind, Link, LongText, Moment
from tonggui.register.spine import Concern, concerns, day_field, identities, outside
from tonggui.register.views.cells import cell, is_numeric, state_badges

#: Rows shown of each ledger; the rest is one click away, in the ledger filtered the same way.
ROWS = 5
#: Columns shown of each; a glance, not the list.
COLUMNS = 6
#: Identities that a record names and whose other records are counted beside it.
IDENTITIES = 4
#: Rows of one ledger on the line of a year, and rows told in words below it.
DOTS, TOLD = 60, 60


def related(record: Any, actor: Actor) -> dict[str, Any]:
    """What the record names, what concerns it by domain, and how much else concerns the identities it names."""
    named = identities(record, actor)[:IDENTITIES]
    own, *others = concerns([record, *named], actor)
    return {
        "named": _named_by(record, actor),
        "domains": _by_domain(own, actor),
        "circles": [_circle(one, found) for one, found in zip(named, others, strict=True)],
        "outside": outside(record, actor),
    }


def dossier(record: Any, actor: Actor, year: str) -> dict[str, Any]:
    """The file of an identity: counts by ledger, and the line of one year across all of them."""
    (own,) = concerns([record], actor)
    asked = int(year) if year.isdecimal() and 1990 <= int(year) <= 2100 else clock.today().year
    lanes = [lane for concern in own if (lane := _lane(concern, actor, asked))]
    told = sorted((dot for lane in lanes for dot in lane["dots"]), key=lambda dot: dot["day"], reverse=True)
    return {
        "title": record.ledger.page.dossier,
        "year": asked,
        "before": f"{record.url}?tab=dossier&year={asked - 1}",
        "after": f"{record.url}?tab=dossier&year={asked + 1}" if asked < clock.today().year + 1 else "",
        "tiles": [{"title": one.ledger.title, "count": one.count, "url": one.url} for one in own],
        "months": [f"{month}月" for month in range(1, 13)],
        "lanes": lanes,
        "told": told[:TOLD],
        "more": max(0, len(told) - TOLD),
        "outside": outside(record, actor),
    }


def _named_by(record: Any, actor: Actor) -> list[dict[str, Any]]:
    """The records that this one names, by the word under which it does."""
    found = []
    for kind in record.kinds.values():
        target = kind.value_of(record) if isinstance(kind, Link) else None
        if target is not None and target.ledger.read.allows(actor, target):
            found.append({"label": kind.label, "words": str(target), "url": target.url, "title": target.ledger.title})
    return found


def _by_domain(found: list[Concern], actor: Actor) -> list[dict[str, Any]]:
    """Ledgers under the groups of the menu, each with its count and its newest rows."""
    domains: dict[str, list[dict[str, Any]]] = {}
    for concern in found:
        domains.setdefault(concern.ledger.menu, []).append(_group(concern, actor))
    return [{"title": title, "groups": groups} for title, groups in domains.items()]


def _group(concern: Concern, actor: Actor) -> dict[str, Any]:
    ledger = concern.ledger
    rows = ledger.query(actor).filter(concern.condition).select_related(*ledger.links).order_by("-pk")[:ROWS]
    columns = [ledger.kinds["number"], *(one for one in ledger.columns if _fits(one))][:COLUMNS]
    if columns[-1].name != "state":
        columns[-1:] = [ledger.kinds["state"]]
    return {
        "title": ledger.title,
        "how": f"按“{concern.how}”",
        "count": concern.count,
        "url": concern.url,
        "columns": [{"label": column.label, "numeric": is_numeric(column)} for column in columns],
        "rows": [{"url": row.url, "cells": [cell(column, row) for column in columns]} for row in rows],
    }


def _fits(column: Any) -> bool:
    """Columns for a glance: not the number (it leads already), no long words."""
    return column.name not in ("number", "state") and not isinstance(column, LongText) and isinstance(column, Kind)


def _circle(identity: Any, found: list[Concern]) -> dict[str, Any]:
    return {
        "title": f"同一{identity.ledger.title}",
        "words": str(identity),
        "url": f"{identity.url}?tab=dossier",
        "dossier": identity.ledger.page.dossier,
        "counts": [{"title": one.ledger.title, "count": one.count, "url": one.url} for one in found],
    }


def _lane(concern: Concern, actor: Actor, year: int) -> dict[str, Any] | None:
    """The rows of one ledger in a year, each at its place between January and December."""
    ledger = concern.ledger
    kind = day_field(ledger)
    first, following = _bound(kind, date(year, 1, 1)), _bound(kind, date(year + 1, 1, 1))
    during = {f"{kind.name}__gte": first, f"{kind.name}__lt": following}
    rows = ledger.query(actor).filter(concern.condition).filter(**during)
    # One more than is drawn tells that there are more.
    records = list(rows.select_related(*ledger.links).order_by(f"-{kind.name}", "-pk")[: DOTS + 1])
    if not records:
        return None
    return {
        "title": ledger.title,
        "url": f"{concern.url}&{kind.name}={year}",
        "count": f"{DOTS}+" if len(records) > DOTS else str(len(records)),
        "dots": [_dot(record, kind, year) for record in records[:DOTS]],
    }


def _dot(record: Any, kind: Kind, year: int) -> dict[str, Any]:
    value = kind.value_of(record)
    day = value.astimezone(CHINA).date() if isinstance(value, datetime) else value
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return {
        "day": day,
        "place": f"{(day - date(year, 1, 1)) / timedelta(days=length) * 100:.2f}",
        "ledger": record.ledger.title,
        "what": kind.label,
        "words": str(record),
        "url": record.url,
        "state": state_badges(record),
        "tone": "late" if record.is_overdue else record.state_now.tone,
    }


def _bound(kind: Kind, day: date) -> date | datetime:
    return datetime.combine(day, time(), CHINA) if isinstance(kind, Moment) else day
