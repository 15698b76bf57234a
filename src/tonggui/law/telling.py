"""Rows told alike: weighings by the million take a few dozen different ways through the steps of their rules.

Rows with the same steps are told together, by one template over columns, which is many times faster than row by row.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from tonggui.law.rules import Columns, Step, placeholders


def alike(steps: Sequence[Step], columns: Columns) -> Iterator[tuple[tuple[Step, ...], npt.NDArray[np.intp]]]:
    """The steps taken together, and the rows that took exactly these, for each such set of steps."""
    rows = len(next(iter(columns.values())))
    taken = np.ones((rows, len(steps)), dtype=bool)
    for place, step in enumerate(steps):
        if step.when is not None:
            taken[:, place] = step.when(columns)
    packed = np.packbits(taken, axis=1)
    _, first, pattern = np.unique(packed.view(f"V{packed.shape[1]}").ravel(), return_index=True, return_inverse=True)
    order = np.argsort(pattern, kind="stable")
    ends = np.searchsorted(pattern[order], np.arange(len(first)), side="right")
    for row, begin, end in zip(first.tolist(), [0, *ends.tolist()], ends.tolist(), strict=False):
        yield tuple(step for place, step in enumerate(steps) if taken[row, place]), order[begin:end]


def template(steps: Sequence[Step]) -> tuple[list[str], list[str]]:
    """The sentences of steps with their columns by position, and the names of those columns in order."""
    texts, names = [], []
    for step in steps:
        text = step.text
        for name in placeholders(text):
            text = text.replace("{" + name, "{", 1)
            names.append(name)
        texts.append(text)
    return texts, names
