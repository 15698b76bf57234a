"""A page for each message of each protocol: its fields, its items, its examples."""

import inspect

from tonggui.protocols.jt808 import JT808
from tonggui.run.reference.tables import table
from tonggui.wire.declare import Message
from tonggui.wire.groups import Tlv
from tonggui.wire.kinds import Field

EDITIONS = ("2011", "2013", "2019")


def pages() -> dict[str, str]:
    return {f"messages/jt808-{message.id:04x}.md": page(message) for message in JT808.messages.values()}


def page(message: type[Message]) -> str:
    """One message."""
    lines = [f"# {message.title} 0x{message.id:04X}", "", f"Basis: {message.basis_of('2019')}.", ""]
    lines += [inspect.getdoc(message) or "", "", "## Fields", ""]
    head = ["identifier", "title", "kind", "unit", "bytes (2011 / 2013 / 2019)", "reading"]
    lines += table(head, (_row(field) for field in message.fields))
    for field in message.fields:
        if isinstance(field, Tlv) and field.of:
            lines += ["", f"## {field.title}", ""]
            lines += table(
                ["key", "title", "fields", "unit", "reading"],
                (
                    (
                        f"0x{key:02X}",
                        item.title,
                        ", ".join(f"`{part.name}`" for part in item.fields),
                        ", ".join(filter(None, (getattr(part, "unit", "") for part in item.fields))),
                        item.reading,
                    )
                    for key, item in field.of.items()
                ),
            )
    if message.examples:
        lines += ["", "## Examples", ""]
        for example in message.examples:
            lines += [f"{example.title}:", "", "```", f"tonggui explain {example.frame}", "```", ""]
    return "\n".join([*lines, ""]) if lines[-1] else "\n".join(lines)


def _row(field: Field) -> tuple[object, ...]:
    return (
        f"`{field.name}`",
        field.title,
        type(field).__name__,
        getattr(field, "unit", ""),
        " / ".join(_width(field, edition) for edition in EDITIONS),
        getattr(field, "reading", ""),
    )


def _width(field: Field, edition: str) -> str:
    if not field.stands_in(edition):
        return "–"
    width = field.resolved(edition).width(edition)
    return "n" if width is None else str(width)
