"""What the pages of 治超管理 show beside the fields: the acts behind a count."""

from typing import Any

from django import template

from tonggui.ledgers.overload.fourfold import Fourfold
from tonggui.ledgers.overload.fourfold_open import acts_behind

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
