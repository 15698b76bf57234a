"""The page of a ledger, as it is declared: what staff see, may do, import and export.

These classes only hold what the declaration says; `registry.py` binds them to the record's kinds and checks every name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tonggui.register.clocks import Every, Purge, Watch
from tonggui.register.follow import FollowUp
from tonggui.register.handheld import Handheld
from tonggui.register.papers import Paper
from tonggui.register.pictures import Picture
from tonggui.register.scope import Rule


@dataclass(frozen=True)
class Section:
    """A group of fields in the form and on the record page."""

    title: str
    fields: str

    @property
    def names(self) -> list[str]:
        return self.fields.split()


@dataclass(frozen=True)
class Sheet:
    """The sheet that fills a ledger: its title, its columns, and the key by which a row is found again.

    `key` is one or more fields that together name a row (plate and colour); the record's number always does.
    """

    title: str
    key: str = "number"
    columns: str = ""

    @property
    def keys(self) -> list[str]:
        return self.key.split()

    @property
    def names(self) -> list[str]:
        """Columns in order, key first; the number always comes along, so that what is exported can be updated."""
        return list(dict.fromkeys([*self.keys, "number", *self.columns.split()]))


class Ledger:
    """Base of a ledger's `Page`. Names in strings are separated by spaces.

    `title`: the ledger's name. `menu`: the group of the left menu. `columns`, `filters`, `search`: of the list.
    `names`: fields by which people name a record in links and sheets. `form`: sections. `later`: fields of the
    form that begin with their default and are not asked of a new record. `read`, `write`: rules by role or
    group. `imports`, `exports`: of sheets. `sort`: the list's first order. `unit_from`: a link whose unit a new
    record takes. `map`: the Place drawn on the map. `detail`: a template of the ledger's own, drawn on its
    record page between the fields and what proves them. `dossier`: the name of a record's file across all
    ledgers (一车一档), which makes the ledger an identity of the spine. `labels`: fields under the QR code of a
    record's label; a ledger with a Coded field has labels without saying so.

    `watches`, `duties`, `purges`: what it promises about time (`clocks.py`). `papers`: the official forms a record
    fills. `pictures`: the list as a board, matrix, tree, calendar or bars. `follow_ups`: what a record leads to in
    other ledgers. `handheld`: its form on the phone.

    `example`: values of one record, with which the contract suite tries everything; a link is given as None and made
    from the linked ledger's own example.
    """

    title: str = ""
    menu: str = ""
    columns: str = ""
    filters: str = ""
    search: str = "number"
    names: str = ""
    form: list[Section] = []
    later: str = ""
    read: dict[str, Rule] = {}
    write: dict[str, Rule] = {}
    imports: Sheet | None = None
    exports: str = ""
    sort: str = "-number"
    unit_from: str = ""
    map: str = ""
    detail: str = ""
    dossier: str = ""
    labels: str = ""
    watches: tuple[Watch, ...] = ()
    duties: tuple[Every, ...] = ()
    purges: tuple[Purge, ...] = ()
    papers: tuple[Paper, ...] = ()
    pictures: tuple[Picture, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    handheld: Handheld | None = None
    example: dict[str, Any] = {}


@dataclass(frozen=True)
class Derive:
    """A field filled from others; see `derive`."""

    target: str
    inputs: tuple[str, ...]
    always: bool
    function: Callable[[Any], Any]


def derive(*inputs: str, always: bool = False) -> Callable:
    """Fill the field named by the method (`derive_due_on` fills `due_on`) from `inputs`.

    It is filled when empty, and again when an input changes while it still holds what was derived before; a value a
    person has set stays. With `always` it is computed at every writing and nobody can set it.
    """

    def mark(function: Callable) -> Callable:
        function.derives = Derive(function.__name__.removeprefix("derive_"), inputs, always, function)
        return function

    return mark


@dataclass
class Computed:
    """A column that is computed for each row shown and not stored; see `column`."""

    label: str
    function: Callable[[Any], Any]
    unit: str = ""
    name: str = ""
    numeric: bool = field(default=True)

    def value_of(self, record: Any) -> Any:
        return self.function(record)

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)

    def cell(self, value: Any) -> Any:
        return value

    def api(self, value: Any) -> Any:
        return value


def column(label: str, *, unit: str = "", numeric: bool = True) -> Callable:
    """A method of the record as a column of lists and exports; it returns the value of one record, or None."""

    def mark(function: Callable) -> Callable:
        function.computes = Computed(label, function, unit, function.__name__, numeric)
        return function

    return mark
