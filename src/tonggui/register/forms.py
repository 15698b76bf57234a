"""Forms of a ledger: one control for each field, read by the same `parse` that reads sheets and the API.

Fields are checked when the form is; rules across fields and permissions when the ledger writes. `add_refusal` brings
what the ledger refused back to its field.
"""

from typing import Any

from django import forms

from tonggui.register.actor import Actor
from tonggui.register.errors import Invalid, InvalidValues, Refused
from tonggui.register.kinds import Flag, Kind, Reading
from tonggui.register.ledger import Section

_WIDGETS: dict[str, Any] = {
    "text": forms.TextInput,
    "number": lambda: forms.TextInput(attrs={"inputmode": "decimal"}),
    "longtext": lambda: forms.Textarea(attrs={"rows": 3}),
    "day": lambda: forms.DateInput(attrs={"type": "date"}),
    "month": lambda: forms.DateInput(attrs={"type": "month"}),
    "moment": lambda: forms.DateTimeInput(attrs={"type": "datetime-local"}),
    "link": forms.TextInput,
    "place": forms.TextInput,
    "area": lambda: forms.Textarea(attrs={"rows": 3}),
    "files": forms.HiddenInput,
    "state": forms.TextInput,
}


class KindField(forms.Field):
    """The control of one kind. `kind` is at hand for templates: `.kind.control`, `.kind.unit`, `.kind.wide`."""

    def __init__(self, kind: Kind, reading: Reading, *, required: bool | None = None):
        self.kind, self.reading = kind, reading
        wanted = not kind.optional if required is None else required
        super().__init__(required=wanted, label=kind.label, help_text=kind.note(), widget=self._widget(kind, wanted))

    @staticmethod
    def _widget(kind: Kind, wanted: bool) -> forms.Widget:
        if kind.control in ("choice", "flag"):
            empty = [] if isinstance(kind, Flag) and not kind.optional else [("", "请选择" if wanted else "")]
            return forms.Select(choices=[*empty, *kind.options()])
        return _WIDGETS[kind.control]()

    def clean(self, value: Any) -> Any:
        """The raw value, once it is known to parse: the ledger parses it again when it writes."""
        try:
            parsed = self.kind.parse(value, self.reading)
            if self.required and self.kind.is_empty(parsed) and self.kind.name != "number":
                raise Invalid("没有填写。")
        except Invalid as problem:
            raise forms.ValidationError(f"“{self.kind.label}”{problem}") from None
        return value


class RecordForm(forms.Form):
    """The form of a new or an existing record, or of one move (then only the fields it takes and needs)."""

    def __init__(
        self, bound: Any, actor: Actor, data: Any = None, *, record: Any = None, names: list[str] | None = None
    ):
        self.ledger, self.record = bound, record
        initial = {}
        self.names = [name for name in (names or bound.form_names) if not (name == "number" and record is not None)]
        reading = Reading(actor)
        derived = {derivation.target for derivation in bound.model.derivations}
        always = {derivation.target for derivation in bound.model.derivations if derivation.always}
        fields = {}
        for name in self.names:
            kind = bound.kinds[name]
            required = False if name in derived and names is None else True if names else None
            fields[name] = KindField(kind, reading, required=required)
            fields[name].disabled = name in always
            initial[name] = kind.entry(kind.value_of(record)) if record is not None else _first_entry(kind)
        super().__init__(data, initial=initial)
        self.fields.update(fields)

    def sections(self) -> list[tuple[Section, list[forms.BoundField]]]:
        """Sections of the page with their bound fields; a move's form has one, without a title."""
        if set(self.names) - set(self.ledger.form_names):
            return [(Section("", " ".join(self.names)), [self[name] for name in self.names])]
        found = [(section, [self[n] for n in section.names if n in self.fields]) for section in self.ledger.form]
        return [(section, fields) for section, fields in found if fields]

    def values(self) -> dict[str, Any]:
        """Raw values for `ledger.create`, `change` or `perform`."""
        return {name: value for name, value in self.cleaned_data.items() if not self.fields[name].disabled}

    def changed_values(self) -> dict[str, Any]:
        """Raw values of fields that a person changed."""
        return {name: value for name, value in self.values().items() if name in self.changed_data}

    def add_refusal(self, problem: Refused) -> None:
        """Show what the ledger refused: at its field where it has one, else above the form."""
        if not isinstance(problem, InvalidValues):
            self.add_error(None, str(problem))
            return
        for name, sentence in problem.errors.items():
            self.add_error(name if name in self.fields else None, sentence)


def _first_entry(kind: Kind) -> Any:
    return kind.entry(kind.get_default()) if getattr(kind, "has_default", lambda: False)() else ""
