"""What every kind of field can do: be a column, a filter, a form control, a sheet cell, an API value, a total.

A kind is a Django field that knows how people read and write it. One function, `parse`, turns what came from a form, a
sheet or the API into a value, so the three can never disagree; one, `show`, turns a value into text.

Migrations hold plain Django columns (`deconstruct` names the Django class): labels, hints and choices can change
without one.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models
from django.db.models import NOT_PROVIDED

from tonggui.register.actor import Actor
from tonggui.register.errors import Invalid


@dataclass
class Reading:
    """The occasion on which values are read: for whom, and what was already looked up (links of a whole sheet)."""

    actor: Actor = field(default_factory=lambda: Actor.system("读入"))
    found: dict[Any, Any] = field(default_factory=dict)


class Kind:
    """The part that all kinds share; each concrete kind is `class X(Kind, models.SomeField)`.

    Declared with a label and, where they differ from the usual: `optional` (may be left empty), `unique`, `hint` (grey
    text under the control), `unit` (after numbers), `default`, `index` (sorted access on large ledgers).
    """

    # How the kind looks and what it offers; templates and the query bar read these.
    control: ClassVar[str] = "text"  # name of the form control
    filter: ClassVar[str] = ""  # "", "text", "choice", "link", "span", "range", "flag"
    numeric: ClassVar[bool] = False  # right-aligned, minus in red
    totals: ClassVar[bool] = False  # summed in the totals row
    facet: ClassVar[bool] = False  # counted in the strip under the query bar
    wide: ClassVar[bool] = False  # takes a whole row of a form
    api_type: ClassVar[Any] = str  # shape of the API value
    empty: ClassVar[Any] = None  # what an optional field holds when left empty
    column_class: ClassVar[str] = ""  # the Django field that migrations name
    column_keys: ClassVar[tuple[str, ...]] = ("max_length",)  # its arguments that shape the column

    def __init__(
        self,
        label: str = "",
        *,
        optional: bool = False,
        unique: bool = False,
        index: bool = False,
        hint: str = "",
        unit: str = "",
        default: Any = NOT_PROVIDED,
        **column: Any,
    ):
        self.label, self.optional, self.hint, self.unit = label, optional, hint, unit
        self.indexed = index
        nullable = optional and self.empty is None
        if optional and default is NOT_PROVIDED and not nullable:
            default = type(self.empty) if isinstance(self.empty, list | dict) else self.empty
        super().__init__(
            verbose_name=label,
            blank=optional,
            null=nullable,
            unique=unique,
            # Indexes of a ledger name the unit too (see `record.py`), so none stands on the column alone.
            db_index=False,
            default=default,
            help_text=hint,
            **column,
        )

    # --- migrations: plain Django columns -----------------------------------------------------------------------

    def deconstruct(self):
        name, _, args, keywords = super().deconstruct()
        keep = {"null", "unique", *self.column_keys}
        plain = {key: value for key, value in keywords.items() if key in keep}
        # The default lets a new column of this kind be added to rows that exist.
        if not self.null and self.empty is not None:
            plain["default"] = type(self.empty) if isinstance(self.empty, list | dict) else self.empty
        return name, f"django.db.models.{self.column_class}", args, plain

    def clone(self):
        _, _, args, keywords = self.deconstruct()
        return getattr(models, self.column_class)(*args, **keywords)

    # --- values -------------------------------------------------------------------------------------------------

    def is_empty(self, value: Any) -> bool:
        return value is None or value == self.empty or value == ""

    def parse(self, raw: Any, reading: Reading | None = None) -> Any:
        """The value that a form, a sheet cell or the API gave; Invalid, in the reader's words, when it is none."""
        if isinstance(raw, str):
            raw = raw.strip()
        if raw is None or raw == "" or raw == []:
            if not self.optional:
                raise Invalid("没有填写。")
            return self.empty
        return self.read(raw, reading or Reading())

    def read(self, raw: Any, reading: Reading) -> Any:
        """A value that is not empty; each kind overrides this."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """The value as a table prints it; the empty string where there is none."""
        return "" if self.is_empty(value) else str(value)

    def dump(self, value: Any) -> Any:
        """The value as history and JSON keep it; `load` is its inverse."""
        return value

    def load(self, data: Any) -> Any:
        return data

    def api(self, value: Any) -> Any:
        """The value as the API gives it."""
        return self.dump(value)

    def cell(self, value: Any) -> Any:
        """The value as an .xlsx cell holds it (text, number, date or None); `parse` reads it back."""
        return self.show(value) or None

    def entry(self, value: Any) -> Any:
        """The value as a form control shows it for editing; `parse` reads it back."""
        return "" if self.is_empty(value) else self.show(value)

    def note(self) -> str:
        """How to fill the field, for the template's note and the API's description."""
        return self.hint

    @property
    def preset(self) -> Any:
        """The value that the declaration gives a field left empty, or None."""
        value = self.get_default() if self.has_default() else None
        return None if self.is_empty(value) else value

    def options(self) -> list[tuple[str, str]]:
        """Value and word of each choice, for kinds that have few."""
        return []

    # --- what one record holds ----------------------------------------------------------------------------------

    def value_of(self, record: Any) -> Any:
        return getattr(record, self.name)

    def set_on(self, record: Any, value: Any) -> None:
        setattr(record, self.name, value)

    def snapshot(self, record: Any) -> Any:
        """What history keeps of this field; reads no related row."""
        return self.dump(self.value_of(record))

    def restore(self, record: Any, data: Any) -> None:
        """Put back what `snapshot` kept."""
        self.set_on(record, None if data is None and self.null else self.load(data))
