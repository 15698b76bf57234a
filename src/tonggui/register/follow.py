"""What follows from a record: a new one in another ledger that already knows what this one knows.

The button leads to the empty form with the carried values in its address, where they can still be changed. So anything
that can write an address (a phone page, a code on a wall) can fill a form in the same way:
`/ledgers/safety.hazard/new/?inspection=JCH202600001&domain=road`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

SELF = "self"
#: The parameter that says from which record a form was opened: `safety.inspection/JCH202600001`.
FROM = "from"


@dataclass(frozen=True)
class FollowUp:
    """A button on a record's page: `FollowUp("safety.hazard", "登记隐患", {"inspection": "self", "domain": "domain"})`.

    `carries`: fields of the new record and the field of this one that fills each; "self" is the record itself,
    "vehicle__enterprise" the record that a linked one links to.
    `fixed`: fields of the new record and the value that each begins with, or a function that gives it.
    `states`: states in which the button stands, separated by spaces; empty: in every one that is not void.
    `again_after`: where only one new record can name this one at a time, the states of that one after which another
    may follow; until then a link to it stands in the button's place.
    """

    ledger: str
    label: str
    carries: dict[str, str] = field(default_factory=dict)
    states: str = ""
    fixed: dict[str, Any] = field(default_factory=dict)
    again_after: str = ""

    @property
    def state_names(self) -> list[str]:
        return self.states.split()

    @property
    def back(self) -> str:
        """The field of the new record that names this one, or ""."""
        return next((name for name, source in self.carries.items() if source == SELF), "")

    def stands_in(self, state: Any) -> bool:
        return state.name in self.state_names if self.states else state.tone != "void"


def buttons(record: Any, actor: Any) -> list[dict[str, str]]:
    """Label, address and picture of each follow-up that the record's state allows and that the actor may enter, and
    of what has followed already where nothing more can."""
    found = []
    for follow in record.ledger.page.follow_ups:
        if not follow.stands_in(record.state_now):
            continue
        if (there := _there(follow, record)) is not None:
            found += _link(there, actor)
        elif (bound := _ledger(follow)).can_create(actor):
            url = f"{bound.url}new/?{urlencode(carried(follow, record))}"
            found.append({"label": follow.label, "url": url, "icon": "plus"})
    return found


def _there(follow: FollowUp, record: Any) -> Any:
    """The one new record that names this one and keeps another from following; None where there is none."""
    if not follow.again_after:
        return None
    naming = _ledger(follow).model._base_manager.filter(**{follow.back: record})
    return naming.exclude(state__in=follow.again_after.split()).order_by("-pk").first()


def _link(there: Any, actor: Any) -> list[dict[str, str]]:
    """The link to what has followed, for whoever may read it."""
    bound = there.ledger
    if not bound.read.allows(actor, there):
        return []
    return [{"label": f"{bound.title} {there.number}", "url": there.url, "icon": "file-text"}]


def _ledger(follow: FollowUp) -> Any:
    from tonggui.register.registry import ledger

    return ledger(follow.ledger)


def carried(follow: FollowUp, record: Any) -> list[tuple[str, str]]:
    """The values as a form's address gives them: what the controls would show; what is empty is not carried."""
    values = [(FROM, f"{record.ledger.key}/{record.number}")]
    for name, source in follow.carries.items():
        kind = record.kinds.get(source)
        entry = _entry(_reached(record, source) if kind is None else kind.value_of(record), kind)
        values += [(name, str(one)) for one in (entry if isinstance(entry, list) else [entry]) if one != ""]
    return values + [(name, str(value() if callable(value) else value)) for name, value in follow.fixed.items()]


def _reached(record: Any, source: str) -> Any:
    """The record itself, or what its links lead to; None where one of them is empty."""
    for link in [] if source == SELF else source.split("__"):
        record = getattr(record, link) if record is not None else None
    return record


def _entry(value: Any, kind: Any) -> Any:
    """A value as its control shows it; a record by the name that people know it by."""
    return value.sheet_name if hasattr(value, "sheet_name") else "" if kind is None else kind.entry(value)


def origin(record: Any, actor: Any) -> dict[str, str] | None:
    """The record from which this one was entered, where the actor may see it: what its page leads back to."""
    from tonggui.register.registry import all_ledgers

    for bound in all_ledgers():
        for follow in bound.page.follow_ups:
            if follow.ledger != record.ledger.key or not follow.back:
                continue
            source = getattr(record, follow.back)
            if source is not None and source.ledger.key == bound.key and bound.read.allows(actor, source):
                return {"title": bound.title, "name": str(source), "url": source.url, "label": follow.label}
    return None


def faults(where: str, follow: FollowUp) -> Iterator[str]:
    """A ledger or state that does not exist, and carried fields that the new form does not ask for."""
    from tonggui.register.checks import unknown
    from tonggui.register.registry import all_ledgers

    ledgers = {bound.key: bound for bound in all_ledgers()}
    yield from unknown(where, [follow.ledger], ledgers)
    if to := ledgers.get(follow.ledger):
        yield from unknown(f"{where}: {follow.ledger}", [*follow.carries, *follow.fixed], to.form_names)
        states = {state.name for state in to.flow.states}
        yield from unknown(f"{where}: again_after", follow.again_after.split(), states)
    if follow.again_after and not follow.back:
        yield f"{where}: again_after needs a field that is filled with self"
