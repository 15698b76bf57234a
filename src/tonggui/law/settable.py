"""What a bureau may set for itself: every parameter marked `local`, every reading; how a value is written and read.

Values are typed by people, so they have one plain form: a number, numbers with commas between (22, 6), entries of a
table (一般隐患=15；重大隐患=30), or a word. Identifiers are shown by their words and read by either.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tonggui.base.errors import Problem
from tonggui.law import overrides
from tonggui.law.parameters import Parameter, all_parameters
from tonggui.law.rules import Reading, all_rules


@dataclass(frozen=True)
class Settable:
    """One thing the bureau may set: `code` is how the file of decisions names it, `title` how people do."""

    code: str
    title: str
    unit: str
    basis: str
    note: str
    of: Parameter | Reading

    @property
    def kind(self) -> str:
        return "理解" if isinstance(self.of, Reading) else "数值"

    @property
    def words(self) -> Mapping[Any, str]:
        """What people call the identifiers of its values."""
        return {} if isinstance(self.of, Reading) else self.of.words

    def on(self, day: date) -> Any:
        """The value in force on a day; Problem where the law of that day is not known."""
        return self.of.on(day)

    def basis_on(self, day: date) -> str:
        """Where the value of a day stands: the bureau's decision or the clause."""
        return str(overrides.at(self.code, day) or self.basis)

    def show(self, value: Any) -> str:
        """A value as people read it, with its unit."""
        if isinstance(self.of, Reading):
            return f"{value}（{self.of.choices[value]}）"
        return written(value, self.words) + self.unit

    def parse(self, text: str) -> Any:
        """The value that a text gives, in the shape of the value in force now; Problem says what is expected."""
        text = text.strip()
        if isinstance(self.of, Reading):
            return self.of.chosen({self.of.code: text})
        return _like(list(self.of.values.values())[-1], text, self.words)

    def check(self, text: str) -> None:
        """Problem where a text is no value that can be entered: beyond its shape, what the parameter itself asks."""
        self.parse(text)
        if isinstance(self.of, Parameter) and self.of.check:
            self.of.check(text)


def settable() -> list[Settable]:
    """Everything the bureau may set, parameters first. The statutes must have been imported."""
    found = [
        Settable(one.title, one.title, one.unit, one.source.short, one.note, one)
        for one in all_parameters()
        if one.local
    ]
    readings = {reading.code: reading for rule in all_rules() for reading in rule.readings}
    return found + [
        Settable(code, one.title, "", one.clause.short, _choices(one), one) for code, one in readings.items()
    ]


def find(title: str) -> Settable | None:
    """The one of a title or code, or None."""
    return next((one for one in settable() if title in (one.title, one.code)), None)


def written(value: Any, words: Mapping[Any, str]) -> str:
    """A value in the form that `Settable.parse` reads."""
    if isinstance(value, Mapping):
        return "；".join(f"{words.get(key, key)}={written(one, words)}" for key, one in value.items())
    if isinstance(value, tuple):
        return "，".join(written(one, words) for one in value)
    return f"{value:g}" if isinstance(value, float) else words.get(value, str(value))


def _choices(reading: Reading) -> str:
    return "；".join(f"{code}：{words}" for code, words in reading.choices.items())


def _like(known: Any, text: str, words: Mapping[Any, str]) -> Any:
    if isinstance(known, Mapping):
        pairs = [part.split("=", 1) for part in re.split(r"[；;]", text) if part.strip()]
        codes = {word: str(code) for code, word in words.items()}
        given = {codes.get(pair[0].strip(), pair[0].strip()): pair[-1] for pair in pairs if len(pair) == 2}
        if set(given) != {str(key) for key in known} or len(pairs) != len(known):
            raise Problem("各项应逐一写明", do=f"请写成 {written(known, words)} 这样的形式")
        return {key: _like(one, given[str(key)], words) for key, one in known.items()}
    if isinstance(known, tuple):
        parts = re.split(r"[，,、]", text)
        if len(parts) != len(known):
            raise Problem(f"应为 {len(known)} 个数", do=f"请写成 {written(known, words)} 这样的形式")
        return tuple(_like(one, part, words) for one, part in zip(known, parts, strict=True))
    text = text.strip()
    if isinstance(known, str):
        return next((code for code, word in words.items() if word == text), text)
    return _number(known, text)


def _number(known: Any, text: str) -> Any:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Problem(f"不是数：{text}", do=f"请写成 {written(known, {})} 这样的形式")
    if value < 0:
        raise Problem("不能小于零")
    if isinstance(known, int):
        if not value.is_integer():
            raise Problem(f"应为整数，实为 {text}")
        return int(value)
    return Decimal(text) if isinstance(known, Decimal) else value
