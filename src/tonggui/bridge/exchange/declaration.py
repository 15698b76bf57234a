"""How a province's form is declared: each kind of item with its source, its rows, and their names over there.

A field takes its value by a path over our record (`point.code`), made into the other side's form by a converter. Units
are converted here, at the edge, and nowhere else: we keep kilograms, most provinces ask for tonnes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from tonggui.base.clock import CHINA

Form = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """Text, numbers and yes or no as they are; a decimal keeps its digits; days and times as people write them."""
    if isinstance(value, datetime):
        return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def tonnes(kilograms: Any) -> str | None:
    """Kilograms as tonnes with three places."""
    return None if kilograms is None else f"{Decimal(kilograms) / 1000:.3f}"


@dataclass(frozen=True, slots=True)
class Field:
    """One name of the other side and where its value stands with us.

    `get_kind_display` as a part of the path gives a choice in words.
    """

    name: str
    path: str
    form: Form = plain

    def of(self, record: Any) -> Any:
        value = record
        for part in self.path.split("."):
            value = getattr(value, part, None)
            value = value() if callable(value) else value
            if value is None:
                return None
        return self.form(value)


@dataclass(frozen=True, slots=True)
class Upload:
    """One kind of item that goes up: rows of a ledger that are ripe, and their fields."""

    kind: str
    ledger: str
    ripe: Q
    key: str
    fields: tuple[Field, ...]

    def links(self) -> set[str]:
        """The links that the fields pass through, to be read with the rows."""
        return {field.path.rpartition(".")[0].replace(".", "__") for field in self.fields if "." in field.path}

    def body(self, record: Any) -> dict[str, Any]:
        """The item as the other side reads it; what we do not know is left out."""
        found = {field.name: field.of(record) for field in self.fields}
        return {name: value for name, value in found.items() if value not in (None, "")}


@dataclass(frozen=True, slots=True)
class Download:
    """One kind of item that comes down: how the other side calls what stands in our fields.

    `use` makes of an item what the bureau works with (a permit, a clue), beside the row that keeps it; it raises
    Refused or Problem where it cannot, and the row keeps the reason.
    """

    kind: str
    names: dict[str, str]
    use: Callable[[str, Mapping[str, Any]], None] | None = None


@dataclass(frozen=True, slots=True)
class Province:
    """One provincial system as declared."""

    title: str
    uploads: tuple[Upload, ...]
    downloads: tuple[Download, ...]
    daily: Callable[[dict[str, int]], dict[str, Any]]
