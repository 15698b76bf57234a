"""Repeats: reports that a terminal sends again because it saw no answer, although we had stored them.

A report is known by terminal, time of the fix, serial and place within its message. The last `DEPTH` keys of every
terminal are kept; a repeat older than that is merged by the store's own order.

What comes again at once is a whole message: thirty-odd positions where a batch (0x0704) fills one frame, a hundred or
so where it comes in parts, with live reports between. DEPTH holds that for 1 KiB a terminal: 20 MiB at 20,000.
"""

import numpy as np

from tonggui.base.clock import SECOND

DEPTH = 128


class Repeats:
    """A ring of recent keys for each terminal, as columns."""

    def __init__(self) -> None:
        self.keys = np.zeros((0, DEPTH), np.uint64)
        self.newest = np.zeros(0, np.uint64)
        self.next = np.zeros(0, np.int32)

    def grow(self, terminals: int) -> None:
        missing = max(terminals - len(self.next), 0)
        if missing:
            room = max(missing, len(self.next))
            self.keys = np.concatenate((self.keys, np.zeros((room, DEPTH), np.uint64)))
            self.newest = np.concatenate((self.newest, np.zeros(room, np.uint64)))
            self.next = np.concatenate((self.next, np.zeros(room, np.int32)))

    def fresh(self, terminal: np.ndarray, key: np.ndarray) -> np.ndarray:
        """True for each report seen for the first time, the first of its kind within the batch; remembers them.

        `key` is `report_key` of the rows; rows are in the order of their arrival.
        """
        order = np.lexsort((key, terminal))
        here, keys = terminal[order], key[order]
        again = np.zeros(len(order), bool)
        # lexsort is stable, so the first of equal keys is the one that arrived first.
        again[1:] = (here[1:] == here[:-1]) & (keys[1:] == keys[:-1])
        # Only what is not newer than everything seen of a terminal can have been seen before.
        old = np.flatnonzero(~again & (keys <= self.newest[here]))
        again[old] = (self.keys[here[old]] == keys[old, None]).any(axis=1)
        self._remember(here[~again], keys[~again])
        fresh = np.empty(len(order), bool)
        fresh[order] = ~again
        return fresh

    def _remember(self, terminal: np.ndarray, key: np.ndarray) -> None:
        """Put keys, sorted by terminal and key, into the rings; of more than a ring holds, the newest."""
        if not len(terminal):
            return
        first = np.flatnonzero(np.append(True, terminal[1:] != terminal[:-1]))
        count = np.diff(np.append(first, len(terminal)))
        rank = np.arange(len(terminal)) - np.repeat(first, count)
        kept = rank >= np.repeat(count, count) - DEPTH
        slot = (self.next[terminal] + rank) % DEPTH
        self.keys[terminal[kept], slot[kept]] = key[kept]
        who, last = terminal[first], first + count - 1
        self.next[who] = (self.next[who] + count) % DEPTH
        self.newest[who] = np.maximum(self.newest[who], key[last])

    def dump(self) -> dict[str, np.ndarray]:
        return {"keys": self.keys, "newest": self.newest, "next": self.next}

    def load(self, dumped: dict[str, np.ndarray]) -> None:
        """Go on from a dump; one of shorter rings fills the beginning of each."""
        self.keys, self.newest, self.next = dumped["keys"], dumped["newest"], dumped["next"]
        depth = self.keys.shape[1]
        if depth < DEPTH:
            self.keys = np.pad(self.keys, ((0, 0), (0, DEPTH - depth)))
            self.next = np.full_like(self.next, depth)


def report_key(time: np.ndarray, serial: np.ndarray, item: np.ndarray) -> np.ndarray:
    """One number (u8) that rises with the time: seconds (terminals send no finer), serial, place in the message."""
    second = np.clip(time // SECOND, 1, 2**32 - 1).astype(np.uint64)
    return second << np.uint64(32) | serial.astype(np.uint64) << np.uint64(16) | item.astype(np.uint64)
