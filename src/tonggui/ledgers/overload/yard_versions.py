"""The lines of a published list of source yards, and what one version changes against another.

A line holds a yard as it stood when the list was drawn up: name, goods, address, tonnage a year, parted by ｜.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

PART = "｜"
HEADS = ("名称", "主要货物", "地址", "年装载量（吨）")
NONE = "无"


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines added, lines removed, and for each yard that stayed but reads otherwise the sentence that says how."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def line_of(yard: Any) -> str:
    """A yard as its line in the list."""
    parts = (yard.name, yard.get_goods_kind_display(), yard.address, f"{yard.yearly_t:,.0f}")
    return PART.join(part.replace(PART, " ") for part in parts)


def rows_of(entries: str) -> list[list[str]]:
    """The lines of a list as rows of a table; a list of an earlier form has names alone."""
    if entries in ("", NONE):
        return []
    rows = [line.split(PART) for line in entries.splitlines()]
    return [row + [""] * (len(HEADS) - len(row)) for row in rows]


def difference(before: str, now: str) -> Difference:
    """What a version changes against the one before it, in the order of the newer list."""
    old, new = ({row[0]: row for row in rows_of(entries)} for entries in (before, now))
    return Difference(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(f"{name}：{said}" for name in new if name in old and (said := _said(old[name], new[name]))),
    )


def _said(old: Iterable[str], new: Iterable[str]) -> str:
    """Only what both versions say can have changed."""
    pairs = zip(HEADS, old, new, strict=True)
    return "；".join(f"{head}由“{was}”改为“{now}”" for head, was, now in pairs if was and was != now)
