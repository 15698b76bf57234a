"""All ledgers, bound: the page of each, joined to the kinds of its record, with every name checked.

`ledger("safety.hazard")` gives a `BoundLedger`, through which views, API, sheets, measures and commands read and write.
"""

import difflib
import inspect
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from tonggui.register import roles as role_names
from tonggui.register.actor import Actor
from tonggui.register.errors import DeclarationError, Missing
from tonggui.register.kinds import Kind, Link, Place
from tonggui.register.ledger import Computed, Derive, Section, Sheet
from tonggui.register.measures import Measure
from tonggui.register.scope import Permission, Rule
from tonggui.register.workflow import Move, Procedure

_declared: dict[str, "BoundLedger"] = {}


def declare(model: Any, parts: Any) -> None:
    """A record class has been made of its parts; it becomes a ledger when its app is ready."""
    bound = BoundLedger(model, parts)
    model.ledger = bound
    _declared[bound.key] = bound


def bind(domain: str) -> None:
    """Check every ledger of a domain; DeclarationError names all faults at once."""
    from tonggui.register.checks import unknown

    bounds = [bound for bound in _declared.values() if bound.domain == domain]
    faults = [fault for bound in bounds for fault in bound.faults()]
    named = apps.get_app_config(domain).ledgers.split()
    faults += unknown(f"{domain}/apps.py: ledgers", named, [bound.key.partition(".")[2] for bound in bounds])
    if faults:
        raise DeclarationError("\n".join(faults))


def ledger(key: str) -> "BoundLedger":
    """The ledger of a key such as `safety.hazard`; Missing when there is none."""
    if key not in _declared:
        near = difflib.get_close_matches(key, _declared, 1)
        raise Missing(f"没有台账“{key}”。" + (f"是不是“{near[0]}”？" if near else ""))
    return _declared[key]


def all_ledgers() -> list["BoundLedger"]:
    """Every ledger, in the order of the menu."""
    return sorted(_declared.values(), key=lambda bound: (bound.order, bound.key))


def ledgers_of(model: Any) -> list[tuple["BoundLedger", Link]]:
    """Ledgers that link to a model, each with its link: the 关联 tab."""
    found = []
    for bound in all_ledgers():
        for kind in bound.kinds.values():
            if isinstance(kind, Link) and kind.related_model is model and kind.name != "unit":
                found.append((bound, kind))
    return found


class BoundLedger:
    """One ledger, ready for use. Reading goes through `query(actor)`, writing through `create`, `change`, `perform`."""

    def __init__(self, model: Any, parts: Any):
        self.model = model
        self.kinds: dict[str, Kind] = parts.kinds
        self.derivations: list[Derive] = parts.derivations
        self.computed: dict[str, Computed] = parts.computed
        self.measures: dict[str, Measure] = parts.measures
        self.domain: str = model._meta.app_label
        self.key = f"{self.domain}.{model._meta.model_name}"
        self.page = model.Page
        self.read = Permission(_by_role(self.page.read))
        self.write = Permission(_by_role(self.page.write))

    def __str__(self) -> str:
        return self.key

    def __repr__(self) -> str:
        return f"<ledger {self.key}>"

    # --- what the declaration says ------------------------------------------------------------------------------

    @property
    def app(self) -> Any:
        return apps.get_app_config(self.domain)

    @property
    def order(self) -> tuple[int, int]:
        """The place of its domain in the menu, and its own within the domain."""
        named = getattr(self.app, "ledgers", "").split()
        name = self.key.partition(".")[2]
        return getattr(self.app, "order", 100), named.index(name) if name in named else len(named)

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def menu(self) -> str:
        return self.page.menu or str(self.app.verbose_name)

    @property
    def doc(self) -> str:
        """What the ledger is and on what basis: the docstring of its file."""
        return inspect.getdoc(inspect.getmodule(self.model)) or ""

    @property
    def flow(self) -> Procedure:
        return self.model.Flow.procedure

    @property
    def names(self) -> list[str]:
        """Fields by which people name a record, best first."""
        return self.page.names.split()

    @property
    def url(self) -> str:
        return f"/ledgers/{self.key}/"

    def column(self, name: str) -> Kind | Computed:
        return self.computed.get(name) or self.kinds[name]

    @cached_property
    def columns(self) -> list[Kind | Computed]:
        """Columns of the list, in order; each has `name`, `label`, `value_of(record)`, `show(value)`, `numeric`."""
        return [self.column(name) for name in self.page.columns.split()]

    @cached_property
    def export_columns(self) -> list[Kind | Computed]:
        return [self.column(name) for name in (self.page.exports or self.page.columns).split()]

    @cached_property
    def filters(self) -> list[Any]:
        """Filters of the query bar, in order (see `filters.py`)."""
        from tonggui.register.filters import filter_of

        return [filter_of(self, name) for name in self.page.filters.split()]

    @property
    def search(self) -> list[str]:
        return self.page.search.split()

    @property
    def form(self) -> list[Section]:
        return self.page.form

    @cached_property
    def form_names(self) -> list[str]:
        """Fields that people may fill in, in the order of the form."""
        return list(dict.fromkeys(name for section in self.form for name in section.names))

    @property
    def sheet(self) -> Sheet | None:
        return self.page.imports

    @property
    def place(self) -> Place | None:
        """The point that puts records on the map, where the ledger has one."""
        names = [self.page.map] if self.page.map else [n for n, k in self.kinds.items() if isinstance(k, Place)]
        return self.kinds[names[0]] if names else None  # type: ignore[return-value]

    @cached_property
    def links(self) -> list[str]:
        """Links that lists and exports show, joined in their one query."""
        shown = {*self.page.columns.split(), *(self.page.exports or "").split()}
        shown.add("unit")
        return [name for name, kind in self.kinds.items() if isinstance(kind, Link) and name in shown]

    # --- reading ------------------------------------------------------------------------------------------------

    def query(self, actor: Actor) -> QuerySet:
        """The rows that the actor may see."""
        return self.model.objects.visible_to(actor)

    def as_of(self, when: date | datetime, actor: Actor) -> QuerySet:
        """The rows as they stood at the end of a day (or at a moment), with the ledger's own field names.

        A queryset over the history; filters and measures of the ledger run on it unchanged.
        """
        from tonggui.register.history import ledger_as_of

        return ledger_as_of(self, when, actor)

    def get(self, number: str, actor: Actor) -> Any:
        """The record of a number, with its links; Missing when there is none that the actor may see."""
        links = [name for name, kind in self.kinds.items() if isinstance(kind, Link)]
        record = self.query(actor).select_related(*links).filter(number=number).first()
        if record is None:
            raise Missing(f"{self.title}里没有编号为“{number}”的行，或者您无权查看。")
        return record

    # --- permissions --------------------------------------------------------------------------------------------

    def can_read(self, actor: Actor) -> bool:
        """Whether the actor may open the ledger at all."""
        return actor.is_system or bool(self.read.rules(actor))

    def can_create(self, actor: Actor) -> bool:
        return actor.is_system or bool(self.write.rules(actor))

    def can_change(self, record: Any, actor: Actor) -> bool:
        """Whether the record may be edited now by this actor (confirmed rows: with a reason)."""
        return not self.change_refusal(record, actor)

    def change_refusal(self, record: Any, actor: Actor) -> str:
        """Why the record may not be edited now, or the empty string."""
        from tonggui.register.editing import change_refusal

        return change_refusal(record, actor)

    def moves_for(self, record: Any, actor: Actor) -> list[Move]:
        """Moves that lead on from the record's state and that the actor's roles may take."""
        from tonggui.register.moves import moves_for

        return moves_for(record, actor)

    # --- writing ------------------------------------------------------------------------------------------------

    def create(self, actor: Actor, values: dict[str, Any], why: str = "") -> Any:
        """Write a new record from raw values (form, API); InvalidValues names every field that does not fit."""
        from tonggui.register.editing import create

        return create(self, actor, values, why)

    def change(
        self, record: Any, actor: Actor, values: dict[str, Any], why: str = "", version: int | None = None
    ) -> Any:
        """Change fields of a record from raw values; a confirmed row needs `why`. Conflict when `version` is old."""
        from tonggui.register.editing import change

        return change(self, record, actor, values, why, version)

    def perform(
        self, record: Any, move: str, actor: Actor, comment: str = "", values: dict[str, Any] | None = None
    ) -> Any:
        """Take a move; Refused says in the reader's words why it cannot be taken."""
        from tonggui.register.moves import perform

        return perform(record, move, actor, comment, values)

    def unit_for(self, record: Any, actor: Actor) -> Any:
        """The unit a new record belongs to: of the link `unit_from`, of the actor, or of the actor's enterprise."""
        linked = getattr(record, self.page.unit_from) if self.page.unit_from else None
        if linked is not None and linked.unit is not None:
            return linked.unit
        return actor.unit or (actor.enterprise.unit if actor.enterprise else None)

    def example(self, **values: Any) -> Any:
        """A new record written from the declared example, with whatever it links to."""
        from tonggui.register.examples import make_example

        return make_example(self, **values)

    # --- checking -----------------------------------------------------------------------------------------------

    def faults(self) -> list[str]:
        """Every name in the declaration that stands for nothing, in the file's own words."""
        from tonggui.register.checks import faults

        return list(faults(self))

    @property
    def file(self) -> str:
        """`ledgers/safety/hazard.py`: how messages name the declaration."""
        path = Path(inspect.getfile(self.model))
        return "/".join(path.parts[-3:])


def _by_role(declared: dict[str, Rule]) -> dict[str, Rule]:
    """Rules by single role; a role named itself wins over its group. Unknown names stay, for the check to report."""
    found: dict[str, Rule] = {}
    for name, rule in declared.items():
        if name in role_names.GROUPS:
            found.update({role: rule for role in role_names.members(name) if role not in declared})
        else:
            found[name] = rule
    return found
