"""The vocabulary of `vendors/`: how a vendor's item says what our record says.

A `Vendor` names the keys an item is known by, and for each field of ours where it stands: `same` as it is, `tonnes`
turned into kilograms, `words` translated, `moment` in a time format of its own, `each` axle in a key of its own. What a
vendor writes as text is read as what the field means. Names of an item that no declaration mentions are left out of the
record; the frame log keeps the item as it was sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from tonggui.base.clock import CHINA
from tonggui.protocols.weighing.fields import from_text
from tonggui.protocols.weighing.media import LONGEST_HREF, addresses, named

ABSENT = (None, "")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field of ours stands: the vendor's names, and how their values (field, values) are read."""

    names: tuple[str, ...]
    read: Callable[[str, list[Any]], Any]


def same(*names: str) -> Source:
    """The first of the names that has a value, as it is."""
    return Source(names, lambda ours, values: from_text(ours, _first(values)))


def tonnes(*names: str) -> Source:
    """A mass in tonnes, as kilograms."""
    return Source(names, lambda ours, values: kilograms(from_text(ours, _first(values))))


def words(table: Mapping[str, Any], *names: str) -> Source:
    """A word or code of the vendor's as what we call it; what the table lacks stays as it is and is checked."""

    def read(ours: str, values: list[Any]) -> Any:
        written = _first(values)
        return table.get(str(written).strip(), from_text(ours, written))

    return Source(names, read)


def moment(form: str, *names: str) -> Source:
    """A time in the vendor's own form (as strptime has it), China's time."""

    def read(ours: str, values: list[Any]) -> Any:
        written = str(_first(values)).strip()
        try:
            return datetime.strptime(written, form).replace(tzinfo=CHINA).isoformat(sep=" ")
        except ValueError:
            return written

    return Source(names, read)


def each(*names: str, in_tonnes: bool = False) -> Source:
    """Axle loads front to back, each under its own name, up to the first that is empty or zero."""

    def read(ours: str, values: list[Any]) -> Any:
        loads = [from_text("gross_kg", value) for value in values]
        present = loads[: next((place for place, load in enumerate(loads) if not load), len(loads))]
        return [kilograms(load) for load in present] if in_tonnes else present

    return Source(names, read)


def listed(*names: str, in_tonnes: bool = False) -> Source:
    """Axle loads front to back in one list, or in one text with signs between."""

    def read(ours: str, values: list[Any]) -> Any:
        loads = from_text(ours, _first(values))
        return [kilograms(load) for load in loads] if in_tonnes and isinstance(loads, list) else loads

    return Source(names, read)


def kilograms(value: Any) -> Any:
    """Tonnes as kilograms; what is no number stays as it is and is checked."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9:
        return float(Decimal(str(value)) * 1000)
    return value


@dataclass(frozen=True, slots=True)
class Example:
    """An item as the vendor sends it, and values of our fields that it must give: the declaration's tests."""

    item: Mapping[str, Any]
    gives: Mapping[str, Any]


@dataclass(frozen=True)
class Vendor:
    """One vendor's form. `known_by`: an item with any of these keys is of this form.

    `media` maps each key with pictures or videos to what they show (a kind of `media.KINDS`), None where that is not
    said. `left_out` are keys that are known and not taken over, each with the reason.
    """

    name: str
    title: str
    known_by: tuple[str, ...]
    fields: Mapping[str, Source]
    media: Mapping[str, str | None] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Every key of an item that is read."""
        return frozenset(name for source in self.fields.values() for name in source.names) | frozenset(self.media)

    def ours(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """An item under our names. Never raises for what it holds."""
        found: dict[str, Any] = {}
        for name, source in self.fields.items():
            values = [item.get(one) for one in source.names]
            if any(value is not None for value in values):
                found[name] = source.read(name, values)
        loads = found.get("axle_kg")
        if isinstance(loads, list) and (len(loads) < 2 or len(loads) != found.get("axles")):
            del found["axle_kg"]  # More axles than the form has room for: a part of them would read as the whole.
        if media := [one for name, kind in self.media.items() for one in _media(item.get(name), kind)]:
            found["media"] = media
        return found


def _media(value: Any, kind: str | None) -> list[Any]:
    """What stands under a key of media, in our form; what is neither text nor list is left for the check."""
    if value in ABSENT:
        return []
    if isinstance(value, str):
        value = addresses(value)
    said = {"kind": kind} if kind else {}
    if not isinstance(value, list):
        return [value]
    return [said | named(one) if isinstance(one, str) and 0 < len(one) <= LONGEST_HREF else one for one in value]


def _first(values: list[Any]) -> Any:
    """The first value that says something, else the first that is there."""
    there = [value for value in values if value is not None]
    return next((value for value in there if value != ""), there[0])
