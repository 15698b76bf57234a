"""What a line has said so far: each figure with what it counts, and what later ones may take over from it."""

from dataclasses import dataclass, field

from tonggui.texts.summary.quantities import Quantity
from tonggui.texts.summary.units import base_of


@dataclass(slots=True)
class Said:
    """A quantity with what it counts: the verb, the noun and both with their subject as `item`."""

    quantity: Quantity
    item: str
    verb: str = ""
    noun: str = ""
    left: str = ""
    whole: "Said | None" = None
    base: str = ""


@dataclass(slots=True)
class Memory:
    """What has been said so far in a line: subject, verb and the figures in order."""

    topic: str = ""
    verb: str = ""
    rate: str = ""
    said: list[Said] = field(default_factory=list)

    def like(self, quantity: Quantity) -> Said | None:
        """The last figure in the same unit that had a noun; the whole where that was a part of one."""
        unit = _thing(quantity)
        named = (one for one in reversed(self.said) if one.noun and not one.noun.endswith("联网"))
        same = (one for one in named if _thing(one.quantity) == unit)
        found = next(same, None)
        return found.whole if found and found.whole and found.whole.noun else found

    @property
    def last(self) -> Said | None:
        return self.said[-1] if self.said else None


def _thing(quantity: Quantity) -> str:
    """The unit as far as it says what is counted: 家次 are 家."""
    return {"家次": "家", "艘次": "艘"}.get(quantity.unit) or base_of(quantity.unit)
