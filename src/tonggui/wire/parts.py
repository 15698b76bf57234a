"""Parts: long messages come in several frames, each with its own head; here they become one body again.

The parts of a message have consecutive serials, so identity, message, serial of the first part and total name it.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import NamedTuple


class Key(NamedTuple):
    """What the parts of one message have in common."""

    identity: str
    message_id: int
    first_serial: int
    total: int


@dataclass
class Assembly:
    """Messages whose parts are still coming. At most `most` are kept; the one untouched for longest is given up."""

    most: int = 1000
    _open: OrderedDict[Key, dict[int, bytes]] = field(default_factory=OrderedDict)

    def add(self, identity: str, message_id: int, serial: int, total: int, index: int, body: bytes) -> bytes | None:
        """Take one part (index from 1); the whole body where it was the last one missing.

        A repeated part changes nothing; an index outside 1 … total is no part of anything and is ignored.
        """
        if not 1 <= index <= total:
            return None
        key = Key(identity, message_id, (serial - index + 1) & 0xFFFF, total)
        parts = self._open.setdefault(key, {})
        self._open.move_to_end(key)
        parts.setdefault(index, body)
        if len(parts) == total:
            del self._open[key]
            return b"".join(parts[number] for number in range(1, total + 1))
        while len(self._open) > self.most:
            self._open.popitem(last=False)
        return None

    def dump(self) -> list[list]:
        """The open messages as JSON values, the one untouched for longest first."""
        return [[*key, {index: body.hex() for index, body in parts.items()}] for key, parts in self._open.items()]

    def load(self, dumped: list[list]) -> None:
        """Go on with what `dump` gave."""
        self._open = OrderedDict(
            (Key(*key), {int(index): bytes.fromhex(body) for index, body in parts.items()}) for *key, parts in dumped
        )

    def missing(self, identity: str, message_id: int, first_serial: int, total: int) -> list[int]:
        """Indexes that have not come, of a message of which at least one part has; else none."""
        parts = self._open.get(Key(identity, message_id, first_serial, total))
        return [] if parts is None else [index for index in range(1, total + 1) if index not in parts]
