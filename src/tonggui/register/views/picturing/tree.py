"""树: records below one another by a link of the ledger to itself."""

from collections import defaultdict
from typing import Any

from tonggui.register.pictures import Tree
from tonggui.register.query import ListQuery
from tonggui.register.views.address import Address
from tonggui.register.views.cells import state_badges
from tonggui.register.views.picturing.common import cut, page_of

#: Records of one tree, and from how many on it is shown folded below its first level.
NODES, FOLDED_FROM = 2000, 40


def draw_tree(picture: Tree, asked: ListQuery, address: Address) -> dict[str, Any]:
    records = asked.read(list(asked.ordered().values_list("pk", flat=True)[:NODES]))
    above = {record.pk: getattr(record, f"{picture.parent}_id") for record in records}
    below: dict[Any, list[Any]] = defaultdict(list)
    for record in records:
        below[_parent(record.pk, above)].append(record)
    notes = [asked.ledger.column(name) for name in picture.note.split()]
    return {
        "nodes": [_node(record, below, notes, asked) for record in below[None]],
        "cut": cut(asked, NODES),
        "folded": len(records) > FOLDED_FROM,
    }


def _parent(pk: int, above: dict[int, Any]) -> Any:
    """The record above one, None for a root: where its parent is not on the list, or the two stand above each other."""
    parent, seen = above[pk], {pk}
    while parent in above and parent not in seen:
        seen.add(parent)
        parent = above[parent]
    return above[pk] if above[pk] in above and parent not in seen else None


def _node(record: Any, below: dict[Any, list[Any]], notes: list[Any], asked: ListQuery) -> dict[str, Any]:
    children = [_node(child, below, notes, asked) for child in below[record.pk]]
    said = [(column.label, column.show(column.value_of(record))) for column in notes]
    notable = record.state_now.tone == "void" or record.is_overdue
    return {
        "name": record.short_name if record.ledger.names else str(record),
        "url": page_of(record, asked),
        "notes": [f"{label} {words}" for label, words in said if words],
        "state": state_badges(record, asked.as_of) if notable else "",
        "children": children,
        "all": len(children) + sum(child["all"] for child in children),
    }
