"""A line before and after its change, figure by figure.

What the line was is kept as words, since the line itself goes on changing: one figure a line, `label：value`.
"""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from tonggui.ledgers.transit.line_change_flow import CHANGED

if TYPE_CHECKING:
    from tonggui.ledgers.transit.line_change import LineChange

NAME = "线路名称"


def as_it_is(line: Any) -> str:
    """The figures of a bus line, or of a coach line as far as it has them, in words."""
    named = [
        (line.kinds[name].label, line.kinds[name].show(getattr(line, name))) for name in CHANGED if name in line.kinds
    ]
    return "\n".join(f"{label}：{value}" for label, value in [(NAME, line.name), *named])


def compare(change: "LineChange") -> list[dict[str, Any]]:
    """Rows of label, was, becomes, by how much, and whether it stays; a figure that is not given stays."""
    from tonggui.ledgers.transit.bus_line import BusLine

    was = dict(row.split("：", 1) for row in change.before.splitlines())
    rows = [(NAME, change.changed_name)]
    rows += [(BusLine.kinds[of].label, change.kinds[by].show(getattr(change, by))) for of, by in CHANGED.items()]
    return [_row(label, was.get(label, ""), new) for label, new in rows]


def _row(label: str, was: str, new: str) -> dict[str, Any]:
    stays = not new or new == was
    return {
        "label": label,
        "was": was,
        "becomes": was if stays else new,
        "by": "" if stays else _difference(was, new),
        "stays": stays,
    }


def _difference(was: str, new: str) -> str:
    """+2, -1.5; nothing for words and times of day."""
    try:
        return f"{Decimal(new.replace(',', '')) - Decimal(was.replace(',', '')):+}"
    except InvalidOperation:
        return ""
