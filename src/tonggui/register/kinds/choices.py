"""Kinds that pick from what exists: Choice, Choices, Flag, Link and the record's State."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from tonggui.register.errors import Invalid
from tonggui.register.kinds.base import Kind, Reading
from tonggui.register.kinds.text import as_text

# 苏E12345（CL000123）: how a sheet names a linked record whose name alone may not be unique.
_NUMBER_BEHIND = re.compile(r"（([^（）]+)）$")


#: What a choice may be declared by.
Of = type[models.TextChoices] | Callable[[], list[tuple[str, str]]]
#: So many words of a choice a message names; nobody reads more.
MOST_NAMED = 30


class Choice(Kind, models.CharField):
    """One of a few named values, declared as `TextChoices`; sheets and people use the words, storage the codes.

    Where the values are known only when everything is loaded (every ledger, every local parameter), a function gives
    their pairs of code and word; `max_length` is then the room for a code.
    """

    control, filter, facet, empty, column_class = "choice", "choice", True, "", "CharField"

    def __init__(self, of: Of, label: str = "", *, max_length: int = 32, **options: Any):
        self.of = of
        longest = max(map(len, of.values), default=1) if isinstance(of, type) else max_length
        super().__init__(label, max_length=max(max_length, longest), **options)

    def contribute_to_class(self, cls: type, name: str, **options: Any) -> None:
        super().contribute_to_class(cls, name, **options)
        setattr(cls, f"get_{name}_display", lambda record: self.show(self.value_of(record)))

    def read(self, raw: Any, reading: Reading) -> str:
        text = as_text(raw)
        for value, word in self.options():
            if text in (value, word):
                return value
        words = [word for _, word in self.options()]
        some = "、".join(words[:MOST_NAMED])
        more = f"……共 {len(words)} 项" if len(words) > MOST_NAMED else ""
        raise Invalid(f"没有“{text}”这一项。可填：{some}{more}。")

    def options(self) -> list[tuple[str, str]]:
        pairs = self.of.choices if isinstance(self.of, type) else self.of()
        return [(value, str(word)) for value, word in pairs]

    def show(self, value: Any) -> str:
        return dict(self.options()).get(value, value or "")

    def dump(self, value: Any) -> Any:
        return str(value) if value else ""

    def load(self, data: Any) -> Any:
        return data or ""

    def entry(self, value: Any) -> Any:
        return str(value or "")

    def note(self) -> str:
        return self.hint or "可填：" + "、".join(word for _, word in self.options())


class Choices(Kind, models.CharField):
    """Several of a few named values, in the order of their declaration.

    Kept as `,police,water,` in one text column, so that "has this one" is one comparison on every database and on the
    ledger's past alike.
    """

    control, filter, empty, column_class, api_type = "choices", "choices", "", "CharField", list[str]
    _BETWEEN = re.compile(r"[,，、;；\s]+")

    def __init__(self, of: type[models.TextChoices], label: str = "", **options: Any):
        self.of = of
        room = sum(len(value) + 1 for value in of.values) + 1
        super().__init__(label, max_length=max(200, room), **options)

    @staticmethod
    def stored(values: Iterable[str]) -> str:
        """The column's text for some codes."""
        return "".join(f",{value}" for value in values) + "," if values else ""

    @staticmethod
    def codes(value: Any) -> list[str]:
        """The codes in the column's text."""
        return [code for code in str(value or "").split(",") if code]

    def read(self, raw: Any, reading: Reading) -> str:
        parts = raw if isinstance(raw, list | tuple) else self._BETWEEN.split(as_text(raw))
        given = [as_text(part) for part in parts if as_text(part)]
        options = self.options()
        known = {name: value for value, word in options for name in (value, word)}
        if strange := [part for part in given if part not in known]:
            words = "、".join(word for _, word in options)
            raise Invalid(f"没有“{strange[0]}”这一项。可填：{words}，多项以顿号分开。")
        chosen = {known[part] for part in given}
        return self.stored([value for value, _ in options if value in chosen])

    def options(self) -> list[tuple[str, str]]:
        return [(value, str(word)) for value, word in self.of.choices]

    def show(self, value: Any) -> str:
        words = dict(self.options())
        return "、".join(words.get(code, code) for code in self.codes(value))

    def dump(self, value: Any) -> Any:
        return str(value or "")

    def load(self, data: Any) -> Any:
        return data or ""

    def api(self, value: Any) -> Any:
        return self.codes(value)

    def entry(self, value: Any) -> Any:
        return self.codes(value)

    def note(self) -> str:
        return self.hint or "可填：" + "、".join(word for _, word in self.options()) + "，多项以顿号分开"


class Status(Choice):
    """The state of a record in its workflow; only moves change it."""

    control = "state"

    def __init__(self, label: str = "状态", **options: Any):
        Kind.__init__(self, label, max_length=32, index=True, **options)
        self.flow = None

    def options(self) -> list[tuple[str, str]]:
        return [(state.name, state.label) for state in self.flow.states] if self.flow else []


class Flag(Kind, models.BooleanField):
    """Yes or no; an empty cell reads no unless the flag is optional, where it stays unknown."""

    control, filter, facet, api_type, column_class = "flag", "flag", True, bool, "BooleanField"
    YES, NO = ("是", "有", "1", "true", "on", "yes", "√"), ("否", "无", "0", "false", "off", "no", "×")

    def __init__(self, label: str = "", *, optional: bool = False, default: Any = None, **options: Any):
        super().__init__(label, optional=optional, default=default if optional else bool(default), **options)

    def deconstruct(self):
        name, path, args, keywords = super().deconstruct()
        return name, path, args, keywords | ({} if self.null else {"default": False})

    def is_empty(self, value: Any) -> bool:
        return value is None

    def parse(self, raw: Any, reading: Reading | None = None) -> bool | None:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None if self.optional else False
        return self.read(raw, reading or Reading())

    def read(self, raw: Any, reading: Reading) -> bool:
        text = as_text(raw).lower()
        if text in self.YES:
            return True
        if text in self.NO:
            return False
        raise Invalid(f"请填“是”或“否”，不能填“{text}”。")

    def options(self) -> list[tuple[str, str]]:
        return [("true", "是"), ("false", "否")]

    def show(self, value: Any) -> str:
        return "" if value is None else "是" if value else "否"

    def entry(self, value: Any) -> Any:
        return "" if value is None else "true" if value else "false"

    def note(self) -> str:
        return self.hint or "是 或 否"


class Link(Kind, models.ForeignKey):
    """Another record, named "domain.Model". People name it by its number or its name; storage keeps its id."""

    control, filter, column_class = "link", "link", "ForeignKey"

    def __init__(self, to: str, label: str = "", **options: Any):
        super().__init__(label, to=to, on_delete=models.PROTECT, related_name="+", **{"index": True, **options})

    def deconstruct(self):
        name, _, args, keywords = models.ForeignKey.deconstruct(self)
        plain = {key: value for key, value in keywords.items() if key in ("to", "on_delete", "null", "db_index")}
        return name, "django.db.models.ForeignKey", args, plain | {"related_name": "+"}

    @property
    def names(self) -> list[str]:
        """Fields of the linked ledger by which people name its records; its number is always one."""
        return list(dict.fromkeys(("number", *self.related_model.ledger.names)))

    def read(self, raw: Any, reading: Reading) -> Any:
        if isinstance(raw, self.related_model):
            return raw
        if isinstance(raw, dict):
            raw = as_text(raw.get("number") or "")
        text = as_text(raw)
        self.look_up([raw], reading)
        found = reading.found[self.related_model, text]
        if not found:
            raise Invalid(f"不存在：{text}。请填{self.related_model.ledger.title}中的编号或全称，或先新增。")
        if len(found) > 1:
            raise Invalid(f"不明确：有 {len(found)} 个“{text}”。请改填编号。")
        return found[0]

    def look_up(self, raws: Iterable[Any], reading: Reading) -> None:
        """Find the records that texts name, all in a few queries, and keep them in the reading.

        A number wins over a name, and the whole text over a number in brackets behind it; a name that several records
        have keeps them all.
        """
        model = self.related_model
        asked = {as_text(raw) for raw in raws if raw is not None and not isinstance(raw, model | dict)}
        wanted = sorted(text for text in asked if (model, text) not in reading.found)
        for first in range(0, len(wanted), 500):
            chunk = wanted[first : first + 500]
            found: dict[str, list[Any]] = {text: [] for text in chunk}
            rows = model.objects.visible_to(reading.actor).select_related("unit")
            for name in self.names:
                open_texts = [text for text in chunk if not found[text]]
                for record in rows.filter(**{f"{name}__in": open_texts}) if open_texts else ():
                    found[getattr(record, name)].append(record)
            behind = {text: match[1] for text in chunk if not found[text] and (match := _NUMBER_BEHIND.search(text))}
            numbered = {record.number: record for record in rows.filter(number__in=behind.values())} if behind else {}
            found.update({text: [numbered[number]] for text, number in behind.items() if number in numbered})
            reading.found.update({(model, text): records for text, records in found.items()})

    def show(self, value: Any) -> str:
        return value.short_name if value is not None else ""

    def snapshot(self, record: Any) -> Any:
        return getattr(record, self.attname)

    def restore(self, record: Any, data: Any) -> None:
        setattr(record, self.attname, data)

    def dump(self, value: Any) -> Any:
        return None if value is None else value.pk

    def api(self, value: Any) -> Any:
        return None if value is None else {"number": value.number, "name": value.short_name}

    def cell(self, value: Any) -> Any:
        """The name where it is unique, else with the number behind it, so that the sheet can be read back."""
        return None if value is None else value.sheet_name

    def entry(self, value: Any) -> Any:
        return "" if value is None else value.number

    def note(self) -> str:
        return self.hint or f"{self.related_model.ledger.title}中的编号或名称"
