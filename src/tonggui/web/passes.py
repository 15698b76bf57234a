"""A weighing pass for the eye: what was sent, how it came, and how the law judges it, step by step with its articles.

The steps are told anew from the stored bytes by the protocol and the law that judged them when they came
(`settings.WEIGHING`), so what an officer reads is what the machine did.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from tonggui.base.clock import Micros
from tonggui.law.declare import Article
from tonggui.protocols.weighing import Weighing
from tonggui.protocols.weighing.envelope import unwrap
from tonggui.protocols.weighing.fields import FIELDS, Field
from tonggui.protocols.weighing.protocol import as_columns
from tonggui.protocols.weighing.vendors import ours
from tonggui.statutes import overloading
from tonggui.web.pass_media import Seen, seen

# How a pass came, in the words of who reads it; the intake's note has these names.
CAME = {
    "device": ("登记设备", ""),
    "certificate": ("检定证书号", ""),
    "calibrated_from": ("检定有效期自", ""),
    "calibrated_to": ("检定有效期至", ""),
    "speed_from": ("检定最低车速", "km/h"),
    "speed_to": ("检定最高车速", "km/h"),
    "posted_kg": ("登记的路段限载", "kg"),
    "accuracy": ("准确度等级", "级"),
    "site_kind": ("检测点类别", ""),
}

SHOWN = tuple(field for field in FIELDS if field.name != "media")
"""Fields that are told as text; media are shown."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said of a pass."""

    title: str
    value: str
    unit: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Judgement:
    """What the law makes of a pass: the result in a few items, the steps to it, and what the machine doubts."""

    items: tuple[Item, ...]
    steps: tuple[tuple[str, Article], ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class ShownPass:
    """A pass ready to be shown: `values` as read, and all in words. `judgement` is None where it cannot be judged."""

    values: Mapping[str, Any]
    text: str
    sent: tuple[Item, ...]
    came: tuple[Item, ...]
    faults: tuple[str, ...]
    judgement: Judgement | None
    media: tuple[Seen, ...] = ()


def show_pass(raw: bytes, received_at: Micros, edition: str = "") -> ShownPass | None:
    """The pass of a frame; None where the bytes are not one. Never raises for what `raw` holds.

    It is judged by the readings of the `edition` that judged it when it came, or else by those of its day.
    """
    note, text, item = unwrap(raw)
    if not isinstance(item, dict):
        return None
    weighing: Weighing = import_string(settings.WEIGHING)
    reading = weighing.read(item, received_at)
    given = ours(item)
    return ShownPass(
        values=reading.values,
        text=text,
        sent=tuple(_sent(field, given[field.name]) for field in SHOWN if given.get(field.name) is not None),
        came=tuple(Item(*_titled(name, value)) for name, value in note.items()),
        faults=tuple(map(printable, reading.faults)),
        judgement=None if reading.faults else _judged(weighing, reading.values, note, edition),
        media=seen(reading.key, reading.values.get("media", [])),
    )


def _judged(weighing: Weighing, values: dict[str, Any], note: dict[str, Any], edition: str) -> Judgement:
    columns = as_columns([values], [note])
    readings = overloading.readings_of(edition)
    law = weighing.under_law(columns, readings)
    tolerance = float(law["tolerance_kg"][0])
    excess, fine = float(law["excess_kg"][0]), float(law["fine_yuan"][0])
    outcome = "警告" if law["warning"][0] else f"罚款 {fine:,.2f} 元" if fine else "无" if excess else "未超限"
    doubt = str(weighing.judged([values], [note])["doubt"][0])
    return Judgement(
        items=(
            *([Item("允许误差", words(tolerance), "kg")] if tolerance else []),
            *([Item("扣除误差后总质量", words(float(law["adjusted_kg"][0])), "kg")] if tolerance else []),
            Item("限值", words(float(law["limit_kg"][0])), "kg"),
            Item("超限", words(excess), "kg"),
            Item("超限率", f"{float(law['rate'][0]):.2%}"),
            Item("按规定处理", outcome),
            Item("适用规则版本", edition or str(law["law_edition"][0])),
        ),
        steps=tuple(overloading.trace(law, readings)[0]),
        doubts=tuple(filter(None, doubt.split("；"))),
    )


def _titled(name: str, value: Any) -> tuple[str, str, str]:
    title, unit = CAME.get(name, (name, ""))
    return title, words(value), unit


def _sent(field: Field, value: Any) -> Item:
    shown = words(value)
    return Item(field.title, shown, field.unit, wide=len(shown) > 40)


def words(value: Any) -> str:
    """A value of JSON as people write it: 52,400; 是; 6,500、9,000."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return f"{int(value):,}" if math.isfinite(value) and value == int(value) else f"{value:,}"
    if isinstance(value, list):
        return "、".join(f"（{words(part)}）" if isinstance(part, list) else words(part) for part in value) or "—"
    return printable(json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value))


def printable(text: str) -> str:
    """A text that a page can hold: half a surrogate pair, which has no form in UTF-8, stands as a question mark."""
    return text.encode(errors="replace").decode()
