"""What the pages of 治超管理 show beside the fields: the acts behind a count."""

from typing import Any

from django import template

from tonggui.ledgers.overload.fourfold import Fourfold
from tonggui.ledgers.overload.fourfold_open import acts_behind
from tonggui.ledgers.overload.yard_list import YardList

register = template.Library()


@register.simple_tag
def acts_of(check: Fourfold) -> list[Any]:
    """The cases that a check counts, newest first, its own among them."""
    return acts_behind(check)


@register.simple_tag
def beside(check: Fourfold) -> list[Fourfold]:
    """All four checks of the same case, in their order."""
    found = Fourfold._base_manager.filter(overload_case=check.overload_case_id).exclude(state="void")
    return list(found.order_by("pk"))


@register.simple_tag
def change_of(version: YardList, name: str) -> tuple[str, str, str]:
    """What a version of the list does with a yard: tone, word, and how it reads otherwise; nothing where it stays."""
    if version.compared_with and name in version.added.splitlines():
        return "done", "新增", ""
    said = [line.removeprefix(f"{name}：") for line in version.changed.splitlines() if line.startswith(f"{name}：")]
    return ("todo", "变更", said[0]) if said else ("", "", "")
