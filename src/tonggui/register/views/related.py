"""关联: what a record is linked with, both ways: the records it names, and the ledgers that name it."""

from typing import Any

from tonggui.register.actor import Actor
from tonggui.register.kinds import Kind, Link, LongText
from tonggui.register.registry import ledgers_of
from tonggui.register.views.cells import cell, is_numeric

#: Rows shown of each ledger; the rest is one click away, in the ledger filtered the same way.
ROWS = 5
#: Columns shown of each; a glance, not the list.
COLUMNS = 6


def related(record: Any, actor: Actor) -> list[dict[str, Any]]:
    """Groups of linked records that the actor may see, each with its first rows and the way to all of them."""
    return [*_named_by(record, actor), *_naming(record, actor)]


def _named_by(record: Any, actor: Actor) -> list[dict[str, Any]]:
    """The records that this one names."""
    found = []
    for kind in record.kinds.values():
        target = kind.value_of(record) if isinstance(kind, Link) else None
        if target is not None and target.ledger.read.allows(actor, target):
            found.append(_group(target.ledger, [target], f"本记录的“{kind.label}”", 1, ""))
    return found


def _naming(record: Any, actor: Actor) -> list[dict[str, Any]]:
    """The ledgers that name this record, newest rows first."""
    found = []
    for ledger, link in ledgers_of(type(record)):
        if not ledger.can_read(actor):
            continue
        rows = ledger.query(actor).filter(**{link.name: record.pk})
        count = rows.count()
        if count:
            shown = list(rows.select_related(*ledger.links).order_by("-pk")[:ROWS])
            found.append(
                _group(ledger, shown, f"以本记录为“{link.label}”", count, f"{ledger.url}?{link.name}={record.number}")
            )
    return found


def _group(ledger: Any, records: list[Any], how: str, count: int, url: str) -> dict[str, Any]:
    columns = [ledger.kinds["number"], *(one for one in ledger.columns if _fits(one))][:COLUMNS]
    if columns[-1].name != "state":
        columns[-1:] = [ledger.kinds["state"]]
    return {
        "title": ledger.title,
        "how": how,
        "count": count,
        "url": url,
        "columns": [{"label": column.label, "numeric": is_numeric(column)} for column in columns],
        "rows": [{"url": record.url, "cells": [cell(column, record) for column in columns]} for record in records],
    }


def _fits(column: Any) -> bool:
    """Columns for a glance: not the number (it leads already), no long words."""
    return column.name not in ("number", "state") and not isinstance(column, LongText) and isinstance(column, Kind)
