"""Days that must follow one another: filed, then decided, then served."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any


def out_of_order(record: Any, steps: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each day of `steps` that is earlier than the one before it, with a sentence: for the `faults` of a record.

    Days that are not filled in are passed over.
    """
    dated = [name for name in steps if getattr(record, name)]
    for earlier, later in pairwise(dated):
        first, then = getattr(record, earlier), getattr(record, later)
        if then < first:
            yield later, f"“{record.kinds[later].label}”早于“{record.kinds[earlier].label}”（{first}），请核对。"
