"""How a ledger's sheets are laid out, the same for the template, what is exported and what is read back.

A title line, a line with the units and the date, the heads, then one row a record. A head is the field's label with its
unit behind it; a star marks what a new row must have. The last column, hidden, holds the version that was exported.
"""

import difflib
import re
from dataclasses import dataclass, field
from typing import Any

from tonggui.register.kinds import Kind
from tonggui.register.ledger import Computed

VERSION = "版本（勿改）"
HEAD_ROWS = 12
"""The heads are looked for in so many rows from the top."""


def head(column: Kind | Computed, *, required: bool = False) -> str:
    """`整改资金（元）`, with a star before it where a new row must have it."""
    unit = f"（{column.unit}）" if column.unit else ""
    return f"{'*' if required else ''}{column.label}{unit}"


def normal(text: Any) -> str:
    """A head without star, blanks and what stands in brackets, as heads are compared."""
    return re.sub(r"[（(][^）)]*[）)]$", "", re.sub(r"[\s*＊]", "", str(text or "")))


@dataclass
class Heads:
    """The row of heads that was found: the field of each column, and what is wrong with it."""

    row: int = 0
    fields: dict[int, str] = field(default_factory=dict)
    version_at: int | None = None
    faults: list[str] = field(default_factory=list)


def find_heads(bound: Any, rows: list[tuple[int, list[Any]]]) -> Heads:
    """The heads among the first rows: the row with most labels of the ledger."""
    labels = importable(bound)
    known = labels | {normal(column.label): "" for column in _all_columns(bound) if normal(column.label) not in labels}
    best, best_row, best_hits = 0, None, 0
    for number, cells in rows[:HEAD_ROWS]:
        hits = sum(normal(cell) in labels for cell in cells if cell is not None)
        if hits > best_hits:
            best, best_row, best_hits = number, cells, hits
    if best_row is None:
        some = "、".join(list(dict.fromkeys(labels))[:6])
        return Heads(faults=[f"没有找到表头。前 {HEAD_ROWS} 行里应有一行写着“{some}”等列名，请下载模板对照。"])
    heads = Heads(best)
    for at, cell in enumerate(best_row):
        name = normal(cell)
        if not name:
            continue
        if str(cell).strip() == VERSION:
            heads.version_at = at
        elif name in labels and labels[name] in heads.fields.values():
            heads.faults.append(f"表头第 {at + 1} 列“{cell}”重复了，请只留一列。")
        elif name in labels:
            heads.fields[at] = labels[name]
        elif name not in known:
            near = difflib.get_close_matches(name, labels, 1, 0.4)
            hint = f"是不是“{near[0]}”？" if near else "请删去这一列，或改成模板里的列名。"
            heads.faults.append(f"表头第 {at + 1} 列“{cell}”不认识。{hint}")
    heads.faults += _missing(bound, heads)
    return heads


def importable(bound: Any) -> dict[str, str]:
    """Field by label, for every field a sheet may fill."""
    return {normal(bound.kinds[name].label): name for name in bound.sheet.names}


def required(bound: Any) -> list[str]:
    """Fields of the sheet that a new row must have: not optional, without a default and not derived."""
    derived = {derivation.target for derivation in bound.derivations}
    return [
        name
        for name in bound.sheet.names
        if name != "number"
        and name not in derived
        and not bound.kinds[name].optional
        and bound.kinds[name].preset is None
    ]


def _missing(bound: Any, heads: Heads) -> list[str]:
    """Columns that are lacking. A sheet that can name its rows may bring only what it changes; a new row in it will
    say itself what it lacks."""
    present = set(heads.fields.values())
    keys = {key for key in bound.sheet.keys if key != "number"}
    if len(present) > 1 and ("number" in present or (keys and keys <= present)):
        return []
    lacking = [bound.kinds[name].label for name in required(bound) if name not in present]
    return [f"缺少“{label}”列。请下载模板对照。" for label in lacking]


def _all_columns(bound: Any) -> list[Kind | Computed]:
    return [*bound.kinds.values(), *bound.computed.values()]
