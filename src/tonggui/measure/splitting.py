"""The values of a split that occur among the rows of a source, each a scope."""

from collections.abc import Iterable
from typing import Any

from tonggui.measure.figures import Scope
from tonggui.measure.source import ACTOR, SELF, Source
from tonggui.measure.units import UNIT, parts_of
from tonggui.register.declare import Choice, Link


def scopes_of(source: Source, by: str, path: str) -> list[Scope]:
    """The values of a split that occur in a source, in the order of their numbers or choices."""
    ledger, rows = source.ledger, source.rows
    if by == UNIT:
        return parts_of(set(rows.order_by().values_list("unit", flat=True).distinct()))
    if path == SELF:
        return _of_records(by, ledger, rows.order_by().values_list("number", flat=True), "number")
    kind = ledger.kinds[path]
    found = set(rows.order_by().values_list(path, flat=True).distinct()) - {None}
    if isinstance(kind, Link):
        return _of_records(by, kind.related_model.ledger, found, "pk")
    if isinstance(kind, Choice):
        return [Scope(by, code, code, label) for code, label in kind.options() if code in found]
    return [Scope(by, value, str(value), str(value)) for value in sorted(found)]


def _of_records(by: str, ledger: Any, found: Iterable[Any], field: str) -> list[Scope]:
    """A scope for each record found, named as it is called now; one known by its number alone says what it is."""
    records = ledger.query(ACTOR).filter(**{f"{field}__in": list(found)}).order_by("number")
    return [Scope(by, record.pk, record.number, _called(record)) for record in records]


def _called(record: Any) -> str:
    return str(record) if record.short_name == record.number else record.short_name
