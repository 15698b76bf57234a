"""What is worked out once and kept for some seconds: counts that stand on every page, what a person may watch.

A count over all ledgers is too dear for every request and need not be newer than some seconds. Each process keeps its
own; what one person's action has just changed is forgotten by name, the rest grows old by itself.
"""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")

_all: "WeakSet[Kept]" = WeakSet()


class Kept(Generic[Value]):
    """Values by key, each at most `seconds` old: `unread = Kept(20)`, then `unread.get(account, count)`."""

    def __init__(self, seconds: float):
        self.seconds = seconds
        self._values: dict[Hashable, tuple[float, Value]] = {}
        _all.add(self)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made anew where none is kept or it has grown old."""
        kept = self._values.get(key)
        if kept is not None and monotonic() - kept[0] <= self.seconds:
            return kept[1]
        return self.put(key, make())

    def put(self, key: Hashable, value: Value) -> Value:
        """Keep a value that has just been worked out elsewhere; returns it."""
        self._values[key] = (monotonic(), value)
        return value

    def forget(self, *keys: Hashable) -> None:
        """Make the values of these keys anew at the next look; without a key, those of all."""
        for key in keys or tuple(self._values):
            self._values.pop(key, None)


def forget_everything() -> None:
    """Forget what every `Kept` of this process holds: another database lies beneath."""
    for one in list(_all):
        one.forget()
