"""A picture that stands where a photo would: stripes that no camera takes, so nobody mistakes it for evidence."""

import struct
import zlib
from collections.abc import Iterable
from functools import cache


class ExamplePicture:
    """A PNG of grey and white stripes, with the two things an upload has."""

    name = "示例照片.png"

    def chunks(self) -> Iterable[bytes]:
        return [stripes()]


@cache
def stripes(size: int = 240) -> bytes:
    """The PNG: 8-bit grey, slanting stripes twenty pixels wide."""
    rows = [bytes([0]) + bytes(225 if (x + y) // 20 % 2 else 250 for x in range(size)) for y in range(size)]
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body)) for tag, body in chunks
    )
