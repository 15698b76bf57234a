"""Markdown tables."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table's lines; bars and line ends inside cells are made harmless."""
    found = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return found + [f"| {' | '.join(cell(value) for value in row)} |" for row in rows]


def cell(value: object) -> str:
    return ("" if value is None else str(value)).replace("|", "\\|").replace("\n", " ")
