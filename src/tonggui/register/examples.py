"""Records made from the example each ledger declares: what the contract suite and `tonggui show` try things on."""

from typing import Any

from tonggui.register.actor import Actor, acting
from tonggui.register.editing import parse_values
from tonggui.register.kinds import Link, Reading

MAKER = Actor.system("示例数据")


def make_example(bound: Any, **values: Any) -> Any:
    """Write one record from the declared example; links given as None are made from their own ledger's example.

    `values` replace or add to the example's. The record is marked 示例.
    """
    filled = {**bound.page.example, **values}
    if "unit" not in filled and bound.key != "parties.unit":
        filled["unit"] = None
    for name, kind in bound.kinds.items():
        if isinstance(kind, Link) and filled.get(name) is None and (name in filled or not kind.optional):
            filled[name] = _linked(kind)
    raw = {name: value for name, value in filled.items() if value is not None}
    record = bound.model(**{"is_example": True, **parse_values(bound, raw, Reading(MAKER))})
    with acting(MAKER):
        record.save()
    return record


def _linked(kind: Link) -> Any:
    """The example of the linked ledger: one that exists already, or a new one."""
    target = kind.related_model.ledger
    there = target.query(MAKER).filter(is_example=True).order_by("pk").first()
    return there or make_example(target)
