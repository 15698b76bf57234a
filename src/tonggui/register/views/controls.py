"""Controls of a form: each kind as something to fill in, with its value, its unit, its hint and its fault."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.holding import check_held
from tonggui.register.kinds import Choices, Flag, Kind, Link
from tonggui.register.kinds.files import Files
from tonggui.register.models import Attachment

#: `type` of the <input> for kinds that browsers know a picker for.
INPUT_TYPES = {"day": "date", "moment": "datetime-local", "month": "month"}


@dataclass(slots=True)
class Control:
    """One field of a form as the template draws it."""

    name: str
    label: str
    kind: str
    value: Any
    required: bool
    unit: str = ""
    hint: str = ""
    error: str = ""
    wide: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    accept: str = ""

    @property
    def input_type(self) -> str:
        return INPUT_TYPES.get(self.kind, "text")

    @property
    def described(self) -> SafeString:
        """Where the fault and the hint of the field stand, and whether it is wrong."""
        parts = ((f"field-{self.name}-{part}", words) for part, words in (("error", self.error), ("hint", self.hint)))
        told = " ".join(place for place, words in parts if words)
        found = [("aria-describedby", told)] if told else []
        found += [("aria-invalid", "true")] if self.error else []
        return format_html_join("", ' {}="{}"', found)

    @property
    def attributes(self) -> SafeString:
        """Attributes that depend on the field: required, described by, keyboard of a phone."""
        found = [("required", "required")] if self.required and self.kind != "files" else []
        found += [("inputmode", "decimal")] if self.kind == "number" else []
        return format_html_join("", ' {}="{}"', found) + self.described


def control(kind: Kind, raw: Any, *, error: str = "", required: bool | None = None) -> Control:
    """The control of a kind holding what was typed or stored (`raw` is already in the form of an entry)."""
    return Control(
        name=kind.name,
        label=kind.label,
        kind=kind.control,
        value="" if raw is None else raw,
        required=(not kind.optional and not isinstance(kind, Flag)) if required is None else required,
        unit=kind.unit,
        hint=_hint(kind),
        error=error,
        wide=kind.wide or kind.control == "files",
        options=kind.options(),
        files=_files(raw) if isinstance(kind, Files) else [],
        accept=",".join(f".{one}" for one in getattr(kind, "types", ())),
    )


def _hint(kind: Kind) -> str:
    """What the declaration says; what the picker itself makes plain is left out."""
    plain = ("choice", "choices", "flag", "day", "moment", "month", "text", "longtext", "number", "files")
    return kind.hint if kind.control in plain else kind.note()


def _files(raw: Any) -> list[Attachment]:
    wanted = [
        int(pk)
        for pk in (raw if isinstance(raw, list) else str(raw or "").split(","))
        if re.fullmatch("[0-9]{1,18}", str(pk))
    ]
    return list(Attachment.objects.filter(pk__in=wanted).order_by("pk"))


def entry_of(kind: Kind, record: Any) -> Any:
    """What a control shows of a stored value."""
    value = kind.value_of(record)
    if isinstance(kind, Link):
        return "" if value is None else value.sheet_name
    return kind.entry(value)


def first_entry(kind: Kind) -> Any:
    """What the control of a new record shows: the declared default, or nothing."""
    has_default = getattr(kind, "has_default", lambda: False)
    return kind.entry(kind.get_default()) if has_default() else ""


def typed(request: HttpRequest, kinds: Iterable[Kind], actor: Actor, ledger: Any, record: Any = None) -> dict[str, Any]:
    """Raw values of the posted form, by field; new files are kept and stand as ids.

    Refused when a file is of a type that its field does not take, or not the writer's to give.
    """
    values: dict[str, Any] = {}
    for kind in kinds:
        if isinstance(kind, Files):
            held = [int(pk) for pk in request.POST.getlist(kind.name) if re.fullmatch("[0-9]{1,18}", pk)]
            new = request.FILES.getlist(f"{kind.name}__new")
            values[kind.name] = [*held, *(keep(file, ledger, actor, kind.types).pk for file in new)]
        elif isinstance(kind, Choices):
            values[kind.name] = request.POST.getlist(kind.name)
        else:
            values[kind.name] = request.POST.get(kind.name, "")
    check_held(ledger, record, actor, values)
    return values
