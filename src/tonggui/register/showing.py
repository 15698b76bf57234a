"""All that a declaration gives, as lines of text: `tonggui show ledger safety.hazard`."""

from collections.abc import Iterator
from typing import Any

from tonggui.register import roles
from tonggui.register.kinds import Kind
from tonggui.register.scope import Permission
from tonggui.register.sheets.layout import head, required


def ledger_lines(bound: Any) -> Iterator[str]:
    """The ledger's columns, filters, permissions, moves, sheet, measures and addresses."""
    yield f"{bound.key}  {bound.title}  ({bound.menu})"
    yield f"  {bound.doc.splitlines()[0]}"
    yield from _part("fields", (_field(kind) for kind in bound.kinds.values()))
    yield from _part("list", [f"columns   {_labels(bound.columns)}", *_list_lines(bound)])
    yield from _part("form", (f"{s.title}：{_labels(bound.kinds[name] for name in s.names)}" for s in bound.form))
    yield from _part("permissions", [*_rules("read", bound.read), *_rules("write", bound.write)])
    yield from _part("states", (_state(state) for state in bound.flow.states))
    yield from _part("moves", (_move(move) for move in bound.flow.moves))
    yield from _part("sheet", _sheet(bound))
    yield from _part("measures", (_measure(name, measure) for name, measure in bound.measures.items()))
    yield from _part("addresses", _addresses(bound))


def _part(title: str, lines: Any) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


def _labels(columns: Any) -> str:
    return "、".join(column.label for column in columns)


def _field(kind: Kind) -> str:
    marks = [
        "optional" if kind.optional else "",
        "unique" if kind.unique else "",
        f"unit {kind.unit}" if kind.unit else "",
        " | ".join(word for _, word in kind.options()),
    ]
    return f"{kind.name:<18}{type(kind).__name__:<12}{kind.label}  {'; '.join(mark for mark in marks if mark)}".rstrip()


def _list_lines(bound: Any) -> Iterator[str]:
    yield f"filters   {_labels(filter_.kind for filter_ in bound.filters)}"
    yield f"search    {bound.page.search}"
    yield f"order     {bound.page.sort}"


def _rules(side: str, permission: Permission) -> Iterator[str]:
    for role, rule in permission.by_role.items():
        yield f"{side:<7}{roles.title(role):<12}{rule.label}"


def _state(state: Any) -> str:
    marks = ["start"] * state.start + ["final"] * state.final + ["counts"] * state.confirmed
    return f"{state.name:<14}{state.label}  {' '.join(marks)}{f' due {state.due}' if state.due else ''}".rstrip()


def _move(move: Any) -> str:
    sources = "、".join(state.label for state in move.edge.sources)
    who = "、".join(roles.title(part) for part in move.by)
    needs = "by the record" if callable(move.needs) else " ".join(move.needs)
    marks = [
        f"needs {needs}" if needs else "",
        "comment" if move.comment else "",
        f"not the person of {' '.join(move.not_same_as)}" if move.not_same_as else "",
    ]
    return f"{move.label}：{sources} → {move.target.label}  by {who}  {'; '.join(m for m in marks if m)}".rstrip()


def _sheet(bound: Any) -> Iterator[str]:
    if bound.sheet is None:
        return
    must = required(bound)
    yield f"{bound.sheet.title}, rows found by {' + '.join(bound.sheet.keys)}"
    yield "、".join(head(bound.kinds[name], required=name in must) for name in bound.sheet.names)


def _measure(name: str, measure: Any) -> str:
    on = f"on {measure.on}" if measure.on else "as it stands"
    counts = "confirmed rows" if measure.confirmed else "rows in every state"
    return f"{name:<18}{type(measure).__name__:<7}{measure.label}  {on}, {counts}"


def _addresses(bound: Any) -> Iterator[str]:
    yield f"page      {bound.url}"
    yield f"API       /api/ledgers/{bound.key}/"
    yield f"export    {bound.url}export.xlsx"
    if bound.sheet is not None:
        yield f"import    {bound.url}import/"
