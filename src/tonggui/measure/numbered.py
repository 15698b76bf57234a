"""Records named by their numbers, as documents sealed before ids were kept name them.

What is sealed is never written anew, so such a figure is read in its own form for ever: `numbers` holds the numbers by
role and ledger, and its stamp digests these. Where it meets a figure of today's form the numbers are compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tonggui.measure.recordsets import AT_ONCE, READER, RecordSet
from tonggui.register.registry import ledger


@dataclass(frozen=True, slots=True)
class Numbered(RecordSet):
    """So many records of a ledger, by their numbers in order."""

    ledger_key: str = ""
    listed: tuple[str, ...] = ()

    @classmethod
    def named(cls, place: str, numbers: Iterable[str]) -> "Numbered":
        """The records that stand under a role and ledger (`分子:safety.hazard`)."""
        listed = tuple(sorted(numbers))
        return cls(len(listed), "", place.rpartition(":")[2], listed)

    @property
    def ids(self) -> np.ndarray:
        """The ids that the numbers have in the ledger, lowest first."""
        rows = ledger(self.ledger_key).query(READER).order_by()
        found: list[int] = []
        for n in range(0, len(self.listed), AT_ONCE):
            found += rows.filter(number__in=self.listed[n : n + AT_ONCE]).values_list("pk", flat=True)
        return np.array(sorted(found), np.int64)

    @property
    def is_gathered(self) -> bool:
        return bool(self.listed)

    def numbers(self, bound: Any, part: slice = slice(None)) -> list[str]:
        return list(self.listed[part])


def numbered(kept: Mapping[str, Iterable[str]]) -> dict[str, RecordSet]:
    """The records of a figure in the older form, by role and ledger."""
    return {place: Numbered.named(place, numbers) for place, numbers in kept.items()}
