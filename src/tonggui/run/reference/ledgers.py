"""A page for each ledger: its fields, its procedure, who may do what, its sheet and its measures."""

from typing import Any

from tonggui.register import roles
from tonggui.register.registry import all_ledgers
from tonggui.run.reference.tables import table


def pages() -> dict[str, str]:
    return {f"ledgers/{bound.key}.md": page(bound) for bound in all_ledgers()}


def page(bound: Any) -> str:
    """One ledger."""
    lines = [f"# {bound.title} `{bound.key}`", "", bound.doc, "", "## Fields", ""]
    form = bound.form_names
    lines += table(
        ["identifier", "label", "kind", "unit", "required", "filled by", "hint"],
        (
            (
                f"`{name}`",
                kind.label,
                type(kind).__name__,
                kind.unit,
                "" if kind.optional else "yes",
                _filled_by(bound, name, form),
                kind.hint,
            )
            for name, kind in bound.kinds.items()
        ),
    )
    if bound.computed:
        lines += [
            "",
            "Computed columns: " + ", ".join(f"`{c.name}` {c.label}" for c in bound.computed.values()) + ".",
        ]
    lines += ["", "## Procedure", ""]
    lines += table(
        ["state", "label", "counts in figures", "due by"],
        (
            (f"`{s.name}`", s.label, "yes" if s.confirmed else "", f"`{s.due}`" if s.due else "")
            for s in bound.flow.states
        ),
    )
    lines.append("")
    lines += table(
        ["move", "from", "to", "by", "asks for", "rules"],
        (
            (
                move.label,
                "、".join(state.label for state in move.edge.sources),
                move.target.label,
                "、".join(roles.title(part) for part in move.by),
                "、".join(bound.kinds[name].label for name in move.takes),
                _rules(bound, move),
            )
            for move in bound.flow.moves
        ),
    )
    lines += ["", "## Permissions", ""]
    names = {*bound.read.by_role, *bound.write.by_role}
    lines += table(
        ["role", "reads", "writes"],
        (
            (title, _label(bound.read, role), _label(bound.write, role))
            for role, title in roles.ROLES.items()
            if role in names
        ),
    )
    if bound.sheet:
        lines += [
            "",
            f"## Sheet 《{bound.sheet.title}》",
            "",
            "Columns: " + "、".join(_labels(bound, bound.sheet.names)) + ".",
        ]
    if bound.measures:
        lines += ["", "## Measures", ""]
        lines += table(
            ["identifier", "label", "form", "counts on", "unit"],
            (
                (f"`{m.key}`", m.label, type(m).__name__, bound.kinds[m.on].label if m.on else "as it stands", m.unit)
                for m in bound.measures.values()
            ),
        )
    return "\n".join([*lines, ""])


def _filled_by(bound: Any, name: str, form: list[str]) -> str:
    if any(derivation.target == name for derivation in bound.derivations):
        return "derived"
    return "form" if name in form else "system"


def _rules(bound: Any, move: Any) -> str:
    found = []
    if callable(move.needs):
        found.append("needs depend on the record")
    elif move.needs:
        found.append("needs " + "、".join(_labels(bound, move.needs)))
    if move.comment:
        found.append("a reason is given")
    if move.not_same_as:
        found.append("not by who did " + "、".join(bound.flow.move(name).label for name in move.not_same_as))
    if move.check:
        found.append("checked")
    return "; ".join(found)


def _label(permission: Any, role: str) -> str:
    rule = permission.by_role.get(role)
    return rule.label if rule else ""


def _labels(bound: Any, names: Any) -> list[str]:
    return [bound.kinds[name].label for name in names]
