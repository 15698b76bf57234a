"""A picture that stands where a photo would: stripes that no camera takes, so nobody mistakes it for evidence."""

import struct
import zlib


class ExamplePicture:
    """A PNG of grey and white stripes, with the two things an upload has."""

    name = "示例照片.png"

    def __init__(self, size: int = 240) -> None:
        rows = [bytes([0]) + bytes(225 if (x + y) // 20 % 2 else 250 for x in range(size)) for y in range(size)]
        header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
        chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")]
        self.content = b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))
            for tag, body in chunks
        )

    def chunks(self):
        return [self.content]
