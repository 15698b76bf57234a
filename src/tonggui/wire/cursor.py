"""A place in a body of bytes: what the plain decoders read from. Reading past the end raises `Short`."""

from dataclasses import dataclass, field


class Short(Exception):
    """The body ended before the field did."""


@dataclass(slots=True)
class Cursor:
    """Bytes from `at` to `end`; every reader moves `at`. `problems` are what was wrong but did not stop reading."""

    data: bytes
    at: int
    end: int
    problems: list[str] = field(default_factory=list)

    @classmethod
    def over(cls, data: bytes) -> "Cursor":
        return cls(data, 0, len(data))

    @property
    def left(self) -> int:
        return self.end - self.at

    def take(self, size: int) -> bytes:
        """The next `size` bytes; `Short` where fewer are left."""
        if size > self.left:
            raise Short
        piece = self.data[self.at : self.at + size]
        self.at += size
        return piece

    def number(self, width: int) -> int:
        """The next big-endian unsigned number."""
        return int.from_bytes(self.take(width), "big")

    def rest(self) -> bytes:
        """Everything to the end."""
        return self.take(self.left)
