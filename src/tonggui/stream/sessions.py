"""Sessions: which terminal is behind which connection.

A terminal may connect again before its old connection is seen to be dead; the newest connection wins and the old one is
closed with a reason. A connection speaks for one terminal at a time: who it let in last. Nothing here knows what a
message means.
"""

from collections.abc import Callable, Iterator
from typing import Protocol


class Line(Protocol):
    """What a session needs of a connection."""

    identity: str | None
    slot: int

    def end(self, reason: str) -> None:
        """Close the connection; the reason is counted and logged."""


class Sessions:
    """Identity -> connection, one to one."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[tuple[str, Line]]:
        return iter(self._lines.items())

    def line_of(self, identity: str) -> Line | None:
        return self._lines.get(identity)

    def enter(self, identity: str, line: Line) -> None:
        """A terminal is let in on a connection."""
        if line.identity == identity:
            return
        self.leave(line)
        old = self._lines.get(identity)
        if old is not None:
            old.identity = None
            old.end("同一终端重新登录")
        line.identity = identity
        self._lines[identity] = line

    def leave(self, line: Line) -> None:
        """The terminal of a connection signs off, or the connection ends."""
        if line.identity is not None and self._lines.get(line.identity) is line:
            del self._lines[line.identity]
        line.identity = None

    def leave_where(self, gone: Callable[[str], bool]) -> list[Line]:
        """End the sessions of all identities for which `gone` holds; returns their connections, which stay open."""
        lines = [line for identity, line in self._lines.items() if gone(identity)]
        for line in lines:
            self.leave(line)
        return lines
